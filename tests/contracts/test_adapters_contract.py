"""The same conversation in the terminal, on Slack and on Discord: after each step a person can do the same things."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import discord
import pytest
import simcord
from conversations.stage import Stage, set_up, stage
from wire.discord_server import DiscordServer
from wire.slack_person import Person, labels
from wire.slack_socket import APP_TOKEN
from wire.slack_workspace import SlackWorkspace

from adapters.discord.app import DiscordApp
from adapters.discord.deliver import DiscordCourier
from adapters.slack.app import SlackApp
from adapters.slack.deliver import SlackCourier
from bot.coach import Coach
from bot.content.shipped import shipped

NOON = datetime(2026, 1, 5, 11, tzinfo=UTC)
SEARCH = {"track": "Staff backend engineer", "target": "11 weeks", "hours": "6"}


class Mouth(Protocol):
    """Somebody who is set up, on one platform. Each step gives the labels she can pick from afterwards."""

    async def command(self, text: str) -> list[str]: ...

    async def write(self, text: str) -> list[str]: ...

    async def tap(self, label: str) -> list[str]: ...


class AtTerminal:
    """The console's own way."""

    def __init__(self, on: Stage) -> None:
        self._on = on

    async def command(self, text: str) -> list[str]:
        return await self.write(f"/pacer {text}")

    async def write(self, text: str) -> list[str]:
        await self._on.say(text)
        return self._offered()

    async def tap(self, label: str) -> list[str]:
        await self._on.tap(label)
        return self._offered()

    def _offered(self) -> list[str]:
        return [o.label for e in self._on.last for o in e.message.options]  # type: ignore[union-attr]


class OnSlack:
    """The real bolt app and its socket, on a workspace on loopback."""

    def __init__(self, person: Person, app: SlackApp) -> None:
        self._person, self._slack, self._app = person, person.slack, app

    async def command(self, text: str) -> list[str]:
        return await self._after(self._person.command(text))

    async def write(self, text: str) -> list[str]:
        return await self._after(self._person.write(text))

    async def tap(self, label: str) -> list[str]:
        return await self._after(self._person.click(label))

    async def _after(self, doing: Any) -> list[str]:
        before = len(self._slack.said), len(self._slack.updated)
        await doing
        await self._slack.until(lambda: self._quiet(before))
        new = self._slack.said[before[0] :]
        changed = [m for m in self._slack.updated[before[1] :] if labels(m)]
        return [label for m in (*changed, *new) for label in labels(m)]

    def _quiet(self, before: tuple[int, int]) -> bool:
        said, changed = len(self._slack.said), len(self._slack.updated)
        under_way = self._app._reception._busy  # an answer can be several calls
        return (said > before[0] or changed > before[1]) and not under_way


class OnDiscord:
    """The real client on simcord's Discord, in direct messages."""

    def __init__(self, user: Any) -> None:
        self._user = user

    async def command(self, text: str) -> list[str]:
        name, _, rest = text.partition(" ")
        given = {"battery": rest} if rest else {}
        await self._user.slash(f"pacer {name}", **given)
        return self._offered()

    async def write(self, text: str) -> list[str]:
        await self._user.send_dm(text)
        return self._offered()

    async def tap(self, label: str) -> list[str]:
        shown = next(m for m in reversed(self._messages()) if label in _labels(m.components))
        await self._user.click(shown, label=label)
        return self._offered()

    def _messages(self) -> list[Any]:
        return list(self._user.dm_channel.history())

    def _offered(self) -> list[str]:
        return _labels(self._messages()[-1].components)


def _labels(components: Any) -> list[str]:
    found: list[str] = []
    for c in components:
        found += [c.label] if isinstance(c, discord.Button) else []
        found += [o.label for o in getattr(c, "options", [])]
        found += _labels(getattr(c, "children", []))
    return found


@asynccontextmanager
async def terminal(folder: Path) -> AsyncIterator[Mouth]:
    async with stage(folder, NOON.isoformat()) as on:
        await set_up(on)
        yield AtTerminal(on)


@asynccontextmanager
async def slack(folder: Path) -> AsyncIterator[Mouth]:
    async with AsyncExitStack() as standing:
        on = await standing.enter_async_context(stage(folder, NOON.isoformat()))
        workspace = await standing.enter_async_context(SlackWorkspace(token="xoxb-t"))
        courier = SlackCourier("xoxb-t", workspace.url, timeout=2)
        standing.push_async_callback(courier.close)
        app = SlackApp(
            courier,
            Coach(on.store, shipped(), lambda: NOON),
            on.store,
            bot_token="xoxb-t",
            app_token=APP_TOKEN,
            signing_secret=None,
            api_url=workspace.url,
            now=lambda: NOON,
        )
        await app.start()
        standing.push_async_callback(app.stop, 1)
        person = Person(workspace)
        await person.command("start")
        await workspace.until(lambda: workspace.modals)
        await person.submit(workspace.modals[-1], **SEARCH)
        await workspace.until(lambda: workspace.modals[1:])
        await person.submit(workspace.modals[-1], city="Berlin")
        await workspace.until(lambda: person.heard()[1:])
        await workspace.until(lambda: not app._reception._busy)
        yield OnSlack(person, app)


@asynccontextmanager
async def on_discord(folder: Path) -> AsyncIterator[Mouth]:
    async with stage(folder, NOON.isoformat()) as on, DiscordServer() as server:
        courier = DiscordCourier("t", f"{server.root}/api/v10")
        app = DiscordApp(
            courier,
            Coach(on.store, shipped(), lambda: NOON),
            on.store,
            token="t",
            api_url=None,
            gateway_url=None,
            now=lambda: NOON,
        )
        async with simcord.run(app.client) as world:
            ann = world.create_user("ann")
            first = await ann.slash("pacer start")
            search = {
                "track": ["staff_backend"],
                "target": "11 weeks",
                "hours": "6",
                "longest": "90",
                "work": "0",
            }
            between = await ann.submit_modal(first, search)
            second = await ann.click(between.response, label="Fill it in")
            times = {
                "city": "Berlin",
                "morning": "8:00",
                "evening": "20:00",
                "rest": "sunday",
                "quiet": "22:00-7:00",
            }
            await ann.submit_modal(second, times)
            yield OnDiscord(ann)
            await courier.close()


STEPS = (
    ("command", "checkin"),
    ("tap", "half"),
    ("command", "plan"),
    ("tap", "Next week"),
    ("command", "checkin full"),
    ("command", "drill"),
    ("tap", "Hint"),
    ("write", "I would ask first how many readers and writers there are."),
    ("tap", "Done"),
    ("command", "event"),
    ("command", "rest"),
    ("write", "what is this"),
    ("command", "pause"),
    ("command", "today"),
    ("command", "back"),
)


async def _played(mouth: Mouth) -> list[list[str]]:
    return [sorted(set(await getattr(mouth, how)(words))) for how, words in STEPS]


@pytest.mark.parametrize("platform", [slack, on_discord], ids=["slack", "discord"])
async def test_whatever_can_be_done_in_the_terminal_can_be_done_there(platform: Any, tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    async with terminal(tmp_path / "a") as here:
        expected = await _played(here)
    async with platform(tmp_path / "b") as there:
        found = await _played(there)
    for step, mine, theirs in zip(STEPS, expected, found, strict=True):
        assert (step, theirs) == (step, mine)
