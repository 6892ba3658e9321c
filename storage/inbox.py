"""Inbound events and their answers: kept until they are handled, many in one commit when many come."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.rows import InboxRow, UndeliveredRow
from storage.sql import given, insert_many_new, one_commit, sessions_on

WAITING, ANSWERED, DONE, FAILED = "waiting", "answered", "done", "failed"
MOST_IN_A_COMMIT = 500


class Arrived(NamedTuple):
    """An event as it is kept; the columns of its row."""

    event_id: str
    platform: str
    tenant: str
    account: str
    at: datetime
    payload: str
    """Encrypted."""
    state: str = WAITING


class Closed(NamedTuple):
    """An event that needs nothing more."""

    event_id: str
    state: str


Change = Arrived | Closed


class SqlInbox:
    """What came in. Changes that come while one commit is under way are written together by the next."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = sessions_on(engine)
        self._waiting: list[tuple[Change, asyncio.Future[bool]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def write(self, change: Change) -> bool:
        """Keep or close an event; False for one that was kept before. Raises StoreFault."""
        written: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((change, written))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all())
        return await written

    async def left(self, platform: str, state: str) -> list[str]:
        """Payloads of a platform's events in a state, oldest first."""
        async with self._session() as session:
            rows = await session.exec(
                select(InboxRow.payload)
                .where(InboxRow.state == state, InboxRow.platform == platform)
                .order_by(col(InboxRow.at), col(InboxRow.event_id))
            )
            return [payload for payload in rows if payload]

    def _session(self) -> AbstractAsyncContextManager[AsyncSession]:
        return one_commit(self._sessions)

    async def _write_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_IN_A_COMMIT], self._waiting[MOST_IN_A_COMMIT:]
            try:
                results = await self._write_batch([change for change, _ in batch])
            except Exception as broken:  # each of them hears of it, and does what is right for it
                for _, written in batch:
                    if not written.done():
                        written.set_exception(broken)
                continue
            for (_, written), new in zip(batch, results, strict=True):
                if not written.done():
                    written.set_result(new)

    async def _write_batch(self, batch: Sequence[Change]) -> list[bool]:
        arrived = [c for c in batch if isinstance(c, Arrived)]
        async with self._session() as session:
            for closed in batch:
                if isinstance(closed, Closed):
                    await _close(session, closed)
            if not arrived or await _keep(session, arrived) == len(arrived):
                return [True] * len(batch)
            await session.rollback()
        # Rare: to say which of them came before, each is written alone.
        return [await self._write_one(change) for change in batch]

    async def _write_one(self, change: Change) -> bool:
        async with self._session() as session:
            if isinstance(change, Arrived):
                return await _keep(session, [change]) == 1
            await _close(session, change)
            return True


async def _keep(session: AsyncSession, arrived: Sequence[Arrived]) -> int:
    """Keep events; how many were new."""
    many = given(session, InboxRow, Arrived._fields, arrived)
    return await insert_many_new(session, ["event_id"], many)


async def _close(session: AsyncSession, closed: Closed) -> None:
    gone: dict[str, Any] = {"state": closed.state, "payload": None}
    await session.exec(update(InboxRow).where(col(InboxRow.event_id) == closed.event_id).values(**gone))
    if closed.state == FAILED:  # what its answer showed of letters was never seen
        showed = col(UndeliveredRow.shown_in) == closed.event_id
        await session.exec(update(UndeliveredRow).where(showed).values(shown_in=""))
