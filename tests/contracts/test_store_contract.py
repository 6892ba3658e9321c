"""What every store promises, held against each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from cryptography.fernet import Fernet, MultiFernet
from sqlalchemy import text

from bot.chat.inbound import (
    ChoicePicked,
    CommandGiven,
    CrisisSeen,
    FormSent,
    Place,
    Sender,
    TextSaid,
)
from bot.chat.message import option
from bot.chat.talk import Talk
from bot.drills.model import Card, Rating, Sitting, Skill, Stage
from bot.pace.model import Break, Calendar, Checkin, Event, Kind, Morning, PaceProfile
from bot.pace.policy import begin_day, decide, end_day, first_day
from bot.pace.ports import DayEntry, Switch
from bot.plan.model import Booked, Company
from bot.profile.model import Profile
from bot.turn import StaleTalk
from storage.columns import Sealer
from storage.engine import open_engine
from storage.faults import StoreFault
from storage.schema import prepare
from storage.store import SqlStore

WHO = Sender("console", "me")
OTHER = Sender("console", "you")
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
DAY = date(2026, 1, 5)
COMMON = {"sender": WHO, "place": Place("terminal"), "at": AT}
PROFILE = Profile(
    "staff_backend", DAY, DAY + timedelta(weeks=11), 360, 90, "Europe/Berlin", ratings={"coding": 2}
)
SITTING = Sitting("s1", "rate-limiter", "system_design", "edge", Kind.DRILL, DAY, AT)


@pytest.mark.parametrize(
    "inbound",
    [
        TextSaid(event_id="1", text="grüße 🙂", **COMMON),
        CommandGiven(event_id="1", text="plan 2", **COMMON),
        ChoicePicked(event_id="1", key="1:battery:50", **COMMON),
        FormSent(event_id="1", form="search", values=(("track", "sre"),), **COMMON),
        CrisisSeen(event_id="1", rule="wish", **COMMON),
    ],
    ids=lambda i: type(i).__name__,
)
async def test_an_inbound_value_comes_back_as_it_was_until_its_turn_is_finished(store, inbound):
    assert await store.receive(inbound)
    assert await store.unfinished("console") == [inbound]
    async with store.work(WHO) as work:
        await work.finish("1")
    assert await store.unfinished("console") == []


async def test_an_event_is_received_only_once_even_after_it_was_handled(store):
    said = TextSaid(event_id="1", text="hello", **COMMON)
    assert await store.receive(said)
    assert not await store.receive(said)
    async with store.work(WHO) as work:
        await work.finish("1")
    assert not await store.receive(said)


async def test_a_turn_that_was_given_up_is_not_tried_again(store):
    await store.receive(TextSaid(event_id="1", text="hello", **COMMON))
    await store.give_up("1")
    assert await store.unfinished("console") == []


async def test_unfinished_values_come_oldest_first(store):
    for n in (3, 1, 2):
        at = AT + timedelta(minutes=n)
        await store.receive(TextSaid(event_id=str(n), text=str(n), **{**COMMON, "at": at}))
    assert [i.event_id for i in await store.unfinished("console")] == ["1", "2", "3"]


async def test_what_fails_half_way_leaves_nothing_behind(store):
    with pytest.raises(ZeroDivisionError):
        async with store.work(WHO) as work:
            await work.people.save_profile(PROFILE)
            raise ZeroDivisionError
    async with store.work(WHO) as work:
        assert await work.people.profile() is None


async def test_two_people_share_nothing(store):
    async with store.work(WHO) as work:
        await work.people.save_profile(PROFILE)
        await work.diary.save_day(DayEntry(DAY, contact=True))
        await work.practice.save_sitting(SITTING)
        await work.agenda.book(Booked("i1", "Acme", "onsite", DAY))
    async with store.work(OTHER) as work:
        assert await work.people.profile() is None
        assert await work.diary.day(DAY) == DayEntry(DAY)
        assert await work.practice.sittings(DAY) == []
        await work.agenda.unbook("i1")
    async with store.work(WHO) as work:
        assert len(await work.agenda.booked()) == 1


async def test_a_profile_comes_back_whole(store):
    async with store.work(WHO) as work:
        await work.people.save_profile(PROFILE)
    changed = replace(PROFILE, morning=time(6, 45), ratings={"coding": 5, "behavioral": 1})
    async with store.work(WHO) as work:
        assert await work.people.profile() == PROFILE
        await work.people.save_profile(changed)
    async with store.work(WHO) as work:
        assert await work.people.profile() == changed


async def test_a_day_comes_back_whole(store):
    entry = DayEntry(
        DAY, True, Checkin(70, 1, 2, 6.5), (Event.REJECT_ONSITE,), (-150.0,), 62.5, Switch.PAUSED, True
    )
    async with store.work(WHO) as work:
        await work.diary.save_day(entry)
        await work.diary.save_day(replace(entry, swapped=("a", "b")))
    async with store.work(WHO) as work:
        assert await work.diary.day(DAY) == replace(entry, swapped=("a", "b"))
        assert list(await work.diary.days(DAY, DAY + timedelta(days=9))) == [DAY]


async def test_a_pacing_state_comes_back_whole(store):
    calendar, state = Calendar(), first_day(DAY)
    for battery in (70, 30, 50):
        morning = Morning(Checkin(battery, sleep_hours=6.1), (Event.REJECT_SCREEN,), inventory=40.0)
        state, decision = decide(begin_day(state, morning), PaceProfile(600, 90), calendar)
        state = end_day(state, calendar, planned=decision.minutes, sessions=[(45, 6)])
    async with store.work(WHO) as work:
        await work.diary.save_state(state)
    async with store.work(WHO) as work:
        assert await work.diary.state() == state
        await work.diary.forget_state()
        assert await work.diary.state() is None


async def test_a_conversation_comes_back_whole_and_a_late_writer_is_refused(store):
    talk = Talk("answer", {"sitting": "s1"}, (option("Hint", "hint", "s1"),))
    async with store.work(WHO) as work:
        await work.talks.save_talk(talk)
    async with store.work(WHO) as work:
        read = await work.talks.talk()
        assert replace(read, version=0) == talk
        await work.talks.save_talk(replace(read, step="judge"))
    with pytest.raises(StaleTalk):
        async with store.work(WHO) as work:
            await work.talks.save_talk(replace(read, step="late"))
    async with store.work(WHO) as work:
        assert (await work.talks.talk()).step == "judge"


async def test_the_agenda_keeps_interviews_breaks_companies_and_milestones(store):
    booked = [Booked("b", "Zeta", "screen", DAY, time(14)), Booked("a", "Acme", "onsite", DAY + timedelta(3))]
    async with store.work(WHO) as work:
        for interview in reversed(booked):
            await work.agenda.book(interview)
        await work.agenda.save_breaks([Break(DAY, DAY + timedelta(2))])
        await work.agenda.save_company(Company("Acme", 1))
        await work.agenda.save_company(Company("Acme", 3))
        await work.agenda.reach("resume")
        await work.agenda.reach("resume")
    async with store.work(WHO) as work:
        assert list(await work.agenda.booked()) == booked
        assert list(await work.agenda.breaks()) == [Break(DAY, DAY + timedelta(2))]
        assert list(await work.agenda.companies()) == [Company("Acme", 3)]
        assert await work.agenda.reached() == {"resume"}
        await work.agenda.unbook("b")
        await work.agenda.save_breaks([])
        await work.agenda.remove_company("Acme")
    async with store.work(WHO) as work:
        assert list(await work.agenda.booked()) == booked[1:]
        assert list(await work.agenda.breaks()) == list(await work.agenda.companies()) == []


async def test_practice_comes_back_whole(store):
    done = replace(
        SITTING, stage=Stage.DONE, answer="a\nb", met=("x", "~y"), judged=2, minutes=22.0, effort=6.0,
        score=0.7, rating=Rating.GOOD, hints=1,
    )  # fmt: skip
    later = replace(SITTING, id="s2", started=AT + timedelta(hours=1))
    card = Card("rate-limiter", 2.3, 5.1, DAY + timedelta(2), DAY)
    async with store.work(WHO) as work:
        await work.practice.save_sitting(later)
        await work.practice.save_sitting(SITTING)
        await work.practice.save_sitting(done)
        await work.practice.save_card(card)
        await work.practice.save_skill(Skill("coding", 0.4, 3))
        await work.practice.save_difficulty_shift("rate-limiter", -0.2)
    async with store.work(WHO) as work:
        assert list(await work.practice.sittings(DAY)) == [done, later]
        assert await work.practice.current() == later
        assert await work.practice.cards() == {"rate-limiter": card}
        assert await work.practice.skills() == {"coding": Skill("coding", 0.4, 3)}
        assert await work.practice.difficulty_shift("rate-limiter") == pytest.approx(-0.2)
        assert await work.practice.difficulty_shift("other") == 0


async def test_instants_are_kept_in_utc_whatever_zone_they_came_in(store):
    there = timezone(timedelta(hours=5, minutes=30))
    at = datetime(2026, 1, 5, 13, 30, tzinfo=there)
    await store.receive(TextSaid(event_id="1", text="x", **{**COMMON, "at": at}))
    seen = await store.last_seen(WHO)
    assert seen == at
    assert seen.utcoffset() == timedelta(0)
    assert await store.last_seen(OTHER) is None


async def test_a_naive_instant_is_refused(store):
    with pytest.raises((ValueError, Exception), match="time zone"):
        await store.receive(TextSaid(event_id="1", text="x", **{**COMMON, "at": datetime(2026, 1, 5)}))


async def test_the_wrong_key_reads_nothing_and_says_so(store, database_url):
    async with store.work(WHO) as work:
        await work.people.save_profile(PROFILE)
    engine = open_engine(database_url)
    other = SqlStore(engine, Sealer(MultiFernet([Fernet(Fernet.generate_key())])))
    with pytest.raises(StoreFault, match="another key"):
        async with other.work(WHO) as work:
            await work.people.profile()
    await other.close()


async def test_migrating_a_current_database_again_changes_nothing(store, database_url):
    async with store.work(WHO) as work:
        await work.people.save_profile(PROFILE)
    engine = open_engine(database_url)
    await prepare(engine)
    await engine.dispose()
    async with store.work(WHO) as work:
        assert await work.people.profile() == PROFILE


async def test_a_database_newer_than_the_program_is_refused_untouched(store, database_url):
    engine = open_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreFault, match="newer Pacer"):
        await prepare(engine)
    async with engine.begin() as connection:
        kept = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()
    assert kept == "9999"
    await engine.dispose()


async def test_a_database_of_another_program_is_refused_untouched(database_url):
    engine = open_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE invoices (id INTEGER)"))
    with pytest.raises(StoreFault, match="another program"):
        await prepare(engine)
    await engine.dispose()
