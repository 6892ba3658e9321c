"""What a format needs beside task, rubric and answer: hidden facts, evidence, defects, a database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from bot.drills.model import Mistake, Point


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the task keeps back. It is told to whoever asks for it, and asking earns the point of the same id."""

    id: str
    heard: tuple[str, ...]
    """Ways of asking for it."""
    tells: str


@dataclass(frozen=True, slots=True)
class Twist:
    """A new requirement that comes when the design has begun, or after so many minutes."""

    says: str
    minute: int | None = None
    """None: with the first statement of a design."""


@dataclass(frozen=True, slots=True)
class Clarify:
    """A vague task, the facts behind it and what changes later."""

    facts: tuple[Fact, ...]
    twists: tuple[Twist, ...]


@dataclass(frozen=True, slots=True)
class Redirect:
    """What shows that somebody took the hint, and what shows that she holds on. The hints are the drill's own."""

    pivot: tuple[str, ...]
    defend: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One question of several, judged by itself. Its points are points of the drill."""

    id: str
    asks: str
    rubric: tuple[Point, ...]
    answer: str
    mistakes: tuple[Mistake, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """Questions in their order, and what is looked at while they are answered."""

    steps: tuple[Step, ...]
    shows: str = ""


class Severity(IntEnum):
    """How much a defect matters, the worst first."""

    BLOCKER = 1
    MAJOR = 2
    MINOR = 3
    NIT = 4


@dataclass(frozen=True, slots=True)
class Defect:
    """A seeded defect of a diff, in these lines (from 1, the last included). Finding it earns the point of the same id."""

    id: str
    lines: tuple[int, int]
    severity: Severity
    defect: str
    heard: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decoy:
    """Lines that look wrong and are right; whoever reports them raises a false alarm."""

    lines: tuple[int, int]
    heard: tuple[str, ...]
    fine: str
    """Why they are right."""


@dataclass(frozen=True, slots=True)
class CodeReview:
    """A diff to review."""

    diff: str
    defects: tuple[Defect, ...]
    decoys: tuple[Decoy, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one question or command brings to light, and the minutes of the incident it costs."""

    id: str
    heard: tuple[str, ...]
    shows: str
    minutes: int
    needs: tuple[str, ...] = ()
    """Evidence that must be known before; until then the question leads nowhere yet."""


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident with its evidence. `path` is a sensible way to the cause, as ids."""

    budget: int
    """Minutes until it hurts."""
    evidence: tuple[Evidence, ...]
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A database as a script, and the query whose result is the right one."""

    database: str
    query: str
    ordered: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question could be testing, and why it is or is not."""

    theme: str
    why: str


@dataclass(frozen=True, slots=True)
class Decode:
    """A question to read: what it tests, and the look-alike that traps the wrong story."""

    readings: tuple[Reading, ...]
    right: str
    trap: str


Scene = Clarify | Redirect | Steps | CodeReview | Incident | Query | Decode
