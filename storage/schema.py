"""Bringing a database to this program's schema, and refusing what is not ours.

An empty database gets the newest tables at once, as Alembic's cookbook advises; a test holds those
against the migrations. Alembic is imported only when an older database is to be migrated.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import SQLModel

import storage.circle_news_rows
import storage.circle_rows
import storage.group_rows
import storage.opinion_rows
import storage.pairing_rows
import storage.rows
import storage.speaking_rows  # noqa: F401  (the tables register themselves)
from storage.faults import StoreFault, explain

HEAD = "0018"
"""The newest revision; a test holds it against the migration scripts."""


async def prepare(engine: AsyncEngine) -> None:
    """Migrate to the newest schema if needed. Raises StoreFault and then nothing was changed."""
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_prepare)
    except (DBAPIError, OSError) as problem:
        raise explain(problem) from problem


def _prepare(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # Two programs that start at once must not migrate at once; released with the transaction.
        connection.execute(text("SELECT pg_advisory_xact_lock(7223701)"))
    tables = set(inspect(connection).get_table_names())
    found = None
    if "alembic_version" in tables:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found == HEAD:
        return
    if found is None and tables - {"alembic_version"}:
        raise StoreFault(
            "This database belongs to another program; it was left as it is. Choose another one."
        )
    if found is None:
        _create(connection)
    else:
        _migrate(connection, found)


def _create(connection: Connection) -> None:
    SQLModel.metadata.create_all(connection, checkfirst=False)
    connection.execute(
        text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def _migrate(connection: Connection, found: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found not in known:
        raise StoreFault(
            "This database was written by a newer Pacer; it was left as it is. "
            "Upgrade Pacer, then start it again."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
