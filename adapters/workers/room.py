"""A room for many, and at times for one alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Room:
    """Letters are carried side by side in it, except those that have to be alone."""

    def __init__(self) -> None:
        self._door = asyncio.Condition()
        self._inside = 0
        self._taken = False

    @asynccontextmanager
    async def enter(self, *, alone: bool) -> AsyncIterator[None]:
        """Wait outside for as long as somebody is alone in it, or, to be alone, until it is empty."""
        async with self._door:
            await self._door.wait_for(lambda: not self._taken and not (alone and self._inside))
            self._inside += 1
            self._taken = alone
        try:
            yield
        finally:
            self._inside -= 1
            self._taken = self._taken and not alone
            async with self._door:
                self._door.notify_all()
