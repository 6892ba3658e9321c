"""A watch on the event loop: how late it wakes somebody who asked to sleep a moment."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable


class StallWatch:
    """Tells a listener, twenty times a second, by how many seconds a short sleep ran over."""

    def __init__(self, stalled: Callable[[float], None], *, nap: float = 0.05) -> None:
        self._stalled, self._nap = stalled, nap
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to watch the running loop."""
        if self._task is None:
            self._task = asyncio.create_task(self._watch(), name="stall watch")

    async def stop(self) -> None:
        """End the watch; a second time does nothing."""
        task, self._task = self._task, None
        if task:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        while True:
            await asyncio.sleep(self._nap)
            woken = loop.time()
            # A loop's timer may be early by its resolution, which is no stall.
            self._stalled(max(0.0, woken - begun - self._nap))
            begun = woken
