"""The platform took a message and the answer was lost: Pacer finds out, or keeps to the kind's policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator

import pytest
from faults.office import Hand, Office, Recorder
from faults.town import START, letters, settle_people, states
from wire.discord_server import DiscordServer
from wire.slack_server import SlackServer

from adapters.discord.deliver import DiscordCourier
from adapters.slack.deliver import SlackCourier
from bot.delivery.model import Doubtful, Lookup, Refused, Sent
from storage.columns import Sealer
from storage.store import SqlStore

TOKEN = "secret-token"
TIMEOUT = 0.3
PEOPLE = 8
LOST = ["reset", "slow", "garbage"]
"""Taken, and then: the connection breaks, the answer comes after our time-out, it cannot be read."""


@pytest.fixture
async def slack_server() -> AsyncIterator[SlackServer]:
    """A Slack on loopback."""
    async with SlackServer() as server:
        yield server


@pytest.mark.parametrize("how", LOST)
async def test_discord_recognises_the_second_sending_by_its_nonce(
    store: SqlStore, sealer: Sealer, discord_server: DiscordServer, how: str
) -> None:
    await settle_people(store.engine, sealer, range(PEOPLE))
    hand, courier = Hand(START), DiscordCourier(TOKEN, discord_server.url, timeout=TIMEOUT)
    office = Office(store, courier, hand)
    discord_server.fail_next(PEOPLE, how, delay=TIMEOUT + 0.2)
    try:
        await office.post.tick()
        await office.drain.drain()
        assert states(await letters(store.engine)) == {"doubt": PEOPLE}
        assert len(discord_server.posted) == PEOPLE
        hand.move(seconds=6)
        await office.work()
    finally:
        await courier.close()
    assert states(await letters(store.engine)) == {"sent": PEOPLE}
    assert (len(discord_server.posted), discord_server.repeated) == (PEOPLE, PEOPLE)
    assert max(Counter(account for _, account, _, _ in discord_server.posted).values()) == 1


@pytest.mark.parametrize("how", LOST)
async def test_slack_is_asked_for_its_history_and_knows_the_letter_by_its_metadata(
    store: SqlStore, sealer: Sealer, slack_server: SlackServer, how: str
) -> None:
    await settle_people(store.engine, sealer, range(PEOPLE), platform="slack", prefix="U")
    hand, courier = Hand(START), SlackCourier(TOKEN, slack_server.url, timeout=TIMEOUT)
    office = Office(store, courier, hand)
    slack_server.fail_next(PEOPLE // 2, how, delay=TIMEOUT + 0.2)
    slack_server.fail_next(PEOPLE // 2, "500")
    try:
        await office.post.tick()
        await office.drain.drain()
        assert states(await letters(store.engine)) == {"doubt": PEOPLE}
        assert len(slack_server.posted) == PEOPLE // 2
        hand.move(seconds=6)
        await office.work()
    finally:
        await courier.close()
    rows = await letters(store.engine)
    assert states(rows) == {"sent": PEOPLE}
    assert Counter(key for _, _, key, _ in slack_server.posted) == {row.dedup_key: 1 for row in rows}


async def test_where_nobody_can_look_a_question_is_dropped_and_a_drill_comes_once_more_at_most(
    store: SqlStore, sealer: Sealer, slack_server: SlackServer
) -> None:
    slack_server.scopes = False
    await settle_people(store.engine, sealer, range(PEOPLE), platform="slack", prefix="U")
    hand, courier = Hand(START), SlackCourier(TOKEN, slack_server.url, timeout=TIMEOUT)
    office = Office(store, courier, hand)
    slack_server.fail_next(3 * PEOPLE, "reset")  # every answer is lost, however often it is tried
    try:
        for _ in range(6):
            await office.work()
            hand.move(seconds=6)
    finally:
        await courier.close()
    rows = await letters(store.engine)
    assert {(row.kind, row.state, row.why, row.resent) for row in rows} == {
        ("morning", "cancelled", "in doubt", False),
        ("drill", "cancelled", "in doubt", True),
    }
    arrived = Counter(key for _, _, key, _ in slack_server.posted)
    assert arrived == {row.dedup_key: 2 if row.resent else 1 for row in rows}


async def test_what_the_history_shows_to_be_absent_is_sent_again(store: SqlStore, sealer: Sealer) -> None:
    await settle_people(store.engine, sealer, range(2))
    hand = Hand(START)
    courier = Recorder([Doubtful("HTTP 502")] * 2, looked=Lookup.ABSENT)
    office = Office(store, courier, hand)
    for _ in range(4):
        await office.work()
        hand.move(seconds=6)
    assert set(Counter(courier.keys).values()) == {2}
    assert states(await letters(store.engine)) == {"sent": 2}


async def test_a_history_that_shows_the_letter_ends_the_doubt_without_a_second_sending(
    store: SqlStore, sealer: Sealer
) -> None:
    await settle_people(store.engine, sealer, range(2))
    hand = Hand(START)
    courier = Recorder([Doubtful("reset")] * 2, looked=Sent("found"))
    office = Office(store, courier, hand)
    for _ in range(4):
        await office.work()
        hand.move(seconds=6)
    assert set(Counter(courier.keys).values()) == {1}
    assert {row.receipt for row in await letters(store.engine)} == {"found"}


async def test_a_platform_that_is_away_for_an_hour_gets_every_letter_once_it_is_back(
    store: SqlStore, sealer: Sealer
) -> None:
    await settle_people(store.engine, sealer, range(4))
    hand = Hand(START)
    courier = Recorder([Refused("no name")] * 60)
    office = Office(store, courier, hand)
    for _ in range(120):
        await office.work()
        hand.move(minutes=1)
    rows = await letters(store.engine)
    assert states(rows) == {"sent": 4}
    assert len(courier.keys) == 64
