"""What the tests of moving share: small files and what is in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

from storage.engine import open_engine
from storage.rows import PersonRow, SittingRow
from storage.schema import prepare

TABLES = SQLModel.metadata.sorted_tables
AT = datetime(2026, 1, 5, tzinfo=UTC)
PERSON = PersonRow(id="p", platform="console", tenant="", account="me", created_at=AT).model_dump()
SITTING = SittingRow(
    id="s", person_id="p", day=date(2026, 1, 5), stage="done", started=AT, drill_id="d", area="a", topic="t",
    kind="drill", hints=0, met="[]", judged=0, minutes=12.5, sealed="gAAAAA" + "x" * 400, seen_solution=False,
).model_dump()  # fmt: skip


def new_postgres(server: Any) -> str:
    """The address of a fresh, empty PostgreSQL database."""
    name = f"m{uuid4().hex}"
    server.psql(f'CREATE DATABASE "{name}";')
    return make_url(server.get_uri()).set(database=name).render_as_string(hide_password=False)


def file_url(path: Path) -> str:
    return f"sqlite:///{path}"


async def make_file(path: Path, sittings: list[dict[str, Any]]) -> Path:
    """A Pacer file with one person and her sittings."""
    engine = open_engine(file_url(path))
    await prepare(engine)
    await engine.dispose()
    await insert(path, [(PersonRow, [PERSON]), (SittingRow, sittings)])
    return path


async def insert(path: Path, rows: Iterable[tuple[Any, list[dict[str, Any]]]]) -> None:
    engine = open_engine(file_url(path))
    async with engine.begin() as connection:
        for table, values in rows:
            if values:
                await connection.execute(
                    getattr(table, "__table__", table).insert().prefix_with("OR IGNORE"), values
                )
    await engine.dispose()


def change(path: Path, *statements: str) -> None:
    """Do to an SQLite file what a hand with the sqlite3 shell can do."""
    with sqlite3.connect(path) as database:
        for statement in statements:
            database.execute(statement)
    database.close()


def kept(path: Path) -> dict[str, list[Any]]:
    """All rows of an SQLite file exactly as it has them, with their SQLite types."""
    with sqlite3.connect(path) as database:
        found = {t.name: sorted(map(repr, database.execute(f'SELECT * FROM "{t.name}"'))) for t in TABLES}
    database.close()
    return found


async def count(url: str) -> int:
    """The rows of all tables that are there."""
    engine = open_engine(url)
    await prepare(engine)
    async with engine.connect() as connection:
        rows = [(await connection.execute(select(func.count()).select_from(t))).scalar() or 0 for t in TABLES]
    await engine.dispose()
    return sum(rows)
