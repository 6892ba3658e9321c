"""Free hours of two people lie over one another as their real clocks do, changes of the clock included."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.pairing.wishes import COMING, anybody, wish

from bot.delivery.recurrence import UnknownZone
from bot.pairing.model import QUARTER, Engagement, Free, Window
from bot.pairing.overlap import count, duration, instants, shared, starts, usable

HOUR = timedelta(hours=1)


def week_of(day: date) -> Window:
    begins = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Window(begins, begins + timedelta(days=7))


def test_evenings_in_berlin_and_afternoons_in_new_york_share_what_the_clocks_say() -> None:
    berlin = wish("a", free=(Free(1, 18 * 60, 21 * 60),))
    york = wish("b", free=(Free(1, 13 * 60, 18 * 60),), zone="America/New_York")
    common = shared((usable(berlin, COMING), usable(york, COMING)))
    assert duration(common) == 2 * HOUR
    assert next(instants(common, COMING)) == datetime(2026, 11, 24, 18, tzinfo=UTC)


def test_in_the_weeks_between_their_clock_changes_they_share_another_hour() -> None:
    berlin = wish("a", free=(Free(1, 18 * 60, 19 * 60),))
    york = wish("b", free=(Free(1, 12 * 60, 13 * 60),), zone="America/New_York")
    hours = {
        day: duration(shared((usable(berlin, week_of(day)), usable(york, week_of(day)))))
        for day in (date(2027, 3, 8), date(2027, 3, 15), date(2027, 3, 29))
    }
    assert hours == {date(2027, 3, 8): HOUR, date(2027, 3, 15): timedelta(0), date(2027, 3, 29): HOUR}


def test_a_missing_hour_is_missing_and_a_repeated_one_counts_twice() -> None:
    night = wish("a", free=(Free(6, 60, 4 * 60),), quiet_from=time(12), quiet_to=time(12))
    assert duration(usable(night, week_of(date(2027, 3, 22)))) == 2 * HOUR
    assert duration(usable(night, week_of(date(2027, 10, 25)))) == 4 * HOUR


def test_quiet_hours_interview_days_and_the_days_before_them_are_never_free() -> None:
    late = wish("a", free=(Free(2, 20 * 60, 24 * 60),))
    assert duration(usable(late, COMING)) == 2 * HOUR
    booked = wish("a", interview_days=frozenset({date(2026, 11, 26)}))
    days = {at.date() for at in instants(usable(booked, COMING), COMING)}
    assert days == {date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 27)}


def test_a_window_that_begins_within_a_quarter_uses_the_next() -> None:
    begun = Window(datetime(2026, 11, 24, 17, 7, 30, tzinfo=UTC), datetime(2026, 11, 24, 18, 40, tzinfo=UTC))
    times = list(instants(usable(wish("a"), begun), begun))
    assert (times[0], times[-1]) == (
        datetime(2026, 11, 24, 17, 15, tzinfo=UTC),
        datetime(2026, 11, 24, 18, 15, tzinfo=UTC),
    )


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(UnknownZone):
        usable(wish("a", zone="Mars/Base"), COMING)
    with pytest.raises(ValueError, match="one day"):
        Free(1, 600, 1500)
    with pytest.raises(ValueError, match="two weeks"):
        Window(COMING.begins, COMING.begins + timedelta(days=15))
    with pytest.raises(ValueError, match="aware"):
        Window(datetime(2026, 11, 23), datetime(2026, 11, 24))


@given(anybody("a"), st.integers(0, 1000))
def test_every_free_quarter_is_free_on_her_own_clock_and_no_other_is(person, weeks) -> None:
    window = week_of(date(2026, 1, 5) + timedelta(weeks=weeks % 100))
    mask = usable(person, window)
    for number in range(0, count(window), 7):
        at = window.begins + number * QUARTER
        wall = at.astimezone(ZoneInfo(person.zone))
        minute = wall.hour * 60 + wall.minute
        inside = any(
            f.weekday == wall.weekday() and f.start <= minute and minute + 15 <= f.end for f in person.free
        )
        quiet = any(_quiet(person, time((minute + m) // 60, (minute + m) % 60)) for m in range(15))
        booked = {wall.date(), wall.date() + timedelta(days=1)} & person.interview_days
        assert bool(mask >> number & 1) == (inside and not quiet and not booked)


def _quiet(person, at: time) -> bool:
    start, end = person.quiet_from, person.quiet_to
    return start <= at < end if start <= end else at >= start or at < end


@given(st.integers(0, 2**40), st.integers(1, 12))
def test_a_meeting_begins_only_where_all_its_quarters_follow(mask, quarters) -> None:
    expected = sum(1 << n for n in range(48) if all(mask >> n + step & 1 for step in range(quarters)))
    assert starts(mask, quarters) == expected


def test_nobody_shares_nothing() -> None:
    assert shared(()) == 0


def test_hours_in_which_she_meets_somebody_already_are_not_free_down_to_the_quarter() -> None:
    tuesday = datetime(2026, 11, 24, 17, tzinfo=UTC)
    engaged = (Engagement(tuesday + timedelta(minutes=50), tuesday + timedelta(minutes=140)),)
    free = usable(wish("a", free=(Free(1, 18 * 60, 21 * 60),)), COMING)
    left = usable(wish("a", free=(Free(1, 18 * 60, 21 * 60),), engaged=engaged), COMING)
    assert duration(free) - duration(left) == timedelta(minutes=105)
    assert next(instants(starts(left, 4), COMING), None) is None
    assert next(instants(left, COMING)) == tuesday
