"""Values of the pairing room: what somebody wishes for a week, and who meets whom.

Instants are UTC-aware; hours that somebody is free are wall times of her own zone. A person is her id.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from itertools import combinations

from bot.drills.formats import Format

Person = str
Pair = frozenset[Person]
QUARTER = timedelta(minutes=15)
MIDNIGHT = 24 * 60
LONGEST_WINDOW = timedelta(days=14)


class Battery(IntEnum):
    """How much energy somebody has for company; never shown to anybody else, nor to be read from a meeting."""

    LOW = 0
    MIDDLING = 1
    HIGH = 2


@dataclass(frozen=True, slots=True, order=True)
class Free:
    """Hours of a weekday on which somebody could meet: minutes after midnight, 0 to 1440, Monday 0."""

    weekday: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.weekday <= 6 and 0 <= self.start < self.end <= MIDNIGHT):
            raise ValueError("free hours lie within one day")


@dataclass(frozen=True, slots=True, order=True)
class Engagement:
    """When somebody meets somebody already, UTC."""

    begins: datetime
    ends: datetime

    def overlaps(self, begins: datetime, ends: datetime) -> bool:
        """Whether both at once could not be."""
        return self.begins < ends and begins < self.ends


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would like this week."""

    person: Person
    formats: tuple[Format, ...]
    """Dearest first; empty is any."""
    level: int
    """1 to 5."""
    track: str
    zone: str
    """IANA name, checked."""
    free: tuple[Free, ...]
    battery: Battery = Battery.MIDDLING
    interviews: bool = True
    """Whether she will also ask the questions."""
    quiet_from: time = time(22)
    quiet_to: time = time(7)
    interview_days: frozenset[date] = frozenset()
    """Days of her own zone with a real interview; neither they nor the days before them are proposed."""
    reliability: float = 1.0
    """0 to 1, see `bot.pairing.reliability`; private."""
    engaged: tuple[Engagement, ...] = ()
    """Agreed meetings in any of her circles, as they are at the moment; never kept with the wish."""

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 5:
            raise ValueError("a level is 1 to 5")
        if not 0 <= self.reliability <= 1:
            raise ValueError("reliability is 0 to 1")


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when people could meet, at most two weeks: usually the coming week, less for a re-match within it."""

    begins: datetime
    ends: datetime

    def __post_init__(self) -> None:
        if self.begins.tzinfo is None or self.ends.tzinfo is None:
            raise ValueError("a window's ends are aware of their zone")
        if not timedelta(0) < self.ends - self.begins <= LONGEST_WINDOW:
            raise ValueError("a window is longer than nothing and at most two weeks")


@dataclass(frozen=True, slots=True, order=True)
class Earlier:
    """A meeting that was arranged before, by the Monday of its week."""

    week: date
    people: tuple[Person, ...]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Who was together: one pair, or three in a trio."""
        return pairs_of(self.people)


@dataclass(frozen=True, slots=True)
class Half:
    """One person's turn: who answers, who asks, what, and how long."""

    candidate: Person
    interviewer: Person
    format: Format
    minutes: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """A pair or a trio, with whose turn is what; nothing in it tells whose battery is low."""

    people: tuple[Person, ...]
    """In order of their ids."""
    halves: tuple[Half, ...]
    """Empty if none of them will ask the questions: they work side by side then."""
    length: timedelta
    shared: timedelta
    """What they all have free in the window; zero if they have no hour in common and need to find one by writing."""

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Who meets whom."""
        return pairs_of(self.people)


class Why(StrEnum):
    """Why somebody has no partner this week."""

    NOBODY_ELSE = "nobody_else"
    """She is the only one who asked."""
    NO_HOUR = "no_hour"
    """Nobody who asked is free for an hour when she is."""
    ODD = "odd"
    """Everybody whom she could have met is in a pair already."""


@dataclass(frozen=True, slots=True, order=True)
class Alone:
    """Somebody without a partner this week; the next matching begins with her."""

    person: Person
    why: Why


@dataclass(frozen=True, slots=True)
class Matched:
    """Who meets whom, in order of their ids."""

    meetings: tuple[Meeting, ...] = ()
    alone: tuple[Alone, ...] = ()

    @property
    def left_out(self) -> frozenset[Person]:
        """Who goes first next week."""
        return frozenset(a.person for a in self.alone)


def pairs_of(people: Iterable[Person]) -> tuple[Pair, ...]:
    """All pairs among some people, in a fixed order."""
    return tuple(frozenset(pair) for pair in combinations(sorted(people), 2))
