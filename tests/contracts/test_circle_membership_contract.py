"""Membership on every database: nobody is made a member by a late writer, and who leaves hears nothing more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import alembic.command
import pytest
from contracts.test_schema import config
from sqlalchemy import func, select, text

from bot.chat.inbound import Channel, CommandGiven, Place, Sender
from bot.chat.message import message
from bot.circle.model import Circle, Deed, Member, Settings
from bot.coach import Coach
from bot.content.shipped import shipped
from bot.delivery.gate import Silence
from bot.delivery.model import State
from bot.delivery.outbox import change
from bot.pace.ports import DayEntry, Switch
from bot.profile.model import Profile
from storage.accounts import forget
from storage.circle_rows import CircleCodeRow, CircleRow
from storage.engine import open_engine
from storage.rows import OutboxRow, UndeliveredRow
from storage.schema import prepare
from storage.store import SqlStore

ADA, BOB, CARL = (Sender("slack", f"U{n}", "T1") for n in range(3))
ADA_TOO = Sender("discord", "77")
ROOM, OTHER = Channel("slack", "T1", "C1"), Channel("slack", "T1", "C2")
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
DAY = date(2026, 1, 5)
OWLS, LARKS = (Circle(i, name, Settings(), 1) for i, name in (("c1", "Night owls"), ("c2", "Larks")))
PROFILE = Profile("staff_backend", DAY, DAY + timedelta(weeks=11), 360, 90, "Europe/Berlin")
EVERYWHERE = frozenset({"slack", "discord"})


async def begins(store: SqlStore, who: Sender, circle: Circle, room: Channel, name: str = "Ada") -> None:
    async with store.work(who) as work:
        await work.people.save_profile(PROFILE)
        assert await work.circles.create(circle, room, name, now=AT)
        await work.circles.note(circle.id, work.circles.me, Deed.BEGAN, now=AT)


async def joins(store: SqlStore, who: Sender, name: str, circle: Circle = OWLS, minutes: int = 1) -> str:
    async with store.work(who) as work:
        await work.people.save_profile(PROFILE)
        assert await work.circles.join(circle.id, work.circles.me, name, now=AT + timedelta(minutes=minutes))
        return work.circles.me


async def members(store: SqlStore, circle: Circle = OWLS) -> dict[str, Member]:
    async with store.circle(circle.id) as work:
        return {m.name: m for m in await work.circles.members(circle.id)}


async def leaves(store: SqlStore, who: Sender, circle: Circle = OWLS) -> None:
    async with store.work(who) as work:
        await work.circles.leave(circle.id, work.circles.me, now=AT)


async def told(store: SqlStore, to: str, words: str, circle: Circle = OWLS, *, about: str = "x") -> None:
    async with store.circle(circle.id) as work:
        await work.tell(to, message(words), about=about, now=AT)


async def letters(store: SqlStore) -> list[tuple[str, str]]:
    """State and end of the key of every letter."""
    async with store.engine.connect() as connection:
        rows = await connection.execute(select(OutboxRow.state, OutboxRow.dedup_key))  # type: ignore[call-overload]
        return sorted((state, key.rpartition(".")[2]) for state, key in rows)


async def words_left(store: SqlStore) -> int:
    async with store.engine.connect() as connection:
        return int((await connection.execute(select(func.count()).select_from(UndeliveredRow))).scalar_one())


async def test_somebody_who_left_is_not_made_a_member_by_who_changes_her(store: SqlStore):
    await begins(store, ADA, OWLS, ROOM)
    bob = await joins(store, BOB, "Bob")
    async with store.work(ADA) as work:
        await work.circles.leave("c1", bob, now=AT)
        assert await work.circles.change_member("c1", bob, lambda m: replace(m, admin=True)) is None
    assert set(await members(store)) == {"Ada"}


async def test_a_change_is_made_of_how_she_is_now(store: SqlStore):
    await begins(store, ADA, OWLS, ROOM)
    bob = await joins(store, BOB, "Bob")
    async with store.work(BOB) as work:
        await work.circles.change_member("c1", bob, lambda m: m.opting("board", on=True))
        await work.circles.change_member("c1", bob, lambda m: replace(m, name="Robert"))
        await work.circles.change_member("c1", bob, lambda m: m.opting("pairs", on=True))
    (_, robert) = (await members(store)).values()
    assert (robert.name, robert.admin, robert.opted) == ("Robert", False, {"board", "pairs"})


# Two processes: whoever comes second finds what the first did. Only PostgreSQL has them.


class Queue:
    """Turns that wait for one circle, in the order in which they came."""

    def __init__(self, store: SqlStore, others: list[Coach]) -> None:
        self.store, self.coaches = store, others

    async def of(self, *said: tuple[Sender, str]) -> list[str]:
        """What each is answered, when all of them have waited for the circle."""
        waiting: list[asyncio.Task[Any]] = []
        async with self.store.engine.begin() as holding:
            await holding.execute(select(CircleRow.id).where(CircleRow.id == "c1").with_for_update())  # type: ignore[call-overload]
            for number, (who, line) in enumerate(said):
                given = CommandGiven(
                    sender=who,
                    place=Place(ROOM.channel, room=ROOM),
                    event_id=f"{who.account}{line}",
                    at=AT,
                    text=line,
                )
                waiting.append(asyncio.create_task(self.coaches[number].handle(given)))
                while await self._waiting() < len(waiting):
                    await asyncio.sleep(0.02)
        return [str(answer) for answer in await asyncio.gather(*waiting)]

    async def _waiting(self) -> int:
        blocked = "wait_event_type = 'Lock' AND datname = current_database()"
        async with self.store.engine.connect() as connection:
            asked = await connection.execute(text(f"SELECT count(*) FROM pg_stat_activity WHERE {blocked}"))
            return int(asked.scalar_one())


@pytest.fixture
async def queue(store: SqlStore, database_url: str, sealer: Any) -> AsyncIterator[Queue]:
    if database_url.startswith("sqlite"):
        pytest.skip("one file has one program")
    stores = [SqlStore(open_engine(database_url), sealer) for _ in range(2)]
    await begins(store, ADA, OWLS, ROOM)
    await joins(store, BOB, "Bob")
    await joins(store, CARL, "Carl", minutes=2)
    yield Queue(store, [Coach(s, shipped(), lambda: AT) for s in stores])
    for one in stores:
        await one.close()


async def test_an_admin_who_comes_after_she_left_is_told_that_there_is_nobody_of_that_name(queue: Queue):
    left, made = await queue.of((BOB, "circle leave"), (ADA, "circle admin Bob"))
    assert "You have left" in left and "Nobody in **Night owls** is called that" in made
    assert set(await members(queue.store)) == {"Ada", "Carl"}


async def test_who_is_made_admin_while_she_leaves_the_board_is_off_it(queue: Queue):
    async with queue.store.work(BOB) as work:
        await work.circles.change_member("c1", work.circles.me, lambda m: m.opting("board", on=True))
    off, made = await queue.of((BOB, "circle board off"), (ADA, "circle admin Bob"))
    assert "You are off the board" in off and "is an admin" in made
    bob = (await members(queue.store))["Bob"]
    assert bob.admin and bob.opted == frozenset()


async def test_of_two_who_take_one_name_at_once_one_has_it(queue: Queue):
    first, second = await queue.of((CARL, "circle name Zoe"), (ADA, "circle name Zoe"))
    assert "You are *Zoe*" in first and "Pick another one" in second
    assert set(await members(queue.store)) == {"Ada", "Bob", "Zoe"}


async def test_who_becomes_admin_while_she_waits_for_the_circle_is_not_in_the_way(queue: Queue):
    left, off = await queue.of((ADA, "circle leave"), (BOB, "circle board off"))
    assert "You have left" in left and "board" in off
    assert (await members(queue.store))["Bob"].admin


# Letters


async def test_a_letter_in_doubt_and_one_that_waits_end_with_leaving_and_others_stay(store: SqlStore):
    await begins(store, ADA, OWLS, ROOM)
    await begins(store, ADA, LARKS, OTHER)
    bob = await joins(store, BOB, "Bob")
    await joins(store, BOB, "Bob", LARKS)
    await told(store, bob, "Bob, on Tuesday with Ada", about="a")
    (letter,) = await store.outbox.claim(now=AT, platforms=EVERYWHERE, limit=9)
    await store.outbox.settle([change(letter, State.DOUBT, not_before=AT)], now=AT)
    await told(store, bob, "Bob, more", about="b")
    await told(store, bob, "Bob, of the larks", LARKS, about="c")
    await leaves(store, BOB)
    assert await letters(store) == [("cancelled", "a"), ("cancelled", "b"), ("ready", "c")]
    async with store.engine.connect() as connection:
        kept = await connection.execute(text("SELECT count(*) FROM outbox WHERE sealed IS NOT NULL"))
        assert kept.scalar_one() == 1


@pytest.mark.parametrize("state", [State.SENDING, State.DOUBT])
async def test_whoever_is_about_to_say_it_asks_whether_she_is_still_a_member(store: SqlStore, state: State):
    await begins(store, ADA, OWLS, ROOM)
    await told(store, await joins(store, BOB, "Bob"), "Bob, on Tuesday with Ada")
    (letter,) = await store.outbox.claim(now=AT, platforms=EVERYWHERE, limit=9)
    coach = Coach(store, shipped(), lambda: AT + timedelta(hours=4))
    assert not isinstance(await coach.compose(letter._replace(state=state)), Silence)
    await leaves(store, BOB)
    assert await coach.compose(letter._replace(state=state)) == Silence("left")
    missed = change(letter, State.DEAD, why="closed", words_stay=True)
    assert await store.outbox.settle([missed], now=AT) == [False]
    assert await words_left(store) == 0 and await letters(store) == [("cancelled", "x")]


async def test_a_meetings_reminder_is_the_circles_too(store: SqlStore):
    await begins(store, ADA, OWLS, ROOM)
    bob = await joins(store, BOB, "Bob")
    async with store.circle("c1") as work:
        expires = AT + timedelta(hours=1)
        await work.pairs.remind("c1", bob, "meeting", about="m1.1", at=AT, now=AT, expires=expires)
    await leaves(store, BOB)
    assert await letters(store) == [("cancelled", "1")]


async def test_words_that_could_not_be_brought_are_kept_for_each_circle_and_end_with_theirs(store: SqlStore):
    await begins(store, ADA, OWLS, ROOM)
    await begins(store, ADA, LARKS, OTHER)
    bob = await joins(store, BOB, "Bob")
    await joins(store, BOB, "Bob", LARKS)
    for circle in (OWLS, LARKS):
        await told(store, bob, f"Hello from {circle.name}", circle)
    found = await store.outbox.claim(now=AT, platforms=EVERYWHERE, limit=9)
    dead = [change(letter, State.DEAD, why="closed", words_stay=True) for letter in found]
    assert await store.outbox.settle(dead, now=AT) == [True, True]
    assert await words_left(store) == 2
    await leaves(store, BOB)
    async with store.work(BOB) as work:
        (left,) = await work.timetable.undelivered()
        assert left.message == message("Hello from Larks")


async def test_a_letter_that_speaks_of_her_is_taken_back_with_her_and_its_key_tells_nothing(store: SqlStore):
    await begins(store, ADA, OWLS, ROOM)
    bob, carl = await joins(store, BOB, "Bob"), await joins(store, CARL, "Carl")
    async with store.circle("c1") as work:
        ada = (await work.circles.members("c1"))[0].person_id
        for who in (bob, carl):
            await work.circles.tell("c1", ada, message("… is in"), about="in.w1", now=AT, of=who)
    async with store.engine.connect() as connection:
        keys = (await connection.execute(text("SELECT dedup_key FROM outbox"))).scalars().all()
    assert len(keys) == 2 and not any(bob in key or carl in key for key in keys)
    await leaves(store, BOB)
    assert sorted(state for state, _ in await letters(store)) == ["cancelled", "ready"]


@pytest.mark.parametrize("way", ["leaves", "is forgotten"])
async def test_where_the_last_admin_goes_the_next_one_is_told_and_the_log_says_it(store: SqlStore, way: str):
    await begins(store, ADA, OWLS, ROOM)
    await joins(store, BOB, "Bob")
    if way == "leaves":
        await leaves(store, ADA)
    else:
        async with store.work(ADA) as work:
            await forget(work._session, work._sealer, work.circles.me, now=AT)
    (letter,) = await store.outbox.claim(now=AT, platforms=EVERYWHERE, limit=9)
    assert letter.to == BOB and "you are its admin now" in str(letter.message)
    async with store.circle("c1") as work:
        acts = await work.circles.acts("c1", limit=9)
        assert (acts[0].by, acts[0].deed) == ("Bob", Deed.FOLLOWED)


async def test_a_member_without_a_plan_hears_it_too_unless_she_wants_to_be_left_alone(store: SqlStore):
    await begins(store, ADA, OWLS, ROOM)
    async with store.work(BOB) as work:
        assert await work.circles.join("c1", work.circles.me, "Bob", now=AT)
    await leaves(store, ADA)
    (letter,) = await store.outbox.claim(now=AT, platforms=EVERYWHERE, limit=9)
    coach = Coach(store, shipped(), lambda: AT)
    assert "you are its admin now" in str(await coach.compose(letter))
    for switch, heard in ((Switch.PAUSED, False), (Switch.RESUMED, True), (Switch.CRISIS, False)):
        async with store.work(BOB) as work:
            await work.diary.save_day(DayEntry(DAY, contact=True, switch=switch))
        assert isinstance(await coach.compose(letter), Silence) is not heard


async def test_purging_forgets_old_codes_that_bind_channels(store: SqlStore):
    await begins(store, ADA, OWLS, ROOM)
    async with store.work(ADA) as work:
        await work.circles.offer("c1", now=AT)
    for before, left in ((AT, 1), (AT + timedelta(hours=1), 0)):
        await store.outbox.purge(before=before)
        async with store.engine.connect() as connection:
            count = select(func.count()).select_from(CircleCodeRow)
            assert (await connection.execute(count)).scalar_one() == left


async def test_letters_and_words_of_before_know_their_circle_after_the_upgrade(
    database_url: str, sealer: Any
):
    engine = open_engine(database_url)
    person = {"id": "p", "platform": "slack", "tenant": "T1", "account": "U1", "created_at": AT}
    alike = {"tenant": "T1", "subject": "p", "platform": "slack", "kind": "circle", "day": DAY}
    times = {"due_at": AT, "not_before": AT, "expires_at": AT + timedelta(days=7)}
    async with engine.begin() as connection:
        await connection.run_sync(lambda c: alembic.command.upgrade(config(c), "0014"))
        await connection.execute(
            text(
                "INSERT INTO person (id, platform, tenant, account, created_at, unreachable)"
                " VALUES (:id, :platform, :tenant, :account, :created_at, false)"
            ),
            person,
        )
        await connection.execute(
            text(
                "INSERT INTO outbox (dedup_key, tenant, subject, platform, kind, day, due_at, not_before, expires_at,"
                " state, attempts, claims, said, name, resent, receipt, why, version) VALUES ('T1:p:circle:c1.pair.x',"
                " :tenant, :subject, :platform, :kind, :day, :due_at, :not_before, :expires_at, 'dead', 0, 0, 'circle',"
                " '', false, '', '', 1)"
            ),
            alike | times,
        )
        for said, due in (("circle", AT), ("review", AT)):
            await connection.execute(
                text(
                    "INSERT INTO undelivered (subject, said, day, due_at, expires_at, until, name, sealed, shown_in)"
                    " VALUES ('p', :said, :day, :due, :expires, :expires, '', 'x', '')"
                ),
                {"said": said, "day": DAY, "due": due, "expires": AT + timedelta(days=7)},
            )
    await prepare(engine)
    async with engine.connect() as connection:
        letters = (await connection.execute(text("SELECT circle_id FROM outbox"))).all()
        words = (
            await connection.execute(text("SELECT said, circle_id FROM undelivered ORDER BY said"))
        ).all()
    await engine.dispose()
    assert [tuple(x) for x in letters] == [("c1",)]
    assert [tuple(x) for x in words] == [("circle", "c1"), ("review", "")]
