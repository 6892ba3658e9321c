"""Holding the senders of one process to a bucket's pace."""

from __future__ import annotations

from collections.abc import Callable

from bot.delivery.model import Bucket

MOST_BUCKETS = 10_000


class LocalLimiter:
    """Gives out places a gap apart. Not bursting is the point: a platform counts over a sliding second."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._free: dict[str, float] = {}

    async def reserve(self, bucket: Bucket) -> float:
        """Take the next place; how many seconds from now it is."""
        now = self._monotonic()
        if len(self._free) > MOST_BUCKETS:
            self._free = {name: at for name, at in self._free.items() if at > now}
        place = max(now, self._free.get(bucket.name, now))
        self._free[bucket.name] = place + bucket.gap
        return place - now

    async def hold(self, bucket: Bucket, seconds: float) -> None:
        """Give out no place for that long."""
        until = self._monotonic() + seconds
        self._free[bucket.name] = max(until, self._free.get(bucket.name, until))
