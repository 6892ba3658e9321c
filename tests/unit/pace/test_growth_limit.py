"""How fast a week may grow: 1.3 times the best earlier week, with a floor, never compounding daily."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.pace.histories import (
    GENEROUS,
    IDEAL,
    OPEN_CALENDAR,
    History,
    Lived,
    decided_on,
    ids,
    some_examples,
    walk,
)
from unit.pace.histories import well_rested as rested

from bot.pace.minutes import growth_limit, week_cap
from bot.pace.model import PaceProfile


def budget(minutes: int, **changes: object) -> PaceProfile:
    """A plan of so many minutes a week."""
    return replace(GENEROUS, weekly_minutes=minutes, **changes)  # type: ignore[arg-type]


def test_an_ideal_month_grows_by_thirty_per_cent_a_week() -> None:
    """With Sundays off, a budget of 1200 is approached over weeks of 600, 600, 780 and 1010 minutes."""
    profile = budget(1200, rest_weekdays=frozenset({6}))
    minutes = [day.decision.minutes for day in walk(History(profile, OPEN_CALENDAR, (Lived(IDEAL),) * 28))]
    assert [sum(minutes[week : week + 7]) for week in (0, 7, 14, 21)] == [600, 600, 780, 1010]


@pytest.mark.parametrize(
    ("weekly", "floor"),
    [(0, 0), (300, 300), (360, 360), (361, 360), (600, 360), (720, 360), (800, 400), (1440, 720)],
)
def test_the_floor_is_six_hours_or_half_the_budget_within_the_budget(weekly: int, floor: int) -> None:
    for done in ([], [0.0] * 34, [10.0] * 34):
        assert growth_limit(budget(weekly), done) == floor


@pytest.mark.parametrize("newest", range(20))
def test_the_reference_week_never_overlaps_this_one(newest: int) -> None:
    """A week of 700 minutes counts once its seven days all lie on days t-34 to t-7."""
    done = [0.0] * 20 + [100.0] * 7 + [0.0] * newest
    best = 100 * (7 - max(0, 6 - newest))
    assert growth_limit(budget(1440), done) == max(720, 1.3 * best)


@pytest.mark.parametrize("newest", range(20, 40))
def test_the_reference_week_is_forgotten_after_thirty_four_days(newest: int) -> None:
    done = [0.0] * 20 + [100.0] * 7 + [0.0] * newest
    remembered = 7 - max(0, newest + 7 - 34)
    assert growth_limit(budget(1440), done) == max(720, 1.3 * 100 * max(0, remembered))


@pytest.mark.parametrize("days", range(20))
def test_fewer_than_seven_earlier_days_are_no_week(days: int) -> None:
    expected = 1.3 * 700 if days >= 13 else 720
    assert growth_limit(budget(1440), [100.0] * days) == pytest.approx(expected)


def test_the_limit_is_never_over_the_week_cap() -> None:
    assert growth_limit(budget(600), [240.0] * 34) == 600
    assert growth_limit(budget(1440, paid_work_hours=40.0), [240.0] * 34) == 600


@given(st.lists(st.floats(0, 600), max_size=60), st.integers(0, 2000))
@some_examples()
def test_more_done_never_lowers_the_limit(done: list[float], weekly: int) -> None:
    profile = budget(weekly)
    limit = growth_limit(profile, done)
    assert 0 <= limit <= week_cap(profile)
    assert growth_limit(profile, [minutes + 10 for minutes in done]) >= limit


@pytest.mark.parametrize("room", [*range(20), 100, 199, 200, 201, 225, 229, 230, 231, 400])
def test_today_fits_into_what_the_last_six_days_left(room: int) -> None:
    """It speaks only if it lowers the day; nothing under ten minutes is asked."""
    left = 1200 - room
    decision = decided_on(replace(rested(), planned=(left, 0, 0, 0, 0, 0)), GENEROUS)
    expected = min(room, 230) // 5 * 5
    assert decision.minutes == (expected if expected >= 10 else 0)
    assert ids(decision) == (["growth"] if room < 230 else ["ok"])


def test_only_the_last_six_plans_count() -> None:
    state = rested()
    assert len(walk(History(GENEROUS, OPEN_CALENDAR, (Lived(IDEAL),) * 9))[-1].dusk.planned) == 7
    assert decided_on(replace(state, planned=(900, *(0,) * 6)), GENEROUS).minutes == 230


def test_days_done_without_a_plan_raise_the_later_limit() -> None:
    """What counts is what was done, asked or not; silent days count as nothing done."""
    strong = (Lived(IDEAL, ((150.0, 3.0),)),) * 14
    silent = (Lived(IDEAL, None),) * 14
    assert growth_limit(GENEROUS, walk(History(GENEROUS, OPEN_CALENDAR, strong))[-1].dusk.done) == 1200
    assert growth_limit(GENEROUS, walk(History(GENEROUS, OPEN_CALENDAR, silent))[-1].dusk.done) == 600
