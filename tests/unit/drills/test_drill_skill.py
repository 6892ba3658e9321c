"""Skill by area: the update's numbers, the prior, and how sure the estimate is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drills.model import Skill
from bot.drills.skill import (
    STEP_FLOOR,
    difficulty_logit,
    is_early,
    learned,
    level_of,
    prior,
    probability,
    spread,
    step_size,
)
from bot.plan.readiness import rated_skill

logits = st.floats(-6, 6)


@pytest.mark.parametrize(
    ("theta", "b", "count", "score", "expected", "theta_after", "b_after"),
    [(0.0, 0.5, 0, 0.75, 0.3775, 0.3725, 0.3138), (1.2, 0.5, 20, 0.25, 0.6682, 0.9909, 0.6045)],
)
def test_an_answer_moves_skill_and_difficulty_by_the_known_numbers(
    theta: float, b: float, count: int, score: float, expected: float, theta_after: float, b_after: float
) -> None:
    assert probability(theta, b) == pytest.approx(expected, abs=5e-5)
    skill, difficulty = learned(Skill("sql", theta, count), b, score)
    assert skill.theta == pytest.approx(theta_after, abs=5e-5)
    assert difficulty == pytest.approx(b_after, abs=6e-5)
    assert (skill.area, skill.count) == ("sql", count + 1)


@pytest.mark.parametrize(("rating", "theta"), [(1, -1), (2, -0.5), (3, 0), (4, 0.5), (5, 1), (None, 0)])
def test_a_self_rating_is_halved_as_a_guess(rating: int | None, theta: float) -> None:
    assert prior("sql", rating) == Skill("sql", theta, 0)


@pytest.mark.parametrize("rating", [1, 2, 3, 4, 5])
def test_plan_and_drills_read_a_self_rating_alike(rating: int) -> None:
    assert level_of(prior("sql", rating)) == pytest.approx(rated_skill(rating))


def test_authored_difficulty_runs_from_minus_two_to_two() -> None:
    assert [difficulty_logit(d) for d in range(1, 6)] == [-2, -1, 0, 1, 2]


def test_a_lucky_pick_raises_the_expected_score() -> None:
    assert probability(0, 0, guess=0.25) == pytest.approx(0.625)
    assert probability(-800, 0, guess=0.25) == pytest.approx(0.25)


def test_the_step_shrinks_to_its_floor() -> None:
    assert step_size(0) == 1
    assert step_size(20) == pytest.approx(0.5)
    assert step_size(10_000) == STEP_FLOOR == 0.15


def test_an_estimate_is_an_early_guess_below_six_drills() -> None:
    assert is_early(Skill("sql", 0, 5))
    assert not is_early(Skill("sql", 0, 6))
    assert spread(Skill("sql", 0, 0)) == pytest.approx(1.2)
    assert spread(Skill("sql", 0, 6)) == pytest.approx(1.2 / 3**0.5)


@given(theta=logits, b=logits, count=st.integers(0, 500), low=st.floats(0, 1), high=st.floats(0, 1))
def test_a_better_answer_never_gives_a_lower_skill(
    theta: float, b: float, count: int, low: float, high: float
) -> None:
    low, high = sorted((low, high))
    worse, harder = learned(Skill("sql", theta, count), b, low)
    better, easier = learned(Skill("sql", theta, count), b, high)
    assert better.theta >= worse.theta
    assert easier <= harder


@given(theta=st.floats(-1e6, 1e6), b=st.floats(-1e6, 1e6))
def test_the_expected_score_is_a_share_for_any_logits(theta: float, b: float) -> None:
    assert 0 <= probability(theta, b) <= 1


def test_half_is_expected_where_skill_meets_difficulty() -> None:
    assert probability(1.7, 1.7) == 0.5
    assert level_of(Skill("sql", 0.0)) == 0.5
