"""What is wrong with a bank beyond its files: weights, checks, twins, and what it does not cover."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from unit.content.planted_twins import TWINS
from unit.drills.scene_drills import ALL, CLARIFY

from bot.content.bank_files import read_all, shipped_folder
from bot.content.bank_lint import COVERAGE, LEAST, LEAST_OF_FORMAT, lint, thin
from bot.content.likeness import TWIN, twins
from bot.content.stats import WIDTH, lines
from bot.drills.formats import Format
from bot.drills.model import Drill
from bot.profile.tracks import AREAS, TRACKS

SHIPPED = shipped_folder()


@pytest.fixture(scope="module")
def drills() -> list[Drill]:
    return read_all(SHIPPED)[0]


NAME = "what-a-confidence-interval-promises"
CARD = SHIPPED.joinpath("statistics", f"{NAME}.yaml").read_text(encoding="utf-8")


def line_of(part: str) -> int:
    """The line of the card, from 1, in which a part begins."""
    return CARD.count("\n", 0, CARD.index(part)) + 1


def faults_of(folder: Path, text: str) -> list[str]:
    """What lint says of the card once it was edited; what a bank of one drill lacks is left out."""
    assert text != CARD
    (folder / "statistics").mkdir()
    (folder / "statistics" / f"{NAME}.yaml").write_text(text, encoding="utf-8")
    return [str(f) for f in lint(folder) if f.path.endswith(".yaml")]


def test_a_point_that_weighs_more_than_half_is_named_with_its_line(tmp_path: Path) -> None:
    found = faults_of(tmp_path, CARD.replace("weight: 2", "weight: 1"))
    at = f"statistics/{NAME}.yaml:{line_of('- id: method')}"
    assert found == [f"{at}: point method: weighs 3 of 5, more than half"]


def test_a_must_that_weighs_little_is_named_with_its_line(tmp_path: Path) -> None:
    found = faults_of(tmp_path, CARD.replace("weight: 3", "weight: 1"))
    at = f"statistics/{NAME}.yaml:{line_of('- id: method')}"
    assert found == [f"{at}: point method: a must weighs at least 2, not 1"]


@pytest.mark.parametrize(
    ("check", "reason"),
    [
        ("spelling", "check spelling is none of "),
        ("scene", "check scene, and nothing is played in this format"),
        ("words-at-least", "check words-at-least says no number"),
    ],
)
def test_a_check_that_nothing_decides_is_named_with_its_line(tmp_path: Path, check: str, reason: str) -> None:
    says = re.compile(r"(?<=    weight: 2\n)    says:\n(?:      - .*\n)+(?=  - id: use)")
    found = faults_of(tmp_path, says.sub(f"    check: {check}\n", CARD))
    at = f"statistics/{NAME}.yaml:{line_of('- id: average')}"
    assert any(f.startswith(f"{at}: point average: {reason}") for f in found)


def test_what_a_proof_finds_is_named_with_its_line(tmp_path: Path) -> None:
    found = faults_of(tmp_path, re.sub(r"(?m)^  The 95% describes(?:.*\n)+?\n", "", CARD))
    at = f"statistics/{NAME}.yaml:{line_of('- id: method')}"
    assert any(f.startswith(f"{at}: point method: the model answer does not earn it") for f in found)


def test_a_title_that_another_drill_has_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "statistics").mkdir()
    for name in ("a-first", "b-second"):
        (tmp_path / "statistics" / f"{name}.yaml").write_text(CARD.replace(NAME, name), encoding="utf-8")
    found = [str(f) for f in lint(tmp_path) if "b-second" in f.path]
    assert (
        f"statistics/b-second.yaml:{line_of('title:')}: title: statistics/a-first.yaml has the same one"
        in found
    )
    assert any(
        "id: the same task as statistics/a-first.yaml in other words (likeness 1.00)" in f for f in found
    )


def test_twelve_tasks_written_anew_in_other_words_are_found(drills: list[Drill]) -> None:
    known = {d.id: d for d in drills}
    assert len(TWINS) == 12
    anew = [
        replace(known[name], id=f"{name}-anew", title=title, task=task, answer=answer)
        for name, (title, task, answer) in TWINS.items()
    ]
    found = {(one.id, other.id) for one, other, _ in twins([*drills, *anew])}
    assert found >= {(name, f"{name}-anew") for name in TWINS}


def test_no_two_shipped_drills_are_twins(drills: list[Drill]) -> None:
    assert [(a.id, b.id) for a, b, _ in twins(drills)] == []


def test_siblings_of_one_topic_stay_below_what_counts_as_twins(drills: list[Drill]) -> None:
    pairs = [(a, b, alike) for a, b, alike in twins(drills, 0.4)]
    assert any((a.area, a.topic) == (b.area, b.topic) for a, b, _ in pairs), "nothing is close: measure anew"
    assert max(alike for *_, alike in pairs) < TWIN


def test_likeness_is_whole_for_the_same_and_nothing_for_strangers() -> None:
    other = replace(CLARIFY, id="other")
    assert [round(alike, 6) for *_, alike in twins([CLARIFY, other, *ALL[2:3]])] == [1.0]


def test_a_bank_that_is_thin_is_told_where() -> None:
    said = {(f.path, f.reason) for f in thin(ALL)}
    heavy = {a for t in TRACKS.values() for a in t.heavy}
    assert {p for p, r in said if f"at least {COVERAGE} in an area" in r} == heavy
    assert {p for p, r in said if r.endswith(f"at least {LEAST_OF_FORMAT}")} == {
        f"format {f}" for f in (Format.CLARIFY, Format.REDIRECT, Format.INCIDENT, Format.CODE_REVIEW)
    }
    assert ("the bank", f"{len(ALL)} drills, at least {LEAST}") in said


def test_the_page_of_the_bank_fits_a_terminal_and_adds_up(drills: list[Drill]) -> None:
    page = list(lines(drills))
    assert max(map(len, page)) <= WIDTH
    rows = {row.split()[0]: row.split()[1:] for row in page if row and not row.startswith(" ")}
    assert set(AREAS) | set(TRACKS) <= rows.keys()
    table = page[page.index(next(r for r in page if r.startswith("area"))) + 1 :]
    by_format = {row.split()[0]: row.split()[1:] for row in table[: len(AREAS) + 1]}
    for area, (whole, *cells) in by_format.items():
        own = [d for d in drills if area in ("all", d.area)]
        assert int(whole.replace("·", "0")) == len(own)
        assert [int(c.replace("·", "0")) for c in cells] == [sum(d.format is f for d in own) for f in Format]


def test_the_page_says_what_is_thin(drills: list[Drill]) -> None:
    few = [d for d in drills if d.area != "papers" or d.difficulty != 2]
    page = "\n".join(lines([d for d in few if d.format is not Format.INCIDENT]))
    assert "format incident: 0 drills" in page
    assert any(row.startswith("  papers: nothing of difficulty") for row in page.splitlines())
    assert "  sql: 0 drills, at least 25" in "\n".join(lines([d for d in drills if d.area != "sql"]))
    assert list(lines([]))
