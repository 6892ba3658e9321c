"""The worked examples of recovery: readiness, trend, her own usual, the change point, the inventory."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from statistics import fmean

import pytest
from hypothesis import given
from unit.pace.histories import MONDAY, checkins, some_examples

from bot.pace.load import corrected
from bot.pace.model import Checkin, Ewma, PaceState
from bot.pace.mood import TREND_RATE, baseline, inventory_score, observe, readiness, trend
from bot.pace.policy import first_day

NOBODY = first_day(MONDAY)


@pytest.mark.parametrize(
    ("checkin", "expected"),
    [
        (Checkin(70, 1, 1, 7), 73.57),
        (Checkin(30, -1, 3, 5), 27.86),
        (Checkin(battery=50), 50),
        (Checkin(mood=1), 75),
        (Checkin(stress=1), 75),
        (Checkin(sleep_hours=7.5), 100),
        (Checkin(sleep_hours=12), 100),
        (Checkin(sleep_hours=4), 0),
        (Checkin(sleep_hours=1), 0),
        (Checkin(0, -2, 4, 0), 0),
        (Checkin(100, 2, 0, 9), 100),
    ],
)
def test_readiness_by_hand(checkin: Checkin, expected: float) -> None:
    assert readiness(checkin) == pytest.approx(expected, abs=0.005)


def test_readiness_of_nothing_is_nothing() -> None:
    assert readiness(Checkin()) is None


def test_readiness_is_monotone_in_each_item() -> None:
    """One notch better anywhere never lowers it, whatever else was answered."""
    batteries, moods = [None, 0, 10, 50, 90, 100], [None, -2, -1, 0, 1, 2]
    stresses, sleeps = [None, 4, 3, 2, 1, 0], [None, 0.0, 4.0, 5.5, 7.5, 10.0]
    scales: list[list[float | None]] = [[*batteries], [*moods], [*stresses], [*sleeps]]
    for places in product(range(6), repeat=4):
        here = readiness(_at(scales, places))
        for item in range(4):
            better = tuple(p + (n == item) for n, p in enumerate(places))
            if places[item] in (0, 5):
                continue
            there = readiness(_at(scales, better))
            assert here is not None and there is not None and there >= here - 1e-9


def _at(scales: list[list[float | None]], places: tuple[int, ...]) -> Checkin:
    battery, mood, stress, sleep = (scale[place] for scale, place in zip(scales, places, strict=True))
    return Checkin(
        battery, None if mood is None else int(mood), None if stress is None else int(stress), sleep
    )


@given(checkins)
@some_examples()
def test_readiness_lies_between_0_and_100(checkin: Checkin) -> None:
    """But for the last bit: the best answers to three items add up to a hair over 100."""
    found = readiness(checkin)
    assert found is None or 0 <= found <= 100


def feeling(values: list[float | None], state: PaceState = NOBODY) -> PaceState:
    """The state after mornings with these batteries; None is a morning without a check-in."""
    for value in values:
        state = observe(state, None if value is None else Checkin(battery=value))
    return state


def test_an_empty_checkin_is_none() -> None:
    """A form sent without an answer leaves the gap growing."""
    assert observe(NOBODY, Checkin()) == observe(NOBODY, None)
    assert observe(NOBODY, Checkin()).gap == 1
    assert feeling([None, None, 50]).gap == 0


def test_trend_needs_three_checkins() -> None:
    assert trend(feeling([80, 80])) is None
    assert trend(feeling([80, None, 80, None, 80])) == pytest.approx(80)


def test_trend_by_hand() -> None:
    """An exponentially weighted mean with a time constant of five days, bias-corrected."""
    keep = 1 - TREND_RATE
    assert pytest.approx(0.8187, abs=5e-5) == keep
    expected = (40 * keep**2 + 60 * keep + 80) / (keep**2 + keep + 1)
    assert trend(feeling([40, 60, 80])) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("gap", "penalty"), [(0, 0), (1, 0), (2, 5), (3, 10), (4, 15), (5, 15), (6, 15), (30, 15)]
)
def test_silence_lowers_the_trend(gap: int, penalty: float) -> None:
    assert trend(feeling([80, 80, 80] + [None] * gap)) == pytest.approx(80 - penalty)


def test_silence_lowers_the_trend_only_while_it_lasts() -> None:
    state = feeling([80, 80, 80, None, None, None, 80])
    assert trend(state) == pytest.approx(80)
    assert state.trend.count == 4


def test_her_usual_leaves_out_the_two_newest_and_needs_fourteen() -> None:
    assert baseline([70.0] * 15) is None
    assert baseline([70.0] * 14 + [0.0, 0.0]) == (70, 6)
    assert baseline([70.0] * 13 + [0.0, 0.0]) is None


def test_her_usual_looks_back_twenty_eight_readings() -> None:
    old, new = [90.0] * 14, [60.0] * 28
    assert baseline([*old, *new, 1.0, 1.0]) == (60, 6)
    assert baseline([*old, *new[:27], 1.0, 1.0]) == (60, 6)
    assert baseline([*old, *new[:13], 1.0, 1.0]) == (90, 6)


def test_long_exhaustion_never_becomes_the_norm() -> None:
    """The middle is at least 50 and the spread at least 6."""
    assert baseline([20.0] * 16) == (50, 6)
    assert baseline([49.0, 51.0] * 8) == (50, 6)
    assert baseline([40.0, 80.0] * 8) == pytest.approx((60, 1.4826 * 20))


def test_z_is_the_median_of_three_against_her_usual() -> None:
    usual: list[float | None] = [70.0] * 16
    assert feeling([*usual[:15], 64.0]).z is None, "fourteen readings before the two newest are needed"
    assert feeling([*usual, 64.0]).z == 0
    assert feeling([*usual, 64.0, 64.0]).z == -1
    assert feeling([*usual, 58.0, 40.0, 58.0]).z == -2
    assert feeling([*usual, 58.0, 58.0, None]).z is None, "only on a day with a check-in"


def test_forty_two_readings_are_kept() -> None:
    state = feeling([float(n) for n in range(60)])
    assert state.readings == tuple(range(18, 60))
    assert state.trend.count == 60


USUAL: list[float | None] = [70.0] * 16


def test_the_change_point_by_hand() -> None:
    """Each day of one spread below her usual adds a half; over five it rings for two days."""
    state = feeling(USUAL)
    steady = replace(state, readings=(70.0,) * 42)
    for n in range(1, 11):
        steady = replace(observe(steady, Checkin(battery=64)), readings=(70.0,) * 42)
        assert steady.cusum == pytest.approx(n / 2)
        assert steady.alarm == 0, "exactly five does not ring"
    steady = observe(steady, Checkin(battery=64))
    assert (steady.cusum, steady.alarm) == (0, 2)


def test_the_change_point_forgets_good_days_at_once_and_waits_through_silence() -> None:
    state = feeling([*USUAL, 58.0, 58.0])
    assert state.cusum == pytest.approx(3)
    assert feeling([None, None], state).cusum == state.cusum
    assert feeling([100.0], state).cusum == 0
    assert feeling([*USUAL[:15], 0.0]).cusum == 0, "without a usual there is nothing to fall from"


SPREAD = 10 * 1.4826
FIXED = (60.0, 80.0) * 21
"""Readings whose usual is 70 with a spread of 14.826."""


def days_to_alarm(chance: random.Random, drop: float, memory: float = 0.0) -> int:
    """Days until the change point rings on noise of one spread, autocorrelated, around a drop."""
    state, noise, days = replace(NOBODY, readings=FIXED), 0.0, 0
    while True:
        days += 1
        noise = memory * noise + (1 - memory**2) ** 0.5 * chance.gauss(0, 1)
        state = observe(state, Checkin(battery=70 + SPREAD * (noise - drop)))
        if state.alarm:
            return days
        state = replace(state, readings=FIXED)


def test_a_drop_of_one_spread_is_noticed_in_ten_or_eleven_days() -> None:
    chance = random.Random(1)
    assert 9.8 < fmean(days_to_alarm(chance, 1) for _ in range(400)) < 11.2


@pytest.mark.parametrize(("memory", "expected", "runs"), [(0.0, 848, 40), (0.3, 189, 100), (0.5, 108, 150)])
def test_false_alarms_are_rare(memory: float, expected: float, runs: int) -> None:
    """Mean days to a false alarm on noise, by simulation: 848, and fewer the longer a mood lasts."""
    chance = random.Random(2)
    found = fmean(days_to_alarm(chance, 0, memory) for _ in range(runs))
    assert 0.7 * expected < found < 1.4 * expected


def test_the_inventory_by_hand() -> None:
    assert inventory_score((75, 50, 75, 100, 50, 25)) == 62.5
    assert inventory_score((100, 100)) is None
    assert inventory_score((100, None, None, 100, None, None)) is None
    assert inventory_score((100, None, 50, 0, None, None)) == 50
    assert inventory_score(()) is None
    assert inventory_score((0,) * 6) == 0


def test_the_trend_is_the_corrected_mean() -> None:
    state = replace(NOBODY, trend=Ewma(40, 3), gap=3)
    assert trend(state) == pytest.approx(corrected(Ewma(40, 3), TREND_RATE) - 10)
