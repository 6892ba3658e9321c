"""A handful of interval jobs, kept in memory. What is due to whom stands in the timetable, never here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.turn import Unavailable

log = logging.getLogger(__name__)

Job = Callable[[], Awaitable[object]]


class Jobs:
    """Runs each job at its interval, never twice at once; a late one is run, however late."""

    def __init__(self) -> None:
        # That a job is skipped while it still runs is how it is meant, and no news once a second.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._running: set[asyncio.Task[object]] = set()
        self._stopping = False
        self._scheduler = AsyncIOScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": AsyncIOExecutor()},
            timezone=UTC,
            job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
        )

    def every(self, seconds: float, name: str, job: Job, *, at_once: bool = False) -> None:
        """Run a job at this interval, `at_once` for the first time at the start.

        A fault in it is logged, and it is run again at its next time.
        """

        well = True

        async def guarded() -> None:
            nonlocal well
            was_well, well = well, False
            me = asyncio.current_task()
            if me is None:
                raise AssertionError("a job runs as a task")
            self._running.add(me)
            try:
                await job()
                well = True
            except asyncio.CancelledError:
                if not self._stopping:
                    raise
            except Unavailable:
                if was_well:  # once for each outage, not once a second
                    log.warning("The database cannot be reached; the job %s waits for it", name)
            except Exception:
                log.exception("The job %s failed", name)
            finally:
                self._running.discard(me)
            if well and not was_well:
                log.info("The job %s works again", name)

        first = {"next_run_time": datetime.now(UTC)} if at_once else {}
        self._scheduler.add_job(guarded, "interval", seconds=seconds, id=name, **first)

    def start(self) -> None:
        """Begin, on the running event loop."""
        self._scheduler.start()

    async def stop(self, seconds: float) -> None:
        """Start no job any more; those that run have that long. None is left with a connection in its hands."""
        self._stopping = True
        if self._scheduler.running:
            self._scheduler.pause()
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
