"""One `pacer run` and two `pacer worker`: each letter once, by all of them, and nothing of it in DBOS's tables."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from terminal_process import ROOT, environment, pacer
from workers.cluster import FAST, Cluster, Seen, stop, trouble

LETTERS = 220


@dataclass
class Lived:
    """What three processes have done with their letters."""

    seen: Seen
    accounts: list[str]
    slots: list[str]
    workflows: list[Any]
    keys: set[str]
    dump: str
    again: list[str]
    refused: subprocess.CompletedProcess[str]
    ends: list[tuple[int, float]]
    logs: list[str]


@pytest.fixture(scope="module")
def lived(prepared_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    folder = tmp_path_factory.mktemp("three")
    with Cluster(folder, prepared_database()) as cluster:
        yield asyncio.run(_live(cluster, folder))


async def _live(cluster: Cluster, folder: Path) -> Lived:
    cluster.discord.tell("room", each_second=100_000)
    processes = [cluster.start("worker", *FAST)]
    cluster.up(*processes)
    processes += [cluster.start("worker", *FAST)]
    accounts = await cluster.invite(1000, LETTERS)
    cluster.up(*processes)
    processes = [cluster.start("run", *FAST), *processes]
    seen = await cluster.settled(LETTERS)
    slots = [cluster.slot(p) for p in processes]
    refused = pacer(
        folder,
        "worker",
        **{k: v for k, v in cluster.environment.items() if k.startswith("PACER_")}
        | {"PACER_WORKER_SLOT": "worker-2"},
    )
    first = processes[1]
    first.kill()
    first.wait()
    back = cluster.start("worker")
    cluster.up(back)
    living = [processes[0], processes[2], back]
    ends = stop(living)
    return Lived(
        seen=seen,
        accounts=accounts,
        slots=slots,
        workflows=await cluster.fetch("SELECT workflow_uuid, status, executor_id FROM dbos.workflow_status"),
        keys={row[0] for row in await cluster.fetch("SELECT dedup_key FROM outbox")},
        dump=cluster.dump(),
        again=[cluster.slot(first), cluster.slot(back)],
        refused=refused,
        ends=ends,
        logs=[cluster.said(p) for p in (*living, first)],
    )


def test_each_letter_that_is_due_arrives_once(lived):
    assert lived.seen.each == dict.fromkeys(lived.accounts, 1)
    assert len({nonce for _, _, nonce in lived.seen.posted}) == LETTERS
    assert lived.seen.repeated == lived.seen.invalid == lived.seen.limited == 0


def test_all_three_processes_take_part(lived):
    carried = [row["executor_id"] for row in lived.workflows]
    assert {row["status"] for row in lived.workflows} == {"SUCCESS"}
    assert min(carried.count(slot) for slot in lived.slots) >= LETTERS // 12


def test_a_letter_is_called_for_under_its_deduplication_key(lived):
    assert {row["workflow_uuid"] for row in lived.workflows} == lived.keys


def test_slots_are_named_by_role_and_number(lived):
    assert lived.slots[0] == "run-1"
    assert set(lived.slots[1:]) == {"worker-1", "worker-2"}


def test_a_worker_that_was_killed_takes_its_old_slot_again(lived):
    assert lived.again == ["worker-1", "worker-1"]


def test_a_slot_that_is_held_is_refused_in_a_sentence(lived):
    assert lived.refused.returncode == 1
    assert lived.refused.stderr.splitlines()[-1] == (
        "pacer: The worker slot worker-2 is held by a running worker. "
        "Set PACER_WORKER_SLOT to a free name, or leave it out."
    )
    assert "Traceback" not in lived.refused.stderr


def test_the_workers_tables_hold_keys_and_neither_words_nor_accounts_nor_the_token(lived):
    assert all(key in lived.dump for key in lived.keys)
    assert lived.seen.words
    # Keys hold random numbers, which may contain any few digits; an account stands alone.
    words = {piece.strip("\"'{}[],:;()") for piece in lived.dump.split()}
    assert not words & set(lived.accounts)
    assert "a-token-nobody-may-see" not in lived.dump
    for said in lived.seen.words:
        for line in filter(None, said.splitlines()):
            assert line not in lived.dump


def test_all_of_them_stop_when_told_and_complain_of_nothing(lived):
    assert [code for code, _ in lived.ends] == [0, 0, 0]
    assert max(seconds for _, seconds in lived.ends) < 10
    assert [trouble(said) for said in lived.logs] == [[]] * 4


def test_a_worker_is_refused_on_sqlite_in_a_sentence(tmp_path):
    asked = subprocess.run(
        [sys.executable, "-m", "adapters.main", "worker"],
        env=environment(tmp_path),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert asked.returncode == 2
    assert asked.stderr.splitlines()[-1].startswith(
        "pacer: Workers share a PostgreSQL database: set PACER_DATABASE_URL"
    )
    assert "Traceback" not in asked.stderr
