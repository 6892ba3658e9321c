"""What a query returns, how it differs from the right result, and how it is shown."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.markup import FENCE
from bot.chat.saying import counted

TOLERANCE = 1e-6
"""How far two figures may be apart and count as one, relative; how often a database rounds is its own affair."""
COMPARED = 20_000
"""Pairs of rows that are compared one by one at most."""
SHOWN_ROWS, SHOWN_COLUMNS, WIDTH, LEAST_CELL = 8, 8, 44, 5
NULL = "NULL"


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes, as hexadecimal digits."""

    digits: str


Cell = None | int | float | str | Blob


@dataclass(frozen=True, slots=True)
class Rows:
    """A result."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a query returned nothing, as a sentence for her."""

    why: str
    hers: bool = True
    """Whether it is the query's doing, and not that queries cannot be run at all."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How a result differs from the right one."""

    columns: int = 0
    """Columns too many; fewer than zero: missing."""
    extra: int = 0
    """Rows that are not in the right result."""
    missing: int = 0
    """Rows of the right result that are not there."""
    order: bool = False
    """Whether only the order of the rows is another."""

    @property
    def none(self) -> bool:
        """Whether the result is right."""
        return not (self.columns or self.extra or self.missing or self.order)


def difference(hers: Rows, right: Rows, *, ordered: bool) -> Difference:
    """Compare two results: as many columns, the same rows as often, and in that order where one was asked for."""
    if len(hers.columns) != len(right.columns):
        return Difference(columns=len(hers.columns) - len(right.columns))
    ours, theirs = _unpaired(hers.rows, right.rows)
    if ours or theirs:
        return Difference(extra=ours, missing=theirs)
    same = all(_same(a, b) for a, b in zip(hers.rows, right.rows, strict=True))
    return Difference(order=ordered and not same)


def told(found: Difference, hers: Rows) -> str:
    """How it differs, in a sentence that gives nothing away."""
    if found.columns:
        whole = len(hers.columns)
        return f"Your result has {_many(whole, 'column')}, and {counted(whole - found.columns)} {'is' if whole - found.columns == 1 else 'are'} asked for."
    if found.order:
        return "The rows are right, their order is not."
    parts = []
    if found.extra:
        whole = len(hers.rows)
        all_of = "none of your rows belongs" if found.extra == whole else ""
        some = f"{counted(found.extra)} of your {_many(whole, 'row')} {'does' if found.extra == 1 else 'do'} not belong"
        parts.append(f"{all_of or some} to the right result")
    if found.missing:
        parts.append(f"{_many(found.missing, 'row')} {'is' if found.missing == 1 else 'are'} missing")
    said = ", and ".join(parts)
    return f"{said[0].upper()}{said[1:]}."


def drawn(result: Rows) -> str:
    """A result as a small table that a phone can hold."""
    columns = [_flat(c) for c in result.columns[:SHOWN_COLUMNS]]
    rows = [[shown(v) for v in row[:SHOWN_COLUMNS]] for row in result.rows[:SHOWN_ROWS]]
    widths = _widths([columns, *rows])
    lines = [_line(columns, widths), _line(["─" * w for w in widths], widths)]
    lines += [_line(row, widths) for row in rows]
    if hidden := len(result.rows) - SHOWN_ROWS:
        lines += [f"… and {_many(hidden, 'row')} more"] if hidden > 0 else []
    if not result.rows:
        lines.append("(no rows)")
    return "\n".join((FENCE, *lines, FENCE))


def shown(value: Cell) -> str:
    """One value as it is written in a table."""
    match value:
        case None:
            return NULL
        case Blob():
            return f"x'{value.digits}'"
        case float():
            return f"{value:.10g}" if math.isfinite(value) else str(value)
        case _:
            return _flat(str(value))


def _many(number: int, thing: str) -> str:
    return f"{counted(number)} {thing}{'' if number == 1 else 's'}"


def _unpaired(ours: Sequence[tuple[Cell, ...]], theirs: Sequence[tuple[Cell, ...]]) -> tuple[int, int]:
    """How many rows of each side have no partner on the other."""
    mine, yours = Counter(map(_key, ours)), Counter(map(_key, theirs))
    left = [row for row, n in (mine - yours).items() for _ in range(n)]
    right = [row for row, n in (yours - mine).items() for _ in range(n)]
    if len(left) * len(right) > COMPARED:
        return len(left), len(right)
    for row in tuple(left):
        partner = next((other for other in right if _same(row, other)), None)
        if partner is not None:
            left.remove(row)
            right.remove(partner)
    return len(left), len(right)


def _key(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The row with its figures rounded, so that most pairs are found at once."""
    return tuple(float(f"{v:.9g}") if isinstance(v, float) and math.isfinite(v) else v for v in row)


def _same(one: tuple[Cell, ...], other: tuple[Cell, ...]) -> bool:
    return all(_equal(a, b) for a, b in zip(one, other, strict=True))


def _equal(one: Cell, other: Cell) -> bool:
    if isinstance(one, float) or isinstance(other, float):
        figures = isinstance(one, int | float) and isinstance(other, int | float)
        return figures and _close(float(one), float(other))  # type: ignore[arg-type]
    return type(one) is type(other) and one == other


def _close(one: float, other: float) -> bool:
    return one == other or math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def _flat(text: str) -> str:
    """On one line, and without a fence that would end the table."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    return clean.replace(FENCE, "'''")


def _widths(lines: Sequence[Sequence[str]]) -> list[int]:
    """The columns' widths: what they need, the widest shortened until all fit."""
    widths = [max(1, *(len(line[n]) for line in lines)) for n in range(len(lines[0]))]
    while sum(widths) + 2 * (len(widths) - 1) > WIDTH and max(widths) > LEAST_CELL:
        widths[widths.index(max(widths))] -= 1
    return widths


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    cut = [c if len(c) <= w else c[: w - 1] + "…" for c, w in zip(cells, widths, strict=True)]
    return "  ".join(c.ljust(w) for c, w in zip(cut, widths, strict=True)).rstrip()
