"""Tables and bars in text, as wide as a phone: in fixed width where that lines up, else a line a row."""

from __future__ import annotations

import re
import textwrap
import unicodedata

from bot.chat.markup import FENCE, plain
from bot.chat.message import Chart, Fields

MOST_LINES = 2
"""Lines that a cell of a table may take."""
LEAST_CELL = 14
"""Characters below which words that take two lines are no longer read but deciphered."""
_PARTS = re.compile(r"((?<=,) | (?=·))")
_HELD = "\x1f"
CELLS = (10, 8, 6, 5)
"""Lengths of a full bar; the longest that leaves room for the words is taken."""


def table(block: Fields, columns: int) -> str:
    """The rows in our markup: names and values under one another, or a line a row."""
    rows = [(plain(name), plain(value)) for name, value in block.rows]
    width = max((len(name) for name, _ in rows), default=0)
    room = columns - width - 2
    fits = all(len(value) <= room for _, value in rows)
    if not rows or not (fits or room >= LEAST_CELL) or not all(_is_even(c) for row in rows for c in row):
        return _lines(block)
    wrapped = [(name, _wrapped(value, room)) for name, value in rows]
    if any(len(lines) > MOST_LINES for _, lines in wrapped):
        return _lines(block)
    drawn = [
        f"{name if first else '':<{width}}  {line}".rstrip()
        for name, lines in wrapped
        for first, line in zip((True, False), lines, strict=False)
    ]
    return "\n".join((FENCE, *drawn, FENCE))


def _wrapped(value: str, room: int) -> list[str]:
    """A cell's lines, cut after a comma or before a dot where that is possible, else between words."""
    if len(value) <= room and value.isprintable() and value == value.strip():
        return [value]
    held = "".join(
        part.replace(" ", _HELD) if n % 2 == 0 else part for n, part in enumerate(_PARTS.split(value))
    )
    lines = [line.replace(_HELD, " ") for line in textwrap.wrap(held, max(room, 1), break_long_words=False)]
    if len(lines) <= MOST_LINES and all(len(line) <= room for line in lines):
        return lines or [""]
    return textwrap.wrap(value, max(room, 1))


def _lines(block: Fields) -> str:
    return "\n".join(f"**{name}**  {value}" if name else value for name, value in block.rows)


def bars(block: Chart, columns: int) -> str:
    """The chart in our markup: its title, and a bar a line with the words behind it."""
    rows = [(plain(b.label), b.value, plain(b.words)) for b in block.bars]
    width = max((len(label) for label, _, _ in rows), default=0)
    room = columns - width - 2 - max((len(words) for _, _, words in rows), default=0)
    cells = next((n for n in CELLS if n <= room), 0)
    if cells and all(_is_even(label) and _is_even(words) for label, _, words in rows):
        drawn = [f"{label:<{width}} {bar(v, block.top, cells)} {words}" for label, v, words in rows]
        return "\n".join((f"**{block.title}**", FENCE, *drawn, FENCE))
    # The bar goes first: its cells are of one width in any script, so that it is what lines up.
    drawn = [f"{bar(b.value, block.top, CELLS[-1])} **{b.label}**  {b.words}" for b in block.bars]
    return "\n".join((f"**{block.title}**", *drawn))


def bar(value: float, top: float, cells: int) -> str:
    """A bar of so many cells; whatever is more than nothing shows at least one."""
    share = max(0.0, min(1.0, value / top)) if top > 0 else 0.0
    filled = max(round(share * cells), 1 if share > 0 else 0)
    return "▰" * filled + "▱" * (cells - filled)


def _is_even(text: str) -> bool:
    """Whether every sign is one column wide and stands where it is written; a fence must not close early."""
    if text.isascii() and text.isprintable():
        return FENCE not in text
    return FENCE not in text and all(
        unicodedata.east_asian_width(c) not in "WF"
        and unicodedata.category(c)[0] not in "MC"
        and unicodedata.bidirectional(c) not in ("R", "AL", "AN")
        for c in text
    )
