"""The few statements that SQLite and PostgreSQL spell alike but SQLModel has no word for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import (
    Boolean,
    ColumnElement,
    CursorResult,
    Date,
    Dialect,
    Engine,
    Float,
    Select,
    Table,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.types import NullType, TypeEngine
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.columns import UTCDateTime
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


async def insert_many_new(session: AsyncSession, keys: Sequence[str], many: Given, **alike: Any) -> int:
    """Insert given rows, except those whose keys exist; how many were inserted.

    In a column that they do not name, all hold what is passed here, else the row class's default.
    """
    table = _table(many.row)
    defaults = {c.name: c.default.arg for c in table.c if isinstance(c.default, ScalarElementColumnDefault)}
    same = {name: value for name, value in (defaults | alike).items() if name not in many.names}
    shown = [_as_text(table.c[name].type, value, session.get_bind().dialect) for name, value in same.items()]
    names, values = ", ".join((*many.names, *same)), ", ".join((*many.names, *shown))
    statement = f"INSERT INTO {table.name} ({names}) SELECT {values} FROM {many.rows} WHERE true"
    done = await many.run(session, f"{statement} ON CONFLICT ({', '.join(keys)}) DO NOTHING")
    return int(done.rowcount)


async def upsert_many(session: AsyncSession, keys: Sequence[str], many: Given) -> None:
    """Insert given rows, no two of the same keys, or replace the other given columns of those that have them."""
    table, names = many.row.__tablename__, ", ".join(many.names)
    changes = ", ".join(f"{name} = excluded.{name}" for name in many.names if name not in keys)
    statement = f"INSERT INTO {table} ({names}) SELECT {names} FROM {many.rows} WHERE true"
    await many.run(session, f"{statement} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changes}")


async def update_many(session: AsyncSession, keys: Sequence[str], many: Given, **alike: Any) -> None:
    """Find rows by these keys and set the other given columns, and those in which all shall hold the same."""
    table, dialect = _table(many.row), session.get_bind().dialect
    changes = [f"{name} = given.{name}" for name in many.names if name not in keys]
    changes += [f"{name} = {_as_text(table.c[name].type, value, dialect)}" for name, value in alike.items()]
    found = " AND ".join(f"{table.name}.{name} = given.{name}" for name in keys)
    await many.run(session, f"UPDATE {table.name} SET {', '.join(changes)} FROM {many.rows} WHERE {found}")


class Given(NamedTuple):
    """Many rows as a table called `given` inside one statement, and the parameters that carry them.

    A statement for each row costs more in the driver, and in changes between its thread and ours,
    than in the database.
    """

    row: type[SQLModel]
    names: tuple[str, ...]
    rows: str
    parameters: tuple[Any, ...]

    async def run(self, session: AsyncSession, statement: str) -> CursorResult[Any]:
        """Run a statement that names the rows."""
        return await (await session.connection()).exec_driver_sql(statement, self.parameters)


def given(
    session: AsyncSession, row: type[SQLModel], names: tuple[str, ...], values: Sequence[tuple[Any, ...]]
) -> Given:
    """Values of these columns; `was_` before a name takes a second value like that column."""
    if is_postgresql(session):
        arrays = ", ".join(f"${n}::{kind}[]" for n, kind in enumerate(_postgresql_types(row, names), 1))
        columns = tuple(map(list, zip(*values, strict=True)))
        return Given(row, names, f"unnest({arrays}) AS given ({', '.join(names)})", columns)
    fields = ", ".join(f"json_extract(value, '$[{n}]') AS {name}" for n, name in enumerate(names))
    kept = json.dumps(values, default=_as_sqlite_keeps)
    return Given(row, names, f"(SELECT {fields} FROM json_each(?)) AS given", (kept,))


async def rows_of(session: AsyncSession, statement: Select[*tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Many rows of a select.

    SQLite hands them out as one JSON value. Its driver gives up the interpreter's lock before each row
    and waits for it again, so that rows fetched beside a busy event loop come one thread change at a time.
    """
    connection = await session.connection()
    if is_postgresql(session):
        return [tuple(row) for row in await connection.execute(statement)]
    rows = statement.subquery()
    whole = select(func.json_group_array(func.json_array(*(type_coerce(c, NullType) for c in rows.c))))
    columns = [
        list(column)
        for column in zip(*json.loads((await connection.execute(whole)).scalar_one()), strict=True)
    ]
    for column, kind in zip(columns, rows.c, strict=False):
        if read := _AS_SQLITE_KEEPS.get(type(kind.type)):
            column[:] = map(read, column)
    return list(zip(*columns, strict=True))


def _as_text(kind: TypeEngine[Any], value: Any, dialect: Dialect) -> str:
    """A value, or an expression, as it stands in a statement."""
    shown = value if isinstance(value, ColumnElement) else literal(value, kind)
    return str(shown.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


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


@lru_cache(maxsize=4096)
def _instant(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept).replace(tzinfo=UTC) if kept else None


@lru_cache(maxsize=4096)
def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None


_AS_SQLITE_KEEPS: dict[type, Callable[[Any], Any]] = {UTCDateTime: _instant, Date: _day, Boolean: bool}


def database_now(session: AsyncSession) -> ColumnElement[float]:
    """Seconds since 1970 on the database's own clock, so that leases of several machines compare."""
    if is_postgresql(session):
        return literal_column("extract(epoch FROM clock_timestamp())", Float)
    return literal_column("(julianday('now') - 2440587.5) * 86400.0", Float)
