"""Planned breaks: lighter days before, nothing during, a gentle way back after."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.pace.histories import (
    GENEROUS,
    IDEAL,
    MONDAY,
    OPEN_CALENDAR,
    History,
    Lived,
    decided_on,
    histories,
    ids,
    one_day,
    some_examples,
    walk,
    well_rested,
)

from bot.pace.model import Break, Calendar, Interview, Level, PaceState

REST, EASE, STEADY, FULL = Level
FACTORS = {REST: Fraction(0), EASE: Fraction(1, 2), STEADY: Fraction(4, 5), FULL: Fraction(1)}
BESIDE = {1: Fraction(1, 2), 2: Fraction(3, 4)}
"""Factors by the distance in days to the break's nearest day, before and after alike."""


def away(first: int, last: int) -> Break:
    """A break from one day to another, counted from the Monday of these tests."""
    return Break(MONDAY + timedelta(days=first), MONDAY + timedelta(days=last))


def calendar(*breaks: Break, interviews: tuple[Interview, ...] = ()) -> Calendar:
    """A calendar with these breaks."""
    return Calendar(interviews=interviews, breaks=breaks)


def fives(minutes: Fraction) -> int:
    """Whole fives below, nothing under ten."""
    whole = int(minutes / 5) * 5
    return whole if whole >= 10 else 0


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("length", [1, 2, 7, 14])
def test_a_break_on_any_day_around_it(level: Level, length: int) -> None:
    """Three quarters two days off, half next to it, nothing inside, the usual further away."""
    profile = replace(GENEROUS, ceiling=level)
    for distance in range(-5, length + 6):
        decision = decided_on(
            well_rested(level=level), profile, calendar(away(-distance, -distance + length - 1))
        )
        before, after = -distance, distance - length + 1
        inside = 0 <= distance < length
        beside = BESIDE.get(max(before, after), Fraction(1)) if not inside else Fraction(1)
        factor = Fraction(0) if inside else min(FACTORS[level], beside)
        assert decision.minutes == fives(200 * factor * Fraction(115, 100)), distance
        assert (decision.minutes == 0) == (decision.kinds == ())
        if inside:
            assert ids(decision) == ["break"]
        elif beside < FACTORS[level]:
            assert ids(decision) == ["before_break" if before > 0 else "after_break"]
        else:
            assert ids(decision) == ["ok"]


def test_the_reason_says_how_many_days_it_is() -> None:
    for days in (1, 2):
        before = decided_on(well_rested(), GENEROUS, calendar(away(days, days + 3)))
        after = decided_on(well_rested(), GENEROUS, calendar(away(-days - 3, -days)))
        assert before.reasons[0].numbers == after.reasons[0].numbers == (("days", days),)


def test_a_break_caps_and_never_multiplies() -> None:
    """A taper or an easier week below the break's factor stays as it is."""
    onsite = Interview(MONDAY + timedelta(days=1), "onsite")
    tapered = decided_on(well_rested(), GENEROUS, calendar(away(2, 4), interviews=(onsite,)))
    assert (tapered.minutes, ids(tapered)) == (fives(Fraction(200 * 2, 5) * Fraction(115, 100)), ["taper"])
    screen = Interview(MONDAY + timedelta(days=3), "onsite")
    both = decided_on(well_rested(), GENEROUS, calendar(away(1, 2), interviews=(screen,)))
    assert (both.minutes, ids(both)) == (115, ["taper", "before_break"])
    easier = replace(GENEROUS, horizon_days=84)
    deload = decided_on(well_rested(age=22), easier, calendar(away(2, 4)))
    assert (deload.minutes, ids(deload)) == (138 // 5 * 5, ["deload"])


def test_between_two_breaks_the_lower_factor_counts() -> None:
    """In any order of the calendar."""
    first, second = away(-9, -2), away(1, 3)
    for both in (calendar(first, second), calendar(second, first)):
        decision = decided_on(well_rested(), GENEROUS, both)
        assert (decision.minutes, ids(decision)) == (115, ["after_break", "before_break"])


def test_a_break_zeroes_an_interview_day_and_comes_last() -> None:
    interviews = (Interview(MONDAY, "screen"),)
    state = replace(well_rested(), busy=(True,) * 6)
    decision = decided_on(state, GENEROUS, calendar(away(0, 0), interviews=interviews))
    assert (decision.minutes, decision.kinds) == (0, ())
    assert ids(decision) == ["interview_day", "six_in_a_row", "break"]
    paused = decided_on(replace(state, paused=True), GENEROUS, calendar(away(0, 0)))
    assert ids(paused) == ["paused", "six_in_a_row", "break"]


def test_a_fortnight_with_a_break_in_the_middle() -> None:
    """Day by day, with a tireless person who could do 230 and 170 minutes in turn."""
    state, minutes = well_rested(), []
    for _ in range(12):
        state = replace(state, busy=(), planned=(), done=(240.0,) * 34)
        day = one_day(state, Lived(IDEAL), GENEROUS, calendar(away(4, 7)))
        minutes.append(day.decision.minutes)
        state = day.dusk
    assert minutes == [230, 170, 170, 85, 0, 0, 0, 0, 115, 125, 230, 170]


def test_practice_during_a_break_is_never_refused() -> None:
    day = one_day(well_rested(), Lived(IDEAL, ((60.0, 6.0),)), GENEROUS, calendar(away(0, 6)))
    assert day.decision.minutes == 0
    assert (day.dusk.loads, day.dusk.done[-1], day.dusk.busy) == ((360,), 60, (True,))


def test_a_break_rests_the_run_of_busy_days() -> None:
    state: PaceState = replace(well_rested(), busy=(True,) * 6)
    day = one_day(state, Lived(IDEAL, ()), GENEROUS, calendar(away(0, 0)))
    assert day.dusk.busy[-1] is False


@given(histories, st.integers(0, 60), st.integers(0, 14))
@some_examples()
def test_one_more_break_never_asks_more_of_a_day(history: History, first: int, length: int) -> None:
    """With the same past; the level is left alone, and inside the break nothing is asked."""
    more = replace(history.calendar, breaks=(*history.calendar.breaks, away(first, first + length)))
    for day in walk(history):
        other = one_day(day.dawn, day.lived, history.profile, more)
        assert other.decision.minutes <= day.decision.minutes
        assert other.decision.level is day.decision.level
        if first <= (day.dawn.today - MONDAY).days <= first + length:
            assert other.decision.minutes == 0
            assert other.decision.reasons[-1].id == "break"


def test_without_breaks_nothing_is_said_of_them() -> None:
    assert ids(decided_on(well_rested(), GENEROUS, OPEN_CALENDAR)) == ["ok"]
