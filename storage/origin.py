"""The database that everything is moved from: opened so that nothing can be written to it, and checked."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from sqlalchemy import Table, Text, and_, event, exists, func, inspect, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlmodel import SQLModel

from storage.cells import AS_STORED, as_kept, key_of
from storage.columns import Sealer, UnreadableSecret
from storage.engine import open_engine
from storage.faults import StoreFault, explain
from storage.schema import HEAD

VERSION_TABLE = "alembic_version"
SEALED_MARK = "gAAAAA"
"""How all that Fernet encrypts begins: its version, and a time stamp that starts with zeros until 2106."""
OLD, NEW = "Old database", "New database"


@contextmanager
def of(side: str) -> Iterator[None]:
    """Say in a fault which of the two databases it is about."""
    try:
        yield
    except StoreFault as fault:
        raise StoreFault(f"{side}: {fault}") from fault
    except (DBAPIError, OSError) as problem:
        raise StoreFault(f"{side}: {explain(problem)}") from problem


def address(url: str) -> URL:
    """What a person typed, as an address. Raises StoreFault; SQLite in memory is refused as well."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as unreadable:
        raise StoreFault(
            "This is not a database address. It looks like sqlite:///pacer.db "
            "or postgresql+asyncpg://user@host/name."
        ) from unreadable
    if parsed.get_backend_name() == "sqlite" and file_of(parsed) is None:
        raise StoreFault("A database in memory cannot be moved; name a file, such as sqlite:///pacer.db.")
    return parsed


def file_of(url: URL) -> Path | None:
    """The file of an SQLite address; None for another kind of database, or one in memory."""
    name = url.database or ""
    if url.get_backend_name() != "sqlite" or name in ("", ":memory:", "file::memory:"):
        return None
    return Path(unquote(name.removeprefix("file:").split("?")[0]) if name.startswith("file:") else name)


async def names(connection: AsyncConnection) -> set[str]:
    """The tables that are there, Alembic's own among them."""
    return set(await connection.run_sync(lambda c: inspect(c).get_table_names()))


@dataclass(frozen=True, slots=True)
class Origin:
    """The old database, as it was at one moment."""

    connection: AsyncConnection
    version: int

    async def changed(self) -> bool:
        """Whether somebody wrote to it since; ends the view of that moment. Always False for PostgreSQL."""
        await self.connection.rollback()
        return await _version(self.connection) != self.version


async def _version(connection: AsyncConnection) -> int:
    if connection.dialect.name != "sqlite":
        return 0
    return int((await connection.exec_driver_sql("PRAGMA data_version")).scalar() or 0)


@asynccontextmanager
async def origin(url: URL) -> AsyncIterator[Origin]:
    """The old database, whose tables are known to be this program's. Raises StoreFault."""
    with of(OLD):
        engine = _engine(url)
    try:
        with of(OLD):
            connection = await engine.connect()
        try:
            with of(OLD):
                if connection.dialect.name == "postgresql":
                    await connection.execution_options(
                        isolation_level="REPEATABLE READ", postgresql_readonly=True
                    )
                await _check_head(connection)
                opened = Origin(connection, await _version(connection))
            yield opened
        finally:
            await connection.close()
    finally:
        await engine.dispose()


def _engine(url: URL) -> AsyncEngine:
    path = file_of(url)
    if path is None:
        return open_engine(url.render_as_string(hide_password=False))
    if not os.path.exists(path):
        raise StoreFault(f"There is no file {path}.")
    # mode=ro: SQLite itself refuses every write.
    read_only = URL.create(
        "sqlite+aiosqlite",
        database=f"file:{quote(str(path.absolute()))}",
        query={"mode": "ro", "uri": "true"},
    )
    engine = create_async_engine(read_only, pool_reset_on_return=None)

    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        connection.driver_connection.text_factory = AS_STORED

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


async def _check_head(source: AsyncConnection) -> None:
    if VERSION_TABLE not in await names(source):
        raise StoreFault("This is not a Pacer database; it was left as it is.")
    found = (await source.execute(text(f"SELECT version_num FROM {VERSION_TABLE}"))).scalar()
    if found != HEAD:
        raise StoreFault(
            "It was written by another version of Pacer. If that is an older one, start this Pacer once "
            "on it, which upgrades it; if it is a newer one, upgrade Pacer. Nothing was copied."
        )


async def sealed_open(source: AsyncConnection, sealer: Sealer) -> int:
    """Open one value of each encrypted column; how many there were. Raises StoreFault for a wrong key."""
    opened = 0
    texts = [c for t in SQLModel.metadata.sorted_tables for c in t.columns if isinstance(c.type, Text)]
    for column in texts:
        sealed = func.substr(column, 1, len(SEALED_MARK)) == SEALED_MARK
        value = (await source.execute(select(column).where(sealed).limit(1))).scalar()
        if isinstance(value, str):
            try:
                sealer.open(value)
            except UnreadableSecret as wrong:
                raise StoreFault(
                    "What is stored was encrypted with another key. Give its PACER_SECRET_KEY "
                    "or key file; nothing was copied."
                ) from wrong
            opened += 1
    return opened


async def refuse_orphans(source: AsyncConnection, child: Table) -> None:
    """Refuse a row that refers to one which is not there; a hand in an SQLite file can make such rows."""
    for reference in child.foreign_key_constraints:
        parent = reference.referred_table.alias()
        pairs = [(part.parent, parent.columns[part.column.name]) for part in reference.elements]
        there = exists().where(and_(*(mine == theirs for mine, theirs in pairs)))
        key = [as_kept(part, source.dialect) for part in child.primary_key]
        orphans = select(*key).where(*(mine.is_not(None) for mine, _ in pairs), ~there)
        row = (await source.execute(orphans.limit(1))).first()
        if row is not None:
            raise StoreFault(
                f"In the table {child.name}, the row with {key_of(child, row)} belongs to a row of "
                f"{reference.referred_table.name} that is not there. Nothing was copied; mend that row, "
                "then move again."
            )
