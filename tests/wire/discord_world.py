"""A simulated Discord with the real app in it, the real coach and a real database; and how people act there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import simcord
from conversations.stage import stage
from wire.discord_server import DiscordServer

from adapters.discord.app import DiscordApp
from adapters.discord.deliver import DiscordCourier
from bot.chat.effects import Effects, Say
from bot.chat.inbound import AnyInbound
from bot.chat.message import Audience, Message
from bot.coach import Coach
from bot.content.shipped import shipped
from storage.store import SqlStore


class Aloud(Coach):
    """The coach, but so slow and so loud as a test asks for."""

    seconds = 0.0
    audience: Audience | None = None

    async def run(self, inbound: AnyInbound, *, keep_answer: bool = False) -> Effects:
        effects = await super().run(inbound, keep_answer=keep_answer)
        await asyncio.sleep(self.seconds)
        if self.audience:
            effects = tuple(Say(Message(e.message.blocks, self.audience)) for e in effects)  # type: ignore[union-attr]
        return effects


class World:
    """One bot in one simulated Discord; direct messages that Pacer starts go to a server on loopback."""

    def __init__(self, store: SqlStore, server: DiscordServer, folder: Path) -> None:
        self.store, self.server = store, server
        self.env: simcord.Env
        self.ahead = timedelta()
        self.courier = DiscordCourier("bot-token", f"{server.root}/api/v10")
        self.app = self.another()

    def now(self) -> datetime:
        return self.env.now() + self.ahead

    def another(self) -> DiscordApp:
        self.coach = Aloud(self.store, shipped(), self.now)
        return DiscordApp(
            self.courier, self.coach, self.store, token="t", api_url=None, gateway_url=None, now=self.now
        )

    async def restart(self) -> None:
        self.app = self.another()
        await self.env.restart_bot(self.app.client)


@asynccontextmanager
async def a_world(folder: Path) -> AsyncIterator[World]:
    async with stage(folder) as on, DiscordServer() as server:
        world = World(on.store, server, folder)
        async with simcord.run(world.app.client) as env:
            world.env = env
            yield world
            await world.courier.close()


def text_of(shown: Any) -> str:
    """All words of a message."""
    return "\n".join(_texts(shown.message.components if hasattr(shown, "message") else shown.components))


def _texts(components: Any) -> list[str]:
    found: list[str] = []
    for c in components:
        found += [c.content] if hasattr(c, "content") else []
        found += _texts(getattr(c, "children", []))
    return found


def labels(shown: Any) -> list[str]:
    """The labels of its buttons."""
    message = shown.message if hasattr(shown, "message") else shown
    return [b.label for b in _buttons(message.components)]


def _buttons(components: Any) -> list[Any]:
    found: list[Any] = []
    for c in components:
        found += [c] if isinstance(c, discord.Button) else []
        found += _buttons(getattr(c, "children", []))
    return found


SEARCH = {"track": ["staff_backend"], "target": "11 weeks", "hours": "6", "longest": "90", "work": "0"}
TIMES = {"city": "Berlin", "morning": "8:00", "evening": "20:00", "rest": "sunday", "quiet": "22:00-7:00"}


async def set_up(person: Any) -> Any:
    """Both forms, as one meets them."""
    opened = await person.slash("pacer start")
    between = await person.submit_modal(opened, SEARCH)
    second = await person.click(between.response or between.followups[-1], label="Fill it in")
    return await person.submit_modal(second, TIMES)


def callbacks(world: World) -> list[Any]:
    """The responses to interactions, oldest first."""
    return [r.json for r in world.env.http_requests if r.path.endswith("/callback")]


async def set_up_in(person: Any, channel: Any) -> None:
    between = await person.submit_modal(await person.slash(channel, "pacer start"), SEARCH)
    await person.submit_modal(await person.click(between.response, label="Fill it in"), TIMES)
