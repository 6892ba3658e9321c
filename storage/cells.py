"""Reading tables strictly: SQLite keeps anything in any column, PostgreSQL and Pacer do not."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import date, datetime, time
from functools import partial
from math import isnan
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    SmallInteger,
    Table,
    collate,
    select,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import NullType

from storage.faults import StoreFault

BATCH = 1000
"""Rows in memory at a time."""

Row = tuple[Any, ...]
Cell = Callable[[Any], Any]

AS_STORED = partial(str, encoding="utf-8", errors="surrogateescape")
"""Decodes SQLite's text so that bytes which are no UTF-8 are found with their row, not as a driver's error."""

_WORDS: dict[type, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "yes or no",
    date: "a date",
    time: "a time of day",
    datetime: "a moment",
}


class Unfit(Exception):
    """A value that its column cannot hold; the message ends a sentence and never has the value in it."""


async def read(connection: AsyncConnection, table: Table) -> AsyncGenerator[list[Row], None]:
    """All rows in the order of their key, in batches. Raises StoreFault for a row that holds what it cannot."""
    cells = [_cell(column, connection.dialect) for column in table.columns]
    columns = [as_kept(column, connection.dialect) for column in table.columns]
    rows = select(*columns).order_by(*(_in_order(key, connection.dialect) for key in table.primary_key))
    with_options = rows.execution_options(yield_per=BATCH)
    async with connection.stream(with_options) as found:
        async for part in found.partitions():
            yield [_row(table, cells, raw) for raw in part]


def key_of(table: Table, key: Sequence[Any]) -> str:
    """A row's key in words for the operator.

    A part that a person may have written, such as a company's name, is only measured.
    """
    alone = len(table.primary_key) == 1
    named = zip(table.primary_key, key, strict=True)
    return ", ".join(f"{column.name} {_shown(column, part, alone=alone)}" for column, part in named)


def row_key(table: Table, row: Sequence[Any]) -> str:
    """The same, of a whole row."""
    parts = dict(zip(table.columns, row, strict=True))
    return key_of(table, [parts[column] for column in table.primary_key])


def _shown(column: Column[Any], part: Any, *, alone: bool) -> str:
    if isinstance(part, str) and kind(column) is str and not (alone or column.foreign_keys):
        return f"of {len(part)} characters"
    # Escaped, because what cannot be moved may well be a character that a terminal obeys.
    shown = ascii(part) if isinstance(part, str | bytes) else str(part)
    return shown if len(shown) <= 90 else f"{shown[:90]}..."


def kind(column: Column[Any]) -> type:
    """The Python type of a column's values."""
    found: type = getattr(column.type, "impl_instance", column.type).python_type
    return found


def as_kept(column: Column[Any], dialect: Dialect) -> Any:
    """The column as the database has it, before anything reads a meaning into it."""
    # SQLAlchemy's own readers would make True of any text, or fail without saying in which row.
    return type_coerce(column, NullType()) if dialect.name == "sqlite" else column


def _in_order(column: Column[Any], dialect: Dialect) -> Any:
    # SQLite compares bytes; PostgreSQL would compare as the language of the database does.
    plain = dialect.name == "postgresql" and kind(column) is str
    return collate(column, "C") if plain else column


def _row(table: Table, cells: Sequence[Cell], raw: Sequence[Any]) -> Row:
    values: list[Any] = []
    for column, cell, value in zip(table.columns, cells, raw, strict=True):
        try:
            values.append(cell(value))
        except Unfit as why:
            raise StoreFault(
                f"The table {table.name} holds a value that cannot be moved: in the row with "
                f"{row_key(table, raw)}, {column.name} {why}. "
                "Nothing was copied; mend that row, then move again."
            ) from None
    return tuple(values)


def _cell(column: Column[Any], dialect: Dialect) -> Cell:
    wanted = kind(column)
    word = f"is not {_WORDS[wanted]}" if wanted in _WORDS else "cannot be read"
    impl = column.type.dialect_impl(dialect)
    convert = impl.result_processor(dialect, None) if dialect.name == "sqlite" else None
    check = _check(column, wanted)

    def cell(raw: Any) -> Any:
        if raw is None:
            if not column.nullable:
                raise Unfit("is missing")
            return None
        if wanted is bool and raw not in (0, 1):
            raise Unfit(word)
        try:
            value = convert(raw) if convert else raw
        except (ValueError, TypeError, OverflowError):
            raise Unfit(word) from None
        if wanted in _WORDS and type(value) is not wanted:
            raise Unfit(word)
        check(value)
        return value

    return cell


def _check(column: Column[Any], wanted: type) -> Callable[[Any], None]:
    if wanted is str:
        return _text_check(getattr(column.type, "length", None))
    if wanted is int:
        return _whole_check(_bits(column))
    return _float_check if wanted is float else lambda _: None


def _text_check(length: int | None) -> Callable[[str], None]:
    def check(value: str) -> None:
        if length is not None and len(value) > length:
            raise Unfit(f"is longer than its {length} characters")
        if "\0" in value:
            raise Unfit("has a NUL character in it")
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise Unfit("is not text in UTF-8") from None

    return check


def _whole_check(bits: int) -> Callable[[int], None]:
    bound = 1 << (bits - 1)

    def check(value: int) -> None:
        if not -bound <= value < bound:
            raise Unfit(f"is out of the range of {bits} bits")

    return check


def _bits(column: Column[Any]) -> int:
    if isinstance(column.type, BigInteger):
        return 64
    return 16 if isinstance(column.type, SmallInteger) else 32


def _float_check(value: float) -> None:
    if isnan(value):
        raise Unfit("is not a number")
