"""The post of one process: what is due becomes letters, and letters are carried."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Set
from datetime import datetime, timedelta

from bot.delivery.model import State, Ticked
from bot.delivery.ports import Observer, Outbox

log = logging.getLogger(__name__)

AT_A_TICK = 1000
"""Slots a transaction claims; the event loop breathes between two of them."""


class Tally:
    """Counts for as long as this process lives: what came due, and which states letters reached."""

    def __init__(self) -> None:
        self.due = 0
        self.states: Counter[State] = Counter()
        self.skips: Counter[str] = Counter()

    def ticked(self, found: Ticked) -> None:
        """A tick was made; rows it parked count as skipped, by their reason."""
        self.due += found.due
        self.skips.update(found.parked)

    def settled(self, kind: str, state: State, lag: float) -> None:
        """A letter reached a state."""
        self.states[state] += 1

    def skipped(self, reason: str) -> None:
        """Something was passed over."""
        self.skips[reason] += 1


class Post:
    """Turns what is due into letters, for the platforms this process serves."""

    def __init__(
        self,
        outbox: Outbox,
        *,
        platforms: Set[str],
        now: Callable[[], datetime],
        observer: Observer,
        window: timedelta,
    ) -> None:
        self._outbox, self._platforms, self._now = outbox, platforms, now
        self._observer, self._window = observer, window

    async def tick(self, hand_over: Callable[[], Awaitable[object]] | None = None) -> int:
        """Write the letters of everything that is due, and hand over after each batch; how many slots were due.

        While the database works on a batch, letters of the one before are carried already.
        """
        count, now = 0, self._now()
        while True:
            found = await self._outbox.tick(
                now=now, platforms=self._platforms, limit=AT_A_TICK, window=self._window
            )
            self._observer.ticked(found)
            for reason in found.parked:
                log.warning("a slot cannot be read and is parked: %s", reason)
            count += found.due
            if hand_over:
                await hand_over()
            if found.due < AT_A_TICK:
                return count
            await asyncio.sleep(0)

    async def next_moment(self) -> datetime | None:
        """The next instant at which something is due or waits to be sent, UTC."""
        return await self._outbox.moment(platforms=self._platforms)
