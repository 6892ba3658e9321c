"""A thousand people speak while ten thousand letters fall due in the same process: who is not acknowledged in time."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wire.slack_person import Person
from wire.slack_socket import APP_TOKEN
from wire.slack_workspace import SlackWorkspace

from adapters.slack.app import SlackApp
from adapters.slack.deliver import SlackCourier
from bot.coach import Coach
from bot.content.shipped import shipped
from storage.store import SqlStore
from tests.bench.ours import opened, post_and_drain, sealer
from tests.bench.population import PEOPLE, SCHEDULE, fill, person, slot
from tests.bench.report import Line

SPEAKING, DUE, APART = 1000, 10_000, 0.008


async def _measure() -> Line:
    with tempfile.TemporaryDirectory() as folder:
        engine = await opened(f"sqlite:///{Path(folder) / 'pacer.db'}")
        store = SqlStore(engine, sealer())
        due = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=1)
        await fill(engine, PEOPLE, (person(n) for n in range(DUE)))
        await fill(engine, SCHEDULE, (slot(n, due) for n in range(DUE)))
        async with SlackWorkspace(token="xoxb-t") as slack:
            answered = await _speak(slack, store)
        await store.close()
    missed = sum(a is None for a in answered)
    return Line(
        f"{SPEAKING:,} events on Slack while {DUE:,} letters fall due: not acknowledged in three seconds",
        "",
        str(missed),
        goal="0",
        met=missed == 0,
    )


async def _speak(slack: SlackWorkspace, store: SqlStore) -> list[object]:
    courier = SlackCourier("xoxb-t", slack.url)
    app = SlackApp(
        courier,
        Coach(store, shipped(), lambda: datetime.now(UTC)),
        store,
        bot_token="xoxb-t",
        app_token=APP_TOKEN,
        signing_secret=None,
        api_url=slack.url,
        now=lambda: datetime.now(UTC),
        home_seconds=3600,
    )
    await app.start()
    post, drain = post_and_drain(store.outbox, lambda: datetime.now(UTC))
    speaking = []
    delivering = asyncio.create_task(post.tick(drain.dispatch))
    for n in range(SPEAKING):
        speaking.append(asyncio.create_task(Person(slack, f"U{n}").write("help")))
        await asyncio.sleep(APART)
    answered = await asyncio.gather(*speaking)
    await delivering
    await drain.drain()
    await app.stop(30)
    await courier.close()
    return list(answered)


def lines() -> list[Line]:
    """All of it."""
    return [asyncio.run(_measure())]
