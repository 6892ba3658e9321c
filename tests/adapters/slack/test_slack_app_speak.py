"""Where an answer appears: for whom it is, what of it others see, and what becomes of the message that was clicked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from adapters.slack.deliver import SlackCourier
from adapters.slack.inbound import Back, Clicked
from adapters.slack.speak import NotSaid, Speaker, client, key_of
from adapters.slack.spot import Spot
from adapters.slack.transport import Acknowledging, once_acknowledged
from bot.chat.effects import Edit, OpenForm, Say
from bot.chat.inbound import Place, Sender
from bot.chat.message import Audience, Message, message, option
from bot.profile.fields import TIMES
from bot.reception import NeverTaken
from bot.turn import Answer

ADA = Sender("slack", "U11", "T1")
ASKED = message("How is the battery?", options=(option("half", "battery", "50"),))
PLAN = message("Half a battery.", options=(option("why", "whynow"),))
LONG = message(*(f"{n} " + "word " * 500 for n in range(12)), options=(option("Go", "go"),))
Make = Callable[..., Spot]


def to_all(said: Message) -> Message:
    return replace(said, audience=Audience.HERE)


@pytest.fixture
async def speaker(slack) -> AsyncIterator[Speaker]:
    async def token(_: str) -> str:
        return slack.token

    courier = SlackCourier(slack.token, slack.url, timeout=2)
    async with aiohttp.ClientSession() as session:
        yield Speaker(courier, client(slack.url, session), token, lambda: datetime.now(UTC))
    await courier.close()


def spot(channel: str = "DU11", **back: Any) -> Spot:
    return Spot(ADA, Place(channel, forms=True), "slack:event:1", Back(**back))


async def posted(speaker: Speaker, slack: Any, said: Message, channel: str) -> Clicked:
    """A message of ours that is clicked now."""
    await speaker.speak(spot(channel), (Say(said),))
    last = slack.said[-1]
    return Clicked(
        channel=last["channel"], ts=last["ts"], text=last["text"], blocks=tuple(last["blocks"]),
        metadata=last["metadata"], label="half", key="1:battery:50", ephemeral=False, addressee="",
    )  # fmt: skip


async def test_for_everybody_is_seen_by_everybody_and_its_buttons_say_whose_they_are(speaker, slack):
    await speaker.speak(spot("C1:1700.1"), (Say(to_all(ASKED)),))
    (said,) = slack.said
    assert (said["channel"], said["thread_ts"]) == ("C1", "1700.1")
    assert next(b["block_id"] for b in said["blocks"] if b["type"] == "actions").startswith("for:U11:")


async def test_for_her_directly_never_appears_where_she_asked(speaker, slack):
    private = replace(ASKED, audience=Audience.DIRECT)
    await speaker.speak(spot("C1", response_url=slack.response_url()), (Say(private),))
    assert [m["channel"] for m in slack.said] == ["DU11"]
    assert slack.whispers == []


async def test_a_long_answer_in_a_thread_carries_its_key_on_the_last_part(speaker, slack):
    await speaker.speak(spot("DU11:1700.1"), (Say(LONG),))
    keys = [m["metadata"]["event_payload"]["k"] for m in slack.said]
    key = key_of("slack:event:1", 0, LONG)
    assert keys == [f"{key}#{n}" for n in range(len(keys) - 1, 0, -1)] + [key]
    assert {m["thread_ts"] for m in slack.said} == {"1700.1"}


async def test_an_edit_takes_the_place_of_the_clicked_message_and_what_is_too_long_follows(speaker, slack):
    clicked = await posted(speaker, slack, ASKED, "DU11")
    await speaker.speak(spot(clicked=clicked), (Edit("checkin", LONG),))
    assert slack.updated[0]["ts"] == clicked.ts
    assert slack.said[-1]["metadata"]["event_payload"]["k"] == key_of("slack:event:1", 0, LONG)


async def test_what_is_for_her_alone_never_replaces_what_others_read(speaker, slack):
    clicked = await posted(speaker, slack, to_all(ASKED), "C1")
    await speaker.speak(
        spot("C1", clicked=clicked, response_url=slack.response_url()), (Edit("checkin", PLAN),)
    )
    assert all("Half" not in update["text"] for update in slack.updated)
    assert slack.whispers[0]["text"].startswith("Half a battery.")


async def test_a_whisper_that_was_clicked_is_replaced_as_a_whisper(speaker, slack):
    clicked = Clicked("C1", "1.1", "", (), None, "half", "1:battery:50", True, "")
    await speaker.speak(
        spot("C1", clicked=clicked, response_url=slack.response_url()), (Edit("checkin", PLAN),)
    )
    assert slack.whispers[0]["replace_original"] is True
    assert (slack.said, slack.updated) == ([], [])


async def test_an_edit_of_a_message_that_is_gone_is_said_anew(speaker, slack):
    clicked = await posted(speaker, slack, ASKED, "DU11")
    slack.said.clear()
    await speaker.speak(spot(clicked=clicked), (Edit("checkin", PLAN),))
    assert [m["text"].split("\n")[0] for m in slack.said] == ["Half a battery."]


async def test_an_edit_without_a_click_is_said_anew(speaker, slack):
    await speaker.speak(spot(), (Edit("checkin", PLAN),))
    assert len(slack.said) == 1


async def test_that_old_buttons_stay_is_no_reason_to_say_the_answer_twice(speaker, slack):
    clicked = await posted(speaker, slack, ASKED, "DU11")
    slack.fail_next(1, "429", place="chat.update")
    await speaker.speak(spot(clicked=clicked), (Say(PLAN),))
    assert len(slack.said) == 2


async def test_an_answer_without_options_leaves_the_question_open(speaker, slack):
    clicked = await posted(speaker, slack, ASKED, "DU11")
    await speaker.speak(spot(clicked=clicked), (Say(message("Because of yesterday.")),))
    assert slack.updated == []


async def test_a_form_opens_first_and_only_with_a_trigger(speaker, slack):
    await speaker.speak(spot(trigger_id=slack.trigger()), (Say(PLAN), OpenForm(TIMES)))
    assert slack.order == ["users.info", "views.open", "chat.postMessage"]
    with pytest.raises(NotSaid):
        await speaker.speak(spot(), (OpenForm(TIMES),))
    with pytest.raises(SlackApiError):
        await speaker.speak(spot(trigger_id="old"), (OpenForm(TIMES),))


@pytest.mark.parametrize("zone", [None, "", "Middle/Earth", "Europe/Oslo"])
async def test_only_a_real_zone_is_offered_and_what_is_known_goes_first(speaker, slack, zone):
    slack.zones["U11"] = zone
    await speaker.speak(spot(trigger_id=slack.trigger()), (OpenForm(TIMES),))
    await speaker.speak(spot(trigger_id=slack.trigger()), (OpenForm(TIMES, (("city", "Asia/Tokyo"),)),))
    offered = [m["blocks"][0]["element"].get("initial_value") for m in slack.modals]
    assert offered == ["Europe/Oslo" if zone == "Europe/Oslo" else None, "Asia/Tokyo"]


async def test_a_slow_profile_does_not_keep_a_form_from_opening(speaker, slack):
    slack.fail_next(1, "slow", place="users.info", delay=1.5)
    await speaker.speak(spot(trigger_id=slack.trigger()), (OpenForm(TIMES),))
    assert len(slack.modals) == 1


async def test_a_late_answer_says_only_what_did_not_arrive(speaker, slack):
    answer = Answer(ADA, Place("DU11"), "slack:event:1", (ASKED, PLAN, ASKED))
    await speaker.speak(spot(), (Say(ASKED),))
    assert await speaker.later(answer)
    assert len(slack.said) == 3
    assert await speaker.later(answer)
    assert len(slack.said) == 3


async def test_a_late_answer_that_slack_will_never_take_is_given_up(speaker, slack):
    slack.errors["U11"] = "user_disabled"
    with pytest.raises(NeverTaken):
        await speaker.later(Answer(ADA, Place("DU11"), "slack:event:1", (PLAN,)))
    slack.errors["U11"] = "internal_error"
    assert not await speaker.later(Answer(ADA, Place("DU11"), "slack:event:2", (PLAN,)))


async def test_a_turn_begins_once_slack_is_answered_and_also_where_that_answer_got_lost():
    order = []
    async with Acknowledging():
        once_acknowledged(lambda: order.append("turn"))
        order.append("answered")
    assert order == ["answered", "turn"]
    with pytest.raises(ConnectionError):
        async with Acknowledging():
            once_acknowledged(lambda: order.append("again"))
            raise ConnectionError
    assert order[-1] == "again"
