"""Memory of drills: the numbers of FSRS-6, its curve, and our own table of desired retention."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drills.memory import LONGEST_INTERVAL, desired_retention, retrievability, review
from bot.drills.model import Card, Rating

DAY = date(2026, 3, 28)
"""The clocks change on the next day in Europe."""


def first(rating: Rating, retention: float = 0.9) -> Card:
    return review(None, "lru-cache", rating, DAY, retention)


@pytest.mark.parametrize(
    ("rating", "stability", "difficulty", "interval"),
    [
        (Rating.AGAIN, 0.212, 6.413, 1),
        (Rating.HARD, 1.293, 5.112, 1),
        (Rating.GOOD, 2.307, 2.118, 2),
        (Rating.EASY, 8.296, 1.0, 8),
    ],
)
def test_a_first_answer_sets_stability_difficulty_and_interval(
    rating: Rating, stability: float, difficulty: float, interval: int
) -> None:
    card = first(rating)
    assert card.stability == pytest.approx(stability, abs=6e-4)
    assert card.difficulty == pytest.approx(difficulty, abs=6e-4)
    assert (card.due - DAY).days == interval
    assert (card.drill_id, card.last, card.reps, card.lapses) == ("lru-cache", DAY, 1, 0)


def test_answers_on_their_due_days_follow_the_known_sequence() -> None:
    card, days, intervals = None, [], []
    day = DAY
    for rating in (Rating.GOOD, Rating.GOOD, Rating.HARD, Rating.AGAIN, Rating.GOOD):
        card = review(card, "lru-cache", rating, day, 0.9)
        days.append((day - DAY).days)
        intervals.append((card.due - day).days)
        day = card.due
    assert days == [0, 2, 13, 45, 47]
    assert intervals == [2, 11, 32, 2, 5]
    assert card is not None
    assert (card.reps, card.lapses) == (5, 1)


@pytest.mark.parametrize(("retention", "interval"), [(0.85, 4), (0.90, 2), (0.95, 1)])
def test_a_higher_retention_comes_back_sooner(retention: float, interval: int) -> None:
    card = first(Rating.GOOD, retention)
    assert (card.due - DAY).days == interval


@pytest.mark.parametrize(("asked", "held"), [(0.5, 0.80), (0.99, 0.95)])
def test_retention_is_held_within_its_range(asked: float, held: float) -> None:
    assert first(Rating.EASY, asked) == first(Rating.EASY, held)


@pytest.mark.parametrize(("days", "chance"), [(0, 1.0), (1, 0.9468), (5, 0.8389), (30, 0.6675)])
def test_the_chance_of_recall_after_a_first_good_answer(days: int, chance: float) -> None:
    assert retrievability(first(Rating.GOOD), DAY + timedelta(days)) == pytest.approx(chance, abs=6e-5)


@given(stability=st.floats(0.001, 400), days=st.integers(-3, 900))
def test_our_curve_is_that_of_the_package(stability: float, days: int) -> None:
    theirs = fsrs.Card(
        card_id=1,
        state=fsrs.State.Review,
        stability=stability,
        difficulty=5.0,
        due=datetime.combine(DAY, time(12), UTC),
        last_review=datetime.combine(DAY, time(12), UTC),
    )
    at = datetime.combine(DAY + timedelta(days), time(12), UTC)
    ours = retrievability(Card("a", stability, 5.0, DAY, DAY), DAY + timedelta(days))
    assert ours == pytest.approx(fsrs.Scheduler().get_card_retrievability(theirs, at), rel=1e-12)


@given(
    ratings=st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 90)), min_size=1, max_size=12),
    retention=st.floats(0.8, 0.95),
)
def test_any_history_gives_a_card_within_bounds_and_the_same_one_again(
    ratings: list[tuple[Rating, int]], retention: float
) -> None:
    def play() -> Card:
        card, day = None, DAY
        for rating, days in ratings:
            day += timedelta(days)
            card = review(card, "a", rating, day, retention)
        assert card is not None
        return card

    card = play()
    assert card == play()
    assert card.stability > 0 and 1 <= card.difficulty <= 10
    assert 1 <= (card.due - card.last).days <= LONGEST_INTERVAL
    assert card.reps == len(ratings)
    assert card.lapses == sum(r is Rating.AGAIN for r, _ in ratings[1:])


def test_a_day_before_the_last_answer_counts_as_that_day() -> None:
    """Somebody who flies west may answer on an earlier local day."""
    card = review(first(Rating.GOOD), "lru-cache", Rating.GOOD, DAY - timedelta(1), 0.9)
    assert card.last == DAY
    assert card == review(first(Rating.GOOD), "lru-cache", Rating.GOOD, DAY, 0.9)


@pytest.mark.parametrize(
    ("days", "ease", "wanted"),
    [(None, False, 0.85), (15, False, 0.85), (14, False, 0.93), (0, False, 0.93), (3, True, 0.85)],
)
def test_retention_is_raised_in_the_last_two_weeks_before_an_interview(
    days: int | None, ease: bool, wanted: float
) -> None:
    pull = 0.0 if days is None else math.exp(-days / 7)
    assert desired_retention(pull, ease=ease) == wanted
