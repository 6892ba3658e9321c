"""The drill of the day on Discord: *Answer* opens a modal, the verdict is for her alone, and a slow modal has a way back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
from wire.discord_world import World, a_world, labels, set_up_in, text_of

from adapters.discord.render import parts
from bot.circle.group_model import GROUP, GroupDrill
from bot.circle.group_post import group_post
from bot.circle.model import Post
from bot.circle.work import CircleTurn
from bot.content.shipped import shipped

CANARY = "My canary answer is that I would ask for the numbers first and then decide."


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn is slow sooner, so that the tests need not wait."""
    monkeypatch.setattr("adapters.discord.app.PATIENCE", 0.3)


async def posted(world: World) -> tuple[Any, Any, Any]:
    """A circle, its channel, somebody in it, and the post of a day as it stands there."""
    guild = world.env.create_guild()
    channel = guild.create_text_channel("owls")
    ann = guild.add_member(world.env.create_user("ann"))
    await set_up_in(ann, channel)
    await ann.slash(channel, "pacer circle create")
    async with world.store.engine.connect() as connection:
        circle_id = (await connection.exec_driver_sql("SELECT id FROM circle")).scalar_one()
    day = (world.now() + timedelta(days=1)).date()
    async with world.store.circle(circle_id) as work:
        assert work.circle is not None
        await work.circles.group.begin(circle_id, GroupDrill(day, "card-temperature-top-p"))
        (bound,) = await work.circles.bindings(circle_id)
        post = Post(circle_id, GROUP, day.isoformat(), bound.channel, 0, "", 1, 1, world.now())
        shown = await group_post(CircleTurn(work, work.circle, shipped(), world.now()), post)
    assert shown is not None
    await world.app.client.get_channel(channel.id).send(view=parts(shown)[0].view)
    return ann, channel, next(m for m in channel.history() if "Answer" in labels(m))


async def test_answer_opens_a_modal_and_only_she_reads_the_verdict(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann, channel, post = await posted(world)
        opened = await ann.click(post, label="Answer")
        assert opened.modal["title"] == "The drill of the day"
        told = await ann.submit_modal(opened, {"answer": CANARY, "minutes": "5"})
        shown = (told.followups or [told.response])[-1]
        assert "Count it as today's" in labels(shown) and shown.ephemeral
        read = [text_of(m) for m in channel.history() if not m.flags.ephemeral]
        assert any("Answer" in labels(m) for m in channel.history()), "the post stays for the others"
        assert not any("canary" in text or "Landed" in text for text in read)


async def test_what_was_typed_wrongly_comes_back_in_the_modal(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann, _, post = await posted(world)
        opened = await ann.click(post, label="Answer")
        refused = await ann.submit_modal(opened, {"answer": CANARY, "minutes": "many"})
        again = await ann.click((refused.followups or [refused.response])[-1], label="Correct it")
        typed = {i["component"]["custom_id"]: i["component"].get("value") for i in again.modal["components"]}
        assert typed["answer"] == CANARY


async def test_in_a_thread_under_its_channel_the_circle_is_the_channels(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann, channel, _ = await posted(world)
        hung = world.app.client.get_channel(channel.id)
        await hung.create_thread(name="argue", type=discord.ChannelType.public_thread)
        (thread,) = channel.threads
        who = await ann.slash(thread, "pacer circle who")
        assert "(admin)" in text_of(who.response) and who.response.ephemeral
        again = await ann.slash(thread, "pacer circle create")
        assert "has a circle" in text_of(again.response)
