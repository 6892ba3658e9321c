"""From points met to a score and a rating, at every threshold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drills.model import Point, Rating
from bot.drills.rubric import must_failed, rating, score

RUBRIC = (
    Point("clarify", "Asks first", 2),
    Point("choice", "Chooses and says why", 3, must=True),
    Point("failure", "Says what fails", 3),
    Point("limits", "Gives numbers", 2),
)


def test_points_count_by_weight_and_half_points_by_half() -> None:
    assert score(RUBRIC, frozenset()) == 0
    assert score(RUBRIC, {"clarify", "choice"}) == 0.5
    assert score(RUBRIC, {"clarify", "choice"}, {"limits"}) == 0.6
    assert score(RUBRIC, {p.id for p in RUBRIC}) == 1


def test_a_point_met_is_not_counted_again_as_half() -> None:
    assert score(RUBRIC, {"choice"}, {"choice"}) == 0.3


def test_ids_of_no_point_count_nothing() -> None:
    assert score(RUBRIC, {"choice", "gone"}, {"gone-too"}) == 0.3
    assert score((), {"gone"}) == 0


def test_a_must_fails_only_when_it_is_missing_altogether() -> None:
    assert must_failed(RUBRIC, {"clarify", "failure", "limits"})
    assert not must_failed(RUBRIC, {"choice"})
    assert not must_failed(RUBRIC, frozenset(), {"choice"})


@pytest.mark.parametrize(
    ("reached", "failed", "hints", "ratio", "seen", "wanted"),
    [
        (0.49, False, 0, 1.0, False, Rating.AGAIN),
        (0.50, False, 0, 1.0, False, Rating.HARD),
        (1.00, True, 0, 0.5, False, Rating.AGAIN),
        (0.69, False, 0, 0.5, False, Rating.HARD),
        (0.70, False, 0, 0.5, False, Rating.GOOD),
        (1.00, False, 2, 0.5, False, Rating.HARD),
        (1.00, False, 1, 0.5, False, Rating.GOOD),
        (1.00, False, 0, 1.26, False, Rating.HARD),
        (1.00, False, 0, 1.25, False, Rating.GOOD),
        (0.90, False, 0, 0.80, False, Rating.EASY),
        (0.89, False, 0, 0.80, False, Rating.GOOD),
        (0.90, False, 0, 0.81, False, Rating.GOOD),
        (0.90, False, 0, 0.80, True, Rating.GOOD),
        (0.60, False, 0, 0.80, True, Rating.HARD),
        (1.00, False, 0, None, False, Rating.GOOD),
        (0.40, False, 0, None, False, Rating.AGAIN),
    ],
)
def test_the_rating_at_each_threshold(
    reached: float, failed: bool, hints: int, ratio: float | None, seen: bool, wanted: Rating
) -> None:
    assert rating(reached, failed, hints, ratio, seen) is wanted


@pytest.mark.parametrize(("weight", "others", "wanted"), [(7, 3, Rating.GOOD), (9, 1, Rating.EASY)])
def test_a_score_exactly_on_a_threshold_reaches_it(weight: int, others: int, wanted: Rating) -> None:
    rubric = (Point("a", "a", weight, must=True), Point("b", "b", others))
    assert rating(score(rubric, {"a"}), False, 0, 0.5, False) is wanted


@given(
    low=st.floats(0, 1),
    high=st.floats(0, 1),
    hints=st.integers(0, 3),
    ratio=st.none() | st.floats(0, 4),
    seen=st.booleans(),
)
def test_a_higher_score_or_fewer_hints_never_rate_lower(
    low: float, high: float, hints: int, ratio: float | None, seen: bool
) -> None:
    low, high = sorted((low, high))
    assert rating(low, False, hints, ratio, seen) <= rating(high, False, hints, ratio, seen)
    assert rating(high, False, hints + 1, ratio, seen) <= rating(high, False, hints, ratio, seen)
