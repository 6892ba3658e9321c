"""Habits and results of drills on every database: each person has her own, and notes cannot be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text

from bot.chat.inbound import Sender
from bot.drills.model import Result, Sitting, Stage
from bot.habits.model import Kept
from bot.pace.model import Kind

ADA, BOB = Sender("slack", "U1", "T1"), Sender("slack", "U2", "T1")
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
DAY = date(2026, 1, 5)


async def test_habits_are_taken_up_once_and_let_go(store):
    async with store.work(ADA) as work:
        await work.habits.take_up("pause", DAY)
        await work.habits.take_up("aloud", DAY + timedelta(1))
        await work.habits.take_up("pause", DAY + timedelta(2))
    async with store.work(BOB) as work:
        assert await work.habits.chosen() == {}
        await work.habits.let_go("pause")
    async with store.work(ADA) as work:
        assert list((await work.habits.chosen()).items()) == [("pause", DAY), ("aloud", DAY + timedelta(1))]
        await work.habits.let_go("pause")
        assert list(await work.habits.chosen()) == ["aloud"]


async def test_a_day_is_kept_once_with_its_newest_note_and_can_be_taken_back(store):
    async with store.work(ADA) as work:
        await work.habits.keep(Kept("pause", DAY, "first"))
        await work.habits.keep(Kept("pause", DAY, "three seconds 🙂"))
        await work.habits.keep(Kept("pause", DAY + timedelta(1)))
    async with store.work(BOB) as work:
        assert await work.habits.kept(DAY, DAY + timedelta(9)) == []
        await work.habits.take_back("pause", DAY)
    async with store.work(ADA) as work:
        kept = await work.habits.kept(DAY, DAY + timedelta(9))
        assert kept == [Kept("pause", DAY, "three seconds 🙂"), Kept("pause", DAY + timedelta(1))]
        assert await work.habits.kept(DAY + timedelta(2), DAY + timedelta(9)) == []
        await work.habits.take_back("pause", DAY)
        assert [k.day for k in await work.habits.kept(DAY, DAY + timedelta(9))] == [DAY + timedelta(1)]


async def test_a_note_cannot_be_read_in_the_table_and_is_in_her_archive(store):
    async with store.work(ADA) as work:
        await work.habits.take_up("pause", DAY)
        await work.habits.keep(Kept("pause", DAY, "canary-note"))
    async with store.engine.connect() as connection:
        rows = (await connection.execute(text("SELECT sealed FROM habit_day"))).all()
    assert rows and "canary-note" not in repr(rows)
    async with store.work(ADA) as work:
        kept = await work.archive.everything()
    assert kept["habits"] == [{"habit": "pause", "since": "2026-01-05"}]
    assert kept["habit_days"] == [{"habit": "pause", "day": "2026-01-05", "note": "canary-note"}]


async def test_results_are_those_with_a_score_oldest_first_with_what_was_expected(store):
    sitting = Sitting("s0", "cache", "coding", "t", Kind.DRILL, DAY, AT, stage=Stage.DONE)
    later = {"day": DAY + timedelta(1), "started": AT + timedelta(1)}
    async with store.work(ADA) as work:
        await work.practice.save_sitting(replace(sitting, id="s2", score=1.0, expected=0.25, **later))
        await work.practice.save_sitting(replace(sitting, id="s1", score=0.5))
        await work.practice.save_sitting(sitting)
        (kept,) = await work.practice.sittings(DAY + timedelta(1))
        assert kept.expected == 0.25
    async with store.work(BOB) as work:
        assert await work.practice.results(DAY) == []
    async with store.work(ADA) as work:
        first, second = await work.practice.results(DAY)
        assert first == Result("cache", "coding", DAY, 0.5)
        assert second == Result("cache", "coding", DAY + timedelta(1), 1.0, 0.25)
        assert await work.practice.results(DAY + timedelta(1)) == [second]
