"""The few statements that SQLite and PostgreSQL spell alike but SQLModel has no word for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import ColumnElement, Float, literal_column
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.faults import explain


def sessions_on(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """Sessions whose rows stay readable after the commit."""
    return async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)


@asynccontextmanager
async def one_commit(sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[AsyncSession]:
    """A session that commits when the block ends well. Raises StoreFault for what the driver says."""
    try:
        async with sessions() as session, session.begin():
            yield session
    except (DBAPIError, OSError) as problem:
        raise explain(problem) from problem


def _insert(session: AsyncSession, row: type[SQLModel]) -> Any:
    # Only the dialect in use is loaded; the other one costs start-up time for nothing.
    if session.get_bind().dialect.name == "postgresql":
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
    """Insert rows, except those whose keys exist."""
    statement = _insert(session, row).on_conflict_do_nothing(index_elements=list(keys))
    await (await session.connection()).execute(statement, values)


def database_now(session: AsyncSession) -> ColumnElement[float]:
    """Seconds since 1970 on the database's own clock, so that leases of several machines compare."""
    if session.get_bind().dialect.name == "postgresql":
        return literal_column("extract(epoch FROM clock_timestamp())", Float)
    return literal_column("(julianday('now') - 2440587.5) * 86400.0", Float)
