"""Laws of the offline reviewer: nothing is earned by saying it twice or by saying more around it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.shipped import shipped
from bot.feedback.batch import review_rows
from bot.feedback.model import Verdict
from bot.feedback.reference import compare
from bot.feedback.review import of_drill

QUESTION = "When is a hash table slow?"
REFERENCE = "When many keys collide in one bucket, a lookup has to walk a long chain."
ANSWERS = (
    "Many keys in one bucket.",
    "If the keys collide. Then we walk the chain.",
    "A lookup walks a long chain because keys collide in a bucket.",
    "It is slow with a bad hash.",
    "Slow.",
)
PADDING = (
    "The ferry was late because of the wind.",
    "My cat sleeps on the radiator.",
    "Well, that is what I would say about it.",
    "I hope that this makes sense to you.",
    "Snow fell on the vineyards in May.",
    "She bought pears at the market.",
    "Let me explain what I think here.",
)
DRILLS = ("rewrite-jargon-pile-up", "rewrite-clear-ask", "rewrite-fillers-incident-update")


def padded(answer: str, before: list[str], between: list[str], after: list[str]) -> str:
    first, _, rest = answer.partition(". ")
    middle = [f"{first}.", *between, rest] if rest else [answer]
    return " ".join([*before, *middle, *after])


some = st.lists(st.sampled_from(PADDING), max_size=3)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ANSWERS), some, some, some, st.integers(1, 4))
def test_padding_and_repetition_never_raise_a_score(answer, before, between, after, times):
    alone = compare(QUESTION, REFERENCE, answer).score
    more = compare(QUESTION, REFERENCE, padded(answer, before, between, after)).score
    again = compare(QUESTION, REFERENCE, " ".join([answer] * times)).score
    assert 0.0 <= more <= alone + 1e-9 <= 1.0 + 1e-9
    assert again <= alone + 1e-9


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(DRILLS), st.integers(0, 8), some, some, st.integers(1, 3))
def test_padding_and_repetition_never_turn_a_missing_point_into_a_met_one(name, cut, before, after, times):
    drill = shipped().bank().drills[name]
    sentences = drill.answer.split(". ")
    part = ". ".join(sentences[: 1 + cut % len(sentences)]).rstrip(".") + "."
    alone = {f.point: f.verdict for f in of_drill(drill, part).findings}
    more = {
        f.point: f.verdict for f in of_drill(drill, " ".join([*before, *[part] * times, *after])).findings
    }
    assert not [p for p in alone if alone[p] is Verdict.MISSING and more[p] is Verdict.MET]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_a_score_between_nothing_and_one(text):
    assert 0.0 <= compare(QUESTION, REFERENCE, text).score <= 1.0


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([*REFERENCE.replace(",", "").replace(".", "").split(), "hash", "chaining"]))
def test_one_word_never_earns_seven_tenths(word):
    assert compare(QUESTION, REFERENCE, word).score < 0.7


@pytest.mark.parametrize("text", ["", " ", "\n", "...", "🙂"])
def test_nothing_said_is_never_scored(text):
    assert compare(QUESTION, REFERENCE, text).score == 0.0


@pytest.mark.parametrize("name", DRILLS)
def test_a_point_is_lost_with_the_words_it_rests_on(name):
    drill = shipped().bank().drills[name]
    for point in (f.point for f in of_drill(drill, drill.answer).of(Verdict.MET)):
        answer = drill.answer
        for _ in range(12):
            (found,) = [f for f in of_drill(drill, answer).findings if f.point == point]
            if found.verdict is not Verdict.MET or not found.quote:
                break
            for piece in found.quote.removesuffix(" …").split(" … "):
                flat = " ".join(answer.split())
                answer = flat.replace(piece, " ")
        assert found.verdict is not Verdict.MET or not found.quote, point


def test_the_order_of_rows_changes_nothing():
    rows = [{"question": QUESTION, "reference": REFERENCE, "answer": a, "id": a[:5]} for a in ANSWERS]
    forward, backward = list(review_rows(rows)), list(review_rows(rows[::-1]))
    assert forward == backward[::-1]
    assert forward[0]["id"] == ANSWERS[0][:5]
