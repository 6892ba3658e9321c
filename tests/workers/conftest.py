"""A PostgreSQL for the folder, and an empty database with its Discord for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.engine import make_url
from workers.cluster import Cluster, stop

Make = Callable[[], str]


def _database(server: Any, origin: str = "template0") -> str:
    name = f"t{uuid4().hex}"
    server.psql(f'CREATE DATABASE "{name}" TEMPLATE "{origin}";')
    return name


def _address(server: Any, name: str) -> str:
    url = make_url(server.get_uri()).set(database=name, drivername="postgresql+asyncpg")
    return url.render_as_string(hide_password=False)


@pytest.fixture
def empty_database(postgres_server: Any) -> str:
    """The address of a database with nothing in it."""
    return _address(postgres_server, _database(postgres_server))


@pytest.fixture(scope="session")
def prepared_database(postgres_server: Any, tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Makes databases that Pacer and DBOS have used before, which saves each test their making."""
    origin = _database(postgres_server)
    with Cluster(tmp_path_factory.mktemp("origin"), _address(postgres_server, origin)) as cluster:
        run = cluster.start("run")
        cluster.up(run)
        assert stop([run])[0][0] == 0
    return lambda: _address(postgres_server, _database(postgres_server, origin))


@pytest.fixture
def cluster(prepared_database: Make, tmp_path: Path) -> Iterator[Cluster]:
    """Nothing runs yet but the database and Discord."""
    with Cluster(tmp_path, prepared_database()) as ready:
        yield ready
