"""First stage of degradation: a message that fits a platform's limits, with what had to change.

Pure and common to all platforms; the second stage, each adapter's `render`, only translates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.chat.message import Block, Chart, Choices, Fields, Message, Text


class Downgrade(StrEnum):
    """What was done to make a message fit."""

    SPLIT_TEXT = "split_text"
    SPLIT_FIELDS = "split_fields"
    FIELDS_AS_TEXT = "fields_as_text"
    SELECT = "select"
    NUMBERED = "numbered"
    CHART_AS_TEXT = "chart_as_text"


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


def fit(message: Message, limits: Limits) -> tuple[Message, tuple[Downgrade, ...]]:
    """The message within the limits. Every option stays reachable: as button, select or number."""
    blocks: list[Block] = []
    changed: list[Downgrade] = []
    for block in message.blocks:
        pieces, downgrades = _fit(block, limits)
        blocks += pieces
        changed += downgrades
    return replace(message, blocks=tuple(blocks)), tuple(changed)


def _fit(block: Block, limits: Limits) -> tuple[list[Block], list[Downgrade]]:
    match block:
        case Text():
            pieces = split_text(block.text, limits.text)
            return [Text(p) for p in pieces], [Downgrade.SPLIT_TEXT] * (len(pieces) > 1)
        case Fields() if not limits.fields:
            lines = "\n".join(f"{name}: {value}" for name, value in block.rows)
            return _fit(Text(lines), limits)[0], [Downgrade.FIELDS_AS_TEXT]
        case Fields():
            groups = [block.rows[i : i + limits.fields] for i in range(0, len(block.rows), limits.fields)]
            return [Fields(g) for g in groups], [Downgrade.SPLIT_FIELDS] * (len(groups) > 1)
        case Choices():
            return _fit_choices(block, limits)
        case Chart():
            if limits.charts:
                return [block], []
            words = Text(f"**{block.title}**\n{block.alt}")
            rows = Fields(tuple((label, words) for label, _, words in block.bars))
            parts = [_fit(part, limits) for part in (words, rows)]
            return [b for blocks, _ in parts for b in blocks], [
                Downgrade.CHART_AS_TEXT,
                *(d for _, downgrades in parts for d in downgrades),
            ]


def _fit_choices(block: Choices, limits: Limits) -> tuple[list[Block], list[Downgrade]]:
    longest = max(len(o.label) for o in block.options)
    if len(block.options) <= limits.buttons and longest <= limits.button_label:
        return [block], []
    if len(block.options) <= limits.select and longest <= limits.button_label:
        return [block], [Downgrade.SELECT]
    lines = "\n".join(f"{n}  {o.label}" for n, o in enumerate(block.options, 1))
    texts = split_text("\n".join(part for part in (block.prompt, lines) if part), limits.text)
    return [Text(t) for t in texts], [Downgrade.NUMBERED]


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
