"""Codes that join two accounts: whatever number, however it is typed, the same code and no other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.form import Unclear
from bot.commands import parse
from bot.pace.ports import DayEntry, Switch
from bot.profile.codes import ALPHABET, COMBINATIONS, LENGTH, digest, read_code, shown, spelled
from bot.profile.rules import carried
from bot.safety.gate import check
from bot.safety.model import Tier

NUMBERS = st.integers(0, COMBINATIONS - 1)


@given(number=NUMBERS, lower=st.booleans(), between=st.sampled_from(["", " ", "-", "–", " - "]))
def test_a_code_is_read_back_from_however_it_is_typed(number: int, lower: bool, between: str):
    code = spelled(number)
    typed = between.join((code[:4], code[4:]))
    assert read_code(f" {typed.lower() if lower else typed} ") == code == read_code(shown(code))


@given(number=NUMBERS, other=NUMBERS)
def test_different_numbers_have_different_codes(number: int, other: int):
    assert (spelled(number) == spelled(other)) == (number == other)
    assert len(spelled(number)) == LENGTH


@given(number=NUMBERS)
def test_a_shown_code_is_one_argument_and_no_word_of_danger(number: int):
    command, arguments, _ = parse(f"link {shown(spelled(number))}")
    assert command is not None and command.name == "link"
    assert arguments == {"code": shown(spelled(number))}
    assert check(f"link {shown(spelled(number))}").tier is Tier.NONE


def test_no_two_signs_look_alike_and_none_is_a_vowel():
    assert len(set(ALPHABET)) == len(ALPHABET)
    for alike in ("0OQD"[:2], "1IL", "2Z", "5S", "6G", "8B", "UV"):
        assert len(set(alike) & set(ALPHABET)) <= 1
    assert not set("AEIOU") & set(ALPHABET)


@given(typed=st.text(max_size=30))
def test_anything_else_is_refused_with_a_sentence(typed: str):
    try:
        assert set(read_code(typed)) <= set(ALPHABET)
    except Unclear as problem:
        assert "eight letters and digits" in str(problem)


@settings(max_examples=10)
@given(number=NUMBERS)
def test_what_is_kept_of_a_code_is_fixed_and_does_not_hold_it(number: int):
    code = spelled(number)
    assert digest(code) == digest(code) != digest(code[::-1] + "C")
    assert len(digest(code)) == 32 and code not in digest(code).upper()


@pytest.mark.parametrize("crisis", ["left", "kept"])
def test_care_that_either_account_was_given_today_goes_on(crisis: str):
    from datetime import date

    calm, hurt = (
        DayEntry(date(2026, 1, 5)),
        DayEntry(date(2026, 1, 5), switch=Switch.CRISIS, distress=True),
    )
    together = carried(hurt, calm) if crisis == "left" else carried(calm, hurt)
    assert together.switch is Switch.CRISIS and together.distress and together.contact
