"""What a whole turn costs, from the platform's event to the rendered answer, beside bare dispatch; the database is left out.

What the store answered in a real turn is recorded and played from memory, so all else is what runs in earnest:
translating, the safety gate, the reception, routing, the handler, fitting, rendering. Sending is left out on both sides.
"""

from __future__ import annotations

import asyncio
import copy
import logging
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from conversations.stage import PLACE, WHO, set_up, stage
from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.discord.app import DiscordApp
from adapters.discord.reach import AnswersElsewhere
from adapters.slack.app import SlackApp
from adapters.slack.render import parts
from adapters.slack.transport import Acknowledging
from bot.chat.inbound import CommandGiven, Sender
from bot.chat.message import Message
from bot.coach import Coach
from bot.content.shipped import shipped
from bot.delivery.model import Outcome, Sent
from tests.bench import discord_command
from tests.bench.platforms import NOWHERE, TOKEN, bare, command
from tests.bench.report import Line, at_most
from tests.bench.tape import PlayingStore, RecordingStore
from tests.bench.timing import now

ROUNDS = 300
COMMANDS = ("help", "today")
SETTLE = 100
"""Rounds of the event loop; a sleep would let the processor cool down, on both sides."""
_number = count(1)


class Rendered:
    """A courier that renders and carries nowhere."""

    platform, dedup_window = "slack", timedelta(0)

    def __init__(self) -> None:
        self.at = asyncio.Event()

    async def send(self, to: Sender, message: Message, *, key: str) -> Outcome:
        """As it would go out."""
        if not parts(message):
            raise AssertionError("nothing was rendered")
        self.at.set()
        return Sent("nowhere")


class Stopped(Exception):
    """The answer was rendered; nothing is sent."""


async def settled() -> None:
    """What an earlier turn left to do is done, and no part of the next."""
    for _ in range(SETTLE):
        await asyncio.sleep(0)


async def recorded(words: str) -> tuple[PlayingStore, Callable[[], Any]]:
    """One turn of somebody who is set up, to be played, and the instant at which it was."""
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder)) as on:
            await set_up(on)
            await on.say("/pacer checkin half")
            store, at = RecordingStore(on.store), on.now
            coach = Coach(store, shipped(), lambda: at)  # type: ignore[arg-type]
            for _ in range(2):  # the second one finds today's state written
                given = CommandGiven(
                    sender=WHO, place=PLACE, event_id=f"bench:{next(_number)}", at=at, text=words
                )
                await coach.handle(given)
            return PlayingStore(store.tape), lambda: at


def slack_command(words: str) -> AsyncBoltRequest:
    """`/pacer` and words."""
    asked = command()
    asked.body["text"] = words
    return asked


async def slack_both(words: str) -> tuple[list[float], list[float]]:
    """Seconds of bolt's bare dispatch and of our whole turn, in turn."""
    store, at = await recorded(words)
    courier, plain = Rendered(), bare(at_once=True)
    app = SlackApp(
        courier,  # type: ignore[arg-type]
        Coach(store, shipped(), at),  # type: ignore[arg-type]
        store,  # type: ignore[arg-type]
        bot_token=TOKEN, app_token=None, signing_secret=None, api_url=NOWHERE, now=at, home_seconds=3600,
    )  # fmt: skip
    await app.start()
    bares: list[float] = []
    wholes: list[float] = []
    for _ in range(ROUNDS + 10):
        await settled()
        asked, begun = slack_command(words), now()
        answer = await plain.async_dispatch(asked)
        bares.append(now() - begun)
        if answer.status != 200:
            raise AssertionError("not acknowledged")
        courier.at.clear()
        await settled()
        asked, begun = slack_command(words), now()
        async with Acknowledging():
            await app._bolt.async_dispatch(asked)  # type: ignore[union-attr]
        await courier.at.wait()
        wholes.append(now() - begun)
        await asyncio.gather(*app._reception._busy.values())
    await app.stop(1)
    return bares[10:], wholes[10:]


def discord_event(words: str) -> dict[str, Any]:
    """`/pacer` and a word."""
    data = copy.deepcopy(discord_command.event())
    data["data"]["options"][0]["name"] = words
    return data


async def discord_both(words: str) -> tuple[list[float], list[float]]:
    """Seconds of discord.py's bare dispatch and of our whole turn, in turn."""
    logging.disable(logging.ERROR)  # nobody is there to take the answers
    store, at = await recorded(words)
    app = DiscordApp(
        SimpleNamespace(),  # type: ignore[arg-type]
        Coach(store, shipped(), at),  # type: ignore[arg-type]
        store,  # type: ignore[arg-type]
        token="t", api_url=NOWHERE, gateway_url=None, now=at,
    )  # fmt: skip
    rendered = asyncio.Event()
    discord_command._begun = asyncio.Event()  # one belongs to one event loop

    async def request(*_: Any, **__: Any) -> Any:
        rendered.set()
        raise Stopped

    AnswersElsewhere.request, before = request, AnswersElsewhere.request  # type: ignore[method-assign, assignment]
    app.reach.enter()
    plain = discord_command.Bare()
    for client in (plain, app.client):
        await client._async_setup_hook()
    bares: list[float] = []
    wholes: list[float] = []
    for _ in range(ROUNDS + 10):
        bares.append(await _until(plain, discord_event("today"), discord_command._begun))
        wholes.append(await _until(app.client, discord_event(words), rendered))
    AnswersElsewhere.request = before  # type: ignore[method-assign]
    with suppress(Exception):
        await app.stop(0)
    logging.disable(logging.NOTSET)
    return bares[10:], wholes[10:]


async def _until(client: Any, data: dict[str, Any], reached: asyncio.Event) -> float:
    await settled()
    reached.clear()
    begun = now()
    client._connection.parse_interaction_create(data)
    await reached.wait()
    return now() - begun


Both = Callable[[str], Awaitable[tuple[list[float], list[float]]]]
SIDES: tuple[tuple[str, str, Both, float], ...] = (
    ("Slack", "bolt", slack_both, 1.0),
    ("Discord", "discord.py", discord_both, 4.0),
)


async def _measure() -> list[Line]:
    found = []
    for platform, library, both, goal in SIDES:
        for words in COMMANDS:
            plain, whole = map(median, await both(words))
            beyond = whole - plain
            what = f"{platform}: `/pacer {words}`, event to rendered answer, beyond {library}'s dispatch, no database"
            shown = f"{plain * 1000:.3g} ms", f"{beyond * 1000:.3g} ms"
            found.append(at_most(what, *shown, beyond / plain, goal))
    return found


def lines() -> list[Line]:
    """A line for each platform and command."""
    return asyncio.run(_measure())


if __name__ == "__main__":
    from tests.bench.report import printed

    for line in lines():
        printed(line)
