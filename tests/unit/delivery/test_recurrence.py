"""Prompts come at the person's own hour, once a local day, whatever the zone does."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.recurrence import instant, is_quiet, prompts_between
from bot.profile.model import Profile

ZONES = sorted(z for z in available_timezones() if "/" in z)
PROFILE = Profile("sre", date(2026, 1, 5), date(2026, 3, 5), 360, 90, "Europe/Berlin")


@pytest.mark.parametrize(
    ("zone", "day", "at", "wall"),
    [
        ("America/New_York", date(2027, 3, 14), time(2, 30), "03:30"),
        ("America/Santiago", date(2026, 9, 6), time(0, 15), "01:15"),
        ("Africa/Cairo", date(2027, 4, 30), time(0, 20), "01:20"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "02:45"),
        ("Europe/Berlin", date(2026, 7, 1), time(8), "08:00"),
    ],
)
def test_a_missing_hour_is_taken_the_same_span_later(zone, day, at, wall):
    found = instant(day, at, zone)
    assert found
    assert found.astimezone(ZoneInfo(zone)).strftime("%H:%M") == wall
    assert found.astimezone(ZoneInfo(zone)).date() == day


def test_a_repeated_hour_counts_the_first_time():
    found = instant(date(2027, 11, 7), time(1, 30), "America/New_York")
    assert found == datetime(2027, 11, 7, 5, 30, tzinfo=UTC)


def test_a_day_that_a_zone_skipped_has_no_instant():
    assert instant(date(2011, 12, 30), time(9), "Pacific/Apia") is None


@given(
    st.sampled_from(ZONES),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
def test_an_instant_lies_on_its_own_day_at_or_after_its_wall_time(zone, day, at):
    found = instant(day, at, zone)
    if found is not None:
        local = found.astimezone(ZoneInfo(zone))
        assert local.date() == day
        assert local.time() >= at


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)),
    st.integers(1, 5 * 24),
    st.integers(0, 5 * 24),
)
def test_splitting_a_stretch_loses_and_doubles_nothing(zone, start, hours, cut):
    profile = Profile("sre", date(2026, 1, 5), date(2026, 3, 5), 360, 90, zone)
    begin = start.replace(tzinfo=UTC)
    end = begin + timedelta(hours=hours)
    middle = begin + timedelta(hours=min(cut, hours))
    whole = prompts_between(profile, begin, end)
    assert prompts_between(profile, begin, middle) + prompts_between(profile, middle, end) == whole
    assert len({(p.kind, p.day) for p in whole}) == len(whole)
    assert not any(is_quiet(profile, p.due) for p in whole)


def test_a_morning_inside_quiet_hours_stays_silent():
    early = Profile("sre", date(2026, 1, 5), date(2026, 3, 5), 360, 90, "UTC", morning=time(6))
    kinds = {
        p.kind
        for p in prompts_between(early, datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 9, tzinfo=UTC))
    }
    assert kinds == {"evening"}


def test_quiet_hours_may_cross_midnight_or_not():
    at = datetime(2026, 1, 5, 22, 30, tzinfo=UTC)  # 23:30 in Berlin
    assert is_quiet(PROFILE, at)
    assert not is_quiet(PROFILE, at - timedelta(hours=3))
    noon = Profile(
        "sre", date(2026, 1, 5), date(2026, 3, 5), 360, 90, "UTC", quiet_from=time(12), quiet_to=time(13)
    )
    assert is_quiet(noon, datetime(2026, 1, 5, 12, 30, tzinfo=UTC))
    assert not is_quiet(noon, datetime(2026, 1, 5, 13, tzinfo=UTC))
