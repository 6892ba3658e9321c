"""Killed at any moment, the database opens again and the conversation goes on where it was."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import time

import pytest
from terminal_process import PACER, SET_UP, chat, environment

LINES = [*SET_UP, "/checkin half", "/drill", "an answer", "more of it", "/checkin 70", "/plan"]


@pytest.mark.parametrize("seed", range(6))
def test_a_killed_coach_goes_on_where_it_was(tmp_path, seed):
    delay = random.Random(seed).uniform(0.25, 1.3)
    process = subprocess.Popen(
        [*PACER, "chat", "--at", "2026-01-05T07:00+01:00"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment(tmp_path),
    )
    assert process.stdin
    begun = time.monotonic()
    for line in LINES * 3:
        try:
            process.stdin.write(line + "\n")
            process.stdin.flush()
        except BrokenPipeError:
            break
        time.sleep(0.01)
        if time.monotonic() - begun > delay:
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdin.close()
    if (tmp_path / "pacer.db").exists():
        with sqlite3.connect(tmp_path / "pacer.db") as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    shown = chat(tmp_path, "/pacer help")
    assert "What you can say" in shown
    assert "Something broke" not in shown


def test_a_turn_that_was_received_and_not_run_is_answered_after_the_restart(tmp_path):
    chat(tmp_path, *SET_UP)
    with sqlite3.connect(tmp_path / "pacer.db") as database:
        assert database.execute("SELECT count(*) FROM inbox WHERE state = 'waiting'").fetchone() == (0,)
    import asyncio
    from datetime import UTC, datetime

    from adapters.console.app import ME, TERMINAL
    from bot.chat.inbound import CommandGiven
    from storage.engine import open_engine
    from storage.keys import sealer
    from storage.store import SqlStore

    async def receive_and_die() -> None:
        store = SqlStore(
            open_engine(f"sqlite:///{tmp_path / 'pacer.db'}"), sealer(None, tmp_path / "secret.key")
        )
        at = datetime(2026, 1, 5, 7, tzinfo=UTC)
        await store.receive(
            CommandGiven(sender=ME, place=TERMINAL, event_id="late", at=at, text="checkin half")
        )
        await store.close()

    asyncio.run(receive_and_die())
    shown = chat(tmp_path, "/quit", at="2026-01-05T09:00+01:00")
    assert "Half a battery" in shown
    assert "Half a battery" not in chat(tmp_path, "/quit", at="2026-01-05T09:01+01:00")
