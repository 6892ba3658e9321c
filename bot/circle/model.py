"""What a circle is: its people, its channels, its settings, and the posts that Pacer keeps up to date for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum

from bot.chat.inbound import Channel
from bot.chat.message import Message

MOST_MEMBERS = 2_000
MOST_CIRCLES = 10
"""Circles that one person can belong to."""
WELCOME = "welcome"
"""The kind of post that lets people join."""
LEAST_SAID = 5
"""People below whom a number of them is not said."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the admins arranged. Hours are wall times in `zone`."""

    zone: str = "UTC"
    """IANA name, checked."""
    drill_at: time = time(9)
    reveal_at: time = time(18)
    weekdays: frozenset[int] = frozenset(range(5))
    """Days with a drill; Monday is 0."""
    areas: tuple[str, ...] = ()
    """Area ids the drills are taken from; empty for all."""
    pairing: bool = True
    board: bool = False
    """Whether members may show their days in rhythm; each opts in for herself."""


@dataclass(frozen=True, slots=True)
class Circle:
    """One circle. Of one that has ended nothing but its id is left."""

    id: str
    name: str
    settings: Settings
    version: int
    """Grows with each change of name or settings; who saves over another one's change is refused."""
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a circle, as the circle knows her."""

    person_id: str
    name: str
    """What she wants to be called there."""
    admin: bool
    since: datetime
    opted: frozenset[str] = frozenset()
    """What she agreed to, beyond being there."""

    def opting(self, what: str, *, on: bool) -> Member:
        """The same, who agrees to this, or does not any more."""
        return replace(self, opted=self.opted | {what} if on else self.opted - {what})


@dataclass(frozen=True, slots=True)
class Binding:
    """A channel of a circle."""

    channel: Channel
    asleep: str = ""
    """Why nothing is posted there; empty while it is awake."""


class Deed(StrEnum):
    """What an admin can do. The value is kept, and reads by itself: it names nobody."""

    BEGAN = "began the circle"
    FOLLOWED = "became admin, as the last one left"
    LINKED = "joined two accounts, one of them an admin's"
    SET = "changed settings"
    CODE = "made a code for a channel"
    BOUND = "bound a channel"
    ADMIN = "made somebody an admin"
    APPROVED = "approved a drill"
    LEFT_OUT = "left out a drill"
    TAKEN_OUT = "took out a drill"
    DOWN = "took a member's post down"
    AGAIN = "had a post that was missing posted again"


@dataclass(frozen=True, slots=True)
class Act:
    """Something an admin did, for all members to see; names and titles are as they are when it is read."""

    place: int
    """In the order of doing."""
    at: datetime
    """UTC."""
    deed: Deed
    by: str
    """The name of whoever did it; empty if she is no member."""
    detail: str = ""
    """What was set, or on which platform."""
    whom: str = ""
    """The name of whom it was done to; empty if there is nobody, or she is no member any more."""
    drill: str = ""
    """The title of the drill; empty if it is not offered there any more."""


@dataclass(frozen=True, slots=True)
class CircleLetter:
    """Something a circle tells one of its members by itself."""

    person_id: str
    message: Message
    about: str
    """It is told once for this."""
    of: str = ""
    """The id of the member it speaks of, with whom it is taken back; empty where it speaks of none."""


@dataclass(frozen=True, slots=True)
class Left:
    """What became of a circle when somebody left it."""

    ended: bool = False
    heir: Member | None = None
    """The admin from now on, where the last one went."""


@dataclass(frozen=True, slots=True)
class Post:
    """Something Pacer shows in one channel of a circle, claimed by whoever brings it up to date."""

    circle_id: str
    kind: str
    about: str
    """Which one of its kind, such as a day; empty where there is one alone."""
    channel: Channel
    shown: int
    """The number it showed last, of the numbers that `wanted` counts through."""
    receipt: str
    """The platform's own reference; empty while it was never posted."""
    edition: int
    """Grows when it is to be posted anew."""
    claims: int
    """Fencing number: whoever holds an older one has lost the lease."""
    claimed: datetime
    tries: int = 0
    """Failures since it was last shown well."""
    doubt: datetime | None = None
    """Since when nobody knows whether it was posted; UTC."""

    @property
    def key(self) -> str:
        """What the platform, or a later look, recognises it by."""
        where = self.channel.channel
        return f"circle:{self.circle_id}:{self.kind}:{self.about}:{where}:{self.edition}"


@dataclass(frozen=True, slots=True)
class Settled:
    """A claimed post's next state; it holds only for the claim it was made under."""

    post: Post
    shown: int
    receipt: str
    tries: int = 0
    not_before: datetime | None = None
    """UTC; None for at once, if more is wanted."""
    doubt: datetime | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """A time at which a circle does something by itself: each day, or on one weekday."""

    kind: str
    at: time
    weekday: int | None = None
    """Monday is 0; None is every day."""
