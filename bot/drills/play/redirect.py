"""Redirect: the interviewer pushes back, plainer each time, and listens for whether she turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.chat.markup import flowing
from bot.chat.saying import ordinal, times
from bot.drills.model import Drill
from bot.drills.play.hearing import strength, telling
from bot.drills.play.model import Move
from bot.drills.play.plain import Plain
from bot.drills.progress import Piece, Progress
from bot.drills.scenes import Redirect
from bot.feedback.model import Verdict

HEARD = 0.6
"""Share of a phrase from which she is heard to turn, or to hold on."""
EARLY = 1
"""The rung up to which turning counts in full."""
LEAST_SAID = 3
"""Telling words from which a message is an answer that can be pushed back at."""
HELD = 1
"""The step of a piece that held on to the first idea; all others are 0."""

SAY_MORE = "Say a little more: what would you do?"
GO_ON = "Go on. What does that look like?"


class RedirectPlay(Plain):
    """Each answer that does not turn is met by the next pushback, and none of them is called a hint."""

    how = "Answer as you would to the interviewer, who may come back at you. *Done* when your answer stands."

    def now(self, drill: Drill, so_far: Progress) -> Move:
        """What the interviewer said last."""
        spoken = drill.hints[: so_far.step][-1:]
        return Move(so_far, tuple(_spoken(h) for h in spoken))

    def hear(self, drill: Drill, so_far: Progress, text: str, minute: float) -> Move:
        """She turns, or the interviewer pushes back while there is something left to say."""
        scene = scene_of(drill)
        if "turned" in so_far.notes:
            return Move(_with_piece(so_far, text, minute, 0))
        if turns(scene, text):
            return Move(_with_piece(so_far, text, minute, 0).noting(turned=str(so_far.step)), (GO_ON,))
        held = strength(text, scene.defend) >= HEARD
        progress = _with_piece(so_far, text, minute, HELD if held else 0)
        if not held and telling(text) < LEAST_SAID:
            return Move(progress, (SAY_MORE,))
        if so_far.step >= len(drill.hints):
            return Move(progress)
        said = _spoken(drill.hints[so_far.step])
        return Move(replace(progress, step=so_far.step + 1), (said,), hints=1)

    def verdicts(self, drill: Drill, so_far: Progress) -> Mapping[str, Verdict]:
        """Turning early, late or never. Somebody who typed nothing said it aloud."""
        if not so_far.pieces:
            return {}
        rung = _turned_at(so_far)
        if rung is None:
            return {"turn": Verdict.MISSING}
        return {"turn": Verdict.MET if rung <= EARLY else Verdict.PARTLY}

    def told(self, drill: Drill, so_far: Progress) -> str:
        """How long she held on, and when she turned."""
        if not so_far.pieces:
            return ""
        held = sum(p.step == HELD for p in so_far.pieces)
        holding = f"You held on {times(held)}" if held else ""
        rung = _turned_at(so_far)
        if rung is None:
            pushed = f"the interviewer pushed back {times(so_far.step)}" if so_far.step else ""
            said = " and ".join(part for part in (holding, pushed) if part)
            return f"{said[0].upper()}{said[1:]}, and you did not turn." if said else "You did not turn."
        when = f"turned at the {ordinal(rung)} hint" if rung else "turned by yourself"
        return f"{holding}, then {when}." if holding else f"You {when}."

    def judged(self, drill: Drill, so_far: Progress) -> str | None:
        """Once she turned, what she held on to before is not her answer any more."""
        if "turned" not in so_far.notes:
            return None
        return so_far.said(0)


def scene_of(drill: Drill) -> Redirect:
    """What shows that she turns."""
    if not isinstance(drill.scene, Redirect):
        raise AssertionError(f"{drill.id} asks for no other direction")
    return drill.scene


def turns(scene: Redirect, text: str) -> bool:
    """Whether somebody who says this has turned."""
    sure = strength(text, scene.pivot)
    return sure >= HEARD and sure >= strength(text, scene.defend)


def _turned_at(so_far: Progress) -> int | None:
    rung = so_far.notes.get("turned")
    return int(rung) if rung is not None else None


def _spoken(hint: str) -> str:
    return f"“{flowing(hint)}”"


def _with_piece(so_far: Progress, text: str, minute: float, step: int) -> Progress:
    return replace(so_far, pieces=(*so_far.pieces, Piece(text, step, minute)))
