"""News, offers, the board and recaps of circles on every database: limits, one decision, encryption, leaving and forgetting."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from alembic import command
from contracts.test_schema import config
from sqlalchemy import text

from bot.chat.inbound import Channel, Sender
from bot.circle.model import Circle, Deed, Settings
from bot.circle.news_model import (
    COMPANY,
    WIN,
    Added,
    Notice,
    Offer,
    Rhythm,
    Standing,
    State,
    Week,
)
from bot.drills.model import Drill, Point
from bot.pace.model import Kind
from storage.accounts import forget
from storage.columns import Sealer
from storage.engine import open_engine
from storage.schema import prepare
from storage.store import SqlStore

ADA, BOB = (Sender("slack", f"U{n}", "T1") for n in range(2))
ROOM = Channel("slack", "T1", "C1")
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
MONDAY = date(2026, 1, 5)
DRILL = Drill(
    "own-1", "canary title", "coding", "own", Kind.DRILL, 10, 2, "canary task", (),
    (Point("a", "canary point", 2),), "canary answer", (),
)  # fmt: skip
TABLES = ("circle_notice", "circle_answer", "circle_offer", "circle_rhythm", "circle_recap", "circle_thanks")


async def begun(store: SqlStore) -> None:
    """Ada's circle, and Bob in it."""
    async with store.work(ADA) as work:
        assert await work.circles.create(Circle("c1", "Owls", Settings(), 1), ROOM, "Ada", now=AT)
    async with store.work(BOB) as work:
        assert await work.circles.join("c1", work.circles.me, "Bob", now=AT)


async def tells(store: SqlStore, who: Sender, name: str, kind: str = WIN, at: datetime = AT) -> Added:
    async with store.work(who) as work:
        until = at + timedelta(days=1) if kind == COMPANY else None
        made = Notice("c1", name, kind, work.circles.me, f"canary {name}", True, at, until)
        return await work.circles.notices.add(made)


async def test_a_notice_is_kept_once_and_comes_back_as_it_was(store):
    await begun(store)
    assert await tells(store, ADA, "n1") is Added.NEW
    assert await tells(store, ADA, "n1") is Added.THERE
    async with store.work(ADA) as work:
        found = await work.circles.notices.notice("c1", "n1")
        assert found == await work.circles.notices.newest_of_hers("c1", WIN)
        assert found and (found.text, found.at, found.standing) == ("canary n1", AT, Standing.OPEN)
        assert await work.circles.notices.newest_of_hers("c1", COMPANY) is None


async def test_taken_back_its_words_are_gone_and_it_still_counts_for_the_day(store):
    await begun(store)
    for n in range(3):
        assert await tells(store, ADA, f"n{n}") is Added.NEW
        async with store.work(ADA) as work:
            assert await work.circles.notices.end("c1", f"n{n}", taken_back=True)
            assert not await work.circles.notices.end("c1", f"n{n}", taken_back=True)
            found = await work.circles.notices.notice("c1", f"n{n}")
            assert found and found.text == "" and found.standing is Standing.TAKEN_BACK
    assert await tells(store, ADA, "n3") is Added.ENOUGH_OF_HERS
    assert await tells(store, ADA, "n4", at=AT + timedelta(hours=24)) is Added.NEW


async def test_what_was_told_counts_for_a_day_also_once_she_has_left_and_no_longer_is_kept(store):
    await begun(store)
    for n in range(3):
        assert await tells(store, BOB, f"n{n}") is Added.NEW
    async with store.work(BOB) as work:
        await work.circles.leave("c1", work.circles.me, now=AT)
        assert await work.circles.join("c1", work.circles.me, "Bob", now=AT)
        assert len((await work.archive.everything())["circle_news_counted"]) == 3
    assert await tells(store, BOB, "n3") is Added.ENOUGH_OF_HERS
    await store.posts.purge(now=AT + timedelta(hours=23))
    assert await tells(store, BOB, "n4") is Added.ENOUGH_OF_HERS
    await store.posts.purge(now=AT + timedelta(hours=24))
    async with store.engine.connect() as connection:
        for table in ("told_by_person", "told_in_circle"):
            assert (await connection.execute(text(f"SELECT * FROM {table}"))).all() == [], table


async def test_acts_and_limits_of_before_hold_after_the_upgrade(database_url: str, sealer: Sealer):
    engine = open_engine(database_url)
    kept = {
        "act": sealer.seal({"what": "made Bob an admin"}),
        "news": sealer.seal({"text": "canary"}),
        "at": AT,
    }
    async with engine.begin() as connection:
        await connection.run_sync(lambda c: command.upgrade(config(c), "0015"))
        for statement in (
            "INSERT INTO person (id, platform, tenant, account, created_at, unreachable)"
            " VALUES ('p', 'slack', 'T1', 'U0', :at, false)",
            "INSERT INTO circle (id, version, ended, sealed, created_at) VALUES ('c1', 1, false, :act, :at)",
            "INSERT INTO circle_act (circle_id, place, person_id, at, sealed) VALUES ('c1', 1, 'p', :at, :act)",
            "INSERT INTO circle_notice (circle_id, id, person_id, kind, at, named, standing, sealed)"
            " VALUES ('c1', 'n0', 'p', 'win', :at, true, 'open', :news)",
        ):
            used = {name: value for name, value in kept.items() if f":{name}" in statement}
            await connection.execute(text(statement), used)
    await prepare(engine)
    store = SqlStore(engine, sealer)
    async with store.work(ADA) as work:
        (act,) = await work.circles.acts("c1", limit=9)
        assert act.deed is Deed.ADMIN and act.whom == ""
    found = [await tells(store, ADA, f"n{n}", at=AT) for n in range(1, 4)]
    assert found == [Added.NEW, Added.NEW, Added.ENOUGH_OF_HERS]
    await store.close()


async def test_of_many_at_once_no_more_than_the_circle_takes_are_kept(store):
    await begun(store)
    people = [Sender("slack", f"P{n}", "T1") for n in range(9)]
    for who in people:
        async with store.work(who) as work:
            await work.circles.join("c1", work.circles.me, who.account, now=AT)
    wanted = [tells(store, who, f"{who.account}{n}") for who in people for n in range(3)]
    found = await asyncio.gather(*wanted)
    assert found.count(Added.NEW) == 20 and found.count(Added.ENOUGH_THERE) == 7


async def test_an_open_call_ends_when_its_day_is_over_and_forgets_who_answered(store):
    await begun(store)
    await tells(store, ADA, "c", COMPANY)
    async with store.work(BOB) as work:
        assert await work.circles.notices.answer("c1", "c", now=AT)
        assert not await work.circles.notices.answer("c1", "c", now=AT)
        assert await work.circles.notices.answers("c1", "c") == [work.circles.me]
    until = AT + timedelta(days=1)
    assert await store.posts.moment() == until
    assert await store.posts.overdue(now=until - timedelta(seconds=1), limit=9) == []
    assert await store.posts.overdue(now=until, limit=9) == [("c1", "c")]
    async with store.circle("c1") as about:
        assert await about.circles.notices.end("c1", "c", taken_back=False)
        assert await about.circles.notices.answers("c1", "c") == []
    assert await store.posts.overdue(now=until, limit=9) == [] and await store.posts.moment() is None


async def offer(store: SqlStore, who: Sender = BOB, drill: Drill = DRILL) -> bool:
    async with store.work(who) as work:
        made = Offer("c1", drill.id, work.circles.me, drill.title, True, AT)
        return await work.circles.offers.offer(made, drill)


async def test_an_offered_drill_is_decided_once_and_only_then_in_the_pool(store):
    await begun(store)
    assert await offer(store)
    async with store.circle("c1") as about:
        offers = about.circles.offers
        assert await offers.pool("c1") == [] and await offers.drill("c1", "own-1") == DRILL
        assert await offers.decide("c1", "own-1", State.APPROVED, was=State.WAITING)
        assert not await offers.decide("c1", "own-1", State.DECLINED, was=State.WAITING)
        ((drill, who),) = await offers.pool("c1")
        assert drill == DRILL and who
    async with store.work(ADA) as work:
        assert await work.circles.offers.withdraw("own-1") == []
    async with store.work(BOB) as work:
        assert await work.circles.offers.withdraw("own-1") == ["c1"]
        assert await work.circles.offers.offered("c1") == []


async def test_no_more_than_thirty_wait(store):
    await begun(store)
    found = [await offer(store, drill=replace(DRILL, id=f"own-{n}")) for n in range(31)]
    assert found == [True] * 30 + [False]


async def test_the_board_holds_what_she_put_there_and_a_week_is_counted_once(store):
    await begun(store)
    async with store.work(BOB) as work:
        circles, me = work.circles, await work.circles.member("c1", work.circles.me)
        assert await circles.rhythms.mine() == []
        await circles.change_member("c1", me.person_id, lambda m: m.opting("board", on=True))
        assert await circles.rhythms.mine() == ["c1"]
        assert await circles.rhythms.keep("c1", 9, 12, day=MONDAY)
        assert not await circles.rhythms.keep("c1", 9, 12, day=MONDAY + timedelta(days=1))
        assert await circles.rhythms.shown("c1", since=MONDAY) == [Rhythm(circles.me, 9, 12)]
        assert await circles.rhythms.shown("c1", since=MONDAY + timedelta(days=2)) == []
        week = Week(("coding",), ("cards",), 2, 1, 2, 6, MONDAY, "canary")
        assert await circles.recaps.keep("c1", MONDAY, week, {circles.me: True})
        assert not await circles.recaps.keep("c1", MONDAY, Week(), {})
        assert await circles.recaps.week("c1", MONDAY) == week
        assert await circles.recaps.since("c1", MONDAY) == {MONDAY: week}
        assert await circles.recaps.since("c1", MONDAY + timedelta(days=1)) == {}
        assert await circles.recaps.thanked("c1", MONDAY) == {circles.me: True}
        assert await circles.recaps.unname("c1") == [MONDAY] and await circles.recaps.unname("c1") == []
        assert await circles.recaps.thanked("c1", MONDAY) == {circles.me: False}


async def filled(store: SqlStore) -> None:
    """Bob in every table."""
    await begun(store)
    await tells(store, BOB, "w")
    await tells(store, ADA, "c", COMPANY)
    await offer(store)
    async with store.work(BOB) as work:
        await work.circles.notices.answer("c1", "c", now=AT)
        await work.circles.rhythms.keep("c1", 9, 12, day=MONDAY)
        await work.circles.recaps.keep("c1", MONDAY, Week(pulse="canary"), {work.circles.me: False})


async def counts(store: SqlStore) -> dict[str, int]:
    async with store.engine.connect() as connection:
        asked = {t: await connection.execute(text(f"SELECT count(*) FROM {t}")) for t in TABLES}
        return {t: found.scalar_one() for t, found in asked.items()}


async def test_nothing_of_it_can_be_read_in_the_tables_and_all_of_hers_is_in_her_archive(store):
    await filled(store)
    async with store.engine.connect() as connection:
        for table in TABLES:
            rows = (await connection.execute(text(f"SELECT * FROM {table}"))).all()
            assert rows and "canary" not in repr(rows)
    async with store.work(BOB) as work:
        kept = await work.archive.everything()
    assert kept["circle_news"][0]["text"] == "canary w" and kept["circle_board"][0]["kept"] == 9
    assert kept["circle_offers"][0]["title"] == "canary title"
    assert len(kept["circle_answers"]) == len(kept["circle_thanks"]) == 1


@pytest.mark.parametrize("way", ["leave", "forget"])
async def test_who_leaves_or_is_forgotten_takes_it_all_along_and_the_last_one_the_rest(store, way):
    await filled(store)

    async def go(who: Sender) -> None:
        async with store.work(who) as work:
            if way == "leave":
                await work.circles.leave("c1", work.circles.me, now=AT)
            else:
                await forget(work._session, work._sealer, work.circles.me, now=AT)

    await go(BOB)
    assert await counts(store) == dict.fromkeys(TABLES, 0) | {"circle_notice": 1, "circle_recap": 1}
    await go(ADA)
    assert set((await counts(store)).values()) == {0}
