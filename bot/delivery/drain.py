"""Delivering within one process: claim, carry many at once, write their next states in groups."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence, Set
from datetime import datetime
from functools import partial

from bot.delivery.deliver import Delivery, lag
from bot.delivery.model import Change, Letter, State
from bot.delivery.outbox import change, suspected
from bot.delivery.ports import Outbox
from bot.turn import Unavailable

log = logging.getLogger(__name__)

AT_ONCE = 64
"""Letters carried at the same time: enough to fill 45 sendings a second of a tenth of a second each, tenfold."""
MOST_HELD = 1000
"""Letters claimed at a time: at the pace of one Discord bot they are begun within a dozen seconds, far inside a lease."""
MOST_IN_A_COMMIT = 1000
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

    def write(self, change: Change) -> asyncio.Future[bool]:
        """Write it with whatever else waits; what comes of it is False if its lease was lost."""
        written: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((change, written))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all())
        return written

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
        self._begun: set[str] = set()
        self._suspect: str | None = None
        self._hands: set[asyncio.Task[None]] = set()
        self._at_once, self._most_held = at_once, max(at_once, MOST_HELD)
        self._claiming = self._stopped = False
        self._awake, self._moved = asyncio.Event(), asyncio.Event()

    @property
    def under_way(self) -> frozenset[str]:
        """Keys of the letters this process holds."""
        return frozenset(self._begun) | {letter.key for letter in self._ahead}

    async def dispatch(self) -> int:
        """Claim ready letters, unless some are still to be begun, and begin with as many as hands are free; how many.

        One whose writing may have ended a sender is carried alone, so that it takes no other along.
        """
        if not self._may_claim or self._stopped:
            return 0
        self._claiming = True
        try:
            room = self._most_held - len(self._begun)
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
        idle = len(self._hands) < self._at_once and not self._ahead
        may = not self._claiming and self._suspect is None and len(self._begun) < self._most_held
        return idle and may

    async def drain(self) -> int:
        """Carry until nothing is ready and nothing under way; how many letters were claimed."""
        count = 0
        while (claimed := await self.dispatch()) or self._begun or self._ahead:
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
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._begun:
                    await self._movement()
        late = list(self._hands)
        for hand in late:
            hand.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _give_back(self) -> None:
        """What was claimed and not begun is ready again, as it was."""
        while self._ahead:
            letter = self._ahead.popleft()
            self._begun.add(letter.key)
            self._finish(letter, change(letter, State.READY, why="stopped"))

    def _begin(self) -> None:
        """Set free hands to work, one for each letter ahead."""
        for _ in range(min(len(self._ahead), self._at_once - len(self._hands))):
            hand = asyncio.create_task(self._carry_on())
            self._hands.add(hand)
            hand.add_done_callback(self._rest)

    def _rest(self, hand: asyncio.Task[None]) -> None:
        self._hands.discard(hand)
        self._moved.set()

    def _take(self) -> Letter | None:
        """The next letter to carry, if there is one and it need not wait until it can be alone."""
        if not self._ahead or self._suspect is not None:
            return None
        if suspected(self._ahead[0]):
            if self._begun:
                return None
            self._suspect = self._ahead[0].key
        letter = self._ahead.popleft()
        self._begun.add(letter.key)
        return letter

    async def _carry_on(self) -> None:
        """One hand: letter after letter, without waiting until the next state of the last is written."""
        while letter := self._take():
            settled = None
            try:
                settled = await self._delivery.carry(letter)
            finally:
                self._finish(letter, settled)

    async def _find_out(self, letter: Letter) -> None:
        written = self._finish(letter, await self._delivery.find_out(letter))
        if written:
            await asyncio.wait([written])

    def _finish(self, letter: Letter, settled: Change | None) -> asyncio.Future[bool] | None:
        if settled is None:
            self._let_go(letter.key)
            return None
        written = self._commit.write(settled)
        written.add_done_callback(partial(self._written, letter, settled.state))
        return written

    def _written(self, letter: Letter, state: State, written: asyncio.Future[bool]) -> None:
        self._let_go(letter.key)
        if (
            broken := written.exception()
        ):  # the database is away: the lease runs out, and the sweep takes it up
            log.error("a letter's state could not be kept: %s", type(broken).__name__)
            self._delivery.observer.skipped("not kept")
        elif written.result():
            self._delivery.observer.settled(letter.kind, state, lag(letter, self._now()))

    def _let_go(self, key: str) -> None:
        self._begun.discard(key)
        if key == self._suspect:
            self._suspect = None
        if self._ahead:
            self._begin()
        self._moved.set()

    async def _movement(self) -> None:
        """Wait until a claim came back, a hand has nothing to take, or a letter is done with."""
        self._moved.clear()
        await self._moved.wait()
