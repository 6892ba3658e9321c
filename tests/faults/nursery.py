"""Senders as processes of their own, started and killed by a test."""

from __future__ import annotations

import asyncio
from multiprocessing.context import ForkServerContext, ForkServerProcess

from faults.sender_process import Orders, send


class Nursery:
    """Starts senders and forgets none of them."""

    def __init__(self, context: ForkServerContext) -> None:
        self._context = context
        self._started: list[ForkServerProcess] = []

    def start(self, orders: Orders) -> ForkServerProcess:
        """A sender at work."""
        process = self._context.Process(target=send, args=(orders,), daemon=True)
        process.start()
        self._started.append(process)
        return process

    async def run(self, orders: Orders, seconds: float = 30) -> int:
        """A sender until it ends; its exit code, negative if a signal ended it."""
        return await self.ended(self.start(orders), seconds)

    async def ended(self, process: ForkServerProcess, seconds: float = 30) -> int:
        """Wait for one to end, while the event loop goes on."""
        end = asyncio.get_running_loop().time() + seconds
        while process.exitcode is None:
            assert asyncio.get_running_loop().time() < end, "the sender did not end"
            await asyncio.sleep(0.005)
        return process.exitcode

    async def kill(self, process: ForkServerProcess) -> None:
        """As `kill -9` does."""
        process.kill()
        await self.ended(process)

    def close(self) -> None:
        """End whatever still runs."""
        for process in self._started:
            if process.exitcode is None:
                process.kill()
            process.join(5)
            process.close()
