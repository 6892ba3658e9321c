"""What a person puts on for one instant comes due then, once, on every kind of database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.chat.inbound import Sender
from bot.chat.message import message
from bot.delivery.model import Letter, Slot, State
from bot.delivery.outbox import change
from storage.store import SqlStore

NOW = datetime(2026, 1, 5, 18, tzinfo=UTC)
AT = NOW + timedelta(minutes=22)
WHO = Sender("console", "me", "team")
MORNING = Slot("morning", "Europe/Berlin", 480)


async def remind(store: SqlStore, about: str = "s1:22") -> None:
    async with store.work(WHO) as work:
        expires = AT + timedelta(minutes=5)
        await work.timetable.remind("clock", about=about, at=AT, now=NOW, expires=expires)


async def claim(store: SqlStore, at: datetime) -> list[Letter]:
    return await store.outbox.claim(now=at, platforms=frozenset({"console"}), limit=10)


async def test_it_is_ready_at_its_instant_and_not_before_with_its_words_still_to_be_written(
    store: SqlStore,
) -> None:
    await remind(store)
    assert await store.outbox.moment(platforms=frozenset({"console"})) == AT
    assert await claim(store, AT - timedelta(seconds=1)) == []
    (letter,) = await claim(store, AT)
    assert letter.key.endswith(":clock:s1:22")
    assert (letter.to, letter.kind, letter.due, letter.message) == (WHO, "clock", AT, None)


async def test_put_on_twice_it_comes_once_and_never_again_after_it_was_sent(store: SqlStore) -> None:
    await remind(store)
    await remind(store)
    (letter,) = await claim(store, AT)
    assert await store.outbox.settle([change(letter, State.SENT)], now=AT) == [True]
    await remind(store)
    assert await claim(store, AT) == []


async def test_several_minutes_of_one_sitting_are_letters_of_their_own(store: SqlStore) -> None:
    for about in ("s1:8", "s1:22", "s2:22"):
        await remind(store, about)
    assert len(await claim(store, AT)) == 3


async def test_a_new_timetable_leaves_it_alone_and_being_left_alone_takes_it_back(store: SqlStore) -> None:
    await remind(store)
    for away, left in ((False, 1), (True, 0)):
        async with store.work(WHO) as work:
            await work.timetable.keep((MORNING,), now=NOW, away=away)
        assert (await store.outbox.standing())[State.READY] == left


async def test_five_minutes_late_it_is_not_worth_bringing(store: SqlStore) -> None:
    await remind(store)
    await store.outbox.sweep(now=AT + timedelta(minutes=5), mine=frozenset())
    assert await claim(store, AT + timedelta(minutes=5)) == []


async def test_the_words_of_a_bell_are_composed_like_any_letters(store: SqlStore) -> None:
    await remind(store)
    (letter,) = await claim(store, AT)
    async with store.work(WHO) as work:
        await work.timetable.compose(
            letter, message("Half time."), said="clock", name="", expires=letter.expires
        )
    assert await store.outbox.settle([change(letter, State.SENT)], now=AT) == [True]
