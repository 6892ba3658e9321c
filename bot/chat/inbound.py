"""What reaches the coach, from any platform, a person or the clock. Values only: no payload, no client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Sender:
    """Who: an account on a platform, opaque to the core."""

    platform: str
    account: str
    tenant: str = ""
    """Workspace or guild; empty where the platform has none."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that several people read, as a courier finds it; opaque to the core."""

    platform: str
    tenant: str
    """Workspace or guild; empty where the platform has none."""
    channel: str
    """Its id; or the accounts of a group message, with commas between, on a platform that opens one for them."""

    @property
    def people(self) -> tuple[str, ...]:
        """The accounts of a group message; empty for a channel with an id."""
        return tuple(self.channel.split(",")) if "," in self.channel else ()


Destination = Sender | Channel
"""Where a courier can bring something: a person's direct messages, or a channel."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it was said, and what that place can show."""

    channel: str
    private: bool = True
    forms: bool = False
    """Whether the platform can open a form; if not, its questions are asked one by one."""
    room: Channel | None = None
    """The channel it was said in, whoever sees the answer; None in direct messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """What all inbound values share. `event_id` is unique for ever; `at` is UTC."""

    sender: Sender
    place: Place
    event_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandGiven(Inbound):
    """A slash command: its words after `/pacer`, as typed."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicePicked(Inbound):
    """A button or select; the key is one that an earlier message carried."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSent(Inbound):
    """A filled form: field id and typed value."""

    form: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSaid(Inbound):
    """Anything typed that is no command."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeCame(Inbound):
    """A slot's time has come; `at` is when it was due, the event id is the letter's key.

    It is kept as a letter of the outbox, never in the inbox.
    """

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisSeen(Inbound):
    """Takes the place of what a person typed when it sounds like danger; the words are not kept."""

    rule: str


AnyInbound = CommandGiven | ChoicePicked | FormSent | TextSaid | CrisisSeen
