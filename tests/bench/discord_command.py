"""What a Discord command costs beyond discord.py, no database: from the event to where the turn begins."""

from __future__ import annotations

import asyncio
import copy
import logging
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

import discord
from discord import app_commands

from adapters.discord.app import DiscordApp
from adapters.discord.deliver import DiscordCourier
from bot.chat.effects import Effects
from bot.chat.inbound import AnyInbound
from bot.coach import Coach
from bot.content.shipped import shipped
from storage.store import SqlStore
from tests.bench.ours import opened, sealer
from tests.bench.report import Line, at_most
from tests.bench.timing import now

ROUNDS = 300
NOWHERE = "http://127.0.0.1:9/api/v10"
_number = count(10**18)
_begun = asyncio.Event()


def event() -> dict[str, Any]:
    """`/pacer today` in direct messages."""
    who = {"id": "42", "username": "ada", "discriminator": "0", "avatar": None, "global_name": "Ada"}
    return {
        "id": str(next(_number)), "application_id": "9", "type": 2, "token": "t", "version": 1, "context": 1,
        "channel_id": "77", "channel": {"id": "77", "type": 1, "recipients": [who], "last_message_id": None, "flags": 0},
        "user": who, "locale": "en-GB", "entitlements": [], "app_permissions": "0", "attachment_size_limit": 10,
        "authorizing_integration_owners": {"1": "42"},
        "data": {"id": "5", "name": "pacer", "type": 1, "options": [{"name": "today", "type": 1, "options": []}]},
    }  # fmt: skip


class Begun(Coach):
    """The coach without its database and without its turns: that one begins is all."""

    async def receive(self, inbound: AnyInbound) -> AnyInbound | None:
        """As if it was kept."""
        return inbound

    async def run(self, inbound: AnyInbound, *, keep_answer: bool = False) -> Effects:
        """Here it begins."""
        _begun.set()
        await asyncio.sleep(3600)
        return ()


class Bare(discord.Client):
    """discord.py with one command that does nothing."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.none())
        self.tree = app_commands.CommandTree(self)
        pacer = app_commands.Group(name="pacer", description="Pacer")

        @pacer.command(name="today", description="What today asks")
        async def today(interaction: discord.Interaction) -> None:
            _begun.set()

        self.tree.add_command(pacer)


async def taken(client: discord.Client, settle: Callable[[], Awaitable[object]]) -> list[float]:
    """Seconds from an event to where it is served."""
    await client._async_setup_hook()
    found = []
    for _ in range(ROUNDS + 5):
        data = copy.deepcopy(event())
        _begun.clear()
        begun = now()
        client._connection.parse_interaction_create(data)
        await _begun.wait()
        found.append(now() - begun)
        await settle()
    return found[5:]


async def _measure() -> Line:
    logging.disable(logging.ERROR)  # nobody is there to take the answers
    bare = await taken(Bare(), lambda: asyncio.sleep(0))
    with tempfile.TemporaryDirectory() as folder:
        engine = await opened(f"sqlite:///{Path(folder) / 'pacer.db'}")
        store = SqlStore(engine, sealer())

        def clock() -> datetime:
            return datetime.now(UTC)

        courier = DiscordCourier("t", NOWHERE)
        coach = Begun(store, shipped(), clock)
        app = DiscordApp(courier, coach, store, token="t", api_url=NOWHERE, gateway_url=None, now=clock)
        ours = await taken(app.client, lambda: asyncio.sleep(0))
        await app.stop(0)
        await store.close()
    logging.disable(logging.NOTSET)
    beyond = median(ours) - median(bare)
    return at_most(
        "Discord: what a command costs beyond discord.py until its turn begins, no database",
        f"{median(bare) * 1000:.3g} ms",
        f"{beyond * 1000:.3g} ms",
        beyond / median(bare),
        4.0,
    )


def lines() -> list[Line]:
    """All of it."""
    return [asyncio.run(_measure())]
