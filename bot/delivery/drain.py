"""Delivering within one process: claim, carry many at once, write their next states in groups."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence, Set
from datetime import datetime

from bot.delivery.deliver import Delivery, lag
from bot.delivery.model import Change, Letter, State
from bot.delivery.outbox import change, suspected
from bot.delivery.ports import Outbox
from bot.turn import Unavailable

log = logging.getLogger(__name__)

AT_ONCE = 64
"""Letters carried at the same time: enough to fill 45 sendings a second of a tenth of a second each, tenfold."""
MOST_HELD = 500
"""Letters claimed at a time: at the pace of one Discord bot they are begun within a dozen seconds, far inside a lease."""
MOST_IN_A_COMMIT = 500
COMMIT_TRIES, COMMIT_WAIT = 4, 0.5
"""How often next states are written before they are given up, and the first wait between, in seconds."""
DOUBTS_AT_ONCE = 50
LOOK_SECONDS = 1.0
"""How long it is until somebody looks for letters that nobody announced."""


class GroupCommit:
    """Writes next states: alone when one comes, together when many do. A commit costs one wait for the disk."""

    def __init__(self, settle: Callable[[Sequence[Change]], Awaitable[list[bool]]]) -> None:
        self._settle = settle
        self._waiting: list[tuple[Change, asyncio.Future[bool]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def write(self, change: Change) -> bool:
        """Write it with whatever else waits; False if its lease was lost."""
        written: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((change, written))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all())
        return await written

    async def _write_all(self) -> None:
        while self._waiting:
            await self._gather()
            batch, self._waiting = self._waiting[:MOST_IN_A_COMMIT], self._waiting[MOST_IN_A_COMMIT:]
            try:
                won = await self._write_batch([c for c, _ in batch])
            except Exception as broken:
                for _, written in batch:
                    if not written.done():
                        written.set_exception(broken)
                continue
            for (_, written), ours in zip(batch, won, strict=True):
                if not written.done():
                    written.set_result(ours)

    async def _write_batch(self, batch: Sequence[Change]) -> list[bool]:
        """Again after an outage: else each of these letters would wait until its lease runs out."""
        for attempt in range(1, COMMIT_TRIES):
            try:
                return await self._settle(batch)
            except Unavailable:
                await asyncio.sleep(COMMIT_WAIT * attempt)
        return await self._settle(batch)

    async def _gather(self) -> None:
        """Wait for as long as each pass of the event loop brings more: they would only queue behind this commit."""
        seen = 0
        while seen < len(self._waiting) < MOST_IN_A_COMMIT:
            seen = len(self._waiting)
            await asyncio.sleep(0)


class Drain:
    """The dispatcher of a single process: what is handed over is carried here.

    Letters are claimed ahead, many in one commit, and carried by a few hands; a hand is free again
    before its letter's next state is written, so that states gather and are written together.
    """

    def __init__(
        self,
        outbox: Outbox,
        delivery: Delivery,
        *,
        platforms: Set[str],
        now: Callable[[], datetime],
        at_once: int = AT_ONCE,
    ) -> None:
        self._outbox, self._delivery, self._platforms, self._now = outbox, delivery, platforms, now
        self._commit = GroupCommit(lambda changes: outbox.settle(changes, now=now()))
        self._ahead: deque[Letter] = deque()
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._suspect: str | None = None
        self._free = at_once
        self._most_held = max(at_once, MOST_HELD)
        self._claiming = self._stopped = False
        self._awake, self._moved = asyncio.Event(), asyncio.Event()

    @property
    def under_way(self) -> frozenset[str]:
        """Keys of the letters this process holds."""
        return frozenset(self._under_way) | {letter.key for letter in self._ahead}

    async def dispatch(self) -> int:
        """Claim ready letters, unless some are still to be begun, and begin with as many as hands are free; how many.

        One whose writing may have ended a sender is carried alone, so that it takes no other along.
        """
        if not self._may_claim or self._stopped:
            return 0
        self._claiming = True
        try:
            room = self._most_held - len(self._under_way)
            letters = await self._outbox.claim(now=self._now(), platforms=self._platforms, limit=room)
        finally:
            self._claiming = False
            self._moved.set()
        self._ahead.extend(letters)
        if self._stopped:
            self._give_back()
        self._begin()
        return len(letters)

    @property
    def _may_claim(self) -> bool:
        """Whether a hand is free that has nothing to take, and not too much waits to be written."""
        idle = self._free > 0 and not self._ahead and not self._claiming and self._suspect is None
        return idle and len(self._under_way) < self._most_held

    async def drain(self) -> int:
        """Carry until nothing is ready and nothing under way; how many letters were claimed."""
        count = 0
        while (claimed := await self.dispatch()) or self._under_way:
            count += claimed
            await self._movement()
        return count

    def wake(self) -> None:
        """There may be letters."""
        self._awake.set()

    async def keep_carrying(self) -> None:
        """Carry whatever becomes ready, until cancelled; a fault of the database is waited out."""
        while True:
            self._awake.clear()
            try:
                claimed = await self.dispatch()
            except Unavailable:
                log.warning("The database cannot be reached; letters wait")
                claimed = 0
            except Exception as broken:  # if this ended, letters would wait for ever and nobody would notice
                log.error("letters could not be claimed: %s", type(broken).__name__)
                self._delivery.observer.skipped("fault")
                claimed = 0
            if not self._may_claim:
                await self._movement()
            elif not claimed:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._awake.wait(), LOOK_SECONDS)

    async def sweep(self, *, orphaned: bool = False) -> None:
        """Take back what was held too long, then find out about doubts. `orphaned`: nobody else can hold any."""
        if self._stopped:
            return
        swept = await self._outbox.sweep(
            now=self._now(), mine=self.under_way, platforms=self._platforms, orphaned=orphaned
        )
        for what, count in swept.items():
            if count:
                log.info("swept", extra={"what": what, "letters": count})
        doubts = await self._outbox.claim_doubts(
            now=self._now(), platforms=self._platforms, limit=DOUBTS_AT_ONCE
        )
        await asyncio.gather(*(self._find_out(letter) for letter in doubts))

    async def purge(self) -> int:
        """Nothing is remembered beside the outbox."""
        return 0

    async def stop(self, seconds: float) -> None:
        """Claim nothing more; what is under way has that long, and is in doubt afterwards."""
        self._stopped = True
        self._give_back()
        if self._under_way:
            _, late = await asyncio.wait(self._under_way.values(), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _give_back(self) -> None:
        """What was claimed and not begun is ready again, as it was."""
        while self._ahead:
            letter = self._ahead.popleft()
            self._hold(letter, self._finish(letter, change(letter, State.READY, why="stopped")))

    def _begin(self) -> None:
        """Put letters into free hands."""
        while self._ahead and self._free:
            if suspected(self._ahead[0]):
                if self._under_way:
                    return
                self._suspect = self._ahead[0].key
            letter = self._ahead.popleft()
            self._free -= 1
            self._hold(letter, self._carry(letter))

    def _hold(self, letter: Letter, work: Coroutine[None, None, None]) -> None:
        task = self._under_way[letter.key] = asyncio.create_task(work)
        task.add_done_callback(lambda _: self._let_go(letter.key))

    def _let_go(self, key: str) -> None:
        self._under_way.pop(key, None)
        if key == self._suspect:
            self._suspect = None
        self._begin()
        self._moved.set()

    async def _movement(self) -> None:
        """Wait until a claim came back, a hand has nothing to take, or a letter is done with."""
        self._moved.clear()
        await self._moved.wait()

    async def _carry(self, letter: Letter) -> None:
        try:
            settled = await self._delivery.carry(letter)
        finally:
            self._free += 1
            self._begin()
            if not self._ahead:
                self._moved.set()
        await self._finish(letter, settled)

    async def _find_out(self, letter: Letter) -> None:
        await self._finish(letter, await self._delivery.find_out(letter))

    async def _finish(self, letter: Letter, settled: Change | None) -> None:
        try:
            won = settled is not None and await self._commit.write(settled)
        except Exception as broken:  # the database is away: the lease runs out, and the sweep takes it up
            log.error("a letter's state could not be kept: %s", type(broken).__name__)
            self._delivery.observer.skipped("not kept")
            return
        if won and settled is not None:
            self._delivery.observer.settled(letter.kind, settled.state, lag(letter, self._now()))
