"""The short cut past the gate can never hide anything from it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.safety.gate import check
from bot.safety.harmless import _HARMLESS, is_harmless
from bot.safety.model import Tier


@given(
    st.lists(st.sampled_from(sorted(_HARMLESS)) | st.sampled_from(["7", "2026-01-05", ",", "?"]), max_size=12)
)
def test_no_rule_matches_a_line_of_harmless_words(words):
    line = " ".join(words)
    assert is_harmless(line)
    assert check(line).tier is Tier.NONE


def test_every_pair_of_harmless_words_is_harmless_to_the_gate_too():
    """Each pair alone: in a longer line the other words could excuse it."""
    found = [
        f"{first} {second}"
        for first in sorted(_HARMLESS)
        for second in sorted(_HARMLESS)
        if check(f"{first} {second}").tier is not Tier.NONE
    ]
    assert found == []


def test_any_other_word_goes_to_the_gate():
    assert not is_harmless("I want to die")
    assert not is_harmless("today help me die")
    assert not is_harmless("no tomorrow")
    assert not is_harmless("désespéré")
