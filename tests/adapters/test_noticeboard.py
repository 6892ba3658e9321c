"""What stands in a circle's channels, on a Slack and a Discord on loopback: once, in place, and as things are now."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conversations.stage import Stage, stage
from wire.discord_server import DiscordServer
from wire.slack_server import SlackServer

from adapters.console.deliver import TerminalCourier
from adapters.discord.deliver import DiscordCourier
from adapters.slack.deliver import SlackCourier
from bot.chat.inbound import Channel, Sender
from bot.chat.message import Message, message
from bot.circle.clock import CircleClock
from bot.circle.handlers import Hour
from bot.circle.model import WELCOME, Circle, Settings
from bot.circle.news_model import COMPANY, Added, Notice
from bot.circle.noticeboard import Noticeboard
from bot.circle.work import CircleTurn
from bot.content.shipped import shipped
from bot.delivery.limiter import LocalLimiter

ON_SLACK, ON_DISCORD = Channel("slack", "T1", "C1"), Channel("discord", "900", "800")
MONDAY = datetime(2026, 1, 5, 6, tzinfo=UTC)


class World:
    """A circle in both channels, and whoever keeps its posts up to date."""

    def __init__(self, on: Stage, slack: SlackServer, discord: DiscordServer) -> None:
        self.on, self.slack, self.discord, self.seconds = on, slack, discord, 0.0
        self.couriers: dict[str, Any] = {
            "slack": SlackCourier("t", slack.url, timeout=0.5),
            "discord": DiscordCourier("t", discord.url, timeout=0.5),
        }
        self.board = self.noticeboard()

    def noticeboard(self) -> Noticeboard:
        """One as another process would have it."""
        limiter = LocalLimiter(lambda: self.seconds)
        return Noticeboard(self.on.store, self.on.store.posts, self.couriers, limiter, shipped(), self.now)

    def now(self) -> datetime:
        """The circle's clock moves only when it is told to."""
        return self.on.now + timedelta(seconds=self.seconds)

    async def began(self) -> None:
        """Ada begins it, in both channels."""
        async with self.on.store.work(Sender("slack", "U0", "T1")) as work:
            circle = Circle("c1", "Night owls", Settings(), 1)
            assert await work.circles.create(circle, ON_SLACK, "Ada", now=self.on.now)
            assert await work.circles.bind("c1", ON_DISCORD)
            await work.circles.want("c1", WELCOME)

    async def joined(self, count: int, first: int = 1) -> None:
        """More people, one after the other, each of whom changes the post."""
        for n in range(first, first + count):
            async with self.on.store.work(Sender("slack", f"U{n}", "T1")) as work:
                await work.circles.join("c1", work.circles.me, f"N{n}", now=self.on.now)
                await work.circles.want("c1", WELCOME)

    async def later(self, seconds: float = 2.5) -> None:
        """Time goes by, and whatever waits is shown."""
        self.seconds += seconds
        await self.board.drain()

    def stand(self) -> tuple[list[str], list[str]]:
        """What stands in both channels."""
        return self.slack.shown("C1"), self.discord.shown("800")

    async def letters(self) -> list[str]:
        """What waits for people."""
        found = await self.on.store.outbox.claim(now=self.now(), platforms={"slack"}, limit=9)
        return [str(letter.message) for letter in found]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with AsyncExitStack() as standing:
        on = await standing.enter_async_context(stage(tmp_path, MONDAY.isoformat()))
        slack = await standing.enter_async_context(SlackServer())
        discord = await standing.enter_async_context(DiscordServer())
        slack.rooms.add("C1")
        discord.open_room("800")
        made = World(on, slack, discord)
        await made.began()
        yield made
        for courier in made.couriers.values():
            await courier.close()


async def test_a_post_comes_once_to_each_channel_without_names_and_later_changes_in_place(world: World):
    await world.later()
    for shown in world.stand():
        assert len(shown) == 1 and "A few people practise" in shown[0] and "Ada" not in shown[0]
    await world.joined(5)
    began = time.monotonic()
    await world.later()
    assert time.monotonic() - began < 2
    for shown in world.stand():
        assert len(shown) == 1 and "Six people practise together" in shown[0]
    assert await world.board.drain() == 0


async def test_many_changes_become_one_edit(world: World):
    await world.later()
    await world.joined(20)
    await world.later()
    assert len(world.slack.edited) == len(world.discord.edited) == 1
    assert "21 people" in world.stand()[0][0]


async def test_who_leaves_changes_the_post_and_an_ended_circle_says_so_and_is_forgotten(world: World):
    await world.joined(4)
    await world.later()
    assert "Five people" in world.stand()[1][0]
    for n in range(5):
        async with world.on.store.work(Sender("slack", f"U{n}", "T1")) as work:
            left = await work.circles.leave("c1", work.circles.me, now=world.on.now)
    assert left.ended
    assert await world.on.store.posts.purge(now=world.on.now) == 0
    await world.later()
    assert all("has come to its end" in shown[0] for shown in world.stand())
    assert await world.on.store.posts.purge(now=world.on.now) == 1


@pytest.mark.parametrize("how", ["reset", "slow", "garbage", "500"])
async def test_a_post_in_doubt_is_looked_up_and_never_comes_twice(world: World, how: str):
    for server in (world.slack, world.discord):
        server.fail_next(1, how, delay=0.8)
    await world.later()
    for _ in range(3):
        await world.later(5)
    assert [len(shown) for shown in world.stand()] == [1, 1]
    await world.joined(5)
    await world.later()
    assert all("Six people" in shown[0] for shown in world.stand()), "and it can still be changed"


async def test_a_process_that_dies_after_posting_leaves_a_doubt_that_the_next_one_resolves(world: World):
    claimed = await world.on.store.posts.claim(now=world.now(), platforms={"slack", "discord"}, limit=9)
    for post in claimed:
        await world.couriers[post.channel.platform].send(post.channel, message("half"), key=post.key)
    async with world.on.store.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE circle_post SET lease_until = 1")
    world.board = world.noticeboard()
    for _ in range(3):
        await world.later()
    assert all(len(shown) == 1 and "practise together" in shown[0] for shown in world.stand())


async def test_where_nobody_can_look_an_admin_decides_and_nothing_comes_by_itself(world: World):
    world.slack.scopes = False
    world.slack.fail_next(1, "reset")
    await world.later()
    await world.later(5)
    (letter,) = await world.letters()
    assert "It is missing" in letter
    await world.later(3700)
    assert len(world.slack.shown("C1")) == 1 and await world.letters() == []
    world.slack.delete(0)
    async with world.on.store.work(Sender("slack", "U0", "T1")) as work:
        assert await work.circles.post_again("c1") == 1
    await world.later()
    assert len(world.slack.shown("C1")) == 1


async def test_a_limit_is_waited_out(world: World):
    world.slack.fail_next(1, "429", retry_after=4)
    world.discord.fail_next(1, "429", retry_after=0.3)
    await world.later()
    await world.later(0.2)
    assert world.stand() == ([], []) and world.slack.counts["post"] == 1
    await asyncio.sleep(0.35)  # its own library remembers this limit by the real clock
    await world.later(4)
    await world.later(4)
    assert [len(shown) for shown in world.stand()] == [1, 1]


@pytest.mark.parametrize("code", ["is_archived", "not_in_channel", "channel_not_found"])
async def test_a_closed_channel_is_left_alone_its_admins_hear_of_it_once_and_a_word_from_there_wakes_it(
    world: World, code: str
):
    await world.later()
    world.slack.errors["C1"] = code
    world.discord.barred["800"] = (403, 50001)
    await world.joined(5)
    await world.later()
    asked = world.slack.counts["chat.update"]
    for n in range(3):
        await world.joined(1, 6 + n)
        await world.later(60)
    assert world.slack.counts["chat.update"] == asked, "it is not asked again"
    letters = await world.letters()
    assert len(letters) == 2 and all("I cannot post in the channel" in letter for letter in letters)
    world.slack.errors.clear()
    world.discord.barred.clear()
    async with world.on.store.work(Sender("slack", "U0", "T1")) as work:
        assert await work.circles.wake(ON_SLACK) and await work.circles.wake(ON_DISCORD)
    await world.later(60)
    assert all("Nine people" in shown[0] for shown in world.stand())


async def test_a_post_that_somebody_took_down_stays_down(world: World):
    await world.later()
    world.slack.delete(0)
    await world.joined(5)
    await world.later()
    await world.later()
    assert world.slack.shown("C1") == [] and len(world.discord.shown("800")) == 1


async def test_two_processes_show_it_once(world: World):
    other = world.noticeboard()
    for n in range(4):
        await world.joined(1, 1 + n)
        world.seconds += 2
        await world.board.work()
        await other.work()
        await world.board.drain()
        await other.drain()
    await world.later()
    assert len(world.slack.posted) == len(world.discord.posted) == 1
    assert all("Five people" in shown[0] for shown in world.stand())


async def test_a_terminal_prints_it_anew(tmp_path: Path):
    printed: list[Message] = []
    channel = Channel("console", "", "terminal")
    async with stage(tmp_path, MONDAY.isoformat()) as on:
        courier = {"console": TerminalCourier(printed.append)}
        board = Noticeboard(
            on.store, on.store.posts, courier, LocalLimiter(lambda: 0.0), shipped(), lambda: on.now
        )
        async with on.store.work(Sender("console", "me")) as work:
            await work.circles.create(Circle("c1", "Mine", Settings(), 1), channel, "Ada", now=on.now)
            await work.circles.want("c1", WELCOME)
        await board.drain()
        assert len(printed) == 1 and printed[0].options[0].label == "Join"


class Bell:
    """A circle's hour that counts how often it was rung."""

    def __init__(self) -> None:
        self.rung: list[str] = []
        self.broken = False

    async def __call__(self, turn: CircleTurn) -> None:
        await turn.want(WELCOME)
        for member in await turn.work.circles.members(turn.circle.id):
            await turn.work.tell(member.person_id, message("ding"), about=f"ding.{turn.today}", now=turn.now)
        if self.broken:
            raise RuntimeError
        self.rung.append(turn.today.isoformat())


@pytest.fixture
async def bell(world: World) -> tuple[Bell, CircleClock]:
    bell = Bell()
    hours = {"bell": Hour(lambda settings: settings.drill_at, timedelta(hours=3))}
    clock = CircleClock(world.on.store, world.on.store.posts, shipped(), world.now, {"bell": bell}, hours)
    await clock.reconcile()
    await clock.reconcile()
    return bell, clock


async def test_an_hour_is_kept_once_and_what_it_decides_comes_with_it(
    world: World, bell: tuple[Bell, CircleClock]
):
    rings, clock = bell
    assert await clock.tick() == 0
    assert await clock.next_moment() == MONDAY.replace(hour=9)
    world.seconds = 3 * 3600
    assert (await clock.tick(), await clock.tick()) == (1, 0)
    assert rings.rung == ["2026-01-05"] and len(await world.letters()) == 1


async def test_of_missed_hours_only_the_newest_counts_and_none_that_is_of_no_use(
    world: World, bell: tuple[Bell, CircleClock]
):
    rings, clock = bell
    world.seconds = 4 * 86400 + 4 * 3600
    assert await clock.tick() == 1 and rings.rung == ["2026-01-09"]
    world.seconds = 6 * 86400 + 9 * 3600
    assert await clock.tick() == 0 and await clock.next_moment() == MONDAY.replace(day=12, hour=9)


async def test_a_call_for_company_in_a_broken_circle_keeps_no_other_open_and_is_logged_without_words(
    world: World, caplog: pytest.LogCaptureFixture
):
    until = world.on.now + timedelta(hours=1)
    async with world.on.store.work(Sender("slack", "U0", "T1")) as work:
        await work.circles.create(
            Circle("c0", "Larks", Settings(), 1), Channel("slack", "T1", "C2"), "Ada", now=world.on.now
        )
        for circle in ("c0", "c1"):
            call = Notice(
                circle, f"n-{circle}", COMPANY, work.circles.me, "canary", True, world.on.now, until
            )
            assert await work.circles.notices.add(call) is Added.NEW
            await work.circles.want(circle, COMPANY, call.id)
    async with world.on.store.circle("c0") as broken:
        sealed = broken.circles._sealer.seal({"name": "canary"})
    async with world.on.store.engine.begin() as connection:
        await connection.exec_driver_sql(f"UPDATE circle SET sealed = '{sealed}' WHERE id = 'c0'")
    clock = CircleClock(world.on.store, world.on.store.posts, shipped(), world.now)
    world.seconds = 3600
    assert (await clock.tick(), await clock.tick()) == (1, 0)
    overdue = await world.on.store.posts.overdue(now=world.now(), limit=9)
    assert overdue == [("c0", "n-c0")] and "canary" not in caplog.text
    assert len([line for line in caplog.messages if "closing a call for company" in line]) == 1
    world.seconds += 61
    assert await clock.tick() == 0 and len(caplog.messages) == 2, "it is tried again"


async def test_what_fails_leaves_nothing_behind_and_is_tried_again(
    world: World, bell: tuple[Bell, CircleClock]
):
    rings, clock = bell
    rings.broken = True
    world.seconds = 3 * 3600
    assert (await clock.tick(), await clock.tick()) == (0, 0) and await world.letters() == []
    rings.broken, world.seconds = False, world.seconds + 61
    assert await clock.tick() == 1 and len(await world.letters()) == 1
