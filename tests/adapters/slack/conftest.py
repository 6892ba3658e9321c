"""A workspace on loopback, a real store and coach, and Pacer listening to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet, MultiFernet
from wire.slack_person import Person
from wire.slack_socket import APP_TOKEN
from wire.slack_workspace import SlackWorkspace

from adapters.slack.app import SlackApp
from adapters.slack.deliver import SlackCourier
from bot.coach import Coach
from bot.content.shipped import shipped
from storage.columns import Sealer
from storage.engine import open_engine
from storage.schema import prepare
from storage.store import SqlStore

BOT_TOKEN = "xoxb-secret-token"
KEY = Fernet.generate_key()
Open = Callable[..., Awaitable[SlackApp]]


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.at = datetime(2026, 1, 5, 7, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Now; each look is a little later."""
        self.at += timedelta(milliseconds=10)
        return self.at


@asynccontextmanager
async def kept_at(path: Path) -> AsyncIterator[SqlStore]:
    """The database of a folder."""
    engine = open_engine(f"sqlite:///{path / 'pacer.db'}")
    await prepare(engine)
    store = SqlStore(engine, Sealer(MultiFernet([Fernet(KEY)])))
    try:
        yield store
    finally:
        await store.close()


@pytest.fixture
async def slack() -> AsyncIterator[SlackWorkspace]:
    async with SlackWorkspace(token=BOT_TOKEN) as standing:
        yield standing


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    async with kept_at(tmp_path) as opened:
        yield opened


@pytest.fixture
def key() -> str:
    """What the database is encrypted with."""
    return KEY.decode()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def open_app(slack: SlackWorkspace, store: SqlStore, clock: Clock) -> AsyncIterator[Open]:
    """Makes a Pacer that listens to the workspace; as many as a test likes."""
    async with AsyncExitStack() as standing:

        async def make(**changes: Any) -> SlackApp:
            on = changes.pop("store", store)
            courier = SlackCourier(BOT_TOKEN, slack.url, timeout=2)
            standing.push_async_callback(courier.close)
            given: dict[str, Any] = {
                "bot_token": BOT_TOKEN,
                "app_token": APP_TOKEN,
                "signing_secret": None,
                "api_url": slack.url,
                "now": clock,
                "timeout": 2,
                "ping_seconds": 0.3,
                "home_seconds": 0.05,
            }
            app = SlackApp(courier, Coach(on, shipped(), clock), on, **{**given, **changes})
            await app.start()
            standing.push_async_callback(app.stop, 1)
            return app

        yield make


@pytest.fixture
async def app(open_app: Open) -> SlackApp:
    return await open_app()


@pytest.fixture
def ada(slack: SlackWorkspace) -> Person:
    return Person(slack)


SEARCH = {"track": "Staff backend engineer", "target": "11 weeks", "hours": "6"}
TIMES = {"city": "Berlin"}


async def set_up(person: Person) -> None:
    """Both modals, as one fills them in."""
    slack, before = person.slack, len(person.slack.modals)
    await person.command("start")
    await slack.until(lambda: len(slack.modals) > before)
    await person.submit(slack.modals[-1], **SEARCH)
    await slack.until(lambda: len(slack.modals) > before + 1)
    await person.submit(slack.modals[-1], **TIMES)
    await slack.until(lambda: any("11 weeks" in words for words in person.heard()))


@pytest.fixture
async def known(app: SlackApp, ada: Person) -> Person:
    """Somebody who is set up."""
    await set_up(ada)
    return ada
