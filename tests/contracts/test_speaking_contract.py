"""Speaking aloud on every database: each person has her own, unreadable in the table, whole in her archive."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text

from bot.chat.inbound import Sender
from bot.speaking.model import Heard, Spoken

ADA, BOB = Sender("slack", "U1", "T1"), Sender("slack", "U2", "T1")
DAY, AT = date(2026, 1, 5), datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
FULL = Spoken("s1", AT, DAY, "canary-story 🙂", 150, True, 2, Heard(370, 3, 5, 1), 4.5)
BARE = Spoken("s2", AT + timedelta(days=1), DAY + timedelta(1), "talk", 60, False)


async def test_what_was_told_comes_back_as_it_was_oldest_first(store):
    async with store.work(ADA) as work:
        await work.speaking.keep(BARE)
        await work.speaking.keep(FULL)
    async with store.work(ADA) as work:
        assert await work.speaking.since(DAY) == [FULL, BARE]
        assert await work.speaking.since(DAY + timedelta(1)) == [BARE]
        assert await work.speaking.one("s1") == FULL


async def test_a_newer_version_takes_the_place_of_the_older(store):
    async with store.work(ADA) as work:
        await work.speaking.keep(BARE)
        await work.speaking.keep(newer := replace(BARE, heard=Heard(140, 0, 0, 0), paused=3.0))
    async with store.work(ADA) as work:
        assert await work.speaking.since(DAY) == [newer]
        await work.speaking.remove(BARE.id)
        assert await work.speaking.one(BARE.id) is None


async def test_nobody_elses_is_read_or_changed(store):
    async with store.work(ADA) as work:
        await work.speaking.keep(FULL)
    async with store.work(BOB) as work:
        assert await work.speaking.since(DAY) == [] and await work.speaking.one("s1") is None
        await work.speaking.remove("s1")
        await work.speaking.keep(replace(FULL, label="his"))
    async with store.work(ADA) as work:
        assert await work.speaking.since(DAY) == [FULL]


async def test_it_cannot_be_read_in_the_table_and_is_in_her_archive(store):
    async with store.work(ADA) as work:
        await work.speaking.keep(FULL)
    async with store.engine.connect() as connection:
        rows = (await connection.execute(text("SELECT * FROM spoken"))).all()
    shown = repr([tuple(row) for row in rows])
    assert rows and "canary" not in shown and "370" not in shown
    async with store.work(ADA) as work:
        (kept,) = (await work.archive.everything())["spoken"]
    assert (kept["label"], kept["seconds"], kept["asked"]) == (FULL.label, 150, 2)
    assert kept["heard"]["words"] == 370 and kept["day"] == "2026-01-05"
