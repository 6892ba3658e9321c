"""The real discord.py against a Discord on loopback: how each sending ends."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from wire.discord_server import DiscordServer
from wire.server import WireServer

from adapters.discord.deliver import DiscordCourier, nonce_of
from bot.chat.inbound import Sender
from bot.chat.message import message, option
from bot.delivery.model import Doubtful, Limited, Lookup, Refused, Rejected, Sent

TOKEN = "MTIz.secret-token.abc"
HELLO = message("Good morning. **Two** drills today.", options=(option("Go", "go"), option("Skip", "skip")))
LONG = message("\n\n".join(f"{n} " + "word " * 150 for n in range(6)), options=(option("Go", "go"),))
ADA = Sender("discord", "11")


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer(token=f"{TOKEN}") as standing:
        yield standing


@pytest.fixture
async def courier(server: DiscordServer) -> AsyncIterator[DiscordCourier]:
    made = DiscordCourier(TOKEN, server.url, timeout=0.8)
    yield made
    await made.close()


def _a_minute_ago() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=1)


async def test_a_message_arrives_with_its_nonce_its_buttons_and_no_mentions(server, courier):
    assert isinstance(await courier.send(ADA, HELLO, key="k"), Sent)
    (_, account, nonce, content) = server.posted[0]
    body = server.bodies[0]
    assert (account, nonce, content) == ("11", nonce_of("k"), "Good morning. **Two** drills today.")
    assert [b["custom_id"] for b in body["components"][1]["components"]] == ["1:go", "1:skip"]
    assert body["enforce_nonce"] is True
    assert body["allowed_mentions"] == {"parse": []}


def test_a_nonce_is_short_always_the_same_and_another_for_another_key():
    assert nonce_of("t:s:drill:2026-11-21") == nonce_of("t:s:drill:2026-11-21")
    assert nonce_of("a") != nonce_of("b")
    assert len(nonce_of("x" * 500)) == 24


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
async def test_each_fault_of_a_post_has_its_outcome_and_is_tried_once(server, courier, how, ends, arrived):
    server.fail_next(1, how, delay=1.2, retry_after=0.4)
    assert isinstance(await courier.send(ADA, HELLO, key="k"), ends)
    assert (len(server.posted), server.counts["post"]) == (arrived, 1)


@pytest.mark.parametrize("place", ["login", "open"])
@pytest.mark.parametrize("how", ["500", "reset", "garbage", "slow"])
async def test_what_fails_before_the_post_has_not_left(server, courier, place, how):
    # A GET that was cut off is asked once more by aiohttp, which does no harm.
    server.fail_next(2 if (place, how) == ("login", "reset") else 1, how, place=place, delay=1.2)
    assert isinstance(await courier.send(ADA, HELLO, key="k"), Refused)
    assert isinstance(await courier.send(ADA, HELLO, key="k"), Sent)
    assert len(server.posted) == 1


@pytest.mark.parametrize("how", ["reset", "slow", "garbage", "refuse-before", "500"])
async def test_sending_again_after_a_doubt_gives_one_message(server, courier, how):
    server.fail_next(1, how, delay=1.2)
    await courier.send(ADA, HELLO, key="k")
    assert isinstance(await courier.send(ADA, HELLO, key="k"), Sent)
    assert len(server.posted) == 1


async def test_after_the_window_a_second_sending_is_a_second_message(server, courier):
    server.nonce_seconds = None
    for _ in range(2):
        assert isinstance(await courier.send(ADA, HELLO, key="k"), Sent)
    assert len(server.posted) == 2


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/api/v10", "http://nowhere.invalid/api/v10"])
async def test_nobody_there_or_no_such_name_is_refused(url):
    courier = DiscordCourier(TOKEN, url, timeout=5)
    assert isinstance(await courier.send(ADA, HELLO, key="k"), Refused)
    await courier.close()


async def test_a_server_that_went_away_is_refused_though_it_was_there_before(courier, server):
    await courier.send(ADA, HELLO, key="k")
    await server.__aexit__()
    assert isinstance(await courier.send(ADA, HELLO, key="k2"), Refused | Doubtful)
    assert isinstance(await courier.send(ADA, HELLO, key="k3"), Refused)


async def test_closed_direct_messages_are_rejected(server, courier):
    server.closed.add("11")
    assert await courier.send(ADA, HELLO, key="k") == Rejected("HTTP 403: direct messages are closed")


async def test_an_account_that_cannot_be_is_rejected(courier):
    assert isinstance(await courier.send(Sender("discord", "ada"), HELLO, key="k"), Rejected)


async def test_a_deleted_message_is_not_sent_again(server, courier):
    await courier.send(ADA, HELLO, key="k")
    server.delete(0)
    assert await courier.send(ADA, HELLO, key="k") == Rejected("HTTP 404: that message was deleted")


async def test_a_channel_that_is_gone_is_asked_for_anew(server, courier):
    await courier.send(ADA, HELLO, key="k")
    server._channels.clear()
    assert isinstance(await courier.send(ADA, HELLO, key="k2"), Rejected)
    assert isinstance(await courier.send(ADA, HELLO, key="k3"), Sent)


async def test_a_wrong_token_is_rejected_and_not_tried_with_every_letter(server):
    courier = DiscordCourier("another", server.url, timeout=1)
    outcomes = [await courier.send(ADA, HELLO, key=f"k{n}") for n in range(20)]
    assert set(outcomes) == {Rejected("HTTP 401: the token is not valid")}
    assert server.invalid == 1
    await courier.close()


async def test_a_token_that_is_revoked_later_is_not_tried_with_every_letter(server, courier):
    await courier.send(ADA, HELLO, key="k")
    server.token = "another"
    for n in range(20):
        assert isinstance(await courier.send(ADA, HELLO, key=f"k{n}"), Rejected)
    assert server.invalid == 1


async def test_a_429_is_told_at_once_and_its_channel_left_alone(server, courier):
    server.fail_next(1, "429", retry_after=30)
    first = await courier.send(ADA, HELLO, key="k")
    second = await courier.send(ADA, HELLO, key="k")
    assert first == Limited(30)
    assert isinstance(second, Limited)
    assert 29 < second.seconds <= 30
    assert server.counts["post"] == 1
    assert isinstance(await courier.send(Sender("discord", "12"), HELLO, key="k2"), Sent)


async def test_a_global_429_stops_every_channel(server, courier):
    server.each_second = 5
    people = [Sender("discord", str(n)) for n in range(20)]
    outcomes = [await courier.send(person, HELLO, key=person.account) for person in people]
    assert sum(isinstance(o, Sent) for o in outcomes) == 2
    assert sum(isinstance(o, Limited) for o in outcomes) == 18
    assert (server.limited, server.early) == (1, [])


async def test_a_channel_that_is_used_up_is_not_slept_on(server, courier):
    """discord.py sleeps in the fifth send until the bucket is new; here the sixth says how long."""
    outcomes = [await courier.send(ADA, HELLO, key=f"k{n}") for n in range(6)]
    assert [type(o) for o in outcomes] == [Sent] * 5 + [Limited]
    assert server.limited == 0
    assert 3 < outcomes[5].seconds <= 5


async def test_in_a_storm_everything_arrives_once_and_no_wait_is_broken(server, courier):
    server.storm(0.6, 1.5)

    async def insist(person: Sender) -> None:
        while not isinstance(outcome := await courier.send(person, HELLO, key=person.account), Sent):
            assert isinstance(outcome, Limited)
            await asyncio.sleep(outcome.seconds + 0.01)

    people = [Sender("discord", str(n)) for n in range(20)]
    await asyncio.gather(*(insist(person) for person in people))
    assert server.limited > 0
    assert server.early == []
    assert sorted(account for _, account, _, _ in server.posted) == sorted(p.account for p in people)


async def test_a_channel_is_opened_once_and_a_first_message_reserves_two_places(server, courier):
    first = courier.bucket(ADA)
    for n in range(3):
        await courier.send(ADA, HELLO, key=f"k{n}")
    assert (server.counts["login"], server.counts["open"], server.counts["post"]) == (1, 1, 3)
    assert courier.bucket(ADA).name == first.name
    assert (first.gap, courier.bucket(ADA).gap) == (2 / 45, 1 / 45)
    assert courier.bucket(Sender("discord", "99", "elsewhere")).name == first.name
    assert TOKEN not in first.name


async def test_a_long_text_goes_out_in_parts_and_a_half_sent_one_goes_on(server, courier):
    server.fail_next(1, "429", retry_after=0.2)
    assert isinstance(await courier.send(ADA, LONG, key="k"), Limited)
    await asyncio.sleep(0.2)
    server._faults["post"] = type(server._faults["post"])()
    assert isinstance(await courier.send(ADA, LONG, key="k"), Sent)
    contents = [content for _, _, _, content in server.posted]
    assert len(contents) > 1
    assert "\n".join(contents).split() == LONG.blocks[0].text.split()
    assert server.posted[-1][2] == nonce_of("k")
    assert "components" in server.bodies[-1]


async def test_a_doubt_in_the_middle_of_a_long_text_repeats_nothing(server, courier):
    server.fail_next(1, "reset")
    assert isinstance(await courier.send(ADA, LONG, key="k"), Doubtful)
    assert isinstance(await courier.send(ADA, LONG, key="k"), Sent)
    contents = [content for _, _, _, content in server.posted]
    assert len(contents) == len(set(contents))
    assert "\n".join(contents).split() == LONG.blocks[0].text.split()


async def test_look_up_finds_what_was_taken_before_a_reset_if_discord_tells_nonces(server, courier):
    server.keeps_nonces = True
    server.fail_next(1, "reset")
    await courier.send(ADA, HELLO, key="k")
    assert isinstance(await courier.look_up(ADA, key="k", since=_a_minute_ago()), Sent)
    assert await courier.look_up(ADA, key="other", since=_a_minute_ago()) is Lookup.ABSENT


async def test_without_nonces_a_message_of_ours_leaves_it_open_and_none_is_certain(server, courier):
    server.fail_next(1, "refuse-before")
    await courier.send(ADA, HELLO, key="k")
    assert await courier.look_up(ADA, key="k", since=_a_minute_ago()) is Lookup.ABSENT
    await courier.send(ADA, HELLO, key="k2")
    assert await courier.look_up(ADA, key="k", since=_a_minute_ago()) is Lookup.CANNOT_LOOK
    later = datetime.now(UTC) + timedelta(minutes=5)
    assert await courier.look_up(ADA, key="k", since=later) is Lookup.ABSENT


@pytest.mark.parametrize("how", ["429", "500", "reset", "slow", "garbage"])
async def test_a_history_that_fails_cannot_be_looked_at(server, courier, how):
    await courier.send(ADA, HELLO, key="k")
    server.fail_next(1, how, place="history", delay=1.2)
    assert await courier.look_up(ADA, key="k", since=_a_minute_ago()) is Lookup.CANNOT_LOOK


async def test_a_long_history_is_read_page_by_page(server, courier):
    server.keeps_nonces, server.each_channel = True, (1000, 5.0)
    server.each_second = 1000
    for n in range(130):
        await courier.send(ADA, HELLO, key=f"k{n}")
    assert isinstance(await courier.look_up(ADA, key="k129", since=_a_minute_ago()), Sent)
    assert server.counts["history"] == 2


async def test_neither_token_nor_words_get_into_logs_or_reasons(server, courier, caplog):
    caplog.set_level(logging.DEBUG)
    said = []
    for how in ("429", "500", "reset", "slow", "garbage"):
        server.fail_next(1, how, delay=1.2, retry_after=0.05)
        said.append(await courier.send(ADA, HELLO, key=how))
        server.fail_next(1, how, place="history", delay=1.2, retry_after=0.05)
        await courier.look_up(ADA, key=how, since=_a_minute_ago())
        await asyncio.sleep(0.06)
    server.token = "another"
    said.append(await courier.send(ADA, HELLO, key="last"))
    for words in (caplog.text, repr(said), repr(courier)):
        assert TOKEN not in words
        assert "drills" not in words
    assert "cannot be read" in caplog.text


async def test_a_message_without_words_is_rejected(courier):
    assert isinstance(await courier.send(ADA, message(), key="k"), Rejected)


async def _port_and_process(script: str, log: Path) -> tuple[str, subprocess.Popen[str]]:
    path = Path(sys.modules[WireServer.__module__].__file__ or "").with_name(script)
    process = subprocess.Popen(
        [sys.executable, str(path), "--port", "0", "--log", str(log)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return await asyncio.to_thread(process.stdout.readline), process


async def test_the_server_as_a_process_of_its_own_outlives_a_sender_and_logs_what_it_took(tmp_path):
    port, process = await _port_and_process("discord_server.py", tmp_path / "log")
    try:
        for _ in range(2):  # two lives of one sender
            courier = DiscordCourier(TOKEN, f"http://127.0.0.1:{port.strip()}/api/v10")
            assert isinstance(await courier.send(ADA, HELLO, key="k"), Sent)
            await courier.close()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert [(line["account"], line["nonce"]) for line in lines] == [("11", nonce_of("k"))]


async def test_a_look_at_the_platform_tells_a_known_token_from_a_refused_one(server, courier):
    assert await courier.check() == (True, "Discord knows the token.")
    stranger = DiscordCourier("another-secret", server.url, timeout=0.8)
    try:
        server.token = TOKEN
        fine, said = await stranger.check()
        assert not fine
        assert said.startswith("Discord does not take us: ")
        assert "another-secret" not in said
    finally:
        await stranger.close()


async def test_a_platform_that_asks_to_wait_is_well_and_one_that_is_gone_is_not(server, courier):
    server.fail_next(1, "429", place="login")
    assert await courier.check() == (True, "Discord answers, and asks to wait.")
    gone = DiscordCourier(TOKEN, "http://127.0.0.1:1/api/", timeout=0.8)
    try:
        assert (await gone.check())[0] is False
    finally:
        await gone.close()
