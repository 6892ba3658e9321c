"""The other words of the command line."""

from __future__ import annotations

import csv
import json
import subprocess
import sys

import pytest
from terminal_process import ROOT, environment, pacer


def test_help_is_instant_because_it_loads_nothing_heavy(tmp_path):
    code = "import sys\ntry:\n    from adapters.main import main; main(['--help'])\nexcept SystemExit: pass\n"
    code += "print(sorted({m.split('.')[0] for m in sys.modules} & {'sqlmodel','sqlalchemy','rich','pydantic','yaml','fsrs'}))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment(tmp_path), check=True
    )
    assert "usage: pacer" in run.stdout
    assert run.stdout.rstrip().endswith("[]")


def test_a_chat_does_not_load_what_it_does_not_need(tmp_path):
    pacer(tmp_path, "chat", given="/quit\n")
    script = tmp_path / "s.txt"
    script.write_text("/pacer help\n")
    code = (
        "import sys\ntry:\n    from adapters.main import main; main(['chat', '--script', sys.argv[1]])\n"
        "except SystemExit: pass\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'alembic','rich','prompt_toolkit','yaml','fsrs','rapidfuzz'}))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(script)],
        capture_output=True,
        text=True,
        env=environment(tmp_path),
        check=True,
    )
    assert run.stdout.rstrip().endswith("[]")


def test_replay_prints_one_line_a_day(tmp_path):
    histories = json.loads((ROOT / "tests/unit/pace/vectors.json").read_text())
    expected = histories[0].pop("expected")
    path = tmp_path / "h.json"
    path.write_text(json.dumps(histories[0]))
    run = pacer(tmp_path, "pace", "replay", str(path))
    assert [json.loads(line) for line in run.stdout.splitlines()] == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not json", "line 1: this is not JSON"),
        ("[]", "one JSON object"),
        ('{"profile": {}}', "weekly_minutes"),
        ('{"profile": 3, "days": []}', "profile"),
    ],
)
def test_a_history_that_cannot_be_read_is_named(tmp_path, text, said):
    path = tmp_path / "h.json"
    path.write_text(text)
    run = pacer(tmp_path, "pace", "replay", str(path))
    assert run.returncode == 2
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_the_safety_gate_judges_a_file(tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        'id,text\n1,"I want to die, honestly"\n2,kill the process\n3,"I\'m not suicidal, just exhausted"\n4,\n'
    )
    run = pacer(tmp_path, "safety", "check", "--batch", str(source), str(target))
    assert run.returncode == 0, run.stderr
    rows = list(csv.DictReader(target.open()))
    assert [r["tier"] for r in rows] == ["1", "0", "2", "0"]
    assert rows[0]["rule"]
    assert rows[0]["id"] == "1"


def test_a_file_without_the_column_is_refused(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("words\nhello\n")
    run = pacer(tmp_path, "safety", "check", "--batch", str(source), str(tmp_path / "o.csv"))
    assert run.returncode == 2
    assert "no column `text`" in run.stderr


def test_lint_names_file_line_and_reason(tmp_path):
    folder = tmp_path / "coding"
    folder.mkdir()
    good = next((ROOT / "bot/content/drills/coding").glob("*.yaml"))
    (folder / good.name).write_text(good.read_text().replace("difficulty: ", "difficulty: 9"))
    run = pacer(tmp_path, "bank", "lint", str(tmp_path))
    assert run.returncode == 1
    line = next(
        n for n, words in enumerate(good.read_text().splitlines(), 1) if words.startswith("difficulty")
    )
    assert f"coding/{good.name}:{line}: difficulty" in run.stdout


def test_the_demo_plays_a_week_without_a_fault(tmp_path):
    run = pacer(tmp_path, "demo", "--fast")
    assert run.returncode == 0, run.stderr
    assert "Something broke" not in run.stdout
    assert "did not get that" not in run.stdout
    for expected in (
        "Graded by rules",
        "Half a battery",
        "I am sorry",
        "Booked: onsite at Halden",
        "Rest day",
        "Halden today",
    ):
        assert expected in run.stdout
