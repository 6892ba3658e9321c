"""An incident: each question or command brings authored evidence to light and costs minutes of the story."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.chat.markup import FENCE, flowing
from bot.chat.saying import counted
from bot.drills.model import Drill, Point
from bot.drills.play.hearing import Wanted, hits
from bot.drills.play.model import Move
from bot.drills.play.plain import Plain
from bot.drills.play.questions import Heard, at_incident, count
from bot.drills.progress import Piece, Progress
from bot.drills.scenes import Evidence, Incident
from bot.feedback.model import Verdict
from bot.feedback.review import review

LOOKING, IN_TIME, LATE = 0, 1, 2
"""The steps of a piece: one that only looks, and what was stated before and after the budget ran out."""
CLOCK = "clock"
"""The point that is earned by naming the cause in time."""
MOST_AT_ONCE = 3
"""Things looked at in one message, as far as they bring something to light."""
MOST_LOOKED_AT = 10
ALIKE = 0.01
"""Difference up to which two things are meant as surely as one another."""
IN_VAIN = 1
"""Minutes that a look at nothing costs."""

NOTHING = "Nothing to be seen there. ({question})"
NOTHING_PLAIN = "Nothing to be seen there."
NOT_YET = "That leads nowhere yet."
AGAIN = "You have seen this already, so it costs nothing."
HURTS = "The {budget} minutes are over, and it hurts now. You can still go on."
KEPT = "Kept as your statement. *Done* when it stands, or go on looking."
ONE_BY_ONE = "One or two things at a time; ask for the rest again."
SO_FAR = "What you have seen so far:"

_OUTPUT = re.compile(r"^\s*[$#>] |\S {2,}\S|^\s*[{\[<|+]|\t", re.MULTILINE)


class IncidentPlay(Plain):
    """Looking costs time. A statement is kept and judged, a question is not."""

    how = (
        "Say what you want to look at, a line each, such as *logs of the api* or a command. "
        "When you know it: `cause:` and your closing statement, then *Done*."
    )

    def now(self, drill: Drill, so_far: Progress) -> Move:
        """What was seen so far, and the time."""
        scene = scene_of(drill)
        seen = [shown(e) for name in so_far.seen for e in scene.evidence if e.id == name]
        head = (SO_FAR, *seen) if seen else ()
        return Move(so_far, (*head, _time(scene, so_far)))

    def hear(self, drill: Drill, so_far: Progress, text: str, minute: float) -> Move:
        """Each line is looked up; what is stated is kept."""
        scene, heard = scene_of(drill), at_incident(text)
        progress = _with_pieces(scene, so_far, heard, minute, text)
        says: list[str] = [KEPT] if heard.stated else []
        looked = 0
        for line in heard.asked[:MOST_LOOKED_AT]:
            if looked == MOST_AT_ONCE:
                says.append(ONE_BY_ONE)
                break
            progress, said, found = _look(scene, progress, line, many=len(heard.asked) > 1)
            looked += found
            says += said
        if so_far.spent < scene.budget <= progress.spent:
            says.append(HURTS.format(budget=scene.budget))
        return Move(progress, (*says, _time(scene, progress)))

    def verdicts(self, drill: Drill, so_far: Progress) -> Mapping[str, Verdict]:
        """Whether the cause was named in time. Somebody who typed no statement said it aloud."""
        cause = cause_of(drill)
        if cause is None or not so_far.said(IN_TIME) + so_far.said(LATE):
            return {}
        found = review((cause,), drill.mistakes, drill.task, so_far.said(IN_TIME)).findings[0]
        return {CLOCK: Verdict.MET if found.verdict is Verdict.MET else Verdict.MISSING}

    def told(self, drill: Drill, so_far: Progress) -> str:
        """What she looked at, what it cost, and what she never opened."""
        scene = scene_of(drill)
        if not so_far.pieces:
            return ""
        looked = f"You looked at {_many(len(so_far.seen))} in {so_far.spent} of {scene.budget} minutes"
        unopened = [
            e for name in scene.path for e in scene.evidence if e.id == name and e.id not in so_far.seen
        ]
        if not unopened:
            return f"{looked}, with all that leads to the cause among it."
        names = ", ".join(f"*{e.heard[0].rstrip('?')}*" for e in unopened)
        return f"{looked}. Never opened: {names}."

    def judged(self, drill: Drill, so_far: Progress) -> str | None:
        """What she stated, in time or late; questions are no answer."""
        if not so_far.pieces:
            return None
        return "\n".join(p.text for p in so_far.pieces if p.step in (IN_TIME, LATE))


def scene_of(drill: Drill) -> Incident:
    """The evidence of a drill that has some."""
    if not isinstance(drill.scene, Incident):
        raise AssertionError(f"{drill.id} has no evidence")
    return drill.scene


def wanted(scene: Incident) -> tuple[Wanted, ...]:
    """The evidence, as something to be asked for."""
    return tuple(Wanted(e.id, e.heard) for e in scene.evidence)


def shown(evidence: Evidence) -> str:
    """What was found: output as it stands, words as words."""
    text = evidence.shows
    if FENCE in text or not _OUTPUT.search(text):
        return flowing(text)
    return f"{FENCE}\n{text}\n{FENCE}"


def _look(scene: Incident, so_far: Progress, line: str, *, many: bool) -> tuple[Progress, list[str], bool]:
    """One line looked up: what it costs, what it shows, and whether it showed anything."""
    known = {e.id: e for e in scene.evidence}
    found = hits(line, wanted(scene))
    meant = [known[h.id] for h in found if h.strength >= found[0].strength - ALIKE]
    open_ = [e for e in meant if set(e.needs) <= {*so_far.seen}]
    if not open_:
        said = NOT_YET if found else NOTHING.format(question=_short(line)) if many else NOTHING_PLAIN
        return replace(so_far, spent=so_far.spent + IN_VAIN), [said], False
    best = open_[0]
    if best.id in so_far.seen:
        return so_far, [shown(best), AGAIN], True
    return replace(so_far.seeing(best.id), spent=so_far.spent + best.minutes), [shown(best)], True


def _with_pieces(scene: Incident, so_far: Progress, heard: Heard, minute: float, text: str) -> Progress:
    pieces = so_far.pieces
    if heard.stated:
        step = IN_TIME if so_far.spent <= scene.budget else LATE
        pieces = (*pieces, Piece("\n".join(heard.stated), step, minute))
    if heard.asked or not heard.stated:
        pieces = (*pieces, Piece("\n".join(heard.asked) or text, LOOKING, minute))
    return replace(so_far, pieces=pieces)


def cause_of(drill: Drill) -> Point | None:
    """The point that names the cause: the first that decides the round."""
    return next((p for p in drill.rubric if p.must and not p.check and not p.self_judged), None)


def _time(scene: Incident, so_far: Progress) -> str:
    return f"*{so_far.spent} of {scene.budget} minutes*"


def _many(number: int) -> str:
    if not number:
        return "nothing that shows anything"
    return f"{counted(number)} {'thing' if number == 1 else 'things'}"


def _short(line: str) -> str:
    return line if count(line) <= 8 else " ".join(line.split()[:8]) + " …"
