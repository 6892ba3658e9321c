"""The other side: APScheduler 3 with one cron job for each person."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.util import datetime_to_utc_timestamp
from sqlalchemy import event, insert
from sqlalchemy.engine import make_url

from tests.bench.population import ZONES
from tests.bench.timing import Stall, Took, now

SETTINGS = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
_done: list[str] = []


async def nothing(who: str) -> None:
    """What a job does here; only that it ran is counted."""
    _done.append(who)


def trigger(number: int, due: datetime) -> CronTrigger:
    """Daily at the person's wall time of that instant."""
    wall = due.astimezone(ZONES[number % len(ZONES)])
    return CronTrigger(hour=wall.hour, minute=wall.minute, timezone=wall.tzinfo)


def store_at(url: str, *, tuned: bool) -> SQLAlchemyJobStore:
    """Its job store; `tuned` gives its SQLite the same settings as ours."""
    parsed = make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    store = SQLAlchemyJobStore(url=parsed if sqlite else parsed.set(drivername="postgresql+psycopg"))
    if sqlite and tuned:

        @event.listens_for(store.engine, "connect")
        def _connect(connection: Any, _: Any) -> None:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA wal_autocheckpoint=4000")

    return store


def _state(scheduler: AsyncIOScheduler, number: int, due: datetime) -> dict[str, Any]:
    """A job's row as its store would write it, one commit each."""
    job = Job(
        scheduler,
        id=f"p{number:07}",
        name="nothing",
        executor="default",
        func="tests.bench.theirs:nothing",
        args=(f"p{number:07}",),
        kwargs={},
        trigger=trigger(number, due),
        next_run_time=due,
        **SETTINGS,
    )
    state = pickle.dumps(job.__getstate__(), pickle.HIGHEST_PROTOCOL)
    return {"id": job.id, "next_run_time": datetime_to_utc_timestamp(due), "job_state": state}


def _fill(store: SQLAlchemyJobStore, rows: Iterable[dict[str, Any]]) -> None:
    with store.engine.begin() as connection:
        connection.execute(insert(store.jobs_t), list(rows))


async def fire(url: str, due: datetime, count: int, *, tuned: bool) -> Took:
    """Let that many due jobs run, and wait for the last."""
    store = store_at(url, tuned=tuned)
    scheduler = AsyncIOScheduler(
        jobstores={"default": store},
        executors={"default": AsyncIOExecutor()},
        timezone=UTC,
        job_defaults=SETTINGS,
    )
    scheduler.start(paused=True)
    _fill(store, (_state(scheduler, n, due) for n in range(count)))
    _done.clear()
    async with Stall() as stall:
        begun = now()
        scheduler.resume()
        while len(_done) < count:
            await asyncio.sleep(0.005)
        seconds = now() - begun
    scheduler.shutdown(wait=False)
    store.engine.dispose()
    return Took(seconds, stall.longest)
