"""What delivery speaks of: slots in a timetable, letters in an outbox, and how a sending ended.

A *slot* says when a subject is to hear of something; a *letter* is one occurrence of it, on its way
through the states of the outbox.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from bot.chat.inbound import Sender
from bot.chat.message import Message


@dataclass(frozen=True, slots=True)
class Slot:
    """A wall time, each day or on one weekday, at which something is due to a subject."""

    kind: str
    zone: str
    """IANA name."""
    minute: int
    """Minute of the local day, 0 to 1439."""
    weekday: int | None = None
    """Monday is 0; None is every day."""


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One time a slot comes due: the instant in UTC, and the local day it belongs to."""

    due: datetime
    day: date


class State(StrEnum):
    """Where a letter stands."""

    READY = "ready"
    SENDING = "sending"
    """Claimed by one sender, under a lease."""
    SENT = "sent"
    DOUBT = "doubt"
    """It may or may not have arrived."""
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    DEAD = "dead"
    """It can never be delivered; an operator may want to know."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What Pacer would say by itself now, before the gate has its word."""

    kind: str
    """A message kind, see `kinds`."""
    message: Message
    name: str = ""
    """The name under which it can be edited later."""


FINAL = frozenset({State.SENT, State.CANCELLED, State.EXPIRED, State.DEAD})


class Letter(NamedTuple):
    """One message that Pacer means to send by itself. Instants are UTC."""

    key: str
    """Deduplication key `tenant:subject:kind:local date`; one letter each, for ever."""
    to: Sender | None
    """The account it goes to; None if the subject is gone."""
    kind: str
    day: date
    due: datetime
    expires: datetime
    state: State
    attempts: int = 0
    """Sendings that failed and count."""
    claims: int = 0
    """Fencing number: grows with each claim; whoever holds an older one has lost the lease."""
    claimed: datetime | None = None
    """When it was claimed last."""
    said: str = ""
    """What kind of message it became when it was composed."""
    message: Message | None = None
    name: str = ""
    """The name under which the message can be edited later."""
    resent: bool = False
    """It was sent once more after a doubt that nobody could resolve."""
    receipt: str = ""
    """The message that is to become this letter, if one stands there already."""
    circle: str = ""
    """The circle whose members alone get it; empty where it is of none."""


class Call(NamedTuple):
    """A letter that a worker is called for."""

    key: str
    claims: int
    alone: bool
    """Its writing may have ended a worker, so that it is carried with no other beside it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform has it, under this reference of its own."""

    receipt: str


@dataclass(frozen=True, slots=True)
class Limited:
    """The platform asks to wait that many seconds; it does not have the message."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Refused:
    """It did not leave: no name, no connection. The platform does not have it."""

    why: str


CLOSED = (
    "direct messages are closed", "no server in common",
    "cannot_dm_bot", "channel_not_found", "messages_tab_disabled", "no_permission", "restricted_action",
    "user_not_visible",
)  # fmt: skip
"""How a courier's reason ends where the way to her is closed; with any other the message itself may be at fault."""

SHUT = (
    "no such channel", "no access to the channel", "not allowed to write there",
    "channel_not_found", "is_archived", "not_in_channel", "restricted_action", "no_permission", "access_denied",
    "channel_type_not_supported",
)  # fmt: skip
"""The same of a channel: it is gone, archived, or Pacer is not let in."""

OURS = (
    "not installed", "account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked",
    "missing_scope", "the token is not valid", "team_access_not_granted",
)  # fmt: skip
"""The same of our own standing there, which an operator mends."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The platform will never take it, such as closed direct messages."""

    why: str

    @property
    def closed(self) -> bool:
        """Whether it is the way to her that is closed, so that another way could show it."""
        return self.why.endswith(CLOSED)

    @property
    def shut(self) -> bool:
        """Whether it is a channel that is closed to Pacer."""
        return self.why.endswith(SHUT)

    @property
    def ours(self) -> bool:
        """Whether the platform does not know us any more."""
        return self.why.endswith(OURS)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """It left, and nobody knows whether it arrived: a time-out, a broken connection, a 5xx."""

    why: str


Outcome = Sent | Limited | Refused | Rejected | Doubtful


class Lookup(StrEnum):
    """What a platform's own history says of a letter in doubt."""

    ABSENT = "absent"
    CANNOT_LOOK = "cannot look"


class Change(NamedTuple):
    """A letter's next state. It holds only for the claim it was made under: elsewhere it does nothing."""

    key: str
    claims: int
    was: State
    state: State
    attempts: int
    not_before: datetime | None = None
    """UTC; None leaves it."""
    why: str = ""
    receipt: str = ""
    resent: bool = False
    words_stay: bool = False
    """It never reached her, and what it says may be shown when she speaks next."""


class Undelivered(NamedTuple):
    """What a letter says that found the way to her closed. Instants are UTC."""

    said: str
    """What kind of message it is."""
    day: date
    """Her day that it was for."""
    due: datetime
    expires: datetime
    message: Message
    name: str = ""
    """The name under which the message can be edited later."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A destination that takes only so much: at most one message every `gap` seconds."""

    name: str
    gap: float


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a tick found: slots that were due, letters made of them, occurrences nobody was there for, rows parked.

    A letter whose key exists already is counted, and changes nothing.
    """

    due: int = 0
    written: int = 0
    missed: int = 0
    parked: tuple[str, ...] = ()
    """Why, one reason a row."""
