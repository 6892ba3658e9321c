"""Question after question: a grill, a dig, levels, a take-home to defend, a case."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.markup import flowing
from bot.chat.message import Block
from bot.chat.saying import listed, ordinal
from bot.drills.formats import Format
from bot.drills.model import Drill
from bot.drills.play.model import Move, Pick
from bot.drills.play.plain import Plain
from bot.drills.progress import Progress
from bot.drills.scenes import Step, Steps
from bot.feedback.model import Verdict
from bot.feedback.review import review

LOCKED = (
    "Not yet: what decides this level is not there. {hint} Add to it, or say *done* again to go on without."
)
NOTHING_YET = "Nothing typed for this one. Say something, or *done* again to go on without."


class Stepped(Plain):
    """One question at a time; a level opens the next one only when its decisive points stand."""

    how = "One question at a time. *Done* brings the next."

    def now(self, drill: Drill, so_far: Progress) -> Move:
        """What is looked at, the question she is at, and its hint if she took it."""
        scene = scene_of(drill)
        step = _step(scene, so_far)
        shown = (scene.shows,) if scene.shows else ()
        hint = (flowing(step.hint),) if step.hint and step.id in so_far.seen else ()
        return Move(so_far, (*shown, *_asked(scene, _at(scene, so_far)), *hint), _picks(step, so_far))

    def hear(self, drill: Drill, so_far: Progress, text: str, minute: float) -> Move:
        """Every piece is kept with its question."""
        scene = scene_of(drill)
        so_far = replace(so_far, step=_at(scene, so_far))
        return Move(so_far.heard(text, minute), picks=_picks(_step(scene, so_far), so_far))

    def pick(self, drill: Drill, so_far: Progress, value: str) -> Move:
        """The question's own hint; a button of an earlier question changes nothing."""
        step = _step(scene_of(drill), so_far)
        if not step.hint or value != _hint_of(step):
            return self.now(drill, so_far)
        fresh = step.id not in so_far.seen
        return Move(so_far.seeing(step.id), (flowing(step.hint),), hints=int(fresh))

    def finish(self, drill: Drill, so_far: Progress, minute: float) -> Move | None:
        """The next question; once more where nothing was said or a level is still locked."""
        scene = scene_of(drill)
        at, step = _at(scene, so_far), _step(scene, so_far)
        if (held := _held_up(drill, step, so_far)) and so_far.notes.get("held") != step.id:
            return _held(_holding(so_far, step, drill), step, held)
        if at + 1 >= len(scene.steps):
            return None
        ahead = replace(so_far, step=at + 1)
        return Move(ahead, _asked(scene, at + 1), _picks(scene.steps[at + 1], ahead))

    def told(self, drill: Drill, so_far: Progress) -> str:
        """How far she came with words of her own, and which question got none or held her up."""
        scene = scene_of(drill)
        if not so_far.pieces:
            return ""
        silent = [n + 1 for n in range(len(scene.steps)) if not so_far.said(n).strip()]
        name = "level" if drill.format is Format.LEVELS else "question"
        answered = len(scene.steps) - len(silent)
        said = f"You answered {answered} of {len(scene.steps)} {name}s"
        said += f", not the {listed([ordinal(n) for n in silent], 'or')}." if answered > 0 and silent else "."
        waited = so_far.notes.get("locked", "").split()
        locked = [n + 1 for n, step in enumerate(scene.steps) if step.id in waited]
        if not locked:
            return said
        levels = "Level" if len(locked) == 1 else "Levels"
        return f"{said} {levels} {listed([str(n) for n in locked])} did not stand at the first go."


def scene_of(drill: Drill) -> Steps:
    """The questions of a drill that has some."""
    if not isinstance(drill.scene, Steps):
        raise AssertionError(f"{drill.id} has no steps")
    return drill.scene


def _at(scene: Steps, so_far: Progress) -> int:
    """The number of the question she is at; the last one if the drill has become shorter since."""
    return min(so_far.step, len(scene.steps) - 1)


def _step(scene: Steps, so_far: Progress) -> Step:
    return scene.steps[_at(scene, so_far)]


def _asked(scene: Steps, number: int) -> tuple[str | Block, ...]:
    return (f"**{number + 1} of {len(scene.steps)}**  {flowing(scene.steps[number].asks)}",)


def _picks(step: Step, so_far: Progress) -> tuple[Pick, ...]:
    return (Pick("Hint", _hint_of(step)),) if step.hint and step.id not in so_far.seen else ()


def _hint_of(step: Step) -> str:
    return f"hint-{step.id}"


def _holding(so_far: Progress, step: Step, drill: Drill) -> Progress:
    """Held up once at this question; a level that did not stand is remembered for the review."""
    held = so_far.noting(held=step.id)
    if drill.format is not Format.LEVELS or not so_far.said(so_far.step).strip():
        return held
    return held.noting(locked=" ".join((*so_far.notes.get("locked", "").split(), step.id)))


def _held(so_far: Progress, step: Step, said: str) -> Move:
    """What she is told; the question's hint in it counts as one."""
    hinted = bool(step.hint) and flowing(step.hint) in said
    after = so_far.seeing(step.id) if hinted else so_far
    return Move(after, (said,), _picks(step, after), hints=int(hinted and step.id not in so_far.seen))


def _held_up(drill: Drill, step: Step, so_far: Progress) -> str:
    said = so_far.said(_at(scene_of(drill), so_far))
    if not said.strip():
        return NOTHING_YET
    if drill.format is not Format.LEVELS:
        return ""
    found = review(step.rubric, step.mistakes, step.asks, said)
    decisive = {p.id for p in step.rubric if p.must and not p.self_judged}
    still = any(f.point in decisive and f.verdict is Verdict.MISSING for f in found.findings)
    return LOCKED.format(hint=flowing(step.hint)).replace("  ", " ") if still else ""
