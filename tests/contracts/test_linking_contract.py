"""What every store promises about one person's accounts, also when two of them speak at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import alembic.command
import pytest
from contracts.test_schema import config
from sqlalchemy import Executable, event, func, insert, select
from sqlmodel import SQLModel

from bot.chat.inbound import CommandGiven, CrisisSeen, Place, Sender, TextSaid
from bot.coach import Coach
from bot.content.shipped import shipped
from bot.delivery.model import Slot, State
from bot.delivery.outbox import change
from bot.drills.model import Card, Sitting, Skill
from bot.pace.model import Break, Kind
from bot.pace.policy import first_day
from bot.pace.ports import DayEntry
from bot.plan.model import Booked, Company
from bot.profile.codes import LIFE, digest
from bot.profile.model import Profile
from bot.profile.ports import Linked
from bot.turn import StaleTalk
from storage.engine import open_engine
from storage.faults import StoreFault
from storage.rows import AccountRow, LinkCodeRow, LinkTryRow, OutboxRow, PersonRow, ScheduleRow
from storage.schema import prepare
from storage.store import SqlStore

ME, SLACK, DISCORD = Sender("console", "me"), Sender("slack", "U1", "T1"), Sender("discord", "77")
NOW = datetime(2026, 1, 5, 6, tzinfo=UTC)
DAY = date(2026, 1, 5)
HOUR = timedelta(hours=1)
PROFILE = Profile("staff_backend", DAY, DAY + timedelta(weeks=11), 360, 90, "Europe/Berlin")
MORNING = Slot("morning", "Europe/Berlin", 480)
EVERYWHERE = frozenset({"console", "slack", "discord"})


async def code_of(store: SqlStore, sender: Sender, now: datetime = NOW) -> str:
    async with store.work(sender) as work:
        return await work.accounts.offer(now=now)


async def join(store: SqlStore, sender: Sender, code: str, now: datetime = NOW) -> bool:
    async with store.work(sender) as work:
        offer = await work.accounts.offered(digest(code), now=now)
        return offer is not None and await work.accounts.join(offer, now=now)


@pytest.fixture
async def pair(store: SqlStore) -> SqlStore:
    """Somebody set up on the terminal, with a slot, and Slack joined."""
    async with store.work(ME) as work:
        await work.people.save_profile(PROFILE)
        await work.timetable.keep([MORNING], now=NOW, away=False)
    assert await join(store, SLACK, await code_of(store, ME))
    return store


async def all_of(store: SqlStore, query: Executable) -> list[Any]:
    async with store.engine.connect() as connection:
        return list((await connection.execute(query)).all())


async def count(store: SqlStore, row: type[SQLModel]) -> int:
    (found,) = await all_of(store, select(func.count()).select_from(row))
    return int(found[0])


async def linked(store: SqlStore, sender: Sender) -> list[Linked]:
    async with store.work(sender) as work:
        return list(await work.accounts.linked())


async def test_after_joining_both_accounts_read_and_write_the_same_person(pair: SqlStore):
    async with pair.work(SLACK) as work:
        assert work.known and await work.people.profile() == PROFILE
        await work.people.save_profile(replace(PROFILE, work_hours=20))
        await work.diary.save_day(DayEntry(DAY, contact=True))
    async with pair.work(ME) as work:
        assert await work.people.profile() == replace(PROFILE, work_hours=20)
        assert (await work.diary.day(DAY)).contact
    assert await count(pair, PersonRow) == 1
    assert await linked(pair, SLACK) == await linked(pair, ME) == [Linked(ME, True), Linked(SLACK, False)]


async def test_the_turn_in_which_an_account_joins_goes_on_as_the_person_it_joined(store: SqlStore):
    async with store.work(ME) as work:
        await work.people.save_profile(PROFILE)
    code = await code_of(store, ME)
    async with store.work(SLACK) as work:
        offer = await work.accounts.offered(digest(code), now=NOW)
        assert offer and not offer.mine and offer.platforms == {"console"}
        assert await work.people.profile() is None
        assert await work.accounts.join(offer, now=NOW)
        assert await work.people.profile() == PROFILE
        await work.talks.save_talk(replace(await work.talks.talk(), step="answer"))
    async with store.work(ME) as work:
        assert (await work.talks.talk()).step == "answer"


async def test_nothing_of_what_the_joining_account_had_is_left_in_any_table(store: SqlStore):
    await fill(store, SLACK)
    (mine,) = await all_of(store, select(PersonRow.id).where(PersonRow.platform == "slack"))
    await code_of(store, SLACK)
    async with store.work(ME) as work:
        await work.people.save_profile(PROFILE)
    assert await join(store, SLACK, await code_of(store, ME))
    left = {}
    for table in SQLModel.metadata.sorted_tables:
        for name in {"person_id", "subject"} & set(table.c.keys()):
            rows = await all_of(store, select(func.count()).where(table.c[name] == mine.id))
            left[table.name] = rows[0][0]
    assert len(left) >= 14 and set(left.values()) == {0}


async def fill(store: SqlStore, sender: Sender) -> None:
    """Somebody with something in every table, and a letter that waits."""
    sitting = Sitting("s9", "rate-limiter", "system_design", "edge", Kind.DRILL, DAY, NOW)
    async with store.work(sender) as work:
        await work.people.save_profile(PROFILE)
        await work.diary.save_day(DayEntry(DAY, contact=True))
        await work.diary.save_state(first_day(DAY))
        await work.talks.save_talk(await work.talks.talk())
        await work.agenda.book(Booked("i9", "Beta", "onsite", DAY))
        await work.agenda.save_breaks([Break(DAY, DAY)])
        await work.agenda.save_company(Company("Beta", 1))
        await work.agenda.reach("resume")
        await work.practice.save_sitting(sitting)
        await work.practice.save_card(Card("rate-limiter", 2.0, 5.0, DAY, DAY))
        await work.practice.save_skill(Skill("coding", 0.1, 1))
        await work.timetable.keep([MORNING], now=NOW - 2 * HOUR, away=False)
        await work.accounts.note_wrong(now=NOW)
    await store.outbox.tick(now=NOW + 2 * HOUR, platforms=EVERYWHERE, limit=9, window=timedelta(0))


async def test_a_code_is_kept_as_a_hash_used_up_by_joining_and_over_after_ten_minutes(store: SqlStore):
    code = await code_of(store, ME)
    (row,) = await all_of(store, select(LinkCodeRow))
    assert code not in repr(tuple(row)) and row.digest == digest(code)
    assert not await join(store, SLACK, code, NOW + LIFE)
    assert await join(store, SLACK, code, NOW + LIFE - timedelta(seconds=1))
    assert await count(store, LinkCodeRow) == 0
    assert not await join(store, DISCORD, code)


async def test_two_accounts_that_say_one_code_at_once_do_not_both_join(store: SqlStore):
    async with store.work(ME) as work:
        await work.people.save_profile(PROFILE)
    code = await code_of(store, ME)
    joined = await asyncio.gather(join(store, SLACK, code), join(store, DISCORD, code))
    assert sorted(joined) == [False, True]
    assert await count(store, AccountRow) == 1


async def test_wrong_codes_are_counted_for_an_hour_from_the_first(store: SqlStore):
    async with store.work(SLACK) as work:
        for minutes in (0, 20, 40):
            await work.accounts.note_wrong(now=NOW + timedelta(minutes=minutes))
        assert await work.accounts.wrong_tries(now=NOW + timedelta(minutes=59)) == 3
        assert await work.accounts.wrong_tries(now=NOW + HOUR) == 0
        await work.accounts.note_wrong(now=NOW + HOUR)
        assert await work.accounts.wrong_tries(now=NOW + HOUR) == 1
    async with store.work(DISCORD) as work:
        assert await work.accounts.wrong_tries(now=NOW) == 0


async def test_purging_forgets_old_codes_and_wrong_tries(store: SqlStore):
    await code_of(store, ME)
    async with store.work(SLACK) as work:
        await work.accounts.note_wrong(now=NOW)
    await store.outbox.purge(before=NOW)
    assert (await count(store, LinkCodeRow), await count(store, LinkTryRow)) == (1, 1)
    await store.outbox.purge(before=NOW + HOUR)
    assert (await count(store, LinkCodeRow), await count(store, LinkTryRow)) == (0, 0)


async def test_the_preferred_place_takes_the_timetable_and_what_waits_with_it(pair: SqlStore):
    await pair.outbox.tick(now=NOW + HOUR, platforms=EVERYWHERE, limit=9, window=timedelta(0))
    async with pair.work(ME) as work:
        await work.accounts.prefer("slack")
    assert await linked(pair, ME) == await linked(pair, SLACK) == [Linked(SLACK, False), Linked(ME, True)]
    for row in (ScheduleRow, OutboxRow):
        assert await all_of(pair, select(row.platform, row.tenant)) == [("slack", "T1")]
    assert await pair.outbox.claim(now=NOW + HOUR, platforms={"console"}, limit=9) == []
    (letter,) = await pair.outbox.claim(now=NOW + HOUR, platforms={"slack"}, limit=9)
    assert letter.to == SLACK
    async with pair.work(SLACK) as work:
        await work.accounts.prefer("console")
    assert await linked(pair, SLACK) == [Linked(ME, True), Linked(SLACK, False)]
    assert await count(pair, PersonRow) == 1


async def test_a_letter_in_doubt_is_looked_for_where_it_was_sent(pair: SqlStore):
    at = NOW + HOUR
    await pair.outbox.tick(now=at, platforms=EVERYWHERE, limit=9, window=timedelta(0))
    (letter,) = await pair.outbox.claim(now=at, platforms=EVERYWHERE, limit=9)
    async with pair.work(SLACK) as work:
        await work.accounts.prefer("slack")
    assert await pair.outbox.settle([change(letter, State.DOUBT, not_before=at)], now=at) == [True]
    (doubt,) = await pair.outbox.claim_doubts(now=at, platforms=EVERYWHERE, limit=9)
    assert doubt.to == ME
    async with pair.work(SLACK) as work:
        await work.accounts.leave("console", then="slack", now=at)
    assert await all_of(pair, select(OutboxRow.state, OutboxRow.why)) == [("cancelled", "unlinked")]


async def test_an_account_that_is_taken_off_is_a_stranger_and_letters_go_to_the_rest(pair: SqlStore):
    await pair.outbox.tick(now=NOW + HOUR, platforms=EVERYWHERE, limit=9, window=timedelta(0))
    async with pair.work(SLACK) as work:
        await work.accounts.prefer("slack")
        await work.accounts.leave("slack", then="console", now=NOW)
    async with pair.work(SLACK) as work:
        assert not work.known
    for row in (ScheduleRow, OutboxRow):
        assert await all_of(pair, select(row.platform, row.tenant)) == [("console", "")]
    assert await linked(pair, ME) == [Linked(ME, True)]


async def test_when_the_first_account_is_taken_off_another_one_is_the_first(pair: SqlStore):
    async with pair.work(SLACK) as work:
        await work.accounts.leave("console", then="slack", now=NOW)
    assert await linked(pair, SLACK) == [Linked(SLACK, True)]
    async with pair.work(SLACK) as work:
        assert await work.people.profile() == PROFILE


async def test_a_turn_of_either_account_finds_its_person_in_one_statement(pair: SqlStore):
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    for sender in (ME, SLACK):
        said.clear()
        event.listen(pair.engine.sync_engine, "before_cursor_execute", note)
        async with pair.work(sender):
            pass
        event.remove(pair.engine.sync_engine, "before_cursor_execute", note)
        assert len([s for s in said if not s.startswith(("BEGIN", ";", "select pg"))]) == 1, said


# Two accounts at once. A second store on the same database stands for another process.


@pytest.fixture
async def coaches(pair: SqlStore, database_url: str, sealer: Any) -> Any:
    """The coaches of two processes."""
    other = SqlStore(open_engine(database_url), sealer)
    yield [Coach(s, shipped(), lambda: NOW) for s in (pair, other)]
    await other.close()


def command(sender: Sender, text: str, number: int) -> CommandGiven:
    return CommandGiven(
        sender=sender, place=Place("x"), event_id=f"{sender.platform}-{number}", at=NOW, text=text
    )


@pytest.mark.parametrize("processes", [1, 2])
async def test_turns_of_two_accounts_at_once_are_all_counted(pair: SqlStore, coaches: Any, processes: int):
    happened = [
        coaches[n % processes].handle(command((ME, SLACK)[n % 2], "event life_s", n)) for n in range(10)
    ]
    await asyncio.gather(*happened)
    async with pair.work(ME) as work:
        assert len((await work.diary.day(DAY)).events) == 10


@pytest.mark.parametrize("processes", [1, 2])
async def test_answers_said_on_both_accounts_at_once_are_all_kept(
    pair: SqlStore, coaches: Any, processes: int
):
    await coaches[0].handle(command(ME, "drill", 0))
    parts = [f"part {n}" for n in range(6)]
    await asyncio.gather(
        *(
            coaches[n % processes].handle(
                TextSaid(sender=(ME, SLACK)[n % 2], place=Place("x"), event_id=f"t{n}", at=NOW, text=part)
            )
            for n, part in enumerate(parts)
        )
    )
    async with pair.work(SLACK) as work:
        sitting = await work.practice.current()
    assert sitting is not None and sorted(sitting.answer.split("\n")) == parts


@pytest.mark.parametrize("processes", [1, 2])
async def test_moving_letters_while_the_other_account_speaks_makes_no_second_person(
    pair: SqlStore, coaches: Any, processes: int
):
    for number in range(8):
        place = ("slack", "terminal")[number % 2]
        await asyncio.gather(
            coaches[0].handle(command(ME, f"settings where {place}", 10 * number)),
            coaches[processes - 1].handle(command(SLACK, "today", 10 * number + 1)),
            coaches[0].handle(command(ME, "today", 10 * number + 2)),
        )
    assert (await count(pair, PersonRow), await count(pair, AccountRow)) == (1, 1)


@pytest.mark.parametrize("processes", [1, 2])
async def test_an_account_that_speaks_while_it_joins_is_never_two_people(
    pair: SqlStore, coaches: Any, processes: int
):
    for number in range(6):
        code = await code_of(pair, ME)
        await asyncio.gather(
            coaches[0].handle(command(DISCORD, f"link {code}", 10 * number)),
            coaches[processes - 1].handle(command(DISCORD, "help", 10 * number + 1)),
            coaches[processes - 1].handle(command(DISCORD, "help", 10 * number + 2)),
        )
        assert (await count(pair, PersonRow), await count(pair, AccountRow)) == (1, 2)
        await coaches[0].handle(command(DISCORD, "unlink", 10 * number + 3))


async def test_who_waited_while_the_account_joined_is_heard_as_the_person_it_joined(
    pair: SqlStore, coaches: Any
):
    async with pair.work(DISCORD):
        pass
    code = await code_of(pair, ME)
    async with pair.work(DISCORD) as work:
        waiting = asyncio.create_task(coaches[0].handle(command(DISCORD, "event life_s", 1)))
        await asyncio.sleep(0.2)
        offer = await work.accounts.offered(digest(code), now=NOW)
        assert offer and await work.accounts.join(offer, now=NOW)
    await waiting
    async with pair.work(ME) as work:
        assert len((await work.diary.day(DAY)).events) == 1
    assert await count(pair, PersonRow) == 1


@pytest.mark.parametrize("waits", [ME, SLACK], ids=["old place", "new place"])
async def test_who_waited_while_her_letters_moved_is_still_the_same_person(pair: SqlStore, waits: Sender):
    async def speak() -> bool:
        async with pair.work(waits) as work:
            return work.known

    async with pair.work(SLACK) as work:
        waiting = asyncio.create_task(speak())
        await asyncio.sleep(0.2)
        await work.accounts.prefer("slack")
    assert await waiting
    assert await count(pair, PersonRow) == 1


async def test_two_people_who_say_each_others_code_at_once_are_one_in_the_end(store: SqlStore):
    for who in (ME, SLACK):
        async with store.work(who) as work:
            await work.people.save_profile(PROFILE)
    codes = [await code_of(store, who) for who in (SLACK, ME)]
    joined = await asyncio.gather(
        join(store, ME, codes[0]), join(store, SLACK, codes[1]), return_exceptions=True
    )
    assert joined.count(True) == 1
    assert all(isinstance(one, bool | StoreFault) for one in joined)  # PostgreSQL ends one of the two
    assert (await count(store, PersonRow), await count(store, AccountRow)) == (1, 1)


async def test_quiet_after_a_crisis_on_one_account_refuses_a_late_writer_on_the_other(
    pair: SqlStore, coaches: Any
):
    async with pair.work(SLACK) as work:
        before = await work.talks.talk()
    await coaches[0].handle(
        CrisisSeen(sender=ME, place=Place("x"), event_id="c", at=NOW, rule="wish"),
    )
    with pytest.raises(StaleTalk):
        async with pair.work(SLACK) as work:
            await work.talks.save_talk(replace(before, step="answer"))
    async with pair.work(SLACK) as work:
        assert (await work.talks.talk()).step == "quiet"


async def test_after_the_upgrade_everybody_has_the_one_account_she_had(database_url: str, sealer: Any):
    engine = open_engine(database_url)
    old = {"id": "p", "platform": "slack", "tenant": "T1", "account": "U1", "created_at": NOW}
    async with engine.begin() as connection:
        await connection.run_sync(lambda c: alembic.command.upgrade(config(c), "0003"))
        await connection.execute(insert(PersonRow).values(**old, unreachable=False))
    await prepare(engine)
    store = SqlStore(engine, sealer)
    assert await linked(store, SLACK) == [Linked(SLACK, True)]
    assert [tuple(row) for row in await all_of(store, select(PersonRow.id))] == [("p",)]
    await store.close()
