"""Pictures and files on their way to Slack, with the real SDK: in their place, once, and never in the words' way."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from wire.slack_files import SlackFiles

from adapters.slack import attach
from adapters.slack.deliver import SlackCourier
from adapters.slack.inbound import Back
from adapters.slack.speak import Speaker, Spot, client
from bot.chat.effects import Say
from bot.chat.inbound import Place, Sender
from bot.chat.message import Audience, Bar, Chart, File, Message, Text, message, option
from bot.delivery.model import Sent

TOKEN = "xoxb-secret-token"
ADA = Sender("slack", "U11", "T1")
WEEK = Chart(
    "Seven days", (Bar("Mon", 40.0, "40 min"), Bar("Sun", 0.0, "rest", rest=True)), 40.0, "Mon 40, Sun rest."
)
REVIEW = message("Your week.", WEEK, "Well rested.", options=(option("Go", "go"),))
KEPT = Message((File("kept.json", '{"a": "ä"}', "Here it is."),), Audience.DIRECT)


async def draw(_: Chart) -> bytes:
    return b"\x89PNG, as far as this goes"


async def cannot(_: Chart) -> bytes:
    raise ImportError("matplotlib")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attach, "LOOK", 0.01)
    monkeypatch.setattr(attach, "PATIENCE", 1.0)


@pytest.fixture
async def slack() -> AsyncIterator[SlackFiles]:
    async with SlackFiles(token=TOKEN) as standing:
        yield standing


@pytest.fixture
async def courier(slack: SlackFiles) -> AsyncIterator[SlackCourier]:
    made = SlackCourier(TOKEN, slack.url, timeout=0.8, draw=draw)
    yield made
    await made.close()


@pytest.fixture
async def speaker(slack: SlackFiles, courier: SlackCourier) -> AsyncIterator[Speaker]:
    async def token(_: str) -> str:
        return TOKEN

    async with aiohttp.ClientSession() as session:
        yield Speaker(courier, client(slack.url, session), token, lambda: datetime.now(UTC), draw)


def kinds(sent: dict[str, Any]) -> list[str]:
    return [block["type"] for block in sent["blocks"]]


def spot(channel: str = "DU11", **back: Any) -> Spot:
    return Spot(ADA, Place(channel), "slack:event:1", Back(**back))


async def test_a_chart_stands_as_a_picture_in_its_place_and_the_message_keeps_its_key(slack, courier):
    assert isinstance(await courier.send(ADA, REVIEW, key="k"), Sent)
    (sent,), (upload,) = slack.said, slack.uploads.values()
    assert kinds(sent) == ["rich_text", "image", "rich_text", "actions"]
    assert sent["blocks"][1]["alt_text"] == "Mon 40, Sun rest."
    assert sent["metadata"]["event_payload"] == {"k": "k"}
    assert "Mon 40, Sun rest." in sent["text"]
    assert (upload["data"], upload["alt"], slack.shares) == (await draw(WEEK), "Mon 40, Sun rest.", [])


async def test_a_picture_is_shown_only_once_slack_is_done_with_it(slack, courier):
    slack.looks = 4
    await courier.send(ADA, REVIEW, key="k")
    assert slack.order.count("files.info") == 5
    assert "image" in kinds(slack.said[0])


@pytest.mark.parametrize(
    "why", ["scope", "upload", "never ready", "refused in the block", "not drawn", "no charts"]
)
async def test_where_no_picture_can_be_had_the_chart_is_drawn_in_text_and_sent_once(slack, courier, why):
    slack.may_write = why != "scope"
    slack.never_valid = why == "refused in the block"
    slack.looks = 10_000 if why == "never ready" else 0
    if why == "upload":
        slack.fail_next(1, "refuse-before", place="upload")
    if why in ("not drawn", "no charts"):
        await courier.close()
        courier = SlackCourier(TOKEN, slack.url, timeout=0.8, draw=cannot if why == "not drawn" else None)
    assert isinstance(await courier.send(ADA, REVIEW, key="k"), Sent)
    await courier.close()
    (sent,) = slack.said
    assert "image" not in kinds(sent)
    assert "▰▰▰▰▰" in json.dumps(sent["blocks"], ensure_ascii=False)
    assert sent["metadata"]["event_payload"] == {"k": "k"}


async def test_a_letter_with_a_picture_is_found_again_by_its_key(slack, courier):
    slack.fail_next(1, "reset")
    await courier.send(ADA, REVIEW, key="k")
    since = datetime.now(UTC) - timedelta(minutes=1)
    assert isinstance(await courier.look_up(ADA, key="k", since=since), Sent)


async def test_a_file_is_shared_into_direct_messages_before_the_words_that_name_it(slack, courier):
    assert isinstance(await courier.send(ADA, KEPT, key="k"), Sent)
    assert slack.shares == [("DU11", None, "kept.json")]
    assert next(iter(slack.uploads.values()))["data"] == '{"a": "ä"}'.encode()
    assert slack.order.index("files.completeUploadExternal") < slack.order.index("chat.postMessage")
    assert slack.said[0]["text"] == "Here it is.\nkept.json (1 kB)"


async def test_a_file_is_not_shared_again_when_its_words_are_sent_again(slack, courier):
    slack.fail_next(1, "500")
    assert not isinstance(await courier.send(ADA, KEPT, key="k"), Sent)
    assert isinstance(await courier.send(ADA, KEPT, key="k"), Sent)
    assert len(slack.shares) == 1


async def test_a_file_that_cannot_be_uploaded_is_said_to_be_missing(slack, courier):
    slack.may_write = False
    assert isinstance(await courier.send(ADA, KEPT, key="k"), Sent)
    assert slack.shares == []
    assert "could not be brought" in slack.said[0]["text"]


async def test_in_a_thread_picture_and_file_go_into_the_thread(slack, speaker):
    said = Message((WEEK, *KEPT.blocks))
    await speaker.speak(spot("DU11:17.5"), (Say(said),))
    assert slack.shares == [("DU11", "17.5", "kept.json")]
    assert (slack.said[0]["thread_ts"], kinds(slack.said[0])[0]) == ("17.5", "image")


async def test_what_only_she_sees_in_a_channel_is_drawn_in_text_and_its_file_goes_to_her_alone(
    slack, speaker
):
    said = Message((Text("For you."), WEEK, *KEPT.blocks), Audience.ONLY_YOU)
    await speaker.speak(spot("C1"), (Say(said),))
    assert slack.shares == [("DU11", None, "kept.json")]
    assert slack.said == [] and kinds(slack.whispers[0]) == ["rich_text"] * 3


async def test_a_direct_file_asked_for_in_a_channel_leaves_nothing_of_it_there(slack, speaker):
    await speaker.speak(spot("C1"), (Say(KEPT), Say(message("I send that to your direct messages."))))
    assert slack.shares == [("DU11", None, "kept.json")]
    assert [m["channel"] for m in slack.said] == ["DU11"]
    assert [w["text"] for w in slack.whispers] == ["I send that to your direct messages."]
