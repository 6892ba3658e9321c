"""Whatever a clock does, the machine's or a country's: nothing twice, nothing early, one letter a local date."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from faults.office import Hand, Office, Recorder
from faults.town import START, letters, settle_people, who
from sqlalchemy import update

from adapters.steady import SteadyClock
from bot.chat.message import Message, message
from bot.delivery.gate import Silence, Wait
from bot.delivery.kinds import SLOTS, dedup_key
from bot.delivery.model import Letter, Occurrence, Slot
from bot.delivery.outbox import LEASE
from storage.columns import Sealer
from storage.rows import OutboxRow
from storage.store import SqlStore

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HOLD = 90.0
OUTBOX = OutboxRow.__table__  # type: ignore[attr-defined]


class Machine:
    """A wall clock that can be stepped, and a monotonic one that cannot."""

    def __init__(self, start: datetime) -> None:
        self.wall, self.monotonic = start.timestamp(), 1000.0
        self.now = SteadyClock(lambda: self.wall, lambda: self.monotonic, hold=HOLD).now

    def step(self, span: timedelta) -> None:
        """Somebody sets the wall clock."""
        self.wall += span.total_seconds()

    def passes(self, seconds: float) -> None:
        """Time goes by, and is looked at every second."""
        for _ in range(int(seconds)):
            self.wall += 1
            self.monotonic += 1
            self.now()


@pytest.fixture
async def machine(store: SqlStore, sealer: Sealer) -> AsyncIterator[Machine]:
    """A quarter of an hour before something is due to five people."""
    due = START.replace(minute=0)
    await settle_people(store.engine, sealer, range(5), kinds=("morning",), due=due)
    yield Machine(due - timedelta(minutes=15))


async def test_an_hour_ahead_that_is_taken_back_in_time_sends_nothing_early(
    store: SqlStore, machine: Machine
) -> None:
    courier = Recorder(moment=lambda: machine.wall)
    office = Office(store, courier, machine.now)
    machine.step(HOUR)
    for _ in range(int(HOLD) - 5):
        machine.passes(1)
        await office.work()
    machine.step(-HOUR)
    machine.passes(300)
    await office.work()
    assert courier.arrived == []
    machine.passes(15 * 60)
    await office.work()
    assert len(set(courier.keys)) == len(courier.keys) == 5


async def test_an_hour_ahead_that_stays_is_believed_and_taken_back_later_repeats_nothing(
    store: SqlStore, machine: Machine
) -> None:
    courier = Recorder()
    office = Office(store, courier, machine.now)
    machine.step(HOUR)
    machine.passes(HOLD + 5)
    await office.work()
    assert len(courier.keys) == 5
    machine.step(-HOUR)
    for _ in range(40):
        machine.passes(180)
        await office.work()
    assert len(courier.keys) == 5
    assert len(await letters(store.engine)) == 5


async def test_an_hour_back_after_sending_repeats_nothing_and_the_next_day_comes_in_time(
    store: SqlStore, machine: Machine
) -> None:
    courier = Recorder(moment=machine.now)
    office = Office(store, courier, machine.now)
    machine.passes(16 * 60)
    await office.work()
    machine.step(-HOUR)
    for _ in range(26):
        machine.passes(3600)
        await office.work()
    assert len(set(courier.keys)) == len(courier.keys) == 10
    assert all(at >= START.replace(minute=0) for at, _, _ in courier.arrived)
    assert all(at >= START.replace(minute=0) + DAY for at, _, _ in courier.arrived[5:])


@pytest.mark.parametrize("span", [HOUR, -HOUR], ids=["ahead", "back"])
async def test_a_step_while_letters_are_claimed_takes_no_lease_away_and_sends_nothing_twice(
    store: SqlStore, machine: Machine, span: timedelta
) -> None:
    courier = Recorder()
    stepped: list[Letter] = []
    taken: list[int] = []

    async def compose(letter: Letter) -> Message | Wait | Silence:
        if not stepped:
            stepped.append(letter)
            machine.step(span)
            machine.passes(HOLD + 5)  # so that even a step ahead is believed, with the lease still held
            swept = await store.outbox.sweep(now=machine.now(), mine=frozenset())
            taken.append(swept["taken back"] + swept["in doubt"])
        return await office.coach.compose(letter)

    office = Office(store, courier, machine.now, compose=compose)
    machine.passes(16 * 60)
    await office.work()
    machine.passes(int(LEASE.total_seconds()) + 60)
    await office.work()
    assert taken == [0]
    assert len(set(courier.keys)) == len(courier.keys) == 5
    assert {row.claims for row in await letters(store.engine)} == {1}


async def test_a_lease_runs_out_by_the_databases_clock_alone(store: SqlStore, machine: Machine) -> None:
    office = Office(store, Recorder(), machine.now)
    machine.passes(16 * 60)
    await office.post.tick()
    served = frozenset({"discord"})
    assert len(await store.outbox.claim(now=machine.now(), platforms=served, limit=9)) == 5
    for now in (machine.now() + 30 * DAY, machine.now() - 30 * DAY):
        swept = await store.outbox.sweep(now=now, mine=frozenset())
        assert (swept["taken back"], swept["in doubt"]) == (0, 0)
    async with store.engine.begin() as connection:
        await connection.execute(
            update(OUTBOX).values(lease_until=OUTBOX.c.lease_until - LEASE.total_seconds() - 1)
        )
    assert (await store.outbox.sweep(now=machine.now(), mine=frozenset()))["taken back"] == 5


ODD_DAYS = [
    pytest.param("America/New_York", 150, date(2027, 3, 14), "2027-03-14T07:30", id="gap"),
    pytest.param("America/New_York", 90, date(2027, 11, 7), "2027-11-07T05:30", id="overlap"),
    pytest.param("America/Santiago", 15, date(2026, 9, 6), "2026-09-06T04:15", id="gap at midnight"),
    pytest.param("Africa/Cairo", 20, date(2027, 4, 30), "2027-04-29T22:20", id="gap at midnight, Cairo"),
    pytest.param("Australia/Lord_Howe", 135, date(2026, 10, 4), "2026-10-03T15:45", id="half an hour's gap"),
    pytest.param("Pacific/Apia", 480, date(2011, 12, 30), "", id="a day that never was"),
    pytest.param("Europe/Berlin", 480, date(2028, 2, 29), "2028-02-29T07:00", id="leap day"),
    pytest.param("Europe/Berlin", 480, date(2027, 1, 1), "2027-01-01T07:00", id="week 53"),
]


@pytest.mark.parametrize(("zone", "minute", "day", "due"), ODD_DAYS)
async def test_every_kind_comes_once_a_local_date_however_long_its_day_is(
    store: SqlStore, zone: str, minute: int, day: date, due: str
) -> None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    slots = tuple(Slot(k, zone, minute, day.weekday() if s.weekly else None) for k, s in SLOTS.items())
    async with store.work(who(0)) as work:
        await work.timetable.keep(slots, now=noon - 3 * DAY, away=False)
    rows = await _through(store, noon - 3 * DAY, noon + 3 * DAY)
    on_the_day = {row.kind: row for row in rows if row.day == day}
    assert Counter((row.kind, row.day) for row in rows).most_common(1)[0][1] == 1
    expected = datetime.fromisoformat(due).replace(tzinfo=UTC) if due else None
    assert {row.due_at for row in on_the_day.values()} == ({expected} if expected else set())
    assert set(on_the_day) == (set(SLOTS) if expected else set())
    for row in rows:
        assert row.due_at.astimezone(ZoneInfo(zone)).date() == row.day
        assert row.dedup_key == dedup_key("town", row.subject, row.kind, Occurrence(row.due_at, row.day))
    daily = {row.day for row in rows if row.kind == "morning"}
    assert {day + n * DAY for n in range(-2, 3)} - {day} <= daily
    if day == date(2027, 1, 1):
        assert on_the_day["review"].dedup_key.endswith("2026-W53")


async def _through(store: SqlStore, start: datetime, end: datetime) -> Sequence[Any]:
    """All letters after a tick every hour."""
    hand = Hand(start)
    office = Office(store, Recorder(), hand)
    while hand.at < end:
        await office.post.tick()
        hand.move(hours=1)
    return await letters(store.engine)


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Lima", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("changed_at", ["08:59", "09:01"])
async def test_a_zone_changed_a_minute_before_or_after_brings_one_letter_for_each_local_date(
    store: SqlStore, zone: str, changed_at: str
) -> None:
    hour, minute = map(int, changed_at.split(":"))
    hand = Hand(START.replace(hour=hour - 3, minute=minute))
    courier = Recorder()
    office = Office(store, courier, hand, compose=_at_once)
    await _keep(store, Slot("morning", "UTC", 540), hand)
    hand.move(hours=3)
    await office.work()
    await _keep(store, Slot("morning", zone, 540), hand)
    for _ in range(3 * 24):
        await office.work()
        hand.move(hours=1)
    rows = await letters(store.engine)
    days = [row.day for row in rows]
    assert len(set(days)) == len(days)
    assert len(set(courier.keys)) == len(courier.keys) == len(rows)
    assert (max(days) - min(days)).days < len(days) <= 4


@pytest.mark.parametrize("minute", [600, 1200, 481])
async def test_an_hour_changed_after_sending_brings_no_second_letter_that_day(
    store: SqlStore, minute: int
) -> None:
    hand = Hand(START.replace(hour=7))
    courier = Recorder()
    office = Office(store, courier, hand, compose=_at_once)
    await _keep(store, Slot("morning", "UTC", 480), hand)
    hand.move(hours=1)
    await office.work()
    assert len(courier.keys) == 1
    await _keep(store, Slot("morning", "UTC", minute), hand)
    for _ in range(30):
        hand.move(minutes=30)
        await office.work()
    assert len(courier.keys) == 1
    for _ in range(30):
        hand.move(hours=1)
        await office.work()
    assert len(courier.keys) == 2


async def _at_once(letter: Letter) -> Message | Wait | Silence:
    """Words without a coach."""
    return message("Good morning.")


async def _keep(store: SqlStore, slot: Slot, hand: Hand) -> None:
    async with store.work(who(0)) as work:
        await work.timetable.keep([slot], now=hand.at, away=False)
