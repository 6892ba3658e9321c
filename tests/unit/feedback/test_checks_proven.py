"""Checks of form: the model answer is held to them, and they earn nothing where nothing was said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content.proof import unproven
from bot.content.shipped import shipped
from bot.drills.model import Drill
from bot.feedback.checks import decided
from bot.feedback.model import Unscorable, Verdict
from bot.feedback.review import of_drill

NAME, POINT = "rewrite-jargon-pile-up", "plain"


def drill(check: str) -> Drill:
    """A real drill whose point of form has another check."""
    found = shipped().bank().drills[NAME]
    rubric = tuple(replace(p, check=check) if p.check else p for p in found.rubric)
    return replace(found, rubric=rubric)


def verdicts(answer: str) -> set[Verdict]:
    found = drill("words-at-most 200")
    review = of_drill(found, answer, decided(found.rubric, answer))
    form = {p.id for p in found.rubric if p.check}
    return {f.verdict for f in review.findings if f.point in form}


def test_a_model_answer_that_passes_its_checks_is_proven():
    assert list(unproven(shipped().bank().drills[NAME])) == []


@pytest.mark.parametrize("check", ["words-at-most 5", "words-at-least 900", "clarifying-questions 3"])
def test_a_model_answer_that_fails_a_check_is_no_proof(check: str):
    assert any(f"does not pass the check {check}" in fault for fault in unproven(drill(check)))


def test_a_check_that_nobody_knows_is_a_fault():
    assert any("there is no check good-mood" in fault for fault in unproven(drill("good-mood")))


def test_brevity_is_no_merit_of_an_answer_beside_the_point():
    assert verdicts(drill("star").answer) == {Verdict.MET}
    assert verdicts("I like pancakes and I eat them on Sundays.") == {Verdict.MISSING}


def test_form_is_not_judged_where_the_answer_cannot_be():
    text = "Wir haben das noch nicht gemacht, aber wir werden es bald machen."
    assert of_drill(drill("star"), text).unscorable is Unscorable.FOREIGN
    assert verdicts(text) == {Verdict.NOT_JUDGED}
