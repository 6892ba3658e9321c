"""Where a platform's events come in: kept, acknowledged by the adapter, answered once, also after a restart."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import replace
from hashlib import blake2s
from pathlib import PurePath

from bot.chat.effects import Effects, say
from bot.chat.inbound import AnyInbound
from bot.chat.message import message
from bot.coach import Coach
from bot.turn import Answer, Store, Unavailable

log = logging.getLogger(__name__)

AWAY = message("I cannot reach my notes just now. What you said is kept; I answer as soon as they are back.")

Speak = Callable[[Effects], Awaitable[None]]
"""Brings a turn's effects to the place it came from, while that place still waits for them. May raise anything."""
SpeakLater = Callable[[Answer], Awaitable[bool]]
"""Brings an answer that is late, to its place or else directly to the person: whether to forget it.

An answer that may have arrived already is looked for first. Raises NeverTaken where no way is left.
"""


class Reception:
    """One platform's door. Take an event, acknowledge it, then let it be answered."""

    def __init__(self, platform: str, coach: Coach, store: Store, later: SpeakLater) -> None:
        self._platform, self._coach, self._store, self._later = platform, coach, store, later
        self._taken: set[str] = set()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._closed = False

    async def take(self, inbound: AnyInbound) -> AnyInbound | None:
        """Keep an event durably; None if it came before. Raises Unavailable, and then it must not be acknowledged.

        What was taken is to `begin`; until then `resume` leaves it alone.
        """
        if inbound.event_id in self._taken or inbound.event_id in self._busy:
            return None
        self._taken.add(inbound.event_id)
        kept = None
        try:
            kept = await self._coach.receive(inbound)
        finally:
            if kept is None:
                self._taken.discard(inbound.event_id)
        return kept

    def begin(self, taken: AnyInbound, speak: Speak) -> asyncio.Task[None]:
        """Answer what was taken, beside everything else; the task never raises."""
        task = asyncio.create_task(self.answer(taken, speak))
        self._busy[taken.event_id] = task
        self._taken.discard(taken.event_id)
        task.add_done_callback(lambda _: self._busy.pop(taken.event_id, None))
        return task

    async def answer(self, taken: AnyInbound, speak: Speak) -> None:
        """Run the turn and say what it says. What cannot be said now is said later."""
        try:
            effects = await self._coach.run(taken, keep_answer=True)
        except Unavailable:
            await self._try(speak, say(*AWAY.blocks))
            return
        except (
            Exception
        ) as broken:  # the last door: an apology with a reference, and a log line without content
            words = f"Something broke on my side (ref {reference(broken)}). What you said before is saved."
            await self._try(speak, say(words))
            await self._store.give_up(taken.event_id)
            return
        if not effects or await self._try(speak, effects):
            await self._store.delivered(taken.event_id)

    async def _try(self, speak: Speak, effects: Effects) -> bool:
        try:
            await speak(effects)
        except Exception as broken:  # whatever an SDK raises; the answer is kept, and `resume` brings it
            log.warning("an answer could not be given at once: %s", type(broken).__name__)
            return False
        return True

    async def resume(self) -> None:
        """Answer what was taken and never answered. To be called at the start, and now and then."""
        for left in await self._store.unfinished(self._platform):
            if self._is_left(left.event_id):
                late = replace(left, place=replace(left.place, forms=False))
                await self.begin(late, _nobody_waits)
        for answer in await self._store.undelivered(self._platform):
            if self._is_left(answer.event_id) and await self._bring(answer):
                await self._store.delivered(answer.event_id)

    def _is_left(self, event_id: str) -> bool:
        """Whether nobody here is at it."""
        return not self._closed and event_id not in self._busy and event_id not in self._taken

    async def _bring(self, answer: Answer) -> bool:
        try:
            return await self._later(answer)
        except NeverTaken:
            # Not as if it had been delivered: what it showed of letters is to be shown by her next command.
            await self._store.give_up(answer.event_id)
            return False
        except Exception as broken:  # as above: it is kept, and tried again
            log.warning("a late answer could not be given: %s", type(broken).__name__)
            return False

    async def stop(self, seconds: float) -> None:
        """Turns under way have that long; what is not said by then is said after the next start."""
        self._closed = True
        if self._busy:
            _, late = await asyncio.wait(list(self._busy.values()), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


class NeverTaken(Exception):
    """The platform will never take an answer that is late; nobody tries again."""


class NobodyWaits(Exception):
    """The place an event came from does not wait for its answer any more."""


async def _nobody_waits(_: Effects) -> None:
    raise NobodyWaits


def reference(broken: Exception) -> str:
    """Log where it broke, without a word of what anybody said; the reference that finds the line."""
    frames = traceback.extract_tb(broken.__traceback__)
    places = [f"{PurePath(f.filename).name}:{f.lineno}" for f in frames]
    name = blake2s(" ".join(places).encode(), digest_size=2).hexdigest().upper()
    log.error("ref %s: %s at %s", name, type(broken).__name__, " > ".join(places[-6:]))
    return name
