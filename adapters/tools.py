"""Commands of `pacer` that need neither a database nor a platform: files in, lines out."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from adapters.complaint import Complaint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path


def tell(line: str) -> None:
    """Print a line; whoever stopped reading does not stop the work."""
    try:
        print(line, flush=True)
    except BrokenPipeError:
        sys.stdout = sys.stderr


def read_text(path: str) -> str:
    """A file's text, or standard input for `-`. Raises Complaint."""
    from pathlib import Path

    try:
        return sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise Complaint(f"{path} cannot be read: {(problem.strerror or 'it fails').lower()}.") from problem
    except UnicodeDecodeError as problem:
        raise Complaint(f"{path} is not text in UTF-8.") from problem


def replay_history(arguments: argparse.Namespace) -> int:
    """`pacer pace replay`."""
    import json

    from bot.pace.replay import BadHistory, replay

    text = read_text(arguments.file)
    try:
        history = json.loads(text)
    except json.JSONDecodeError as wrong:
        raise Complaint(
            f"{arguments.file}, line {wrong.lineno}: this is not JSON ({wrong.msg.lower()})."
        ) from wrong
    except (ValueError, RecursionError) as wrong:
        raise Complaint(
            f"{arguments.file} is nested too deeply or holds a number that is too long."
        ) from wrong
    try:
        for day in replay(history):
            print(json.dumps(day.as_json()))
    except BadHistory as wrong:
        raise Complaint(f"{arguments.file}: {wrong}.") from wrong
    return 0


def check_texts(arguments: argparse.Namespace) -> int:
    """`pacer safety check`."""
    from bot.safety.batch import judge_rows

    judged = _each_row(arguments.batch, ("text",), ("tier", "rule"), judge_rows)
    counts = {tier: sum(r["tier"] == tier for r in judged) for tier in "012"}
    print(f"{len(judged)} texts: tier 1 {counts['1']}, tier 2 {counts['2']}, none {counts['0']}")
    return 0


def review_answers(arguments: argparse.Namespace) -> int:
    """`pacer review`."""
    from bot.feedback.batch import review_rows

    wanted = ("question", "reference", "answer")
    judged = _each_row(arguments.batch, wanted, ("score", "evidence"), review_rows)
    mean = sum(float(r["score"]) for r in judged) / len(judged) if judged else 0.0
    print(f"{len(judged)} answers: mean score {mean:.2f}")
    return 0


def find_signals(arguments: argparse.Namespace) -> int:
    """`pacer signals`."""
    from bot.feedback.signals import COLUMNS, signal_rows

    found = _each_row(arguments.batch, ("kind", "text"), COLUMNS, signal_rows)
    print(f"{len(found)} answers looked at")
    return 0


def _each_row(
    paths: Sequence[str],
    wanted: Sequence[str],
    added: Sequence[str],
    judge: Callable[[Iterable[Mapping[str, str]]], Iterable[dict[str, str]]],
) -> list[dict[str, str]]:
    """Read a CSV file, judge its rows, write them with the columns added, in the place of older ones. Raises Complaint."""
    import csv
    import io
    from pathlib import Path

    source, target = paths
    reader = csv.DictReader(io.StringIO(read_text(source), newline=""))
    try:
        names = list(reader.fieldnames or [])
        if missing := [name for name in wanted if name not in names]:
            raise Complaint(f"{source} has no column {' and no column '.join(f'`{m}`' for m in missing)}.")
        judged = list(judge({k: v or "" for k, v in row.items() if k} for row in reader))
        with Path(target).open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, [*(n for n in names if n not in added), *added])
            writer.writeheader()
            writer.writerows(judged)
    except (csv.Error, ValueError) as wrong:
        raise Complaint(f"{source} cannot be judged as a CSV file: {wrong}.") from wrong
    except OSError as problem:
        raise Complaint(
            f"{target} cannot be written: {(problem.strerror or 'it fails').lower()}."
        ) from problem
    return judged


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands that look at answers."""
    review = commands.add_parser("review", help="judge answers by their reference answers, offline")
    review.add_argument(
        "--batch",
        nargs=2,
        required=True,
        metavar=("IN.csv", "OUT.csv"),
        help="columns `question`, `reference`, `answer`; adds score and evidence",
    )
    review.set_defaults(run=review_answers)
    signals = commands.add_parser("signals", help="how answers are told: fillers, STAR, questions, closing")
    signals.add_argument(
        "--batch",
        nargs=2,
        required=True,
        metavar=("IN.csv", "OUT.csv"),
        help="columns `kind` (behavioral, design, coding, explain) and `text`",
    )
    signals.set_defaults(run=find_signals)


def lint_bank(arguments: argparse.Namespace) -> int:
    """`pacer bank lint`."""
    from adapters.sql_sandbox.runner import SqlSandbox
    from bot.content.bank import load
    from bot.content.bank_lint import lint

    folder = _drill_folder(arguments)
    faults = lint(folder, run=SqlSandbox().run_now)
    for fault in faults:
        print(fault)
    if faults:
        return 1
    bank = load(folder)
    print(
        f"{len(bank.drills)} drills in {len({d.area for d in bank.drills.values()})} areas, nothing to mend"
    )
    return 0


def bank_stats(arguments: argparse.Namespace) -> int:
    """`pacer bank stats`."""
    from bot.content.bank import BadDrill, load
    from bot.content.stats import lines

    try:
        bank = load(_drill_folder(arguments))
    except BadDrill as fault:
        raise Complaint(f"{fault}. `pacer bank lint` names everything that is wrong.") from fault
    print("\n".join(lines(tuple(bank.drills.values()))))
    return 0


def _drill_folder(arguments: argparse.Namespace) -> Path | None:
    """The folder that was named, if one was. Raises Complaint."""
    from pathlib import Path

    folder = Path(arguments.folder) if arguments.folder else None
    if folder and not folder.is_dir():
        raise Complaint(f"{folder} is not a folder.")
    return folder


def print_commands(arguments: argparse.Namespace) -> int:
    """`pacer commands`."""
    print(commands_page(), end="")
    return 0


def commands_page() -> str:
    """The page of chat commands, in Markdown, from the one table."""
    from bot.commands import COMMANDS

    lines = ["# Commands", "", "In the terminal `/plan` is short for `/pacer plan`.", ""]
    lines += ["| say | for | arguments |", "| --- | --- | --- |"]
    for command in COMMANDS:
        about = "; ".join(
            f"{a.name}: {a.summary}" + (f" ({', '.join(a.choices)})" if a.choices else "")
            for a in command.arguments
        )
        lines.append(f"| `{command.usage}` | {command.summary} | {about} |")
    own = (
        "The terminal itself: `/skip 1d` (`90m`, `tomorrow 8:00`) moves the clock and delivers what came due, "
        "`/time` tells it, `/quit` leaves."
    )
    return "\n".join([*lines, "", own, ""])
