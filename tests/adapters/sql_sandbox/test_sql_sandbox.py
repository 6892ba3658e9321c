"""Queries of people who are not trusted: each comes back within moments, and nothing else has happened."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.sql_sandbox.cell import (
    ONE_ONLY,
    ONLY_READING,
    TOO_LARGE,
    TOO_LONG,
    TOO_MANY,
    TOO_SLOW,
    TOO_WIDE,
)
from adapters.sql_sandbox.runner import SqlSandbox
from bot.drills.tables import Blob, Refused, Rows

DATABASE = """
CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, price REAL);
INSERT INTO t VALUES (1, 'a', 1.5), (2, 'b', NULL), (3, 'c', 3.0);
"""
WHOLE = "SELECT * FROM t"
FOREVER = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
MANY = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
WITHIN = 2.0
"""Seconds; half a second for the query, the rest for a busy machine to start a process."""

WRITES = (
    "DROP TABLE t",
    "DELETE FROM t",
    "UPDATE t SET name = 'x'",
    "INSERT INTO t VALUES (9, 'x', 1)",
    "INSERT INTO t VALUES (9, 'x', 1) RETURNING id",
    "REPLACE INTO t VALUES (1, 'x', 1)",
    "CREATE TABLE u(a)",
    "CREATE TEMP TABLE u(a)",
    "CREATE TABLE u AS SELECT * FROM t",
    "CREATE VIEW v AS SELECT 1",
    "CREATE INDEX i ON t(name)",
    "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
    "CREATE VIRTUAL TABLE f USING fts5(a)",
    "ALTER TABLE t RENAME TO u",
    "ATTACH DATABASE '/tmp/stolen.db' AS other",
    "ATTACH ':memory:' AS other",
    "DETACH DATABASE main",
    "PRAGMA query_only = OFF",
    "PRAGMA writable_schema = ON",
    "PRAGMA hard_heap_limit = 0",
    "PRAGMA table_info(t)",
    "SELECT * FROM pragma_table_info('t')",
    "SELECT load_extension('/tmp/evil.so')",
    "VACUUM INTO '/tmp/stolen.db'",
    "VACUUM",
    "REINDEX",
    "ANALYZE",
    "BEGIN",
    "COMMIT",
    "SAVEPOINT s",
    "WITH x AS (SELECT 1) DELETE FROM t",
    "EXPLAIN DELETE FROM t",
)
SLOW = (
    f"{FOREVER} SELECT count(*) FROM n",
    f"{FOREVER} SELECT i FROM n WHERE i < 0",
    f"{FOREVER} SELECT max(i) FROM n ORDER BY 1",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT (i * 3 + 1) % 100000007 FROM n) SELECT count(*) FROM n",
    f"{MANY} SELECT count(*) FROM n a, n b, n c",
    f"{MANY} SELECT sum(a.i * b.i) FROM n a JOIN n b ON a.i <> b.i JOIN n c ON c.i <> b.i",
    f"{MANY} SELECT a.i FROM n a, n b, n c ORDER BY a.i * b.i * c.i DESC LIMIT 1",
    f"{MANY} SELECT sum(instr(hex(zeroblob(49000)), hex(zeroblob(25000)) || i)) FROM n",
    f"{MANY} SELECT max(replace(hex(zeroblob(49000)), hex(zeroblob(20000)) || i, 'x')) FROM n",
    f"{FOREVER} SELECT count(*) FROM n WHERE printf('%090000d', i) LIKE '%1%2%3%4%5%6%7%8%9%'",
)
LARGE = (
    "SELECT randomblob(2000000000)",
    "SELECT zeroblob(2000000000)",
    "SELECT printf('%.*c', 2000000000, 'x')",
    "SELECT hex(zeroblob(99000))",
    "SELECT replace(hex(zeroblob(40000)), '0', 'xxxxxxxx')",
    f"{MANY} SELECT group_concat(hex(randomblob(1000))) FROM n",
    f"{FOREVER} SELECT i, randomblob(90000) AS b FROM n ORDER BY b",
    f"{FOREVER} SELECT json_group_array(i) FROM n",
    f"{FOREVER}, m AS MATERIALIZED (SELECT randomblob(90000) AS b FROM n) SELECT count(b) FROM m",
    "SELECT " + ", ".join(["hex(zeroblob(9000))"] * 8),
)
ODD = (
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP TABLE t",
    "",
    ";",
    "-- nothing",
    "/* open",
    "SELECT 'open",
    "SELEC 1",
    "SELECT * FROM nowhere",
    "SELECT TOP 5 * FROM t",
    "SELECT name::text FROM t",
    "SELECT DATE_TRUNC('day', name) FROM t",
    "SELECT ?1",
    "SELECT :secret",
    "SELECT \x00",
    "SELECT '\ud800'",
    "SELECT " + "(" * 900 + "1" + ")" * 900,
    "SELECT " + " + ".join(["1"] * 2000),
    " UNION ALL ".join(["SELECT 1"] * 400),
    "SELECT " + ", ".join(["1"] * 1500),
    "x" * 30_000,
    "SELECT '" + "x" * 30_000 + "'",
)
MANY_ROWS = (
    f"{FOREVER} SELECT i FROM n",
    f"{MANY} SELECT i FROM n",
    "SELECT * FROM t a, t b, t c, t d, t e, t f, t g",
)


async def tried(*queries: str) -> Sequence[Rows | Refused]:
    return await SqlSandbox().run(DATABASE, queries)


@pytest.mark.parametrize("query", [*WRITES, *SLOW, *LARGE, *ODD, *MANY_ROWS], ids=lambda q: q[:40] or "empty")
async def test_a_hostile_query_is_refused_within_moments_in_one_calm_sentence(query: str) -> None:
    begun = time.monotonic()
    found = (await tried(query))[0]
    assert time.monotonic() - begun < WITHIN
    assert isinstance(found, Refused), found
    assert found.hers
    assert "Traceback" not in found.why and "\n" not in found.why.strip() and len(found.why) < 400
    assert not Path("/tmp/stolen.db").exists()


@pytest.mark.parametrize("query", WRITES)
async def test_whatever_would_change_something_is_told_that_only_reading_is_allowed(query: str) -> None:
    if query.startswith(
        ("SELECT load", "PRAGMA table", "SELECT * FROM pragma", "INSERT INTO t VALUES (9, 'x', 1) R")
    ):
        return
    assert (await tried(query))[0] == Refused(ONLY_READING)


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (SLOW[0], TOO_SLOW),
        (SLOW[4], TOO_SLOW),
        (LARGE[0], TOO_LARGE),
        ("SELECT hex(zeroblob(40000))", TOO_WIDE),
        ("SELECT 1; SELECT 2", ONE_ONLY),
        (ODD[-1], TOO_LONG),
        (MANY_ROWS[0], TOO_MANY),
        ("SELECT * FROM nowhere", "SQLite says: no such table: nowhere."),
    ],
)
async def test_the_reason_is_the_true_one(query: str, why: str) -> None:
    assert (await tried(query))[0] == Refused(why)


async def test_the_next_query_finds_the_database_untouched() -> None:
    found = await tried("DELETE FROM t", "DROP TABLE t", WHOLE)
    assert found[2] == Rows(("id", "name", "price"), ((1, "a", 1.5), (2, "b", None), (3, "c", 3.0)))


async def test_every_kind_of_value_comes_back() -> None:
    found = (
        await tried("SELECT 1, 2.5, 'ä|\n', NULL, x'00ff', 9e999, 9223372036854775807, CAST(x'ff' AS TEXT)")
    )[0]
    assert isinstance(found, Rows)
    assert found.rows == ((1, 2.5, "ä|\n", None, Blob("00ff"), float("inf"), 9223372036854775807, "\ufffd"),)


async def test_windows_recursion_with_an_end_and_json_are_all_there() -> None:
    found = await tried(
        "SELECT id, ROW_NUMBER() OVER (ORDER BY price DESC) FROM t",
        f"{MANY} SELECT count(*) FROM n",
        "SELECT value FROM json_each('[1,2]')",
        "VALUES (1), (2)",
        "EXPLAIN QUERY PLAN SELECT * FROM t",
        "-- with a comment\nSELECT 1;",
    )
    assert all(isinstance(f, Rows) for f in found), found


async def test_the_event_loop_goes_on_while_a_query_runs_wild() -> None:
    longest, last, running = 0.0, time.monotonic(), True

    async def beat() -> None:
        nonlocal longest, last
        while running:
            await asyncio.sleep(0.01)
            longest, last = max(longest, time.monotonic() - last), time.monotonic()

    beating = asyncio.create_task(beat())
    await tried(SLOW[0])
    running = False
    await beating
    assert longest < 0.4


async def test_many_at_once_all_come_back() -> None:
    sandbox = SqlSandbox()
    found = await asyncio.gather(*(sandbox.run(DATABASE, (WHOLE,)) for _ in range(8)))
    assert all(isinstance(f[0], Rows) for f in found)


async def test_a_call_that_is_given_up_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox = SqlSandbox()
    begun: list[asyncio.subprocess.Process] = []
    start = asyncio.create_subprocess_exec

    async def noted(*command: str, **how: object) -> asyncio.subprocess.Process:
        begun.append(await start(*command, **how))  # type: ignore[arg-type]
        return begun[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    call = asyncio.create_task(sandbox.run(DATABASE, (SLOW[0],)))
    while not begun:
        await asyncio.sleep(0.01)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert begun[0].returncode is not None
    with pytest.raises(ProcessLookupError):
        os.kill(begun[0].pid, 0)


async def test_where_no_process_can_start_it_is_not_her_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.sql_sandbox.runner._command", lambda: ("/nowhere/python",))
    found = (await tried(WHOLE))[0]
    assert isinstance(found, Refused) and not found.hers
    assert SqlSandbox().run_now(DATABASE, (WHOLE,)) == (found,)


async def test_a_process_that_says_nonsense_is_not_her_fault_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.sql_sandbox.runner._command", lambda: ("/bin/echo", "hello"))
    found = (await tried(WHOLE))[0]
    assert isinstance(found, Refused) and not found.hers


@pytest.mark.parametrize(
    "script",
    ["CREATE TABLE t(", "ATTACH '/tmp/stolen.db' AS x", "SELECT load_extension('x')", "x" * 400_000],
)
async def test_a_script_that_is_broken_or_reaches_out_is_refused(script: str) -> None:
    assert isinstance((await SqlSandbox().run(script, (WHOLE,)))[0], Refused)
    assert not Path("/tmp/stolen.db").exists()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=60), min_size=25, max_size=25))
def test_any_text_comes_back_as_rows_or_as_a_sentence(texts: list[str]) -> None:
    found = SqlSandbox().run_now(DATABASE, [*texts, *(f"SELECT {t}" for t in texts)])
    assert all(isinstance(f, Rows | Refused) for f in found)
    assert all(f.hers for f in found if isinstance(f, Refused))
