"""Holding the senders of many machines to a bucket's pace: each takes its place in one statement."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.model import Bucket
from storage.faults import PoolExhausted, explain

# The row is the queue: whoever updates it first has the earlier place. The clock is the database's,
# read under the row's lock, so that no two machines ever disagree about now.
_RESERVE = text(
    """
    INSERT INTO bucket AS b (name, free_at)
    VALUES (:name, extract(epoch FROM clock_timestamp()) + :gap)
    ON CONFLICT (name) DO UPDATE
    SET free_at = greatest(b.free_at, extract(epoch FROM clock_timestamp())) + :gap
    RETURNING free_at - :gap - extract(epoch FROM clock_timestamp())
    """
)
_HOLD = text(
    """
    INSERT INTO bucket AS b (name, free_at)
    VALUES (:name, extract(epoch FROM clock_timestamp()) + :seconds)
    ON CONFLICT (name) DO UPDATE
    SET free_at = greatest(b.free_at, extract(epoch FROM clock_timestamp()) + :seconds)
    """
)


class SqlLimiter:
    """The `Limiter` port on PostgreSQL."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def reserve(self, bucket: Bucket) -> float:
        """Take the next place; how many seconds from now it is."""
        try:
            async with self._engine.begin() as connection:
                found = await connection.execute(_RESERVE, {"name": bucket.name, "gap": bucket.gap})
                return max(0.0, float(found.scalar_one()))
        except (DBAPIError, PoolExhausted, OSError) as problem:
            raise explain(problem) from problem

    async def hold(self, bucket: Bucket, seconds: float) -> None:
        """Give out no place for that long."""
        try:
            async with self._engine.begin() as connection:
                await connection.execute(_HOLD, {"name": bucket.name, "seconds": seconds})
        except (DBAPIError, PoolExhausted, OSError) as problem:
            raise explain(problem) from problem
