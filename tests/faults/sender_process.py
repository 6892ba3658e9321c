"""One sender in a process of its own: the real post, drain, outbox, coach and courier, and a knife between them.

The knife is in what this test hands in; nothing in Pacer knows of it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiosqlite  # noqa: F401  (imported once here, for every process that is forked)
import asyncpg  # noqa: F401
from faults.town import Unlimited, clock_from, sealer_of
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

import bot.delivery.drain
import storage.outbox
from adapters.discord.deliver import DiscordCourier
from bot.chat.inbound import Sender
from bot.chat.message import Message
from bot.coach import Coach
from bot.content.shipped import shipped
from bot.delivery.deliver import Delivery
from bot.delivery.drain import AT_ONCE, Drain
from bot.delivery.gate import Silence, Wait
from bot.delivery.model import Change, Letter, Outcome, State, Ticked
from bot.delivery.post import Post, Tally
from storage.columns import Sealer
from storage.engine import open_engine
from storage.outbox import SqlOutbox
from storage.store import SqlStore

TOKEN = "MTIz.secret-token.abc"
SERVED = frozenset({"discord"})
POINTS = (
    "in the tick before its commit",
    "after the tick's commit",
    "claimed",
    "written, before the call",
    "accepted, before our settling",
    "in the settling before its commit",
    "after the settling's commit",
)
HELD_IN_A_SECOND = 8
"""Letters held for each second of the lease: five hundred to a minute."""
shipped().bank()  # the drills are read once, for every process that is forked


@dataclass(frozen=True)
class Orders:
    """What a sender is told."""

    url: str
    key: str
    api: str
    began: float
    """The wall instant at which the town's clock showed its START."""
    kill_at: str = ""
    """One of POINTS; empty for none."""
    count: int = 1
    """At which passing of that point."""
    recognises: bool = True
    """Whether the platform takes a second sending for the first."""
    stays: bool = False
    """Go on until killed, instead of ending when everything is settled."""
    alone: bool = True
    """No other sender can hold a lease."""
    lease: float | None = None
    """Seconds; None leaves it at a minute."""
    poison: str = ""
    """The account whose letter ends the process that writes it."""


class Knife:
    """Ends the process at a point of its work, as the operating system would."""

    def __init__(self, point: str, count: int) -> None:
        self._point, self._left = point, count
        self.held_at = ""

    def pass_by(self, point: str) -> None:
        """This point is reached."""
        if point and point == self._point:
            self._left -= 1
            if self._left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def watch_commits(self, engine: AsyncEngine) -> None:
        """Strike when the transaction that is watched is about to be committed."""

        @event.listens_for(engine.sync_engine, "commit")
        def _about_to_commit(_: object) -> None:
            self.pass_by(self.held_at)


class WatchedOutbox(SqlOutbox):
    """An outbox with a knife at its doors."""

    def __init__(self, engine: AsyncEngine, sealer: Sealer, knife: Knife) -> None:
        super().__init__(engine, sealer)
        self._knife = knife

    async def tick(self, *, now: datetime, platforms: Set[str], limit: int, window: timedelta) -> Ticked:
        """The tick's two points."""
        self._knife.held_at = POINTS[0]
        found = await super().tick(now=now, platforms=platforms, limit=limit, window=window)
        self._knife.held_at = ""
        if found.written:
            self._knife.pass_by(POINTS[1])
        return found

    async def claim(self, *, now: datetime, platforms: Set[str], limit: int) -> list[Letter]:
        """Claimed."""
        claimed = await super().claim(now=now, platforms=platforms, limit=limit)
        if claimed:
            self._knife.pass_by(POINTS[2])
        return claimed

    async def settle(self, changes: Sequence[Change], *, now: datetime) -> list[bool]:
        """The settling's two points."""
        sent = any(c.state is State.SENT for c in changes)
        self._knife.held_at = POINTS[5] if sent else ""
        won = await super().settle(changes, now=now)
        self._knife.held_at = ""
        if sent:
            self._knife.pass_by(POINTS[6])
        return won


class WatchedCourier(DiscordCourier):
    """The real courier with a knife before and behind each call."""

    knife: Knife

    async def send(self, to: Sender, message: Message, *, key: str) -> Outcome:
        """Written, and accepted."""
        self.knife.pass_by(POINTS[3])
        outcome = await super().send(to, message, key=key)
        self.knife.pass_by(POINTS[4])
        return outcome


class ForgottenCourier(WatchedCourier):
    """For a platform that recognises nothing: a doubt is asked of its history."""

    dedup_window = timedelta(0)


def send(orders: Orders) -> None:
    """The process."""
    if orders.lease is not None:
        storage.outbox.LEASE = timedelta(seconds=orders.lease)
        bot.delivery.drain.MOST_HELD = round(HELD_IN_A_SECOND * orders.lease)
    asyncio.run(_send(orders))


async def _send(orders: Orders) -> None:
    knife = Knife(orders.kill_at, orders.count)
    engine = open_engine(orders.url)
    knife.watch_commits(engine)
    keys = sealer_of(orders.key)
    courier = (WatchedCourier if orders.recognises else ForgottenCourier)(TOKEN, orders.api)
    courier.knife = knife
    now = clock_from(orders.began, time.time)
    outbox = WatchedOutbox(engine, keys, knife)
    coach = Coach(SqlStore(engine, keys), shipped(), now)

    async def compose(letter: Letter) -> Message | Wait | Silence:
        if letter.to and letter.to.account == orders.poison:
            os.kill(os.getpid(), signal.SIGKILL)
        return await coach.compose(letter)

    delivery = Delivery(compose, {"discord": courier}, Unlimited(), Tally(), now)
    post = Post(outbox, platforms=SERVED, now=now, observer=Tally(), window=timedelta(0))
    drain = Drain(outbox, delivery, platforms=SERVED, now=now, at_once=16 if orders.lease else AT_ONCE)
    try:
        await drain.sweep(orphaned=orders.alone)
        await (_stay if orders.stays else _finish)(post, drain, outbox)
    finally:
        await courier.close()
        await engine.dispose()


async def _finish(post: Post, drain: Drain, outbox: SqlOutbox) -> None:
    while True:
        await post.tick()
        await drain.drain()
        standing = await outbox.standing()
        if not any(count for state, count in standing.items() if state is not State.DEAD):
            return
        await asyncio.sleep(0.02)
        await drain.sweep()


async def _stay(post: Post, drain: Drain, outbox: SqlOutbox) -> None:
    carrying = asyncio.create_task(drain.keep_carrying())
    while not carrying.done():
        await post.tick()
        drain.wake()
        await drain.sweep()
        await asyncio.sleep(0.03)
    await carrying
