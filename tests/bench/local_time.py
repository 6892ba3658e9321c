"""When something is due next on a person's own clock: a hundred thousand people, all zones."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from apscheduler.triggers.cron import CronTrigger

from bot.delivery.recurrence import held, next_due
from tests.bench.report import Line, faster
from tests.bench.timing import now

AT = datetime(2026, 11, 21, 8, tzinfo=UTC)
SAMPLE = 10
"""The slow sides are asked for every so many people only, and multiplied."""
Person = tuple[str, int]


def lines(count: int) -> Iterator[Line]:
    """Against a cron trigger each, and against a zone read anew for each call."""
    chance, zones = random.Random(7), sorted(available_timezones())
    for what, minutes in (("quarter hours", range(0, 1440, 15)), ("any minute", range(1440))):
        people = [(chance.choice(zones), chance.choice(minutes)) for _ in range(count)]
        for zone, _ in people:
            held(zone)
        ours = min(_seconds(_ours, people) for _ in range(3))
        few = people[::SAMPLE]
        triggers = [CronTrigger(hour=m // 60, minute=m % 60, timezone=held(z)) for z, m in few]
        theirs = SAMPLE * min(_seconds(_fire_times, triggers) for _ in range(3))
        name = f"next local time, {count:,} people over {len(zones)} zones, {what}"
        yield faster(f"{name}: CronTrigger", theirs, ours, 4)
        yield faster(f"{name}: ZoneInfo read each time", SAMPLE * _seconds(_read_anew, few), ours, 15)


def _seconds(work: Callable[[Sequence[object]], None], given: Sequence[object]) -> float:
    begun = now()
    work(given)
    return now() - begun


def _ours(people: Sequence[Person]) -> None:
    for zone, minute in people:
        next_due(zone, minute, None, AT)


def _fire_times(triggers: Sequence[CronTrigger]) -> None:
    for trigger in triggers:
        trigger.get_next_fire_time(None, AT)


def _read_anew(people: Sequence[Person]) -> None:
    for name, minute in people:
        zone = ZoneInfo.no_cache(name)
        day, wall = AT.astimezone(zone).date(), time(minute // 60, minute % 60)
        while datetime.combine(day, wall, zone).astimezone(UTC) <= AT:
            day += timedelta(days=1)
