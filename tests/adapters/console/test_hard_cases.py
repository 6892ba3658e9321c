"""What a terminal meets on a bad day: an event that cannot be handled, a locked file, odd lines, odd files."""

from __future__ import annotations

import asyncio
import contextlib
import io
import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from terminal_process import PACER, SET_UP, chat, environment, pacer

from adapters.console.app import ME, TERMINAL
from adapters.console.clock import Clock
from adapters.console.deliver import rich_shower
from adapters.console.inbound import read_line
from bot.chat.inbound import ChoicePicked, CommandGiven, TextSaid
from bot.chat.message import message
from storage.engine import open_engine
from storage.keys import sealer
from storage.store import SqlStore

AT = datetime(2026, 1, 5, 8, tzinfo=UTC)


def read(line: str) -> CommandGiven | TextSaid:
    return read_line(line, sender=ME, place=TERMINAL, at=AT)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("/pacer plan 3", "plan 3"),
        ("/plan 3", "plan 3"),
        (" /PACER Plan", "Plan"),
        ("/pacer", ""),
        ("/chekin", "chekin"),
    ],
)
def test_a_slash_and_a_word_is_a_command(line, text):
    given = read(line)
    assert isinstance(given, CommandGiven)
    assert given.text == text


@pytest.mark.parametrize(
    "line", ["hello", "", "/", "/etc/hosts is read first", "// a comment", "/2", "a /plan"]
)
def test_anything_else_is_said_and_kept_as_typed(line):
    said = read(line)
    assert isinstance(said, TextSaid)
    assert said.text == line


def test_two_lines_never_share_an_event():
    assert read("x").event_id != read("x").event_id


def test_the_clock_starts_where_it_is_told_runs_and_never_goes_back():
    clock = Clock(datetime.fromisoformat("2026-01-05T07:55+01:00"))
    first = clock.now()
    assert first.tzinfo is UTC
    assert timedelta(0) <= first - datetime(2026, 1, 5, 6, 55, tzinfo=UTC) < timedelta(seconds=5)
    clock.move_to(AT + timedelta(days=2))
    assert clock.now() >= AT + timedelta(days=2)
    clock.move_to(AT)
    assert clock.now() >= AT + timedelta(days=2)


def test_a_styled_message_goes_to_the_stdout_of_the_moment():
    show, out = rich_shower(), io.StringIO()
    with contextlib.redirect_stdout(out):
        show(message("**due** now"))
    assert "due now" in out.getvalue()


def keep(home, event_id: str, key: str) -> None:
    async def receive() -> None:
        store = SqlStore(open_engine(f"sqlite:///{home / 'pacer.db'}"), sealer(None, home / "secret.key"))
        await store.receive(ChoicePicked(sender=ME, place=TERMINAL, event_id=event_id, at=AT, key=key))
        await store.close()

    asyncio.run(receive())


def test_a_kept_event_that_cannot_be_handled_does_not_bar_the_door(tmp_path):
    chat(tmp_path, *SET_UP)
    keep(tmp_path, "bad", "1:budget:canary")
    run = pacer(tmp_path, "chat", "--at", "2026-01-05T09:30+01:00", given="/time\n")
    assert run.returncode == 0, run.stderr
    assert "Something broke on my side (ref" in run.stdout
    assert "09:30" in run.stdout
    assert "canary" not in run.stdout + run.stderr
    assert "Something broke" not in chat(tmp_path, "/time", at="2026-01-05T09:31+01:00")


def test_a_file_locked_in_the_middle_is_told_and_the_chat_goes_on(tmp_path):
    chat(tmp_path, *SET_UP)
    process = subprocess.Popen(
        [*PACER, "chat", "--at", "2026-01-05T09:00+01:00"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment(tmp_path),
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write("/pacer help\n")
    process.stdin.flush()
    while "help " not in process.stdout.readline():
        pass
    holder = sqlite3.connect(tmp_path / "pacer.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    process.stdin.write("/time\n")
    process.stdin.flush()
    while "locked by another program" not in (line := process.stdout.readline()):
        assert line or process.poll() is None
    holder.execute("ROLLBACK")
    holder.close()
    shown, _ = process.communicate("/time\n", timeout=30)
    assert process.returncode == 0
    assert "Monday 5 January" in shown


def test_a_skip_of_centuries_is_refused_at_once(tmp_path):
    shown = chat(tmp_path, *SET_UP, "/skip 2099-01-01", "/time")
    assert "a year is the most" in shown
    assert "Monday 5 January" in shown


@pytest.mark.parametrize("text", ["1" * 5000, "[" * 100_000])
def test_a_history_too_odd_for_json_is_one_calm_sentence(tmp_path, text):
    run = pacer(tmp_path, "pace", "replay", "-", given=text)
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(b"\xef\xbb\xbftext\nhello\n")
    assert pacer(tmp_path, "safety", "check", "--batch", str(source), str(target)).returncode == 0


def test_a_key_file_that_is_no_text_is_named(tmp_path):
    (tmp_path / "key").write_bytes(b"\xff\xfe\x00")
    run = pacer(tmp_path, "chat", PACER_SECRET_KEY_FILE=str(tmp_path / "key"))
    assert run.returncode == 2
    assert "PACER_SECRET_KEY_FILE" in run.stderr
    assert "Traceback" not in run.stderr
