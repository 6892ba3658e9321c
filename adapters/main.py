"""The `pacer` command line, and the only place that wires core, storage and adapters together.

Every import that costs time stands in the function that needs it, so that `--help` is instant.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from adapters import manifests, tools
from adapters.complaint import FAULT, Complaint

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime

    from adapters.settings import Settings
    from storage.store import SqlStore

VERSION = "0.1.0"


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
    replay.set_defaults(run=tools.replay_history)

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
    check.set_defaults(run=tools.check_texts)

    tools.add_to(commands)
    _add_bank(commands)
    _add_operating(commands)
    manifests.add_to(commands)
    page = commands.add_parser("commands", help="print the page of chat commands")
    page.set_defaults(run=tools.print_commands)
    return parser


def _add_bank(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The drills."""
    bank = commands.add_parser("bank", help="the drills").add_subparsers(required=True, metavar="WHAT")
    lint = bank.add_parser("lint", help="say what is wrong with drill files, with the line")
    lint.add_argument("folder", nargs="?", metavar="FOLDER", help="the shipped drills if left out")
    lint.set_defaults(run=tools.lint_bank)
    stats = bank.add_parser("stats", help="what the drills cover, and where they are thin")
    stats.add_argument("folder", nargs="?", metavar="FOLDER", help="the shipped drills if left out")
    stats.set_defaults(run=tools.bank_stats)
    bring = bank.add_parser("import", help="take a file of drills into the bank of this terminal's person")
    bring.add_argument("file", metavar="FILE", help="YAML or CSV; - reads standard input")
    bring.set_defaults(run=_bring)


def _add_operating(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """What a host needs."""
    run = commands.add_parser(
        "run", help="notice what is due and deliver it, on the platforms that have a token"
    )
    run.add_argument("--at", metavar="MOMENT", help="start the clock there, for a rehearsal")
    run.set_defaults(run=_serve, role="run")
    worker = commands.add_parser("worker", help="help `pacer run` deliver, on PostgreSQL")
    worker.set_defaults(run=_serve, role="worker", at=None)
    move = commands.add_parser("migrate", help="copy everything into another, empty database")
    move.add_argument(
        "--from", dest="source", required=True, metavar="URL", help="such as sqlite:///pacer.db"
    )
    move.add_argument(
        "--to", dest="target", required=True, metavar="URL", help="such as postgresql+asyncpg://…"
    )
    move.set_defaults(run=_migrate)
    doctor = commands.add_parser("doctor", help="say what is fine, what is missing, and how to mend it")
    doctor.set_defaults(run=_doctor)
    probe = commands.add_parser("healthcheck", help="ask the running Pacer whether it is ready")
    probe.set_defaults(run=_healthcheck)


def _chat(arguments: argparse.Namespace) -> int:
    import asyncio
    import gc

    # Start-up makes a hundred thousand objects that stay; the collector would walk them again and again.
    gc.disable()

    settings = _settings()
    start = _moment(arguments.at) if arguments.at else None
    lines = _script(arguments.script) if arguments.script else None
    return _guarded(lambda: asyncio.run(_converse(settings, start, lines, plain=arguments.plain)))


def _settings() -> Settings:
    from adapters.settings import BadSetting, read

    try:
        settings = read()
    except BadSetting as problem:
        raise Complaint(str(problem)) from problem
    _warn_of_unknown(settings)
    return settings


def _serve(arguments: argparse.Namespace) -> int:
    import asyncio

    settings = _settings()
    start = _moment(arguments.at) if arguments.at else None
    _check_helplines(settings)
    from adapters.health.server import CannotListen
    from adapters.logs import configure
    from adapters.service import serve
    from storage.engine import is_postgresql

    configure(json=not sys.stderr.isatty())

    async def run() -> None:
        async with opened(settings) as store:
            if arguments.role == "worker" and not is_postgresql(store.engine):
                raise Complaint(
                    "Workers share a PostgreSQL database: set PACER_DATABASE_URL to postgresql+asyncpg://… "
                    "On SQLite `pacer run` delivers by itself."
                )
            await serve(settings, store, role=arguments.role, warn=_warn, start=start)

    try:
        return _guarded(lambda: asyncio.run(run()))
    except CannotListen as problem:
        raise Complaint(str(problem), FAULT) from problem


def _bring(arguments: argparse.Namespace) -> int:
    import asyncio
    from datetime import datetime
    from uuid import uuid4

    from adapters.console.app import ME
    from adapters.console.bringing import bring, text_of

    settings, text = _settings(), text_of(arguments.file)
    day = datetime.now().astimezone().date()

    async def run() -> None:
        async with opened(settings) as store:
            for line in await bring(store, ME, text, stem=uuid4().hex[:12], day=day):
                tools.tell(line)

    return _guarded(lambda: asyncio.run(run()))


def _migrate(arguments: argparse.Namespace) -> int:
    import asyncio

    from storage.keys import sealer
    from storage.transfer import transfer

    settings = _settings()
    known = settings.secret_key or settings.key_file.exists()
    keys = sealer(settings.secret_key, settings.key_file) if known else None

    def run() -> None:
        report = asyncio.run(transfer(arguments.source, arguments.target, sealer=keys, tell=tools.tell))
        rows = sum(count for _, count in report.tables)
        tools.tell(f"{rows} rows moved and compared in {report.seconds:.1f} seconds.")

    return _guarded(run)


def _doctor(arguments: argparse.Namespace) -> int:
    import asyncio

    from adapters.doctor import examine

    settings = _settings()
    findings = asyncio.run(examine(settings, opened))
    for finding in findings:
        print(finding)
    return FAULT if any(not f.fine for f in findings) else 0


def _healthcheck(arguments: argparse.Namespace) -> int:
    from adapters.health.probe import healthy

    address = _settings().health_address
    if address is None:
        raise Complaint("PACER_HEALTH_ADDRESS is off, so there is nobody to ask.")
    fine, said = healthy(
        f"[{address[0]}]:{address[1]}" if ":" in address[0] else f"{address[0]}:{address[1]}"
    )
    print(said)
    return 0 if fine else FAULT


def _guarded(run: Callable[[], None]) -> int:
    from bot.turn import Unavailable

    try:
        run()
    except Unavailable as fault:
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
    lines = tools.read_text(path).splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


async def _converse(
    settings: Settings, start: datetime | None, lines: list[str] | None, *, plain: bool
) -> None:
    import gc

    from adapters.console.app import Chat, play
    from adapters.console.clock import Clock
    from adapters.console.deliver import rich_shower, show_plain
    from adapters.sql_sandbox.runner import SqlSandbox
    from bot.coach import Coach
    from bot.content.shipped import shipped

    _check_helplines(settings)
    looks = lines is None and sys.stdin.isatty() and sys.stdout.isatty()
    clock = Clock(start)
    async with opened(settings) as store, _second_opinions(settings, store, clock.now) as reviewer:
        show = rich_shower() if looks and not plain else show_plain
        content = shipped(settings.cache)
        coach = Coach(store, content, clock.now, SqlSandbox(), reviewer=reviewer)
        chat = Chat(coach, store, clock, show, store.outbox, store.posts, content)
        await chat.open()
        gc.freeze()
        gc.enable()
        if looks:
            from adapters.console.prompt import converse

            await converse(chat)
        elif lines is not None:
            await play(chat, lines, echo=lambda line: print(f"> {line}"))
        else:
            await play(chat, iter(sys.stdin.readline, ""))


@asynccontextmanager
async def _second_opinions(
    settings: Settings, store: SqlStore, now: Callable[[], datetime]
) -> AsyncIterator[str]:
    """Give the second opinions that wait while the block runs; the name of who gives them, empty without a key."""
    import asyncio

    if not settings.anthropic_key:
        yield ""
        return
    from adapters.platforms import OPINION_SECONDS, second_opinions
    from bot.turn import Unavailable

    opinions = second_opinions(settings, store, now)
    if opinions is None:
        raise AssertionError("there is a key")

    async def look() -> None:
        while True:
            with suppress(Unavailable):  # the chat says it; here it is tried again
                await opinions.work()
            await asyncio.sleep(OPINION_SECONDS)

    looking = asyncio.create_task(look())
    try:
        yield opinions.name
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
        await opinions.close()


def opened(settings: Settings) -> AbstractAsyncContextManager[SqlStore]:
    """The store behind the settings, migrated; closed with the block. Raises StoreFault."""
    from contextlib import asynccontextmanager

    from storage.engine import open_engine
    from storage.exclusive import exclusive
    from storage.keys import sealer
    from storage.schema import prepare
    from storage.store import SqlStore

    @asynccontextmanager
    async def _open() -> AsyncIterator[SqlStore]:
        with exclusive(settings.database_url):
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
            _warn(f"I do not know the setting {name}.{meant}")


def _warn(sentence: str) -> None:
    print(f"pacer: {sentence}", file=sys.stderr, flush=True)


def _demo(arguments: argparse.Namespace) -> int:
    import asyncio

    from adapters.console.demo import play_demo

    paced = not arguments.fast and sys.stdout.isatty()
    return _guarded(lambda: asyncio.run(play_demo(opened, paced=paced)))


if __name__ == "__main__":
    main()
