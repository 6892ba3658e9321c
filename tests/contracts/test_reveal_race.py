"""An answer, or *Share*, at the very instant of the reveal, over connections of their own: what she is told and what the
post shows agree, whichever came first."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import pytest
from conversations.circle_people import Free, Wall
from conversations.group_stage import DRILL, TTL, WRITE, content

from adapters.console.render import plain
from bot.chat.effects import Effects, OpenForm
from bot.chat.inbound import Channel, ChoicePicked, Destination, FormSent, Place, Sender
from bot.chat.message import Message
from bot.circle.clock import CircleClock
from bot.circle.group_model import GROUP, REVEAL, GroupAnswer, GroupDrill, Share, reveal_at
from bot.circle.handlers import CIRCLE_HANDLERS, CIRCLE_TIMES, times_of
from bot.circle.model import Circle, Settings
from bot.circle.noticeboard import Noticeboard
from bot.coach import Coach
from bot.delivery.model import Outcome
from bot.feedback.model import Finding, Verdict
from storage.columns import Sealer
from storage.engine import open_engine
from storage.schema import prepare
from storage.store import SqlStore

T = TypeVar("T")
Theirs = Callable[[Sender], Awaitable[list[str]]]

ADA = Sender("slack", "U1", "T1")
RACING = {name: Sender("slack", name, "T1") for name in ("Bob", "Cleo", "Dora", "Eve", "Finn")}
ROOM = Channel("slack", "T1", "C1")
PLACE = Place("C1", room=ROOM, forms=True)
FIRST = date(2026, 1, 5)
BEGAN = datetime(2026, 1, 5, 6, tzinfo=UTC)
MOMENT = timedelta(milliseconds=1)
HOURS = {REVEAL: CIRCLE_TIMES[REVEAL]}
SECONDS = 10
"""Within which all rounds have to be over."""
ORDERS = ("they first", "reveal first", "at once", "at once", "at once")


class Remembering(Wall):
    """A channel that remembers all that ever stood in it."""

    def __init__(self) -> None:
        super().__init__()
        self.ever: list[str] = []

    async def change(self, to: Destination, receipt: str, message: Message) -> Outcome:
        self.ever.append(read(message))
        return await super().change(to, receipt, message)


class Race:
    """People on connections of one process, and the circle's clock and noticeboard on those of another."""

    def __init__(self, hers: SqlStore, ours: SqlStore) -> None:
        self.hers, self.ours = hers, ours
        self.now, self.wall, self.chance = BEGAN, Remembering(), random.Random(4)
        bank = content(DRILL)
        self.coach = Coach(hers, bank, lambda: self.now)
        couriers = {"slack": self.wall}
        self.board = Noticeboard(ours, ours.posts, couriers, Free(), bank, lambda: self.now)
        due = {REVEAL: CIRCLE_HANDLERS[REVEAL]}
        self.clock = CircleClock(ours, ours.posts, bank, lambda: self.now, due, HOURS)
        self.numbers = iter(range(10**6))

    async def began(self) -> None:
        """A circle of Ada and those who race."""
        circle = Circle("c1", "Owls", Settings(), 1)
        async with self.ours.work(ADA) as work:
            assert await work.circles.create(circle, ROOM, "Ada", now=BEGAN)
            times = times_of(circle.settings, HOURS)
            await work.circles.keep_times("c1", circle.settings, times, now=BEGAN)
        for name, who in RACING.items():
            async with self.ours.work(who) as work:
                assert await work.circles.join("c1", work.circles.me, name, now=BEGAN)

    async def day(self, day: date) -> datetime:
        """Its drill stands, Ada has shared an answer; the instant of the reveal."""
        reveal = reveal_at(Settings(), day)
        self.now = reveal - timedelta(hours=1)
        async with self.ours.work(ADA) as work:
            assert await work.circles.group.begin("c1", GroupDrill(day, DRILL.id))
            landed = (Finding("write", Verdict.MET, "delete the key"),)
            await work.circles.group.keep("c1", day, GroupAnswer(WRITE, landed, share=Share.UNNAMED))
            await work.circles.want("c1", GROUP, day.isoformat())
        await self.board.drain()
        return reveal

    async def reveals(self, at: datetime) -> None:
        """The hour comes, and the post is shown as it is then."""
        self.now = at
        await self.clock.tick()
        await self.board.drain()

    async def presses(self, who: Sender, step: str, day: date, at: datetime, *more: str) -> Effects:
        """Somebody's button of that day."""
        key = ":".join(("1", "group", step, "c1", day.isoformat(), *more))
        event = f"e{next(self.numbers)}"
        return await self.coach.handle(ChoicePicked(sender=who, place=PLACE, event_id=event, at=at, key=key))

    async def answers(self, who: Sender, day: date, at: datetime) -> str:
        """Somebody's form, opened and sent; what she is told."""
        (opened,) = await self.presses(who, "answer", day, at)
        assert isinstance(opened, OpenForm)
        values, event = (("answer", TTL), ("minutes", "")), f"e{next(self.numbers)}"
        sent = FormSent(sender=who, place=PLACE, event_id=event, at=at, form=opened.form.id, values=values)
        return said(await self.coach.handle(sent))

    async def shares(self, who: Sender, day: date, at: datetime) -> str:
        """Somebody's *Share: with my name*; what she is told."""
        return said(await self.presses(who, "share", day, at, Share.NAMED.value))

    async def run(self, order: str, theirs: Theirs, at: datetime) -> dict[str, list[str]]:
        """What everybody does, and the reveal, in this order; what each was told, by name."""

        async def soon(doing: Awaitable[T]) -> T:
            await asyncio.sleep(self.chance.uniform(0, 0.03) if order == "at once" else 0)
            return await doing

        async def all_of_them() -> dict[str, list[str]]:
            told = await asyncio.gather(*(soon(theirs(who)) for who in RACING.values()))
            return dict(zip(RACING, told, strict=True))

        if order == "reveal first":
            await self.reveals(at)
        if order == "at once":
            told, _ = await asyncio.gather(all_of_them(), soon(self.reveals(at)))
        else:
            told = await all_of_them()
        await self.reveals(at)
        self.now = at + timedelta(minutes=1)
        await self.board.drain()
        return told

    def revealed(self) -> set[frozenset[str]]:
        """Who stands by name in the versions of the post that showed the model answer; forgotten then."""
        shown = [text for text in self.wall.ever if "A model answer" in text]
        self.wall.ever.clear()
        return {frozenset(name for name in RACING if name in text) for text in shown}


def read(message: Message) -> str:
    return "\n".join(plain(message))


def said(effects: Effects) -> str:
    return "\n".join(read(e.message) for e in effects if not isinstance(e, OpenForm))


@pytest.fixture
async def race(database_url: str, sealer: Sealer) -> AsyncIterator[Race]:
    async with AsyncExitStack() as standing:
        engines = [open_engine(database_url) for _ in range(2)]
        await prepare(engines[0])
        stores = [SqlStore(engine, sealer) for engine in engines]
        for store in stores:
            standing.push_async_callback(store.close)
        made = Race(stores[0], stores[1])
        await made.began()
        yield made


def rounds() -> Iterator[tuple[date, str]]:
    """Days, each with the order in which things happen on it, for as long as a test may take."""
    began = time.monotonic()
    for n in range(50):
        if n < len(ORDERS) or time.monotonic() - began < SECONDS / 4:
            yield FIRST + timedelta(days=n), ORDERS[n % len(ORDERS)]


async def test_whoever_shares_at_the_instant_of_the_reveal_stands_in_the_post_just_when_told_so(race: Race):
    async with asyncio.timeout(SECONDS):
        for day, order in rounds():
            reveal = await race.day(day)
            for who in RACING.values():
                assert "You alone see this" in await race.answers(who, day, reveal - timedelta(minutes=5))

            async def theirs(who: Sender, day: date = day, at: datetime = reveal - MOMENT) -> list[str]:
                return [await race.shares(who, day, at)]

            told = await race.run(order, theirs, reveal)
            in_time = {name for name, (said,) in told.items() if "the circle sees what landed" in said}
            late = {name for name, (said,) in told.items() if "nothing is added to it any more" in said}
            assert in_time | late == set(RACING) and not in_time & late, told
            assert race.revealed() == {frozenset(in_time)}, (order, told)
            assert len(late) == {"they first": 0, "reveal first": len(RACING)}.get(order, len(late))


async def test_an_answer_at_the_instant_of_the_reveal_is_in_time_or_for_her_alone_and_never_both(race: Race):
    async with asyncio.timeout(SECONDS):
        for day, order in rounds():
            reveal = await race.day(day)

            async def theirs(who: Sender, day: date = day, at: datetime = reveal - MOMENT) -> list[str]:
                return [await race.answers(who, day, at), await race.shares(who, day, at)]

            told = await race.run(order, theirs, reveal)
            in_time = {name for name, (said, _) in told.items() if "You alone see this" in said}
            late = {name for name, (said, _) in told.items() if "it is for you alone" in said}
            shared = {name for name, (_, said) in told.items() if "the circle sees what landed" in said}
            assert in_time | late == set(RACING) and not in_time & late and shared <= in_time, told
            assert race.revealed() == {frozenset(shared)}, (order, told)
            async with race.ours.circle("c1") as work:
                assert await work.circles.group.count("c1", day) == 1 + len(in_time)
            assert len(late) == {"they first": 0, "reveal first": len(RACING)}.get(order, len(late))


async def test_where_the_tick_comes_late_the_hour_itself_counts_for_what_is_said_after_it(race: Race):
    bob, reveal = RACING["Bob"], await race.day(FIRST)
    assert "it is for you alone" in await race.answers(bob, FIRST, reveal + MOMENT)
    assert "nothing is added to it any more" in await race.shares(bob, FIRST, reveal + MOMENT)
    await race.reveals(reveal + timedelta(minutes=3))
    assert race.revealed() == {frozenset()}
