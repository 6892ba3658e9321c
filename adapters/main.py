"""The `pacer` command line, and the only place that wires core, storage and adapters together.

Every import that costs time stands in the function that needs it, so that `--help` is instant.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime

    from adapters.settings import Settings
    from storage.store import SqlStore

VERSION = "0.1.0"
FAULT, MISUSE = 1, 2


class Complaint(Exception):
    """What the operator has to know, as one sentence; the exit code says whose turn it is."""

    def __init__(self, sentence: str, code: int = MISUSE) -> None:
        super().__init__(sentence)
        self.code = code


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command; exits 0, 1 for a fault of the surroundings, 2 for a misuse."""
    arguments = _parser().parse_args(argv)
    try:
        code = arguments.run(arguments)
    except Complaint as complaint:
        print(f"pacer: {complaint}", file=sys.stderr)
        code = complaint.code
    except BrokenPipeError:  # whoever read us has left; nothing is wrong
        sys.stderr.close()
        code = 0
    sys.exit(code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pacer", description="An interview-prep coach that asks for the right amount."
    )
    parser.add_argument("--version", action="version", version=f"pacer {VERSION}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    chat = commands.add_parser("chat", help="talk to the coach in this terminal")
    chat.add_argument("--script", metavar="FILE", help="play the lines of a file and exit")
    chat.add_argument("--at", metavar="MOMENT", help="start the clock there, such as 2026-01-05T08:00+01:00")
    chat.add_argument("--plain", action="store_true", help="plain text even when somebody looks")
    chat.set_defaults(run=_chat)

    demo = commands.add_parser("demo", help="live through a week in two minutes")
    demo.add_argument("--fast", action="store_true", help="without pauses")
    demo.set_defaults(run=_demo)

    pace = commands.add_parser("pace", help="ask the pacing policy").add_subparsers(
        required=True, metavar="WHAT"
    )
    replay = pace.add_parser("replay", help="what Pacer would have said on each day of a recorded history")
    replay.add_argument("file", metavar="FILE.json", help="one JSON object; - reads standard input")
    replay.set_defaults(run=_replay)

    safety = commands.add_parser("safety", help="the safety gate").add_subparsers(
        required=True, metavar="WHAT"
    )
    check = safety.add_parser("check", help="judge every text of a CSV file")
    check.add_argument(
        "--batch",
        nargs=2,
        required=True,
        metavar=("IN.csv", "OUT.csv"),
        help="column `text`; adds tier and rule",
    )
    check.set_defaults(run=_safety_check)

    bank = commands.add_parser("bank", help="the drills").add_subparsers(required=True, metavar="WHAT")
    lint = bank.add_parser("lint", help="say what is wrong with drill files, with the line")
    lint.add_argument("folder", nargs="?", metavar="FOLDER", help="the shipped drills if left out")
    lint.set_defaults(run=_bank_lint)

    page = commands.add_parser("commands", help="print the page of chat commands")
    page.set_defaults(run=_commands)
    return parser


def _chat(arguments: argparse.Namespace) -> int:
    import asyncio
    import gc

    # Start-up makes a hundred thousand objects that stay; the collector would walk them again and again.
    gc.disable()

    from adapters.settings import BadSetting, read

    try:
        settings = read()
    except BadSetting as problem:
        raise Complaint(str(problem)) from problem
    _warn_of_unknown(settings)
    start = _moment(arguments.at) if arguments.at else None
    lines = _script(arguments.script) if arguments.script else None
    return _guarded(lambda: asyncio.run(_converse(settings, start, lines, plain=arguments.plain)))


def _guarded(run: Callable[[], None]) -> int:
    from storage.faults import StoreFault

    try:
        run()
    except StoreFault as fault:
        raise Complaint(str(fault), FAULT) from fault
    except KeyboardInterrupt:
        return 0
    return 0


def _moment(text: str) -> datetime:
    from datetime import UTC, datetime

    try:
        moment = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise Complaint("--at is a moment such as 2026-01-05T08:00+01:00.") from wrong
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _script(path: str) -> list[str]:
    lines = _read(path).splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _read(path: str) -> str:
    from pathlib import Path

    try:
        return sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise Complaint(f"{path} cannot be read: {(problem.strerror or 'it fails').lower()}.") from problem
    except UnicodeDecodeError as problem:
        raise Complaint(f"{path} is not text in UTF-8.") from problem


async def _converse(
    settings: Settings, start: datetime | None, lines: list[str] | None, *, plain: bool
) -> None:
    import gc

    from adapters.console.app import Chat, play
    from adapters.console.clock import Clock
    from adapters.console.deliver import rich_shower, show_plain
    from bot.coach import Coach
    from bot.content.shipped import shipped
    from storage.faults import StoreFault

    _check_helplines(settings)
    looks = lines is None and sys.stdin.isatty() and sys.stdout.isatty()
    clock = Clock(start)
    async with opened(settings) as store:
        show = rich_shower() if looks and not plain else show_plain
        chat = Chat(Coach(store, shipped(), clock.now), store, clock, show, faults=(StoreFault,))
        await chat.open()
        gc.freeze()
        gc.enable()
        if looks:
            from adapters.console.prompt import converse

            await converse(chat, clock)
        elif lines is not None:
            await play(chat, lines, echo=lambda line: print(f"> {line}"))
        else:
            await play(chat, iter(sys.stdin.readline, ""))


def opened(settings: Settings) -> AbstractAsyncContextManager[SqlStore]:
    """The store behind the settings, migrated; closed with the block. Raises StoreFault."""
    from contextlib import asynccontextmanager

    from storage.engine import open_engine
    from storage.keys import sealer
    from storage.schema import prepare
    from storage.store import SqlStore

    @asynccontextmanager
    async def _open() -> AsyncIterator[SqlStore]:
        engine = open_engine(settings.database_url)
        try:
            await prepare(engine)
            yield SqlStore(engine, sealer(settings.secret_key, settings.key_file))
        finally:
            await engine.dispose()

    return _open()


def _check_helplines(settings: Settings) -> None:
    """Refuse to start on helplines that nobody has looked at for half a year."""
    from datetime import UTC, date, datetime
    from importlib.resources import files

    from bot.safety.model import FRESH_DAYS

    text = (files("bot.content") / "helplines.yaml").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("verified_on:"))
    verified = date.fromisoformat(line.split(":")[1].strip())
    newest = max(verified, settings.helplines_verified_on or verified)
    if (datetime.now(UTC).date() - newest).days > FRESH_DAYS:
        raise Complaint(
            f"The helplines were last checked on {newest}, more than {FRESH_DAYS} days ago. Look at "
            "bot/content/helplines.yaml, then set PACER_HELPLINES_VERIFIED_ON to the day you did.",
            FAULT,
        )


def _warn_of_unknown(settings: Settings) -> None:
    if settings.unknown:
        from difflib import get_close_matches

        from adapters.settings import KNOWN

        for name in settings.unknown:
            near = get_close_matches(name, KNOWN, 1)
            meant = f" Did you mean {near[0]}?" if near else ""
            print(f"pacer: I do not know the setting {name}.{meant}", file=sys.stderr)


def _demo(arguments: argparse.Namespace) -> int:
    import asyncio

    from adapters.console.demo import play_demo

    paced = not arguments.fast and sys.stdout.isatty()
    return _guarded(lambda: asyncio.run(play_demo(opened, paced=paced)))


def _replay(arguments: argparse.Namespace) -> int:
    import json

    from bot.pace.replay import BadHistory, replay

    text = _read(arguments.file)
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


def _safety_check(arguments: argparse.Namespace) -> int:
    import csv
    import io
    from pathlib import Path

    from bot.safety.batch import judge_rows

    source, target = arguments.batch
    reader = csv.DictReader(io.StringIO(_read(source), newline=""))
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


def _bank_lint(arguments: argparse.Namespace) -> int:
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


def _commands(arguments: argparse.Namespace) -> int:
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


if __name__ == "__main__":
    main()
