"""What is due comes at the person's own hour, once a local day, and never into her quiet hours."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.delivery.kinds import MESSAGES, SLOTS, dedup_key, expiry
from bot.delivery.model import Occurrence
from bot.delivery.recurrence import (
    UnknownZone,
    held,
    instant,
    is_quiet,
    last_due,
    next_due,
    quiet_until,
    spread,
)
from bot.delivery.timetable import slots_of
from bot.profile.model import Profile, WeeklyTime

ZONES = sorted(available_timezones())
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PROFILE = Profile("sre", date(2026, 1, 5), date(2026, 3, 5), 360, 90, "Europe/Berlin")
minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
starts = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))


def person(zone: str, **more: object) -> Profile:
    return replace(PROFILE, zone=zone, **more)  # type: ignore[arg-type]


CLOCK_CHANGES = [  # zone, wall time, wall time at which it comes, the same in UTC
    ("America/New_York", "2027-03-14 02:30", "03:30", "2027-03-14 07:30"),
    ("America/New_York", "2027-11-07 01:30", "01:30", "2027-11-07 05:30"),
    ("America/Santiago", "2026-09-06 00:15", "01:15", "2026-09-06 04:15"),
    ("America/Santiago", "2026-04-04 23:30", "23:30", "2026-04-05 02:30"),
    ("Africa/Cairo", "2027-04-30 00:20", "01:20", "2027-04-29 22:20"),
    ("Africa/Cairo", "2026-10-29 23:15", "23:15", "2026-10-29 20:15"),
    ("Australia/Lord_Howe", "2026-10-04 02:15", "02:45", "2026-10-03 15:45"),
    ("Australia/Lord_Howe", "2027-04-04 01:45", "01:45", "2027-04-03 14:45"),
    ("Asia/Beirut", "2027-03-28 00:00", "01:00", "2027-03-27 22:00"),
    ("Europe/Lisbon", "2027-03-28 01:59", "02:59", "2027-03-28 01:59"),
    ("Europe/Berlin", "2026-10-25 02:30", "02:30", "2026-10-25 00:30"),
    ("America/Havana", "2027-03-14 00:00", "01:00", "2027-03-14 05:00"),
    ("America/Havana", "2026-11-01 00:30", "00:30", "2026-11-01 04:30"),
    ("Antarctica/Troll", "2027-03-28 01:30", "03:30", "2027-03-28 01:30"),
    ("Europe/Berlin", "2026-07-01 08:00", "08:00", "2026-07-01 06:00"),
]


@pytest.mark.parametrize(("zone", "wall", "comes", "due"), CLOCK_CHANGES)
@pytest.mark.parametrize("fold", [0, 1])
def test_a_missing_hour_is_taken_the_same_span_later_and_a_repeated_one_the_first_time(
    zone: str, wall: str, comes: str, due: str, fold: int
) -> None:
    at = datetime.fromisoformat(wall)
    found = instant(at.date(), at.time().replace(fold=fold), zone)
    assert found == datetime.fromisoformat(due).replace(tzinfo=UTC)
    assert f"{found.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" == f"{at:%Y-%m-%d} {comes}"


@pytest.mark.parametrize(("zone", "wall", "comes", "due"), CLOCK_CHANGES)
@pytest.mark.parametrize("kind", SLOTS)
def test_every_kind_of_slot_comes_once_on_the_day_of_a_clock_change(
    kind: str, zone: str, wall: str, comes: str, due: str
) -> None:
    at, expected = datetime.fromisoformat(wall), datetime.fromisoformat(due).replace(tzinfo=UTC)
    weekday = at.weekday() if SLOTS[kind].weekly else None
    minute = at.hour * 60 + at.minute
    only = Occurrence(expected, at.date())
    assert next_due(zone, minute, weekday, expected - HOUR) == only
    assert last_due(zone, minute, weekday, expected + 2 * HOUR) == only
    following = next_due(zone, minute, weekday, expected)
    assert following.day == at.date() + (7 if weekday is not None else 1) * DAY
    assert dedup_key("", "me", kind, following) != dedup_key("", "me", kind, only)
    assert expiry(MESSAGES[SLOTS[kind].usual], only, zone) > expected


@given(minutes)
def test_a_day_that_a_zone_skipped_has_no_hour_and_its_neighbours_have_all(at: time) -> None:
    assert instant(date(2011, 12, 30), at, "Pacific/Apia") is None
    assert instant(date(2011, 12, 29), at, "Pacific/Apia")
    assert instant(date(2011, 12, 31), at, "Pacific/Apia")


@given(st.sampled_from(ZONES), st.dates(date(2020, 1, 1), date(2030, 1, 1)), minutes)
def test_an_instant_lies_on_its_own_day_at_or_after_its_wall_time(zone: str, day: date, at: time) -> None:
    found = instant(day, at, zone)
    if found is not None:
        local = found.astimezone(ZoneInfo(zone))
        assert local.date() == day
        assert local.time() >= at
        assert found.tzinfo is UTC


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "/etc/passwd", "Europe", "a\0b", "é"])
def test_a_zone_nobody_knows_is_named_as_such(name: str) -> None:
    for find in (next_due, last_due):
        with pytest.raises(UnknownZone):
            find(name, 480, None, datetime(2026, 1, 5, tzinfo=UTC))


def test_a_zone_is_read_once_and_kept() -> None:
    assert all(held(zone) is held(zone) for zone in ZONES)


# Keys


@given(
    st.sampled_from(sorted(SLOTS)),
    st.dates(date(2026, 1, 1), date(2035, 1, 1)),
    st.lists(st.tuples(st.sampled_from(ZONES), st.integers(0, 22 * 60)), min_size=2, max_size=4),
)
def test_no_change_of_zone_or_hour_gives_a_second_key_on_a_local_date(
    kind: str, day: date, clocks: list[tuple[str, int]]
) -> None:
    keys = set()
    for zone, minute in clocks:
        due = instant(day, time(minute // 60, minute % 60), zone)
        assert due is not None
        keys.add(dedup_key("team", "me", kind, Occurrence(due, day)))
    assert len(keys) == 1


@given(st.sampled_from(sorted(SLOTS)), *[st.dates(date(2026, 1, 1), date(2035, 1, 1)) for _ in range(2)])
def test_a_daily_key_names_its_date_and_a_weekly_one_its_iso_week(kind: str, one: date, other: date) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    same = dedup_key("", "me", kind, Occurrence(at, one)) == dedup_key("", "me", kind, Occurrence(at, other))
    weeks_same = one.isocalendar()[:2] == other.isocalendar()[:2]
    assert same == (weeks_same if SLOTS[kind].weekly else one == other)


def test_keys_differ_by_tenant_person_and_kind() -> None:
    one = Occurrence(datetime(2026, 1, 5, 7, tzinfo=UTC), date(2026, 1, 5))
    keys = {dedup_key(t, s, k, one) for t in ("", "a") for s in ("me", "you") for k in SLOTS}
    assert len(keys) == 4 * len(SLOTS)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        ("2026-12-27", "2026-W52"), ("2026-12-28", "2026-W53"), ("2027-01-03", "2026-W53"), ("2027-01-04", "2027-W01"),
        ("2028-02-29", "2028-W09"), ("2029-12-31", "2030-W01"), ("2033-01-02", "2032-W53"),
    ],
)  # fmt: skip
def test_a_week_that_crosses_a_year_end_has_one_key(day: str, week: str) -> None:
    one = Occurrence(datetime(2026, 1, 1, tzinfo=UTC), date.fromisoformat(day))
    assert dedup_key("team", "me", "review", one) == f"team:me:review:{week}"


# Expiry


@given(st.sampled_from(ZONES), minutes, starts, st.sampled_from(sorted(MESSAGES)))
def test_a_message_is_worth_sending_for_a_while_after_it_was_due(
    zone: str, at: time, now: datetime, kind: str
) -> None:
    one = next_due(zone, at.hour * 60 + at.minute, None, now)
    ends, keeps = expiry(MESSAGES[kind], one, zone), MESSAGES[kind].keeps
    assert ends > one.due
    if keeps is not None:
        assert ends == one.due + keeps
    else:  # to the end of her day
        assert (ends - MINUTE).astimezone(ZoneInfo(zone)).date() == one.day
        assert ends.astimezone(ZoneInfo(zone)).date() > one.day


# Spread


def test_letters_are_spread_evenly_over_the_window_and_always_alike() -> None:
    window = timedelta(minutes=5)
    keys = [f"team:person{n}:morning:2026-01-05" for n in range(10_000)]
    delays = [spread(key, window) for key in keys]
    assert delays == [spread(key, window) for key in keys]
    assert all(timedelta(0) <= delay < window for delay in delays)
    share = len(keys) / 5
    by_minute = Counter(delay // MINUTE for delay in delays)
    assert set(by_minute) == set(range(5))
    assert all(share / 1.3 < count < share * 1.3 for count in by_minute.values())
    by_second = Counter(delay // timedelta(seconds=1) for delay in delays)
    expected = len(keys) / 300
    # 299 degrees of freedom: the 99.9th percentile of chi-square is 377.
    assert sum((by_second[s] - expected) ** 2 / expected for s in range(300)) < 377


@given(st.text(max_size=80), st.integers(0, 10**6))
def test_a_spread_stays_inside_its_window_for_any_key(key: str, seconds: int) -> None:
    window = timedelta(seconds=seconds)
    delay = spread(key, window)
    assert timedelta(0) <= delay <= window
    assert spread(key, window) == delay


def test_no_window_is_no_delay() -> None:
    assert spread("key", timedelta(0)) == timedelta(0)


# Quiet hours


def test_quiet_hours_may_cross_midnight_or_not() -> None:
    at = datetime(2026, 1, 5, 22, 30, tzinfo=UTC)  # 23:30 in Berlin
    assert is_quiet(PROFILE, at)
    assert not is_quiet(PROFILE, at - timedelta(hours=3))
    noon = person("UTC", quiet_from=time(12), quiet_to=time(13))
    assert is_quiet(noon, datetime(2026, 1, 5, 12, 30, tzinfo=UTC))
    assert not is_quiet(noon, datetime(2026, 1, 5, 13, tzinfo=UTC))


@given(minutes, minutes, starts)
def test_quiet_hours_take_in_their_start_and_leave_out_their_end(
    begin: time, end: time, at: datetime
) -> None:
    profile = person("UTC", quiet_from=begin, quiet_to=end)
    length = (end.hour - begin.hour) * 60 + end.minute - begin.minute
    since = (at.hour - begin.hour) * 60 + at.minute - begin.minute
    assert is_quiet(profile, at) == (since % 1440 < length % 1440)


def test_quiet_hours_follow_the_wall_through_a_clock_change() -> None:
    for day in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25)):
        opening = instant(day, time(7), "Europe/Berlin")
        assert opening is not None
        assert is_quiet(PROFILE, opening - MINUTE)
        assert not is_quiet(PROFILE, opening)
        assert quiet_until(PROFILE, opening - 3 * HOUR) == opening
        assert quiet_until(PROFILE, opening) is None


@given(st.sampled_from(ZONES), minutes, minutes, starts)
def test_quiet_hours_end_within_a_day_at_an_hour_that_is_not_quiet(
    zone: str, begin: time, end: time, at: datetime
) -> None:
    offsets = {(at + n * DAY).astimezone(ZoneInfo(zone)).utcoffset() for n in range(3)}
    assume(len(offsets) == 1)  # clock changes are told apart below
    profile = person(zone, quiet_from=begin, quiet_to=end)
    until = quiet_until(profile, at)
    assert (until is not None) == is_quiet(profile, at)
    if until is not None:
        assert at < until <= at + DAY
        assert not is_quiet(profile, until)


def quiet_ends(profile: Profile, at: datetime) -> datetime:
    """The first whole minute after `at` that is not quiet, found by trying each."""
    at = at.replace(second=0, microsecond=0)
    while is_quiet(profile, at):
        at += MINUTE
    return at


@given(minutes, minutes, starts)
@example(time(22), time(7), datetime(2026, 1, 5, 23, 59, 59, 999999, tzinfo=UTC))
def test_quiet_until_is_the_first_minute_that_is_not_quiet(begin: time, end: time, at: datetime) -> None:
    profile = person("Asia/Kolkata", quiet_from=begin, quiet_to=end)
    if is_quiet(profile, at):
        assert quiet_until(profile, at) == quiet_ends(profile, at)


@pytest.mark.parametrize(
    ("zone", "begin", "end", "at"),
    [
        pytest.param("Europe/Berlin", 22, 7, "2026-10-24 22:30", id="over a repeated hour"),
        pytest.param("Europe/Berlin", 22, 7, "2027-03-27 22:30", id="over a missing hour"),
        pytest.param(
            "America/New_York",
            20,
            1.5,
            "2027-11-07 06:15",
            id="in a repeated hour",
        ),
        pytest.param("America/Nuuk", 12, 23.5, "2027-03-28 00:30", id="before midnight"),
    ],
)
def test_quiet_hours_end_on_the_same_night_through_a_clock_change(
    zone: str, begin: float, end: float, at: str
) -> None:
    start, until = (time(int(hour), int(hour % 1 * 60)) for hour in (begin, end))
    profile = person(zone, quiet_from=start, quiet_to=until)
    now = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert is_quiet(profile, now)
    assert quiet_until(profile, now) == quiet_ends(profile, now)


def test_quiet_hours_that_end_in_a_missing_hour_end_at_most_that_hour_later() -> None:
    profile = person("America/New_York", quiet_from=time(20), quiet_to=time(2, 30))
    night = datetime(2027, 3, 14, 6, tzinfo=UTC)
    until = quiet_until(profile, night)
    assert until is not None
    assert quiet_ends(profile, night) <= until <= quiet_ends(profile, night) + HOUR


# Her timetable


def test_a_timetable_holds_each_kind_once_and_only_what_she_asked_for() -> None:
    assert [(s.kind, s.minute, s.weekday) for s in slots_of(PROFILE)] == [
        ("morning", 480, None),
        ("evening", 1200, None),
    ]
    own = person("UTC", drill_at=time(17, 30), review_at=WeeklyTime(6, time(18)))
    assert {(s.kind, s.minute, s.weekday) for s in slots_of(own)} == {
        ("morning", 480, None),
        ("evening", 1200, None),
        ("drill", 1050, None),
        ("review", 1080, 6),
    }
    assert {s.kind for s in slots_of(replace(own, reviews=False))} == {"morning", "evening", "drill"}


@given(minutes, minutes, minutes, minutes, minutes, st.integers(0, 6), st.sampled_from(ZONES))
def test_no_slot_of_a_timetable_lies_in_quiet_hours_and_every_other_is_there(
    morning: time, evening: time, drill: time, begin: time, end: time, weekday: int, zone: str
) -> None:
    review = WeeklyTime(weekday, evening)
    profile = person(
        zone,
        morning=morning,
        evening=evening,
        drill_at=drill,
        review_at=review,
        quiet_from=begin,
        quiet_to=end,
    )
    found = {s.kind: s for s in slots_of(profile)}
    winter = datetime(2026, 1, 5)
    for kind, at in (("morning", morning), ("evening", evening), ("drill", drill), ("review", evening)):
        quiet = is_quiet(replace(profile, zone="UTC"), datetime.combine(winter, at, UTC))
        assert (kind in found) == (not quiet)
        assert quiet or (found[kind].minute == at.hour * 60 + at.minute and found[kind].zone == zone)
    assert set(found) <= set(SLOTS)
