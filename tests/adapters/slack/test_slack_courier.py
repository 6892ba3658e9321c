"""The real slack_sdk against a Slack on loopback: how each sending ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from wire.slack_server import SlackServer

from adapters.slack.deliver import SlackCourier
from bot.chat.inbound import Channel, Sender
from bot.chat.message import Text, message, option
from bot.delivery.model import Doubtful, Limited, Lookup, Refused, Rejected, Sent

TOKEN = "xoxb-secret-token"
HELLO = message("Good morning. **Two** drills today.", options=(option("Go", "go"), option("Skip", "skip")))
LONG = message(*(f"{n} " + "word " * 500 for n in range(12)), options=(option("Go", "go"),))
ADA = Sender("slack", "U11", "T1")
BOTH = Channel("slack", "T1", "U11,U12")


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with SlackServer(token=TOKEN) as standing:
        yield standing


@pytest.fixture
async def courier(server: SlackServer) -> AsyncIterator[SlackCourier]:
    made = SlackCourier(TOKEN, server.url, timeout=0.8)
    yield made
    await made.close()


def _a_minute_ago() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=1)


async def test_a_message_arrives_with_its_key_its_buttons_and_words_for_a_screen_reader(server, courier):
    sent = await courier.send(ADA, HELLO, key="k")
    body = server.bodies[0]
    assert isinstance(sent, Sent)
    assert sent.receipt.startswith("DU11:")
    assert body["channel"] == "U11"
    assert body["text"] == "Good morning. Two drills today.\nGo · Skip"
    assert body["metadata"] == {"event_type": "pacer_letter", "event_payload": {"k": "k"}}
    assert (body["unfurl_links"], body["unfurl_media"]) == (False, False)
    assert [e["value"] for e in body["blocks"][-1]["elements"]] == ["1:go", "1:skip"]


@pytest.mark.parametrize(
    ("how", "ends", "arrived"),
    [
        ("429", Limited, 0),
        ("500", Doubtful, 0),
        ("reset", Doubtful, 1),
        ("slow", Doubtful, 1),
        ("refuse-before", Doubtful, 0),
        ("garbage", Doubtful, 1),
    ],
)
async def test_each_fault_has_its_outcome_is_tried_once_and_a_look_tells_what_arrived(
    server, courier, how, ends, arrived
):
    server.fail_next(1, how, delay=1.2)
    assert isinstance(await courier.send(ADA, HELLO, key="k"), ends)
    assert (len(server.posted), server.counts["post"]) == (arrived, 1)
    found = await courier.look_up(ADA, key="k", since=_a_minute_ago())
    assert isinstance(found, Sent) if arrived else found is Lookup.ABSENT


@pytest.mark.parametrize(("asked", "told"), [(0.2, 1), (30, 30)])
async def test_a_429_says_how_long_and_never_less_than_a_second(server, courier, asked, told):
    server.fail_next(1, "429", retry_after=asked)
    assert await courier.send(ADA, HELLO, key="k") == Limited(told)


@pytest.mark.parametrize("code", ["rate_limited", "ratelimited"])
async def test_a_limit_in_a_body_is_a_limit(server, courier, code):
    server.errors["U11"] = code
    outcome = await courier.send(ADA, HELLO, key="k")
    assert isinstance(outcome, Limited)
    assert outcome.seconds >= 1


@pytest.mark.parametrize(
    "code",
    [
        "channel_not_found", "user_not_found", "user_disabled", "account_inactive", "is_archived",
        "invalid_auth", "token_revoked", "not_in_channel", "invalid_blocks", "msg_too_long",
        "missing_scope", "messages_tab_disabled",
    ],
)  # fmt: skip
async def test_what_can_never_succeed_is_rejected_with_slacks_code(server, courier, code):
    server.errors["U11"] = code
    assert await courier.send(ADA, HELLO, key="k") == Rejected(code)


@pytest.mark.parametrize(
    "code", ["internal_error", "fatal_error", "service_unavailable", "request_timeout", "brand_new_error"]
)
async def test_an_error_that_does_not_say_leaves_a_doubt(server, courier, code):
    server.errors["U11"] = code
    assert await courier.send(ADA, HELLO, key="k") == Doubtful(code)


async def test_a_wrong_token_is_rejected(server):
    courier = SlackCourier("xoxb-another", server.url)
    assert await courier.send(ADA, HELLO, key="k") == Rejected("invalid_auth")
    await courier.close()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/api/", "http://nowhere.invalid/api"])
async def test_nobody_there_or_no_such_name_is_refused(url):
    courier = SlackCourier(TOKEN, url, timeout=5)
    assert isinstance(await courier.send(ADA, HELLO, key="k"), Refused)
    await courier.close()


async def test_a_wrong_address_is_refused_for_slack_has_nothing(server):
    courier = SlackCourier(TOKEN, server.root + "/elsewhere/", timeout=1)
    assert await courier.send(ADA, HELLO, key="k") == Refused("HTTP 404")
    await courier.close()


async def test_a_look_reads_page_by_page_and_only_what_is_newer(server, courier):
    server.page = 3
    for n in range(10):
        await courier.send(ADA, HELLO, key=f"k{n}")
    assert isinstance(await courier.look_up(ADA, key="k0", since=_a_minute_ago()), Sent)
    assert server.counts["history"] == 4
    assert await courier.look_up(ADA, key="other", since=_a_minute_ago()) is Lookup.ABSENT
    later = datetime.now(UTC) + timedelta(minutes=5)
    assert await courier.look_up(ADA, key="k0", since=later) is Lookup.ABSENT


async def test_a_history_too_long_to_read_leaves_it_open(server, courier):
    server.page = 1
    for n in range(10):
        await courier.send(ADA, HELLO, key=f"k{n}")
    assert await courier.look_up(ADA, key="k0", since=_a_minute_ago()) is Lookup.CANNOT_LOOK


async def test_without_the_scope_nobody_can_look(server, courier, caplog):
    server.scopes = False
    assert await courier.look_up(ADA, key="k", since=_a_minute_ago()) is Lookup.CANNOT_LOOK
    assert "missing_scope" in caplog.text


@pytest.mark.parametrize("how", ["429", "500", "reset", "slow", "garbage"])
@pytest.mark.parametrize("place", ["open", "history"])
async def test_a_look_that_fails_cannot_tell(server, courier, place, how):
    await courier.send(ADA, HELLO, key="k")
    server.fail_next(2, how, place=place, delay=1.2)
    assert await courier.look_up(ADA, key="k", since=_a_minute_ago()) is Lookup.CANNOT_LOOK


async def test_a_text_too_long_for_one_message_goes_on_where_it_stopped(server, courier):
    server.fail_next(1, "reset")
    assert isinstance(await courier.send(ADA, LONG, key="k"), Doubtful)
    assert await courier.look_up(ADA, key="k", since=_a_minute_ago()) is Lookup.ABSENT
    server.posted.clear()
    assert isinstance(await courier.send(ADA, LONG, key="k"), Sent)
    assert [key for _, _, key, _ in server.posted] == ["k#0", "k#1", "k"]


async def test_a_limit_between_two_parts_repeats_neither(server, courier):
    await courier.send(ADA, HELLO, key="before")
    # The fault is meant for the second part.
    sending = asyncio.ensure_future(courier.send(ADA, LONG, key="k"))
    while len(server.posted) < 2:
        await asyncio.sleep(0)
    server.fail_next(1, "429")
    assert isinstance(await sending, Limited)
    assert isinstance(await courier.send(ADA, LONG, key="k"), Sent)
    assert [key for _, _, key, _ in server.posted] == ["before", "k#0", "k#1", "k"]


async def test_each_conversation_has_a_bucket_of_a_message_a_second(courier):
    bucket = courier.bucket(ADA)
    assert (bucket.name, bucket.gap) == ("slack:T1:U11", 1.0)
    assert courier.dedup_window == timedelta(0)


async def test_in_a_storm_everything_arrives_once_and_no_wait_is_broken(server, courier):
    server.storm(0.5, 1.2)

    async def insist(person: Sender) -> None:
        while not isinstance(outcome := await courier.send(person, HELLO, key=person.account), Sent):
            assert isinstance(outcome, Limited)
            await asyncio.sleep(outcome.seconds)

    people = [Sender("slack", f"U{n}", "T1") for n in range(12)]
    await asyncio.gather(*(insist(person) for person in people))
    assert server.limited > 0
    assert [name for name, _ in server.early if name] == []  # Slack's limits are a conversation's
    assert sorted(account for _, account, _, _ in server.posted) == sorted(p.account for p in people)


async def test_neither_token_nor_words_get_into_logs_or_reasons(server, courier, caplog):
    caplog.set_level(logging.DEBUG)
    said = []
    for how in ("429", "500", "reset", "slow", "garbage"):
        server.fail_next(1, how, delay=1.2)
        said.append(await courier.send(ADA, HELLO, key=how))
        server.fail_next(2, how, place="history", delay=1.2)
        await courier.look_up(ADA, key=how, since=_a_minute_ago())
    for words in (caplog.text, repr(said), repr(courier)):
        assert TOKEN not in words
        assert "drills" not in words
    assert "cannot be read" in caplog.text


async def test_a_message_without_words_is_rejected(courier):
    assert isinstance(await courier.send(ADA, message(Text("")), key="k"), Rejected)


async def test_a_look_at_the_platform_tells_a_known_token_from_a_refused_one(server, courier):
    assert await courier.check() == (True, "Slack knows the token.")
    stranger = SlackCourier("another-secret", server.url, timeout=0.8)
    try:
        server.token = TOKEN
        fine, said = await stranger.check()
        assert not fine
        assert said.startswith("Slack does not take us: ")
        assert "another-secret" not in said
    finally:
        await stranger.close()


async def test_a_platform_that_asks_to_wait_is_well_and_one_that_is_gone_is_not(server, courier):
    server.fail_next(1, "429", place="auth")
    assert await courier.check() == (True, "Slack answers, and asks to wait.")
    gone = SlackCourier(TOKEN, "http://127.0.0.1:1/api/", timeout=0.8)
    try:
        assert (await gone.check())[0] is False
    finally:
        await gone.close()


async def test_several_people_get_one_group_message_which_is_opened_once_and_changed_in_place(
    server, courier
):
    first = await courier.send(BOTH, HELLO, key="k")
    again = await courier.send(BOTH, message("Tuesday it is."), key="l")
    assert isinstance(first, Sent) and isinstance(again, Sent)
    group = first.receipt.partition(":")[0]
    assert server.shown(group) == ["Good morning. Two drills today.\nGo · Skip", "Tuesday it is."]
    assert isinstance(await courier.change(BOTH, again.receipt, message("Thursday.")), Sent)
    assert server.shown(group)[-1] == "Thursday." and server.shown("U11") == []
    assert await courier.look_up(BOTH, key="k", since=_a_minute_ago()) == first


async def test_where_slack_opens_no_group_messages_it_is_known_for_sure_that_nothing_was_said(
    server, courier
):
    server.group_messages = False
    assert await courier.send(BOTH, HELLO, key="k") == Rejected("missing_scope")
    server.group_messages = True
    for how in ("500", "slow", "reset"):
        server.fail_next(1, how, place="open", delay=1.0)
        assert isinstance(await courier.send(BOTH, HELLO, key="k"), Refused)
    server.fail_next(1, "429", place="open")
    assert isinstance(await courier.send(BOTH, HELLO, key="k"), Limited)
    assert server.posted == []
    assert isinstance(await courier.send(BOTH, HELLO, key="k"), Sent)
