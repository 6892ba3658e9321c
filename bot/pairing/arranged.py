"""What is kept of pairing: what somebody asked for, and the meetings that were arranged.

Instants are UTC. A meeting's parts name people by their seats, so that who leaves is gone from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.drills.formats import Format
from bot.pairing.model import Meeting, Person, Wish
from bot.pairing.ratings import Rate, Side
from bot.pairing.rematch import Reply

OPTED = "pairs"
"""What a member opted in to who is asked each week; also the kind of the post about a week's pairs."""
TOGETHER = "pair"
"""The kind of post that all of a meeting read; it is about the meeting."""


class Asking(StrEnum):
    """What somebody said about one week."""

    WANTS = "wants"
    NOT_NOW = "not now"
    RESTS = "rests"
    """She asked, and then wanted to be left in peace, or did not answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Her newest word on company, in one circle."""

    person: Person
    week: date
    """A Monday."""
    asking: Asking
    wish: Wish | None
    """As she said it last, with her battery and her interviews as they were then; None if she never did."""
    owed: bool = False
    """Whether she was left out when she last asked; it stays until she is not."""


class Stage(StrEnum):
    """Where a meeting stands."""

    OPEN = "open"
    """Times are proposed."""
    AGREED = "agreed"
    OVER = "over"
    """It fell through, or another one took its place."""


class Met(StrEnum):
    """Whether they met, as one of them says."""

    UNSAID = ""
    YES = "yes"
    NO = "no"
    """They did not; she left open why."""
    OFF = "off"
    """They called it off."""
    WAITED = "waited"
    """She was there, and nobody else was."""
    MINE = "mine"
    """She could not come."""


@dataclass(frozen=True, slots=True)
class Part:
    """One turn of a meeting: the seats of who answers and who asks, what, how long, and on which drill."""

    candidate: int
    interviewer: int
    format: Format
    minutes: int
    drill: str = ""
    """Empty until a time is agreed, and where no drill was left."""


Rated = Mapping[str, Mapping[str, int]]
"""By `view`: the rates by row."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One person in a meeting. What is in it is hers alone, but for her reply."""

    person: Person
    place: int
    reply: Reply | None = None
    picks: tuple[datetime, ...] = ()
    """Times that suit her, of those proposed."""
    met: Met = Met.UNSAID
    rated: Rated = field(default_factory=dict)
    drills: tuple[str, ...] = ()
    """Drills that she has seen by this meeting, as candidate or as interviewer."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """A meeting as it stands."""

    id: str
    circle_id: str
    week: date
    """The Monday of its week."""
    told: datetime
    """Since when answers are waited for."""
    stage: Stage
    seats: tuple[Seat, ...]
    parts: tuple[Part, ...]
    minutes: int
    """Length of the whole."""
    times: tuple[datetime, ...] = ()
    """All that were ever proposed; a button names one by its place."""
    begins: datetime | None = None
    second_round: bool = False

    @property
    def people(self) -> tuple[Person, ...]:
        """Who is in it, in the order of their seats."""
        return tuple(s.person for s in self.seats)

    @property
    def length(self) -> timedelta:
        """Of the whole meeting."""
        return timedelta(minutes=self.minutes)

    @property
    def live(self) -> bool:
        """Whether it stands, or may still come to stand."""
        return self.stage is not Stage.OVER

    def seat_of(self, person: Person) -> Seat | None:
        """Her seat, if she has one."""
        return next((s for s in self.seats if s.person == person), None)

    def at(self, place: int) -> Seat | None:
        """Who sits there; None once she has left."""
        return next((s for s in self.seats if s.place == place), None)

    def others(self, person: Person) -> tuple[Seat, ...]:
        """Everybody else in it."""
        return tuple(s for s in self.seats if s.person != person)

    def suits_all(self) -> tuple[datetime, ...]:
        """The times that everybody picked, in order."""
        picked = [set(s.picks) for s in self.seats]
        return tuple(sorted(set.intersection(*picked))) if len(picked) > 1 else ()

    def has_hour_ahead(self, now: datetime) -> bool:
        """Whether the hour they agreed on is still to come, or before that one which somebody picked."""
        hours = [self.begins] if self.begins else [at for seat in self.seats for at in seat.picks]
        return any(at > now for at in hours)

    def has_begun(self, now: datetime) -> bool:
        """Whether its agreed time has come."""
        return self.begins is not None and self.begins <= now

    def has_ended(self, now: datetime) -> bool:
        """Whether its agreed time is over."""
        return self.begins is not None and self.begins + self.length <= now


def parts_of(meeting: Meeting) -> tuple[Part, ...]:
    """A matched meeting's halves, by the places of its people."""
    place = {person: n for n, person in enumerate(meeting.people)}
    return tuple(Part(place[h.candidate], place[h.interviewer], h.format, h.minutes) for h in meeting.halves)


def view(part: int, about: Side) -> str:
    """The name of one view: of which part of a meeting, and about whose share in it."""
    return f"{part}.{about.value}"


def rates_of(seat: Seat, part: int, about: Side) -> Mapping[str, Rate] | None:
    """What she said about it; None if she has not."""
    found = seat.rated.get(view(part, about))
    return None if found is None else {row: Rate(value) for row, value in found.items()}
