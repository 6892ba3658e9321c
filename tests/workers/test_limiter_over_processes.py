"""One pace for all senders, on however many machines: Discord counts the requests of the whole bot."""

from __future__ import annotations

import asyncio
import time

import pytest
from workers.cluster import Cluster, stop

from bot.delivery.model import Bucket
from storage.engine import open_engine
from storage.limiter import SqlLimiter
from storage.schema import prepare

PACE = Bucket("discord:test", 1 / 45)


@pytest.fixture
async def limiters(empty_database):
    """Two machines."""
    engines = [open_engine(empty_database) for _ in range(2)]
    await prepare(engines[0])
    yield [SqlLimiter(engine) for engine in engines]
    for engine in engines:
        await engine.dispose()


async def _places(limiters: list[SqlLimiter], senders: int, each: int) -> list[float]:
    """Instants at which many senders may send, as they understand it."""
    places: list[float] = []

    async def sender(limiter: SqlLimiter) -> None:
        for _ in range(each):
            places.append(await limiter.reserve(PACE) + time.monotonic())

    await asyncio.gather(*(sender(limiters[n % 2]) for n in range(senders)))
    return sorted(places)


async def test_no_sliding_second_holds_more_places_than_the_pace_allows(limiters):
    places = await _places(limiters, senders=20, each=9)
    # An answer takes a few milliseconds to come back, by which a place seems later than it is.
    assert min(later - earlier for earlier, later in zip(places, places[46:], strict=False)) > 0.97
    assert places[-1] - places[0] == pytest.approx(179 / 45, abs=0.3)


async def test_a_pause_that_one_asked_for_holds_for_all(limiters):
    one, other = limiters
    await one.reserve(PACE)
    await one.hold(PACE, 3)
    until = time.monotonic() + 3
    assert min(await _places([other, one], senders=6, each=2)) >= until - 0.1
    await other.hold(PACE, 1)
    assert await other.reserve(PACE) > 2.5, "a shorter pause does not end a longer one"


async def test_places_nobody_took_are_not_saved_up(limiters):
    await limiters[0].reserve(PACE)
    await asyncio.sleep(0.5)
    places = await _places(limiters, senders=10, each=1)
    assert places[-1] - places[0] > 8 / 45


async def test_three_processes_together_keep_to_what_one_bot_may_send(cluster: Cluster):
    accounts = await cluster.invite(1000, 300)
    processes = [cluster.start(role) for role in ("run", "worker", "worker")]
    seen = await cluster.settled(300, 60)
    assert seen.each == dict.fromkeys(accounts, 1)
    # A process that its machine holds up for a tenth of a second is late with what it had places for,
    # and late ones come together; on a machine with nothing else to do there are none or a few.
    assert seen.limited <= seen.requests // 20
    assert seen.early == 0
    begun, ended = seen.posted[0][0], seen.posted[-1][0]
    assert 300 / (ended - begun) > 18, "two requests a letter, at 45 requests a second"
    assert [code for code, _ in stop(processes)] == [0, 0, 0]
