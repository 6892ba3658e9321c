"""Values of the pacing room: what a day looks like, what is remembered, what was decided.

Days are calendar dates in the person's own zone; loads are in arbitrary units (AU), perceived
exertion times minutes; minutes are minutes of practice. Nothing here knows a clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any, Literal

InterviewKind = Literal["onsite", "screen"]
Session = tuple[float, float]
"""Minutes and perceived exertion (0-10, CR-10) of one sitting."""


class Level(IntEnum):
    """How much a day may ask. Each level allows all that the lower ones allow."""

    REST = 0
    EASE = 1
    STEADY = 2
    FULL = 3

    @property
    def word(self) -> str:
        """The level as people and files write it: rest, ease, steady or full."""
        return self.name.lower()

    @classmethod
    def named(cls, word: str) -> Level:
        """Read a level back from its word; KeyError for anything else."""
        return cls[word.upper()]


class Kind(StrEnum):
    """Kinds of practice, lightest first."""

    REVIEW = "review"
    STORY_POLISH = "story_polish"
    READ = "read"
    DRILL = "drill"
    SHORT_MOCK = "short_mock"
    NEW_TOPIC = "new_topic"
    FULL_MOCK = "full_mock"


class Event(StrEnum):
    """Things outside practice that weigh on a person."""

    REJECT_APP = "reject_app"
    GHOSTED = "ghosted"
    REJECT_SCREEN = "reject_screen"
    REJECT_ONSITE = "reject_onsite"
    OFFER_LOST = "offer_lost"
    LIFE_S = "life_s"
    LIFE_M = "life_m"
    LIFE_L = "life_l"


@dataclass(frozen=True, slots=True)
class Checkin:
    """A morning check-in; every item may be left out."""

    battery: float | None = None
    """0-100"""
    mood: int | None = None
    """-2 to +2"""
    stress: int | None = None
    """0 to 4, 4 the most"""
    sleep_hours: float | None = None


@dataclass(frozen=True, slots=True)
class PaceProfile:
    """What pacing needs to know of a person's plan."""

    weekly_minutes: int
    day_cap: int
    """Longest day, minutes."""
    paid_work_hours: float = 0
    """Hours a week."""
    rest_weekdays: frozenset[int] = frozenset({6})
    """Monday is 0."""
    horizon_days: int = 84
    ceiling: Level = Level.FULL
    checkins: bool = True
    """False: the person sets the level herself and is never asked."""
    manual_level: Level = Level.FULL
    leniency: int = 0
    """Points, -10 to 10, taken off the battery, readiness and trend thresholds."""


@dataclass(frozen=True, slots=True, order=True)
class Interview:
    """A booked interview as the load model sees it."""

    day: date
    kind: InterviewKind


@dataclass(frozen=True, slots=True, order=True)
class Break:
    """A planned break, both days included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is known ahead, in any order."""

    interviews: tuple[Interview, ...] = ()
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, slots=True)
class Morning:
    """What is learned of a day before it is decided."""

    checkin: Checkin | None = None
    events: tuple[Event, ...] = ()
    event_loads: tuple[float, ...] = ()
    """AU of events whose weight the person chose herself."""
    inventory: float | None = None
    """Score of the burnout inventory, 0-100, on the day it was filled in."""
    crisis: bool = False
    resume: bool = False


@dataclass(frozen=True, slots=True)
class Ewma:
    """An exponentially weighted mean that started at zero, with the number of values seen."""

    value: float = 0.0
    count: int = 0


@dataclass(frozen=True)
class PaceState:
    """All that pacing remembers at the dawn of `today`; everything else follows from it.

    Without slots, so that `changed` can copy it in one go: a year of days makes two thousand copies.
    """

    first: date
    today: date
    level: Level = Level.STEADY
    up: int = 0
    """Fresh days in a row on which more was possible."""
    paused: bool = False
    readings: tuple[float, ...] = ()
    """Readiness of the last 42 check-ins, oldest first."""
    sleeps: tuple[tuple[date, float], ...] = ()
    """The last three recorded nights, hours."""
    trend: Ewma = field(default_factory=Ewma)
    gap: int = 0
    """Days since the last check-in."""
    cusum: float = 0.0
    alarm: int = 0
    """Days for which the change-point alarm still holds, today included."""
    z: float | None = None
    """Today against the person's own usual; None without a check-in today."""
    checkin: Checkin | None = None
    """Today's check-in, once it was given."""
    readiness: float | None = None
    inventory: tuple[date, float] | None = None
    rejections: tuple[tuple[date, int], ...] = ()
    """Day and grade (1 screen, 2 onsite or lost offer), younger than seven days."""
    acute: Ewma = field(default_factory=Ewma)
    chronic: Ewma = field(default_factory=Ewma)
    known_days: int = 0
    silent_run: int = 0
    event_loads: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """AU of the events of today, yesterday and the day before."""
    loads: tuple[float, ...] = ()
    """The last seven values that entered the acute mean."""
    planned: tuple[int, ...] = ()
    """Minutes planned on the last six days."""
    done: tuple[float, ...] = ()
    """Minutes done on the last 34 days."""
    busy: tuple[bool, ...] = ()
    """Whether each of the last six days asked, or saw, work."""
    cycle_start: date | None = None
    """First day of the current four-week load cycle; None until the first decision."""

    def changed(self, **changes: Any) -> PaceState:
        """The same state with other values for some fields; ten times as fast as dataclasses.replace."""
        if unknown := changes.keys() - self.__dict__.keys():
            raise TypeError(f"no such fields: {sorted(unknown)}")
        copy = object.__new__(PaceState)
        copy.__dict__.update(self.__dict__)
        copy.__dict__.update(changes)
        return copy


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a day is what it is: a stable id and the person's own numbers behind it."""

    id: str
    numbers: tuple[tuple[str, float], ...] = ()

    def __getitem__(self, name: str) -> float:
        """A number by name; KeyError if the reason does not carry it."""
        return dict(self.numbers)[name]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a day asks: minutes are a multiple of five, kinds are empty exactly when they are zero."""

    level: Level
    minutes: int
    kinds: tuple[Kind, ...]
    reasons: tuple[Reason, ...]
    """Binding reason first, never empty."""
