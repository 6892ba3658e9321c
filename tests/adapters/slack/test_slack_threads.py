"""A drill has a thread of its own: what comes of its card stays there, and outside nothing is doubled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from wire.slack_person import labels

from adapters.slack.deliver import SlackCourier
from adapters.slack.inbound import Back
from adapters.slack.speak import Speaker, client
from adapters.slack.spot import spot
from bot.chat.effects import Say
from bot.chat.inbound import Place, Sender, TextSaid
from bot.chat.message import message, option
from bot.reception import NeverTaken
from bot.turn import Answer

ADA = Sender("slack", "U11", "T1")
PLAN = message("Half a battery.", options=(option("why", "whynow"),))


async def card(slack, known) -> dict[str, Any]:
    await known.command("drill")
    return await slack.until(lambda: next((m for m in slack.said if "Hint" in labels(m)), None))


async def told(slack, doing) -> dict[str, Any]:
    """What Pacer says to what is done."""
    before = len(slack.said)
    await doing
    await slack.until(lambda: len(slack.said) > before)
    return slack.said[-1]


async def quiet(app) -> None:
    while app._reception._busy:
        await asyncio.gather(*app._reception._busy.values())


async def test_a_whole_drill_happens_in_the_thread_under_its_card(slack, app, known):
    root = await card(slack, known)
    before = slack.said.index(root)
    assert root["thread_ts"] is None
    hint = await told(slack, known.click("Hint", root))
    await told(slack, known.write("Numbers first.", thread_ts=root["ts"]))
    await told(slack, known.write("done", thread_ts=root["ts"]))
    for _ in range(20):
        await quiet(app)
        if "Logged" in slack.said[-1]["text"]:
            break
        offered = labels(slack.said[-1])
        await told(slack, known.click("6" if "6" in offered else offered[0], slack.said[-1]))
    assert "Logged" in slack.said[-1]["text"]
    assert hint["text"].startswith("Hint 1.")
    assert {m["thread_ts"] for m in slack.said[before + 1 :]} == {root["ts"]}


async def test_what_is_written_outside_is_answered_outside_and_is_the_same_answer(slack, app, known):
    root = await card(slack, known)
    first = await told(slack, known.write("Numbers first.", thread_ts=root["ts"]))
    second = await told(slack, known.write("Then a cache."))
    assert [first["thread_ts"], second["thread_ts"]] == [root["ts"], None]
    async with app._store.work(ADA) as work:
        assert (await work.practice.current()).answer == "Numbers first.\nThen a cache."


async def test_in_a_channel_the_card_is_for_her_eyes_and_begins_no_thread(slack, known):
    await known.command("drill", channel="C9")
    (whisper,) = await slack.until(lambda: slack.whispers)
    assert "Hint" in labels(whisper) and not whisper.get("thread_ts")
    payload = known.click_payload("Hint", {**whisper, "channel": "C9", "ts": "9.9"})
    payload["container"]["is_ephemeral"] = True
    await slack.send("interactive", payload)
    await slack.until(lambda: slack.whispers[1:])
    assert not slack.whispers[1].get("thread_ts")


async def test_other_messages_begin_no_thread(slack, known):
    asked = await told(slack, known.command("event"))
    answer = await told(slack, known.click(labels(asked)[0], asked))
    assert answer["thread_ts"] is None


async def test_a_late_answer_comes_into_its_thread_and_once(slack, app, known):
    root = await card(slack, known)
    slack.fail_next(1, "429")
    before = len(slack.said)
    await known.write("Numbers first.", thread_ts=root["ts"])
    await slack.until(lambda: slack.limited)
    await quiet(app)
    for _ in range(2):
        await app.resume()
    (late,) = slack.said[before:]
    assert late["thread_ts"] == root["ts"]


async def test_a_card_that_comes_late_begins_its_thread_all_the_same(slack, app, known):
    slack.fail_next(1, "429")
    before = len(slack.said)
    await known.write("drill")
    await slack.until(lambda: slack.limited)
    await quiet(app)
    await app.resume()
    (late,) = slack.said[before:]
    hint = await told(slack, known.click("Hint", late))
    assert hint["thread_ts"] == late["ts"]


async def test_in_an_agent_view_every_message_is_answered_in_the_thread_it_begins(slack, known):
    await known.open_home("messages")
    await slack.until(lambda: slack.prompts)
    answer = await told(slack, known.write("today", ts="1700000000.000100"))
    assert answer["thread_ts"] == "1700000000.000100"


async def test_a_message_that_carries_what_she_looks_at_comes_from_an_agent_view_too(slack, known):
    answer = await told(slack, known.write("today", ts="1700000000.000100", app_context={"entities": []}))
    assert answer["thread_ts"] == "1700000000.000100"


@pytest.fixture
async def speaker(slack) -> AsyncIterator[Speaker]:
    async def token(_: str) -> str:
        return slack.token

    courier = SlackCourier(slack.token, slack.url, timeout=2)
    async with aiohttp.ClientSession() as session:
        yield Speaker(courier, client(slack.url, session), token, lambda: datetime.now(UTC))
    await courier.close()


def in_thread(event: str = "slack:event:1") -> Answer:
    return Answer(ADA, Place("DU11:1700.1"), event, (PLAN, PLAN))


async def test_only_what_the_thread_does_not_hold_is_said_late(slack, speaker):
    heard = TextSaid(
        sender=ADA, place=Place("DU11:1700.1"), event_id="slack:event:1", at=datetime.now(UTC), text="x"
    )
    await speaker.speak(spot(heard, Back()), (Say(PLAN),))
    for _ in range(2):
        assert await speaker.later(in_thread())
    assert [m["thread_ts"] for m in slack.said] == ["1700.1", "1700.1"]


async def test_where_the_thread_is_gone_it_is_said_directly(slack, speaker):
    slack.no_threads = True
    assert await speaker.later(in_thread())
    assert [m["thread_ts"] for m in slack.said] == [None, None]


async def test_where_no_thread_may_be_read_it_is_said_after_a_few_tries(slack, speaker):
    slack.scopes = False
    tries = 1
    while not await speaker.later(in_thread()):
        tries += 1
    assert tries == 4
    assert len(slack.said) == 2


async def test_what_slack_never_takes_in_a_thread_is_given_up(slack, speaker):
    slack.errors["U11"] = "user_disabled"
    with pytest.raises(NeverTaken):
        await speaker.later(in_thread())
