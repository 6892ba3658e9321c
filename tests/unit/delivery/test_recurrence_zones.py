"""Slots through every zone and every kind of clock change, judged against a search that knows no `fold`."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.model import Occurrence
from bot.delivery.recurrence import instant, last_due, next_due

WHOLE = os.environ.get("PACER_HYPOTHESIS_PROFILE") == "nightly"
ZONES = sorted(available_timezones())
FIRST, LAST = date(2026, 1, 1), date(2035, 12, 31)
NIGHT = (0, 1, 20, 30, 60, 90, 105, 120, 135, 150, 180, 210)
"""Minutes of the hours in which clocks are changed."""
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TICK = timedelta(microseconds=1)
minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
weekdays = st.none() | st.integers(0, 6)
starts = st.datetimes(datetime(2026, 1, 1), datetime(2035, 12, 1), timezones=st.just(UTC))


def occurrences(zone: str, minute: int, weekday: int | None, start: datetime, end: datetime) -> int:
    """How many occurrences lie after `start` and up to `end`."""
    count, at = 0, start
    while (found := next_due(zone, minute, weekday, at)).due <= end:
        count, at = count + 1, found.due
    return count


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)


def first_with_wall(day: date, at: time, zone: str) -> datetime | None:
    """The earliest instant that shows this wall time, found by trying every offset in use nearby."""
    held = ZoneInfo(zone)
    wall = datetime.combine(day, at)
    offsets = {(wall.replace(tzinfo=UTC) + n * 6 * HOUR).astimezone(held).utcoffset() for n in range(-8, 9)}
    tried = [(wall - offset).replace(tzinfo=UTC) for offset in offsets if offset is not None]
    return min((i for i in tried if i.astimezone(held).replace(tzinfo=None) == wall), default=None)


@cache
def clock_changes(zone: str) -> list[tuple[datetime, timedelta]]:
    """Instants of these ten years at which a zone's clocks are moved, and by how much."""
    held = ZoneInfo(zone)

    def offset(at: datetime) -> timedelta:
        return at.astimezone(held).utcoffset() or timedelta(0)

    weeks = [midnight(FIRST) + timedelta(weeks=n) for n in range((LAST - FIRST).days // 7 + 1)]
    offsets = [offset(at) for at in weeks]
    found = []
    for (low, high), (before, after) in zip(pairwise(weeks), pairwise(offsets), strict=True):
        if before != after:
            while high - low > MINUTE:
                middle = (low + (high - low) / 2).replace(second=0, microsecond=0)
                low, high = (middle, high) if offset(middle) == before else (low, middle)
            found.append((high, after - before))
    return found


CHANGES = [(zone, at, moved) for zone in ZONES for at, moved in clock_changes(zone)]


def walk(zone: str, minute: int, weekday: int | None, first: date, last: date) -> list[Occurrence]:
    """Every occurrence whose local day lies between two days, each held to its neighbour."""
    at, before, found = midnight(first) - 2 * DAY, None, []
    while (one := next_due(zone, minute, weekday, at)).day <= last:
        assert one.due > at
        assert last_due(zone, minute, weekday, one.due) == one
        if before:
            assert one.day > before.day
            assert last_due(zone, minute, weekday, one.due - TICK) == before
        if one.day >= first:
            found.append(one)
        at, before = one.due, one
    return found


def every_day(first: date, last: date) -> list[date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


def once_a_day(zone: str, minute: int, first: date, last: date) -> None:
    found = [o.day for o in walk(zone, minute, None, first, last)]
    assert found == every_day(first, last), (zone, minute)


def test_a_daily_slot_comes_once_on_each_day_around_every_clock_change_of_ten_years() -> None:
    for zone, at, _ in CHANGES:
        day = at.astimezone(ZoneInfo(zone)).date()
        for minute in NIGHT:
            once_a_day(zone, minute, day - 2 * DAY, day + 2 * DAY)


@pytest.mark.timeout(1200)
def test_a_daily_slot_comes_once_on_each_day_in_every_zone() -> None:
    for n, zone in enumerate(ZONES):
        if WHOLE:
            for minute in NIGHT:
                once_a_day(zone, minute, FIRST, LAST)
        else:  # another part of the ten years for each zone, all of it at night
            first = FIRST + n * 37 % 3200 * DAY
            once_a_day(zone, NIGHT[n % len(NIGHT)], first, first + 400 * DAY)


@given(
    st.sampled_from(ZONES),
    st.sampled_from(NIGHT) | st.integers(0, 22 * 60),
    st.dates(FIRST, LAST - 370 * DAY),
)
def test_a_daily_slot_comes_once_on_each_day_of_any_year(zone: str, minute: int, first: date) -> None:
    once_a_day(zone, minute, first, first + 366 * DAY)


def test_a_weekly_slot_comes_once_in_each_iso_week_of_ten_years() -> None:
    zones = ZONES if WHOLE else [*ZONES[::6], "America/New_York", "Europe/Lisbon", "America/Havana"]
    monday = date(2026, 1, 5)
    weeks = [(monday + timedelta(weeks=n)).isocalendar()[:2] for n in range(520)]
    assert (2026, 53) in weeks
    assert (2032, 53) in weeks
    for n, zone in enumerate(zones):
        found = walk(zone, NIGHT[n % len(NIGHT)], n % 7, monday, monday + timedelta(weeks=520) - DAY)
        assert [o.day.isocalendar()[:2] for o in found] == weeks, zone
        assert {o.day.weekday() for o in found} == {n % 7}


@given(st.sampled_from(ZONES) | st.sampled_from([z for z, _, _ in CHANGES]), minutes, weekdays, starts)
def test_the_next_and_the_last_occurrence_are_neighbours_around_any_instant(
    zone: str, at: time, weekday: int | None, now: datetime
) -> None:
    minute = at.hour * 60 + at.minute
    newest, following = last_due(zone, minute, weekday, now), next_due(zone, minute, weekday, now)
    assert newest.due <= now < following.due
    assert newest.day < following.day
    assert next_due(zone, minute, weekday, newest.due) == following
    assert next_due(zone, minute, weekday, newest.due - TICK) == newest
    assert last_due(zone, minute, weekday, following.due) == following
    assert last_due(zone, minute, weekday, following.due - TICK) == newest


@given(st.sampled_from(CHANGES), st.integers(-1500, 1500), st.integers(0, 1439))
def test_the_next_and_the_last_occurrence_are_neighbours_around_any_clock_change(
    change: tuple[str, datetime, timedelta], off: int, minute: int
) -> None:
    zone, changed, _ = change
    now = changed + off * MINUTE
    newest, following = last_due(zone, minute, None, now), next_due(zone, minute, None, now)
    assert newest.due <= now < following.due
    assert next_due(zone, minute, None, newest.due) == following
    assert last_due(zone, minute, None, following.due - TICK) == newest


def test_the_newest_occurrence_is_found_after_clocks_went_back_over_midnight() -> None:
    now = datetime(2010, 11, 7, 3, 0, tzinfo=UTC)  # the second 23:30 of 6 November in St. John's
    midnight_there = Occurrence(datetime(2010, 11, 7, 2, 30, tzinfo=UTC), date(2010, 11, 7))
    assert next_due("America/St_Johns", 0, None, now - HOUR) == midnight_there
    assert last_due("America/St_Johns", 0, None, now) == midnight_there


@given(st.sampled_from(ZONES), minutes, weekdays, starts, st.lists(st.integers(0, 20 * 24 * 60), max_size=6))
def test_any_way_of_cutting_a_stretch_counts_the_occurrences_of_the_whole(
    zone: str, at: time, weekday: int | None, start: datetime, cuts: list[int]
) -> None:
    minute = at.hour * 60 + at.minute
    marks = [start, *sorted(start + n * MINUTE for n in cuts), start + 20 * DAY]
    pieces = [occurrences(zone, minute, weekday, a, b) for a, b in pairwise(marks)]
    assert sum(pieces) == occurrences(zone, minute, weekday, start, marks[-1])


def test_a_stretch_leaves_out_its_start_and_takes_in_its_end() -> None:
    due = datetime(2026, 1, 6, 7, tzinfo=UTC)
    assert occurrences("Europe/Berlin", 480, None, due, due + HOUR) == 0
    assert occurrences("Europe/Berlin", 480, None, due - HOUR, due) == 1
    assert occurrences("Europe/Berlin", 480, None, due, due) == 0


@given(st.sampled_from(ZONES), st.dates(date(2000, 1, 1), date(2037, 12, 31)), minutes)
def test_a_wall_time_that_exists_is_met_at_its_first_instant(zone: str, day: date, at: time) -> None:
    expected = first_with_wall(day, at, zone)
    if expected is not None:
        assert instant(day, at, zone) == expected


@given(st.sampled_from(CHANGES), st.integers(-180, 180))
def test_around_any_clock_change_a_time_is_the_first_or_the_same_span_later(
    change: tuple[str, datetime, timedelta], minutes_off: int
) -> None:
    zone, changed, moved = change
    held = ZoneInfo(zone)
    just_before = (changed - MINUTE).astimezone(held)
    wall = just_before.replace(tzinfo=None) + timedelta(minutes=1 + minutes_off)
    found = instant(wall.date(), wall.time(), zone)
    expected = first_with_wall(wall.date(), wall.time(), zone)
    if expected is not None:
        assert found == expected
    elif (wall + moved).date() == wall.date():
        assert found is not None
        assert found.astimezone(held).replace(tzinfo=None) == wall + moved


@pytest.mark.parametrize("zone", ["Pacific/Apia", "Pacific/Fakaofo"])
@pytest.mark.parametrize("minute", [0, 90, 540, 1439])
def test_a_day_that_a_zone_skipped_is_left_out_and_its_neighbours_come_as_always(
    zone: str, minute: int
) -> None:
    first, last = date(2011, 12, 25), date(2012, 1, 8)
    left = [day for day in every_day(first, last) if day != date(2011, 12, 30)]
    assert [o.day for o in walk(zone, minute, None, first, last)] == left


def test_a_weekly_slot_whose_day_was_skipped_comes_a_week_later() -> None:
    found = walk("Pacific/Apia", 540, 4, date(2011, 12, 18), date(2012, 1, 8))  # Fridays
    assert [o.day for o in found] == [date(2011, 12, 23), date(2012, 1, 6)]


@pytest.mark.parametrize(
    ("zone", "minute", "dropped"),
    [
        ("America/Nuuk", 1410, date(2027, 3, 27)),
        ("America/Scoresbysund", 1380, date(2027, 3, 27)),
        ("Asia/Pyongyang", 1425, date(2018, 5, 4)),
    ],
)
def test_a_time_in_an_hour_skipped_just_before_midnight_is_dropped_rather_than_sent_on_the_next_day(
    zone: str, minute: int, dropped: date
) -> None:
    first, last = dropped - 3 * DAY, dropped + 3 * DAY
    left = [day for day in every_day(first, last) if day != dropped]
    assert [o.day for o in walk(zone, minute, None, first, last)] == left


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Europe/London", "America/Nuuk", "UTC"])
@pytest.mark.parametrize("minute", [0, 150, 720])
def test_leap_days_and_year_ends_are_days_like_any_other(zone: str, minute: int) -> None:
    for first, last in [(date(2028, 2, 27), date(2028, 3, 2)), (date(2026, 12, 29), date(2027, 1, 3))]:
        once_a_day(zone, minute, first, last)
    leap_tuesdays = walk(zone, minute, 1, date(2028, 2, 21), date(2028, 3, 12))
    assert [o.day for o in leap_tuesdays] == [date(2028, 2, 22), date(2028, 2, 29), date(2028, 3, 7)]
