"""The few statements that SQLite and PostgreSQL spell alike but SQLModel has no word for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, CursorResult, Engine, Float, Table, literal_column
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.faults import PoolExhausted, explain


def sessions_on(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """Sessions whose rows stay readable after the commit."""
    return async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)


_WRITING: WeakKeyDictionary[Engine, asyncio.Lock] = WeakKeyDictionary()


def _one_by_one(sessions: async_sessionmaker[AsyncSession]) -> AbstractAsyncContextManager[object]:
    """SQLite has one writer at a time. Who waits in its own queue sleeps up to a tenth of a second and has no turn."""
    engine: AsyncEngine = sessions.kw["bind"]
    if engine.dialect.name == "postgresql":
        return nullcontext()
    return _WRITING.setdefault(engine.sync_engine, asyncio.Lock())


@asynccontextmanager
async def one_commit(sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[AsyncSession]:
    """A session that commits when the block ends well. Raises StoreFault for what the driver says."""
    try:
        async with _one_by_one(sessions), sessions() as session, session.begin():
            yield session
    except (DBAPIError, PoolExhausted, OSError) as problem:
        raise explain(problem) from problem


def is_postgresql(session: AsyncSession) -> bool:
    """Whether the session speaks to PostgreSQL."""
    return session.get_bind().dialect.name == "postgresql"


def _table(row: type[SQLModel]) -> Table:
    return row.__table__  # type: ignore[attr-defined,no-any-return]


def _insert(session: AsyncSession, row: type[SQLModel]) -> Any:
    # Only the dialect in use is loaded; the other one costs start-up time for nothing.
    if is_postgresql(session):
        from sqlalchemy.dialects.postgresql import insert
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]
    return insert(row)


async def upsert(session: AsyncSession, row: type[SQLModel], keys: Sequence[str], **values: Any) -> None:
    """Insert a row, or replace the other columns of the one with the same keys."""
    statement = _insert(session, row).values(**values)
    rest = {name: statement.excluded[name] for name in values if name not in keys}
    if rest:
        statement = statement.on_conflict_do_update(index_elements=list(keys), set_=rest)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=list(keys))
    await session.exec(statement)


async def insert_new(session: AsyncSession, row: type[SQLModel], keys: Sequence[str], **values: Any) -> bool:
    """Insert a row unless one with the same keys exists; whether it was inserted."""
    statement = _insert(session, row).values(**values).on_conflict_do_nothing(index_elements=list(keys))
    result = await session.exec(statement)
    return bool(result.rowcount)


async def insert_many_new(
    session: AsyncSession, row: type[SQLModel], keys: Sequence[str], values: Sequence[dict[str, Any]]
) -> None:
    """Insert rows, which all name the same columns, except those whose keys exist."""
    names, many = ", ".join(values[0]), given(session, row, values)
    statement = f"INSERT INTO {_table(row).name} ({names}) SELECT {names} FROM {many.rows} WHERE true"
    await many.run(session, f"{statement} ON CONFLICT ({', '.join(keys)}) DO NOTHING")


async def update_many(
    session: AsyncSession, row: type[SQLModel], keys: Sequence[str], values: Sequence[dict[str, Any]]
) -> None:
    """Find rows by these keys and set their other columns; all values name the same ones."""
    table, many = _table(row).name, given(session, row, values)
    changes = ", ".join(f"{name} = given.{name}" for name in values[0] if name not in keys)
    found = " AND ".join(f"{table}.{name} = given.{name}" for name in keys)
    await many.run(session, f"UPDATE {table} SET {changes} FROM {many.rows} WHERE {found}")


class Given(NamedTuple):
    """Many rows as a table called `given` inside one statement, and the parameters that carry them.

    A statement for each row costs more in the driver, and in changes between its thread and ours,
    than in the database.
    """

    rows: str
    parameters: tuple[Any, ...]

    async def run(self, session: AsyncSession, statement: str) -> CursorResult[Any]:
        """Run a statement that names the rows."""
        return await (await session.connection()).exec_driver_sql(statement, self.parameters)


def given(session: AsyncSession, row: type[SQLModel], values: Sequence[dict[str, Any]]) -> Given:
    """These values, which all name the same columns; `was_` before a name takes a second value like that column."""
    names = tuple(values[0])
    if is_postgresql(session):
        arrays = ", ".join(f"${n}::{kind}[]" for n, kind in enumerate(_postgresql_types(row, names), 1))
        columns = zip(*(value.values() for value in values), strict=True)
        return Given(f"unnest({arrays}) AS given ({', '.join(names)})", tuple(map(list, columns)))
    fields = ", ".join(f"json_extract(value, '$[{n}]') AS {name}" for n, name in enumerate(names))
    kept = json.dumps([list(value.values()) for value in values], default=_as_sqlite_keeps)
    return Given(f"(SELECT {fields} FROM json_each(?)) AS given", (kept,))


@cache
def _postgresql_types(row: type[SQLModel], names: tuple[str, ...]) -> list[str]:
    """Without lengths: a cast would cut what is too long, where the column refuses it."""
    from sqlalchemy.dialects.postgresql import dialect as postgresql

    spoken = postgresql()  # type: ignore[no-untyped-call]
    return [_table(row).c[name.removeprefix("was_")].type.compile(spoken).partition("(")[0] for name in names]


@lru_cache(maxsize=4096)
def _as_sqlite_keeps(value: date) -> str:
    """As SQLAlchemy writes a date, or an instant in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(" ", "microseconds")[:26]
    return value.isoformat()


def database_now(session: AsyncSession) -> ColumnElement[float]:
    """Seconds since 1970 on the database's own clock, so that leases of several machines compare."""
    if is_postgresql(session):
        return literal_column("extract(epoch FROM clock_timestamp())", Float)
    return literal_column("(julianday('now') - 2440587.5) * 86400.0", Float)
