"""The cell a query runs in: a process with nothing but SQLite in memory, which ends when it overruns any bound.

Run as a script, without site packages: one JSON object comes on standard input ({"database": …, "queries": […]}),
one goes out ({"results": […]}). A result is {"columns": […], "rows": […]} or {"refused": "a sentence"}.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
import sys
import time
from collections.abc import Callable

SECONDS, KILLED_AFTER = 0.5, 0.7
"""How long a query may take, and after what time it is ended the hard way: a single long comparison asks nobody."""
STEPS, STEPS_AT_ONCE = 20_000_000, 1_000
MEMORY, HEAP = 512 * 1024 * 1024, 48 * 1024 * 1024
"""Bytes of address space of the process, and of SQLite's own heap."""
ROWS, BYTES, LENGTH, VALUE = 500, 64_000, 10_000, 100_000
"""Most rows and bytes of a result, characters of a query, bytes of one value."""
SCRIPT = 300_000

ONLY_READING = "Only reading is allowed here: one SELECT, or WITH and a SELECT."
ONE_ONLY = "One query at a time, please."
TOO_LONG = f"That is longer than any query here has to be; {LENGTH:,} characters are the most."
TOO_SLOW = (
    "That query did not end within half a second, so it was stopped. Does a join or a recursion lack its end?"
)
TOO_LARGE = "That query needed more memory than there is for it, so it was stopped."
TOO_MANY = (
    f"That query returns more than {ROWS} rows, far more than were asked for. Does a join lack its condition?"
)
TOO_WIDE = "That query returns more than 64 kB, far more than was asked for."
NO_QUERY = "There is no query in that."
UNREADABLE = "There are characters in that which SQLite cannot read."
BAD_SCRIPT = "the database itself cannot be made: {reason}"

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: VALUE,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: LENGTH * 4,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 50_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 32,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 1,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_READS = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
_NO_FUNCTIONS = frozenset({"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"})
_SAYS = re.compile(r"--[^\n]*|/\*.*?(?:\*/|\Z)|[\s;]+", re.DOTALL)
"""Comments and what else asks for nothing."""
_DECLARED_LATE = ("json_each", "json_tree")
"""Tables that SQLite declares when they are first used, which looks like a write."""
_ABOUT_ONE = re.compile(r"one statement at a time", re.IGNORECASE)

Result = dict[str, object]


class Overrun(Exception):
    """A result that is larger than any that was asked for; the message says so."""


def main() -> None:
    """Read what is to be run, run it, say what came."""
    confine()
    asked = json.loads(sys.stdin.buffer.read())
    results = [run(str(asked["database"]), str(query)) for query in asked["queries"]]
    sys.stdout.write(json.dumps({"results": results}))
    sys.stdout.flush()


def confine() -> None:
    """Give up what a query never needs, where the system lets a process do so."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))


def run(database: str, query: str) -> Result:
    """One query on a database of its own."""
    if len(query) > LENGTH:
        return {"refused": TOO_LONG}
    connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=0)
    end_hard(KILLED_AFTER)
    try:
        prepare(connection, database)
    except (sqlite3.Error, sqlite3.Warning, ValueError, MemoryError) as problem:
        return {"refused": BAD_SCRIPT.format(reason=problem)}
    try:
        return _run(connection, query)
    finally:
        end_hard(0)
        with contextlib.suppress(sqlite3.Error):
            connection.close()


def end_hard(seconds: float) -> None:
    """Let the system end this process after some time; zero takes it back."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def prepare(connection: sqlite3.Connection, database: str) -> None:
    """Make the database, then allow nothing but reading it."""
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.execute(f"PRAGMA hard_heap_limit={HEAP}")
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, SCRIPT)
    connection.set_authorizer(_making)
    connection.set_progress_handler(_watch(), STEPS_AT_ONCE)
    connection.executescript(database)
    for table in _DECLARED_LATE:
        with contextlib.suppress(sqlite3.Error):
            connection.execute(f"SELECT 1 FROM {table}('[]')")
    connection.execute("PRAGMA query_only=ON")
    connection.execute("PRAGMA trusted_schema=OFF")
    for limit, most in _LIMITS.items():
        connection.setlimit(limit, most)


def _making(action: int, name: str | None, detail: str | None, base: str | None, by: str | None) -> int:
    """A script may make tables in memory, and reach no file."""
    denied = action in (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH, sqlite3.SQLITE_CREATE_VTABLE)
    denied = denied or (action == sqlite3.SQLITE_FUNCTION and (detail or "").lower() in _NO_FUNCTIONS)
    return sqlite3.SQLITE_DENY if denied else sqlite3.SQLITE_OK


def _run(connection: sqlite3.Connection, query: str) -> Result:
    denied: list[int] = []

    def reading(action: int, name: str | None, detail: str | None, base: str | None, by: str | None) -> int:
        if action in _READS and (detail or "").lower() not in _NO_FUNCTIONS:
            return sqlite3.SQLITE_OK
        denied.append(action)
        return sqlite3.SQLITE_DENY

    connection.set_authorizer(reading)
    connection.set_progress_handler(_watch(), STEPS_AT_ONCE)
    try:
        cursor = connection.execute(query)
        if cursor.description is None:
            return {"refused": ONLY_READING if _SAYS.sub("", query) else NO_QUERY}
        columns = [str(column[0]) for column in cursor.description]
        return {"columns": columns, "rows": _fetched(cursor)}
    except Overrun as problem:
        return {"refused": str(problem)}
    except MemoryError:
        return {"refused": TOO_LARGE}
    except (sqlite3.Error, sqlite3.Warning, ValueError) as problem:
        return {"refused": _why(problem, denied=bool(denied))}


def _watch() -> Callable[[], bool]:
    """Something that says stop, called every thousand steps of SQLite's machine."""
    until, left = time.monotonic() + SECONDS, STEPS // STEPS_AT_ONCE

    def over() -> bool:
        nonlocal left
        left -= 1
        return left < 0 or time.monotonic() > until

    return over


def _fetched(cursor: sqlite3.Cursor) -> list[list[object]]:
    rows: list[list[object]] = []
    size = 0
    for row in cursor:
        cells = [_cell(value) for value in row]
        size += sum(len(str(cell)) + 1 for cell in cells)
        rows.append(cells)
        if len(rows) > ROWS:
            raise Overrun(TOO_MANY)
        if size > BYTES:
            raise Overrun(TOO_WIDE)
    return rows


def _cell(value: object) -> object:
    """A value as JSON holds it; bytes are told from text by their wrapping."""
    return {"bytes": value.hex()} if isinstance(value, bytes) else value


def _why(problem: Exception, *, denied: bool) -> str:
    said = str(problem).strip() or "it cannot be run"
    if denied or "query_only" in said or "readonly" in said:
        return ONLY_READING
    if isinstance(problem, UnicodeError) or "null character" in said:
        return UNREADABLE
    if _ABOUT_ONE.search(said):
        return ONE_ONLY
    if said == "interrupted":
        return TOO_SLOW
    if said in ("out of memory", "string or blob too big"):
        return TOO_LARGE
    return f"SQLite says: {said[:300]}."


if __name__ == "__main__":
    main()
