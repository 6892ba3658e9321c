"""A store on each kind of database, for the contracts it is held against."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from cryptography.fernet import Fernet, MultiFernet

from storage.columns import Sealer
from storage.engine import open_engine
from storage.schema import prepare
from storage.store import SqlStore


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
