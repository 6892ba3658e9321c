"""Figures and short answers mean the same however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drills.play.hearing import Wanted, hits
from bot.feedback.matching import match, said
from bot.feedback.terms import sentences, terms


def stems(text: str) -> list[str]:
    return [t.stem for t in terms(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("264k", "264,000"),
        ("1.5 million rows", "1,500,000 rows"),
        ("$2k a month", "2000 a month"),
        ("3 thousand seats", "3,000 seats"),
        ("twenty percent", "20 percent"),
    ],
)
def test_a_figure_is_one_however_it_is_written(one: str, other: str) -> None:
    assert stems(one) == stems(other)


@given(st.text(alphabet="0123456789.,kmn billothusad$", max_size=40))
def test_no_row_of_figures_breaks_it(text: str) -> None:
    assert all(t.stem for t in terms(text))


def test_a_no_that_answers_the_question_denies_nothing_after_it() -> None:
    phrase = "index the address column"

    assert match(phrase, said(sentences("No, index the address column."))).strength == 1.0
    assert match(phrase, said(sentences("I would not index the address column."))).strength < 0.6


WANTED = (
    Wanted("users", ("who will use the dashboard",)),
    Wanted("fresh", ("how often is it updated",)),
    Wanted("why", ("why do they want the dashboard",)),
)


@pytest.mark.parametrize(
    ("question", "heard"),
    [("Who's going to use it?", "users"), ("Why do they want it?", "why"), ("Where is it?", None)],
)
def test_a_question_of_small_words_is_heard_by_what_it_asks_for(question: str, heard: str | None) -> None:
    assert [h.id for h in hits(question, WANTED)] == ([heard] if heard else [])


def test_small_words_that_could_mean_two_things_release_neither() -> None:
    two = (*WANTED, Wanted("seen", ("who will use the report",)))

    assert hits("Who uses it?", two) == ()
