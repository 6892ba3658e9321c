"""The real connection to a gateway on loopback: drops, replays, kills; every event is answered once."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from conversations.stage import stage
from discord.gateway import DiscordWebSocket
from discord.http import Route
from wire.discord_gateway import DiscordGateway

from adapters.discord.app import DiscordApp
from adapters.discord.deliver import DiscordCourier
from bot.chat.effects import Effects
from bot.coach import Coach
from bot.content.shipped import shipped
from bot.turn import Unavailable
from storage.store import SqlStore

TOKEN = "bot-token"


@pytest.fixture(autouse=True)
def untouched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's own gateway address is put back after each test."""
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)


def now() -> datetime:
    return datetime.now(UTC)


def make(store: SqlStore, server: DiscordGateway, token: str = TOKEN) -> DiscordApp:
    courier = DiscordCourier(token, server.url)
    return DiscordApp(
        courier,
        Coach(store, shipped(), now),
        store,
        token=token,
        api_url=server.url,
        gateway_url=server.gateway_url,
        now=now,
    )


@asynccontextmanager
async def running(store: SqlStore, server: DiscordGateway) -> AsyncIterator[DiscordApp]:
    app = make(store, server)
    await app.start()
    try:
        yield app
    finally:
        await app.stop(1)
        await app._courier.close()


async def until(true: Callable[[], Any], seconds: float = 5) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)


async def test_it_connects_registers_once_and_answers(tmp_path: Path):
    async with stage(tmp_path) as on, DiscordGateway(token=TOKEN) as server:
        async with running(on.store, server) as app:
            assert server.intents == [1 | 1 << 9 | 1 << 12], (
                "servers, messages there and directly, nothing privileged"
            )
            assert await app.check() == (True, "Discord's gateway is connected.")
            server.command("5", "help")
            await until(lambda: server.callbacks)
            assert "What you can say" in json.dumps(server.callbacks)
        async with running(on.store, server):
            pass
        assert server.registrations == 1 and server.beats >= 2


async def test_what_was_said_while_the_line_was_down_is_answered_once(tmp_path: Path):
    async with stage(tmp_path) as on, DiscordGateway(token=TOKEN) as server:
        async with running(on.store, server) as app:
            first = server.command("5", "help")
            await until(lambda: server.callbacks)
            server.repeats = 1
            server.drop()
            second = server.command("5", "today")
            await until(lambda: len(server.callbacks) == 2)
            await asyncio.sleep(0.2)
            assert [c["id"] for c in server.callbacks] == [first, second]
            assert server.resumed == 1 == server.identified
            assert (await app.check())[0] and not server.posted
        assert await on.store.undelivered("discord") == [] == await on.store.unfinished("discord")


async def test_killed_after_the_acknowledgement_it_answers_in_the_promised_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("adapters.discord.app.PATIENCE", 0.05)
    async with stage(tmp_path) as on, DiscordGateway(token=TOKEN) as server:
        async with stuck(on.store, server):
            asked = server.command("5", "help")
            await until(lambda: server.callbacks)
        assert [c["type"] for c in server.callbacks] == [5]
        async with running(on.store, server) as app:
            await app.resume()
            await app.resume()
        assert [token for token, _ in server.edits] == [f"token-{asked}"] and not server.posted
        assert "What you can say" in json.dumps(server.edits)


async def test_killed_before_the_acknowledgement_it_answers_in_direct_messages(tmp_path: Path):
    async with stage(tmp_path) as on, DiscordGateway(token=TOKEN) as server:
        server.accepts_callbacks = False
        async with stuck(on.store, server):
            server.command("5", "help")
            async with asyncio.timeout(5):
                while not await on.store.unfinished("discord"):
                    await asyncio.sleep(0.01)
        async with running(on.store, server) as app:
            await app.resume()
            await app.resume()
        assert [account for _, account, _, _ in server.posted] == ["5"] and not server.edits


@asynccontextmanager
async def stuck(store: SqlStore, server: DiscordGateway) -> AsyncIterator[DiscordApp]:
    """A process that keeps and acknowledges, and dies before any turn ends."""
    app = make(store, server)

    async def never(*_: Any, **__: Any) -> Effects:
        await asyncio.Event().wait()
        return ()

    app._reception._coach.run = never  # type: ignore[method-assign]
    await app.start()
    try:
        yield app
    finally:
        await app.stop(0)
        await app._courier.close()


async def test_the_end_of_the_connection_is_seen_and_said(tmp_path: Path):
    async with stage(tmp_path) as on, DiscordGateway(token=TOKEN) as server:
        app = make(on.store, server)
        await app.start()
        assert server._socket is not None
        await server._socket.close(code=4004)
        await until(lambda: app._connection is not None and app._connection.done())
        assert await app.check() == (False, "Discord closed the connection for good: code 4004.")
        await app.stop(1)


async def test_a_gateway_that_refuses_is_a_clear_sentence_at_the_start(tmp_path: Path):
    async with stage(tmp_path) as on, DiscordGateway() as server:
        app = make(on.store, server)
        server._refused = lambda _: None  # type: ignore[method-assign]
        server.token = "another"
        with pytest.raises(Unavailable, match="code 4004"):
            await app.start()


async def test_a_discord_that_is_away_is_a_clear_sentence_at_the_start(tmp_path: Path):
    async with stage(tmp_path) as on:
        async with DiscordGateway() as server:
            app = make(on.store, server)
        with pytest.raises(Unavailable, match="cannot be reached"):
            await app.start()


async def test_the_librarys_own_log_holds_no_words_of_hers(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    said = {"name": "what", "type": 3, "value": "xylophone quarrel"}
    data = {"name": "pacer", "type": 1, "options": [{"name": "event", "type": 1, "options": [said]}]}
    async with stage(tmp_path) as on, DiscordGateway(token=TOKEN) as server, running(on.store, server):
        server.interaction("5", 2, data)
        await until(lambda: server.callbacks)
    assert "discord.client" in {r.name for r in caplog.records}
    assert "xylophone" not in caplog.text and TOKEN not in caplog.text


async def test_a_request_of_ours_does_not_move_other_clients(tmp_path: Path):
    before = Route.BASE
    async with stage(tmp_path) as on, DiscordGateway(token=TOKEN) as server, running(on.store, server):
        assert before == Route.BASE and "discord.com" in before
