"""How soon a changed post reaches Slack and Discord on loopback, and whether a thousand changes arrive once each."""

from __future__ import annotations

import asyncio
import contextlib
import random
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any

from wire.discord_server import DiscordServer
from wire.slack_server import SlackServer

from adapters.discord.deliver import DiscordCourier
from adapters.slack.deliver import SlackCourier
from bot.chat.inbound import Channel, Sender
from bot.chat.message import Message, message
from bot.circle.model import Circle, Post, Settings
from bot.circle.noticeboard import Noticeboard
from bot.circle.work import CircleTurn
from bot.content.shipped import shipped
from bot.delivery.limiter import LocalLimiter
from storage.store import SqlStore
from tests.bench.ours import opened, sealer

CIRCLES, CHANGES, SINGLE = 20, 1000, 8
LOOK_SECONDS = 0.5
"""As often as `pacer run` looks."""
PATIENCE = 120.0


@dataclass
class Ground:
    """Two platforms, a store, and what each circle's post is to say."""

    store: SqlStore
    slack: SlackServer
    discord: DiscordServer
    said: dict[str, int] = field(default_factory=dict)
    couriers: dict[str, Any] = field(default_factory=dict)

    async def compose(self, turn: CircleTurn, post: Post) -> Message:
        """The number of the newest change."""
        return message(f"change {self.said[turn.circle.id]}.")

    def board(self) -> Noticeboard:
        """As another process would have it."""
        return Noticeboard(
            self.store,
            self.store.posts,
            self.couriers,
            LocalLimiter(monotonic),
            shipped(),
            lambda: datetime.now(UTC),
            {"bench": self.compose},
        )

    async def begin(self, number: int) -> None:
        """A circle in a channel of each platform, and its first post."""
        slack, discord = Channel("slack", "T1", f"C{number}"), Channel("discord", "9", f"8{number:04}")
        self.slack.rooms.add(slack.channel)
        self.discord.open_room(discord.channel)
        async with self.store.work(Sender("slack", f"U{number}", "T1")) as work:
            circle = Circle(f"c{number}", "Bench", Settings(), 1)
            await work.circles.create(circle, slack, "Ada", now=datetime.now(UTC))
            await work.circles.bind(circle.id, discord)
        await self.change(number)

    async def change(self, number: int) -> None:
        """Something happened."""
        self.said[f"c{number}"] = self.said.get(f"c{number}", 0) + 1
        async with self.store.circle(f"c{number}") as work:
            await work.circles.want(f"c{number}", "bench")

    def shown(self, number: int) -> tuple[list[str], list[str]]:
        """What stands in its channels."""
        return self.slack.shown(f"C{number}"), self.discord.shown(f"8{number:04}")

    def is_right(self, number: int) -> bool:
        """Whether both channels hold the newest change."""
        wanted = f"change {self.said[f'c{number}']}."
        return all(shown and shown[-1] == wanted for shown in self.shown(number))


@asynccontextmanager
async def ground() -> AsyncIterator[Ground]:
    """A fresh one."""
    async with AsyncExitStack() as standing:
        folder = standing.enter_context(tempfile.TemporaryDirectory())
        store = SqlStore(await opened(f"sqlite:///{Path(folder) / 'pacer.db'}"), sealer())
        standing.push_async_callback(store.close)
        slack = await standing.enter_async_context(SlackServer())
        discord = await standing.enter_async_context(DiscordServer())
        made = Ground(store, slack, discord)
        made.couriers = {
            "slack": SlackCourier("t", slack.url, timeout=2),
            "discord": DiscordCourier("t", discord.url, timeout=2),
        }
        for courier in made.couriers.values():
            standing.push_async_callback(courier.close)
        yield made


@asynccontextmanager
async def looking(board: Noticeboard, stop_seconds: float = 5.0) -> AsyncIterator[None]:
    """A process that looks as often as ours does."""

    async def look() -> None:
        while True:
            await board.work()
            await asyncio.sleep(LOOK_SECONDS)

    task = asyncio.create_task(look())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await board.stop(stop_seconds)


async def until(true: Callable[[], bool]) -> float:
    """How long it took."""
    began = monotonic()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while not true():
                await asyncio.sleep(0.01)
    return monotonic() - began


async def one_change() -> str:
    """A change at a time, in both channels."""
    async with ground() as on:
        async with looking(on.board()):
            await on.begin(1)
            await until(lambda: on.is_right(1))
            took = []
            for _ in range(SINGLE):
                await asyncio.sleep(random.uniform(1.0, 1.5))
                began = monotonic()
                await on.change(1)
                await until(lambda: on.is_right(1))
                took.append(monotonic() - began)
        once = all(len(shown) == 1 for shown in on.shown(1))
    met = "met" if max(took) < 2 and once else "missed"
    return f"{median(took):.2f} s, at worst {max(took):.2f} s, in place: {once}; goal 2 s: {met}"


async def many_changes() -> str:
    """With lost answers, limits, broken connections, and processes that die in the middle."""
    async with ground() as on:
        for number in range(CIRCLES):
            await on.begin(number)
        began = monotonic()
        for third in range(3):
            async with looking(on.board(), stop_seconds=0.0):  # what is under way is cut off
                for server, edit in ((on.slack, "chat.update"), (on.discord, "edit")):
                    for how in ("reset", "500", "slow", "429", "garbage"):
                        for place in ("post", edit):
                            server.fail_next(2, how, place=place, delay=2.5, retry_after=1)
                for n in range(CHANGES // 3 + (third == 0)):
                    await on.change(n % CIRCLES)
                    await asyncio.sleep(0.005)
            async with on.store.engine.begin() as connection:  # as if the lease of the dead one had run out
                await connection.exec_driver_sql(
                    "UPDATE circle_post SET lease_until = 1 WHERE lease_until > 0"
                )
        async with looking(on.board()):
            await until(lambda: all(map(on.is_right, range(CIRCLES))))
            took = monotonic() - began
        stand = [shown for number in range(CIRCLES) for shown in on.shown(number)]
        lost = sum(not on.is_right(number) for number in range(CIRCLES))
        doubled = sum(len(shown) > 1 for shown in stand)
        calls = len(on.slack.edited) + len(on.discord.edited)
    return f"{lost} lost, {doubled} doubled, {calls} edits for {CHANGES} changes in {took:.0f} s"


def lines() -> Iterator[tuple[str, str]]:
    """What was measured."""
    from tests.bench.group_drill import many_reveals, one_answer

    told: tuple[tuple[str, Callable[[], Awaitable[str]]], ...] = (
        ("a changed post reaches Slack and Discord", one_change),
        (f"{CHANGES:,} changes, faults, three processes cut off", many_changes),
        ("an answer is counted in the post on both platforms", one_answer),
        ("1,000 reveals at one hour, faults, one process cut off", many_reveals),
    )
    for name, measure in told:
        yield name, asyncio.run(measure())  # type: ignore[arg-type]
