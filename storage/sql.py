"""The few statements that SQLite and PostgreSQL spell alike but SQLModel has no word for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession


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
