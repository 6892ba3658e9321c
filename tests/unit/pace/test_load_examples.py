"""The worked examples of training load: averages, ramp, monotony, events, silence, the first weeks."""

from __future__ import annotations

from dataclasses import replace
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.pace.histories import (
    GENEROUS,
    IDEAL,
    MONDAY,
    OPEN_CALENDAR,
    SILENT,
    Lived,
    after,
    decided_on,
    ids,
    one_day,
    sittings,
    some_examples,
)

from bot.pace.load import (
    ACUTE_RATE,
    CHRONIC_RATE,
    EVENT_LOAD,
    absorb,
    blended,
    corrected,
    event_load,
    form,
    monotony,
    ramp,
    session_load,
    step,
    strain,
)
from bot.pace.minutes import week_cap
from bot.pace.model import Event, Ewma, Level, Morning, PaceState
from bot.pace.mood import trend
from bot.pace.policy import begin_day, end_day, first_day

NOBODY = first_day(MONDAY)
HOUR_AT_SIX = ((60.0, 6.0),)


def test_session_load_is_exertion_times_minutes() -> None:
    assert session_load(((60, 6), (30, 3))) == 450
    assert session_load(()) == 0
    assert session_load(((4.5 * 60, 8),)) == 2160, "an onsite of four and a half hours is a real session"


@pytest.mark.parametrize(
    ("minutes", "exertion", "load"),
    [(-1, 5, 0), (0, 5, 0), (1440, 1, 1440), (1441, 1, 1440), (10, -1, 0), (10, 10, 100), (10, 11, 100)],
)
def test_session_load_clamps_what_cannot_be(minutes: float, exertion: float, load: float) -> None:
    assert session_load(((minutes, exertion),)) == load


def test_the_rates_are_those_of_seven_and_twenty_eight_days() -> None:
    assert pytest.approx(0.1331, abs=5e-5) == ACUTE_RATE
    assert pytest.approx(0.0351, abs=5e-5) == CHRONIC_RATE


def test_seven_equal_days_have_that_mean_every_day() -> None:
    """The bias correction: 300 every day reads 300.0 from the first day on, raw only 189.6."""
    mean = Ewma()
    for _ in range(7):
        mean = step(mean, 300, ACUTE_RATE)
        assert corrected(mean, ACUTE_RATE) == pytest.approx(300)
    assert mean.value == pytest.approx(189.6, abs=0.05)
    assert corrected(Ewma(), ACUTE_RATE) == 0


@given(st.lists(st.floats(0, 2000), min_size=1, max_size=40))
@some_examples()
def test_a_corrected_mean_lies_between_the_least_and_the_most(loads: list[float]) -> None:
    mean = Ewma()
    for load in loads:
        mean = step(mean, load, CHRONIC_RATE)
    assert min(loads) - 1e-6 <= corrected(mean, CHRONIC_RATE) <= max(loads) + 1e-6


def settled(acute: float = 0, chronic: float = 0, known_days: int = 14) -> PaceState:
    """Somebody whose averages have long forgotten how they started."""
    return replace(NOBODY, acute=Ewma(acute, 10**6), chronic=Ewma(chronic, 10**6), known_days=known_days)


def test_thirty_per_cent_more_a_week_is_a_ramp_of_1_62() -> None:
    """Planned growth stays under the ramp threshold of 1.7."""
    state, load = NOBODY, 100.0
    for _ in range(7 * 26):
        state = absorb(state, ((load / 10, 10),))
        load *= 1.3 ** (1 / 7)
        if load > 10_000:
            state = replace(
                state,
                acute=replace(state.acute, value=state.acute.value / 10),
                chronic=replace(state.chronic, value=state.chronic.value / 10),
            )
            load /= 10
    assert ramp(state, 600) == pytest.approx(1.62, abs=0.005)


def test_one_huge_day_is_a_ramp_of_3_79_and_wears_off_in_seven_and_a_half_days() -> None:
    state = absorb(settled(), ((1440, 10),))
    assert ramp(state, 600) == pytest.approx(3.79, abs=0.005)
    rested = [state := absorb(state, ()) for _ in range(8)]
    assert ramp(rested[6], 600) == pytest.approx(3.79 * exp(-7 * (1 / 7 - 1 / 28)), abs=0.01)
    assert (ramp(rested[6], 600) or 0) > 1.7 > (ramp(rested[7], 600) or 9)
    halfway = ((ramp(rested[6], 600) or 0) * (ramp(rested[7], 600) or 0)) ** 0.5
    assert halfway == pytest.approx(1.7, abs=0.01)


def test_the_ramp_of_hardly_any_work_is_small() -> None:
    """Under 100 AU a day the usual load counts as 100, so that a first short hour is no spike."""
    assert ramp(settled(150, 10), 600) == 1.5
    assert ramp(settled(150, 100), 600) == 1.5
    assert ramp(settled(150, 50, known_days=13), 600) is None


def test_form_is_usual_load_less_recent_load() -> None:
    assert form(settled(200, 300), 600) == 100
    assert form(settled(300, 200), 600) == -100


@pytest.mark.parametrize(
    ("week", "expected_monotony", "expected_strain"),
    [
        ([300] * 6 + [0], 2.449, 4409),
        ([420, 180] * 3 + [0], 1.682, 3028),
        ([300] * 5 + [0, 0], 1.581, 2372),
        ([0] * 7, 0, 0),
        ([200] * 7, 4, 5600),
        ([60] * 7, 4, 1680),
        ([59.9] * 7, 0, 0),
    ],
)
def test_monotony_and_strain_of_a_week(
    week: list[float], expected_monotony: float, expected_strain: float
) -> None:
    assert monotony(week) == pytest.approx(expected_monotony, abs=5e-4)
    assert strain(week) == pytest.approx(expected_strain, abs=0.5)


@given(st.lists(st.floats(0, 3000), min_size=7, max_size=7))
@some_examples()
def test_monotony_is_never_over_four(week: list[float]) -> None:
    assert 0 <= monotony(week) <= 4


EXPECTED_EVENTS = {
    Event.REJECT_APP: 60,
    Event.GHOSTED: 60,
    Event.REJECT_SCREEN: 150,
    Event.REJECT_ONSITE: 450,
    Event.OFFER_LOST: 600,
    Event.LIFE_S: 150,
    Event.LIFE_M: 450,
    Event.LIFE_L: 1200,
}


def test_every_event_has_its_weight() -> None:
    assert EVENT_LOAD == EXPECTED_EVENTS
    assert set(EVENT_LOAD) == set(Event)


def event_days(morning: Morning, days: int = 4) -> list[PaceState]:
    """The states of the days from an event on, each before its evening."""
    state, found = NOBODY, []
    for n in range(days):
        found.append(begin_day(state, morning if n == 0 else SILENT))
        state = end_day(found[-1], OPEN_CALENDAR, planned=0, sessions=())
    return found


def test_a_rejected_onsite_weighs_on_three_days() -> None:
    days = event_days(Morning(events=(Event.REJECT_ONSITE,)))
    assert [event_load(day) for day in days] == pytest.approx([225, 135, 90, 0])


@pytest.mark.parametrize("event", Event)
def test_an_event_enters_acute_load_only_and_in_full(event: Event) -> None:
    """Stress is no training: the usual load does not rise."""
    days = event_days(Morning(events=(event,)))
    assert [event_load(d) for d in days[:3]] == pytest.approx(
        [EXPECTED_EVENTS[event] * s for s in (0.5, 0.3, 0.2)]
    )
    assert days[3].acute.value > 0
    assert days[3].chronic.value == 0
    assert days[3].loads == pytest.approx([EXPECTED_EVENTS[event] * s for s in (0.5, 0.3, 0.2)])


def test_a_weight_of_her_own_counts_beside_the_listed_events() -> None:
    days = event_days(Morning(events=(Event.GHOSTED, Event.GHOSTED), event_loads=(300.0, 40.0)))
    assert [event_load(day) for day in days] == pytest.approx([230, 138, 92, 0])


def test_events_weigh_on_silent_days_too() -> None:
    state = begin_day(settled(100, 100), Morning(events=(Event.REJECT_ONSITE,)))
    assert absorb(state, None).acute.value == pytest.approx(100 + ACUTE_RATE * 225)


def test_a_silent_day_holds_the_load_for_three_days_and_then_drifts() -> None:
    """Acute load drifts to the usual load; the usual load gets no credit for unseen work."""
    state, acute, chronic = settled(400, 200), 400.0, 200.0
    for n in range(10):
        if n >= 3:
            acute += ACUTE_RATE * (chronic - acute)
            chronic -= CHRONIC_RATE * chronic
        state = absorb(state, None)
        assert state.acute.value == pytest.approx(acute)
        assert state.chronic.value == pytest.approx(chronic)
        assert (state.silent_run, state.known_days) == (n + 1, 14)
    assert absorb(state, ()).silent_run == 0


@pytest.mark.parametrize("days", range(1, 11))
def test_silence_is_not_rest(days: int) -> None:
    """After three weeks of an hour at six: silent days leave more acute load than known rest."""
    before = after([Lived(IDEAL, HOUR_AT_SIX)] * 21)
    silent = rested = before
    trends = [trend(before) or 0.0]
    for _ in range(days):
        unheard = one_day(silent, Lived(SILENT, None), GENEROUS, OPEN_CALENDAR)
        silent = unheard.dusk
        rested = one_day(rested, Lived(IDEAL, ()), GENEROUS, OPEN_CALENDAR).dusk
        trends.append(trend(unheard.decided) or 0.0)
    acute = [blended(s.acute, ACUTE_RATE, s.known_days, 1200) for s in (silent, rested)]
    assert acute[0] > acute[1]
    assert trends == sorted(trends, reverse=True)
    assert silent.level <= (Level.EASE if days >= 7 else Level.STEADY if days >= 3 else Level.FULL)


@pytest.mark.parametrize("known", range(20))
def test_in_the_first_two_weeks_the_load_is_mixed_with_what_the_plan_suggests(known: int) -> None:
    """Exertion 5 on 70 % of the week: 600 minutes a week suggest 300 AU a day."""
    mean = Ewma(500, 10**6)
    weight = max(0, 14 - known) / 14
    assert blended(mean, ACUTE_RATE, known, 600) == pytest.approx(weight * 300 + (1 - weight) * 500)


def test_a_beginner_is_held_down_neither_by_ramp_nor_by_trend() -> None:
    """Heavy first days: the ramp is not used before 14 known days, nor her usual."""
    state = first_day(MONDAY)
    for _ in range(14):
        decision = decided_on(state, GENEROUS)
        assert not {"ramp", "trend", "below_usual", "stale"} & set(ids(decision))
        assert ramp(state, week_cap(GENEROUS)) is None
        state = one_day(state, Lived(IDEAL, ((200.0, 9.0),)), GENEROUS, OPEN_CALENDAR).dusk
    assert ramp(state, week_cap(GENEROUS)) is not None
    assert first_day(MONDAY).level is Level.STEADY


@given(st.lists(sittings, max_size=4), st.lists(sittings, max_size=2))
@some_examples()
def test_more_work_never_makes_less_load(
    sessions: list[tuple[float, float]], more: list[tuple[float, float]]
) -> None:
    state = settled(300, 200)
    less, fuller = absorb(state, sessions), absorb(state, [*sessions, *more])
    assert fuller.acute.value >= less.acute.value
    assert fuller.chronic.value >= less.chronic.value


def test_minutes_that_no_day_has_are_not_counted_as_done():
    """A mistyped sitting may not lift the growth limit for weeks."""
    from datetime import date

    from bot.pace.model import Calendar
    from bot.pace.policy import end_day, first_day

    after = end_day(first_day(date(2026, 1, 5)), Calendar(), planned=0, sessions=[(-50, 5), (5000, 5)])
    assert after.done == (1440,)
