"""The way back from a typed answer, and forms that lose nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import filling
from bot.chat.choices import recognise, several
from bot.chat.filling import Filling, answer, ask, back, finished, read_all
from bot.chat.form import Form, FormField, Unclear
from bot.chat.message import Option, option
from bot.chat.reading import number

BATTERY = tuple(option(w, "battery", w) for w in ("flat", "low", "half", "good", "full"))
SCALE = tuple(option(str(n), "effort", str(n)) for n in range(11))
TODAY = date(2026, 1, 7)
FORM = Form(
    "f",
    "A form",
    (
        FormField(
            "colour", "Which colour?", lambda t, d: t, options=(("Deep red", "red"), ("Deep blue", "blue"))
        ),
        FormField("size", "How large?", lambda t, d: f"{number(t, 1, 9, 'Size'):g}", default="5"),
        FormField("note", "Anything else?", lambda t, d: t, optional=True),
    ),
)


@pytest.mark.parametrize("typed", ["3", "half", " HALF ", "*half*", "1:battery:half", "hal"])
def test_number_label_key_and_beginning_all_answer(typed):
    assert recognise(typed, BATTERY) == BATTERY[2]


@pytest.mark.parametrize("typed", ["", "0", "6", "99999999999", "f", "fl ow", "banana", "²"])
def test_nothing_is_guessed(typed):
    assert recognise(typed, BATTERY) is None


def test_an_ambiguous_beginning_is_not_guessed():
    assert recognise("deep", (Option("Deep red", "r"), Option("Deep blue", "b"))) is None


@pytest.mark.parametrize("effort", range(11))
def test_on_a_scale_the_number_means_itself(effort):
    assert recognise(str(effort), SCALE) == SCALE[effort]


@given(st.sampled_from(BATTERY + SCALE))
def test_every_option_can_be_reached_by_its_label(wanted):
    offered = BATTERY if wanted in BATTERY else SCALE
    assert recognise(wanted.label, offered) == wanted


def test_two_options_at_once_are_noticed_and_sentences_are_not():
    assert several("half, good", BATTERY) == [BATTERY[2], BATTERY[3]]
    assert several("half", BATTERY) == []
    assert several("half of the good ones", BATTERY) == []


def test_a_form_asks_one_by_one_and_takes_number_label_or_value():
    for typed in ("2", "Deep blue", "blue", "deep b"):
        assert answer(FORM, Filling("f"), typed, TODAY).values == {"colour": "blue"}


def test_an_answer_that_cannot_be_read_changes_nothing():
    before = Filling("f", 1, {"colour": "red"})
    with pytest.raises(Unclear):
        answer(FORM, before, "huge", TODAY)
    assert before == Filling("f", 1, {"colour": "red"})


def test_enter_keeps_the_default_or_what_was_entered_before():
    assert answer(FORM, Filling("f", 1), "", TODAY).values == {"size": "5"}
    assert answer(FORM, Filling("f", 1, {"size": "7"}), "", TODAY).values == {"size": "7"}
    with pytest.raises(Unclear):
        answer(FORM, Filling("f", 0), "", TODAY)


def test_going_back_keeps_everything_and_stops_at_the_first():
    there = Filling("f", 2, {"colour": "red", "size": "3"})
    assert back(there) == Filling("f", 1, there.values)
    assert back(Filling("f", 0)) == Filling("f", 0)


def test_the_end_is_reached_after_the_last_field():
    state = Filling("f")
    for typed in ("red", "3", ""):
        assert not finished(FORM, state)
        state = answer(FORM, state, typed, TODAY)
    assert finished(FORM, state)


def test_a_question_shows_its_place_and_what_enter_keeps():
    shown = ask(FORM, Filling("f", 1, {"colour": "red"}))
    assert "(2 of 3)" in shown.blocks[0].text
    assert "Enter keeps *5*" in shown.blocks[0].text
    assert [o.label for o in ask(FORM, Filling("f")).options] == ["Deep red", "Deep blue"]


def test_a_whole_form_gives_values_and_a_sentence_for_each_fault():
    read, faults = read_all(FORM, {"colour": "red", "size": "99"}, TODAY)
    assert read == {"colour": "red", "note": ""}
    assert list(faults) == ["size"]


def test_a_form_holds_five_questions_at_most():
    with pytest.raises(ValueError, match="one to 5"):
        Form("x", "X", (FORM.fields[0],) * 6)
    assert filling.BACK != filling.CANCEL
