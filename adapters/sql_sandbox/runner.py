"""Runs queries on real SQLite, outside of this process and of the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from adapters.sql_sandbox.cell import LENGTH, SCRIPT, TOO_LONG, TOO_SLOW
from bot.drills.tables import Blob, Cell, Refused, Rows

AT_ONCE = 2
"""Processes at the same time."""
START_SECONDS = 4.0
"""How long a process may take beside its queries; a busy machine starts one slowly."""
QUERY_SECONDS = 1.0
SEALED = Refused("Queries cannot be run here right now. Your words are kept.", hers=False)
"""The process could not be started, or did not answer: nothing of it is hers."""

_CELL = Path(__file__).with_name("cell.py")


class SqlSandbox:
    """Queries against an authored database, each call in a new process. It is a `Queries`."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)

    async def run(self, database: str, queries: Sequence[str]) -> tuple[Rows | Refused, ...]:
        """What each query returns on a fresh copy of the database. Nothing it does can last."""
        if (refused := _at_the_door(database, queries)) is not None:
            return refused
        async with self._places:
            try:
                process = await asyncio.create_subprocess_exec(
                    *_command(),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={},
                    cwd="/",
                )
            except OSError:
                return (SEALED,) * len(queries)
            return await _ended(process, database, queries)

    def run_now(self, database: str, queries: Sequence[str]) -> tuple[Rows | Refused, ...]:
        """The same where nothing else waits, as in a lint."""
        if (refused := _at_the_door(database, queries)) is not None:
            return refused
        try:
            done = subprocess.run(
                _command(),
                input=_asked(database, queries),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                timeout=_patience(queries),
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return (SEALED,) * len(queries)
        return _read(done.stdout, done.returncode, len(queries))


async def _ended(
    process: asyncio.subprocess.Process, database: str, queries: Sequence[str]
) -> tuple[Rows | Refused, ...]:
    """What the process said. It never outlives its call."""
    try:
        out, _ = await asyncio.wait_for(process.communicate(_asked(database, queries)), _patience(queries))
    except TimeoutError:
        return (SEALED,) * len(queries)
    except OSError:
        out = b""
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return _read(out, process.returncode, len(queries))


def _command() -> tuple[str, ...]:
    return (sys.executable, "-I", "-S", "-B", str(_CELL))


def _asked(database: str, queries: Sequence[str]) -> bytes:
    return json.dumps({"database": database, "queries": [*queries]}).encode()


def _patience(queries: Sequence[str]) -> float:
    return START_SECONDS + QUERY_SECONDS * len(queries)


def _at_the_door(database: str, queries: Sequence[str]) -> tuple[Refused, ...] | None:
    """What is refused before any process is started."""
    if len(database) > SCRIPT:
        return (SEALED,) * len(queries)
    if any(len(q) > LENGTH for q in queries):
        return (Refused(TOO_LONG),) * len(queries)
    return None


def _read(out: bytes, code: int | None, count: int) -> tuple[Rows | Refused, ...]:
    """The answer of a process; one that the system ended had run for too long."""
    try:
        results = json.loads(out)["results"]
    except (ValueError, KeyError, TypeError):
        ended = code is not None and code < 0
        return ((Refused(TOO_SLOW) if ended else SEALED),) * count
    return tuple(_result(r) for r in results)


def _result(found: dict[str, object]) -> Rows | Refused:
    if "refused" in found:
        return Refused(str(found["refused"]))
    columns, rows = found["columns"], found["rows"]
    if not isinstance(columns, list) or not isinstance(rows, list):
        return SEALED
    return Rows(tuple(str(c) for c in columns), tuple(tuple(_cell(v) for v in row) for row in rows))


def _cell(value: object) -> Cell:
    if isinstance(value, dict):
        return Blob(str(value["bytes"]))
    if value is None or isinstance(value, int | float | str):
        return value
    raise AssertionError(f"no value of SQLite: {type(value)}")
