"""First stage of degradation: a message that fits a platform's limits, with what had to change.

Pure and common to all platforms; the second stage, each adapter's `render`, only translates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

from bot.chat.message import Block, Chart, Choices, Contact, Fields, File, Heading, Message, Option, Text


class Downgrade(StrEnum):
    """What was done to make a message fit."""

    SPLIT_TEXT = "split_text"
    SPLIT_FIELDS = "split_fields"
    FIELDS_AS_TEXT = "fields_as_text"
    SELECT = "select"
    NUMBERED = "numbered"
    CHART_AS_TEXT = "chart_as_text"
    FILE_AS_TEXT = "file_as_text"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message of a platform holds. Zero means: not at all."""

    text: int
    """Characters in one text block."""
    fields: int
    """Rows in one fields block."""
    buttons: int
    """Options that can be buttons."""
    button_label: int
    select: int
    """Options that a select holds."""
    charts: bool
    key: int = 10_000
    """Characters in an option's key."""
    short_buttons: int = 0
    """Options that can be buttons when every label is short."""
    files: int = 0
    """Bytes of one file."""


SHORT_LABEL = 12
"""Characters of a label that lets several buttons stand side by side on a phone."""


def fit(message: Message, limits: Limits) -> tuple[Message, tuple[Downgrade, ...]]:
    """The message within the limits. Every option stays reachable: as button, select or number."""
    blocks: list[Block] = []
    changed: list[Downgrade] = []
    number = 1
    for block in message.blocks:
        pieces, downgrades = _fit(block, limits, number)
        blocks += pieces
        changed += downgrades
        if isinstance(block, Choices):
            number += len(block.options)
    return replace(message, blocks=tuple(blocks)), tuple(changed)


def _fit(block: Block, limits: Limits, number: int) -> tuple[list[Block], list[Downgrade]]:
    """`number` is the one that a choice's first option has in the whole message."""
    match block:
        case Text():
            pieces = split_text(block.text, limits.text)
            return [Text(p) for p in pieces], [Downgrade.SPLIT_TEXT] * (len(pieces) > 1)
        case Heading() if len(block.heading) + len(block.about) < limits.text:
            return [block], []
        case Heading():
            lines = "\n".join(part for part in (block.heading, block.about) if part)
            return _fit(Text(lines), limits, number)
        case Fields() if not limits.fields:
            lines = "\n".join(f"{name}: {value}" for name, value in block.rows)
            return _fit(Text(lines), limits, number)[0], [Downgrade.FIELDS_AS_TEXT]
        case Fields():
            groups = [block.rows[i : i + limits.fields] for i in range(0, len(block.rows), limits.fields)]
            return [Fields(g) for g in groups], [Downgrade.SPLIT_FIELDS] * (len(groups) > 1)
        case Choices():
            return _fit_choices(block, limits, number)
        case Contact():
            return [block], []
        case Chart() if limits.charts:
            return [block], []
        case Chart():
            return _fit_chart(block, limits, number)
        case File() if block.size <= limits.files:
            return [block], []
        case File():
            return _fit(Text(without_file(block)), limits, number)[0], [Downgrade.FILE_AS_TEXT]


def without_file(block: File) -> str:
    """What is said where the file itself cannot be brought."""
    return f"{block.about}\nThe file {block.told} could not be brought here. Ask for it again in a while."


def without_files(message: Message) -> Message:
    """The message for a place that took its words and not its files."""
    blocks = tuple(Text(without_file(b)) if isinstance(b, File) else b for b in message.blocks)
    return replace(message, blocks=blocks)


def _fit_chart(block: Chart, limits: Limits, number: int) -> tuple[list[Block], list[Downgrade]]:
    words = Text(f"**{block.title}**\n{block.alt}")
    rows = Fields(tuple((bar.label, bar.words) for bar in block.bars))
    parts = [_fit(part, limits, number) for part in (words, rows)]
    return [b for blocks, _ in parts for b in blocks], [
        Downgrade.CHART_AS_TEXT,
        *(d for _, downgrades in parts for d in downgrades),
    ]


def _fit_choices(block: Choices, limits: Limits, number: int) -> tuple[list[Block], list[Downgrade]]:
    held = max(units(o.label) for o in block.options) <= limits.button_label
    held = held and all(len(o.key) <= limits.key for o in block.options)
    if held and are_buttons(block, limits):
        return [block], []
    if held and len(block.options) <= limits.select:
        return [block], [Downgrade.SELECT]
    lines = "\n".join(f"{n}  {o.label}" for n, o in enumerate(block.options, number))
    texts = split_text("\n".join(part for part in (block.prompt, lines) if part), limits.text)
    return [Text(t) for t in texts], [Downgrade.NUMBERED]


def are_buttons(block: Choices, limits: Limits) -> bool:
    """Whether choices that fit are buttons; else they are a select."""
    short = all(units(o.label) <= SHORT_LABEL for o in block.options)
    return len(block.options) <= max(limits.buttons, limits.short_buttons if short else 0)


def rows_of(options: Sequence[Option], most: int) -> list[Sequence[Option]]:
    """Options as rows of about the same length, so that none stands alone on a phone."""
    rows = -(-len(options) // most)
    length = -(-len(options) // rows) if rows else most
    return [options[i : i + length] for i in range(0, len(options), length)]


def units(text: str) -> int:
    """Length in UTF-16 units: the strictest way in which platforms count characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


NAMES = 1_800
"""Units of a list of names: a message has room for it also where every sign is written with an escape before it."""


def first_of(parts: Sequence[str], most: int = NAMES) -> Sequence[str]:
    """The first of these, as many as have room, with a separator of two after each."""
    ends = accumulate(units(part) + 2 for part in parts)
    return parts[: sum(end <= most for end in ends)]


def split_text(text: str, limit: int) -> list[str]:
    """Pieces of at most `limit` characters, cut at paragraphs, else lines, else words, else hard."""
    pieces = []
    rest = text
    while len(rest) > limit:
        window = rest[: limit + 1]
        cut = next((at for mark in ("\n\n", "\n", " ") if (at := window.rfind(mark)) > limit // 3), limit)
        if piece := rest[:cut].rstrip():
            pieces.append(piece)
        rest = rest[cut:].lstrip()
    return [*pieces, rest] if rest or not pieces else pieces
