"""Commands of `pacer` that need neither a database nor a platform: files in, lines out."""

from __future__ import annotations

import argparse
import sys

from adapters.complaint import Complaint


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
    import csv
    import io
    from pathlib import Path

    from bot.safety.batch import judge_rows

    source, target = arguments.batch
    reader = csv.DictReader(io.StringIO(read_text(source), newline=""))
    names = list(reader.fieldnames or [])
    if "text" not in names:
        raise Complaint(f"{source} has no column `text`.")
    try:
        judged = list(judge_rows({k: v or "" for k, v in row.items() if k} for row in reader))
        with Path(target).open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, [*(n for n in names if n not in ("tier", "rule")), "tier", "rule"])
            writer.writeheader()
            writer.writerows(judged)
    except (csv.Error, ValueError) as wrong:
        raise Complaint(f"{source} is not a CSV file that can be read: {wrong}.") from wrong
    except OSError as problem:
        raise Complaint(
            f"{target} cannot be written: {(problem.strerror or 'it fails').lower()}."
        ) from problem
    counts = {tier: sum(r["tier"] == tier for r in judged) for tier in "012"}
    print(f"{len(judged)} texts: tier 1 {counts['1']}, tier 2 {counts['2']}, none {counts['0']}")
    return 0


def lint_bank(arguments: argparse.Namespace) -> int:
    """`pacer bank lint`."""
    from pathlib import Path

    from bot.content.bank import lint, load

    folder = Path(arguments.folder) if arguments.folder else None
    if folder and not folder.is_dir():
        raise Complaint(f"{folder} is not a folder.")
    faults = lint(folder)
    for fault in faults:
        print(fault)
    if faults:
        return 1
    bank = load(folder)
    print(
        f"{len(bank.drills)} drills in {len({d.area for d in bank.drills.values()})} areas, nothing to mend"
    )
    return 0


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
