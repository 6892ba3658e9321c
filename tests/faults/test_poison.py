"""A letter that cannot be written, or whose writing ends the process, hurts nobody but itself."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from faults.nursery import Nursery
from faults.office import Hand, Office, Recorder
from faults.sender_process import Orders
from faults.town import START, letters, settle_people, states, until, verdict, who
from wire.discord_server import DiscordServer

from bot.chat.message import Message
from bot.delivery.gate import Silence, Wait
from bot.delivery.model import Letter
from bot.delivery.outbox import MOST_FAULTS
from storage.columns import Sealer
from storage.store import SqlStore

PEOPLE, POISONED = 20, who(7)


async def test_a_letter_that_cannot_be_written_is_dead_after_five_tries_and_its_neighbours_arrive(
    store: SqlStore, sealer: Sealer, caplog: pytest.LogCaptureFixture
) -> None:
    hand, courier, tries = Hand(START), Recorder(), []

    async def compose(letter: Letter) -> Message | Wait | Silence:
        if letter.to == POISONED:
            tries.append(hand())
            raise ValueError("something she wrote")
        return await office.coach.compose(letter)

    office = Office(store, courier, hand, compose=compose)
    await settle_people(store.engine, sealer, range(PEOPLE))
    with caplog.at_level(logging.DEBUG, logger="bot"):
        for _ in range(40):
            await office.work()
            hand.move(minutes=1)
    rows = await letters(store.engine)
    assert states(rows) == {"sent": PEOPLE - 1, "dead": 1}
    assert len(tries) == MOST_FAULTS
    assert [row.why for row in rows if row.state == "dead"] == ["cannot be written"]
    assert len(set(courier.keys)) == len(courier.keys) == PEOPLE - 1
    assert "something she wrote" not in caplog.text
    assert all(later - earlier > timedelta(seconds=2) for earlier, later in pairwise(tries))


async def test_a_claim_that_breaks_for_whatever_reason_does_not_end_the_carrying(
    store: SqlStore, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    courier = Recorder()
    office = Office(store, courier, Hand(START))
    await settle_people(store.engine, sealer, range(3))
    await office.post.tick()
    claim, broken = store.outbox.claim, [ValueError("a row nobody can read")]

    async def breaks_once(**asked: Any) -> list[Letter]:
        if broken:
            raise broken.pop()
        return await claim(**asked)

    monkeypatch.setattr(store.outbox, "claim", breaks_once)
    carrying = asyncio.create_task(office.drain.keep_carrying())
    try:
        await until(lambda: len(courier.keys) == 3, 10, "three letters")
        assert not carrying.done()
    finally:
        carrying.cancel()
        await asyncio.gather(carrying, return_exceptions=True)
        await office.drain.stop(5)
    assert office.seen.skips == {"fault": 1}


async def test_a_letter_that_ends_its_process_each_time_is_dead_soon_and_takes_no_neighbour_along(
    store: SqlStore,
    database_url: str,
    key: str,
    sealer: Sealer,
    discord_server: DiscordServer,
    nursery: Nursery,
) -> None:
    await settle_people(store.engine, sealer, range(PEOPLE))
    orders = Orders(database_url, key, discord_server.url, time.time(), poison=POISONED.account)
    ends = [await nursery.run(orders)]
    while ends[-1] != 0 and len(ends) < 3 * MOST_FAULTS:
        ends.append(await nursery.run(orders))
    rows = await letters(store.engine)
    found = verdict(rows, discord_server)
    print(f"\n{store.engine.dialect.name}: {len(ends) - 1} deaths, then {dict(states(rows))}")
    assert ends == [-9] * MOST_FAULTS + [0]
    assert states(rows) == {"sent": PEOPLE - 1, "dead": 1}
    assert (len(found.lost), found.doubled, found.sent) == (1, (), PEOPLE - 1)
