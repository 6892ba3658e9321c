"""Which cards of a glossary today asks for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.form import Unclear
from bot.drills.memory import FACT_RETENTION, retrievability, review
from bot.drills.model import Card, Rating
from bot.glossary.deck import MOST, NEW, ROUND, next_day, read_pairs, todays
from bot.glossary.model import Held

TODAY = date(2026, 3, 2)


def held(place: int, due: int | None = None, last: int = -5, reps: int = 3) -> Held:
    """A term, due so many days from today; never asked where no day is given."""
    if due is None:
        return Held(f"t{place}", place)
    days = timedelta(days=due), timedelta(days=last)
    return Held(f"t{place}", place, Card(f"t{place}", 3.0, 5.0, TODAY + days[0], TODAY + days[1], reps=reps))


def test_what_waits_longest_comes_first_then_new_words_in_their_order():
    deck = [held(1), held(2, 0), held(3, -4), held(4, 2), held(5)]
    assert todays(deck, TODAY) == ("t3", "t2", "t1", "t5")


def test_a_hundred_due_cards_are_ten_today():
    deck = [held(n, -n) for n in range(1, 138)]
    assert len(todays(deck, TODAY)) == ROUND


def test_new_words_come_a_few_a_day():
    deck = [held(n) for n in range(100)]
    assert len(todays(deck, TODAY)) == NEW
    begun = [held(n, 1, last=0, reps=1) for n in range(NEW)]
    assert todays([*begun, *deck[NEW:]], TODAY) == ()


def test_what_was_asked_today_is_not_asked_again():
    assert todays([held(1, 0, last=0)], TODAY) == ()


@given(st.lists(st.tuples(st.none() | st.integers(-50, 50), st.integers(-60, 0)), max_size=60))
def test_no_day_asks_more_than_a_round(drawn):
    deck = [held(n, due, last) for n, (due, last) in enumerate(drawn)]
    asked = todays(deck, TODAY)
    assert len(asked) == len(set(asked)) <= ROUND


def test_the_next_day_is_told():
    assert next_day([held(1, 5), held(2, 3)], TODAY) == TODAY + timedelta(days=3)
    assert next_day([], TODAY) is None


def test_a_card_comes_when_nine_of_ten_are_still_recalled():
    card = review(None, "t", Rating.GOOD, TODAY, FACT_RETENTION)
    assert card.due > TODAY
    assert 0.85 < retrievability(card, card.due) <= 0.93


@pytest.mark.parametrize(
    ("line", "pair"),
    [
        ("a == b = equal", ("a == b", "equal")),
        ("x=y", ("x", "y")),
        ("tab\tworks", ("tab", "works")),
        ("p99 = 99 % of requests = fast", ("p99", "99 % of requests = fast")),
    ],
)
def test_a_line_is_cut_where_a_person_would(line, pair):
    assert read_pairs(line, (), MOST) == (pair,)


def test_a_full_deck_says_how_much_room_it_has():
    with pytest.raises(Unclear, match="yours has room for 1"):
        read_pairs("a = b\nc = d", (), 1)
