"""A letter to somebody whose direct messages are closed: Discord is asked once, and her next command shows it to her alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from wire.discord_world import World, a_world, labels, set_up_in, text_of

from bot.chat.inbound import Sender
from bot.chat.message import message, option
from bot.delivery.deliver import Delivery
from bot.delivery.drain import Drain
from bot.delivery.kinds import JOINED
from bot.delivery.limiter import LocalLimiter
from bot.delivery.model import State
from bot.delivery.post import Tally

WORDS = message("Something that only she may read.", options=(option("Show today", "do", "today"),))


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn is slow sooner, so that the tests need not wait."""
    monkeypatch.setattr("adapters.discord.app.PATIENCE", 0.3)


async def refused(world: World) -> tuple[Any, Any]:
    """A channel and somebody in it, after a letter found her direct messages closed."""
    guild = world.env.create_guild()
    channel = guild.create_text_channel("general")
    ann = guild.add_member(world.env.create_user("ann"))
    await set_up_in(ann, channel)
    world.server.closed.add(str(ann.id))
    await tell(world, str(ann.id))
    return channel, ann


async def tell(world: World, account: str) -> None:
    """One letter, by the real way."""
    now = world.now().replace(hour=12)  # in nobody's quiet hours
    async with world.store.work(Sender("discord", account)) as work:
        profile = await work.people.profile()
        assert profile is not None
        await work.timetable.tell(JOINED, WORDS, about="a", now=now, expires=now.replace(year=now.year + 1))
    await drain(world)


async def drain(world: World) -> None:
    tally = Tally()
    noon = lambda: world.now().replace(hour=12)  # noqa: E731
    delivery = Delivery(
        world.coach.compose, {"discord": world.courier}, LocalLimiter(lambda: 0.0), tally, noon
    )
    await Drain(world.store.outbox, delivery, platforms=frozenset({"discord"}), now=noon).drain()


async def test_it_is_asked_once_and_shown_once_to_her_alone_with_buttons_that_work(tmp_path: Path):
    async with a_world(tmp_path) as world:
        channel, ann = await refused(world)
        assert (await world.store.outbox.standing())[State.DEAD] == 1
        asked = world.server.counts["post"]
        shown = await ann.slash(channel, "pacer help")
        said = [shown.response, *shown.followups]
        assert all(m.flags.ephemeral for m in [x.message if hasattr(x, "message") else x for x in said])
        assert "did not reach you" in text_of(said[0]) and "only she may read" in text_of(said[1])
        assert "What you can say" in text_of(said[-1])
        tapped = await ann.click(said[1], label=next(iter(labels(said[1]))))
        assert tapped.acknowledged
        again = await ann.slash(channel, "pacer help")
        assert not again.followups and "did not reach" not in text_of(again.response)
        await drain(world)
        assert world.server.counts["post"] == asked and not world.server.posted


async def test_killed_after_the_acknowledgement_it_is_said_after_the_start_to_her_alone_and_once(
    tmp_path: Path,
):
    async with a_world(tmp_path) as world:
        channel, ann = await refused(world)
        world.coach.seconds = 0.4
        world.env.inject_error("PATCH", "/webhooks/*/*/messages/@original", status=400)
        shown = await ann.slash(channel, "pacer help")
        assert len(await world.store.undelivered("discord")) == 1
        await world.restart()
        await world.app.resume()
        await world.app.resume()
        assert shown.ephemeral and text_of(shown.response).count("only she may read") == 1
        assert "did not reach" not in text_of((await ann.slash(channel, "pacer help")).response)
        assert await world.store.undelivered("discord") == [] and not world.server.posted


async def test_killed_before_the_acknowledgement_it_waits_for_her_next_command_and_is_shown_once(
    tmp_path: Path,
):
    async with a_world(tmp_path) as world:
        channel, ann = await refused(world)
        for _ in range(2):
            world.env.inject_error("POST", "/interactions/*/callback", status=400)
        await ann.slash(channel, "pacer help")
        # Discord knows no webhook of an interaction that nobody acknowledged; simcord does.
        world.env.inject_error("POST", "/webhooks/*/*", status=404)
        await world.restart()
        await world.app.resume()
        assert await world.store.undelivered("discord") == []
        asked = world.server.counts["post"]
        await world.app.resume()
        assert world.server.counts["post"] == asked, "nothing is tried in a loop"
        shown = await ann.slash(channel, "pacer help")
        assert "only she may read" in text_of(shown.followups[0])
        assert not (await ann.slash(channel, "pacer help")).followups


async def test_a_mention_leaves_it_for_her_next_command(tmp_path: Path):
    async with a_world(tmp_path) as world:
        channel, ann = await refused(world)
        await ann.send(channel, f"<@{world.app.client.user.id}> today")
        everybody = [text_of(m) for m in channel.history() if m.author.bot and not m.flags.ephemeral]
        assert not any("only she may read" in said or "did not reach" in said for said in everybody)
        shown = await ann.slash(channel, "pacer help")
        assert "only she may read" in text_of(shown.followups[0])
