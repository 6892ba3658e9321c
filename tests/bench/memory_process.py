"""One side of the memory measurement, in a process that imports nothing else: what it holds, in megabytes."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path


def _resident() -> float:
    """Megabytes this process holds now."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def _first_due() -> datetime:
    """Nobody is due while the jobs are added; from then on, some are every minute."""
    return datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(hours=1)


async def _fill(url: str, count: int) -> None:
    from tests.bench.ours import opened
    from tests.bench.population import PEOPLE, SCHEDULE, fill, person, slot

    engine, due = await opened(url), _first_due()
    await fill(engine, PEOPLE, (person(n) for n in range(count)))
    await fill(engine, SCHEDULE, (slot(n, due + timedelta(minutes=n % 1440)) for n in range(count)))
    await engine.dispose()


async def _ours(url: str, count: int) -> None:
    from storage.outbox import SqlOutbox
    from tests.bench.ours import opened, post_and_drain, sealer

    engine, at = await opened(url), datetime.now(UTC)
    for minute in (0, 61, 62, 63):
        clock = at + timedelta(minutes=minute)
        post, drain = post_and_drain(SqlOutbox(engine, sealer()), lambda clock=clock: clock)
        await post.tick()
        await drain.drain()
    print(_resident())
    await engine.dispose()


async def _theirs(count: int) -> None:
    from apscheduler.executors.asyncio import AsyncIOExecutor
    from apscheduler.jobstores.memory import MemoryJobStore
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    from tests.bench.theirs import SETTINGS, nothing, trigger

    scheduler = AsyncIOScheduler(
        jobstores={"default": MemoryJobStore()},
        executors={"default": AsyncIOExecutor()},
        timezone=UTC,
        job_defaults=SETTINGS,
    )
    due = _first_due()
    for n in range(count):
        at = trigger(n, due + timedelta(minutes=n % 1440))
        scheduler.add_job(nothing, at, args=(f"p{n:07}",), id=f"p{n:07}")
    scheduler.start()
    await asyncio.sleep(1)
    print(_resident())


def _main() -> None:
    role, url, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    asyncio.run({"fill": _fill, "ours": _ours}[role](url, count) if role != "theirs" else _theirs(count))


if __name__ == "__main__":
    _main()
