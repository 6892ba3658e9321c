"""After three days down nobody is buried in letters, and the platform is not either."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from faults.office import Hand, Office, Recorder
from faults.town import OUTBOX, PROFILE, SCHEDULE, START, TENANT, letters, settle_people, slot_row, states
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.chat.message import Message, message
from bot.delivery.gate import Silence, Wait
from bot.delivery.kinds import SLOTS
from bot.delivery.limiter import LocalLimiter
from bot.delivery.model import Bucket, Letter
from bot.delivery.recurrence import is_quiet
from storage.columns import Sealer
from storage.rows import PersonRow
from storage.store import SqlStore

PEOPLE = 10_000
DOWN = timedelta(days=3)
PACE = 1500
"""Messages a second of the bucket, where Discord's takes 45: the days are long, the test is short."""
MINUTES = {"morning": 480, "drill": 600, "evening": 1200, "review": 1080}
WORDS = message("Good morning.")
PERSON = PersonRow.__table__  # type: ignore[attr-defined]


async def _at_once(letter: Letter) -> Message | Wait | Silence:
    """Words without a coach: here it is about numbers."""
    return WORDS


async def _fill(engine: AsyncEngine, back: datetime) -> None:
    """Four slots for each of ten thousand people, each due for the first time during the days down."""
    persons = [
        {
            "id": f"{n:032x}",
            "platform": "discord",
            "tenant": TENANT,
            "account": str(10_000 + n),
            "profile": None,
            "created_at": START,
            "unreachable": False,
        }
        for n in range(PEOPLE)
    ]
    slots = []
    for n in range(PEOPLE):
        for kind, minute in MINUTES.items():
            at = (back - DOWN).replace(hour=minute // 60, minute=minute % 60, second=0)
            slots.append({**slot_row(n, kind, at), "minute": minute})
    async with engine.begin() as connection:
        await connection.execute(insert(PERSON), persons)
        await connection.execute(insert(SCHEDULE), slots)


async def test_ten_thousand_people_hear_each_kind_at_most_once_and_at_the_buckets_pace(
    store: SqlStore,
) -> None:
    back = START.replace(hour=9, minute=0) + DOWN  # a Friday; mornings keep until twelve
    await _fill(store.engine, back)
    courier = Recorder(moment=time.monotonic, bucket=Bucket("one", 1 / PACE))
    office = Office(store, courier, Hand(back), compose=_at_once, limiter=LocalLimiter(time.monotonic))
    begun = time.monotonic()
    ticked = await office.post.tick()
    middle = time.monotonic()
    stalls: list[float] = []
    watching = asyncio.create_task(_watch(stalls))
    await office.work()
    watching.cancel()
    async with store.engine.connect() as connection:
        counted = select(OUTBOX.c.kind, OUTBOX.c.state, func.count()).group_by(OUTBOX.c.kind, OUTBOX.c.state)
        found = {(kind, state): n for kind, state, n in (await connection.execute(counted)).all()}
    times = [at for at, _, _ in courier.arrived]
    most = _most_in_a_second(times)
    print(
        f"\n{store.engine.dialect.name}: {ticked} slots in {middle - begun:.1f} s, {len(times)} letters in "
        f"{times[-1] - times[0]:.1f} s, at most {most} in a sliding second of {PACE}, "
        f"longest stall {max(stalls) * 1000:.0f} ms"
    )
    assert ticked == 4 * PEOPLE
    assert found == {
        ("morning", "sent"): PEOPLE,
        ("drill", "expired"): PEOPLE,
        ("evening", "expired"): PEOPLE,
        ("review", "expired"): PEOPLE,
    }
    assert len(set(courier.keys)) == len(courier.keys) == PEOPLE
    # A stall lets those who slept through it go at once; their places were a gap apart all the same.
    assert most <= PACE * (1 + 2 * max(stalls)) + 2


async def _watch(stalls: list[float]) -> None:
    while True:
        begun = time.monotonic()
        await asyncio.sleep(0.01)
        stalls.append(time.monotonic() - begun - 0.01)


def _most_in_a_second(times: Sequence[float]) -> int:
    most = first = 0
    for last, at in enumerate(times):
        while at - times[first] >= 1.0:
            first += 1
        most = max(most, last - first + 1)
    return most


async def test_what_piled_up_is_told_outside_quiet_hours_and_once(store: SqlStore, sealer: Sealer) -> None:
    """The real coach, in four zones, in two of which it is night when Pacer comes back."""
    zones = ("UTC", "Asia/Tokyo", "America/New_York", "Australia/Sydney")
    back = datetime.combine(date(2026, 1, 6), datetime.min.time(), START.tzinfo) + timedelta(hours=13)
    for number, zone in enumerate(zones):
        local = datetime(2026, 1, 3, 8, tzinfo=ZoneInfo(zone))
        people = range(5 * number, 5 * (number + 1))
        profile = replace(PROFILE, zone=zone)
        await settle_people(
            store.engine, sealer, people, kinds=tuple(SLOTS), every_kind=True, due=local, profile=profile
        )
    hand = Hand(back)
    courier = Recorder(moment=hand)
    office = Office(store, courier, hand)
    for _ in range(18):
        await office.work()
        hand.move(hours=1)
    rows = await letters(store.engine)
    zone_of = {str(10_000 + n): zones[n // 5] for n in range(5 * len(zones))}
    said = Counter(key.rpartition(":")[0] for key in courier.keys)
    print(f"\n{store.engine.dialect.name}: {len(courier.arrived)} told, of {dict(states(rows))}")
    assert courier.arrived
    assert set(Counter((account, key) for _, account, key in courier.arrived).values()) == {1}
    assert max(said.values()) <= 2  # the day she comes back to, and the morning after
    for at, account, _ in courier.arrived:
        assert not is_quiet(replace(PROFILE, zone=zone_of[account]), at), (at, zone_of[account])
    first = Counter(
        (account, key.split(":")[2]) for at, account, key in courier.arrived if at < back + timedelta(hours=8)
    )
    assert set(first.values()) <= {1}
