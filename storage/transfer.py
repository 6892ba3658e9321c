"""Moving everything from one database to another, and proving that it arrived.

The old database is only read. The new one is filled and compared in one transaction, so that it holds
either everything or nothing, whatever happens on the way.
"""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from sqlalchemy import Table, func, literal, select, table, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from storage.cells import Row, read, row_key
from storage.columns import Sealer
from storage.engine import open_engine
from storage.faults import StoreFault, explain
from storage.origin import (
    NEW,
    OLD,
    VERSION_TABLE,
    address,
    file_of,
    names,
    of,
    origin,
    refuse_orphans,
    sealed_open,
)
from storage.schema import prepare

LOCK_SECONDS = 5
_LOCK_NOT_AVAILABLE = "55P03"


@dataclass(frozen=True, slots=True)
class Report:
    """What was moved: each table with its number of rows, in the order of copying."""

    tables: tuple[tuple[str, int], ...]
    seconds: float


async def transfer(
    source_url: str,
    target_url: str,
    *,
    sealer: Sealer | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Report:
    """Copy every row into an empty database and compare each of them there, column by column.

    What is encrypted is copied as it is; given a `sealer`, it is tried on the old database first.
    Raises StoreFault, and then the new database holds no row. The old one is never written to.
    """
    begun = perf_counter()
    old, new = address(source_url), address(target_url)
    _refuse_the_same(old, new)
    tables = SQLModel.metadata.sorted_tables
    async with origin(old) as source:
        with of(OLD):
            opened = await sealed_open(source.connection, sealer) if sealer else 0
            for each in tables:
                await refuse_orphans(source.connection, each)
        if sealer:
            tell("The key at hand opens what is encrypted." if opened else "Nothing is encrypted yet.")
        async with _empty_target(new, tables) as target:
            for each in tables:
                await copy_rows(source.connection, target, each)
            counts = [await _verified(source.connection, target, each, tell) for each in tables]
            for each in tables:
                await advance_sequence(target, each)
            with of(OLD):
                if await source.changed():
                    raise StoreFault(
                        "It was written to meanwhile. Nothing was copied; stop Pacer, then move again."
                    )
    tell("The new database needs the same PACER_SECRET_KEY or key file: what is encrypted stays as it was.")
    return Report(tuple(counts), perf_counter() - begun)


def _refuse_the_same(old: URL, new: URL) -> None:
    first, second = file_of(old), file_of(new)
    if first and second:
        linked = os.path.exists(first) and os.path.exists(second) and os.path.samefile(first, second)
        same = linked or os.path.realpath(first) == os.path.realpath(second)
    else:
        same = _server(old) == _server(new)
    if same:
        raise StoreFault("The old and the new database are one and the same. Nothing was copied.")


def _server(url: URL) -> tuple[object, ...]:
    # Two names of one server are not seen through; the rows of its tables then refuse the move.
    return url.get_backend_name(), url.host, url.port or 5432, url.database, url.query


@asynccontextmanager
async def _empty_target(url: URL, tables: list[Table]) -> AsyncIterator[AsyncConnection]:
    """The new database with today's tables and no row, in one transaction and closed to other writers."""
    with of(NEW):
        engine = open_engine(url.render_as_string(hide_password=False))
    try:
        with of(NEW):
            async with engine.connect() as connection:
                # Before `prepare`, which would already upgrade the tables of somebody's older database.
                await _refuse_rows(connection)
                await connection.rollback()
            await prepare(engine)
            target = await engine.connect()
        try:
            with of(NEW):
                await _lock(target, tables)
                await _refuse_rows(target)
            yield target
            with of(NEW):
                await target.commit()
        finally:
            await target.close()
    finally:
        await engine.dispose()


async def _refuse_rows(target: AsyncConnection) -> None:
    found = await names(target)
    if VERSION_TABLE not in found:
        return  # an empty database, or another program's: `prepare` tells them apart
    for name in sorted(found - {VERSION_TABLE}):
        if (await target.execute(select(literal(1)).select_from(table(name)).limit(1))).first():
            raise StoreFault(
                f"There are rows in its table {name} already, perhaps from an earlier move. "
                "It was left as it is; choose an empty one."
            )


async def _lock(target: AsyncConnection, tables: list[Table]) -> None:
    """Keep other writers out until the end; SQLite's transaction does by itself."""
    if target.dialect.name != "postgresql":
        return
    listed = ", ".join(target.dialect.identifier_preparer.format_table(each) for each in tables)
    await target.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
    try:
        await target.execute(text(f"LOCK TABLE {listed} IN SHARE ROW EXCLUSIVE MODE"))
    except DBAPIError as problem:
        if getattr(problem.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
            raise
        raise StoreFault(
            "Another program is writing to it, perhaps another move. Wait for that one to end, then try again."
        ) from problem


async def copy_rows(source: AsyncConnection, target: AsyncConnection, each: Table) -> None:
    """Copy one table in batches."""
    keys = [column.key for column in each.columns]
    async with aclosing(_batches(OLD, source, each)) as batches:
        async for batch in batches:
            with of(NEW):
                await _insert(target, each, [dict(zip(keys, row, strict=True)) for row in batch])


async def _insert(target: AsyncConnection, each: Table, rows: list[dict[str, Any]]) -> None:
    # `from None`: the driver's own words hold what is in the rows, so they are not passed on.
    try:
        await target.execute(each.insert(), rows)
    except IntegrityError:
        raise StoreFault(
            f"Rows of the table {each.name} break one of its rules, such as two of them with one key. "
            "Nothing was copied."
        ) from None
    except DBAPIError as problem:
        raise explain(problem) from None


async def _verified(
    source: AsyncConnection, target: AsyncConnection, each: Table, tell: Callable[[str], None]
) -> tuple[str, int]:
    rows = await verify_rows(source, target, each)
    tell(f"{each.name}: {rows} {'row' if rows == 1 else 'rows'}, the same on both sides")
    return each.name, rows


async def verify_rows(source: AsyncConnection, target: AsyncConnection, each: Table) -> int:
    """Read one table on both sides and compare; how many rows. Raises StoreFault at the first difference."""
    rows = 0
    async with aclosing(_rows(OLD, source, each)) as olds, aclosing(_rows(NEW, target, each)) as news:
        async for old in olds:
            new = await anext(news, None)
            if new != old:
                raise _differ(each, old, new)
            rows += 1
        surplus = await anext(news, None)
    if surplus is not None:
        raise _differ(each, None, surplus)
    return rows


def _differ(each: Table, old: Row | None, new: Row | None) -> StoreFault:
    key = row_key(each, old or new or ())
    return StoreFault(
        f"After copying, the table {each.name} was not the same on both sides at the row with {key}. "
        "Nothing was kept of the copy; the old database is as it was."
    )


async def _batches(side: str, connection: AsyncConnection, each: Table) -> AsyncGenerator[list[Row], None]:
    with of(side):
        async with aclosing(read(connection, each)) as batches:
            async for batch in batches:
                yield batch


async def _rows(side: str, connection: AsyncConnection, each: Table) -> AsyncGenerator[Row, None]:
    async with aclosing(_batches(side, connection, each)) as batches:
        async for batch in batches:
            for row in batch:
                yield row


async def advance_sequence(target: AsyncConnection, each: Table) -> None:
    """Let numbers that PostgreSQL gives out by itself go on after the copied ones. SQLite always does."""
    column = each.autoincrement_column
    if column is None or target.dialect.name != "postgresql":
        return
    quoted = target.dialect.identifier_preparer.format_table(each)
    with of(NEW):
        sequence = func.pg_get_serial_sequence(quoted, column.name)
        await target.execute(select(func.setval(sequence, func.max(column))).where(sequence.is_not(None)))
