"""The calibration gate: numbers are shown only as long as what was expected and what was scored agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drills.calibration import ENOUGH, ROLLING, brier, is_calibrated, reliability

shares = st.floats(0, 1)
pairs = st.lists(st.tuples(shares, shares), max_size=300)


def test_without_answers_nothing_speaks_against_numbers() -> None:
    assert is_calibrated([])
    assert brier([]) is None
    assert reliability([]) == ()


def test_the_brier_score_is_the_mean_squared_distance() -> None:
    assert brier([(0.5, 1.0), (0.5, 0.0), (1.0, 1.0), (0.0, 1.0)]) == pytest.approx(0.375)


@pytest.mark.parametrize(
    ("expected", "number"), [(0.0, 0), (0.19, 0), (0.2, 1), (0.6, 3), (0.99, 4), (1.0, 4)]
)
def test_an_expectation_falls_into_its_fifth(expected: float, number: int) -> None:
    whole = [(0.1, 0.0), (0.3, 0.0), (0.5, 0.0), (0.7, 0.0), (0.9, 0.0), (expected, 1.0)]
    assert [b.count for b in reliability(whole)].index(2) == number


@pytest.mark.parametrize(
    ("count", "scored", "shown"),
    [
        (ENOUGH, 0.60, True),
        (ENOUGH, 0.61, False),
        (ENOUGH, 0.40, True),
        (ENOUGH, 0.39, False),
        (ENOUGH - 1, 0.90, True),
    ],
)
def test_a_bin_is_off_beyond_a_tenth_from_twenty_answers_on(count: int, scored: float, shown: bool) -> None:
    assert is_calibrated([(0.5, scored)] * count) is shown


def test_one_bin_that_is_off_hides_the_numbers_of_all() -> None:
    assert not is_calibrated([(0.5, 0.5)] * 30 + [(0.9, 0.7)] * 20)


def test_an_estimate_that_has_mended_is_not_held_to_old_answers() -> None:
    off, well = [(0.5, 0.9)] * 100, [(0.5, 0.5)] * ROLLING
    assert not is_calibrated(off)
    assert is_calibrated(off + well)
    assert brier(off + well) == 0


@given(pairs)
def test_every_answer_is_in_one_bin_and_its_mean_within_the_bin(told: list[tuple[float, float]]) -> None:
    bins = reliability(told)
    assert sum(b.count for b in bins) == min(len(told), ROLLING)
    assert all(0 <= b.expected <= 1 and 0 <= b.scored <= 1 for b in bins)
    score = brier(told)
    assert score is None or 0 <= score <= 1
