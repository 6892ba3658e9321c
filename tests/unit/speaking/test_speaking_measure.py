"""Pace beside her own calm pace: bands, medians, and what an order of telling cannot change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.speaking.measure import (
    LAST,
    WEEKS,
    Band,
    asked_by_week,
    band,
    belongs,
    calm_median,
    hurry,
    praised,
)
from bot.speaking.model import Heard, Spoken
from bot.speaking.words import pace_chart

START = datetime(2026, 1, 5, 8, tzinfo=UTC)


def spoken(n: int, pace: int | None = 150, *, real: bool = False, asked: int | None = None) -> Spoken:
    """The n-th day's minute, at so many words."""
    at = START + timedelta(days=n)
    heard = None if pace is None else Heard(pace, 0, 0, 0)
    return Spoken(f"s{n:03}", at, at.date(), "story", 60, real, asked, heard)


def test_a_pace_needs_a_transcript_and_half_a_minute():
    at = START, START.date()
    assert Spoken("a", *at, "x", 30, False, heard=Heard(75, 0, 0, 0)).pace == 150
    assert Spoken("a", *at, "x", 29, False, heard=Heard(75, 0, 0, 0)).pace is None
    assert Spoken("a", *at, "x", 60, False).pace is None
    assert Spoken("a", *at, "x", 60, False, heard=Heard(0, 3, 0, 0)).pace is None


@pytest.mark.parametrize(
    ("pace", "own", "slow_too", "said"),
    [
        (120, None, False, Band.FINE),
        (170, None, False, Band.FINE),
        (175, None, False, Band.PLAIN),
        (180, None, False, Band.PLAIN),
        (181, None, False, Band.FAST),
        (156, 130, False, Band.FINE),
        (157, 130, False, Band.FAST),
        (90, None, False, Band.PLAIN),
        (90, 150, True, Band.SLOW),
        (100, None, True, Band.PLAIN),
    ],
)
def test_a_pace_is_fast_by_the_band_or_by_her_own_and_slow_only_if_she_asked(pace, own, slow_too, said):
    assert band(pace, own, slow_too=slow_too) is said


def test_her_calm_pace_needs_three_calm_ones_and_leaves_real_ones_out():
    two = [spoken(0, 140), spoken(1, 160), spoken(2, 300, real=True), spoken(3, None)]
    assert calm_median(two) is None
    assert calm_median([*two, spoken(4, 150)]) == 150


def test_only_the_newest_twelve_calm_ones_make_her_pace():
    assert (
        calm_median([*(spoken(n, 200) for n in range(30)), *(spoken(40 + n, 130) for n in range(12))]) == 130
    )


def test_a_hurry_is_more_than_a_tenth_beyond_calm_and_looks_at_the_newest_three():
    calm = [spoken(n, 150) for n in range(3)]
    assert hurry(calm) is None
    assert hurry([*calm, spoken(5, 165, real=True)]) is None
    found = hurry([*calm, spoken(5, 166, real=True)])
    assert found is not None and (found.real, found.calm, found.times) == (166, 150, 1)
    settled = [spoken(5 + n, 150, real=True) for n in range(3)]
    assert hurry([*calm, spoken(4, 240, real=True), *settled]) is None
    assert hurry([spoken(5, 240, real=True)]) is None


told = st.lists(
    st.tuples(st.integers(60, 250) | st.none(), st.booleans(), st.integers(0, 20) | st.none()), max_size=40
).map(lambda drawn: [spoken(n, p, real=r, asked=a) for n, (p, r, a) in enumerate(drawn)])


@given(told, st.randoms(use_true_random=False))
def test_the_order_in_which_it_is_read_changes_nothing(found, chance):
    mixed = chance.sample(found, len(found))
    assert calm_median(mixed) == calm_median(found)
    assert hurry(mixed) == hurry(found)
    assert asked_by_week(mixed) == asked_by_week(found)


@given(told)
def test_a_calm_median_lies_among_her_calm_paces(found):
    paces = [s.pace for s in found if s.pace and not s.real]
    own = calm_median(found)
    assert (own is None) == (len(paces) < 3)
    assert own is None or min(paces) <= own <= max(paces)


@given(told)
def test_weeks_hold_every_count_once(found):
    weeks = asked_by_week(found)
    newest = {w.monday for w in weeks}
    inside = [s.asked for s in found if s.asked is not None and s.day - timedelta(s.day.weekday()) in newest]
    assert sum(w.asked for w in weeks) == sum(inside) and sum(w.times for w in weeks) == len(inside)
    assert len(weeks) <= WEEKS and [w.monday for w in weeks] == sorted(newest)


@given(st.integers(60, 250), st.floats(60, 250), st.integers(1, 60))
def test_faster_is_never_said_to_be_better(pace, own, more):
    if band(pace, own) is Band.FAST:
        assert band(pace + more, own) is Band.FAST


def test_the_chart_shows_the_newest_twelve_with_words_for_whoever_cannot_see_it():
    found = pace_chart([spoken(n, 120 + n, real=n == 19) for n in range(20)])
    assert len(found.bars) == LAST and found.bars[-1].words == "139 real"
    assert found.top == 139 and "24 January 139, mock or interview" in found.alt


def test_three_to_five_seconds_are_praised():
    assert [praised(s) for s in (2.9, 3, 4.5, 5, 5.1)] == [False, True, True, True, False]


def test_minutes_and_words_that_cannot_belong_together_are_noticed():
    assert belongs(10, 5) and belongs(350, 60) and belongs(0, 30)
    assert not belongs(5_000, 150)
    assert not belongs(10, 1_800)


def test_weeks_begin_on_a_monday():
    (week,) = asked_by_week([spoken(2, asked=3), spoken(6, asked=0)])
    assert (week.monday, week.asked, week.times) == (date(2026, 1, 5), 3, 2)
