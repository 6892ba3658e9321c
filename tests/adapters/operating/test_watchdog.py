"""A connection that looks open and brings nothing is noticed, opened anew, and in the end given up; real SDKs, silent servers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
from aiohttp import web
from conversations.stage import stage
from discord.gateway import DiscordWebSocket
from wire.discord_gateway import DiscordGateway
from wire.slack_person import Person
from wire.slack_socket import APP_TOKEN
from wire.slack_workspace import SlackWorkspace

from adapters.discord.app import DiscordApp
from adapters.discord.deliver import DiscordCourier
from adapters.health.metrics import Metrics
from adapters.hearing import Ear, Listener, deaf
from adapters.service import serve
from adapters.settings import Settings
from adapters.slack.app import SlackApp
from adapters.slack.deliver import SlackCourier
from bot.coach import Coach
from bot.content.shipped import shipped
from bot.turn import Unavailable
from storage.store import SqlStore


def now() -> datetime:
    return datetime.now(UTC)


class Clock:
    """Seconds that the test counts."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


class Line:
    """A listener whose other side gives a sign of life when the test says so."""

    made: ClassVar[list[Line]] = []
    away: ClassVar[bool] = False

    def __init__(self) -> None:
        self.signs, self.stopped, self.resumed = 0, False, 0
        Line.made.append(self)

    async def start(self) -> None:
        if Line.away:
            raise Unavailable("It cannot be reached.")

    async def resume(self) -> None:
        self.resumed += 1

    async def check(self) -> tuple[bool, str]:
        return True, "It hears."

    def pulse(self) -> object:
        return self.signs

    async def stop(self, seconds: float) -> None:
        self.stopped = True


class OverHttp(Line):
    """A platform that calls us."""

    def pulse(self) -> object:
        return None


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    Line.made, Line.away = [], False
    gateway = DiscordWebSocket.DEFAULT_GATEWAY
    yield
    DiscordWebSocket.DEFAULT_GATEWAY = gateway


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def ear(clock: Clock, make: Callable[[], Listener] = Line) -> Ear:
    made = Ear(make, lambda _: None, clock=clock)
    await made.start()
    return made


async def pass_by(clock: Clock, seconds: float, *ears: Ear, step: float = 5) -> None:
    for _ in range(int(seconds / step)):
        clock.at += step
        for each in ears:
            await each.watch()


# How long it is waited, on a counted clock


async def test_signs_of_life_keep_a_connection_however_long_it_lasts(clock):
    watched = await ear(clock)
    for _ in range(100):
        Line.made[0].signs += 1
        await pass_by(clock, 60, watched)
    assert (len(Line.made), watched.reopened, watched.alive) == (1, 0, True)


async def test_five_silent_minutes_close_it_and_open_another_one(clock):
    watched = await ear(clock)
    Line.made[0].signs = 1
    await pass_by(clock, 300, watched)
    assert len(Line.made) == 1
    await pass_by(clock, 10, watched)
    first, second = Line.made
    assert (first.stopped, second.stopped, second.resumed) == (True, False, 1)
    assert await watched.check() == (
        False,
        "Nothing has come through its connection for 305 seconds; it is opened anew.",
    )
    second.signs = 1
    await pass_by(clock, 5, watched)
    assert await watched.check() == (True, "It hears.")
    assert watched.alive and not watched.given_up


async def test_after_fifteen_minutes_more_it_is_given_up_and_says_why(clock):
    watched = await ear(clock)
    Line.made[0].signs = 1
    await pass_by(clock, 5 + 300 + 890, watched)
    assert deaf({"slack": watched}) == ""
    await pass_by(clock, 10, watched)
    assert deaf({"slack": watched}).startswith("Nothing has come from slack for 20 minutes")
    assert watched.reopened == 4 == len(Line.made) - 1


async def test_a_platform_that_is_heard_keeps_the_process(clock):
    silent, other = await ear(clock), await ear(clock)
    Line.made[0].signs = Line.made[1].signs = 1
    await pass_by(clock, 5, silent, other)
    for _ in range(30):
        next(line for line in Line.made[1:2]).signs += 1
        await pass_by(clock, 60, silent, other)
    assert silent.given_up
    assert deaf({"slack": silent, "discord": other}) == ""


async def test_what_was_never_heard_does_not_end_the_process_which_would_help_nobody(clock):
    watched = await ear(clock)
    await pass_by(clock, 3600, watched)
    assert watched.reopened > 3
    assert deaf({"slack": watched}) == ""


async def test_what_cannot_even_be_opened_anew_counts_as_silent_too(clock):
    watched = await ear(clock)
    Line.made[0].signs = 1
    await pass_by(clock, 5, watched)
    Line.away = True
    await pass_by(clock, 305, watched)
    assert await watched.check() == (False, "It cannot be reached.")
    for _ in range(60):
        await pass_by(clock, 20, watched)
        await watched.keep()
    assert deaf({"slack": watched})


async def test_where_the_platform_calls_us_no_connection_can_be_silent(clock):
    watched = await ear(clock, OverHttp)
    await pass_by(clock, 7200, watched)
    assert (len(Line.made), watched.alive, watched.reopened) == (1, True, 0)


async def test_a_connection_that_does_not_even_close_is_left(clock, monkeypatch):
    class Stuck(Line):
        async def stop(self, seconds: float) -> None:
            await asyncio.Event().wait()

    monkeypatch.setattr("adapters.hearing.CLOSING_SECONDS", 0.05)
    watched = await ear(clock, Stuck)
    await pass_by(clock, 305, watched)
    assert len(Line.made) == 2


async def test_the_metrics_tell_of_silence_and_of_opening_anew(clock):
    watched = await ear(clock)
    metrics = Metrics(())
    metrics.watch({"slack": watched})
    await pass_by(clock, 305, watched)
    page = metrics.page().decode()
    assert 'pacer_connection_silence_seconds{platform="slack"} 305.0' in page
    assert 'pacer_connection_reopened{platform="slack"} 1.0' in page


# Half-open sockets, with the real SDKs and short times


class HalfOpenSlack(SlackWorkspace):
    """A Slack whose sockets stand, and from which nothing comes while it is mute: no hello, no pong, no event."""

    mute = False

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        if not self.mute:
            return await super()._link(request)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        await _swallow(request)
        return socket

    def go_silent(self) -> None:
        """What stands is cut behind its back: it stays open and answers nothing."""
        self.mute = True
        self._connected.clear()
        for socket in self.sockets:
            socket._autoping = False
            socket._writer.transport.pause_reading()


class HalfOpenDiscord(DiscordGateway):
    """A gateway that accepts sockets and then says nothing while it is mute."""

    mute = False

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        if not self.mute:
            return await super()._gateway(request)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        await _swallow(request)
        return socket

    def go_silent(self) -> None:
        self.mute = True
        socket = self._socket
        if socket is not None and socket._req is not None and socket._req.transport is not None:
            socket._req.transport.pause_reading()


async def _swallow(request: web.Request) -> None:
    while request.transport is not None and not request.transport.is_closing():
        await asyncio.sleep(0.05)


async def until(true: Callable[[], Any], seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def watching(make: Callable[[], Listener], silent: float) -> AsyncIterator[Ear]:
    """The ear as the service keeps it, with seconds for minutes."""
    watched = Ear(make, lambda _: None, silent_seconds=silent, given_up_seconds=silent)
    await watched.start()

    async def look() -> None:
        while True:
            await asyncio.sleep(0.05)
            await watched.watch()

    looking = asyncio.create_task(look())
    try:
        yield watched
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
        await watched.stop(0)


@asynccontextmanager
async def on_slack(store: SqlStore, slack: SlackWorkspace, silent: float) -> AsyncIterator[Ear]:
    courier = SlackCourier("xoxb-t", slack.url, timeout=2)

    def make() -> SlackApp:
        return SlackApp(
            courier, Coach(store, shipped(), now), store,
            bot_token="xoxb-t", app_token=APP_TOKEN, signing_secret=None, api_url=slack.url, now=now,
            ping_seconds=0.1, timeout=2,
        )  # fmt: skip

    async with watching(make, silent) as watched:
        yield watched
    await courier.close()


async def test_a_healthy_slack_socket_is_left_alone(tmp_path: Path):
    async with (
        stage(tmp_path) as on,
        SlackWorkspace(token="xoxb-t") as slack,
        on_slack(on.store, slack, 0.6) as watched,
    ):
        await asyncio.sleep(1.5)
        assert (watched.alive, watched.reopened, len(slack.sockets)) == (True, 0, 1)


async def test_a_slack_that_goes_silent_is_heard_again_once_it_speaks(tmp_path: Path):
    async with (
        stage(tmp_path) as on,
        HalfOpenSlack(token="xoxb-t") as slack,
        on_slack(on.store, slack, 0.6) as watched,
    ):
        await until(lambda: watched.alive)
        slack.go_silent()
        await until(lambda: watched.reopened)
        assert not watched.alive and not (await watched.check())[0]
        await until(lambda: deaf({"slack": watched}))
        slack.mute = False
        await until(lambda: watched.alive)
        assert deaf({"slack": watched}) == ""
        person = Person(slack)
        await person.write("help")
        await until(person.heard)


async def test_a_process_that_hears_nobody_any_more_ends_and_says_why(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("adapters.service.WATCH_SECONDS", 0.05)
    monkeypatch.setattr("adapters.service.GIVEN_UP_SECONDS", 0.5)
    async with stage(tmp_path) as on, HalfOpenSlack(token="xoxb-t") as slack:
        settings = Settings(
            tmp_path, "", None, None, silent_minutes=0.5 / 60,
            slack_token="xoxb-t", slack_app_token=APP_TOKEN, slack_api_url=slack.url,
        )  # fmt: skip
        running = asyncio.create_task(serve(settings, on.store, role="run", warn=lambda _: None))
        await slack.connected()
        while not slack.mute:
            await Person(slack).write("help")
            await asyncio.sleep(0.2)
            slack.go_silent()
        async with asyncio.timeout(15):
            with pytest.raises(Unavailable, match="Nothing has come from slack for 0 minutes"):
                await running


async def test_a_discord_that_goes_silent_is_heard_again_once_it_speaks(tmp_path: Path):
    async with stage(tmp_path) as on, HalfOpenDiscord(token="t", heartbeat=0.1) as server:
        courier = DiscordCourier("t", server.url)

        def make() -> DiscordApp:
            return DiscordApp(
                courier, Coach(on.store, shipped(), now), on.store,
                token="t", api_url=server.url, gateway_url=server.gateway_url, now=now,
            )  # fmt: skip

        async with watching(make, 0.6) as watched:
            await until(lambda: watched.alive)
            await asyncio.sleep(0.8)
            assert watched.reopened == 0
            server.go_silent()
            await until(lambda: watched.reopened)
            assert not watched.alive
            server.mute = False
            await until(lambda: watched.alive, 20)
            server.command("5", "help")
            await until(lambda: server.callbacks)
        await courier.close()
