"""What people type is read strictly; what cannot be read gets a sentence, never a crash."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.form import Unclear
from bot.chat.reading import clock, day, duration, future_day, moment, number, weekdays, when

TODAY = date(2026, 1, 7)  # a Wednesday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-02-03", date(2026, 2, 3)),
        ("3 Feb", date(2026, 2, 3)),
        ("Feb 3rd", date(2026, 2, 3)),
        ("3 february 2028", date(2028, 2, 3)),
        ("29 feb 2028", date(2028, 2, 29)),
        ("6 Jan", date(2027, 1, 6)),
        ("today", TODAY),
        ("tomorrow", date(2026, 1, 8)),
        ("wed", date(2026, 1, 14)),
        ("on Friday", date(2026, 1, 9)),
        ("next monday", date(2026, 1, 12)),
        ("in 10 days", date(2026, 1, 17)),
        ("2 weeks", date(2026, 1, 21)),
    ],
)
def test_days_are_read_as_people_say_them(typed, meant):
    assert day(typed, TODAY) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "banana",
        "",
        "🙂",
        "2026-13-01",
        "2026-02-30",
        "29 Feb 2027",
        "32 Jan",
        "5",
        "1/2/2026",
        "\u202efriday",
    ],
)
def test_other_words_are_no_day(typed):
    with pytest.raises(Unclear):
        day(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8", time(8)),
        ("8:30", time(8, 30)),
        ("20.15", time(20, 15)),
        ("8pm", time(20)),
        ("12am", time(0)),
        ("12 pm", time(12)),
    ],
)
def test_wall_times(typed, meant):
    assert clock(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "8:60", "13pm", "noon", "", "🙂", "8:3"])
def test_other_words_are_no_time(typed):
    with pytest.raises(Unclear):
        clock(typed)


def test_a_day_may_carry_an_hour():
    assert when("Monday 14:00", TODAY) == (date(2026, 1, 12), time(14))
    assert when("2026-02-03T09:30", TODAY) == (date(2026, 2, 3), time(9, 30))
    assert when("3 Feb at 2pm", TODAY) == (date(2026, 2, 3), time(14))
    assert when("3 Feb", TODAY) == (date(2026, 2, 3), None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1d", timedelta(days=1)),
        ("90m", timedelta(minutes=90)),
        ("1d 4h", timedelta(days=1, hours=4)),
        ("1w", timedelta(weeks=1)),
        ("5 min", timedelta(minutes=5)),
    ],
)
def test_spans(typed, meant):
    assert duration(typed) == meant


@pytest.mark.parametrize("typed", ["0m", "-1d", "d", "", "9999d", "1y", "🙂", "1d banana"])
def test_other_words_are_no_span(typed):
    with pytest.raises(Unclear):
        duration(typed)


def test_the_past_is_no_future_day():
    with pytest.raises(Unclear, match="past"):
        future_day("2020-01-01", TODAY)
    assert future_day("today", TODAY) == TODAY


def test_weekdays_come_as_a_list_or_none():
    assert weekdays("sat, Sunday") == {5, 6}
    assert weekdays("none") == frozenset()
    for nonsense in ("someday", "", "🙂", "mon tue wed thu fri sat sun"):
        with pytest.raises(Unclear):
            weekdays(nonsense)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_in_iso_form_is_itself(some_day):
    assert day(some_day.isoformat(), TODAY) == some_day


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_answered(typed):
    for read in (
        lambda t: day(t, TODAY),
        clock,
        duration,
        weekdays,
        lambda t: number(t, 0, 10, "It"),
        lambda t: when(t, TODAY),
    ):
        try:
            read(typed)
        except Unclear as answer:
            assert str(answer).endswith(".")


@given(st.text(max_size=30) | st.sampled_from(["1d", "90m", "tomorrow 8:00", "friday", "2026-01-07"]))
def test_the_clock_never_goes_back(typed):
    now = datetime(2026, 1, 7, 9, tzinfo=UTC)
    with contextlib.suppress(Unclear):
        assert moment(typed, now) > now


@pytest.mark.parametrize("typed", ["nan", "inf", "-inf", "1e9", "٣٠٠", "", "x" * 30_000])
def test_numbers_out_of_range_are_answered_with_the_range(typed):
    with pytest.raises(Unclear, match="from 0 to 100"):
        number(typed, 0, 100, "The battery")
