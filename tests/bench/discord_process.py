"""A Discord on loopback in a process of its own: without a limit until SIGUSR1, then with the real one.

It prints its port, and at SIGTERM what it saw since the limit held, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from collections import deque
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from wire.discord_server import DiscordServer

EACH_SECOND = 50


def burst(at: list[float]) -> int:
    """Most in any sliding second."""
    window: deque[float] = deque()
    most = 0
    for moment in at:
        window.append(moment)
        while window[0] <= moment - 1:
            window.popleft()
        most = max(most, len(window))
    return most


async def _serve() -> None:
    over, loop = asyncio.Event(), asyncio.get_running_loop()
    async with DiscordServer(each_second=10**9) as server:
        begun = time.monotonic()

        def hold() -> None:
            nonlocal begun
            server.each_second, begun = EACH_SECOND, time.monotonic()

        loop.add_signal_handler(signal.SIGUSR1, hold)
        loop.add_signal_handler(signal.SIGTERM, over.set)
        print(server.root.rpartition(":")[2], flush=True)
        await over.wait()
        posted = [at for at, *_ in server.posted]
        seen = {
            "posted": len(posted),
            "people": len({account for _, account, *_ in server.posted}),
            "limited": server.limited,
            "invalid": server.invalid,
            "repeated": server.repeated,
            "burst": burst(posted),
            "seconds": posted[-1] - begun if posted else 0.0,
        }
        print(json.dumps(seen), flush=True)


if __name__ == "__main__":
    asyncio.run(_serve())
