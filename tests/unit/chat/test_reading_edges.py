"""Reading at the edges: leap days, clock changes, thirty kilobytes, other scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.form import Unclear
from bot.chat.reading import (
    MONTHS,
    WEEKDAYS,
    clock,
    day,
    duration,
    future_day,
    moment,
    number,
    weekday,
    weekdays,
    when,
)

TODAY = date(2026, 1, 7)  # a Wednesday
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 1, 7, 9, tzinfo=UTC)
READERS: dict[str, Callable[[str], Any]] = {
    "number": lambda typed: number(typed, 0, 10, "It"),
    "weekdays": weekdays,
    "clock": clock,
    "duration": duration,
    "day": lambda typed: day(typed, TODAY),
    "when": lambda typed: when(typed, TODAY),
    "future_day": lambda typed: future_day(typed, TODAY),
    "moment": lambda typed: moment(typed, NOW),
}
NEVER_READ = [
    "", " ", "\n", "banana", "🙂", "👩‍👩‍👧 8:00", "‮friday", "الجمعة", "יום שישי", "0x10", "½", "²", "--", ":", "8::30",
    "9" * 30_000, "x" * 30_000, "🙂" * 8_000, "1w" + " " * 30_000 + "x", "9" + " " * 30_000 + "x", "\x00", "'; DROP",
    "2026-02-30", "2026-00-10", "0000-01-01", "2026-1-1-1", "٣٠٠٠",
]  # fmt: skip
days = st.dates(date(1990, 1, 1), date(2200, 1, 1))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("typed", NEVER_READ, ids=lambda typed: ascii(typed[:12]))
def test_what_cannot_be_read_gets_a_sentence_and_soon(reader: str, typed: str) -> None:
    before = process_time()
    with pytest.raises(Unclear) as answer:
        READERS[reader](typed)
    assert str(answer.value).endswith(".")
    assert len(str(answer.value)) < 200, "the answer does not repeat thirty kilobytes"
    assert process_time() - before < 2, "a long line of spaces keeps nobody waiting"


@given(st.sampled_from(sorted(READERS)), st.text("0123456789 :.-,hmdwapFebri\n\t٣²", max_size=14))
def test_text_that_nearly_is_a_time_is_read_or_answered(reader: str, typed: str) -> None:
    try:
        READERS[reader](typed)
    except Unclear as answer:
        assert str(answer)


@given(days, days)
def test_a_day_with_its_year_is_itself_however_it_is_written(meant: date, today: date) -> None:
    month = MONTHS[meant.month - 1]
    for typed in (
        meant.isoformat(),
        f"{meant.year}-{meant.month}-{meant.day}",
        f"{meant.day} {month} {meant.year}",
        f"{month[:3].upper()} {meant.day}, {meant.year}",
        f"on {meant.day}. {month.title()} {meant.year}",
    ):
        assert day(typed, today) == meant, typed


@given(days, days)
def test_a_day_without_a_year_is_the_next_such_day(meant: date, today: date) -> None:
    found = day(f"{meant.day} {MONTHS[meant.month - 1]}", today)
    assert (found.month, found.day) == (meant.month, meant.day)
    assert found >= today
    if (meant.month, meant.day) != (2, 29):
        assert found < today + timedelta(days=366)


@pytest.mark.parametrize(
    ("today", "meant"),
    [
        (date(2027, 12, 1), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2028, 3, 1), date(2032, 2, 29)),
        (date(2096, 3, 1), date(2104, 2, 29)),
    ],
)
def test_the_leap_day_without_a_year_is_the_next_there_is(today: date, meant: date) -> None:
    assert day("29 Feb", today) == meant


@pytest.mark.parametrize("typed", ["30 Feb", "31 April", "0 March", "29 Feb 2100", "29 February 2026"])
def test_a_day_that_no_calendar_has_is_said_not_to_exist(typed: str) -> None:
    with pytest.raises(Unclear, match="does not exist"):
        day(typed, TODAY)


@given(days, st.integers(0, 6))
def test_a_weekday_is_one_of_the_next_seven_days_and_never_today(today: date, wanted: int) -> None:
    for typed in (WEEKDAYS[wanted], WEEKDAYS[wanted][:3].upper(), f"next {WEEKDAYS[wanted]}"):
        found = day(typed, today)
        assert found.weekday() == wanted == weekday(WEEKDAYS[wanted])
        assert timedelta(1) <= found - today <= timedelta(7)


@given(days, st.integers(0, 999))
def test_days_and_weeks_ahead_are_counted_from_today(today: date, count: int) -> None:
    assert day(f"in {count} days", today) == today + timedelta(days=count)
    assert day(f"{count}w", today) == today + timedelta(weeks=count)


@given(st.frozensets(st.integers(0, 6), max_size=6), st.sampled_from([", ", " ", " and ", "/", ";", " & "]))
def test_any_set_of_weekdays_comes_back_from_its_names(chosen: frozenset[int], between: str) -> None:
    assert weekdays(between.join(WEEKDAYS[n] for n in chosen) or "None") == chosen


@pytest.mark.parametrize("typed", ["su", "m", "sunday none", "none sunday", "sun-day", "weekend", "and"])
def test_weekdays_are_not_guessed(typed: str) -> None:
    with pytest.raises(Unclear, match="six at most"):
        weekdays(typed)


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_minute_of_the_day_is_read_in_each_way_of_writing_it(hour: int, minute: int) -> None:
    half = "am" if hour < 12 else "PM"
    for typed in (f"{hour:02}:{minute:02}", f"{hour}.{minute:02}", f"{hour}h{minute:02}"):
        assert clock(typed) == time(hour, minute)
    assert clock(f" {hour % 12 or 12}:{minute:02} {half} ") == time(hour, minute)


@pytest.mark.parametrize("typed", ["24:00", "0am", "13 pm", "8:60", "8:5", "-8", "8:00:00", "8 o'clock"])
def test_no_clock_shows_this(typed: str) -> None:
    with pytest.raises(Unclear, match="A time looks like"):
        clock(typed)


@given(st.integers(0, 20), st.integers(0, 99), st.integers(0, 99), st.integers(0, 999))
def test_a_span_is_the_sum_of_its_parts(weeks: int, whole_days: int, hours: int, minutes: int) -> None:
    span = timedelta(weeks=weeks, days=whole_days, hours=hours, minutes=minutes)
    typed = f"{weeks}w {whole_days}d {hours}h {minutes}m"
    if timedelta(0) < span <= timedelta(days=366):
        assert duration(typed) == duration(typed.replace(" ", "").upper()) == span
    else:
        with pytest.raises(Unclear):
            duration(typed)


def test_a_span_is_longer_than_nothing_and_at_most_a_leap_year() -> None:
    assert duration("366d") == timedelta(days=366)
    assert duration("1m") == timedelta(minutes=1)
    for typed in ("0d", "0w 0h", "366d 1m", "53w", "4h 1d", "1d1d", "1.5h"):
        with pytest.raises(Unclear, match="a year at most"):
            duration(typed)


@given(st.floats(-50, 50), st.integers(-20, 0), st.integers(1, 20))
def test_a_number_is_taken_exactly_when_it_lies_in_its_range(value: float, low: int, high: int) -> None:
    typed = f"{value:.3f}"
    if low <= float(typed) <= high:
        assert number(typed, low, high, "It") == number(typed.replace(".", ","), low, high, "It")
        assert number(typed, low, high, "It") == float(typed)
    else:
        with pytest.raises(Unclear, match=f"It is a number from {low} to {high}"):
            number(typed, low, high, "It")


def test_both_ends_of_a_range_belong_to_it_and_nothing_is_less_than_zero() -> None:
    assert (number("0", 0, 10, "It"), number("10", 0, 10, "It")) == (0, 10)
    assert str(number("-0", 0, 10, "It")) == "0.0"


def test_a_day_and_a_wrong_hour_is_no_day_at_that_hour() -> None:
    for typed in ("friday 25:00", "friday at", "at 8:00", "8:00", "friday 8:00 banana", "2026-02-30 8:00"):
        with pytest.raises(Unclear):
            when(typed, TODAY)


@given(days, st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_any_day_and_minute_in_iso_is_read_as_both(some_day: date, at: time) -> None:
    assert when(f"{some_day}T{at:%H:%M}", TODAY) == when(f"{some_day} {at:%H:%M}", TODAY) == (some_day, at)


@given(days, days)
def test_a_future_day_is_today_or_later_and_the_past_is_named_as_such(meant: date, today: date) -> None:
    if meant >= today:
        assert future_day(meant.isoformat(), today) == meant
    else:
        with pytest.raises(Unclear, match="in the past"):
            future_day(meant.isoformat(), today)


moments = st.one_of(
    st.builds("{}{}".format, st.integers(0, 500), st.sampled_from("mhdw")),
    st.builds(
        "{} {:%H:%M}".format,
        st.sampled_from(["today", "tomorrow", "sunday", "2027-03-14", "2027-11-07", "in 3 days"]),
        st.times(),
    ),
    st.sampled_from(
        ["today", "tomorrow", "friday", "0001-01-01", "9999-12-31", "9999-12-31 23:59", "29 Feb"]
    ),
)
around_clock_changes = st.builds(
    lambda day_, minute, fold: datetime.combine(day_, time(minute // 60, minute % 60, fold=fold)),
    st.sampled_from([date(2027, 3, 13), date(2027, 3, 14), date(2027, 11, 6), date(2027, 11, 7)]),
    st.integers(0, 1439),
    st.integers(0, 1),
)


@given(
    moments,
    around_clock_changes,
    st.sampled_from([NEW_YORK, UTC, ZoneInfo("Pacific/Kiritimati"), timezone(timedelta(hours=-12))]),
)
def test_the_clock_never_goes_back_not_even_when_clocks_change(
    typed: str, wall: datetime, zone: tzinfo
) -> None:
    now = wall.replace(tzinfo=zone)
    try:
        found = moment(typed, now)
    except Unclear:
        return
    ahead = found.astimezone(UTC) - now.astimezone(UTC)
    assert timedelta(0) < ahead <= timedelta(days=368)


@given(around_clock_changes, st.integers(1, 1439))
def test_minutes_ahead_are_real_minutes_when_clocks_change(wall: datetime, minutes: int) -> None:
    now = wall.replace(tzinfo=NEW_YORK)
    found = moment(f"{minutes}m", now)
    assert found.astimezone(UTC) - now.astimezone(UTC) == timedelta(minutes=minutes)


def test_a_day_ahead_keeps_the_hour_on_the_wall_when_clocks_change() -> None:
    found = moment("1d", datetime(2027, 3, 13, 9, tzinfo=NEW_YORK))
    assert (found.date(), found.hour) == (date(2027, 3, 14), 9)


def test_a_moment_without_an_hour_is_eight_in_the_morning() -> None:
    assert moment("tomorrow", NOW) == datetime(2026, 1, 8, 8, tzinfo=UTC)
    with pytest.raises(Unclear, match="in the past"):
        moment("today", NOW)
