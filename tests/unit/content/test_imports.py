"""Files with drills from people: read by the shipped bank's reader, whole or not at all, every fault with its line."""

from __future__ import annotations

import re
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.drill_file import drill
from bot.content.imports import LARGEST_IMPORT, advice, read_drills, read_one
from bot.content.rows import COLUMNS, id_from, lines_of
from bot.content.sheet import Sheet
from bot.drills.formats import Format
from bot.feedback.checks import CHECKS
from bot.own_bank.model import MOST
from bot.profile.tracks import AREAS

ROOT = Path(__file__).parents[3]
FORM = """id: a
title: A
area: coding
topic: t
kind: drill
minutes: 10
difficulty: 1
task: Do it.
rubric:
  - id: p
    point: Says it
    weight: 1
answer: It says it.
"""
HEAD = "title,area,task,points,answer\n"
INCIDENT = """
id: disk-full
title: A full disk
area: troubleshooting
topic: disks
kind: drill
minutes: 20
difficulty: 2
format: incident
task: Writes fail on one host.
budget: 30
evidence:
{evidence}
path: [e1, e2]
rubric:
  - {{id: a, point: Names the log, weight: 1}}
  - {{id: b, point: Rotates the log, weight: 1}}
  - {{id: c, point: Watches the disk, weight: 1}}
answer: It names the log, rotates the log and watches the disk.
mistakes:
  - {{mistake: Deletes at random, loses: a}}
  - {{mistake: Restarts at once, loses: b}}
"""


def reasons(text: str) -> list[str]:
    """What is wrong with a text, each with its line."""
    drills, faults = read_drills(text)
    assert not (drills and faults)
    return [f"{f.line}: {f.reason}" for f in faults]


@pytest.mark.parametrize("form", Format)
def test_the_formats_of_the_shipped_bank_are_read_by_the_same_reader(form):
    for path in sorted((ROOT / "bot/content/drills").rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        if (f"format: {form.value}\n" in text) or (form is Format.DRILL and "format:" not in text):
            strictly = Sheet()
            root = strictly.root(text.encode())
            assert root is not None
            _, shipped = drill(strictly, root)
            if not strictly.faults:
                break
    assert read_drills(text) == ((shipped,), ())


def test_a_row_says_what_a_file_would():
    cells = (
        '"Leases",coding,"Do it.\nWell.","(3!) Renews it in time | renews before it ends\n(2) Fences","Renews it '
        'in time and fences.","(2) Forgets | no fencing needed","Look\nClosely",10,3,drill'
    )
    (drill,), faults = read_drills(f"{HEAD.strip()},mistakes,hints,minutes,difficulty,format\n{cells}\n")
    assert faults == ()
    first, second = drill.rubric
    assert (first.text, first.weight, first.must, first.says) == (
        "Renews it in time", 3, True, ("renews before it ends",),
    )  # fmt: skip
    assert (second.weight, drill.mistakes[0].loses, drill.mistakes[0].says) == (2, "p2", "no fencing needed")
    assert (drill.id, drill.topic, drill.hints, drill.minutes) == (
        "leases",
        "leases",
        ("Look", "Closely"),
        10,
    )


def test_tables_of_european_spreadsheets_are_read():
    (drill,), _ = read_drills("\ufefftitle;area;task;points;answer\nA b;coding;Do;Says it;It says it\n")
    assert (drill.id, drill.title) == ("a-b", "A b")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1: an empty file"),
        (HEAD, "1: no drill in it"),
        ("- 1", "1: a mapping of fields belongs here"),
        ("[" * 100_000, "1: nested too deeply"),
        ("- " * 100_000, "1: nested too deeply"),
        ("{a: " * 100_000, "1: nested too deeply"),
        ("a: &a [1]\nb: *a", "2: a reference (*), which drills do without"),
        ("id: &a [*a]", "1: a reference (*), which drills do without"),
        ("a: [", "1: not YAML: did not find expected node content"),
        ("id: a\n---\nid: b", "2: not YAML: but found another document"),
        (HEAD + "T,coding,Do\x00,Says,It says\n", "2: a control character"),
        (HEAD + "T,coding,Do,Says,It says\nT,coding,Do,Says,It says\n", "3: id: t is already in line 2"),
        (HEAD + "T,cooking,Do,Says,It says\n", "2: area: cooking is no known area"),
        (HEAD + "T,coding,Ask <!channel>,Says,It says\n", "2: task: <!channel would notify people"),
        (HEAD + "T,coding,Do,,It says\n", "2: points is missing"),
        (HEAD + "T,coding,Do,Says,It says,more\n", "2: 6 cells, but 5 columns"),
        (HEAD + '"T,coding,Do,Says,It says\n', "2: not CSV: unexpected end of data"),
        ("title,area,task\nT,coding,Do\n", "1: the column points is missing"),
        ("title,area,colour,task,points,answer\n", "1: unknown column colour"),
        (HEAD.replace("\n", ",title\n"), "1: the column title is there twice"),
        (HEAD.replace("\n", ",format\n") + "T,coding,Do,Says,Says,sql\n", "2: database is missing"),
        (HEAD.replace("\n", ",minutes\n") + "T,coding,Do,Says,Says,soon\n", "2: minutes: a whole number belongs here"),
        (HEAD.replace("\n", ",mistakes\n") + "T,coding,Do,Says,Says,Forgets\n", "2: loses: (no number) is no point of the rubric"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_its_line(text, said):
    assert said in reasons(text)


def test_a_file_of_fifty_megabytes_is_refused_at_once():
    begun = perf_counter()
    assert reasons("x" * 50_000_000) == [f"0: 50,000,000 bytes; {LARGEST_IMPORT:,} is the most"]
    assert perf_counter() - begun < 2


def test_more_drills_than_a_bank_holds_are_refused_whole():
    rows = "".join(f"Drill {n},coding,Do,Says it,It says it\n" for n in range(MOST + 1))
    assert reasons(HEAD + rows) == [f"0: {MOST + 1} drills; {MOST} is the most"]
    drills, faults = read_drills(HEAD + rows.rsplit("Drill", 1)[0])
    assert (len(drills), faults) == (MOST, ())


def test_evidence_that_needs_itself_is_a_circle():
    evidence = "\n".join(
        f"  - {{id: e{n}, heard: [ask {n}, look {n}], shows: It shows, costs: 2, needs: [e{n % 6 + 1}]}}"
        for n in range(1, 7)
    )
    assert reasons(INCIDENT.format(evidence=evidence)) == ["2: needs: e1 needs itself, by way of others"]
    plain = evidence.replace(", needs: [e1]", "")
    assert reasons(INCIDENT.format(evidence=plain)) == []


def test_a_form_is_read_as_a_row_and_its_id_is_her_title():
    made, faults = read_one(
        {"title": "Été, naïve!", "area": "coding", "task": "Do", "points": "A; B", "answer": "A b"}
    )
    assert made is not None and faults == () and [p.text for p in made.rubric] == ["A", "B"]
    assert read_one({"title": "!!!"}, ())[0] is None


def test_a_weak_model_answer_is_advice_and_no_fault():
    made, faults = read_one(
        {
            "title": "T",
            "area": "coding",
            "task": "Do it",
            "points": "Names the quorum of replicas",
            "answer": "No",
        }
    )
    assert made is not None and faults == ()
    assert len(advice(made)) == 1


def test_lists_in_a_cell_lose_their_marks():
    assert lines_of("- one\n2. two\n\n* three") == ["one", "two", "three"]
    assert lines_of("one; two;") == ["one", "two"]
    assert id_from("  A/B & C  ") == "a-b-c"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300) | st.lists(st.sampled_from([*COLUMNS, ",", "\n", '"', "- ", ": ", "[", "{", "&a ", "*a", "\t", "|"]), max_size=40).map("".join))  # fmt: skip
def test_whatever_is_sent_is_read_or_refused_and_never_breaks(text):
    drills, faults = read_drills(text)
    assert bool(drills) != bool(faults)
    assert all(f.reason for f in faults)


def test_the_examples_of_the_page_are_taken_without_advice():
    page = (ROOT / "docs/drills.md").read_text(encoding="utf-8")
    examples = re.findall(r"```(?:yaml|csv)\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 2
    for text in examples:
        (made,), faults = read_drills(text)
        assert faults == () and advice(made) == ()


def test_the_page_names_every_area_column_format_and_check():
    page = (ROOT / "docs/drills.md").read_text(encoding="utf-8")
    for name in (*AREAS, *COLUMNS, *Format, *CHECKS):
        assert f"`{name}" in page, name


@pytest.mark.parametrize("check", ["nonsense", "scene", "words-at-least-really 3"])
def test_a_check_that_there_is_not_is_refused(check):
    text = FORM.replace("weight: 1", f"weight: 1\n    check: {check}")
    assert reasons(text) == [f"1: check: there is no {check.partition(' ')[0]}"]
    assert reasons(FORM) == []
