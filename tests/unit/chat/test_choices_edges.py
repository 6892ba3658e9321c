"""From typed words to one option: the label before the position, and never a guess between two."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.choices import recognise, several
from bot.chat.message import Option, message, option

SCALE = tuple(option(str(n), "effort", "s1", str(n)) for n in range(11))
WEEK = (
    option("Show the plan", "do", "plan"),
    option("Show the week", "do", "week"),
    option("Tomorrow", "later"),
    option("Start", "begin"),
)
ODD = [
    "",
    " ",
    "🙂",
    "banana",
    "‮2",
    "½",
    "²",
    "-1",
    "1.5",
    "9" * 30_000,
    "x" * 30_000,
    " " * 30_000,
    "a " * 10_000,
]
letters = (
    st.text("abcxyz 🙂éשß", min_size=1, max_size=12).map(lambda label: " ".join(label.split())).filter(bool)
)
offers = st.lists(letters, min_size=1, max_size=12, unique_by=str.casefold).map(
    lambda labels: tuple(option(label, "pick", str(n)) for n, label in enumerate(labels))
)


@given(offers)
def test_any_option_is_reached_by_number_label_and_key(offered: tuple[Option, ...]) -> None:
    for position, wanted in enumerate(offered, 1):
        for typed in (str(position), wanted.label, wanted.label.upper().casefold(), wanted.key):
            assert recognise(f"  {typed} ", offered) == wanted


@given(offers, st.text(max_size=20))
def test_only_what_was_offered_is_ever_found(offered: tuple[Option, ...], typed: str) -> None:
    assert recognise(typed, offered) in (None, *offered)
    assert set(several(typed, offered)) <= set(offered)


@pytest.mark.parametrize("offered", [SCALE, SCALE[::-1], SCALE[3:], (*WEEK, *SCALE)], ids=len)
def test_an_option_named_by_a_number_goes_before_the_position(offered: tuple[Option, ...]) -> None:
    for wanted in offered:
        assert recognise(wanted.label, offered) == wanted


def test_a_position_counts_where_no_option_bears_that_number() -> None:
    assert recognise("1", SCALE[3:]) == SCALE[3]
    assert recognise("3", SCALE[3:]) == SCALE[3]


@pytest.mark.parametrize(
    ("typed", "place"), [("show the p", 0), ("SHOW  the   week", 1), ("to", 2), ("`start`", 3), ('"4."', 3)]
)
def test_the_start_of_a_label_is_enough_if_it_is_only_one(typed: str, place: int) -> None:
    assert recognise(typed, WEEK) == WEEK[place]


@pytest.mark.parametrize("typed", ["show", "show the", "t", "s", "0", "5", "plan", "the plan", "start now"])
def test_what_could_mean_two_or_none_means_none(typed: str) -> None:
    assert recognise(typed, WEEK) is None


@pytest.mark.parametrize("typed", ODD, ids=lambda typed: ascii(typed[:8]))
def test_odd_words_are_no_option_and_are_seen_soon(typed: str) -> None:
    before = process_time()
    for offered in ((), WEEK, SCALE):
        assert recognise(typed, offered) is None
        assert several(typed, offered) == []
    assert process_time() - before < 2


def test_two_options_of_one_name_are_not_chosen_between() -> None:
    twins = (Option("Mock", "1:a"), Option("mock", "1:b"))
    assert recognise("mock", twins) is None
    assert recognise("2", twins) == twins[1]
    assert recognise("1:a", twins) == twins[0]


@pytest.mark.parametrize("typed", ["3, 4", "3 4", "tomorrow and start", "Tomorrow; Start", "3/4", "to & 4"])
def test_two_options_in_one_line_are_both_named(typed: str) -> None:
    assert several(typed, WEEK) == [WEEK[2], WEEK[3]]


@given(st.lists(st.sampled_from(WEEK), min_size=2, max_size=4), st.sampled_from([", ", " and ", ";", " / "]))
def test_labels_of_several_words_are_named_in_one_line_too(chosen: list[Option], between: str) -> None:
    assert several(between.join(o.label for o in chosen), WEEK) == chosen


@pytest.mark.parametrize("typed", ["start", "show the plan", "start and rest", "start tomorrow please", ","])
def test_one_option_or_a_sentence_is_not_several(typed: str) -> None:
    assert several(typed, WEEK) == []


def test_numbers_count_through_all_the_choices_of_a_message() -> None:
    said = message("Which?", "", None, options=WEEK)
    assert said.options == WEEK
    assert len(said.blocks) == 2
