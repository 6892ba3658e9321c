"""What cannot be moved is named in one sentence, and then nothing has changed on either side."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from contracts.moving import (
    SITTING,
    change,
    count,
    file_url,
    kept,
    make_file,
    new_postgres,
)
from cryptography.fernet import Fernet, MultiFernet
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import transfer as transfer_module
from storage.columns import Sealer
from storage.engine import open_engine
from storage.faults import StoreFault
from storage.origin import address, origin
from storage.schema import prepare
from storage.transfer import transfer

CANARY = "canary"


@pytest.fixture(scope="module")
def postgres_url(postgres_server: Any) -> str:
    """A database that every refused move leaves empty, so that many can be tried on it."""
    return new_postgres(postgres_server)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """One person with one sitting."""
    return asyncio.run(make_file(tmp_path / "old.db", [SITTING]))


async def refused(source: str, target: str, words: str, **options: Any) -> str:
    """The fault of a move that leaves the old file as it was."""
    path = Path(source.removeprefix("sqlite:///"))
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreFault, match=words) as fault:
        await transfer(source, target, **options)
    assert (path.read_bytes() if path.is_file() else None) == before
    return str(fault.value)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (f"UPDATE sitting SET topic = '{CANARY}' || char(0)", "topic has a NUL character"),
        (f"UPDATE sitting SET topic = '{CANARY * 20}'", "topic is longer than its 60 characters"),
        (f"UPDATE sitting SET topic = CAST('{CANARY}' AS BLOB)", "topic is not text"),
        ("UPDATE sitting SET topic = CAST(x'63616e617279ff' AS TEXT)", "topic is not text in UTF-8"),
        ("UPDATE sitting SET hints = 2147483648", "hints is out of the range of 32 bits"),
        ("UPDATE sitting SET hints = -2147483649", "hints is out of the range of 32 bits"),
        ("UPDATE sitting SET hints = 1e300", "hints is not a whole number"),
        (f"UPDATE sitting SET hints = '{CANARY}'", "hints is not a whole number"),
        (f"UPDATE sitting SET minutes = '{CANARY}'", "minutes is not a number"),
        (f"UPDATE sitting SET seen_solution = '{CANARY}'", "seen_solution is not yes or no"),
        ("UPDATE sitting SET seen_solution = 7", "seen_solution is not yes or no"),
        ("UPDATE sitting SET day = '2026-02-30'", "day is not a date"),
        ("UPDATE sitting SET day = 20260105", "day is not a date"),
        (f"UPDATE sitting SET started = '{CANARY}'", "started is not a moment"),
        ("UPDATE sitting SET started = '0001-01-01 00:00:00+05:00'", "started is not a moment"),
        ("UPDATE sitting SET person_id = 'nobody'", "belongs to a row of person that is not there"),
    ],
)
async def test_what_postgresql_or_pacer_could_not_hold_is_named_by_its_row_and_nothing_moves(
    source, postgres_url, statement, words
):
    change(source, statement)
    said = await refused(file_url(source), postgres_url, words)
    assert "sitting" in said and "id 's'" in said and CANARY not in said
    assert await count(postgres_url) == 0


async def test_a_row_that_lacks_what_it_needs_is_named(source, postgres_url):
    change(
        source,
        "ALTER TABLE sitting RENAME TO before",
        "CREATE TABLE sitting AS SELECT * FROM before",
        "UPDATE sitting SET topic = NULL",
    )
    await refused(file_url(source), postgres_url, "table sitting .* id 's', topic is missing")


async def test_the_old_database_is_opened_so_that_nothing_can_be_written_to_it(source):
    async with origin(address(file_url(source))) as opened:
        with pytest.raises(DBAPIError, match="readonly"):
            await opened.connection.execute(text("DELETE FROM sitting"))


async def test_a_key_that_a_person_wrote_is_only_measured(source, postgres_url):
    change(source, f"INSERT INTO company VALUES ('p', '{CANARY} & sons', 'high')")
    said = await refused(file_url(source), postgres_url, "stakes is not a whole number")
    assert "company" in said and "person_id 'p', name of 13 characters" in said and CANARY not in said


async def test_a_rule_of_the_new_database_is_named_by_its_table_and_without_content(source, postgres_server):
    url = new_postgres(postgres_server)
    engine = open_engine(url)
    await prepare(engine)
    async with engine.begin() as connection:
        await connection.execute(text("ALTER TABLE sitting ADD CHECK (topic <> 'canary')"))
    await engine.dispose()
    change(source, f"UPDATE sitting SET topic = '{CANARY}'")
    said = await refused(file_url(source), url, "New database: Rows of the table sitting break")
    assert CANARY not in said
    assert await count(url) == 0


async def test_a_missing_file_is_named_and_not_made(tmp_path, postgres_url):
    missing = tmp_path / "nowhere" / "old.db"
    await refused(file_url(missing), postgres_url, "There is no file .*old.db")
    assert list(tmp_path.iterdir()) == []


async def test_a_source_that_is_not_pacers_or_of_another_version_is_refused_and_makes_no_target(
    source, tmp_path
):
    target = file_url(tmp_path / "new.db")
    notes, other = tmp_path / "notes.txt", tmp_path / "other.db"
    notes.write_text("dear diary\n" * 200)
    change(other, "CREATE TABLE tea (kind)")
    for path in (notes, other):
        await refused(file_url(path), target, "Old database: This .* not a Pacer database")
    for revision in ("0000", "9999"):
        change(source, f"UPDATE alembic_version SET version_num = '{revision}'")
        await refused(file_url(source), target, "start this Pacer once on it.*upgrade Pacer")
    assert not (tmp_path / "new.db").exists()


async def test_a_database_is_not_moved_onto_itself(source, tmp_path, postgres_url):
    (tmp_path / "link.db").symlink_to(source)
    (tmp_path / "hard.db").hardlink_to(source)
    same = ("old.db", "./old.db", "link.db", "hard.db")
    for name in same:
        await refused(file_url(source), f"sqlite:///{tmp_path}/{name}", "one and the same")
    await refused(file_url(source), f"sqlite:///file:{source}?uri=true", "one and the same")
    await refused(
        postgres_url, postgres_url.replace("postgresql:", "postgresql+asyncpg:"), "one and the same"
    )


@pytest.mark.parametrize(
    ("source_url", "target_url", "words"),
    [
        ("", "sqlite:///x.db", "not a database address"),
        ("sqlite:///x.db", "postgresql://u@h:port/n", "not a database address"),
        ("sqlite://", "sqlite:///x.db", "in memory"),
        ("sqlite:///x.db", "sqlite:///:memory:", "in memory"),
        ("mysql://u@h/n", "sqlite:///x.db", "not in mysql"),
        ("postgresql://u@127.0.0.1:1/n", "sqlite:///x.db", "Old database: .*does not answer"),
    ],
)
async def test_an_address_that_leads_nowhere_is_one_sentence(
    tmp_path, monkeypatch, source_url, target_url, words
):
    monkeypatch.chdir(tmp_path)
    await refused(source_url, target_url, words)
    assert list(tmp_path.iterdir()) == []


async def test_a_new_database_that_does_not_answer_is_named_as_the_new_one(source):
    await refused(file_url(source), "postgresql://u@127.0.0.1:1/n", "New database: .*does not answer")


async def test_a_filled_target_is_left_as_it_is_even_by_a_second_run(source, tmp_path):
    target = tmp_path / "new.db"
    await transfer(file_url(source), file_url(target))
    before = kept(target)
    change(source, "UPDATE person SET account = 'other'")
    await refused(file_url(source), file_url(target), "rows in its table person already")
    assert kept(target) == before


async def test_a_filled_target_of_an_older_pacer_is_not_even_upgraded(source, postgres_server):
    url = new_postgres(postgres_server)
    engine = open_engine(url)
    async with engine.begin() as connection:
        for statement in (
            "CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)",
            "INSERT INTO alembic_version VALUES ('0000')",
            'CREATE TABLE "old Table" (id INT)',
            'INSERT INTO "old Table" VALUES (1)',
        ):
            await connection.execute(text(statement))
    await refused(file_url(source), url, "rows in its table old Table already")
    async with engine.connect() as connection:
        tables = await connection.execute(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
        assert tables.scalar() == 2
    await engine.dispose()


async def test_another_programs_target_is_left_as_it_is(source, tmp_path):
    change(tmp_path / "tea.db", "CREATE TABLE tea (kind)", "INSERT INTO tea VALUES ('green')")
    await refused(file_url(source), file_url(tmp_path / "tea.db"), "New database: .*another program")


async def test_a_wrong_key_is_noticed_before_anything_is_touched(source, tmp_path, sealer):
    token = sealer.seal({"battery": 37})
    change(source, f"UPDATE sitting SET sealed = '{token}'")
    other = Sealer(MultiFernet([Fernet(Fernet.generate_key())]))
    target = tmp_path / "new.db"
    await refused(file_url(source), file_url(target), "encrypted with another key", sealer=other)
    assert not target.exists()
    await transfer(file_url(source), file_url(target), sealer=sealer)
    assert kept(target) == kept(source)


@pytest.mark.parametrize(
    "meddling",
    [
        "BEGIN NEW.topic := 'x'; RETURN NEW; END",
        "BEGIN NEW.minutes := NEW.minutes + 0.0000001; RETURN NEW; END",
        "BEGIN RETURN NULL; END",
        "BEGIN IF NEW.id = 's' THEN NEW.id := 't'; END IF; RETURN NEW; END",
        "BEGIN INSERT INTO difficulty VALUES ('surplus', 1); RETURN NEW; END",
    ],
)
async def test_a_row_that_is_not_the_same_afterwards_is_found_and_nothing_stays(
    source, postgres_server, meddling
):
    url = new_postgres(postgres_server)
    engine = open_engine(url)
    await prepare(engine)
    async with engine.begin() as connection:
        await connection.execute(
            text(
                f"CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$ {meddling}; $$"
            ).execution_options()
        )
        await connection.execute(
            text("CREATE TRIGGER t BEFORE INSERT ON sitting FOR EACH ROW EXECUTE FUNCTION meddle()")
        )
    said = await refused(file_url(source), url, "was not the same on both sides at the row with")
    assert "id 's'" in said or "drill_id 'surplus'" in said
    assert await count(url) == 0
    await engine.dispose()


async def test_a_source_that_somebody_writes_to_meanwhile_is_not_half_moved(source, postgres_url):
    def write(_: str) -> None:
        change(source, "UPDATE person SET account = account || 'x'")

    with pytest.raises(StoreFault, match="Old database: It was written to meanwhile"):
        await transfer(file_url(source), postgres_url, tell=write)
    assert await count(postgres_url) == 0


async def test_two_moves_at_once_do_not_mix(source, postgres_url, monkeypatch):
    monkeypatch.setattr(transfer_module, "LOCK_SECONDS", 0.1)
    await count(postgres_url)
    engine = open_engine(postgres_url)
    async with engine.begin() as other:
        await other.execute(text("LOCK TABLE person IN ROW EXCLUSIVE MODE"))
        await refused(file_url(source), postgres_url, "Another program is writing to it")
    await engine.dispose()
