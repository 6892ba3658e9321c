"""The drill of the day and the pulse on every database: once a day, one answer a person, one draw a week."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from bot.chat.inbound import Channel, Sender
from bot.circle.group_model import GroupAnswer, GroupDrill, Share
from bot.circle.model import Circle, Settings
from bot.feedback.model import Finding, Verdict
from bot.pace.model import Checkin
from bot.pace.ports import DayEntry
from storage.accounts import forget
from storage.store import SqlStore

PEOPLE = tuple(Sender("slack", f"U{n}", "T1") for n in range(6))
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
DAY, NEXT, WEEK = date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 12)
MET = Finding("ttl", Verdict.MET, "canary-quote")
GONE = Finding("write", Verdict.MISSING)
ANSWER = GroupAnswer("canary-text", (MET, GONE), 12)


@pytest.fixture
async def begun(store: SqlStore) -> SqlStore:
    """A circle of six."""
    async with store.work(PEOPLE[0]) as work:
        circle = Circle("c1", "Owls", Settings(), 1)
        assert await work.circles.create(circle, Channel("slack", "T1", "C1"), "N0", now=AT)
        assert await work.circles.group.begin("c1", GroupDrill(DAY, "d1"))
    for n, who in enumerate(PEOPLE[1:], 1):
        async with store.work(who) as work:
            await work.circles.join("c1", work.circles.me, f"N{n}", now=AT)
    return store


async def answered(store: SqlStore, who: Sender, answer: GroupAnswer = ANSWER) -> None:
    async with store.work(who) as work:
        await work.circles.group.hold("c1")
        await work.circles.group.keep("c1", DAY, answer)


async def test_a_day_has_one_drill_and_what_was_had_is_known(begun: SqlStore):
    async with begun.circle("c1") as work:
        group = work.circles.group
        assert not await group.begin("c1", GroupDrill(DAY, "d2"))
        assert await group.begin("c1", GroupDrill(NEXT, "d3"))
        assert await group.had("c1") == ["d1", "d3"]
        await group.reveal("c1", DAY)
        assert await group.drill("c1", DAY) == GroupDrill(DAY, "d1", revealed=True)
        assert await group.unrevealed("c1") == [GroupDrill(NEXT, "d3")]
        assert await group.between("c1", NEXT, WEEK) == [GroupDrill(NEXT, "d3")]
        assert await group.drill("c1", WEEK) is None


async def test_the_circle_reads_what_landed_of_those_who_share_and_only_she_reads_the_rest(begun: SqlStore):
    await answered(begun, PEOPLE[0])
    await answered(begun, PEOPLE[1], GroupAnswer("t", (MET, GONE), share=Share.NAMED))
    await answered(begun, PEOPLE[1], GroupAnswer("late", (MET,), late=True))
    async with begun.circle("c1") as work:
        assert await work.circles.group.count("c1", DAY) == 2
        (shared,) = await work.circles.group.shared("c1", DAY)
        assert shared.named and shared.landed == (MET,)
    async with begun.work(PEOPLE[0]) as work:
        assert await work.circles.group.mine("c1", DAY, late=False) == ANSWER
        assert await work.circles.group.mine("c1", DAY, late=True) is None
        kept = await work.archive.everything()
        assert kept["circle_answers_to_drills"][0]["text"] == "canary-text"
    async with begun.engine.connect() as connection:
        rows = (await connection.execute(text("SELECT * FROM circle_drill_answer"))).all()
        assert len(rows) == 3 and "canary" not in repr(rows)


async def test_two_answers_of_one_person_at_once_are_one(begun: SqlStore):
    await asyncio.gather(*(answered(begun, PEOPLE[2]) for _ in range(4)))
    async with begun.circle("c1") as work:
        assert await work.circles.group.count("c1", DAY) == 1


async def test_leaving_and_forgetting_take_answer_and_pulse_away(begun: SqlStore):
    for who in PEOPLE[:3]:
        await answered(begun, who)
        async with begun.work(who) as work:
            await work.circles.pulses.opt("c1", DAY)
    async with begun.work(PEOPLE[0]) as work:
        await work.circles.leave("c1", work.circles.me, now=AT)
    async with begun.work(PEOPLE[1]) as work:
        await forget(work._session, work._sealer, work.circles.me, now=AT)
    async with begun.circle("c1") as work:
        assert await work.circles.group.count("c1", DAY) == 1
    async with begun.engine.connect() as connection:
        assert len((await connection.execute(text("SELECT * FROM circle_pulse_yes"))).all()) == 1


async def test_a_week_is_drawn_once_however_many_ask_at_once(begun: SqlStore):
    for who in PEOPLE:
        async with begun.work(who) as work:
            await work.circles.pulses.opt("c1", DAY)
            await work.circles.pulses.opt("c1", NEXT)
            assert await work.circles.pulses.since("c1") == DAY
            for n in range(3):
                day = date(2026, 1, 12 + n)
                await work.diary.save_day(DayEntry(day, checkin=Checkin(battery=90)))

    async def drawn() -> object:
        async with begun.circle("c1") as work:
            return await work.circles.pulses.weigh("c1", WEEK, today=date(2026, 1, 19))

    found = await asyncio.gather(*(drawn() for _ in range(6)))
    assert len(set(found)) == 1 and found[0].band is not None
    async with begun.engine.connect() as connection:
        assert len((await connection.execute(text("SELECT * FROM circle_pulse"))).all()) == 1
    async with begun.circle("c1") as work:
        with pytest.raises(ValueError, match="once it is over"):
            await work.circles.pulses.weigh("c1", date(2026, 1, 19), today=date(2026, 1, 20))
        assert await work.circles.pulses.kept("c1", date(2026, 1, 19)) is None


async def test_whoever_said_no_is_not_in_the_week_although_her_days_are_there(begun: SqlStore):
    for n, who in enumerate(PEOPLE):
        async with begun.work(who) as work:
            await work.circles.pulses.opt("c1", DAY)
            if n < 2:
                await work.circles.pulses.opt("c1", None)
            for day in range(12, 16):
                await work.diary.save_day(DayEntry(date(2026, 1, day), checkin=Checkin(battery=90)))
    async with begun.circle("c1") as work:
        assert (await work.circles.pulses.weigh("c1", WEEK, today=date(2026, 1, 19))).band is None
