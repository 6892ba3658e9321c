"""A clock that is not startled when the machine's own clock jumps."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

LEAP = 2.0
"""Seconds that the wall clock may gain on the monotonic clock between two looks before it is a jump."""


@dataclass(frozen=True, slots=True)
class _Doubt:
    """The wall clock jumped ahead to this offset; not yet believed."""

    offset: float
    since: float


@dataclass(frozen=True, slots=True)
class _Halt:
    """The wall clock stepped back from this offset; time stands still."""

    offset: float
    since: float


class SteadyClock:
    """The present instant, from the wall clock, checked against the monotonic clock.

    A jump ahead, such as a wrong time server or a laptop that slept (Linux does not count sleep as
    monotonic time), is doubted: the clock counts on from before it for `hold` seconds and believes
    it only then. If the wall clock steps back before that, nothing was ever sent early.

    A step back is believed at once, but `now` does not go back: it stands still until the wall
    clock has caught up, for at most `hold` seconds, and then goes on from the wall time. Standing
    still is right, because nothing is due twice or in the wrong order meanwhile; going back in the
    end is harmless, because letters are deduplicated by local date, so the hours that pass a second
    time can repeat nothing. A wall clock that comes back from a step back is believed at once.

    An offset is wall time minus monotonic time. Looks are expected every few minutes or oftener:
    a slew by 500 parts in a million gains 2 s in about an hour.
    """

    def __init__(
        self,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
        *,
        hold: float = 90.0,
    ) -> None:
        self._wall, self._monotonic, self._hold = wall, monotonic, hold
        self._offset = wall() - monotonic()
        self._last = -math.inf
        self._doubt: _Doubt | None = None
        self._halt: _Halt | None = None
        self._lock = threading.Lock()  # engines call from threads of their own

    def now(self) -> datetime:
        """The present instant in UTC."""
        with self._lock:
            return datetime.fromtimestamp(self._look(), UTC)

    def _look(self) -> float:
        moment = self._monotonic()
        offset = self._wall() - moment
        if self._halt and moment - self._halt.since >= self._hold:
            self._halt, self._last = None, -math.inf
        if self._believes(offset, moment):
            self._follow(offset, moment)
        line = self._offset + moment
        if line >= self._last:
            self._halt, self._last = None, line
        return self._last

    def _believes(self, offset: float, moment: float) -> bool:
        """Whether the wall clock is where it was or earlier, or has stayed ahead for long enough."""
        trusted = max(self._offset, self._halt.offset) if self._halt else self._offset
        if offset <= trusted + LEAP:
            return True
        if self._doubt is None or abs(offset - self._doubt.offset) > LEAP:
            self._doubt = _Doubt(offset, moment)
        return moment - self._doubt.since >= self._hold

    def _follow(self, offset: float, moment: float) -> None:
        if self._halt is None and offset + moment < self._last:
            self._halt = _Halt(self._offset, moment)
        self._offset, self._doubt = offset, None
