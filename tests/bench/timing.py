"""Clocks of the measurements."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from time import perf_counter as now
from typing import Self

__all__ = ["Stall", "Took", "now"]

BEAT = 0.001


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of the whole, and the longest in which the event loop answered nobody."""

    seconds: float
    stall: float


class Stall:
    """Asks the event loop every millisecond, and remembers the latest answer."""

    longest = 0.0

    async def __aenter__(self) -> Self:
        await asyncio.sleep(0)
        self._beating = asyncio.create_task(self._beat())
        await asyncio.sleep(5 * BEAT)
        self.longest = 0.0
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.sleep(2 * BEAT)
        self._beating.cancel()
        await asyncio.gather(self._beating, return_exceptions=True)

    async def _beat(self) -> None:
        while True:
            begun = now()
            await asyncio.sleep(BEAT)
            self.longest = max(self.longest, now() - begun - BEAT)
