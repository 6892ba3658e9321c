"""What Pacer says: a closed union of a few blocks that carry meaning, not widgets.

Text is written in one small markup: **bold**, *italic*, `code`, fenced code, "> " quotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.chat.inbound import Sender


class Audience(StrEnum):
    """Who may read a message."""

    HERE = "here"
    ONLY_YOU = "only_you"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph or a few."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a thing that is shown, such as a drill, and its facts in one line. It makes the message a card."""

    heading: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """Short name and value rows, such as a week's days."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to pick; the key comes back as it is."""

    label: str
    key: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Pick one. `prompt` may be empty when the text before it asks already."""

    options: tuple[Option, ...]
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, and the words behind it."""

    label: str
    value: float
    words: str
    low: float | None = None
    high: float | None = None
    """The band in which the value may truly lie; None where it is certain on that side."""
    rest: bool = False
    """Nothing was asked of it and nothing is missing, as on a rest day: it is drawn as something good."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under a title. `alt` says what the picture says."""

    title: str
    bars: tuple[Bar, ...]
    top: float
    """The value of a full bar."""
    alt: str


MOST_IN_A_FILE = 1_000_000
"""Bytes of a file, in UTF-8."""
_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,79}")


@dataclass(frozen=True, slots=True)
class File:
    """A text to keep, under a name without any folder. `about` is the sentence that stands with it."""

    name: str
    content: str
    about: str

    def __post_init__(self) -> None:
        if not _FILE_NAME.fullmatch(self.name):
            raise ValueError("a file's name is made of small letters, digits, dots and hyphens")
        if self.size > MOST_IN_A_FILE:
            raise ValueError("a file holds a megabyte at most")

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)

    @property
    def data(self) -> bytes:
        """What stands in it; half a character, which is no UTF-8, becomes a question mark."""
        return self.content.encode("utf-8", "replace")

    @property
    def told(self) -> str:
        """Its name and how large it is, as people say it."""
        return f"{self.name} ({-(-self.size // 1000):,} kB)"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to write to. It is shown so that a tap leads to her; she is not notified of it."""

    name: str
    who: Sender
    """Her account, on the platform of whoever reads it."""


Block = Text | Heading | Fields | Choices | Chart | File | Contact


@dataclass(frozen=True, slots=True)
class Message:
    """Blocks in reading order for one audience."""

    blocks: tuple[Block, ...]
    audience: Audience = Audience.ONLY_YOU
    topic: str = ""
    """What the conversation is about that begins here, such as one drill; empty where none begins.

    A platform with threads lets one begin under it; what comes of its buttons, and is said there, stays there.
    """

    @property
    def options(self) -> tuple[Option, ...]:
        """Every option offered, in order: the numbers a person may type count through them."""
        return tuple(o for b in self.blocks if isinstance(b, Choices) for o in b.options)


def message(*parts: str | Block | None, options: tuple[Option, ...] = ()) -> Message:
    """A message from texts and blocks, with options under it; None and empty text are left out."""
    blocks = [Text(p) if isinstance(p, str) else p for p in parts if p]
    if options:
        blocks.append(Choices(options))
    return Message(tuple(blocks))


def key(verb: str, *about: str) -> str:
    """A choice key: version, verb and what it is about, at most 100 characters on any platform."""
    return ":".join(("1", verb, *about))


def option(label: str, verb: str, *about: str) -> Option:
    """An option with a key of the current version."""
    return Option(label, key(verb, *about))
