"""Answers of a first course of computer science, in other words than the reference's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from bot.feedback.concepts import concepts
from bot.feedback.first_course import SAME_WORDS
from bot.feedback.kin import NEAR, OPPOSED
from bot.feedback.reference import compare

ROWS: list[Mapping[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "course.yaml").read_text(encoding="utf-8")
)


def score(row: Mapping[str, str], answer: str) -> float:
    return compare(row["question"], row["reference"], row[answer]).score


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["question"][:50])
def test_a_right_answer_in_other_words_earns_more_than_a_wrong_one(row: Mapping[str, str]):
    assert score(row, "full") >= 0.6
    assert score(row, "full") > score(row, "wrong")
    assert score(row, "wrong") < 0.65


def test_right_half_and_wrong_answers_lie_apart_on_average():
    full, half, wrong = (sum(score(r, kind) for r in ROWS) / len(ROWS) for kind in ("full", "half", "wrong"))
    assert full > half + 0.2
    assert half > wrong + 0.4
    assert wrong < 0.1


def test_the_opposite_of_what_the_reference_turns_on_loses_most_of_the_score():
    question = "What kind of error is it?"
    right = compare(question, "A compile time error", "at compile time").score
    wrong = compare(question, "A compile time error", "at run time").score
    assert wrong < 0.5 * right


def test_every_group_that_is_near_or_opposed_exists():
    groups = {line.partition(": ")[0] for line in SAME_WORDS.strip().splitlines()}
    named = {
        name for lines in (NEAR, OPPOSED) for line in lines.strip().splitlines() for name in line.split()
    }
    assert named <= groups


def test_each_group_is_named_once_and_finds_its_own_words():
    lines = SAME_WORDS.strip().splitlines()
    names = [line.partition(": ")[0] for line in lines]
    assert len(names) == len(set(names))
    assert [c.name for c in concepts("a stack frame")] == ["frame"]
