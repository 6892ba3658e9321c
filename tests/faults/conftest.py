"""A database of each kind, a Discord on loopback, and processes that can be killed."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from faults.nursery import Nursery
from faults.town import sealer_of
from wire.discord_server import DiscordServer

from storage.columns import Sealer
from storage.engine import open_engine
from storage.schema import prepare
from storage.store import SqlStore

ROOT = Path(__file__).parents[2]


@pytest.fixture
def key() -> str:
    """The key of a town, as a process can be told it."""
    return Fernet.generate_key().decode()


@pytest.fixture
def sealer(key: str) -> Sealer:
    """The same key at work."""
    return sealer_of(key)


@pytest.fixture
async def store(database_url: str, sealer: Sealer) -> AsyncIterator[SqlStore]:
    """A migrated store."""
    engine = open_engine(database_url)
    await prepare(engine)
    opened = SqlStore(engine, sealer)
    yield opened
    await opened.close()


@pytest.fixture
async def discord_server(tmp_path: Path) -> AsyncIterator[DiscordServer]:
    """A Discord without limits; its log is the judge."""
    async with DiscordServer(each_second=1_000_000, each_channel=(1_000_000, 5.0)) as server:
        yield server


@pytest.fixture(scope="session")
def forked() -> multiprocessing.context.ForkServerContext:
    """Processes that start in a tenth of a second, because everything is imported in the one they are forked from."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["faults.sender_process"])
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    try:
        # Python 3.11 hands the preloading server no path but this.
        multiprocessing.forkserver.ensure_running()
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
    return context


@pytest.fixture
def nursery(forked: multiprocessing.context.ForkServerContext) -> Iterator[Nursery]:
    """Starts senders; none of them outlives the test."""
    started = Nursery(forked)
    yield started
    started.close()
