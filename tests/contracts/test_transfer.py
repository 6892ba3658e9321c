"""A database moves whole and proven, or not at all; afterwards Pacer goes on in the new one."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from contracts.moving import (
    SITTING,
    TABLES,
    change,
    count,
    file_url,
    insert,
    kept,
    make_file,
    new_postgres,
)
from conversations.stage import Stage, set_up
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, func, select, text
from sqlalchemy.engine import make_url

from storage.cells import kind
from storage.columns import Sealer
from storage.engine import open_engine
from storage.rows import PersonRow, SittingRow
from storage.schema import prepare
from storage.store import SqlStore
from storage.transfer import advance_sequence, transfer

ROOT = Path(__file__).parents[2]
START = datetime.fromisoformat("2026-01-05T07:00+01:00")
MANY = 20_000


@pytest.fixture(scope="module")
def big_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One person with many sittings."""
    path = tmp_path_factory.mktemp("big") / "old.db"
    return asyncio.run(make_file(path, [{**SITTING, "id": f"s{n}"} for n in range(MANY)]))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """One person with one sitting."""
    return asyncio.run(make_file(tmp_path / "old.db", [SITTING]))


@pytest.fixture(params=["sqlite to postgresql", "postgresql to sqlite", "sqlite to sqlite", "pg to pg"])
def two_urls(request: pytest.FixtureRequest, tmp_path: Path, postgres_server: Any) -> list[str]:
    """An old and a new database of every pair of kinds."""
    kinds = request.param.split(" to ")
    return [
        file_url(tmp_path / f"{side}.db") if kind == "sqlite" else new_postgres(postgres_server)
        for side, kind in enumerate(kinds)
    ]


async def test_after_a_move_pacer_goes_on_as_if_nothing_had_happened(two_urls, sealer: Sealer):
    engines = [open_engine(url) for url in two_urls]
    await prepare(engines[0])
    old = Stage(SqlStore(engines[0], sealer), START)
    await set_up(old)
    for line in ("/pacer checkin half", "/pacer drill", "an answer", "/pacer interview add Acme 2026-02-03"):
        await old.say(line)
    told: list[str] = []
    report = await transfer(*two_urls, sealer=sealer, tell=told.append)
    new = Stage(SqlStore(engines[1], sealer), old.now)
    for line in ("/pacer today", "/pacer plan", "/pacer help"):
        assert await new.say(line) == await old.say(line)
    for side in (old, new):
        await side.store.close()
    assert [name for name, _ in report.tables] == [t.name for t in TABLES]
    assert dict(report.tables)["person"] == 1 and dict(report.tables)["inbox"] >= 15
    assert told[0] == "The key at hand opens what is encrypted."
    assert told[1:-1] == [
        f"{name}: {rows} {'row' if rows == 1 else 'rows'}, the same on both sides"
        for name, rows in report.tables
    ]
    assert "PACER_SECRET_KEY" in told[-1]


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=16)
ODD_TEXT = st.sampled_from(
    ["", "é", "e\u0301", "Z", "a", "_", "ß", "\U0001f9d8", "\u202eabc", "' \\ \n \t \x1f \x7f", "NULL"]
)
VALUES: dict[type, st.SearchStrategy[Any]] = {
    str: TEXT | ODD_TEXT,
    int: st.integers(-(2**31), 2**31 - 1),
    float: st.floats(allow_nan=False) | st.sampled_from([-0.0, 5e-324, 0.1 + 0.2, 1e308]),
    bool: st.booleans(),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
}


def column_values(column: Column[Any]) -> st.SearchStrategy[Any]:
    values = VALUES.get(kind(column), st.times())
    length = getattr(column.type, "length", None)
    if kind(column) is str and length:
        values = values.map(lambda text: text[:length]) | st.just("\U0001f9d8" * length)
    return values | st.none() if column.nullable else values


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[Table, list[dict[str, Any]]]]:
    """Rows for every table, with references that fit and every other value as odd as its column allows."""
    drawn: dict[str, list[dict[str, Any]]] = {}
    for table in TABLES:
        choices = {c.name: column_values(c) for c in table.columns}
        for column in table.columns:
            for key in column.foreign_keys:
                known = [row[key.column.name] for row in drawn[key.column.table.name]]
                choices[column.name] = st.sampled_from(known)
        drawn[table.name] = draw(st.lists(st.fixed_dictionaries(choices), min_size=1, max_size=4))
    return [(table, drawn[table.name]) for table in TABLES]


@settings(max_examples=6)
@given(history=histories())
def test_there_and_back_again_the_file_has_the_very_same_rows(postgres_server, tmp_path_factory, history):
    folder = tmp_path_factory.mktemp("back")
    old, back = folder / "old.db", folder / "back.db"
    middle = new_postgres(postgres_server)

    async def there_and_back() -> None:
        await make_file(old, [])
        change(old, "DELETE FROM person")
        await insert(old, _possible(history))
        await transfer(file_url(old), middle)
        await transfer(middle, file_url(back))

    asyncio.run(there_and_back())
    assert kept(back) == kept(old)


def _possible(
    history: list[tuple[Table, list[dict[str, Any]]]],
) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """The same without people whose account is another's, and whatever would belong to them."""
    gone: set[str] = set()
    accounts: set[tuple[str, ...]] = set()
    ids: set[str] = set()
    for table, rows in history:
        if table.name == "person":
            for row in rows:
                account = (row["platform"], row["tenant"], row["account"])
                if account in accounts and row["id"] not in ids:
                    gone.add(row["id"])
                elif row["id"] not in ids:
                    ids.add(row["id"])
                    accounts.add(account)
            yield table, rows
        else:
            yield table, [row for row in rows if row.get("person_id") not in gone]


async def test_a_database_that_sorts_by_its_language_is_compared_all_the_same(
    postgres_server, source, tmp_path
):
    words = ["Zoë", "zebra", "Ärger", "apple", "_x", "É", "e\u0301", "10", "9", " b", "B", "a b", "ab"]
    await insert(source, [(SittingRow, [{**SITTING, "id": word} for word in words])])
    name = "english"
    made = postgres_server.psql(f"CREATE DATABASE {name} TEMPLATE template0 LOCALE 'en_US.UTF-8';")
    if "CREATE DATABASE" not in made:
        pytest.skip("this machine has no locale en_US.UTF-8")
    english = make_url(postgres_server.get_uri()).set(database=name).render_as_string(hide_password=False)
    report = await transfer(file_url(source), english)
    assert dict(report.tables)["sitting"] == len(words) + 1
    await transfer(english, file_url(tmp_path / "back.db"))
    assert kept(tmp_path / "back.db") == kept(source)


async def test_rows_that_are_still_in_the_log_beside_the_file_are_moved_too(source, postgres_server):
    writer = sqlite3.connect(source)
    writer.execute("UPDATE person SET account = 'newest'")
    writer.commit()
    new = new_postgres(postgres_server)
    await transfer(file_url(source), new)
    writer.close()
    engine = open_engine(new)
    async with engine.connect() as connection:
        assert (await connection.execute(select(PersonRow.account))).scalar() == "newest"
    await engine.dispose()


async def test_a_moment_without_a_zone_is_the_same_moment_in_utc(source, postgres_server):
    change(
        source,
        "UPDATE person SET created_at = '2026-01-05 07:00:00'",
        "UPDATE sitting SET started = '2026-01-05 09:00:00+02:00'",
    )
    new = new_postgres(postgres_server)
    await transfer(file_url(source), new)
    engine = open_engine(new)
    async with engine.connect() as connection:
        moments = (
            await connection.execute(select(PersonRow.created_at, SittingRow.started).join(SittingRow))
        ).one()
    await engine.dispose()
    assert set(moments) == {datetime(2026, 1, 5, 7, tzinfo=UTC)}


async def test_numbers_that_the_database_gives_out_go_on_after_the_moved_ones(postgres_server):
    table = Table(
        "Queue of tests", MetaData(), Column("No.", Integer, primary_key=True), Column("x", Integer)
    )
    engine = open_engine(new_postgres(postgres_server))
    async with engine.connect() as connection:
        await connection.run_sync(table.create)
        await advance_sequence(connection, table)
        await connection.execute(table.insert(), [{"No.": 41, "x": 1}])
        await advance_sequence(connection, table)
        await connection.execute(table.insert().values(x=2))
        assert (await connection.execute(select(func.max(table.c["No."])))).scalar() == 42
    await engine.dispose()


MOVE = """
import asyncio, os, sys
from storage.transfer import transfer
def tell(line):
    if line.startswith(sys.argv[3]):
        os.kill(os.getpid(), 9)
asyncio.run(transfer(sys.argv[1], sys.argv[2], tell=tell))
"""


def move_in_a_process(source: str, target: str, die_at: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", MOVE, source, target, die_at], cwd=ROOT)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_while_comparing_the_target_is_empty_and_the_next_move_works(
    source, postgres_server, tmp_path, kind
):
    target = file_url(tmp_path / "new.db") if kind == "sqlite" else new_postgres(postgres_server)
    before = source.read_bytes()
    assert move_in_a_process(file_url(source), target, "sitting").wait() == -signal.SIGKILL
    assert source.read_bytes() == before
    assert asyncio.run(count(target)) == 0
    asyncio.run(transfer(file_url(source), target))
    assert asyncio.run(count(target)) == 2


async def test_killed_in_the_middle_of_copying_the_target_is_empty_and_the_next_move_works(
    big_file, postgres_server
):
    target = new_postgres(postgres_server)
    before = big_file.read_bytes()
    engine = open_engine(target)
    copying = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND xact_start IS NOT NULL AND query LIKE 'INSERT INTO sitting%'"
    )
    process = move_in_a_process(file_url(big_file), target, "never")
    async with engine.connect() as connection:
        while not (await connection.execute(copying)).scalar():
            assert process.poll() is None
            await connection.rollback()
            await asyncio.sleep(0.005)
        process.kill()
        assert process.wait() == -signal.SIGKILL
    await engine.dispose()
    assert big_file.read_bytes() == before
    assert await count(target) == 0
    assert dict((await transfer(file_url(big_file), target)).tables)["sitting"] == MANY


async def test_twenty_thousand_rows_need_no_more_memory_than_a_few_batches(big_file, source, tmp_path):
    assert big_file.stat().st_size > 10_000_000
    # Each move builds the statements of all tables, however many rows there are.
    one = await memory_of_moving(source, tmp_path / "one.db")
    many = await memory_of_moving(big_file, tmp_path / "many.db")
    assert many - one < 5_000_000


async def memory_of_moving(old: Path, new: Path) -> int:
    """Most bytes held at a time while a database is moved."""
    tracemalloc.start()
    try:
        await transfer(file_url(old), file_url(new))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
