"""Pairs over half a year: how often the same two meet, who is left out, how many hours they share, how long it takes.

Circles are made up by a seeded chance: seven in ten live in Europe, the others in New York or Calcutta; everybody names
at least one evening and two hours of a weekend, most name more; every week some are away and some are tired. The second
table makes half of all people short of time, which has no goal.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as clock

from bot.chat.inbound import Channel, Sender
from bot.circle.model import Circle, Settings
from bot.circle.work import CircleTurn
from bot.content.shipped import shipped
from bot.pairing.arranged import Asked, Asking
from bot.pairing.circle_hours import match_week
from bot.profile.model import Profile
from storage.store import SqlStore
from tests.bench.ours import opened, sealer

SIZES = (6, 7, 9, 12, 16, 20, 25, 30, 40, 50, 60)
SEEDS = (1, 2, 3)
CROWDS = (60, 200, 500, 501, 2000)
ROUNDS = 3
GOAL = 0.05
WHOLE, WHOLE_GOAL = 500, 4
"""People of the circle whose whole Monday is measured, and seconds."""


def lines() -> Iterator[tuple[str, str]]:
    """What was measured, and the figure with its goal."""
    yield from _years(None, SIZES)
    yield from _years(0.5, (8, 20, 40))
    yield from _crowds()
    yield asyncio.run(_monday())


def _years(tight: float | None, sizes: tuple[int, ...]) -> Iterator[tuple[str, str]]:
    from unit.pairing.circle_weeks import TIGHT, WEEKS, live

    for people in sizes:
        lived = [live(people, seed, tight=TIGHT if tight is None else tight) for seed in SEEDS]
        contacts, repeats, floor = (
            sum(getattr(x, n) for x in lived) for n in ("contacts", "repeats", "floor")
        )
        above, hours = max(x.above for x in lived), min(x.hours for x in lived)
        twice = sum(x.twice_alone for x in lived)
        aim = _aim if tight is None else _plain
        yield (
            f"{people} people, {WEEKS} weeks, {len(SEEDS)} circles{' short of time' if tight else ''}",
            f"{repeats} of {contacts} pairs again, at least {floor} whatever one does: "
            f"{aim(f'{above:.1%} of pairs above it in the worst', above <= GOAL, f'{GOAL:.0%}')}; "
            f"{aim(f'{twice} left out twice running', twice == 0, '0')}, {sum(x.alone for x in lived)} times once; "
            f"{aim(f'{hours:.1f} h in common in the worst', hours >= 3, '3 h')}, "
            f"{sum(x.no_hour for x in lived)} of {sum(x.meetings for x in lived)} without an hour",
        )


def _aim(said: str, met: bool, goal: str) -> str:
    return f"{said} (goal {goal}, {'met' if met else 'NOT met'})"


def _plain(said: str, met: bool, goal: str) -> str:
    return said


def _crowds() -> Iterator[tuple[str, str]]:
    from unit.pairing.circle_weeks import FIRST, person, window

    from bot.pairing.matching import match
    from bot.pairing.model import Earlier

    for people in CROWDS:
        chance = random.Random(people)
        crowd = [person(chance, n) for n in range(people)]
        first = match(crowd, week=FIRST, window=window(FIRST))
        again = [Earlier(FIRST, m.people) for m in first.meetings]
        following = FIRST + timedelta(weeks=1)
        taken = [
            _seconds(lambda: match(crowd, week=following, window=window(following), earlier=again))  # noqa: B023
            for _ in range(ROUNDS)
        ]
        median, own = (statistics.median(times) for times in zip(*taken, strict=True))
        goal = f" (goal 2 s, {'met' if median < 2 else 'NOT met'})" if people == 500 else ""
        yield f"{people} people at once", f"median {median:.2f} s, {own:.2f} s of it own work{goal}"


async def _monday() -> tuple[str, str]:
    """Matching, and writing meetings, letters and the post, in the one transaction of the circle's hour."""
    from unit.pairing.circle_weeks import FIRST

    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore(await opened(f"sqlite+aiosqlite:///{folder}/bench.sqlite3"), sealer())
        circle, now = await _gathered(store), datetime.combine(FIRST, clock(9), UTC)
        begun, worked = time.perf_counter(), time.process_time()
        async with store.circle(circle.id) as work:
            await match_week(CircleTurn(work, circle, shipped(), now))
        took, own = time.perf_counter() - begun, time.process_time() - worked
        await store.close()
    said = f"{took:.2f} s, {own:.2f} s of it own work"
    return f"Monday's whole job, {WHOLE} people, SQLite", _aim(said, took < WHOLE_GOAL, f"{WHOLE_GOAL} s")


async def _gathered(store: SqlStore) -> Circle:
    """A circle all of whose members asked for somebody."""
    from unit.pairing.circle_weeks import FIRST, person

    circle, chance = Circle("bench", "Bench", Settings(), 1), random.Random(WHOLE)
    room, since = Channel("slack", "T1", "C1"), datetime.combine(FIRST, clock(8), UTC)
    asked: list[Asked] = []
    for number in range(WHOLE):
        async with store.work(Sender("slack", f"U{number}", "T1")) as work:
            wish = replace(person(chance, number), person=work.circles.me)
            await work.people.save_profile(Profile(wish.track, FIRST, FIRST, 300, 60, wish.zone))
            if number:
                await work.circles.join(circle.id, wish.person, f"Member {number}", now=since)
            else:
                await work.circles.create(circle, room, "Member 0", now=since)
            asked.append(Asked(wish.person, FIRST, Asking.WANTS, wish))
    async with store.circle(circle.id) as work:
        await work.pairs.keep_asked(circle.id, asked)
    return circle


def _seconds(what: Callable[[], object]) -> tuple[float, float]:
    """By the clock, and of the processor; on a busy machine only the second says something."""
    begun, worked = time.perf_counter(), time.process_time()
    what()
    return time.perf_counter() - begun, time.process_time() - worked
