"""Carrying one claimed letter: gate, words, limiter, platform, next state."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.inbound import Sender
from bot.chat.message import Message
from bot.delivery.gate import Silence, Wait
from bot.delivery.model import (
    Bucket,
    Change,
    Doubtful,
    Letter,
    Limited,
    Lookup,
    Outcome,
    Refused,
    Rejected,
    State,
)
from bot.delivery.outbox import (
    after_fault,
    after_gate,
    after_look,
    after_outage,
    after_sending,
    change,
    too_late,
)
from bot.delivery.ports import Courier, Limiter, LostLease, Observer
from bot.turn import Unavailable

log = logging.getLogger(__name__)

SEND_SECONDS = 10.0
"""Longest time a platform may take for one message."""
LATE, MOST_PLACES = 0.1, 5
"""Seconds after which a place is over, and how many are taken before the letter is given back."""
LONGEST_WAIT = 20.0
"""Seconds a sender waits for its place in a bucket before it gives the letter back."""
MOST_CHANGES = 3
"""How often a message that stands there is tried to be changed into a letter."""

Compose = Callable[[Letter], Awaitable[Message | Wait | Silence]]
"""Writes a letter, or passes one that is written through the gate again: what it says. Raises LostLease."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The same way for every letter, whoever hands it over."""

    compose: Compose
    couriers: Mapping[str, Courier]
    limiter: Limiter
    observer: Observer
    now: Callable[[], datetime]
    """UTC."""

    async def carry(self, letter: Letter) -> Change | None:
        """Bring a claimed letter to its platform; its next state, or None if the claim is another's by now."""
        try:
            if letter.to is None or letter.to.platform not in self.couriers:
                return change(letter, State.CANCELLED, why="nobody")
            if too_late(letter, self.now()):
                return change(letter, State.EXPIRED, why="too late")
            written = await self.compose(letter)
            if isinstance(written, Wait | Silence):
                return after_gate(letter, written)
            return after_sending(letter, await self._send(letter, letter.to, written), self.now())
        except LostLease:
            return None
        except Unavailable:
            return after_outage(letter, self.now())
        except Exception as broken:
            self._report(broken)
            return after_fault(letter, self.now())

    async def find_out(self, letter: Letter) -> Change | None:
        """Resolve a doubt: send again where the platform knows repetition, else ask its history, else the policy."""
        try:
            if letter.to is None or letter.to.platform not in self.couriers:
                return change(letter, State.CANCELLED, why="nobody")
            courier = self.couriers[letter.to.platform]
            since = letter.claimed or letter.due
            if self.now() - since < courier.dedup_window and not too_late(letter, self.now()):
                written = await self.compose(letter)
                if isinstance(written, Silence):
                    return after_gate(letter, written)
                if not isinstance(written, Wait):
                    return after_sending(letter, await self._send(letter, letter.to, written), self.now())
            async with asyncio.timeout(SEND_SECONDS):
                found = await courier.look_up(letter.to, key=letter.key, since=since)
            return after_look(letter, found, self.now())
        except TimeoutError:
            return after_look(letter, Lookup.CANNOT_LOOK, self.now())
        except LostLease:
            return None
        except Unavailable:
            return after_outage(letter, self.now())
        except Exception as broken:
            self._report(broken)
            return after_look(letter, Lookup.CANNOT_LOOK, self.now())

    async def _send(self, letter: Letter, to: Sender, words: Message) -> Outcome:
        courier = self.couriers[to.platform]
        bucket = courier.bucket(to)
        if bucket and (wait := await self._take_place(bucket)):
            return Limited(wait)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                outcome = await _bring(courier, letter, to, words)
        except TimeoutError:
            return Doubtful("time-out")
        if bucket and isinstance(outcome, Limited):
            await self.limiter.hold(bucket, outcome.seconds)
        return outcome

    async def _take_place(self, bucket: Bucket) -> float:
        """Wait for a place in the bucket; seconds to come back after, if none is near, else zero.

        Whoever wakes late takes a new place: after a stall all sleepers wake together, and would burst.
        """
        loop = asyncio.get_running_loop()
        for _ in range(MOST_PLACES):
            wait = await self.limiter.reserve(bucket)
            if wait > LONGEST_WAIT:
                return wait
            at = loop.time() + wait
            await asyncio.sleep(wait)
            if loop.time() - at < LATE:
                return 0.0
        return LATE

    def _report(self, broken: Exception) -> None:
        self.observer.skipped("fault")
        log.error("a letter could not be carried: %s", type(broken).__name__)


async def _bring(courier: Courier, letter: Letter, to: Sender, words: Message) -> Outcome:
    """The message that is to become it is changed; where that cannot be, or does not end well, it comes by itself."""
    if letter.receipt and letter.attempts < MOST_CHANGES:
        changed = await courier.change(to, letter.receipt, words)
        if isinstance(changed, Doubtful):  # no doubt about a letter: to change once more does no harm
            return Refused(changed.why)
        if not isinstance(changed, Rejected):
            return changed
    return await courier.send(to, words, key=letter.key)


def lag(letter: Letter, now: datetime) -> float:
    """Seconds from when it was due to now; never negative."""
    return max(timedelta(0), now - letter.due).total_seconds()
