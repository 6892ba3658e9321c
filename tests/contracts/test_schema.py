"""Migrations and tables say the same, in both directions, on every database."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlmodel import SQLModel

import storage
from storage.engine import open_engine
from storage.schema import HEAD, prepare

FOLDER = Path(storage.__file__).parent / "migrations"


def config(connection: Connection | None = None) -> Config:
    """Alembic pointed at the shipped scripts."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.attributes["connection"] = connection
    return made


def test_the_newest_script_is_the_one_the_program_asks_for():
    assert ScriptDirectory.from_config(config()).get_current_head() == HEAD


async def test_a_migrated_database_has_exactly_the_tables_the_rows_describe(database_url):
    engine = open_engine(database_url)
    async with engine.begin() as connection:
        await connection.run_sync(lambda c: command.upgrade(config(c), "head"))
    async with engine.connect() as connection:
        found = await connection.run_sync(
            lambda c: compare_metadata(MigrationContext.configure(c), SQLModel.metadata)
        )
    await engine.dispose()
    assert found == []


async def test_going_down_leaves_an_empty_database_and_up_again_works(database_url):
    engine = open_engine(database_url)
    await prepare(engine)
    async with engine.begin() as connection:
        await connection.run_sync(lambda c: command.downgrade(config(c), "base"))
    async with engine.begin() as connection:
        assert await connection.run_sync(lambda c: inspect(c).get_table_names()) == ["alembic_version"]
    await prepare(engine)
    await engine.dispose()


async def test_a_database_that_migrations_made_is_taken_as_it_is(database_url):
    engine = open_engine(database_url)
    async with engine.begin() as connection:
        await connection.run_sync(lambda c: command.upgrade(config(c), HEAD))
    await prepare(engine)
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda c: set(inspect(c).get_table_names()))
    await engine.dispose()
    assert names == {*SQLModel.metadata.tables, "alembic_version"}
