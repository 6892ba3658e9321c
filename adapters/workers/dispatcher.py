"""Delivery by many processes: DBOS hands letters to whichever worker is free, and remembers which one has which.

The outbox stays the truth. A workflow holds nothing but a letter's key and claim number; its id is
the deduplication key, and running it twice does nothing twice, because the claim is fenced.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence, Set
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from dbos import DBOS, DBOSConfig, SetWorkflowID

from adapters.workers.room import Room
from bot.delivery.deliver import Delivery, lag
from bot.delivery.drain import GroupCommit
from bot.delivery.model import Call, Change, Letter
from bot.delivery.ports import HandedOver, Outbox
from bot.turn import Unavailable

log = logging.getLogger(__name__)

QUEUE = "letters"
WORKFLOW = "deliver_letter"
VERSION = "letters-1"
"""Changes only when a workflow's arguments or meaning do: DBOS gives work to workers of the same version alone.

Nothing strands even then: a letter that nobody came for is called for again, under today's version.
"""
AT_ONCE = 32
"""Letters that one worker carries at a time."""
POLL_SECONDS = 0.2
AT_A_HAND_OVER = 200
CALLS_AT_ONCE = 16
CONNECTIONS = 6
"""Of DBOS's own, a process: with its twenty, three processes use up what PostgreSQL allows unless told otherwise."""
OUTAGE_SECONDS = 1.0
"""Between two looks whether the database is back."""
CLOSING_SECONDS = 3
"""Of the time for stopping: letters that are not done by then are let go, while their workflows can still be closed."""
KEPT = timedelta(days=7)
"""How long finished workflows are kept; the outbox remembers their keys for longer."""


class Box(Outbox, HandedOver, Protocol):
    """An outbox whose letters can be handed to other processes."""


Dead = Callable[[Sequence[str]], Awaitable[set[str]]]
"""Those of the worker slots that no living process holds."""


class Workers:
    """The dispatcher of many processes, and the hands of this one."""

    def __init__(
        self,
        database_url: str,
        slot: str,
        *,
        outbox: Box,
        delivery: Delivery,
        platforms: Set[str],
        now: Callable[[], datetime],
        dead: Dead,
    ) -> None:
        self._outbox, self._delivery, self._platforms = outbox, delivery, platforms
        self._now, self._dead = now, dead
        self._config: DBOSConfig = {
            "name": "pacer",
            "system_database_url": database_url,
            "application_version": VERSION,
            "executor_id": slot,
            "log_level": "WARNING",
            "sys_db_pool_size": CONNECTIONS,
            "enable_otlp": False,
        }
        self._commit = GroupCommit(lambda changes: outbox.settle(changes, now=now()))
        self._under_way: dict[str, asyncio.Task[str]] = {}
        self._suspected: set[str] = set()
        self._room = Room()
        self._workflow: Any = None

    async def start(self) -> None:
        """Take part: from now on this process is called for letters. Raises Unavailable."""
        DBOS(config=self._config)

        @DBOS.workflow(name=WORKFLOW)
        async def deliver_letter(key: str, claims: int, alone: bool) -> str:
            return await self._carry(Call(key, claims, alone))

        self._workflow = deliver_letter
        try:
            DBOS.launch()  # on this thread, so that DBOS runs our coroutines on this very loop
            await DBOS.register_queue_async(
                QUEUE, worker_concurrency=AT_ONCE, polling_interval_sec=POLL_SECONDS
            )
        except Exception as refused:  # DBOS lets its driver's errors through, whatever they are
            raise Unavailable(
                "The worker queue in the database cannot be opened. Check PACER_DATABASE_URL."
            ) from refused

    async def dispatch(self) -> int:
        """Call a worker for every letter whose time has come; how many. Calling twice calls once."""
        count = 0
        while letters := await self._outbox.hand_over(
            now=self._now(), platforms=self._platforms, limit=AT_A_HAND_OVER
        ):
            calls = asyncio.Semaphore(CALLS_AT_ONCE)
            await asyncio.gather(*(self._call(calls, letter) for letter in letters))
            await self._outbox.handed_over(letters)
            count += len(letters)
        return count

    async def _call(self, calls: asyncio.Semaphore, letter: Call) -> None:
        async with calls:
            with SetWorkflowID(workflow_id(letter.key, letter.claims)):
                await DBOS.enqueue_workflow_async(
                    QUEUE, self._workflow, letter.key, letter.claims, letter.alone
                )

    async def _carry(self, called: Call) -> str:
        """One letter, in whichever process was free; the state it reached."""
        carrying = asyncio.create_task(self._deliver(called))
        self._under_way[called.key] = carrying
        try:
            await asyncio.wait([carrying])
            # Let go at the end: the claim stands in the outbox, and its lease runs out there.
            return "let go" if carrying.cancelled() else carrying.result()
        finally:
            self._under_way.pop(called.key, None)

    async def _deliver(self, called: Call) -> str:
        try:
            # Claimed within: what waits outside for a suspect to be done is not lost with it.
            async with self._room.enter(alone=called.alone):
                letter = await self._claim(called)
                if letter is None:
                    return "gone"
                change = await self._delivery.carry(letter)
            return await self._finish(letter, change)
        except Unavailable:  # as if let go
            self._delivery.observer.skipped("not kept")
            return "database"

    async def _claim(self, called: Call) -> Letter | None:
        """The letter, once the database answers: it waits for this workflow alone, and no lease runs out for it."""
        while True:
            try:
                return await self._outbox.claim_handed_over(called.key, claims=called.claims, now=self._now())
            except Unavailable:
                await asyncio.sleep(OUTAGE_SECONDS)

    async def _finish(self, letter: Letter, change: Change | None) -> str:
        if change is None or not await self._commit.write(change):
            return "lost"
        self._delivery.observer.settled(letter.kind, change.state, lag(letter, self._now()))
        return change.state.value

    async def sweep(self) -> None:
        """Take back what ran out, find out about doubts, and wake what a dead worker left behind."""
        swept = await self._outbox.sweep(now=self._now(), mine=frozenset(self._under_way))
        for what, count in swept.items():
            if count:
                log.info("swept", extra={"what": what, "letters": count})
        doubts = await self._outbox.claim_doubts(now=self._now(), platforms=self._platforms, limit=AT_ONCE)
        await asyncio.gather(*(self._find_out(letter) for letter in doubts))
        await self._wake_the_abandoned()

    async def _find_out(self, letter: Letter) -> None:
        await self._finish(letter, await self._delivery.find_out(letter))

    async def _wake_the_abandoned(self) -> None:
        """Without its paid control plane DBOS leaves a dead worker's workflows pending for ever."""
        pending = await DBOS.list_workflows_async(
            status="PENDING", name=WORKFLOW, load_input=False, load_output=False, limit=1000
        )
        holders = {w.executor_id for w in pending if w.executor_id}
        gone = await self._dead(sorted(holders)) if holders else set()
        # Twice in a row: a worker whose connection broke a moment ago takes its slot again.
        ids = [w.workflow_id for w in pending if w.executor_id in gone & self._suspected]
        self._suspected = gone
        if ids:
            await DBOS.resume_workflows_async(ids, queue_name=QUEUE)
            log.info("woken what a dead worker left", extra={"letters": len(ids)})

    async def purge(self) -> int:
        """Forget workflows that finished long ago; how many."""
        before = (datetime.now(UTC) - KEPT).isoformat()
        count = 0
        while old := await DBOS.list_workflows_async(
            name=WORKFLOW, completed_before=before, load_input=False, load_output=False, limit=500
        ):
            await DBOS.delete_workflows_async([w.workflow_id for w in old])
            count += len(old)
        return count

    async def stop(self, seconds: float) -> None:
        """Take nothing new; what is under way has that long."""
        # On a thread, for it waits there; what it waits for runs on this loop.
        closing = asyncio.create_task(
            asyncio.to_thread(
                DBOS.destroy, destroy_registry=True, workflow_completion_timeout_sec=round(seconds)
            )
        )
        await asyncio.wait([closing], timeout=max(0, seconds - CLOSING_SECONDS))
        for carrying in list(self._under_way.values()):
            carrying.cancel()
        await closing


def workflow_id(key: str, claims: int) -> str:
    """The deduplication key; a letter that came back gets a new workflow under the number of its claim."""
    return key if claims == 0 else f"{key}#{claims}"
