"""Opening a database: SQLite as a file with one writer at a time, or PostgreSQL."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.faults import StoreFault

BUSY_MILLISECONDS = 5000
OLDEST_SQLITE = (3, 38)
"""The first with JSON always inside; RETURNING and UPDATE … FROM are older."""


def open_engine(url: str, *, busy_ms: int = BUSY_MILLISECONDS) -> AsyncEngine:
    """An engine for a URL; plain `sqlite:` and `postgresql:` get their async drivers. Raises StoreFault."""
    try:
        parsed = make_url(url)
    except ArgumentError as unreadable:
        raise StoreFault(
            "PACER_DATABASE_URL is not a database address. It looks like sqlite:///pacer.db "
            "or postgresql+asyncpg://user@host/name."
        ) from unreadable
    name = parsed.get_backend_name()
    if name == "postgresql":
        return _open_postgresql(parsed)
    if name != "sqlite":
        raise StoreFault(f"Pacer keeps its data in SQLite or PostgreSQL, not in {name}.")
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreFault(
            f"This Python brings SQLite {sqlite3.sqlite_version}; Pacer needs "
            f"{'.'.join(map(str, OLDEST_SQLITE))} or newer. Use a newer Python."
        )
    if parsed.database and not parsed.database.startswith((":memory:", "file:")):
        _make_file(Path(parsed.database))
    # Every session ends its own transaction, so the pool need not roll back once more: a thread change saved.
    engine = create_async_engine(parsed.set(drivername="sqlite+aiosqlite"), pool_reset_on_return=None)
    _tune_sqlite(engine, busy_ms)
    return engine


def is_postgresql(engine: AsyncEngine) -> bool:
    """Whether many processes may share this database."""
    return engine.dialect.name == "postgresql"


def for_psycopg(url: URL) -> str:
    """The same PostgreSQL database for the driver that DBOS uses, which spells encryption differently."""
    query = {"sslmode" if name == "ssl" else name: value for name, value in url.query.items()}
    return url.set(drivername="postgresql+psycopg", query=query).render_as_string(hide_password=False)


def _open_postgresql(url: URL) -> AsyncEngine:
    try:
        return create_async_engine(url.set(drivername="postgresql+asyncpg"), pool_pre_ping=True)
    except ModuleNotFoundError as absent:
        raise StoreFault(
            "PostgreSQL needs one more package: install Pacer with its extra `postgres`, "
            "such as `pip install -e '.[postgres]'`."
        ) from absent


def _make_file(path: Path) -> None:
    """A new database is its owner's alone; one that exists keeps the rights it has."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise StoreFault(f"The folder {path.parent} cannot be made: {problem.strerror}.") from problem
    with contextlib.suppress(OSError):  # whatever is wrong, opening the database says it better
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _tune_sqlite(engine: AsyncEngine, busy_ms: int) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _: Any) -> None:
        # The driver's own transaction control is off, so that BEGIN IMMEDIATE below is the only one.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={busy_ms}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA synchronous=NORMAL")
        # A checkpoint makes its turn wait for the disk; with 16 MB of log it is one turn in five hundred.
        cursor.execute("PRAGMA wal_autocheckpoint=4000")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        # A deferred transaction that first reads and then writes fails when another one wrote between.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
