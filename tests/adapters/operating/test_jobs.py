"""The handful of interval jobs: never twice at once, a fault is not their end, and none outlives its service."""

from __future__ import annotations

import asyncio
import logging

from adapters.scheduler.jobs import Jobs
from bot.turn import Unavailable


async def test_a_slow_job_is_never_run_twice_at_once():
    jobs, at_once, most = Jobs(), 0, 0

    async def slow() -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.15)
        at_once -= 1

    jobs.every(0.05, "slow", slow)
    jobs.start()
    await asyncio.sleep(0.5)
    await jobs.stop(1)
    assert most == 1


async def test_a_fault_is_not_the_end_of_a_job_and_an_outage_is_told_once(caplog):
    jobs, calls = Jobs(), []

    async def shaky() -> None:
        calls.append(1)
        if len(calls) < 4:
            raise Unavailable("The database does not answer.")
        if len(calls) == 5:
            raise RuntimeError("what somebody wrote")

    caplog.set_level(logging.INFO)
    jobs.every(0.03, "shaky", shaky)
    jobs.start()
    while len(calls) < 7:
        await asyncio.sleep(0.01)
    await jobs.stop(1)
    told = [r.getMessage() for r in caplog.records if r.name == "adapters.scheduler.jobs"]
    assert told == [
        "The database cannot be reached; the job shaky waits for it",
        "The job shaky works again",
        "The job shaky failed",
        "The job shaky works again",
    ]


async def test_stopping_waits_for_a_running_job_and_then_takes_it_away():
    jobs, ended = Jobs(), []

    async def endless() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(True)

    async def short() -> None:
        await asyncio.sleep(0.1)
        ended.append(False)

    jobs.every(60, "endless", endless, at_once=True)
    jobs.every(60, "short", short, at_once=True)
    jobs.start()
    await asyncio.sleep(0.05)
    await jobs.stop(0.3)
    assert ended == [False, True]
    await jobs.stop(0.3)


async def test_a_job_that_is_due_at_once_does_not_wait_for_its_first_interval():
    jobs, calls = Jobs(), []

    async def note() -> None:
        calls.append(1)

    jobs.every(3600, "note", note, at_once=True)
    jobs.start()
    await asyncio.sleep(0.1)
    await jobs.stop(1)
    assert calls == [1]


async def test_a_job_that_is_taken_away_at_the_end_is_no_fault(caplog):
    jobs, begun = Jobs(), asyncio.Event()

    async def long() -> None:
        begun.set()
        await asyncio.sleep(60)

    jobs.every(0.02, "long", long)
    jobs.start()
    await begun.wait()
    await jobs.stop(0.01)
    await asyncio.sleep(0.05)
    assert [r.message for r in caplog.records if r.levelno >= logging.ERROR] == []
