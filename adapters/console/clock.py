"""A clock that starts where it is told, runs with real time, and can be moved forward."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Instants in UTC."""

    def __init__(self, start: datetime | None = None) -> None:
        self._start = (start or datetime.now(UTC)).astimezone(UTC)
        self._begun = time.monotonic()

    def now(self) -> datetime:
        """The present instant."""
        return self._start + timedelta(seconds=time.monotonic() - self._begun)

    def move_to(self, instant: datetime) -> None:
        """Go on from an instant ahead; an earlier one leaves the clock as it is."""
        if instant > self.now():
            self._start = instant.astimezone(UTC)
            self._begun = time.monotonic()
