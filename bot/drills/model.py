"""Values of the drills room: the authored drill, what memory and skill know, one sitting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from bot.pace.model import Kind


@dataclass(frozen=True, slots=True)
class Point:
    """One checkable point of a rubric; a failed must decides the round."""

    id: str
    text: str
    weight: int
    must: bool = False


@dataclass(frozen=True, slots=True)
class Mistake:
    """A common mistake and the id of the rubric point it costs."""

    text: str
    loses: str


@dataclass(frozen=True, slots=True)
class Drill:
    """An authored drill. Minutes are its time box; difficulty runs from 1 (warm-up) to 5."""

    id: str
    title: str
    area: str
    topic: str
    kind: Kind
    minutes: int
    difficulty: int
    task: str
    hints: tuple[str, ...]
    rubric: tuple[Point, ...]
    answer: str
    mistakes: tuple[Mistake, ...]


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

    drill: Drill
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
