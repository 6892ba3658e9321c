"""What Pacer says: a closed union of a few blocks that carry meaning, not widgets.

Text is written in one small markup: **bold**, *italic*, `code`, fenced code, "> " quotes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
class Chart:
    """Bars: label, value, and the words behind it. `alt` says what the picture says."""

    title: str
    bars: tuple[tuple[str, float, str], ...]
    top: float
    """The value of a full bar."""
    alt: str


Block = Text | Heading | Fields | Choices | Chart


@dataclass(frozen=True, slots=True)
class Message:
    """Blocks in reading order for one audience."""

    blocks: tuple[Block, ...]
    audience: Audience = Audience.ONLY_YOU

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
