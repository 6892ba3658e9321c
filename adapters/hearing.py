"""Hearing on several platforms at once: where one cannot be reached, the others are heard, and it is tried again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from bot.turn import Unavailable

log = logging.getLogger(__name__)


class Listener(Protocol):
    """The listening half of a platform: what people say there reaches the coach, and is answered."""

    async def start(self) -> None:
        """Connect, and hear from now on. Raises Unavailable with the way to mend it; then it is of no use any more."""

    async def resume(self) -> None:
        """Answer what was taken and never answered."""

    async def check(self) -> tuple[bool, str]:
        """Whether it hears, and one sentence about it."""

    async def stop(self, seconds: float) -> None:
        """Hear nothing more; turns under way have that long."""


class Ear:
    """A platform that is listened to, as soon and as long as it can be reached."""

    def __init__(self, make: Callable[[], Listener], warn: Callable[[str], None]) -> None:
        self._make, self._warn = make, warn
        self._listener: Listener | None = None
        self._problem = "It has not been tried yet."

    async def start(self) -> None:
        """Try to hear; what keeps it from that is told once."""
        listener = self._make()
        try:
            await listener.start()
        except Unavailable as problem:
            if str(problem) != self._problem:
                self._warn(str(problem))
            self._problem = str(problem)
            return
        self._listener = listener
        await listener.resume()

    async def keep(self) -> None:
        """To be called now and then: try again what could not be reached, answer what was left."""
        if self._listener is None:
            await self.start()
        else:
            await self._listener.resume()

    async def check(self) -> tuple[bool, str]:
        """Whether it hears, and one sentence about it."""
        return (False, self._problem) if self._listener is None else await self._listener.check()

    async def stop(self, seconds: float) -> None:
        """Hear nothing more; turns under way have that long."""
        if self._listener is not None:
            await self._listener.stop(seconds)
