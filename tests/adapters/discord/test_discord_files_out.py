"""Pictures and files on their way to Discord, with the real SDK: inside the message, under its nonce, and never in the words' way."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wire.discord_server import DiscordServer
from wire.discord_world import World, a_world, callbacks, set_up, set_up_in, text_of

from adapters.discord.deliver import DiscordCourier, nonce_of
from adapters.discord.limits import ATTACHMENTS
from adapters.discord.render import parts
from bot.chat.inbound import Sender
from bot.chat.message import Bar, Chart, File, Message, message, option
from bot.delivery.model import Sent

TOKEN = "MTIz.secret-token.abc"
ADA = Sender("discord", "11")
WEEK = Chart(
    "Seven days", (Bar("Mon", 40.0, "40 min"), Bar("Sun", 0.0, "rest", rest=True)), 40.0, "Mon 40, Sun rest."
)
REVIEW = message("Your week.", WEEK, "Well rested.", options=(option("Go", "go"),))
KEPT = Message((File("kept.json", '{"a": "ä"}', "Here it is."),))
PNG = b"\x89PNG, as far as this goes"


async def draw(_: Chart) -> bytes:
    return PNG


async def cannot(_: Chart) -> bytes:
    raise ImportError("matplotlib")


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer(token=TOKEN) as standing:
        yield standing


@pytest.fixture
async def courier(server: DiscordServer) -> AsyncIterator[DiscordCourier]:
    made = DiscordCourier(TOKEN, server.url, timeout=0.8, draw=draw)
    yield made
    await made.close()


def types(body: Mapping[str, Any]) -> list[int]:
    return [item["type"] for item in body["components"]]


async def test_a_chart_is_a_picture_in_its_place_under_the_messages_own_nonce(server, courier):
    assert isinstance(await courier.send(ADA, REVIEW, key="k"), Sent)
    body = server.bodies[0]
    assert (types(body), body["nonce"], body["enforce_nonce"]) == ([10, 12, 10, 1], nonce_of("k"), True)
    (shown,) = body["components"][1]["items"]
    assert shown == {
        "media": {"url": "attachment://chart-1.png"},
        "description": "Mon 40, Sun rest.",
        "spoiler": False,
    }
    assert server.attached[0] == {"chart-1.png": PNG}


async def test_a_second_sending_of_a_message_with_a_picture_makes_no_second_message(server, courier):
    server.fail_next(1, "reset")
    await courier.send(ADA, REVIEW, key="k")
    assert isinstance(await courier.send(ADA, REVIEW, key="k"), Sent)
    assert (len(server.posted), server.repeated) == (1, 1)


async def test_a_file_hangs_under_the_sentence_that_stands_with_it(server, courier):
    await courier.send(ADA, KEPT, key="k")
    assert types(server.bodies[0]) == [10, 13]
    assert server.attached[0] == {"kept.json": '{"a": "ä"}'.encode()}


async def test_without_a_renderer_and_with_a_broken_one_the_chart_is_text(server):
    for drawing in (None, cannot):
        courier = DiscordCourier(TOKEN, server.url, draw=drawing)
        await courier.send(ADA, REVIEW, key=f"k{drawing}")
        await courier.close()
        assert 12 not in types(server.bodies[-1])
        assert "▰▰▰▰▰" in json.dumps(server.bodies[-1], ensure_ascii=False)


async def test_words_go_out_without_what_discord_finds_too_large(server, courier):
    server.largest = 5
    assert isinstance(await courier.send(ADA, KEPT, key="k"), Sent)
    assert isinstance(await courier.send(ADA, REVIEW, key="r"), Sent)
    assert "could not be brought" in server.posted[0][3]
    assert "▰▰▰▰▰" in server.posted[1][3]
    assert [p[2] for p in server.posted] == [nonce_of("k"), nonce_of("r")]


_files = st.builds(File, st.sampled_from(["a.json", "b.json"]), st.text(max_size=50), st.text(max_size=50))
_charts = st.builds(lambda t: Chart(t, (Bar("Mon", 1.0, "w"),), 1.0, t), st.text(max_size=400))


@given(st.lists(st.one_of(_files, _charts), min_size=1, max_size=25))
def test_every_picture_and_file_is_attached_once_and_named_by_its_own_message(blocks):
    drawn = {b: b.title.encode("utf-8", "replace") for b in blocks if isinstance(b, Chart)}
    found = parts(Message(tuple(blocks)), drawn)
    names = [[f.filename for f in part.files] for part in found]
    assert all(len(set(each)) == len(each) <= ATTACHMENTS for each in names)
    assert sum(map(len, names)) == len(blocks)
    for part, each in zip(found, names, strict=True):
        named = json.dumps(part.view.to_components())
        assert all(f"attachment://{name}" in named for name in each)


# in a conversation


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn is slow sooner, so that the tests need not wait."""
    monkeypatch.setattr("adapters.discord.app.PATIENCE", 0.3)


def attached(shown: Any) -> list[str]:
    return [a.filename for a in getattr(shown, "message", shown).attachments]


async def test_an_answer_shows_its_chart_as_a_picture_and_keeps_it_when_a_button_is_pressed(tmp_path: Path):
    async with a_world(tmp_path) as world:
        world.app._draw = draw
        ann = world.env.create_user("ann")
        await set_up(ann)
        shown = (await ann.slash("pacer plan", view="phases")).response
        assert attached(shown) == ["chart-0.png"]
        await ann.click(shown, label="This week")
        edited = callbacks(world)[-1]["data"]["components"]
        gallery = next(c for c in edited if c["type"] == 12)
        assert gallery["items"][0]["media"]["url"] == "attachment://chart-0.png"


async def test_an_export_asked_for_in_a_server_goes_to_direct_messages_and_nowhere_else(tmp_path: Path):
    async with a_world(tmp_path) as world:
        user, ann, channel = await _in_a_server(world)
        told = (await ann.slash(channel, "pacer export")).response
        assert "direct messages" in text_of(told) and attached(told) == []
        assert attached(user.dm_channel.last_message) == ["pacer-export.json"]


async def test_with_closed_direct_messages_an_export_stays_where_it_is_and_says_so(tmp_path: Path):
    async with a_world(tmp_path) as world:
        user, ann, channel = await _in_a_server(world)
        path = f"/channels/{user.dm_channel.id}/messages"
        world.env.inject_error("POST", path, status=403, code=50007)
        told = (await ann.slash(channel, "pacer export")).response
        assert "closed to me" in text_of(told) and attached(told) == []


async def _in_a_server(world: World) -> tuple[Any, Any, Any]:
    guild = world.env.create_guild()
    channel = guild.create_text_channel("general")
    user = world.env.create_user("ann")
    ann = guild.add_member(user)
    await set_up_in(ann, channel)
    return user, ann, channel
