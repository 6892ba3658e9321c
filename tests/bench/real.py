"""The same with everything real but the courier, and with DBOS: told, not aimed at."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from conversations.stage import WHO, Stage, set_up, stage
from sqlalchemy import select

from bot.delivery.deliver import Delivery
from bot.delivery.limiter import LocalLimiter
from bot.delivery.model import State
from bot.delivery.post import Post, Tally
from storage.outbox import SqlOutbox
from tests.bench import ours
from tests.bench.databases import Databases
from tests.bench.population import PEOPLE, PLATFORM, SCHEDULE, fill, person, slot
from tests.bench.report import Line
from tests.bench.timing import now


def lines(databases: Databases, count: int) -> Iterator[Line]:
    """Letters a second."""
    with TemporaryDirectory() as folder:
        a_second = asyncio.run(_written(Path(folder), count))
    shown = f"{a_second:.0f} a second"
    yield Line(f"{count:,} people looked at, judged and written to by the core, SQLite", "", shown)
    a_second = asyncio.run(_through_dbos(databases.fresh("PostgreSQL"), count))
    shown = f"{a_second:.0f} a second"
    yield Line(f"{count:,} letters through DBOS and one worker, PostgreSQL", "", shown)


async def _written(folder: Path, count: int) -> float:
    async with stage(folder, "2026-11-20T07:00+01:00") as on:
        await set_up(on)
        due = datetime.fromisoformat("2026-11-23T07:00+00:00")
        on.now = due + timedelta(seconds=1)
        await _copied(on, count, due)
        post, drain = ours.post_and_drain(on.store.outbox, lambda: on.now, on.coach.compose)
        begun = now()
        await post.tick()
        await drain.drain()
        seconds = now() - begun
        standing = await on.store.outbox.standing()
        if standing[State.READY] or standing[State.DEAD]:
            raise AssertionError(f"not all went well: {standing}")
    return count / seconds


async def _copied(on: Stage, count: int, due: datetime) -> None:
    """Everybody is like the one who was set up; their words are sealed with one key."""
    async with on.store.engine.begin() as connection:
        own = select(PEOPLE.c.profile).where(PEOPLE.c.account == WHO.account)
        profile: Any = (await connection.execute(own)).scalar_one()
    await fill(on.store.engine, PEOPLE, ({**person(n), "profile": profile} for n in range(count)))
    await fill(on.store.engine, SCHEDULE, (slot(n, due) for n in range(count)))


async def _through_dbos(url: str, count: int) -> float:
    from adapters.workers.dispatcher import Workers

    engine = await ours.opened(url)
    due = datetime.fromisoformat("2026-11-23T07:00+00:00")
    await fill(engine, PEOPLE, (person(n) for n in range(count)))
    await fill(engine, SCHEDULE, (slot(n, due) for n in range(count)))
    outbox, tally = SqlOutbox(engine, ours.sealer()), Tally()

    def clock() -> datetime:
        return due + timedelta(seconds=1)

    async def none_dead(_: object) -> set[str]:
        return set()

    delivery = Delivery(ours.compose, {PLATFORM: ours.Nowhere()}, LocalLimiter(monotonic), tally, clock)
    workers = Workers(
        engine.url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False),
        "worker-1",
        outbox=outbox,
        delivery=delivery,
        platforms=ours.HERE,
        now=clock,
        dead=none_dead,
    )
    await workers.start()
    try:
        begun = now()
        await Post(outbox, platforms=ours.HERE, now=clock, observer=tally, window=timedelta(0)).tick()
        await workers.dispatch()
        while tally.states[State.SENT] < count:
            await asyncio.sleep(0.05)
        return count / (now() - begun)
    finally:
        await workers.stop(5)
        await engine.dispose()
