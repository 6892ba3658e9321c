"""How an answer comes across: remarks rest on words that are there or missing, and are few."""

from __future__ import annotations

import pytest

from bot.content.shipped import shipped
from bot.drills.formats import Format
from bot.drills.model import Drill
from bot.feedback.landing import MOST, borrowed, remarks

STORY = "disagree-then-commit"
DESIGN = "vaccine-box-loggers"

HELPED = (
    "At my last company we had a problem with the deploys, which were slow and broke often, and everybody was annoyed "
    "by it. There was a team that owned them. I was involved in the discussions and I helped the team. I supported "
    "them a lot over the months and I was part of the meetings. It improved a lot."
)
OWN = (
    "Deploys took forty minutes and one in five broke. I was asked to mend that within a quarter. I read the logs of sixty "
    "broken runs and found two steps behind most of them. I rewrote the cache step and moved the slow tests into a "
    "second job. I wrote down how to roll back and trained both teams. As a result deploys take nine minutes and one in "
    "fifty breaks."
)


def drill(name: str) -> Drill:
    return shipped().bank().drills[name]


def test_a_story_without_a_part_of_her_own_and_without_a_figure_is_told_so() -> None:
    said = " ".join(remarks(drill(STORY), HELPED))

    assert "what you did is" in said
    assert "what you yourself built or decided" in said


def test_a_story_with_her_own_part_and_a_figure_at_the_end_is_left_alone() -> None:
    assert remarks(drill(STORY), OWN) == ()


@pytest.mark.parametrize(
    ("opening", "told"),
    [
        ("I would use Kafka and a cache for the readings. ", True),
        ("I assume that a pharmacist may overrule a no. Then I would use a queue for the readings. ", False),
        ("How many boxes travel at once? Who reads the report? I would use a queue. ", False),
    ],
)
def test_a_design_that_begins_without_a_question_or_an_assumption_is_told_where(
    opening: str, told: bool
) -> None:
    rest = (
        "The readings are kept by box and by day, and the phones carry them on when they meet a network. " * 3
    )
    end = "In short, the box decides, and the risk left is a sensor that reads wrong."

    assert any("no question" in r for r in remarks(drill(DESIGN), opening + rest + end)) is told


def test_an_end_that_trails_off_is_named() -> None:
    answer = f"How many boxes are there? {'The boxes keep their readings and the phones carry them on. ' * 5}And yeah, that's basically it."

    assert any("trails off" in r for r in remarks(drill(DESIGN), answer))


def test_sentences_of_the_model_answer_are_counted() -> None:
    model = drill(STORY).answer

    assert borrowed(model, model) >= 3
    assert borrowed(OWN, model) == 0
    assert "word for word" in remarks(drill(STORY), model)[0]


def test_nothing_is_said_of_a_short_answer_or_where_nobody_listens() -> None:
    assert remarks(drill(STORY), "I fixed it.") == ()
    card = next(d for d in shipped().bank().drills.values() if d.format is Format.CARD)
    assert remarks(card, HELPED) == ()


def test_there_are_never_more_than_a_few() -> None:
    bad = HELPED.replace(".", ", basically, um, you know.") + " And yeah, that's it."

    assert len(remarks(drill(STORY), bad)) <= MOST


def test_model_answers_come_across_well() -> None:
    """Apart from standing word for word in themselves."""
    told = {
        d.id: [r for r in remarks(d, d.answer) if "word for word" not in r]
        for d in shipped().bank().drills.values()
    }
    remarked = [name for name, found in told.items() if found]

    assert len(remarked) <= len(told) // 50, remarked
