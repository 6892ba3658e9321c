"""Whoever asks to be left alone hears nothing any more, but what was on its way already."""

from __future__ import annotations

import asyncio
import random
import time
from datetime import timedelta
from typing import Any

import pytest
from faults.office import Hand, Office, Recorder
from faults.town import SCHEDULE, START, letters, settle_people, states, who
from sqlalchemy import delete, select

from bot.chat.inbound import Sender
from bot.chat.message import Message, message
from bot.delivery.gate import Silence
from bot.delivery.kinds import MESSAGES, SLOTS
from bot.delivery.model import Doubtful, Letter, Outcome, State
from storage.columns import Sealer
from storage.rows import DayRow, PaceStateRow, PersonRow, TalkRow
from storage.store import SqlStore

SHE = who(1)
"""Her drill is due, which is sent once more where nobody can look."""
DAYS = 3000


class Slow(Recorder):
    """A courier whose message is under way until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.let_go = asyncio.Event(), asyncio.Event()

    async def send(self, to: Sender, message: Message, *, key: str) -> Outcome:
        """It leaves, and takes its time."""
        self.begun.set()
        await self.let_go.wait()
        return await super().send(to, message, key=key)


@pytest.fixture
async def hand(store: SqlStore, sealer: Sealer) -> Hand:
    """The minute after her drill was due."""
    await settle_people(store.engine, sealer, [1])
    return Hand(START)


async def _days_go_by(office: Office, hand: Hand) -> None:
    for _ in range(12):
        hand.move(hours=7)
        await office.work()


async def test_a_letter_that_waits_is_not_sent_after_the_pause(store: SqlStore, hand: Hand) -> None:
    courier = Recorder()
    office = Office(store, courier, hand)
    await office.post.tick()
    await office.hear(SHE, "pause")
    await _days_go_by(office, hand)
    (row,) = await letters(store.engine)
    assert (row.state, row.why, courier.keys) == ("cancelled", "away", [])


async def test_a_letter_on_its_way_arrives_and_nothing_follows_it(store: SqlStore, hand: Hand) -> None:
    courier = Slow()
    office = Office(store, courier, hand)
    await office.post.tick()
    await office.drain.dispatch()
    await asyncio.wait_for(courier.begun.wait(), 5)
    await office.hear(SHE, "pause")
    courier.let_go.set()
    await _days_go_by(office, hand)
    (row,) = await letters(store.engine)
    assert (row.state, len(courier.keys)) == ("sent", 1)


@pytest.mark.parametrize("window", [timedelta(0), timedelta(seconds=120)], ids=["to look up", "to repeat"])
async def test_a_letter_in_doubt_is_not_sent_again_after_the_pause(
    store: SqlStore, hand: Hand, window: timedelta
) -> None:
    courier = Recorder([Doubtful("reset")], window=window)
    office = Office(store, courier, hand)
    await office.post.tick()
    await office.drain.drain()
    assert states(await letters(store.engine)) == {"doubt": 1}
    await office.hear(SHE, "pause")
    hand.move(seconds=6)
    await office.work()
    await _days_go_by(office, hand)
    (row,) = await letters(store.engine)
    assert (row.state, row.why, len(courier.keys)) == ("cancelled", "away", 1)


async def test_after_she_is_back_the_next_day_speaks_and_the_days_between_stay_silent(
    store: SqlStore, hand: Hand
) -> None:
    courier = Recorder(moment=hand)
    office = Office(store, courier, hand)
    await office.hear(SHE, "pause")
    await _days_go_by(office, hand)
    back = hand.at
    await office.hear(SHE, "back")
    await _days_go_by(office, hand)
    assert courier.arrived
    assert all(at > back for at, _, _ in courier.arrived)


@pytest.mark.parametrize("when", ["before the claim", "before the words"])
async def test_a_person_who_is_deleted_hears_nothing_any_more(store: SqlStore, hand: Hand, when: str) -> None:
    courier = Recorder()
    gone: list[bool] = []

    async def compose(letter: Letter) -> Any:
        if not gone:
            gone.append(True)
            await _delete_her(store)
        return await office.coach.compose(letter)

    office = Office(store, courier, hand, compose=compose)
    await office.post.tick()
    if when == "before the claim":
        gone.append(True)
        await _delete_her(store)
    await _days_go_by(office, hand)
    (row,) = await letters(store.engine)
    assert (row.state, row.sealed, courier.keys) == ("cancelled", None, [])
    assert row.why == "nobody"


async def test_a_letter_on_its_way_does_not_bring_a_deleted_account_back(store: SqlStore, hand: Hand) -> None:
    office = Office(store, Recorder(), hand)
    await office.post.tick()
    (letter,) = await store.outbox.claim(now=hand.at, platforms=frozenset({"discord"}), limit=9)
    await _delete_her(store)
    assert isinstance(await office.coach.compose(letter), Silence)
    async with store.engine.connect() as connection:
        assert (await connection.execute(select(PersonRow.__table__))).all() == []  # type: ignore[attr-defined]


async def _delete_her(store: SqlStore) -> None:
    """As a request for deletion would: everything that is kept of her, and her timetable."""
    tables: Any = [row.__table__ for row in (TalkRow, DayRow, PaceStateRow, PersonRow)]  # type: ignore[attr-defined]
    async with store.engine.begin() as connection:
        for table in [*tables, SCHEDULE]:
            await connection.execute(delete(table))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_in_three_thousand_days_and_events_nothing_passes_the_gate(
    store: SqlStore, sealer: Sealer
) -> None:
    """Letters of every kind, written or not, at any hour; she looks around meanwhile, and stays paused."""
    chance, people, count = random.Random(DAYS), 30, 0
    await settle_people(store.engine, sealer, range(people), kinds=tuple(SLOTS), every_kind=True)
    begun = time.monotonic()
    for n in range(people):
        hand = Hand(START)
        courier = Recorder()
        office = Office(store, courier, hand)
        await office.hear(who(n), "pause")
        for _ in range(DAYS // people):
            hand.move(minutes=chance.randrange(1, 2 * 24 * 60))
            if chance.random() < 0.1:
                await office.hear(who(n), chance.choice(["help", "today", "why", "plan"]))
            verdict = await office.coach.compose(_some_letter(n, hand, chance))
            assert isinstance(verdict, Silence), verdict
            count += 1
        await office.work()
        assert courier.keys == []
    print(f"\n{count} letters, none of them said, {time.monotonic() - begun:.1f} s")
    assert await _due(store) == 0


def _some_letter(n: int, hand: Hand, chance: random.Random) -> Letter:
    said = chance.choice(list(MESSAGES))
    written = chance.random() < 0.3
    return Letter(
        key=f"t:{n}:{hand.at}",
        to=who(n),
        kind=chance.choice(list(SLOTS)),
        day=hand.at.date(),
        due=hand.at,
        expires=hand.at + timedelta(hours=4),
        state=chance.choice([State.SENDING, State.DOUBT]) if written else State.SENDING,
        said=said if written else "",
        message=message("Good morning.") if written else None,
    )


async def _due(store: SqlStore) -> int:
    async with store.engine.connect() as connection:
        rows = (await connection.execute(select(SCHEDULE.c.next_due_at))).scalars()
        return sum(at is not None for at in rows)
