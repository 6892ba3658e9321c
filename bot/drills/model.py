"""Values of the drills room: the authored drill, what memory and skill know, one sitting."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from bot.drills.formats import Format
from bot.drills.progress import Progress
from bot.feedback.model import Finding
from bot.pace.model import Kind

if TYPE_CHECKING:
    from bot.drills.scenes import Scene


@dataclass(frozen=True, slots=True)
class Point:
    """One checkable point of a rubric; a failed must decides the round."""

    id: str
    text: str
    weight: int
    must: bool = False
    says: tuple[str, ...] = ()
    """Ways in which an answer may say it, each with all that is needed; the text itself is one more."""
    check: str = ""
    """What decides it instead of its words: a check of `bot/feedback/checks.py`, or "scene" for what was done on the way."""
    self_judged: bool = False
    """Whether only the person can tell, as with what was said aloud."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A common mistake and the id of the rubric point it costs."""

    text: str
    loses: str
    says: str = ""
    """How somebody who makes it says so."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """What it is recognised by; its text speaks about her, not as she does, so it serves only without better."""
        return (self.says or self.text,)


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list of drills knows of each; enough to choose one. Minutes are its time box; difficulty runs from 1
    (warm-up) to 5.
    """

    id: str
    title: str
    area: str
    topic: str
    kind: Kind
    minutes: int
    difficulty: int
    format: Format = field(default=Format.DRILL, kw_only=True)


@dataclass(frozen=True, slots=True)
class Drill(Listed):
    """An authored drill, whole."""

    task: str
    hints: tuple[str, ...]
    rubric: tuple[Point, ...]
    answer: str
    mistakes: tuple[Mistake, ...]
    scene: Scene | None = None
    """What the format needs beside all this."""
    follow_up: str = ""
    """What an interviewer, or a group, goes on with once it is answered; empty where nobody wrote one."""


class Rating(IntEnum):
    """How well something was remembered, as FSRS counts it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Card:
    """What memory knows of one drill. Stability is in days, difficulty 1-10 (FSRS); dates are local."""

    drill_id: str
    stability: float
    difficulty: float
    due: date
    last: date
    reps: int = 1
    lapses: int = 0


@dataclass(frozen=True, slots=True)
class Skill:
    """Estimated ability in an area, in logits, with the number of graded drills behind it."""

    area: str
    theta: float
    count: int = 0


@dataclass(frozen=True, slots=True)
class Practised:
    """One finished drill in the history, as the choice of the next one looks at it."""

    drill_id: str
    area: str
    topic: str
    kind: Kind
    day: date


@dataclass(frozen=True, slots=True)
class Chosen:
    """A drill picked for today, the kind it counts as today, and why: due, gap, interview or short."""

    drill: Listed
    kind: Kind
    why: str


class Stage(StrEnum):
    """How far a sitting has come."""

    OPEN = "open"
    JUDGING = "judging"
    EFFORT = "effort"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Sitting:
    """One go at a drill, from its first minute to its effort. Instants are UTC, `day` is local."""

    id: str
    drill_id: str
    area: str
    topic: str
    kind: Kind
    day: date
    started: datetime
    stage: Stage = Stage.OPEN
    hints: int = 0
    """Hints taken."""
    answer: str = ""
    met: tuple[str, ...] = ()
    """Rubric points the person ticked."""
    judged: int = 0
    """Rubric points looked at so far."""
    minutes: float | None = None
    effort: float | None = None
    """0-10, CR-10; None until she told."""
    score: float | None = None
    rating: Rating | None = None
    seen_solution: bool = False
    progress: Progress = field(default_factory=Progress)
    """How far its play has come."""
    findings: tuple[Finding, ...] = ()
    """How each point landed, once it was judged."""
    own: Rating | None = None
    """Her own verdict, beside that of the rules."""
    expected: float | None = None
    """What the score was expected to be before she answered, 0-1."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one sitting scored, 0-1, and what it was expected to score; None where nobody asked then."""

    drill_id: str
    area: str
    day: date
    score: float
    expected: float | None = None
