"""When something is away, closed, late or killed: what was said is answered all the same, once, and nothing leaks."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conversations.stage import stage
from wire.discord_server import DiscordServer
from wire.discord_world import World, a_world, set_up_in, text_of

from adapters.discord.app import DiscordApp
from adapters.discord.deliver import DiscordCourier
from bot.chat.effects import Effects
from bot.turn import Unavailable


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn is slow sooner, so that the tests need not wait."""
    monkeypatch.setattr("adapters.discord.app.PATIENCE", 0.3)


async def keep_unsaid(world: World, ann: Any) -> Any:
    """An answer that could not be given: the turn ran, Discord failed."""
    world.env.inject_error("POST", "/interactions/*/callback", status=400)
    world.env.inject_error("POST", "/interactions/*/callback", status=400)
    return await ann.slash("pacer help")


async def test_an_answer_that_failed_is_brought_to_her_messages_once(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        await keep_unsaid(world, ann)
        assert len(await world.store.undelivered("discord")) == 1
        await world.app.resume()
        await world.app.resume()
        assert [account for _, account, _, _ in world.server.posted] == [str(ann.id)]
        assert await world.store.undelivered("discord") == []


async def test_a_late_answer_that_is_found_in_the_history_is_not_sent_again(tmp_path: Path):
    async with a_world(tmp_path) as world:
        world.server.keeps_nonces, world.server.nonce_seconds = True, None
        ann = world.env.create_user("ann")
        await keep_unsaid(world, ann)
        forget, kept = world.store.delivered, await world.store.undelivered("discord")

        async def dies(_: str) -> None:
            raise ConnectionError

        world.store.delivered = dies  # type: ignore[method-assign]
        with pytest.raises(ConnectionError):
            await world.app.resume()
        world.store.delivered = forget  # type: ignore[method-assign]
        assert await world.store.undelivered("discord") == kept
        await world.app.resume()
        assert len(world.server.posted) == 1 and await world.store.undelivered("discord") == []


async def test_while_its_token_lives_a_late_answer_fills_the_promised_place(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        world.coach.seconds = 0.4
        world.env.inject_error("PATCH", "/webhooks/*/*/messages/@original", status=400)
        shown = await ann.slash("pacer help")
        assert shown.deferred and len(await world.store.undelivered("discord")) == 1
        await world.restart()
        await world.app.resume()
        assert "What today asks" in text_of(shown.response) and not world.server.posted


async def test_after_its_token_is_gone_a_late_answer_comes_as_a_message(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        world.coach.seconds = 0.4
        world.env.inject_error("PATCH", "/webhooks/*/*/messages/@original", status=400)
        await ann.slash("pacer help")
        world.ahead = timedelta(minutes=15)
        await world.app.resume()
        assert len(world.server.posted) == 1


async def test_closed_direct_messages_are_not_tried_again_and_again(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        world.server.closed.add(str(ann.id))
        await keep_unsaid(world, ann)
        await world.app.resume()
        assert await world.store.undelivered("discord") == [] and not world.server.posted


async def test_closed_direct_messages_are_whispered_round_where_she_asked(tmp_path: Path):
    async with a_world(tmp_path) as world:
        guild = world.env.create_guild()
        channel = guild.create_text_channel("general")
        ann = guild.add_member(world.env.create_user("ann"))
        await set_up_in(ann, channel)
        asked = await ann.slash(channel, "pacer checkin")
        world.server.closed.add(str(ann.id))
        world.coach.seconds = 0.4
        world.env.inject_error("PATCH", "/webhooks/*/*/messages/@original", status=400)
        tapped = await ann.click(asked.response, label="half")
        assert len(await world.store.undelivered("discord")) == 1
        await world.app.resume()
        assert "Half a battery" in text_of(tapped.followups[-1]) and tapped.followups[-1].ephemeral
        assert await world.store.undelivered("discord") == []


async def test_what_was_kept_before_a_crash_is_answered_after_it(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")

        async def killed(*_: Any, **__: Any) -> Effects:
            raise asyncio.CancelledError

        world.coach.run = killed  # type: ignore[method-assign]
        shown = await ann.slash("pacer help")
        assert shown.deferred and len(await world.store.unfinished("discord")) == 1
        await world.restart()
        await world.app.resume()
        assert "What today asks" in text_of(shown.response)
        assert await world.store.unfinished("discord") == [] == await world.store.undelivered("discord")


async def test_what_was_kept_and_never_acknowledged_is_answered_in_her_messages(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")

        async def killed(*_: Any, **__: Any) -> Effects:
            raise asyncio.CancelledError

        world.coach.run = killed  # type: ignore[method-assign]
        world.env.inject_error("POST", "/interactions/*/callback", status=400)
        await ann.slash("pacer help")
        await world.restart()
        await world.app.resume()
        await world.app.resume()
        assert len(world.server.posted) == 1


async def test_a_database_that_is_away_is_told_and_nothing_is_pretended(tmp_path: Path):
    async with a_world(tmp_path) as world:

        async def away(*_: Any) -> bool:
            raise Unavailable("The database is away.")

        world.store.receive = away  # type: ignore[method-assign]
        ann = world.env.create_user("ann")
        answered = await ann.slash("pacer today")
        assert "did not take that" in text_of(answered.response)


async def send_file(world: World, person: Any, name: str, content: bytes) -> None:
    kept = world.env.backend.store_attachments(person.dm_channel.id, [(name, content)])
    await person.send_dm("", attachments=kept)


async def test_a_text_file_is_read_as_if_it_were_typed(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        await send_file(world, ann, "line.txt", b"today")
        assert "set you up" in text_of(ann.dm_channel.last_message)
        await send_file(world, ann, "cat.png", b"\x89PNG")
        said = [text_of(m) for m in ann.dm_channel.history() if m.author.bot]
        assert len(said) == 2
        assert "text files" in text_of(ann.dm_channel.last_message)


async def test_no_words_of_hers_are_logged_even_at_debug(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        await ann.send_dm("xylophone quarrel")
        await ann.slash("pacer event", what="xylophone quarrel")
    assert "xylophone" not in caplog.text


async def test_commands_are_registered_once_and_left_alone_after_that(tmp_path: Path):
    async with a_world(tmp_path) as world:
        await world.restart()
        sent = [r for r in world.env.http_requests if r.method == "PUT" and r.path.endswith("/commands")]
        assert len(sent) == 1


async def test_typing_is_completed_from_the_table(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ann = world.env.create_user("ann")
        offered = await ann.autocomplete("pacer help", "command", "inter")
        assert [c["value"] for c in offered][:1] == ["interview add"]


async def test_a_wrong_token_is_one_clear_sentence(tmp_path: Path):
    async with stage(tmp_path) as on, DiscordServer(token="right") as server:
        api = f"{server.root}/api/v10"
        now = lambda: datetime.now(UTC)  # noqa: E731
        app = DiscordApp(
            DiscordCourier("wrong", api), on.coach, on.store,
            token="wrong", api_url=api, gateway_url=None, now=now,
        )  # fmt: skip
        with pytest.raises(Unavailable, match="does not know this token"):
            await app.start()
