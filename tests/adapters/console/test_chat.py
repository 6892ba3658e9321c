"""`pacer chat` as a newcomer meets it, in a process of its own."""

from __future__ import annotations

import os
import sqlite3
import stat

import pytest
from terminal_process import SET_UP, chat, environment, pacer


def test_a_script_plays_its_lines_and_ends(tmp_path):
    shown = chat(tmp_path, *SET_UP, "# a comment", "/checkin half")
    assert "> /checkin half" in shown
    assert "a steady day" in shown
    assert "a comment" not in shown


def test_piped_lines_work_and_the_end_of_input_leaves(tmp_path):
    run = pacer(tmp_path, "chat", given="/pacer help\n")
    assert run.returncode == 0
    assert "What you can say" in run.stdout


def test_quit_leaves_before_the_rest(tmp_path):
    assert (
        "today"
        not in chat(tmp_path, "/quit", "/pacer today").replace("/pacer today", "", 1).split("> /quit")[1]
    )


def test_the_clock_moves_and_delivers_what_came_due(tmp_path):
    shown = chat(tmp_path, *SET_UP, "/skip 1d", "/skip tomorrow 8:00", "/time")
    assert "— Monday 5 January, 08:00" in shown
    assert "It is Tuesday 6 January, 07:00." in shown
    assert shown.rstrip().endswith("Wednesday 7 January, 08:00")


@pytest.mark.parametrize("nonsense", ["", "banana", "-1d", "0m", "9999999d", "2020-01-01", "🙂"])
def test_a_clock_that_cannot_be_moved_so_says_why(tmp_path, nonsense):
    shown = chat(tmp_path, f"/skip {nonsense}")
    assert "Say 1d" in shown or "only goes forward" in shown


def test_a_file_that_was_skipped_ahead_goes_on_there(tmp_path):
    chat(tmp_path, *SET_UP, "/skip 3d", "/pacer today")
    shown = chat(tmp_path, "/time")
    assert "moved ahead" in shown
    assert "Thursday 8 January" in shown


def test_what_was_told_survives_a_restart(tmp_path):
    chat(tmp_path, *SET_UP[:4])
    assert "Paid work" in chat(tmp_path, "80")


def test_the_data_folder_is_made_with_a_key_for_its_owner_alone(tmp_path):
    home = tmp_path / "new" / "place"
    run = pacer(home, "chat", given="/quit\n")
    assert run.returncode == 0, run.stderr
    assert stat.S_IMODE(os.stat(home / "secret.key").st_mode) == 0o600
    assert (home / "pacer.db").exists()


def test_a_database_that_is_none_is_refused_in_one_sentence_and_left_alone(tmp_path):
    (tmp_path / "pacer.db").write_text("not a database, but a diary. " * 100)
    before = (tmp_path / "pacer.db").read_bytes()
    run = pacer(tmp_path, "chat", given="/quit\n")
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert "not a Pacer database" in run.stderr
    assert (tmp_path / "pacer.db").read_bytes() == before


def test_a_newer_database_is_refused(tmp_path):
    pacer(tmp_path, "chat", given="/quit\n")
    with sqlite3.connect(tmp_path / "pacer.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    run = pacer(tmp_path, "chat", given="/quit\n")
    assert run.returncode == 1
    assert "newer Pacer" in run.stderr


def test_a_database_locked_by_another_program_is_named(tmp_path):
    pacer(tmp_path, "chat", given="/quit\n")
    holder = sqlite3.connect(tmp_path / "pacer.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    run = pacer(tmp_path, "chat", given="/quit\n")
    holder.close()
    assert run.returncode == 1
    assert "locked" in run.stderr


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("PACER_DATABASE_URL", "mysql://x/y", "SQLite or PostgreSQL"),
        ("PACER_SECRET_KEY", "hunter2", "not usable"),
        ("PACER_SECRET_KEY_FILE", "/nowhere/key", "cannot be read"),
        ("PACER_HELPLINES_VERIFIED_ON", "yesterday", "such as"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path, setting, value, said):
    run = pacer(tmp_path, "chat", given="/quit\n", **{setting: value})
    assert run.returncode in (1, 2)
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_a_misspelt_setting_is_told_with_the_nearest_one(tmp_path):
    run = pacer(tmp_path, "chat", given="/quit\n", PACER_DATABSE_URL="x")
    assert "Did you mean PACER_DATABASE_URL?" in run.stderr


def test_nothing_typed_reaches_the_error_stream(tmp_path):
    script = tmp_path / "s.txt"
    script.write_text("\n".join([*SET_UP, "canary-words", "/checkin canary"]))
    run = pacer(tmp_path, "chat", "--script", str(script))
    assert "canary" not in run.stderr


def test_the_line_completes_and_leaves_in_a_real_terminal(tmp_path):
    pexpect = pytest.importorskip("pexpect")
    import sys

    child = pexpect.spawn(
        sys.executable,
        ["-m", "adapters.main", "chat"],
        env={**environment(tmp_path), "TERM": "xterm"},
        encoding="utf-8",
    )
    child.expect("sets you up in a minute", timeout=30)
    child.send("/chec\t")
    child.expect("checkin", timeout=30)
    child.send("\r")
    child.expect("set you up first", timeout=30)
    child.sendline("/quit")
    child.expect(pexpect.EOF, timeout=30)
    child.close()
    assert child.exitstatus == 0
