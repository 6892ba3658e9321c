"""Pairs on every database: what is kept comes back, is encrypted, is hers to take along, and goes when she goes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from alembic import command
from alembic.config import Config
from contracts.test_schema import config
from sqlalchemy import text

from bot.chat.inbound import Channel, Sender
from bot.circle.model import Circle, Settings
from bot.drills.formats import Format
from bot.pairing.arranged import Arranged, Asked, Asking, Met, Part, Seat, Stage, rates_of, view
from bot.pairing.model import Battery, Earlier, Engagement, Free, Wish
from bot.pairing.ratings import Rate, Side
from bot.pairing.rematch import Reply
from bot.profile.model import Profile
from storage.accounts import forget
from storage.engine import open_engine

ADA, BOB = (Sender("slack", f"U{n}", "T1") for n in range(2))
ROOM = Channel("slack", "T1", "C1")
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
WEEK = date(2026, 1, 5)
TABLES = ("pair_wish", "pair_meeting", "pair_seat")


async def two(store) -> tuple[str, str]:
    """A circle of two; their ids."""
    async with store.work(ADA) as work:
        assert await work.circles.create(Circle("c1", "Owls", Settings(), 1), ROOM, "Ada", now=AT)
        ada = work.circles.me
    async with store.work(BOB) as work:
        assert await work.circles.join("c1", work.circles.me, "Bob", now=AT)
        return ada, work.circles.me


def wish(person: str) -> Wish:
    return Wish(
        person,
        (Format.DESIGN, Format.CASE),
        4,
        "canary-track",
        "Europe/Berlin",
        (Free(1, 1080, 1200),),
        Battery.LOW,
        False,
        interview_days=frozenset({date(2026, 1, 9)}),
    )


def meeting(ada: str, bob: str) -> Arranged:
    one = Seat(
        ada,
        0,
        Reply.NOT_HER_TIMES,
        (AT, AT + timedelta(days=1)),
        Met.YES,
        {view(0, Side.CANDIDATE): {"asked": 3}},
        ("drill-1",),
    )
    parts = (Part(0, 1, Format.DESIGN, 45, "drill-1"), Part(1, 0, Format.CASE, 45))
    return Arranged(
        "m1",
        "c1",
        WEEK,
        AT,
        Stage.AGREED,
        (one, Seat(bob, 1)),
        parts,
        90,
        (AT,),
        AT + timedelta(hours=3),
        True,
    )


async def test_wishes_and_meetings_come_back_as_they_were(store):
    ada, bob = await two(store)
    asked = Asked(ada, WEEK, Asking.WANTS, wish(ada), owed=True)
    async with store.work(ADA) as work:
        assert await work.pairs.all_asked("c1") == []
        await work.pairs.keep_asked("c1", [replace(asked, owed=False)])
        await work.pairs.keep_asked("c1", [asked, Asked(bob, WEEK, Asking.NOT_NOW, None)])
        await work.pairs.keep_meeting(meeting(ada, bob))
        await work.pairs.keep_meeting(meeting(ada, bob))
    async with store.circle("c1") as work:
        assert asked in await work.pairs.all_asked("c1")
        assert [a.person for a in await work.pairs.all_asked("c1")] == sorted((ada, bob))
        found = await work.pairs.meeting("m1")
        assert found == meeting(ada, bob)
        assert rates_of(found.seats[0], 0, Side.CANDIDATE) == {"asked": Rate.PARTLY + 1}
        assert await work.pairs.meetings("c1", since=WEEK) == [found]
        assert await work.pairs.meetings("c1", since=WEEK + timedelta(days=7)) == []
        assert await work.pairs.earlier("c1", since=WEEK) == [Earlier(WEEK, tuple(sorted((ada, bob))))]
        assert (
            await work.pairs.seen((ada, bob)) == {"drill-1"} and await work.pairs.seen((bob,)) == frozenset()
        )
        assert await work.pairs.addresses((ada, bob)) == {ada: [ADA], bob: [BOB]}
        await work.pairs.forget("c1", before=WEEK)
        assert await work.pairs.meeting("m1") == found
        await work.pairs.forget("c1", before=WEEK + timedelta(days=7))
        assert await work.pairs.meeting("m1") is None


async def test_hours_energy_and_what_was_rated_cannot_be_read_in_the_tables_and_are_in_her_archive(store):
    ada, bob = await two(store)
    async with store.work(ADA) as work:
        await work.pairs.keep_asked("c1", [Asked(ada, WEEK, Asking.WANTS, wish(ada))])
        await work.pairs.keep_meeting(meeting(ada, bob))
    async with store.engine.connect() as connection:
        for table in TABLES:
            rows = repr((await connection.execute(text(f"SELECT * FROM {table}"))).all())
            assert len(rows) > 9 and not any(
                w in rows for w in ("canary", "1080", "design", "asked", "no_show")
            )
    async with store.work(ADA) as work:
        kept = await work.archive.everything()
    (hers,) = kept["mock_interviews"]
    assert hers["rated"] == {"0.candidate": {"asked": 3}} and bob not in repr(kept)
    assert kept["pair_wishes"][0]["wish"]["free"] == [{"weekday": 1, "start": 1080, "end": 1200}]


async def test_leaving_or_being_forgotten_takes_her_out_of_every_meeting(store):
    ada, bob = await two(store)
    async with store.work(ADA) as work:
        for person in (ada, bob):
            await work.pairs.keep_asked("c1", [Asked(person, WEEK, Asking.WANTS, wish(person))])
        await work.pairs.keep_meeting(meeting(ada, bob))
        await work.circles.leave("c1", bob, now=AT)
        left = await work.pairs.meeting("m1")
        assert (
            left and left.people == (ada,) and [a.person for a in await work.pairs.all_asked("c1")] == [ada]
        )
        assert await work.pairs.earlier("c1", since=WEEK) == []
    async with store.work(ADA) as work:
        await forget(work._session, work._sealer, ada, now=AT)
    async with store.engine.connect() as connection:
        for table in TABLES:
            assert (await connection.execute(text(f"SELECT * FROM {table}"))).all() == []


async def test_of_two_who_change_a_meeting_at_once_the_second_sees_what_the_first_did(store):
    ada, bob = await two(store)
    async with store.work(ADA) as work:
        await work.pairs.keep_meeting(replace(meeting(ada, bob), seats=(Seat(ada, 0), Seat(bob, 1))))

    async def pick(who: Sender, person: str) -> int:
        async with store.work(who) as work:
            await work.pairs.hold("c1")
            found = await work.pairs.meeting("m1")
            seats = tuple(replace(s, picks=(AT,)) if s.person == person else s for s in found.seats)
            await asyncio.sleep(0.02)
            await work.pairs.keep_meeting(replace(found, seats=seats))
            return len(replace(found, seats=seats).suits_all())

    assert sorted(await asyncio.gather(pick(ADA, ada), pick(BOB, bob))) == [0, 1]


async def test_a_letter_that_is_put_on_comes_due_to_her_once(store):
    ada, _ = await two(store)
    async with store.circle("c1") as work:
        for _ in range(2):
            hour = AT + timedelta(hours=1)
            await work.pairs.remind("c1", ada, "meeting", about="m1", at=AT, now=AT, expires=hour)
        await work.pairs.remind("c1", "nobody", "meeting", about="m1", at=AT, now=AT, expires=hour)
    (letter,) = await store.outbox.claim(now=AT, platforms={"slack"}, limit=9)
    assert (letter.to, letter.kind, letter.key.rpartition(":")[2]) == (ADA, "meeting", "m1")


async def test_a_word_is_kept_for_each_week_and_old_ones_go_but_for_the_newest(store):
    ada, bob = await two(store)
    weeks = [WEEK + timedelta(weeks=n) for n in range(3)]
    async with store.work(ADA) as work:
        await work.pairs.keep_asked("c1", [Asked(ada, week, Asking.WANTS, wish(ada)) for week in weeks])
        await work.pairs.keep_asked("c1", [Asked(bob, WEEK, Asking.NOT_NOW, None)])
        await work.pairs.keep_asked("c1", [])
        hers = [a.week for a in await work.pairs.all_asked("c1") if a.person == ada]
        assert hers == weeks
        await work.pairs.forget_asked("c1", before=weeks[1])
        left = {(a.person, a.week) for a in await work.pairs.all_asked("c1")}
        assert left == {(ada, weeks[1]), (ada, weeks[2]), (bob, WEEK)}


async def test_how_many_were_put_together_is_kept_once_and_goes_with_its_week(store):
    await two(store)
    async with store.circle("c1") as work:
        assert await work.pairs.count("c1", WEEK) is None
        await work.pairs.keep_count("c1", WEEK, 6)
        await work.pairs.keep_count("c1", WEEK, 4)
        assert await work.pairs.count("c1", WEEK) == 6
        await work.pairs.forget("c1", before=WEEK + timedelta(days=7))
        assert await work.pairs.count("c1", WEEK) is None


async def test_agreed_hours_are_known_across_circles_until_they_are_over(store):
    ada, bob = await two(store)
    agreed = meeting(ada, bob)
    hours = Engagement(agreed.begins, agreed.begins + agreed.length)
    async with store.work(BOB) as work:
        await work.pairs.keep_meetings([])
        await work.pairs.keep_meetings([agreed, replace(agreed, id="m2", stage=Stage.OPEN, begins=None)])
        assert dict(await work.pairs.engaged([ada], since=AT)) == {ada: [hours]}
        assert dict(await work.pairs.engaged([bob], since=hours.ends)) == {}
        assert dict(await work.pairs.engaged([], since=AT)) == {}


async def test_a_zone_is_read_as_it_is_in_her_settings_now(store):
    ada, bob = await two(store)
    async with store.work(ADA) as work:
        day = AT.date()
        for zone in ("Europe/Berlin", "America/New_York"):
            await work.people.save_profile(Profile("backend", day, day, 60, 10, zone))
        assert await work.pairs.zones([ada, bob]) == {ada: "America/New_York"}


async def test_what_people_asked_for_before_words_had_weeks_is_theirs_afterwards_and_back_again(database_url):
    engine = open_engine(database_url)
    asked = "SELECT person_id, week, sealed FROM pair_wish ORDER BY person_id, week"

    async def move(to: Callable[[Config, str], None], revision: str) -> None:
        async with engine.begin() as connection:
            await connection.run_sync(lambda c: to(config(c), revision))

    async def read() -> list[tuple[str, str, str]]:
        async with engine.connect() as connection:
            return [(p, str(w), s) for p, w, s in await connection.execute(text(asked))]

    await move(command.upgrade, "0017")
    async with engine.begin() as connection:
        for person in ("ada", "bob"):
            account = f"'{person}', 'slack', 'T1', '{person}', '2026-01-05 08:00:00', false"
            columns = "id, platform, tenant, account, created_at, unreachable"
            await connection.execute(text(f"INSERT INTO person ({columns}) VALUES ({account})"))
        await connection.execute(
            text(
                "INSERT INTO circle (id, version, ended, sealed, created_at) "
                "VALUES ('c1', 1, false, 'x', '2026-01-05 08:00:00')"
            )
        )
        for person in ("ada", "bob"):
            wish = f"'c1', '{person}', '2026-01-05', 'hers {person}'"
            columns = "circle_id, person_id, week, sealed"
            await connection.execute(text(f"INSERT INTO pair_wish ({columns}) VALUES ({wish})"))
    await move(command.upgrade, "0018")
    before = [("ada", "2026-01-05", "hers ada"), ("bob", "2026-01-05", "hers bob")]
    assert await read() == before
    async with engine.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO pair_wish (circle_id, person_id, week, sealed) "
                "VALUES ('c1', 'ada', '2026-01-12', 'newer')"
            )
        )
    assert len(await read()) == 3
    await move(command.downgrade, "0017")
    assert await read() == [("ada", "2026-01-12", "newer"), before[1]]
    await engine.dispose()
