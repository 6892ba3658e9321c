"""A circle in a Slack channel: the post, a tap on it that only she sees answered, and the post that stays for the others."""

from __future__ import annotations

from datetime import UTC, datetime

from wire.slack_person import Person, labels

from bot.chat.inbound import Channel
from bot.chat.message import message, option
from bot.circle.clock import CircleClock
from bot.circle.noticeboard import Noticeboard
from bot.content.shipped import shipped
from bot.delivery.limiter import LocalLimiter
from bot.delivery.model import Sent


async def test_join_on_the_post_is_answered_for_her_alone_and_the_button_stays(slack, app, store, known):
    board = Noticeboard(
        store,
        store.posts,
        {"slack": app._courier},
        LocalLimiter(lambda: 0.0),
        shipped(),
        lambda: datetime.now(UTC),
    )
    await known.command("circle create Night owls", channel="C1")
    await slack.until(lambda: any("begins here" in w["text"] for w in slack.whispers))
    await board.drain()
    (post,) = [m for m in slack.said if m["channel"] == "C1"]
    assert labels(post) == ["Join"] and "practise together" in post["text"]

    await Person(slack, "U12").click("Join", post)
    await slack.until(lambda: any("It will never know" in w["text"] for w in slack.whispers))
    await known.click("Join", post)
    await slack.until(lambda: any("in Night owls already" in w["text"] for w in slack.whispers))
    assert labels(post) == ["Join"] and slack.updated == []


async def test_answer_opens_a_form_on_the_post_and_the_verdict_is_a_whisper_while_the_post_counts(
    slack, app, store, known, clock
):
    board = Noticeboard(
        store, store.posts, {"slack": app._courier}, LocalLimiter(lambda: 0.0), shipped(), clock
    )
    hours = CircleClock(store, store.posts, shipped(), clock)
    await known.command("circle create Night owls", channel="C1")
    await slack.until(lambda: any("begins here" in w["text"] for w in slack.whispers))
    clock.at = datetime(2026, 1, 6, 8, 0, 30, tzinfo=UTC)
    await hours.tick()
    await board.drain()
    (post,) = [m for m in slack.said if m["channel"] == "C1" and labels(m) == ["Answer"]]

    before = len(slack.modals)
    await known.click("Answer", post)
    await slack.until(lambda: len(slack.modals) > before)
    modal = slack.modals[-1]
    assert modal["title"]["text"] == "The drill of the day"
    canary = "My canary answer is that I would ask for the numbers first and then decide."
    assert await known.submit(modal, answer=canary, minutes="many") != {}, "a field that cannot be read"
    await known.submit(modal, answer=canary, minutes="5")
    await slack.until(lambda: any("You alone see this" in w["text"] for w in slack.whispers))
    await board.drain()
    assert any("One answer so far." in str(m["blocks"]) for m in slack.updated), slack.updated
    assert not any("canary" in str(m) for m in (*slack.said, *slack.updated))


async def test_a_tap_in_a_message_of_several_people_is_answered_for_her_alone(slack, app, known):
    both = Channel("slack", "T1", "U11,U12")
    asked = message("Ada and Bob, this week.", options=(option("Too tired", "pair", "tired", "nothing"),))
    sent = await app._courier.send(both, asked, key="k")
    assert isinstance(sent, Sent)
    (post,) = [m for m in slack.said if m["channel"].startswith("G")]
    await known.click("Too tired", post)
    await slack.until(lambda: any("That meeting is over" in words for words in known.heard()))
    assert [m for m in slack.said if m["channel"] == post["channel"]] == [post]
