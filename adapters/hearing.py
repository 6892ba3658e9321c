"""Hearing on several platforms at once: where one cannot be reached, the others are heard, and it is tried again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Protocol

from bot.turn import Unavailable

log = logging.getLogger(__name__)

SILENT_SECONDS = 300.0
"""Without any sign of life for so long, a connection is opened anew, whatever its library says."""
GIVEN_UP_SECONDS = 900.0
"""For so long that is tried; then a process that hears nobody any more ends, so that it is started anew."""
CLOSING_SECONDS = 15.0
"""A dead connection may not even close."""


class Listener(Protocol):
    """The listening half of a platform: what people say there reaches the coach, and is answered."""

    async def start(self) -> None:
        """Connect, and hear from now on. Raises Unavailable with the way to mend it; then it is of no use any more."""

    async def resume(self) -> None:
        """Answer what was taken and never answered."""

    async def check(self) -> tuple[bool, str]:
        """Whether it hears, and one sentence about it."""

    def pulse(self) -> object:
        """Something that changes with each sign of life from the other side; None where no connection is kept."""

    async def stop(self, seconds: float) -> None:
        """Hear nothing more; turns under way have that long."""


class Ear:
    """A platform that is listened to, as soon and as long as it can be reached.

    A connection can look open while nothing comes through it any more: `watch` notices that, and opens it anew.
    """

    def __init__(
        self,
        make: Callable[[], Listener],
        warn: Callable[[str], None],
        *,
        silent_seconds: float = SILENT_SECONDS,
        given_up_seconds: float = GIVEN_UP_SECONDS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._make, self._warn, self._clock = make, warn, clock
        self._silent, self._given_up = silent_seconds, given_up_seconds
        self._listener: Listener | None = None
        self._problem = "It has not been tried yet."
        self._opening = asyncio.Lock()
        self._pulse: object = None
        self._heard: float | None = None
        self._begun = self._tried = clock()
        self.reopened = 0
        """How often a silent connection was opened anew."""

    @property
    def silence(self) -> float:
        """Seconds since the other side gave a sign of life; since the start if it never did."""
        return self._clock() - (self._begun if self._heard is None else self._heard)

    @property
    def alive(self) -> bool:
        """Whether it hears, or did a moment ago."""
        return self._heard is not None and self.silence < self._silent

    @property
    def given_up(self) -> bool:
        """Whether it heard once and does not any more, however often it was opened anew."""
        return self._heard is not None and self.silence >= self._silent + self._given_up

    async def watch(self) -> None:
        """To be called often: notice signs of life, and open anew what gave none for too long."""
        if self._opening.locked():
            return
        if self._listener is not None:
            pulse = self._listener.pulse()
            if pulse is None or pulse != self._pulse:
                self._pulse, self._heard = pulse, self._clock()
        if self._clock() - max(self._tried, self._heard or self._tried) >= self._silent:
            await self._open_anew()

    async def _open_anew(self) -> None:
        async with self._opening:
            listener, self._listener = self._listener, None
            self._problem = self._silence_told()
            log.warning("a connection was silent for %.0f seconds and is opened anew", self.silence)
            self.reopened += 1
            if listener is not None:
                await _close(listener)
            await self._start()

    def _silence_told(self) -> str:
        return f"Nothing has come through its connection for {self.silence:.0f} seconds; it is opened anew."

    async def start(self) -> None:
        """Try to hear; what keeps it from that is told once."""
        async with self._opening:
            if self._listener is None:
                await self._start()

    async def _start(self) -> None:
        self._tried = self._clock()
        listener = self._make()
        pulse = listener.pulse()
        try:
            await listener.start()
        except Unavailable as problem:
            if str(problem) != self._problem:
                self._warn(str(problem))
            self._problem = str(problem)
            return
        self._listener, self._pulse = listener, pulse
        if pulse is None:
            self._heard = self._clock()
        await listener.resume()

    async def keep(self) -> None:
        """To be called now and then: try again what could not be reached, answer what was left."""
        if self._listener is None:
            await self.start()
        else:
            await self._listener.resume()

    async def check(self) -> tuple[bool, str]:
        """Whether it hears, and one sentence about it."""
        if self._listener is None:
            return False, self._problem
        if self.silence >= self._silent:
            return False, self._silence_told()
        return await self._listener.check()

    async def stop(self, seconds: float) -> None:
        """Hear nothing more; turns under way have that long."""
        if self._listener is not None:
            await self._listener.stop(seconds)


async def _close(listener: Listener) -> None:
    """Close what may not want to."""
    try:
        async with asyncio.timeout(CLOSING_SECONDS):
            await listener.stop(1.0)
    except Exception as problem:  # whatever an SDK raises; it is left, and another one takes its place
        log.warning("a silent connection could not be closed: %s", type(problem).__name__)


def deaf(ears: Mapping[str, Ear]) -> str:
    """Why this process is of no use to anybody any more; empty as long as some platform is heard, or may yet be."""
    gone = [name for name, ear in ears.items() if ear.given_up]
    if not gone or any(ear.alive for ear in ears.values()):
        return ""
    minutes = min(ears[name].silence for name in gone) / 60
    return (
        f"Nothing has come from {' and '.join(gone)} for {minutes:.0f} minutes, although the connection was opened "
        "anew again and again. Pacer ends here, so that its host starts it anew; what was said is kept."
    )
