"""`@Pacer` in a server: heard, answered where nobody else reads it, and everything else there is left alone."""

from __future__ import annotations

import asyncio
import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from wire.discord_world import World, a_world, set_up_in, text_of

from bot.chat.effects import Effects
from bot.chat.inbound import Sender
from bot.turn import Unavailable
from storage.rows import InboxRow

HERE = "Your direct messages are closed to me. `/pacer` works here, and only you see the answer."
THERE = "The answer is in your direct messages."


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn is slow sooner, so that the tests need not wait."""
    monkeypatch.setattr("adapters.discord.app.PATIENCE", 0.3)


def channel_in(world: World) -> tuple[Any, Any]:
    """A text channel with one person in it."""
    guild = world.env.create_guild()
    channel = guild.create_text_channel("general")
    return channel, guild.add_member(world.env.create_user("ann"))


def pacer(world: World) -> str:
    return f"<@{world.app.client.user.id}>"


def ours(channel: Any) -> list[str]:
    """What Pacer said there for everybody to read."""
    return [text_of(m) for m in channel.history() if m.author.bot and not m.flags.ephemeral]


async def kept(world: World) -> int:
    async with world.store.engine.connect() as connection:
        return (await connection.execute(select(func.count()).select_from(InboxRow))).scalar_one()


async def test_a_mention_is_answered_in_direct_messages_and_the_channel_reads_one_line(tmp_path: Path):
    async with a_world(tmp_path) as world:
        channel, ann = channel_in(world)
        await set_up_in(ann, channel)
        before = len(ours(channel))
        asked = await ann.send(channel, f"{pacer(world)} today")
        ((_, account, _, words),) = world.server.posted
        assert account == str(ann.id) and "minutes" in words
        assert ours(channel)[before:] == [THERE]
        shown = channel.history()[-1]
        assert shown.reference is not None and shown.reference.message_id == asked.id
        assert await world.store.undelivered("discord") == []


async def test_the_line_in_the_channel_pings_nobody(tmp_path: Path):
    async with a_world(tmp_path) as world:
        channel, ann = channel_in(world)
        await ann.send(channel, f"{pacer(world)} @everyone today")
        sent = [
            r.json for r in world.env.http_requests if r.path.endswith(f"/channels/{channel.id}/messages")
        ]
        assert len(sent) == 1
        assert sent[0]["allowed_mentions"] == {"parse": []}, "by this, Discord tells not even her"
        assert sent[0]["enforce_nonce"] is True
        assert all(b["allowed_mentions"]["parse"] == [] for b in world.server.bodies)


async def test_what_does_not_name_pacer_is_dropped_before_anything_is_kept(tmp_path: Path):
    async with a_world(tmp_path) as world:
        channel, ann = channel_in(world)
        for said in ("today", "@everyone", f"<@{ann.id}> today", "pacer help", "<@&1>"):
            await ann.send(channel, said)
        assert await kept(world) == 0
        assert await world.store.last_seen(Sender("discord", str(ann.id))) is None
        assert not world.server.posted and not ours(channel)
        assert not world.app.client.cached_messages


async def test_where_direct_messages_are_closed_the_channel_reads_what_works_and_no_answer(tmp_path: Path):
    async with a_world(tmp_path) as world:
        channel, ann = channel_in(world)
        await set_up_in(ann, channel)
        before = len(ours(channel))
        world.server.closed.add(str(ann.id))
        await ann.send(channel, f"{pacer(world)} today")
        assert ours(channel)[before:] == [HERE]
        refused = world.server.invalid
        await world.app.resume()
        assert world.server.invalid == refused and await world.store.undelivered("discord") == []
        assert ours(channel)[before:] == [HERE]


async def test_a_mention_without_words_learns_what_works_and_is_not_kept(tmp_path: Path):
    async with a_world(tmp_path) as world:
        channel, ann = channel_in(world)
        await ann.send(channel, pacer(world))
        assert ours(channel) == ["`/pacer` works here, and only you see the answer."]
        assert await kept(world) == 0 and not world.server.posted


async def test_a_conversation_goes_on_by_mentions(tmp_path: Path):
    async with a_world(tmp_path) as world:
        channel, ann = channel_in(world)
        await set_up_in(ann, channel)
        for said in ("checkin", "half"):
            await ann.send(channel, f"{pacer(world)} {said}")
        assert "Half a battery" in world.server.posted[-1][3]


async def test_words_of_danger_in_a_channel_are_answered_nowhere_but_directly(tmp_path: Path):
    async with a_world(tmp_path) as world:
        channel, ann = channel_in(world)
        await ann.send(channel, f"{pacer(world)} honestly I just want to die after that rejection")
        assert ours(channel) == [] and len(world.server.posted) == 1


async def test_where_pacer_may_not_write_the_answer_comes_all_the_same_and_once(tmp_path: Path):
    async with a_world(tmp_path) as world:
        channel, ann = channel_in(world)
        world.env.inject_error("POST", f"/channels/{channel.id}/messages", status=403)
        await ann.send(channel, f"{pacer(world)} help")
        await world.app.resume()
        assert len(world.server.posted) == 1 and not ours(channel)
        assert await world.store.undelivered("discord") == []


async def test_an_answer_that_could_not_be_brought_comes_later_and_once(tmp_path: Path):
    async with a_world(tmp_path) as world:
        channel, ann = channel_in(world)

        async def killed(*_: Any, **__: Any) -> Effects:
            raise asyncio.CancelledError

        world.coach.run = killed  # type: ignore[method-assign]
        await ann.send(channel, f"{pacer(world)} help")
        assert not ours(channel) and len(await world.store.unfinished("discord")) == 1
        await world.restart()
        world.ahead = timedelta(hours=1)
        await world.app.resume()
        await world.app.resume()
        assert len(world.server.posted) == 1
        assert not any("What you can say" in said for said in ours(channel))


async def test_the_same_mention_told_twice_is_answered_once(tmp_path: Path):
    async with a_world(tmp_path) as world:
        channel, ann = channel_in(world)
        seen: list[Any] = []
        world.env.backend.subscribers.insert(0, lambda name, data: seen.append((name, data)))
        await ann.send(channel, f"{pacer(world)} help")
        again = next(data for name, data in seen if name == "MESSAGE_CREATE")
        world.env.backend.emit("MESSAGE_CREATE", json.loads(json.dumps(again)))
        await world.env.settle()
        assert len(world.server.posted) == 1 and ours(channel) == [THERE]


async def test_a_database_that_is_away_is_told_directly(tmp_path: Path):
    async with a_world(tmp_path) as world:
        channel, ann = channel_in(world)

        async def away(*_: Any) -> bool:
            raise Unavailable("The database is away.")

        world.store.receive = away  # type: ignore[method-assign]
        await ann.send(channel, f"{pacer(world)} today")
        assert "did not take that" in world.server.posted[0][3] and ours(channel) == [THERE]


async def test_a_text_file_beside_a_mention_is_read(tmp_path: Path):
    async with a_world(tmp_path) as world:
        channel, ann = channel_in(world)
        await ann.send(channel, pacer(world), attachments=[("line.txt", "\ufeffhelp".encode())])
        assert "What you can say" in world.server.posted[0][3]


async def test_no_words_of_a_mention_are_logged_even_at_debug(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    async with a_world(tmp_path) as world:
        channel, ann = channel_in(world)
        await ann.send(channel, f"{pacer(world)} xylophone quarrel")
        await ann.send(channel, "xylophone quarrel")
    assert "xylophone" not in caplog.text
