"""Prompts through every kind of clock change, judged against a search that knows no `fold`."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.recurrence import Prompt, instant, is_quiet, prompts_between
from bot.profile.model import Profile

ZONES = sorted(z for z in available_timezones() if "/" in z)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def first_with_wall(day: date, at: time, zone: str) -> datetime | None:
    """The earliest instant that shows this wall time, found by trying every offset in use nearby."""
    held = ZoneInfo(zone)
    wall = datetime.combine(day, at)
    offsets = {(wall.replace(tzinfo=UTC) + n * 6 * HOUR).astimezone(held).utcoffset() for n in range(-8, 9)}
    tried = [(wall - offset).replace(tzinfo=UTC) for offset in offsets if offset is not None]
    return min((i for i in tried if i.astimezone(held).replace(tzinfo=None) == wall), default=None)


@cache
def clock_changes(zone: str) -> list[tuple[datetime, timedelta]]:
    """Instants in 2026 and 2027 at which a zone's clocks are moved, and by how much."""
    held = ZoneInfo(zone)

    def offset(at: datetime) -> timedelta:
        return at.astimezone(held).utcoffset() or timedelta(0)

    found = []
    weeks = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(weeks=n) for n in range(105)]
    for low, high in pairwise(weeks):
        if moved := offset(high) - offset(low):
            before = offset(low)
            while high - low > timedelta(minutes=1):
                middle = (low + (high - low) / 2).replace(second=0, microsecond=0)
                low, high = (middle, high) if offset(middle) == before else (low, middle)
            found.append((high, moved))
    return found


CHANGES = [(zone, at, moved) for zone in ZONES for at, moved in clock_changes(zone)]


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
    just_before = (changed - timedelta(minutes=1)).astimezone(held)
    wall = just_before.replace(tzinfo=None) + timedelta(minutes=1 + minutes_off)
    found = instant(wall.date(), wall.time(), zone)
    expected = first_with_wall(wall.date(), wall.time(), zone)
    if expected is not None:
        assert found == expected
    elif (wall + moved).date() == wall.date():
        assert found is not None
        assert found.astimezone(held).replace(tzinfo=None) == wall + moved


@pytest.mark.parametrize(
    ("zone", "gap", "later"),
    [
        ("America/New_York", "2027-03-14 02:30", "03:30"), ("America/Santiago", "2026-09-06 00:15", "01:15"),
        ("Africa/Cairo", "2027-04-30 00:20", "01:20"), ("Australia/Lord_Howe", "2026-10-04 02:15", "02:45"),
        ("Asia/Beirut", "2027-03-28 00:00", "01:00"), ("Europe/Lisbon", "2027-03-28 01:59", "02:59"),
        ("America/Havana", "2027-03-14 00:00", "01:00"), ("Antarctica/Troll", "2027-03-28 01:30", "03:30"),
    ],
)  # fmt: skip
def test_a_time_that_the_clock_jumps_over_comes_by_the_same_span_later(
    zone: str, gap: str, later: str
) -> None:
    wall = datetime.fromisoformat(gap)
    assert first_with_wall(wall.date(), wall.time(), zone) is None
    found = instant(wall.date(), wall.time(), zone)
    assert found is not None
    assert f"{found.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" == f"{wall:%Y-%m-%d} {later}"


@pytest.mark.parametrize(
    ("zone", "twice", "first"),
    [
        ("America/New_York", "2027-11-07 01:30", "2027-11-07 05:30"), ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30"),
        ("Australia/Lord_Howe", "2027-04-04 01:45", "2027-04-03 14:45"), ("America/Santiago", "2026-04-04 23:30", "2026-04-05 02:30"),
        ("Africa/Cairo", "2026-10-29 23:15", "2026-10-29 20:15"), ("America/Havana", "2026-11-01 00:30", "2026-11-01 04:30"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("fold", [0, 1])
def test_a_time_that_comes_twice_counts_the_first_time(zone: str, twice: str, first: str, fold: int) -> None:
    wall = datetime.fromisoformat(twice)
    expected = datetime.fromisoformat(first).replace(tzinfo=UTC)
    assert instant(wall.date(), wall.time().replace(fold=fold), zone) == expected
    assert (expected + timedelta(minutes=30 if "Lord" in zone else 60)).astimezone(
        ZoneInfo(zone)
    ).time() == wall.time()


@given(minutes)
def test_a_day_that_a_zone_skipped_has_no_hour_and_its_neighbours_have_all(at: time) -> None:
    assert instant(date(2011, 12, 30), at, "Pacific/Apia") is None
    assert instant(date(2011, 12, 29), at, "Pacific/Apia")
    assert instant(date(2011, 12, 31), at, "Pacific/Apia")


def person(zone: str, **more: time) -> Profile:
    return Profile("sre", date(2026, 1, 5), date(2026, 3, 30), 360, 90, zone, **more)  # type: ignore[arg-type]


people = st.builds(
    person,
    st.sampled_from(ZONES) | st.sampled_from([zone for zone, _, _ in CHANGES]),
    morning=minutes,
    evening=minutes,
    quiet_from=minutes,
    quiet_to=minutes,
)
starts = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))


@given(people, starts, st.lists(st.integers(0, 20 * 24 * 60), max_size=6), st.integers(0, 20))
def test_any_way_of_cutting_a_stretch_gives_the_prompts_of_the_whole(
    profile: Profile, start: datetime, cuts: list[int], length: int
) -> None:
    end = start + length * DAY
    marks = [start, *sorted(min(start + timedelta(minutes=n), end) for n in cuts), end]
    pieces = [p for a, b in pairwise(marks) for p in prompts_between(profile, a, b)]
    assert pieces == prompts_between(profile, start, end)


@given(people, starts, st.integers(0, 20))
def test_prompts_come_once_a_kind_and_day_in_order_and_in_no_quiet_hour(
    profile: Profile, start: datetime, length: int
) -> None:
    found = prompts_between(profile, start, start + length * DAY)
    assert max(Counter((p.kind, p.day) for p in found).values(), default=1) == 1
    assert found == sorted(found)
    for prompt in found:
        assert start < prompt.due <= start + length * DAY
        assert not is_quiet(profile, prompt.due)
        at = {"morning": profile.morning, "evening": profile.evening}[prompt.kind]
        assert prompt.due == instant(prompt.day, at, profile.zone)
        assert prompt.due.tzinfo is UTC


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]
)
def test_a_year_has_a_morning_and_an_evening_on_every_day(zone: str) -> None:
    profile = person(zone, morning=time(8), evening=time(20))
    held = ZoneInfo(zone)
    start, end = (datetime(year, 1, 1, tzinfo=held).astimezone(UTC) for year in (2026, 2027))
    found = prompts_between(profile, start, end)
    every = [date(2026, 1, 1) + n * DAY for n in range(365)]
    assert [p.day for p in found if p.kind == "morning"] == every
    assert [p.day for p in found if p.kind == "evening"] == every
    assert {f"{p.due.astimezone(held):%H:%M}" for p in found} == {"08:00", "20:00"}


def test_a_skipped_day_is_left_out_and_the_next_comes_as_always() -> None:
    profile = person("Pacific/Apia")
    start = datetime(2011, 12, 29, 10, tzinfo=UTC)  # midnight before 29 December there
    days = [p.day.day for p in prompts_between(profile, start, start + 3 * DAY) if p.kind == "morning"]
    assert days == [29, 31, 1]


def test_a_stretch_leaves_out_its_start_and_takes_in_its_end() -> None:
    profile = person("Europe/Berlin")
    due = datetime(2026, 1, 6, 7, tzinfo=UTC)
    assert prompts_between(profile, due, due + HOUR) == []
    assert prompts_between(profile, due - HOUR, due) == [Prompt(due, "morning", date(2026, 1, 6))]
    assert prompts_between(profile, due, due) == prompts_between(profile, due, due - DAY) == []


def test_a_morning_that_a_clock_change_moves_is_still_one() -> None:
    profile = person("America/New_York", morning=time(2, 30), quiet_from=time(22), quiet_to=time(2))
    start = datetime(2027, 3, 13, 12, tzinfo=UTC)
    found = [p for p in prompts_between(profile, start, start + DAY) if p.kind == "morning"]
    assert [p.due for p in found] == [datetime(2027, 3, 14, 7, 30, tzinfo=UTC)]
    twice = replace(profile, morning=time(1, 30), quiet_to=time(1))
    start = datetime(2027, 11, 6, 12, tzinfo=UTC)
    found = [p for p in prompts_between(twice, start, start + DAY) if p.kind == "morning"]
    assert [p.due for p in found] == [datetime(2027, 11, 7, 5, 30, tzinfo=UTC)]


@given(minutes, minutes, starts)
def test_quiet_hours_take_in_their_start_and_leave_out_their_end(
    begin: time, end: time, at: datetime
) -> None:
    profile = person("UTC", quiet_from=begin, quiet_to=end)
    length = (end.hour - begin.hour) * 60 + end.minute - begin.minute
    since = (at.hour - begin.hour) * 60 + at.minute - begin.minute
    assert is_quiet(profile, at) == (since % 1440 < length % 1440)


def test_quiet_hours_follow_the_wall_through_a_clock_change() -> None:
    profile = person("Europe/Berlin")
    for day in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25)):
        opening = instant(day, time(7), "Europe/Berlin")
        assert opening is not None
        assert is_quiet(profile, opening - timedelta(minutes=1))
        assert not is_quiet(profile, opening)
