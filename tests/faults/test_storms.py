"""A platform that says 429 to nearly everything: everyone waits as asked, and nobody is forgotten."""

from __future__ import annotations

import asyncio
import time
from collections import Counter

import pytest
import wire.server
from faults.office import Office
from faults.town import clock_from, how_many_open, letters, settle_people, states, verdict, who
from wire.discord_server import DiscordServer

from adapters.discord.deliver import DiscordCourier
from adapters.health.stall import StallWatch
from bot.chat.message import message
from bot.delivery.limiter import LocalLimiter
from bot.delivery.model import Limited
from storage.columns import Sealer
from storage.store import SqlStore

PEOPLE = 40
STORM_SECONDS = 6.0
UNDER_WAY = 0.25
"""Seconds that a request may take from our hand to theirs on a busy machine."""


async def test_in_a_storm_of_refusals_nothing_is_lost_doubled_or_sent_inside_a_wait(
    store: SqlStore, sealer: Sealer, discord_server: DiscordServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await settle_people(store.engine, sealer, range(PEOPLE))
    courier = DiscordCourier("secret-token", discord_server.url, timeout=5)
    office = Office(store, courier, clock_from(time.time(), time.time), limiter=LocalLimiter(time.monotonic))
    monkeypatch.setattr(wire.server, "GRACE", UNDER_WAY)
    assert (await courier.check())[0]
    discord_server.storm(0.9, STORM_SECONDS)
    begun, stalls = time.monotonic(), [0.0]
    watch = StallWatch(stalls.append)
    watch.start()
    try:
        while time.monotonic() - begun < 40:
            await office.work()
            if office.seen.written == PEOPLE and not await how_many_open(store.engine):
                break
            await asyncio.sleep(0.05)
    finally:
        await watch.stop()
        await courier.close()
    rows = await letters(store.engine)
    found = verdict(rows, discord_server)
    requests = discord_server.global_requests
    print(
        f"\n{store.engine.dialect.name}: {requests} requests, {discord_server.limited} times 429, "
        f"{len(discord_server.early)} inside a wait, {discord_server.invalid} invalid, "
        f"{time.monotonic() - begun:.1f} s"
    )
    assert discord_server.limited >= 3  # so few, because nobody asks while one of them is waited for
    assert (found.lost, found.doubled, states(rows)) == ((), (), {"sent": PEOPLE})
    # Platform and sender share one loop: where that stands still, an answer is late, and what is under way is too.
    assert discord_server.early == [] or max(stalls) > UNDER_WAY / 2
    assert discord_server.invalid < requests / 100
    assert set(Counter(account for _, account, _, _ in discord_server.posted).values()) == {1}
    assert {row.attempts for row in rows} == {0}  # being asked to wait is no failure


async def test_a_wait_that_was_asked_for_at_the_login_is_kept_by_the_next_letter(
    discord_server: DiscordServer,
) -> None:
    courier = DiscordCourier("secret-token", discord_server.url, timeout=5)
    discord_server.fail_next(1, "429", place="login", retry_after=1.5)
    try:
        first = await courier.send(who(1), message("Good morning."), key="1")
        assert isinstance(first, Limited)
        await asyncio.sleep(0.2)
        assert isinstance(await courier.send(who(2), message("Good morning."), key="2"), Limited)
    finally:
        await courier.close()
    assert discord_server.early == []
