"""The 45-minute coding round: understand, code, test and review, without an IDE, with a word at its bells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.chat.saying import counted
from bot.drills.model import Drill
from bot.drills.play.model import Move, Pick
from bot.drills.play.plain import Plain
from bot.drills.play.questions import asks
from bot.drills.progress import Progress
from bot.feedback.terms import sentences

HALF, END = 22, 45
BELLS: Mapping[int, str] = {
    8: "Eight minutes. If the idea and its cost stand, begin to code; if not, say what holds you up.",
    HALF: "Half time. Is there something that works? If not, the plain slow version is better than nothing.",
    33: "33 minutes. Keep the rest for a case by hand and for the edges.",
    END: "45 minutes. Stop where you are; *done* when you are ready.",
}
"""What the clock says, by its minute."""
CODE_LINES = 2
"""Lines of code from which a message is code, unless it is fenced."""
LONGEST = 3 * END
"""Minutes after which a round was left lying, and its minutes say nothing."""

AFTER = (
    "Before the review, three short things. **Could it be faster, or smaller?** Say how, or why not.",
    "**Which edges did you miss?** Or which one would you try first?",
    "**Is there another way,** and when would you take it?",
)
"""What is asked once the code stands, one by one."""
AFTER_STEP = 1
"""The step of a piece that answers the first of these; 0 is the round itself."""
SKIP = "skip"
ASSUME = "Assume what you find sensible, and say so."
SAID_AT_AFTER = "Kept. *Done* brings the next, or the review."


@dataclass(frozen=True, slots=True)
class Spent:
    """How she spread the time: minutes at which the first and the last code came, and her last words."""

    first: float
    last: float
    end: float


class RoundPlay(Plain):
    """Everything is kept with its minute; after the code come three questions about it."""

    how = (
        "No IDE: type it as in a plain editor, nothing runs. Ask and say your idea first, then the code, then a case by hand. "
        "The clock is yours to start. *Done* when it stands."
    )

    def now(self, drill: Drill, so_far: Progress) -> Move:
        """The question about the code that she is at, if there is one."""
        at = _after(so_far)
        return Move(so_far, (AFTER[at],), _picks()) if at is not None else Move(so_far)

    def hear(self, drill: Drill, so_far: Progress, text: str, minute: float) -> Move:
        """A piece is kept; a question before the code gets the answer that a silent editor has."""
        if _after(so_far) is not None:
            return Move(so_far.heard(text, minute), (SAID_AT_AFTER,), _picks())
        if is_code(text) or any(is_code(p.text) for p in so_far.pieces):
            return Move(so_far.heard(text, minute))
        asked = sum(asks(s.text) for s in sentences(text))
        progress = so_far.heard(text, minute)
        if not asked:
            return Move(progress)
        progress = progress.noting(asked=str(int(so_far.notes.get("asked", "0")) + asked))
        return Move(progress, (ASSUME,))

    def pick(self, drill: Drill, so_far: Progress, value: str) -> Move:
        """The questions about the code can be left out."""
        if value == SKIP and _after(so_far) is not None:
            return Move(replace(so_far, over=True))
        return self.now(drill, so_far)

    def finish(self, drill: Drill, so_far: Progress, minute: float) -> Move | None:
        """The next question about the code; the review where nothing was typed, or after the last."""
        at = _after(so_far)
        ahead = 0 if at is None else at + 1
        if so_far.over or not so_far.pieces or ahead >= len(AFTER):
            return None
        return Move(replace(so_far, step=AFTER_STEP + ahead), (AFTER[ahead],), _picks())

    def told(self, drill: Drill, so_far: Progress) -> str:
        """What she asked, how she spread the time, and what stood at half time."""
        if not so_far.pieces:
            return ""
        asked = int(so_far.notes.get("asked", "0"))
        first = f"You asked {counted(asked)} thing{'' if asked == 1 else 's'} before coding." if asked else ""
        return " ".join(part for part in (first, _spread(spent(so_far))) if part)

    def bells(self, drill: Drill) -> tuple[int, ...]:
        """The ends of the phases."""
        return tuple(BELLS)

    def ring(self, drill: Drill, so_far: Progress, minute: int) -> Move | None:
        """A calm word; none once she looks back at her code."""
        if minute not in BELLS or so_far.over or _after(so_far) is not None:
            return None
        return Move(so_far, (BELLS[minute],))


def is_code(text: str) -> bool:
    """Whether a message holds code."""
    return "```" in text or sum(s.code for s in sentences(text)) >= CODE_LINES


def spent(so_far: Progress) -> Spent | None:
    """How the time of the round was spread; None without any code."""
    round_ = [p for p in so_far.pieces if p.step == 0]
    coded = [p.minute for p in round_ if is_code(p.text)]
    return Spent(coded[0], coded[-1], round_[-1].minute) if coded else None


def _spread(found: Spent | None) -> str:
    if found is None:
        return "No code came, so its time cannot be told."
    if found.end > LONGEST:
        return ""
    came = f"The first code came after {_minutes(found.first)}"
    half = "so something stood at half time" if found.first <= HALF else "so nothing stood at half time"
    after = found.end - found.last
    rest = (
        f" {_minutes(after)} went into what came after the last of it.".capitalize() if round(after) else ""
    )
    return f"{came}, {half}.{rest}" if found.end > found.first or found.first else ""


def _after(so_far: Progress) -> int | None:
    """Which question about the code she is at, from 0; None while the round goes on."""
    return min(so_far.step, len(AFTER)) - AFTER_STEP if so_far.step >= AFTER_STEP else None


def _picks() -> tuple[Pick, ...]:
    return (Pick("Skip to the review", SKIP),)


def _minutes(minutes: float) -> str:
    whole = round(minutes)
    return f"{whole} minute{'' if whole == 1 else 's'}"
