"""Clarify first: she asks, and is told what she asked for and nothing else; later something changes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from bot.chat.saying import counted
from bot.drills.model import Drill
from bot.drills.play.hearing import Wanted, hits
from bot.drills.play.model import Move
from bot.drills.play.plain import Plain
from bot.drills.play.questions import Heard, count, in_talk
from bot.drills.progress import Piece, Progress
from bot.drills.scenes import Clarify, Fact
from bot.feedback.model import Verdict
from bot.feedback.terms import stem_of

ASKING, DESIGN = 0, 1
"""The steps of a piece: one that only asks, and one that states something."""
MOST_AT_ONCE = 3
"""Facts told in answer to one message: nobody recites all at once."""
MOST_LOOKED_AT = 30
"""Questions of one message that are looked at."""
TERSE = 6
"""Words up to which a line without a verb asks for something, as long as nothing is drawn."""
LONG = 25
"""Words from which a statement is a design, whatever it names."""

NOTHING = "I have nothing on that. Assume what you find sensible, and say so."
NOTHING_ELSE = "On the rest I have nothing; assume what you find sensible, and say so."
ONE_BY_ONE = "That is a lot at once. Ask the rest one by one."
CHANGED = "**Something changed.** {says}"
KNOWN = "What you know by now:"

_DECIDES = re.compile(
    r"\b(?:i|we)(?:['’]d|['’]ll| would| will| can| could| should)? (?:then |first |just |simply )?"
    r"(?:use|store|put|start with|split|partition|shard|cache|keep|build|add|write|send|run|choose|pick|go with|create|model"
    r"|design|precompute|replicate|offer|measure|rank|launch|recommend|propose|prioriti[sz]e)\b"
    r"|\blet['’]s (?!ask|clarify|confirm|see|assume)|\bmy (?:design|proposal|plan|recommendation)\b|^design\b|\barchitecture\b",
    re.IGNORECASE,
)
_COMPONENTS = (
    "database table cache queue service server shard partition index endpoint api cdn worker replica "
    "topic stream bucket schema gateway balancer scheduler consumer producer broker cluster storage blob "
    "redis postgres kafka websocket proxy pipeline warehouse hashmap counter lock log"
)


@cache
def _components() -> frozenset[str]:
    # Stems need the stemmer, which nobody needs before the first question.
    return frozenset(map(stem_of, _COMPONENTS.split()))


_SUPPOSES = re.compile(r"\b(?:assum\w+|suppos\w+|understand|clarify|know|thank\w*|sure)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


class ClarifyPlay(Plain):
    """Facts for questions. Asked once the design has begun, they count half."""

    how = "Ask before you build: I answer what you ask. Then type your design, in as many messages as you like. *Done* when it stands."

    def now(self, drill: Drill, so_far: Progress) -> Move:
        """What she was told by now."""
        scene = scene_of(drill)
        told = [f"– {f.tells}" for name in so_far.seen for f in scene.facts if f.id == name]
        changed = [CHANGED.format(says=t.says) for n, t in enumerate(scene.twists) if _came(so_far, n)]
        known = "\n".join((KNOWN, *told)) if told else ""
        return Move(so_far, tuple(part for part in (known, *changed) if part))

    def hear(self, drill: Drill, so_far: Progress, text: str, minute: float) -> Move:
        """Questions are answered; a statement is kept, and the first one that draws something begins the design."""
        scene, begun = scene_of(drill), "design" in so_far.notes
        heard = in_talk(text)
        if not begun and not heard.asked and _asks_tersely(drill, scene, text):
            heard = Heard((text,), ())
        draws = is_design(heard.stated)
        says, found = _answered(drill, scene, heard, quiet=draws)
        progress = _with_piece(so_far, text, minute, DESIGN if heard.stated else ASKING)
        if begun:
            late = [f.id for f in found if f.id not in so_far.seen]
            progress = progress.noting(late=" ".join((*so_far.notes.get("late", "").split(), *late)))
        elif draws:
            progress = progress.noting(
                design=f"{minute * 60:.0f}", before=str(len({*so_far.seen, *_ids(found)}))
            )
        progress = progress.seeing(*_ids(found))
        moved, twist = _twist(scene, progress, minute, drawn=draws and bool(so_far.pieces))
        return Move(moved, (*says, *twist))

    def finish(self, drill: Drill, so_far: Progress, minute: float) -> Move | None:
        """What has not changed yet changes now, if she typed anything."""
        open_ = _next_twist(scene_of(drill), so_far)
        return _brought(scene_of(drill), so_far, open_) if so_far.pieces and open_ is not None else None

    def verdicts(self, drill: Drill, so_far: Progress) -> Mapping[str, Verdict]:
        """Asked before the design: met; after it: half; never: missing. Somebody who typed nothing said it aloud."""
        if not so_far.pieces:
            return {}
        late = so_far.notes.get("late", "").split()
        return {
            f.id: Verdict.MISSING
            if f.id not in so_far.seen
            else Verdict.PARTLY
            if f.id in late
            else Verdict.MET
            for f in scene_of(drill).facts
        }

    def told(self, drill: Drill, so_far: Progress) -> str:
        """How much she asked before she drew anything, and what first."""
        if not so_far.pieces:
            return ""
        late = so_far.notes.get("late", "").split()
        early = [name for name in so_far.seen if name not in late]
        after = f" {counted(len(late)).capitalize()} more came after it had begun." if late else ""
        when = " before drawing anything" if "design" in so_far.notes else ""
        if not early:
            return f"You asked for nothing that was kept back{when}.{after}"
        first = next((p.text for p in drill.rubric if p.id == early[0]), "")
        what = first.removeprefix("Asks ").rstrip(".")
        things = "thing" if len(early) == 1 else "things"
        named = f": {what}" if len(early) == 1 else f", first {what}"
        return f"You asked {counted(len(early))} {things}{when}{named if what else ''}.{after}"

    def judged(self, drill: Drill, so_far: Progress) -> str | None:
        """What she stated; questions are no answer."""
        return so_far.said(DESIGN) if so_far.pieces else None

    def bells(self, drill: Drill) -> tuple[int, ...]:
        """When something changes by the clock."""
        return tuple(sorted({t.minute for t in scene_of(drill).twists if t.minute is not None}))

    def ring(self, drill: Drill, so_far: Progress, minute: int) -> Move | None:
        """What changes at this minute, if it did not before."""
        moved, twist = _twist(scene_of(drill), so_far, minute, drawn=False)
        return Move(moved, twist) if twist else None


def scene_of(drill: Drill) -> Clarify:
    """The facts and twists of a drill that has some."""
    if not isinstance(drill.scene, Clarify):
        raise AssertionError(f"{drill.id} keeps nothing back")
    return drill.scene


def wanted(drill: Drill) -> tuple[Wanted, ...]:
    """The facts, as something to be asked for."""
    texts = {p.id: p.text for p in drill.rubric}
    return tuple(Wanted(f.id, f.heard, texts.get(f.id, "")) for f in scene_of(drill).facts)


def is_design(stated: Sequence[str]) -> bool:
    """Whether statements draw something: they decide, name a component, or simply go on for long."""
    if count(" ".join(stated)) >= LONG:
        return True
    return any(_draws(s) for s in stated)


def _draws(sentence: str) -> bool:
    if count(sentence) < 3 or _SUPPOSES.search(sentence):
        return False
    if _DECIDES.search(sentence):
        return True
    return any(stem_of(w) in _components() for w in _WORD.findall(sentence.casefold()))


def _asks_tersely(drill: Drill, scene: Clarify, text: str) -> bool:
    if count(text) > TERSE or _DECIDES.search(text):
        return False
    return bool(hits(text, wanted(drill)))


def _answered(
    drill: Drill, scene: Clarify, heard: Heard, *, quiet: bool
) -> tuple[tuple[str, ...], tuple[Fact, ...]]:
    """What is told, and the facts in it. A question within a design may be her own, so nothing is said to it in vain."""
    facts = {f.id: f for f in scene.facts}
    found: list[Fact] = []
    missed, more = False, False
    for question in heard.asked[:MOST_LOOKED_AT]:
        best = hits(question, wanted(drill))
        if not best:
            missed = True
        elif facts[best[0].id] in found:
            continue
        elif len(found) == MOST_AT_ONCE:
            more = True
        else:
            found.append(facts[best[0].id])
    says = [f.tells for f in found]
    if more:
        says.append(ONE_BY_ONE)
    elif missed and not quiet:
        says.append(NOTHING_ELSE if found else NOTHING)
    return tuple(says), tuple(found)


def _twist(
    scene: Clarify, so_far: Progress, minute: float, *, drawn: bool
) -> tuple[Progress, tuple[str, ...]]:
    """The next change whose time has come: its minute, or a design that is being drawn."""
    for number, twist in enumerate(scene.twists):
        due = drawn if twist.minute is None else minute >= twist.minute
        if due and not _came(so_far, number):
            move = _brought(scene, so_far, number)
            return move.progress, tuple(str(part) for part in move.says)
    return so_far, ()


def _next_twist(scene: Clarify, so_far: Progress) -> int | None:
    return next((n for n in range(len(scene.twists)) if not _came(so_far, n)), None)


def _came(so_far: Progress, number: int) -> bool:
    return f"twist{number}" in so_far.notes


def _brought(scene: Clarify, so_far: Progress, number: int) -> Move:
    said = CHANGED.format(says=scene.twists[number].says)
    return Move(so_far.noting(**{f"twist{number}": "came"}), (said,))


def _with_piece(so_far: Progress, text: str, minute: float, step: int) -> Progress:
    return replace(so_far, pieces=(*so_far.pieces, Piece(text, step, minute)))


def _ids(facts: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(f.id for f in facts)
