"""Junk stays at the floor, in rubric mode and against a reference; honest notes do not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.content.shipped import shipped
from bot.drills.model import Drill
from bot.feedback.checks import decided
from bot.feedback.model import Review, Unscorable, Verdict
from bot.feedback.reference import compare
from bot.feedback.review import of_drill

HERE = Path(__file__).parent
JUNK: Mapping[str, Any] = yaml.safe_load((HERE / "junk.yaml").read_text(encoding="utf-8"))
NOTES: list[Mapping[str, str]] = yaml.safe_load((HERE / "terse.yaml").read_text(encoding="utf-8"))
FLOOR = 0.1
DRILLS = tuple(dict.fromkeys(row["id"] for row in JUNK["drills"]))
REFERENCES = tuple(dict.fromkeys((row["question"], row["reference"]) for row in JUNK["references"]))


@cache
def drill(name: str) -> Drill:
    return shipped().bank().drills[name]


def reviewed(name: str, text: str) -> Review:
    """As the coach does it, the checks of form among the points."""
    return of_drill(drill(name), text, decided(drill(name).rubric, text))


def share(drill: Drill, review: Review) -> float:
    """Of the weight of the points that are not left to her, how much was earned."""
    worth = {Verdict.MET: 1.0, Verdict.PARTLY: 0.5}
    weights = {p.id: p.weight for p in drill.rubric if not p.self_judged}
    earned = sum(weights.get(f.point, 0) * worth.get(f.verdict, 0.0) for f in review.findings)
    return earned / sum(weights.values())


def test_there_are_three_hundred_pieces_of_junk_and_forty_notes():
    assert sum(len(rows) for name, rows in JUNK.items() if name != "gaps") >= 300
    assert len(NOTES) >= 40


@pytest.mark.parametrize("text", JUNK["anywhere"])
def test_junk_earns_nothing_from_any_drill_or_reference(text: str):
    for name in DRILLS:
        assert share(drill(name), reviewed(name, text)) <= FLOOR, name
    for question, reference in REFERENCES:
        assert compare(question, reference, text).score <= FLOOR, question


@pytest.mark.parametrize("row", JUNK["drills"], ids=lambda row: row["text"][:40])
def test_junk_in_a_drills_own_words_earns_nothing(row: Mapping[str, str]):
    found = reviewed(row["id"], row["text"])
    assert share(drill(row["id"]), found) <= FLOOR, found


@pytest.mark.parametrize("row", JUNK["references"], ids=lambda row: row["text"][:40])
def test_junk_in_a_references_own_words_earns_nothing(row: Mapping[str, str]):
    assert compare(row["question"], row["reference"], row["text"]).score <= FLOOR


@pytest.mark.xfail(strict=True, reason="a word that the reference has too, in another sense")
@pytest.mark.parametrize("row", JUNK["gaps"], ids=lambda row: row["text"][:40])
def test_junk_that_shares_a_word_with_the_reference_earns_nothing(row: Mapping[str, str]):
    assert compare(row["question"], row["reference"], row["text"]).score <= FLOOR


@pytest.mark.parametrize(
    "text",
    [
        "Ein Stack ist eine Datenstruktur where the last element added is removed first, das ist alles.",
        "We use a hash table, weil das lookup dann sehr schnell ist und wir nicht sortieren müssen.",
        "Die Kunden haben bezahlt und kein Ticket gesehen, weil beides ein Schritt war.",
        "Push und pop sind O(1), aber search is linear.",
    ],
)
def test_german_among_english_is_called_another_language_and_left_to_her(text: str):
    question, reference = REFERENCES[0]
    assert compare(question, reference, text).unscorable is Unscorable.FOREIGN
    review = reviewed(DRILLS[0], text)
    assert review.unscorable is Unscorable.FOREIGN
    assert {f.verdict for f in review.findings} == {Verdict.NOT_JUDGED}


def test_english_with_foreign_names_and_abbreviations_is_english():
    text = "Con: the OS is under the MIT licence. Per se El Niño data et al. are fine, as von Neumann knew."
    assert compare("What is known?", "The data are fine.", text).unscorable is None


@pytest.mark.parametrize("row", NOTES, ids=lambda row: row["text"][:40])
def test_a_terse_honest_note_earns_what_it_says(row: Mapping[str, str]):
    if "drill" in row:
        review = of_drill(drill(row["drill"]), row["text"])
        (finding,) = [f for f in review.findings if f.point == row["point"]]
        assert finding.verdict in (Verdict.MET, Verdict.PARTLY), finding
    else:
        assert compare(row["question"], row["reference"], row["text"]).score >= 0.5
