"""The loader of drill files: what it reads, and what it refuses, with the line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bot.content.bank import LARGEST, BadDrill, load
from bot.content.bank_lint import COVERAGE, lint
from bot.drills.model import Mistake, Point
from bot.pace.model import Kind
from bot.profile.tracks import HEAVY, TRACKS

TASK = " ".join(["Say what you would ask."] * 14)
ANSWER = " ".join(["It depends on the load."] * 28)
GOOD = f"""\
id: two-queues
title: "Two queues: one shop"
area: coding
topic: queues
kind: drill
minutes: 15
difficulty: 2
task: |

  {TASK}

      for x in queue:
          serve(x)

hints:
  - What waits?
  - Look at the line
  - Use two ends
rubric:
  - id: clarify
    point: Asks first
    weight: 2
  - id: choice
    point: Chooses and says why
    weight: 3
    must: true
  - id: limits
    point: Gives numbers
    weight: 1
  - id: failure
    point: Says what fails
    weight: 2
answer: |
  {ANSWER}
mistakes:
  - mistake: Never asks
    loses: clarify
  - mistake: Forgets the cost
    loses: limits
  - mistake: Chooses without a reason
    loses: choice
"""


def line_of(text: str, part: str) -> int:
    """The line, from 1, in which a part begins."""
    return text.count("\n", 0, text.index(part)) + 1


def write(folder: Path, text: str, area: str = "coding", name: str = "two-queues.yaml") -> Path:
    (folder / area).mkdir(exist_ok=True)
    (folder / area / name).write_text(text, encoding="utf-8")
    return folder


def swap(old: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert text.count(old) >= 1
        return text.replace(old, new, 1)

    return edit


def refused(folder: Path) -> BadDrill:
    with pytest.raises(BadDrill) as caught:
        load(folder)
    return caught.value


def test_a_sound_file_is_read_as_written(tmp_path: Path) -> None:
    bank = load(write(tmp_path, GOOD))
    assert list(bank.drills) == ["two-queues"]
    found = bank.drills["two-queues"]
    assert bank.by_area == {"coding": (found,)}
    assert (found.title, found.area, found.topic) == ("Two queues: one shop", "coding", "queues")
    assert (found.kind, found.minutes, found.difficulty) == (Kind.DRILL, 15, 2)
    assert found.task == f"{TASK}\n\n    for x in queue:\n        serve(x)"
    assert found.answer == ANSWER
    assert found.hints == ("What waits?", "Look at the line", "Use two ends")
    assert found.rubric[1] == Point("choice", "Chooses and says why", 3, must=True)
    assert [p.must for p in found.rubric] == [False, True, False, False]
    assert found.mistakes[0] == Mistake("Never asks", "clarify")


def test_drills_come_by_id_whatever_their_area(tmp_path: Path) -> None:
    for area, name in (("sql", "a-query"), ("coding", "b-list"), ("coding", "a-list")):
        text = GOOD.replace("two-queues", name).replace("area: coding", f"area: {area}")
        write(tmp_path, text, area, f"{name}.yaml")
    bank = load(tmp_path)
    assert list(bank.drills) == ["a-list", "a-query", "b-list"]
    assert [d.id for d in bank.by_area["coding"]] == ["a-list", "b-list"]


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "no drill", name=".two-queues.yaml.swp")
    (tmp_path / "__pycache__").mkdir()
    assert load(write(tmp_path, GOOD)).drills.keys() == {"two-queues"}


FAULTS: dict[str, tuple[Callable[[str], str], str, str]] = {
    # what is done to the file, the part whose line is at fault, words of the reason
    "unknown field": (swap("kind: drill", "kind: drill\nlevel: 3"), "level: 3", "unknown field level"),
    "missing field": (swap("topic: queues\n", ""), "id: two", "topic is missing"),
    "field twice": (swap("kind: drill", "kind: drill\nkind: read"), "kind: read", "kind is there twice"),
    "id is not the file": (swap("id: two-queues", "id: a-queue"), "id: a-queue", "the file is two-queues"),
    "id not kebab": (swap("id: two-queues", "id: Two_Queues"), "id: Two", "small letters"),
    "title empty": (swap('"Two queues: one shop"', '""'), "title:", "title is empty"),
    "title long": (swap("Two queues: one shop", "x" * 61), "title:", "61 characters, at most 60"),
    "title in lines": (swap("one shop", "one\\nshop"), "title:", "one line only"),
    "title a number": (swap('"Two queues: one shop"', "42"), "title:", "text belongs here"),
    "area unknown": (swap("area: coding", "area: cooking"), "area:", "cooking is no known area"),
    "area of another folder": (swap("area: coding", "area: sql"), "area:", "the folder is coding"),
    "topic not kebab": (swap("topic: queues", "topic: Queues and more"), "topic:", "small letters"),
    "kind unknown": (swap("kind: drill", "kind: quiz"), "kind:", "quiz is not one of drill"),
    "kind not authored": (swap("kind: drill", "kind: review"), "kind:", "review is not one of"),
    "minutes odd": (swap("minutes: 15", "minutes: 17"), "minutes:", "no multiple of five"),
    "minutes of the kind": (swap("kind: drill", "kind: short_mock"), "minutes:", "15, not 25 to 30"),
    "minutes too long": (swap("minutes: 15", "minutes: 35"), "minutes:", "35, not 10 to 30"),
    "minutes as text": (swap("minutes: 15", 'minutes: "15"'), "minutes:", "a whole number"),
    "minutes in base sixty": (swap("minutes: 15", "minutes: 0:15"), "minutes:", "a whole number"),
    "difficulty": (swap("difficulty: 2", "difficulty: 6"), "difficulty:", "6, not 1 to 5"),
    "difficulty true": (swap("difficulty: 2", "difficulty: true"), "difficulty:", "a whole number"),
    "task empty": (swap(TASK, "   ").__call__, "task:", "words, not 60 to 220"),
    "task short": (swap(TASK, "Say it."), "task:", "words, not 60 to 220"),
    "answer long": (swap(ANSWER, ANSWER * 3), "answer:", "words, not 120 to 350"),
    "answer null": (swap(f"answer: |\n  {ANSWER}", "answer:"), "answer:", "text belongs here"),
    "two hints": (swap("  - What waits?\n", ""), "  - Look at", "2 items, not 3"),
    "hints no list": (
        swap("hints:\n  - What waits?\n  - Look at the line\n  - Use two ends", "hints: none"),
        "hints:",
        "a list belongs here",
    ),
    "hint empty": (swap("- Look at the line", '- ""'), '- ""', "hint is empty"),
    "hint a mapping": (swap("- Look at the line", "- Look: here"), "- Look:", "text belongs here"),
    "three points": (
        swap("  - id: limits\n    point: Gives numbers\n    weight: 1\n", ""),
        "- id: clarify",
        "3 items, not 4 to 7",
    ),
    "point twice": (swap("- id: limits", "- id: choice"), "- id: choice\n    point: Gives", "there twice"),
    "point without text": (swap("    point: Asks first\n", ""), "- id: clarify", "point is missing"),
    "point no mapping": (
        swap("- id: failure\n    point: Says what fails\n    weight: 2", "- fails"),
        "- fails",
        "a mapping",
    ),
    "weight": (swap("weight: 1", "weight: 4"), "weight: 4", "4, not 1 to 3"),
    "no must": (swap("    must: true\n", ""), "- id: clarify", "0 points with must"),
    "must false": (swap("must: true", "must: false"), "must: false", "leave it out"),
    "must elsewhere": (swap("must: true", "must: yes-please"), "must:", "leave it out"),
    "two mistakes": (
        swap("  - mistake: Never asks\n    loses: clarify\n", ""),
        "- mistake: Forgets",
        "2 items, not 3 to 5",
    ),
    "mistake without a point": (
        swap("loses: limits", "loses: speed"),
        "loses: speed",
        "no point of the rubric",
    ),
    "mistake empty": (swap("mistake: Never asks", "mistake:"), "mistake:\n", "text belongs here"),
    "everyone": (swap("Use two ends", "Ask @everyone"), "- Ask", "@everyone would notify"),
    "here": (swap("Use two ends", "Ask @here now"), "- Ask", "@here would notify"),
    "channel": (swap("serve(x)", "serve(x)  <!channel>"), "    serve(x)", "<!channel would notify"),
    "somebody": (swap("Asks first", "Asks <@U123> first"), "point: Asks", "<@ would notify"),
    "no yaml": (swap("- What waits?", "- What: waits: it"), "- What:", "not YAML"),
    "alias of nothing": (swap("kind: drill", "kind: *drill"), "kind:", "not YAML"),
    "tab": (swap("kind: drill", "\tkind: drill"), "\tkind", "not YAML"),
    "two documents": (swap("rubric:\n", "---\nrubric:\n"), "---", "not YAML"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_refused_with_its_line_and_reason(tmp_path: Path, name: str) -> None:
    edit, part, reason = FAULTS[name]
    text = edit(GOOD)
    fault = refused(write(tmp_path, text))
    assert fault.path == "coding/two-queues.yaml"
    assert reason in fault.reason
    assert fault.line == line_of(text, part)
    assert str(fault) == f"coding/two-queues.yaml:{fault.line}: {fault.reason}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "an empty file"),
        ("- a\n- b\n", "a mapping of fields"),
        ("[" * 3000, "not YAML"),
        ("[" * 3000 + "]" * 3000, "a mapping of fields"),
    ],
)
def test_a_file_that_holds_no_drill_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    fault = refused(write(tmp_path, text))
    assert reason in fault.reason
    assert fault.line == 1


def test_without_the_c_library_the_same_is_read_and_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fast = load(write(tmp_path, GOOD))
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert load(tmp_path) == fast
    fault = refused(write(tmp_path, "[" * 3000 + "]" * 3000))
    assert (fault.line, fault.reason) == (1, "not YAML: nested too deeply")


def test_an_address_is_no_ping(tmp_path: Path) -> None:
    assert load(write(tmp_path, swap("Use two ends", "Write to ops@here.example")(GOOD))).drills


def test_a_file_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    (tmp_path / "coding" / "two-queues.yaml").write_bytes(
        GOOD.replace("Asks first", "Fr\xe4gt").encode("latin-1")
    )
    fault = refused(tmp_path)
    assert (fault.line, fault.reason) == (line_of(GOOD, "point: Asks first"), "not UTF-8")


def test_a_file_too_large_is_refused(tmp_path: Path) -> None:
    fault = refused(write(tmp_path, GOOD + "#" * LARGEST))
    assert f"at most {LARGEST}" in fault.reason


def test_an_id_in_two_areas_is_refused_once(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("area: coding", "area: sql"), "sql")
    fault = refused(tmp_path)
    assert (fault.path, fault.line) == ("sql/two-queues.yaml", 1)
    assert "also in coding" in fault.reason


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    fault = refused(write(tmp_path, GOOD, name="two-queues.yml"))
    assert (fault.path, fault.line, fault.reason) == ("coding/two-queues.yml", 0, "not a .yaml file")


@pytest.mark.parametrize("make_folder", [True, False])
def test_a_folder_of_no_known_area_is_refused(tmp_path: Path, make_folder: bool) -> None:
    if make_folder:
        write(tmp_path, GOOD, "cooking")
    else:
        (tmp_path / "cooking").write_text("soup")
    assert refused(tmp_path).path == "cooking"


def test_lint_names_every_fault_by_line_and_file(tmp_path: Path) -> None:
    text = swap("weight: 1", "weight: 9")(swap("minutes: 15", "minutes: 1")(GOOD))
    write(tmp_path, text)
    write(tmp_path, "", name="another.yaml")
    found = [(f.path, f.line) for f in lint(tmp_path) if f.line]
    assert found == [
        ("coding/another.yaml", 1),
        ("coding/two-queues.yaml", line_of(text, "minutes:")),
        ("coding/two-queues.yaml", line_of(text, "minutes:")),
        ("coding/two-queues.yaml", line_of(text, "weight: 9")),
    ]


def areas_named_thin(folder: Path) -> set[str]:
    return {f.path for f in lint(folder) if "in an area that is heavy" in f.reason}


def test_lint_names_heavy_areas_with_too_few_drills(tmp_path: Path) -> None:
    heavy = {a for t in TRACKS.values() for a, w in t.weights.items() if w >= HEAVY}
    for n in range(COVERAGE - 1):
        write(tmp_path, GOOD.replace("two-queues", f"queue-{n}"), name=f"queue-{n}.yaml")
    assert areas_named_thin(tmp_path) == heavy
    write(tmp_path, GOOD)
    assert areas_named_thin(tmp_path) == heavy - {"coding"}


@pytest.mark.parametrize(("old", "new"), [("difficulty: 2", "difficulty: 3"), ("minutes: 15", "minutes: 20")])
def test_lint_names_an_area_with_nothing_easy_to_start_with(tmp_path: Path, old: str, new: str) -> None:
    def easy_missing() -> set[str]:
        return {f.path for f in lint(tmp_path) if "nothing easy" in f.reason}

    write(tmp_path, GOOD)
    assert easy_missing() == set()
    write(tmp_path, swap(old, new)(GOOD))
    assert easy_missing() == {"coding"}
