"""Worker slots on PostgreSQL: a name that one living process holds, and that the server itself takes from a dead one."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Sequence

from sqlalchemy import URL, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage.faults import StoreFault, explain

log = logging.getLogger(__name__)

MOST_SLOTS = 64
LOOK_SECONDS = 5.0
_CLASS = 7223702
"""The first half of our advisory locks; the second is the slot's name."""
_TAKE = text("SELECT pg_try_advisory_lock(:class, hashtext(:slot))")
_DEAD = text(
    """
    SELECT slot FROM unnest(CAST(:slots AS text[])) AS slot
    WHERE NOT EXISTS (
        SELECT 1 FROM pg_locks
        WHERE locktype = 'advisory' AND granted AND objsubid = 2
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND classid = :class AND objid = CAST(CAST(hashtext(slot) AS bigint) & 4294967295 AS oid)
    )
    """
)


class Slot:
    """A held slot. It rests on one connection of its own, and is taken again if that one breaks."""

    def __init__(self, engine: AsyncEngine, connection: AsyncConnection, name: str) -> None:
        self._engine, self._connection, self.name = engine, connection, name
        self._keeper = asyncio.create_task(self._keep())

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self._connection.execute(text("SELECT 1"))
            except (DBAPIError, OSError):
                await self._take_again()

    async def _take_again(self) -> None:
        with contextlib.suppress(DBAPIError, OSError):
            await self._connection.close()
        try:
            self._connection = await self._engine.connect()
            held = (await self._connection.execute(_TAKE, {"class": _CLASS, "slot": self.name})).scalar()
            log.info("slot taken again" if held else "slot is held by another worker by now")
        except (DBAPIError, OSError):
            log.warning("the database does not answer; the slot is taken again once it does")

    async def release(self) -> None:
        """Let the slot go."""
        self._keeper.cancel()
        await asyncio.gather(self._keeper, return_exceptions=True)
        with contextlib.suppress(DBAPIError, OSError):
            await self._connection.close()
        await self._engine.dispose()


async def take_slot(url: URL, role: str, wanted: str | None = None) -> Slot:
    """Take the slot of that name, or the first free one of the role: `worker-1`, `worker-2`, …

    The names stay the same over restarts, so that whoever comes back finds its own unfinished work.
    Raises StoreFault if the wanted one is held, or none is free.
    """
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    names = [wanted] if wanted else [f"{role}-{n}" for n in range(1, MOST_SLOTS + 1)]
    try:
        connection = await engine.connect()
        for name in names:
            if (await connection.execute(_TAKE, {"class": _CLASS, "slot": name})).scalar():
                return Slot(engine, connection, name)
        await connection.close()
    except (DBAPIError, OSError) as problem:
        await engine.dispose()
        raise explain(problem) from problem
    await engine.dispose()
    held = f"The worker slot {wanted} is held" if wanted else f"All {MOST_SLOTS} slots are held"
    raise StoreFault(f"{held} by a running worker. Set PACER_WORKER_SLOT to a free name, or leave it out.")


async def dead(engine: AsyncEngine, slots: Sequence[str]) -> set[str]:
    """Those of the slots that no living process holds."""
    try:
        async with engine.connect() as connection:
            found = await connection.execute(_DEAD, {"slots": list(slots), "class": _CLASS})
            return set(found.scalars())
    except (DBAPIError, OSError) as problem:
        raise explain(problem) from problem
