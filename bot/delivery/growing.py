"""A message that grows while something is under way. It is a convenience: whatever matters is told by a letter.

At most one change a second, within the bucket of whom it is for. At the first thing that goes wrong it stays as it is.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.chat.inbound import Sender
from bot.chat.message import Message
from bot.delivery.deliver import SEND_SECONDS
from bot.delivery.model import Doubtful, Limited, Outcome, Refused, Sent
from bot.delivery.ports import Courier, Limiter

log = logging.getLogger(__name__)

EDIT_SECONDS = 1.0
"""Between two changes at least."""
LONGEST_WAIT = 3.0
"""Seconds to the next place in the bucket, from which on it does not grow any more: letters go first."""


class Growing:
    """One message, given again and again, each time with more in it."""

    def __init__(
        self, courier: Courier | None, limiter: Limiter, to: Sender, key: str, since: datetime | None
    ) -> None:
        self._courier, self._limiter, self._to, self._key, self._since = courier, limiter, to, key, since
        self._receipt, self._free = "", 0.0
        self._newest: Message | None = None
        self._more, self._over = asyncio.Event(), asyncio.Event()

    def show(self, message: Message) -> None:
        """Let it become this as soon as it may; of what waits only the newest is shown."""
        self._newest = message
        self._more.set()

    async def grow(self) -> None:
        """Show what there is to show until it is over, or until something goes wrong."""
        if self._courier is None:
            return
        while await self._due(self._courier):
            message, self._newest = self._newest, None
            if message is not None and not await self._shown(self._courier, message):
                return

    def stop(self) -> None:
        """No change any more after the one under way."""
        self._over.set()
        self._more.set()

    async def leave(self, message: Message) -> None:
        """After it is over: let what stands there become this, if it can."""
        if self._courier is not None and self._receipt:
            await self._shown(self._courier, message)

    @property
    def receipt(self) -> str:
        """The message that stands there; empty where there is none, or nobody can tell how it will look."""
        return self._receipt

    async def _due(self, courier: Courier) -> bool:
        """Wait for more, and for the time to show it; whether it is to go on."""
        await self._more.wait()
        self._more.clear()
        if await self._stopped_within(self._free - asyncio.get_running_loop().time()):
            return False
        bucket = courier.bucket(self._to)
        place = await self._limiter.reserve(bucket) if bucket else 0.0
        return place <= LONGEST_WAIT and not await self._stopped_within(place)

    async def _stopped_within(self, seconds: float) -> bool:
        try:
            return await asyncio.wait_for(self._over.wait(), max(seconds, 0.0))
        except TimeoutError:
            return False

    async def _shown(self, courier: Courier, message: Message) -> bool:
        try:
            async with asyncio.timeout(SEND_SECONDS):
                outcome = await self._bring(courier, message)
        except TimeoutError:
            outcome = Doubtful("time-out")
        self._free = asyncio.get_running_loop().time() + EDIT_SECONDS
        bucket = courier.bucket(self._to)
        if bucket and isinstance(outcome, Limited):
            await self._limiter.hold(bucket, outcome.seconds)
        if isinstance(outcome, Sent):
            self._receipt = outcome.receipt
        elif isinstance(outcome, Doubtful):  # it may still come, after the letter, and would undo it
            self._receipt = ""
        return isinstance(outcome, Sent)

    async def _bring(self, courier: Courier, message: Message) -> Outcome:
        if not self._receipt and self._since is not None:
            found = await courier.look_up(self._to, key=self._key, since=self._since)
            if not isinstance(found, Sent):
                return Refused("lost")
            self._receipt = found.receipt
        if self._receipt:
            return await courier.change(self._to, self._receipt, message)
        return await courier.send(self._to, message, key=self._key)


@dataclass(frozen=True, slots=True)
class Growers:
    """Lets messages grow on the platforms that can."""

    couriers: Mapping[str, Courier]
    limiter: Limiter

    @asynccontextmanager
    async def growing(self, to: Sender, *, key: str, since: datetime | None = None) -> AsyncIterator[Growing]:
        """A message for somebody within a block; after it, it is over. Where none can grow, nothing is shown.

        `since` says that a process which is gone may have begun it then: it goes on growing, and no other is begun.
        """
        courier = self.couriers.get(to.platform)
        shown = Growing(courier if courier and courier.changes else None, self.limiter, to, key, since)
        task = asyncio.create_task(_quietly(shown))
        try:
            yield shown
            shown.stop()
            await asyncio.wait([task])
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def _quietly(shown: Growing) -> None:
    try:
        await shown.grow()
    except Exception as broken:  # nobody waits for it, and the letter comes all the same
        log.warning("a message does not grow any more: %s", type(broken).__name__)
