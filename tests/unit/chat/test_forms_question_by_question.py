"""A form keeps what was entered, takes what was there, and says kindly what it needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.filling import Filling, answer, ask, back, finished, read_all
from bot.chat.form import MAX_FIELDS, Form, FormField, Unclear, read_field
from bot.chat.message import Text
from bot.chat.reading import future_day, number
from bot.profile.fields import FORMS

TODAY = date(2026, 1, 7)
MARKS = FormField(
    "marks", "How hard?", lambda typed, _: typed, options=(("2", "two"), ("1", "one"), ("0", "nil"))
)
COUNT = FormField("count", "How many?", lambda typed, _: f"{number(typed, 1, 9, 'That'):g}", default="5")
DAY = FormField("day", "By when?", lambda typed, today: future_day(typed, today).isoformat(), "A day.")
NOTE = FormField("note", "Anything else?", lambda typed, _: typed, optional=True)
FORM = Form("trip", "A trip", (MARKS, COUNT, DAY, NOTE))
states = st.builds(
    Filling,
    st.just("trip"),
    st.integers(0, 3),
    st.fixed_dictionaries(
        {},
        optional={
            "marks": st.sampled_from(["two", "one", "nil"]),
            "count": st.sampled_from("123"),
            "day": st.just("2026-02-03"),
            "note": st.text(max_size=9),
        },
    ),
)
lines = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["", " ", "banana", "1", "2", "9", "friday", "2020-01-01", "9" * 5000, "🙂"]),
)


@given(states, lines)
def test_an_answer_goes_one_question_on_or_changes_nothing(before: Filling, typed: str) -> None:
    kept = dict(before.values)
    asked = FORM.fields[before.at].id
    try:
        after = answer(FORM, before, typed, TODAY)
    except Unclear as problem:
        assert str(problem)
    else:
        assert after.at == before.at + 1
        assert {k: v for k, v in after.values.items() if k != asked} == {
            k: v for k, v in kept.items() if k != asked
        }
    assert before.values == kept


@given(states)
def test_going_back_and_pressing_enter_comes_to_the_same_place(state: Filling) -> None:
    known = replace(state, values={"marks": "one", "count": "3", "day": "2026-02-03", "note": "x"})
    there = answer(FORM, known, "", TODAY)
    assert there == replace(known, at=known.at + 1)
    assert answer(FORM, back(there), "", TODAY) == there


@given(st.lists(lines, max_size=12))
def test_whatever_is_typed_a_form_never_forgets_an_earlier_answer(typed_lines: list[str]) -> None:
    state = answer(FORM, Filling("trip"), "one", TODAY)
    for typed in typed_lines:
        if finished(FORM, state):
            break
        try:
            state = answer(FORM, state, typed, TODAY)
        except Unclear as problem:
            assert str(problem) in str(ask(FORM, state, str(problem)).blocks[0])
        assert state.values["marks"] == "one"


@pytest.mark.parametrize(
    ("typed", "value"), [("2", "two"), ("1", "one"), ("0", "nil"), ("3", "nil"), (" ONE ", "one")]
)
def test_a_label_that_is_a_number_goes_before_the_position(typed: str, value: str) -> None:
    assert read_field(MARKS, typed, TODAY) == value


@pytest.mark.parametrize("typed", ["9" * 5000, "9" * 30_000, "🙂" * 9_000, "banana", "‮2", "²"])
def test_what_names_no_option_is_left_to_the_field_to_judge(typed: str) -> None:
    strict = replace(MARKS, read=lambda words, _: f"{number(words, 0, 0, 'That'):g}")
    with pytest.raises(Unclear):
        read_field(strict, typed, TODAY)


def test_the_start_of_a_label_picks_it_only_if_it_is_the_only_one() -> None:
    field = replace(MARKS, options=(("Deep red", "r"), ("Deep blue", "b"), ("Yes", "y")))
    assert [read_field(field, typed, TODAY) for typed in ("deep b", "Y", "3", "r")] == ["b", "y", "y", "r"]
    assert read_field(field, "deep", TODAY) == "deep"


def test_an_answer_is_asked_for_where_nothing_stands_in_for_it() -> None:
    with pytest.raises(Unclear, match="How hard. I need an answer here; .cancel. leaves it"):
        read_field(MARKS, " \n ", TODAY)
    assert read_field(COUNT, "", TODAY) == "5"
    assert read_field(NOTE, "", TODAY) == ""


def test_a_day_that_has_passed_meanwhile_is_asked_for_again() -> None:
    state = Filling("trip", 2, {"marks": "one", "day": "2026-01-06"})
    with pytest.raises(Unclear, match="in the past"):
        answer(FORM, state, "", TODAY)


def test_a_question_says_its_place_what_enter_does_and_the_ways_out() -> None:
    shown = [ask(FORM, Filling("trip", at)).blocks[0] for at in range(4)]
    texts = [block.text for block in shown if isinstance(block, Text)]
    assert [f"({n} of 4)" in text for n, text in enumerate(texts, 1)] == [True] * 4
    assert ["*back*" in text for text in texts] == [False, True, True, True]
    assert all("*cancel*" in text for text in texts)
    assert ["Enter" in text for text in texts] == [False, True, False, True]
    assert "Enter skips it." in texts[3]


def test_what_is_kept_by_enter_is_shown_by_its_label() -> None:
    assert "Enter keeps *2*" in str(ask(FORM, Filling("trip", 0, {"marks": "two"})).blocks[0])


def test_a_problem_takes_the_place_of_the_heading_and_the_question_stays() -> None:
    text = str(ask(FORM, Filling("trip", 1), "I did not get that.").blocks[0])
    assert "I did not get that." in text
    assert "A trip" not in text
    assert COUNT.label in text


@given(st.dictionaries(st.sampled_from(["marks", "count", "day", "note", "strange"]), lines))
def test_a_whole_form_has_for_each_field_a_value_or_a_sentence(values: dict[str, str]) -> None:
    read, faults = read_all(FORM, values, TODAY)
    assert set(read) | set(faults) == {"marks", "count", "day", "note"}
    assert not set(read) & set(faults)
    assert all(faults.values())


def test_a_form_has_one_to_five_questions() -> None:
    for count in (0, MAX_FIELDS + 1):
        with pytest.raises(ValueError, match="form x: one to 5 fields"):
            Form("x", "X", (NOTE,) * count)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_defaults_and_options_of_every_settings_form_can_be_read(form: Form) -> None:
    for field in form.fields:
        if field.default:
            assert field.read(read_field(field, "", TODAY), TODAY) == field.read(field.default, TODAY)
        for position, (label, value) in enumerate(field.options, 1):
            for typed in (str(position), label, label.upper(), value):
                assert read_field(field, typed, TODAY) == value
