"""Words of danger in a server: no line for others to read, an answer for her alone, and nothing of the words kept."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from wire.discord_world import World, a_world, set_up_in, text_of

DANGER = "I want to kill myself tonight"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn is slow sooner, so that the tests need not wait."""
    monkeypatch.setattr("adapters.discord.app.PATIENCE", 0.3)


def channel_in(world: World) -> tuple[Any, Any]:
    guild = world.env.create_guild()
    channel = guild.create_text_channel("owls")
    return channel, guild.add_member(world.env.create_user("ann"))


def read_by_all(channel: Any) -> list[str]:
    return [text_of(m) for m in channel.history() if m.author.bot and not m.flags.ephemeral]


async def test_a_mention_is_answered_directly_and_the_channel_reads_nothing(tmp_path: Path):
    async with a_world(tmp_path) as world:
        channel, ann = channel_in(world)
        await set_up_in(ann, channel)
        before = read_by_all(channel)
        for said in (DANGER, "today"):
            await ann.send(channel, f"<@{world.app.client.user.id}> {said}")
            _, account, _, words = world.server.posted[-1]
            assert account == str(ann.id) and "112" in words, "while practice rests, only the fixed words"
        assert read_by_all(channel) == before


async def test_where_direct_messages_are_closed_the_channel_still_reads_nothing_and_her_next_command_shows_them(
    tmp_path: Path,
):
    async with a_world(tmp_path) as world:
        channel, ann = channel_in(world)
        await set_up_in(ann, channel)
        before = read_by_all(channel)
        world.server.closed.add(str(ann.id))
        await ann.send(channel, f"<@{world.app.client.user.id}> {DANGER}")
        await world.app.resume()
        assert read_by_all(channel) == before
        shown = await ann.slash(channel, "pacer today")
        assert "112" in text_of(shown.response) and shown.response.ephemeral
        assert read_by_all(channel) == before


@pytest.mark.parametrize("command", ["pacer circle win", "pacer circle company"])
async def test_a_command_of_a_circle_is_answered_for_her_alone_and_posts_nothing(
    tmp_path: Path, command: str
):
    async with a_world(tmp_path) as world:
        channel, ann = channel_in(world)
        await set_up_in(ann, channel)
        await ann.slash(channel, "pacer circle create")
        before = read_by_all(channel)
        shown = await ann.slash(channel, command, text=DANGER)
        await asyncio.sleep(0)
        assert "112" in text_of(shown.response) and shown.response.ephemeral
        assert read_by_all(channel) == before
    assert all(b"kill myself" not in p.read_bytes() for p in tmp_path.iterdir() if p.is_file())
