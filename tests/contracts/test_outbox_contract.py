"""What the timetable and the outbox promise, held against each database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet, MultiFernet
from sqlalchemy import insert, select, update

from bot.chat.inbound import Place, Sender, TextSaid
from bot.chat.message import Message, message
from bot.delivery.kinds import SLOTS
from bot.delivery.model import Change, Letter, Slot, State, Ticked, Undelivered
from bot.delivery.outbox import MOST_FAULTS, change
from bot.delivery.ports import LostLease
from bot.delivery.recurrence import spread
from bot.turn import Answer
from storage.columns import Sealer
from storage.engine import open_engine
from storage.rows import OutboxRow, PersonRow, ScheduleRow, UndeliveredRow
from storage.settle import GIVE_UP_AFTER
from storage.store import SqlStore
from storage.tick import VERSION

PERSON, SCHEDULE, OUTBOX, UNDELIVERED = (
    row.__table__  # type: ignore[attr-defined]
    for row in (PersonRow, ScheduleRow, OutboxRow, UndeliveredRow)
)
HERE = frozenset({"console"})
WHO = Sender("console", "me", "team")
NOW = datetime(2026, 1, 5, 6, tzinfo=UTC)  # a Monday, 7:00 in Berlin
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NONE = timedelta(0)
MORNING = Slot("morning", "Europe/Berlin", 480)
FOUR = (
    MORNING,
    Slot("evening", "Europe/Berlin", 1200),
    Slot("drill", "Europe/Berlin", 1050),
    Slot("review", "Europe/Berlin", 1080, 1),
)
WORDS = message("Good morning.")
Sql = Callable[[Any], Awaitable[list[Any]]]


@pytest.fixture
async def sql(store: SqlStore, database_url: str) -> AsyncIterator[Sql]:
    """Statements run past the store, as an operator or an accident would."""
    engine = open_engine(database_url)

    async def run(statement: Any) -> list[Any]:
        async with engine.begin() as connection:
            done = await connection.execute(statement)
            return list(done.all()) if done.returns_rows else []

    yield run
    await engine.dispose()


async def keep(
    store: SqlStore, *slots: Slot, who: Sender = WHO, now: datetime = NOW, away: bool = False
) -> None:
    async with store.work(who) as work:
        await work.timetable.keep(slots, now=now, away=away)


async def tick(store: SqlStore, now: datetime, *, limit: int = 100, window: timedelta = NONE) -> Ticked:
    return await store.outbox.tick(now=now, platforms=HERE, limit=limit, window=window)


async def claim(store: SqlStore, now: datetime, *, limit: int = 100) -> list[Letter]:
    return await store.outbox.claim(now=now, platforms=HERE, limit=limit)


async def claimed_morning(store: SqlStore, *, now: datetime = NOW, who: Sender = WHO) -> Letter:
    """The one letter of a morning slot, just claimed."""
    await keep(store, MORNING, who=who, now=now)
    await tick(store, now + 2 * HOUR)
    (letter,) = await claim(store, now + 2 * HOUR)
    return letter


async def compose(store: SqlStore, letter: Letter, words: Message = WORDS) -> None:
    async with store.work(WHO) as work:
        await work.timetable.compose(letter, words, said="check-in", name="n1", expires=letter.expires)


async def settle(store: SqlStore, *changes: Change, now: datetime = NOW + 3 * HOUR) -> list[bool]:
    return await store.outbox.settle(changes, now=now)


async def letters(sql: Sql) -> list[Any]:
    return await sql(select(OUTBOX).order_by(OUTBOX.c.dedup_key))


async def due_times(sql: Sql) -> list[datetime | None]:
    return [row.next_due_at for row in await sql(select(SCHEDULE).order_by(SCHEDULE.c.kind))]


# The tick


async def test_after_three_days_down_each_kind_gets_one_letter_and_its_next_time_lies_ahead(
    store: SqlStore, sql: Sql
) -> None:
    await keep(store, *FOUR)
    late = NOW + 3 * DAY + 2 * HOUR  # Thursday, 9:00 in Berlin
    assert await tick(store, late) == Ticked(due=4, written=4, missed=3 + 2 + 2)
    found = {row.kind: row for row in await letters(sql)}
    assert set(found) == set(SLOTS)
    assert {kind: row.day for kind, row in found.items()} == {
        "morning": date(2026, 1, 8),
        "evening": date(2026, 1, 7),
        "drill": date(2026, 1, 7),
        "review": date(2026, 1, 6),
    }
    assert {kind: row.state for kind, row in found.items()} == {
        "morning": "ready",
        "evening": "expired",
        "drill": "expired",
        "review": "expired",
    }
    assert all(at and late < at <= late + 6 * DAY for at in await due_times(sql))
    assert await tick(store, late) == Ticked()


async def test_nothing_is_due_before_its_time_nor_twice_at_it(store: SqlStore, sql: Sql) -> None:
    await keep(store, MORNING)
    assert await tick(store, NOW + HOUR - timedelta(seconds=1)) == Ticked()
    assert (await tick(store, NOW + HOUR)).written == 1
    assert await tick(store, NOW + HOUR) == Ticked()
    (row,) = await letters(sql)
    assert (row.dedup_key.split(":")[0], row.kind, row.due_at) == ("team", "morning", NOW + HOUR)


async def test_letters_are_spread_by_their_key_and_inside_the_window(store: SqlStore, sql: Sql) -> None:
    window = timedelta(minutes=5)
    for n in range(6):
        await keep(store, MORNING, who=Sender("console", str(n)))
    await tick(store, NOW + HOUR, window=window)
    rows = await letters(sql)
    assert all(row.not_before == row.due_at + spread(row.dedup_key, window) for row in rows)
    assert len({row.not_before for row in rows}) == 6


async def test_a_tick_takes_no_more_than_its_limit_and_the_longest_due_first(
    store: SqlStore, sql: Sql
) -> None:
    for n in range(5):
        await keep(store, Slot("morning", "UTC", 480 + n), who=Sender("console", str(n)))
    found = [(await tick(store, NOW + 9 * HOUR, limit=2)).due for _ in range(4)]
    assert found == [2, 2, 1, 0]
    assert len(await letters(sql)) == 5


async def test_two_ticks_at_once_write_every_letter_once(
    store: SqlStore, database_url: str, sealer: Sealer
) -> None:
    for n in range(30):
        await keep(store, *FOUR, who=Sender("console", str(n)))
    other = SqlStore(open_engine(database_url), sealer)
    try:
        now = NOW + 3 * DAY + 2 * HOUR
        ticks = [tick(s, now, limit=20) for s in (store, other) for _ in range(4)]
        found = await asyncio.gather(*ticks)
        rest = await tick(store, now, limit=500)
        assert sum(t.due for t in found) + rest.due == 120
        assert sum(t.written for t in found) + rest.written == 120
        claims = await asyncio.gather(*(claim(s, now, limit=9) for s in (store, other) for _ in range(3)))
        keys = [letter.key for batch in claims for letter in batch]
        assert len(keys) == len(set(keys)) <= 30
    finally:
        await other.close()


@pytest.mark.parametrize(
    "moved", [Slot("morning", "Europe/Berlin", 600), Slot("morning", "America/Lima", 480)]
)
async def test_a_zone_or_hour_changed_on_the_same_day_sends_no_second_letter(
    store: SqlStore, sql: Sql, moved: Slot
) -> None:
    letter = await claimed_morning(store)
    await settle(store, change(letter, State.SENT, receipt="r1"))
    await keep(store, moved, now=NOW + 2 * HOUR)
    (due,) = await due_times(sql)
    assert due is not None
    assert due.date() == letter.day
    await tick(store, due)
    (row,) = await letters(sql)
    assert (row.state, row.receipt) == ("sent", "r1")
    assert await claim(store, due) == []


async def test_an_unchanged_slot_keeps_its_time_and_one_no_longer_wanted_takes_its_letter_along(
    store: SqlStore, sql: Sql
) -> None:
    await keep(store, *FOUR)
    before = await due_times(sql)
    await keep(store, *FOUR, now=NOW + 6 * DAY)
    assert await due_times(sql) == before
    await tick(store, NOW + 2 * HOUR)
    await keep(store, *FOUR[1:], now=NOW + 2 * HOUR)
    (row,) = await letters(sql)
    assert (row.state, row.why) == ("cancelled", "unwanted")
    assert len(await due_times(sql)) == 3


# Pause and return


async def test_a_pause_cancels_what_waits_and_stops_the_timetable_in_one_commit(
    store: SqlStore, sql: Sql
) -> None:
    await keep(store, *FOUR)
    await tick(store, NOW + 2 * HOUR)
    with pytest.raises(ZeroDivisionError):
        async with store.work(WHO) as work:
            await work.timetable.keep(FOUR, now=NOW, away=True)
            raise ZeroDivisionError
    assert [row.state for row in await letters(sql)] == ["ready"]
    assert None not in await due_times(sql)
    await keep(store, *FOUR, now=NOW + 2 * HOUR, away=True)
    assert [(row.state, row.why) for row in await letters(sql)] == [("cancelled", "away")]
    assert await due_times(sql) == [None] * 4
    assert await tick(store, NOW + 30 * DAY) == Ticked()
    assert await claim(store, NOW + 30 * DAY) == []


async def test_coming_back_restores_the_timetable_and_revives_no_letter(store: SqlStore, sql: Sql) -> None:
    await keep(store, *FOUR)
    before = await due_times(sql)
    await tick(store, NOW + 2 * HOUR)
    await keep(store, *FOUR, now=NOW + 2 * HOUR, away=True)
    await keep(store, *FOUR, now=NOW + 3 * HOUR)
    after = await due_times(sql)
    moved = [b - a for a, b in zip(before, after, strict=True) if a and b]
    assert moved == [NONE, NONE, DAY, NONE]  # drill, evening, the morning that was missed, review
    assert [row.state for row in await letters(sql)] == ["cancelled"]


async def test_words_that_wait_are_forgotten_with_a_pause(store: SqlStore, sql: Sql) -> None:
    letter = await claimed_morning(store)
    await compose(store, letter)
    await settle(store, change(letter, State.READY, not_before=NOW + 3 * HOUR))
    await keep(store, MORNING, now=NOW + 2 * HOUR, away=True)
    (row,) = await letters(sql)
    assert (row.state, row.sealed, row.settled_at) == ("cancelled", None, NOW + 2 * HOUR)


async def test_a_letter_already_under_way_survives_a_pause(store: SqlStore) -> None:
    letter = await claimed_morning(store)
    await keep(store, MORNING, now=NOW + 2 * HOUR, away=True)
    assert await settle(store, change(letter, State.SENT)) == [True]


# Claims


async def test_letters_are_claimed_the_longest_waiting_first_and_only_once(store: SqlStore) -> None:
    for n in (3, 1, 4, 0, 2):
        await keep(store, Slot("morning", "UTC", 480 + n), who=Sender("console", str(n)))
    await tick(store, NOW + 3 * HOUR)
    assert await claim(store, NOW + HOUR) == []  # none is due yet
    found = [await claim(store, NOW + 3 * HOUR, limit=2) for _ in range(4)]
    minutes = [[(f.due - NOW - 2 * HOUR) // timedelta(minutes=1) for f in batch] for batch in found]
    assert minutes == [[0, 1], [2, 3], [4], []]
    letter = found[0][0]
    assert (letter.state, letter.claims, letter.claimed, letter.attempts) == (
        State.SENDING,
        1,
        NOW + 3 * HOUR,
        0,
    )
    assert letter.to == Sender("console", "0")


async def test_a_platform_nobody_serves_is_left_alone(store: SqlStore) -> None:
    await keep(store, MORNING, who=Sender("slack", "me"))
    assert await tick(store, NOW + 2 * HOUR) == Ticked()
    await store.outbox.tick(now=NOW + 2 * HOUR, platforms={"slack"}, limit=9, window=NONE)
    assert await claim(store, NOW + 2 * HOUR) == []
    assert await store.outbox.moment(platforms=HERE) is None


async def test_a_claim_that_was_lost_changes_nothing_any_more(store: SqlStore, sql: Sql) -> None:
    stale = await claimed_morning(store)
    await store.outbox.sweep(now=NOW + 2 * HOUR, mine=set(), orphaned=True)
    (fresh,) = await claim(store, NOW + 2 * HOUR)
    assert fresh.claims == stale.claims + 1
    before = await letters(sql)
    assert await settle(store, change(stale, State.SENT, receipt="late")) == [False]
    with pytest.raises(LostLease):
        await compose(store, stale, message("Late words."))
    assert await letters(sql) == before
    assert await settle(store, change(fresh, State.SENT, receipt="r"), change(stale, State.DEAD)) == [
        True,
        False,
    ]
    (row,) = await letters(sql)
    assert (row.state, row.receipt, row.settled_at) == ("sent", "r", NOW + 3 * HOUR)


async def test_what_is_final_is_not_settled_again_and_an_unknown_letter_never(
    store: SqlStore, sql: Sql
) -> None:
    letter = await claimed_morning(store)
    await compose(store, letter)
    assert await settle(store, change(letter, State.CANCELLED, why="away")) == [True]
    assert await settle(store, change(letter, State.SENT)) == [False]
    gone = Change(key="nobody", claims=1, was=State.SENDING, state=State.SENT, attempts=0)
    assert await settle(store, gone) == [False]
    (row,) = await letters(sql)
    assert (row.state, row.sealed) == ("cancelled", None)


async def test_a_letter_given_back_waits_until_the_instant_it_was_given(store: SqlStore) -> None:
    letter = await claimed_morning(store)
    later = NOW + 5 * HOUR
    await settle(store, change(letter, State.READY, attempts=2, not_before=later, why="dns"))
    assert await claim(store, later - timedelta(seconds=1)) == []
    (again,) = await claim(store, later)
    assert (again.attempts, again.claims) == (2, 2)


async def test_words_are_kept_encrypted_and_come_back_with_the_next_claim(store: SqlStore, sql: Sql) -> None:
    letter = await claimed_morning(store)
    await compose(store, letter)
    (row,) = await letters(sql)
    assert "morning." not in row.sealed
    await settle(store, change(letter, State.READY))
    (again,) = await claim(store, NOW + 2 * HOUR)
    assert (again.message, again.said, again.name) == (WORDS, "check-in", "n1")


@pytest.mark.parametrize("broken", ["another key", "no ciphertext", "another shape"])
async def test_words_nobody_can_read_any_more_are_written_anew(
    store: SqlStore, sql: Sql, sealer: Sealer, broken: str
) -> None:
    letter = await claimed_morning(store)
    await compose(store, letter)
    stranger = Sealer(MultiFernet([Fernet(Fernet.generate_key())]))
    left = {
        "another key": stranger.seal({"blocks": []}),
        "no ciphertext": "oops",
        "another shape": sealer.seal([1, 2]),
    }
    await sql(update(OUTBOX).values(sealed=left[broken], state="ready"))
    (again,) = await claim(store, NOW + 2 * HOUR)
    assert (again.message, again.said) == (None, "")
    await compose(store, again, message("Once more."))
    await settle(store, change(again, State.READY))
    (third,) = await claim(store, NOW + 2 * HOUR)
    assert third.message == message("Once more.")


async def test_a_letter_whose_person_is_gone_goes_to_nobody(store: SqlStore, sql: Sql) -> None:
    await keep(store, MORNING)
    await sql(update(SCHEDULE).values(subject="ghost"))
    await tick(store, NOW + 2 * HOUR)
    (letter,) = await claim(store, NOW + 2 * HOUR)
    assert letter.to is None
    assert await settle(store, change(letter, State.DEAD)) == [True]


# The sweep and doubts

LEASES = [pytest.param(1.0, id="long over"), pytest.param(-5.0, id="negative"), pytest.param(None, id="none")]


@pytest.mark.parametrize("lease", LEASES)
async def test_a_lease_that_ran_out_frees_what_was_not_written_and_doubts_what_was(
    store: SqlStore, sql: Sql, lease: float | None
) -> None:
    for n in range(3):
        await keep(store, MORNING, who=Sender("console", str(n)))
    await tick(store, NOW + 2 * HOUR)
    unwritten, written, mine = await claim(store, NOW + 2 * HOUR)
    await compose(store, written)
    swept = await store.outbox.sweep(now=NOW + 2 * HOUR, mine=set())
    assert set(swept.values()) == {0}  # the leases still hold
    await sql(update(OUTBOX).values(lease_until=lease))
    swept = await store.outbox.sweep(now=NOW + 2 * HOUR, mine={mine.key})
    assert {what: n for what, n in swept.items() if n} == {"taken back": 1, "in doubt": 1}
    found = {row.dedup_key: row for row in await letters(sql)}
    assert (found[unwritten.key].state, found[unwritten.key].attempts) == ("ready", 1)
    assert (found[written.key].state, found[written.key].attempts) == ("doubt", 0)
    assert found[written.key].sealed
    assert found[mine.key].state == "sending"
    assert await settle(store, change(unwritten, State.SENT), change(mine, State.SENT)) == [False, True]


async def test_orphaned_leases_need_not_run_out(store: SqlStore, sql: Sql) -> None:
    await claimed_morning(store)
    swept = await store.outbox.sweep(now=NOW + 2 * HOUR, mine=set(), orphaned=True)
    assert swept["taken back"] == 1
    assert [row.state for row in await letters(sql)] == ["ready"]


async def test_a_letter_whose_writing_always_kills_its_writer_is_dead_after_some_tries(
    store: SqlStore, sql: Sql
) -> None:
    await claimed_morning(store)
    for _ in range(MOST_FAULTS):
        await store.outbox.sweep(now=NOW + 2 * HOUR, mine=set(), orphaned=True)
        await claim(store, NOW + 2 * HOUR)
    (row,) = await letters(sql)
    assert (row.state, row.attempts, row.settled_at) == ("dead", MOST_FAULTS, NOW + 2 * HOUR)


async def test_what_is_too_late_expires_and_is_forgotten(store: SqlStore, sql: Sql) -> None:
    letter = await claimed_morning(store)
    await compose(store, letter)
    await settle(store, change(letter, State.READY))
    just_before = letter.expires - timedelta(seconds=1)
    assert (await store.outbox.sweep(now=just_before, mine=set()))["too late"] == 0
    assert (await store.outbox.sweep(now=letter.expires, mine=set()))["too late"] == 1
    (row,) = await letters(sql)
    assert (row.state, row.sealed, row.settled_at) == ("expired", None, letter.expires)


async def test_a_doubt_is_looked_into_by_one_at_a_time_and_counts_from_its_sending(
    store: SqlStore, sql: Sql
) -> None:
    sent = await claimed_morning(store)
    await compose(store, sent)
    await settle(store, change(sent, State.DOUBT, not_before=NOW + 3 * HOUR))

    async def doubts(at: datetime) -> list[Letter]:
        return await store.outbox.claim_doubts(now=at, platforms=HERE, limit=9)

    assert await doubts(NOW + 2 * HOUR) == []
    assert await claim(store, NOW + 4 * HOUR) == []
    (doubt,) = await doubts(NOW + 4 * HOUR)
    assert (doubt.state, doubt.claims, doubt.claimed, doubt.message) == (State.DOUBT, 2, sent.claimed, WORDS)
    assert await doubts(NOW + 4 * HOUR) == []
    await sql(update(OUTBOX).values(lease_until=-1.0))
    (again,) = await doubts(NOW + 4 * HOUR)
    assert again.claimed == sent.claimed
    assert await settle(store, change(doubt, State.SENT)) == [False]
    resent = change(again, State.READY, not_before=NOW, resent=True)
    assert await settle(store, resent) == [True]
    (once_more,) = await claim(store, NOW + 4 * HOUR)
    await settle(store, change(once_more, State.READY))
    (third,) = await claim(store, NOW + 4 * HOUR)
    assert third.resent  # for good, whatever came after


# Broken rows

BROKEN = [
    pytest.param({"zone": "Mars/Olympus"}, "zone", id="zone"),
    pytest.param({"zone": "../../etc/passwd"}, "zone", id="path"),
    pytest.param({"kind": "praise"}, "kind", id="kind"),
    pytest.param({"minute": 5000}, "time", id="minute"),
    pytest.param({"minute": -1}, "time", id="negative minute"),
    pytest.param(
        {"weekday": 9},
        "time",
        id="weekday",
    ),
]


@pytest.mark.parametrize(("broken", "fault"), BROKEN)
async def test_a_broken_slot_is_parked_and_its_neighbours_hear_as_always(
    store: SqlStore, sql: Sql, broken: dict[str, Any], fault: str
) -> None:
    for n in range(3):
        await keep(store, MORNING, who=Sender("console", str(n)))
    someone = select(PERSON.c.id).where(PERSON.c.account == "1").scalar_subquery()
    await sql(update(SCHEDULE).where(SCHEDULE.c.subject == someone).values(next_due_at=NOW - DAY, **broken))
    found = [await tick(store, NOW + 2 * HOUR, limit=1) for _ in range(4)]
    assert [t.due for t in found] == [1, 1, 1, 0]
    assert sum(t.written for t in found) == 2
    assert [t.parked for t in found] == [(fault,), (), (), ()]
    (row,) = await sql(select(SCHEDULE).where(SCHEDULE.c.subject == someone))
    assert (row.next_due_at, row.fault) == (None, fault)
    await keep(store, MORNING, who=Sender("console", "1"), now=NOW + 3 * HOUR)
    (row,) = await sql(select(SCHEDULE).where(SCHEDULE.c.subject == someone))
    assert (row.kind, row.next_due_at, row.fault) == ("morning", NOW + HOUR + DAY, "")


async def test_rows_of_a_newer_program_are_left_to_it(store: SqlStore, sql: Sql) -> None:
    await keep(store, *FOUR)
    await sql(update(SCHEDULE).where(SCHEDULE.c.kind != "morning").values(version=VERSION + 1))
    assert (await tick(store, NOW + 9 * DAY)).due == 1
    assert await tick(store, NOW + 9 * DAY) == Ticked()
    await sql(update(OUTBOX).values(version=VERSION + 1, state="ready", settled_at=None))
    before = await letters(sql)
    assert await claim(store, NOW + 90 * DAY) == []
    assert set((await store.outbox.sweep(now=NOW + 90 * DAY, mine=set(), orphaned=True)).values()) == {0}
    await sql(update(SCHEDULE).values(version=VERSION + 1))
    assert await store.outbox.moment(platforms=HERE) is None
    assert await letters(sql) == before


async def test_a_letter_of_a_newer_program_is_not_called_again_either(store: SqlStore, sql: Sql) -> None:
    await keep(store, MORNING)
    await tick(store, NOW + 2 * HOUR)
    await sql(update(OUTBOX).values(version=VERSION + 1, handed_over=OUTBOX.c.claims))
    before = await letters(sql)
    await store.outbox.sweep(now=NOW + 90 * DAY, mine=set())
    assert await letters(sql) == before


async def test_a_zone_nobody_knows_is_parked_already_when_it_is_kept(store: SqlStore, sql: Sql) -> None:
    await keep(store, Slot("morning", "Mars/Olympus", 480))
    (row,) = await sql(select(SCHEDULE))
    assert (row.next_due_at, row.fault) == (None, "zone")


# Refusals in a row


async def refuse(store: SqlStore, day: int, state: State = State.DEAD) -> None:
    """One morning's letter, refused for good, or sent."""
    await tick(store, NOW + day * DAY + 2 * HOUR)
    (letter,) = await claim(store, NOW + day * DAY + 2 * HOUR)
    assert await settle(store, change(letter, state, why="closed"), now=NOW + day * DAY + 2 * HOUR) == [True]


async def unreachable(store: SqlStore) -> bool:
    async with store.work(WHO) as work:
        return work.people.unreachable


async def test_three_refusals_in_a_row_end_it_until_her_next_word(store: SqlStore, sql: Sql) -> None:
    await keep(store, MORNING)
    for day in range(GIVE_UP_AFTER):
        assert not await unreachable(store)
        await refuse(store, day)
    assert await unreachable(store)
    assert await due_times(sql) == [None]
    assert await tick(store, NOW + 30 * DAY) == Ticked()
    await keep(store, MORNING, now=NOW + 30 * DAY)
    assert not await unreachable(store)
    assert await due_times(sql) == [NOW + 30 * DAY + HOUR]


async def test_a_letter_that_arrived_between_refusals_starts_the_count_anew(store: SqlStore) -> None:
    await keep(store, MORNING)
    for day, state in enumerate([State.DEAD, State.DEAD, State.SENT, State.DEAD, State.DEAD]):
        await refuse(store, day, state)
    assert not await unreachable(store)


# Words that found the way to her closed


async def missed(
    store: SqlStore, day: int, *, said: str = "check-in", words: Message = WORDS, stay: bool = True
) -> Letter:
    """One morning's letter, written and refused because her direct messages are closed."""
    await tick(store, NOW + day * DAY + 2 * HOUR)
    (letter,) = await claim(store, NOW + day * DAY + 2 * HOUR)
    async with store.work(WHO) as work:
        await work.timetable.compose(letter, words, said=said, name="n1", expires=letter.expires)
    dead = change(letter, State.DEAD, why="closed", words_stay=stay)
    assert await settle(store, dead, now=NOW + day * DAY + 2 * HOUR) == [True]
    return letter


async def shown(store: SqlStore, who: Sender = WHO) -> list[Undelivered]:
    async with store.work(who) as work:
        return list(await work.timetable.undelivered()) if work.timetable.missed else []


async def test_words_that_could_not_be_brought_wait_encrypted_and_leave_the_outbox(
    store: SqlStore, sql: Sql
) -> None:
    await keep(store, MORNING)
    letter = await missed(store, 0)
    assert await shown(store) == [
        Undelivered("check-in", letter.day, letter.due, letter.expires, WORDS, "n1")
    ]
    ((sealed,),) = await sql(select(UNDELIVERED.c.sealed))
    assert "Good morning" not in sealed
    assert [row.sealed for row in await letters(sql)] == [None]


async def test_of_each_message_kind_only_the_newest_waits(store: SqlStore) -> None:
    await keep(store, MORNING)
    await missed(store, 0, words=message("old"))
    await missed(store, 1, words=message("new"))
    assert [one.message for one in await shown(store)] == [message("new")]


async def test_kinds_wait_beside_each_other_in_the_order_they_were_due(store: SqlStore) -> None:
    await keep(store, MORNING)
    await missed(store, 0, said="review", words=message("week"))
    await missed(store, 1, words=message("day"))
    assert [one.message for one in await shown(store)] == [message("week"), message("day")]


async def test_an_older_letter_that_is_refused_later_does_not_take_the_newers_place(store: SqlStore) -> None:
    older = await claimed_morning(store)
    await compose(store, older, message("older"))
    await missed(store, 1, words=message("newer"))
    dead = change(older, State.DEAD, words_stay=True)
    assert await settle(store, dead, now=NOW + DAY + 2 * HOUR) == [True]
    assert [one.message for one in await shown(store)] == [message("newer")]


async def show(store: SqlStore, event: str, *kinds: str, answer: bool = True) -> None:
    """A command whose answer shows these kinds; without an answer to keep it is said at once."""
    asked = TextSaid(event_id=event, text="x", sender=WHO, place=Place("terminal"), at=NOW)
    await store.receive(asked)
    async with store.work(WHO) as work:
        await work.timetable.show_undelivered(kinds, event_id=event)
        await work.finish(event, Answer(WHO, asked.place, event, (WORDS,)) if answer else None)


async def test_an_answer_that_shows_them_takes_them_and_its_delivery_lets_them_be_forgotten(
    store: SqlStore, sql: Sql
) -> None:
    await keep(store, MORNING)
    await missed(store, 0)
    await missed(store, 1, said="review")
    await show(store, "e", "review")
    assert await shown(store) == []
    await store.outbox.sweep(now=NOW + DAY, mine=set())
    assert await sql(select(UNDELIVERED.c.said)) == [("review",)], "the answer is on its way"
    await store.delivered("e")
    assert await shown(store) == []
    await store.outbox.sweep(now=NOW + DAY, mine=set())
    assert await sql(select(UNDELIVERED)) == []


async def test_an_answer_that_is_given_up_leaves_them_to_the_next(store: SqlStore) -> None:
    await keep(store, MORNING)
    await missed(store, 0)
    await show(store, "e", "check-in")
    await store.give_up("e")
    await store.outbox.sweep(now=NOW + HOUR, mine=set())
    assert len(await shown(store)) == 1
    await show(store, "f", "check-in", answer=False)
    assert await shown(store) == []
    await store.outbox.sweep(now=NOW + HOUR, mine=set())
    await store.give_up("f")
    assert await shown(store) == []


async def test_a_transaction_that_fails_has_shown_nothing(store: SqlStore) -> None:
    await keep(store, MORNING)
    await missed(store, 0)
    with pytest.raises(RuntimeError):
        async with store.work(WHO) as work:
            await work.timetable.show_undelivered(["check-in"], event_id="e")
            raise RuntimeError
    assert len(await shown(store)) == 1


async def test_a_newer_letter_waits_although_the_one_before_is_being_shown(store: SqlStore) -> None:
    await keep(store, MORNING)
    await missed(store, 0, words=message("old"))
    await show(store, "e", "check-in")
    await missed(store, 1, words=message("new"))
    await store.delivered("e")
    await store.outbox.sweep(now=NOW + DAY, mine=set())
    assert [one.message for one in await shown(store)] == [message("new")]


async def test_a_lost_lease_keeps_no_words(store: SqlStore, sql: Sql) -> None:
    await keep(store, MORNING)
    letter = await claimed_morning(store)
    await compose(store, letter)
    late = change(letter._replace(claims=letter.claims - 1), State.DEAD, words_stay=True)
    assert await settle(store, late) == [False]
    assert await shown(store) == [] and await sql(select(UNDELIVERED)) == []


async def test_without_leave_to_keep_them_words_end_with_their_letter(store: SqlStore, sql: Sql) -> None:
    await keep(store, MORNING)
    await missed(store, 0, stay=False)
    await missed(store, 1, said="silence")
    await missed(store, 2, said="a kind of tomorrow")
    assert await shown(store) == [] and await sql(select(UNDELIVERED)) == []


async def test_a_sweep_forgets_words_once_their_day_is_over_everywhere(store: SqlStore, sql: Sql) -> None:
    await keep(store, MORNING)
    await missed(store, 0)
    over = datetime(2026, 1, 6, 12, tzinfo=UTC)
    await store.outbox.sweep(now=over - timedelta(seconds=1), mine=set())
    assert len(await shown(store)) == 1
    assert (await store.outbox.sweep(now=over, mine=set()))["words forgotten"] == 1
    assert await sql(select(UNDELIVERED)) == []


async def test_when_she_wants_to_be_left_alone_they_are_forgotten(store: SqlStore) -> None:
    await keep(store, MORNING)
    await missed(store, 0)
    await keep(store, MORNING, away=True)
    assert await shown(store) == []


async def test_nobody_sees_anothers(store: SqlStore) -> None:
    await keep(store, MORNING)
    await missed(store, 0)
    assert await shown(store, Sender("console", "somebody", "team")) == []


async def test_words_that_no_key_opens_are_left_out(store: SqlStore, sql: Sql) -> None:
    await keep(store, MORNING)
    await missed(store, 0)
    await sql(update(UNDELIVERED).values(sealed="gAAAAAnothing"))
    assert await shown(store) == []


# Notices


async def test_a_notice_leaves_by_itself_once_as_it_was_written(store: SqlStore, sql: Sql) -> None:
    for _ in range(2):
        async with store.work(WHO) as work:
            await work.timetable.tell("joined", WORDS, about="a", now=NOW, expires=NOW + DAY)
    (letter,) = await claim(store, NOW)
    assert (letter.to, letter.kind, letter.said, letter.message) == (WHO, "joined", "joined", WORDS)
    assert await settle(store, change(letter, State.SENT)) == [True]
    assert await claim(store, NOW + HOUR) == []
    assert [row.sealed for row in await letters(sql)] == [None]


async def test_a_notice_knows_the_message_that_is_to_become_it_however_often_it_is_tried(
    store: SqlStore, sql: Sql
) -> None:
    async with store.work(WHO) as work:
        await work.timetable.tell("joined", WORDS, about="a", now=NOW, expires=NOW + DAY, receipt="D1:1.5")
    for _ in range(2):
        (letter,) = await claim(store, NOW)
        assert letter.receipt == "D1:1.5"
        assert await settle(store, change(letter, State.READY, not_before=NOW)) == [True]
    (letter,) = await claim(store, NOW)
    assert await settle(store, change(letter, State.SENT, receipt="D1:2.5")) == [True]
    assert [row.receipt for row in await letters(sql)] == ["D1:2.5"]


async def test_a_new_timetable_leaves_a_notice_alone_and_quiet_takes_it_back(store: SqlStore) -> None:
    async with store.work(WHO) as work:
        await work.timetable.tell("joined", WORDS, about="a", now=NOW, expires=NOW + DAY)
    await keep(store, MORNING)
    await keep(store)
    assert (await store.outbox.standing())[State.READY] == 1
    await keep(store, MORNING, away=True)
    assert (await store.outbox.standing())[State.READY] == 0


# What an operator sees


async def test_the_next_moment_is_the_earlier_of_a_slot_and_a_waiting_letter(store: SqlStore) -> None:
    assert await store.outbox.moment(platforms=HERE) is None
    await keep(store, MORNING)
    assert await store.outbox.moment(platforms=HERE) == NOW + HOUR
    await tick(store, NOW + 2 * HOUR)
    assert await store.outbox.moment(platforms=HERE) == NOW + HOUR  # its letter waits
    (letter,) = await claim(store, NOW + 2 * HOUR)
    assert await store.outbox.moment(platforms=HERE) == NOW + DAY + HOUR
    await settle(store, change(letter, State.READY, not_before=NOW + 4 * HOUR))
    assert await store.outbox.moment(platforms=HERE) == NOW + 4 * HOUR


async def test_the_standing_counts_open_letters_and_dead_ones(store: SqlStore, sql: Sql) -> None:
    assert set((await store.outbox.standing()).values()) == {0}
    states = [State.READY, State.READY, State.SENDING, State.DOUBT, State.DEAD, State.SENT, State.CANCELLED]
    await claimed_morning(store)
    (row,) = await letters(sql)
    await sql(
        insert(OUTBOX).values(
            [{**row._mapping, "dedup_key": str(n), "state": s.value} for n, s in enumerate(states)]
        )
    )
    assert await store.outbox.standing() == {
        State.READY: 2,
        State.SENDING: 2,  # the claimed one too
        State.DOUBT: 1,
        State.DEAD: 1,
    }


async def test_purging_deletes_what_was_settled_and_handled_long_ago_and_nothing_else(
    store: SqlStore, sql: Sql
) -> None:
    await keep(store, MORNING)
    await refuse(store, 0, State.SENT)
    await refuse(store, 1, State.DEAD)
    await tick(store, NOW + 2 * DAY + 2 * HOUR)  # waits
    for event in ("handled", "open"):
        await store.receive(TextSaid(event_id=event, text="x", sender=WHO, place=Place("terminal"), at=NOW))
    async with store.work(WHO) as work:
        await work.finish("handled")
    assert await store.outbox.purge(before=NOW) == 0
    assert await store.outbox.purge(before=NOW + DAY) == 2  # the sent letter and the handled event
    assert await store.outbox.purge(before=NOW + 900 * DAY) == 1
    assert [row.state for row in await letters(sql)] == ["ready"]
    assert [i.event_id for i in await store.unfinished("console")] == ["open"]
