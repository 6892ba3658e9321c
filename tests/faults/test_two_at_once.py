"""Two of something on one database: schedulers share the work, programs on one file do not start."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from faults.nursery import Nursery
from faults.office import Hand, Office, Recorder
from faults.sender_process import Orders
from faults.town import START, letters, settle_people, states, verdict
from wire.discord_server import DiscordServer

from bot.delivery.kinds import SLOTS
from bot.delivery.post import AT_A_TICK
from storage.columns import Sealer
from storage.engine import open_engine
from storage.store import SqlStore

ROOT = Path(__file__).parents[2]
PACER = [sys.executable, "-m", "adapters.main"]
PEOPLE = 600


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_schedulers_write_one_row_for_each_key(
    store: SqlStore, database_url: str, sealer: Sealer
) -> None:
    await settle_people(store.engine, sealer, range(PEOPLE), kinds=tuple(SLOTS), every_kind=True)
    assert PEOPLE * len(SLOTS) > 2 * AT_A_TICK
    other = SqlStore(open_engine(database_url), sealer)
    try:
        offices = [Office(s, Recorder(), Hand(START)) for s in (store, other)]
        due = await asyncio.gather(*(o.post.tick() for o in offices for _ in range(2)))
        rest = await offices[0].post.tick()
    finally:
        await other.close()
    rows = await letters(store.engine)
    print(f"\nfour ticks of two schedulers took {due} of {PEOPLE * len(SLOTS)} slots")
    assert sum(due) + rest == sum(o.seen.written for o in offices) == len(rows) == PEOPLE * len(SLOTS)
    assert await offices[0].post.tick() == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_senders_started_at_once_share_the_letters_and_double_none(
    store: SqlStore,
    database_url: str,
    key: str,
    sealer: Sealer,
    discord_server: DiscordServer,
    nursery: Nursery,
) -> None:
    await settle_people(store.engine, sealer, range(60))
    orders = Orders(database_url, key, discord_server.url, time.time(), alone=False)
    both = [nursery.start(orders) for _ in range(2)]
    assert [await nursery.ended(process) for process in both] == [0, 0]
    rows = await letters(store.engine)
    found = verdict(rows, discord_server)
    assert (found.lost, found.doubled, found.sent, states(rows)) == ((), (), 60, {"sent": 60})
    assert discord_server.repeated == 0
    assert {row.claims for row in rows} == {1}


@pytest.fixture
def running(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """`pacer run` on a file, and holding it."""
    process = subprocess.Popen(
        [*PACER, "run"],
        env=environment(tmp_path),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stderr
        while "Pacer runs" not in (line := process.stderr.readline()):
            assert line, "pacer run ended"
        yield process
    finally:
        process.kill()
        process.communicate()


def environment(home: Path) -> dict[str, str]:
    """The environment of an operator who set nothing but a folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PACER_")}
    return {**kept, "PACER_HOME": str(home), "PACER_HEALTH_ADDRESS": "off", "PYTHONPATH": str(ROOT)}


def pacer(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One run of the program."""
    return subprocess.run(
        [*PACER, *arguments],
        env=environment(home),
        input="/pacer help\n",
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_second_program_on_one_file_says_who_holds_it_and_starts_once_that_one_was_killed(
    running: subprocess.Popen[str], tmp_path: Path
) -> None:
    for command in ("run", "chat"):
        refused = pacer(tmp_path, command)
        assert (refused.returncode, refused.stdout) == (1, "")
        (complaint,) = [line for line in refused.stderr.splitlines() if line.startswith("pacer: ")]
        assert complaint == (
            f"pacer: Another Pacer (process {running.pid}) is running on this database. "
            "Stop that one first, or give this one a PACER_HOME of its own."
        )
        assert "Traceback" not in refused.stderr
    assert running.poll() is None
    running.send_signal(signal.SIGKILL)
    running.wait(timedelta(seconds=5).total_seconds())
    talked = pacer(tmp_path, "chat")
    assert talked.returncode == 0, talked.stderr
    assert "What you can say" in talked.stdout
