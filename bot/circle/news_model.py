"""What people tell and ask in a circle, the drills they offer it, and what it did in a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

WIN, COMPANY = "win", "company"
"""Kinds of notices, and of the posts that show them."""
BOARD = "board"
"""What a member opts in to who shows her days in rhythm; also the kind of post, and of the hour at which it is looked at."""
RECAP = "recap"
"""The kind of post that tells a week, and of its time."""
DAY = timedelta(hours=24)
MOST_OF_HERS = {WIN: 3, COMPANY: 2}
"""Notices of one person within a day, over all her circles."""
MOST_THERE = 20
"""Notices in one circle within a day."""
OPEN_FOR = DAY
"""How long a call for company stays open."""
LEAST_ON_THE_BOARD = 3
KEEPS = timedelta(days=7)
"""A count of days in rhythm that is older is not shown."""
RHYTHM_DAYS = 14
"""Days that are looked back on."""
MOST_WAITING = 30
"""Offered drills that wait for an admin, in one circle."""


class Standing(StrEnum):
    """What became of a notice."""

    OPEN = "open"
    CLOSED = "closed"
    TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True)
class Notice:
    """Good news, or a call for company."""

    circle_id: str
    id: str
    kind: str
    person_id: str
    text: str
    """Empty once it is taken back."""
    named: bool
    at: datetime
    """UTC."""
    until: datetime | None = None
    """When an open call ends by itself, UTC."""
    standing: Standing = Standing.OPEN

    def is_open(self, now: datetime) -> bool:
        """Whether it still stands: not taken back, not closed, its time not over."""
        return self.standing is Standing.OPEN and (self.until is None or now < self.until)


class Added(StrEnum):
    """Whether a notice was taken."""

    NEW = "new"
    THERE = "there"
    ENOUGH_OF_HERS = "hers"
    ENOUGH_THERE = "circle"


class State(StrEnum):
    """What became of an offered drill."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Offer:
    """A drill that a member offers; the drill itself is read apart."""

    circle_id: str
    drill_id: str
    person_id: str
    title: str
    named: bool
    at: datetime
    state: State = State.WAITING


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Somebody's days in rhythm, of those that count."""

    person_id: str
    kept: int
    of: int


@dataclass(frozen=True, slots=True)
class Week:
    """What a circle did from one Friday to the next, counted once; nobody's name is in it."""

    areas: tuple[str, ...] = ()
    """Area ids."""
    formats: tuple[str, ...] = ()
    """What the drills were, as people say it."""
    drills: int = 0
    """Group drills."""
    meetings: int = 0
    """Mock interviews that took place."""
    met: int = 0
    """People in them."""
    people: int = 0
    """Members when it was counted."""
    pairs_on: date | None = None
    """The next day on which pairs are made."""
    pulse: str = ""
    """What is said of it; empty if it is not published."""
    counted: tuple[str, ...] = ()
    """Days of the drills and ids of the meetings in it, so that nothing is counted twice; empty in weeks that were
    counted before these were kept."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was practised together."""
        return not self.drills and not self.meetings


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())
