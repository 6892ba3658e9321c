"""`pacer review --batch` and `pacer signals --batch`: a file in, a file out."""

from __future__ import annotations

import csv

import pytest
from terminal_process import pacer

from bot.feedback.signals import COLUMNS


def test_answers_are_judged_by_their_reference_and_keep_every_column(tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        "id,question,reference,answer,score_0_5\n"
        '1,What is a leaf?,A node without children.,"It is a node that has no child.",5\n'
        "2,What is a leaf?,A node without children.,Pancakes,0\n"
        "3,What is a leaf?,A node without children.,,0\n"
    )
    run = pacer(tmp_path, "review", "--batch", str(source), str(target))
    assert run.returncode == 0, run.stderr
    rows = list(csv.DictReader(target.open()))
    assert list(rows[0]) == ["id", "question", "reference", "answer", "score_0_5", "score", "evidence"]
    assert [r["id"] for r in rows] == ["1", "2", "3"]
    assert float(rows[0]["score"]) > 0.7
    assert rows[0]["evidence"] == "It is a node that has no child."
    assert [float(r["score"]) for r in rows[1:]] == [0.0, 0.0]


def test_answers_get_their_signals(tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        'kind,text\ndesign,"How many users? I would use a cache. To sum up, one cache."\nexplain,\n'
    )
    run = pacer(tmp_path, "signals", "--batch", str(source), str(target))
    assert run.returncode == 0, run.stderr
    first, second = csv.DictReader(target.open())
    assert list(first) == ["kind", "text", *COLUMNS]
    assert (first["clarifying_questions"], first["closing"], first["first_solution_at"]) == ("1", "1", "16")
    assert (second["words"], second["first_solution_at"]) == ("0", "")


@pytest.mark.parametrize(
    ("command", "content", "said"),
    [
        ("review", "question,answer\na,b\n", "no column `reference`"),
        ("signals", "kind\ndesign\n", "no column `text`"),
        ("signals", "kind,text\nsong,la\n", "row 1 has the kind 'song'"),
    ],
)
def test_a_file_that_cannot_be_judged_is_refused_in_a_sentence(tmp_path, command, content, said):
    source = tmp_path / "in.csv"
    source.write_text(content)
    run = pacer(tmp_path, command, "--batch", str(source), str(tmp_path / "out.csv"))
    assert run.returncode == 2
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "out.csv").exists()
