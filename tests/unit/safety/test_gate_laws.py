"""Laws of the gate that hold for any text."""

from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from unit.safety.phrases import LABELLED, of

from bot.safety.gate import check
from bot.safety.model import Tier, Verdict

FIGURES = (
    "this interview killed me",
    "kill the process",
    "I could die of embarrassment",
    "dead letter queue",
    "deadline is killing me",
    "career suicide",
    "I shot myself in the foot",
    "encrypt it with the KMS key",
    "lol",
    "only joking",
)
FOUND = [text for text in of(1) if check(text).tier is Tier.CRISIS]
found, figures = st.sampled_from(FOUND), st.sampled_from(FIGURES)
any_phrase = st.sampled_from([text for text, _ in LABELLED])


@given(st.text())
@example("\x00")
@example("@" * 50)
@example("<wake> @3 (?:")
@example(", , ,")
@example(". . .")
@example("\ud800")
def test_any_text_gets_a_verdict(text: str) -> None:
    verdict = check(text)
    assert (verdict.rule == "") == (verdict.tier is Tier.NONE)


@given(any_phrase)
def test_the_same_text_gets_the_same_verdict(text: str) -> None:
    assert check(text) == check(text)


@given(found, figures, st.sampled_from([". ", "! ", "\n\n", ", ", "\n", " - "]), st.booleans())
def test_a_figure_of_speech_beside_it_never_lowers_a_crisis(
    crisis: str, figure: str, joint: str, figure_first: bool
) -> None:
    parts = (figure, crisis) if figure_first else (crisis, figure)
    assert check(joint.join(parts)).tier is Tier.CRISIS


@given(found, st.lists(st.sampled_from(of(0)), max_size=6), st.integers(0, 6))
def test_a_crisis_is_found_anywhere_in_a_long_message(crisis: str, others: list[str], place: int) -> None:
    message = ". ".join([*others[:place], crisis, *others[place:]])
    assert check(message).tier is Tier.CRISIS


@given(any_phrase, st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_case_does_not_matter(text: str, recase) -> None:  # type: ignore[no-untyped-def]
    assert check(recase(text)) == check(text)


@given(any_phrase, st.sampled_from(["\t", "\u00a0"]), st.text(" \t\n", max_size=3))
def test_the_kind_and_the_place_of_blanks_do_not_matter(text: str, blank: str, around: str) -> None:
    assert check(around + text.replace(" ", blank) + around) == check(text)


@given(any_phrase, st.data())
def test_invisible_characters_do_not_matter(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    assert check(text[:place] + "\u200b" + text[place:]) == check(text)


@given(any_phrase)
def test_curly_quotes_do_not_matter(text: str) -> None:
    assert check(text.replace("'", "\u2019")) == check(text)


@pytest.mark.parametrize(
    "piece",
    ["a", " ", "i want to ", "i dont want ", "never not i dont want to be ", "a b c d ", "k*", ". ", ", ",
     "my friend he she they ", "think about the ", "if i was ", "so completely totally very ", "nobody would "],
)  # fmt: skip
def test_no_text_makes_the_gate_hang(piece: str) -> None:
    """Thirty thousand characters take some tens of milliseconds; backtracking would take minutes."""
    text = (piece * 30_000)[:30_000]
    begin = perf_counter()
    assert check(text) == Verdict()
    assert perf_counter() - begin < 2
