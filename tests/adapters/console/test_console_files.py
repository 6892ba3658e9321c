"""A file in the terminal: kept in the current folder, never in place of another, and said where."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from adapters.console.deliver import deliver
from adapters.console.render import plain
from bot.chat.effects import Say
from bot.chat.message import MOST_IN_A_FILE, File, Message

KEPT = File("kept.json", '{"a": "ä"}', "Here it is.")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(file: File = KEPT) -> str:
    lines: list[str] = []
    deliver((Say(Message((file,))),), lambda message: lines.extend(plain(message)))
    return "\n".join(lines)


def test_it_is_saved_here_for_its_owner_alone_and_its_name_and_size_are_said(here):
    assert shown() == "Here it is.\nSaved: ./kept.json (1 kB)"
    saved = here / "kept.json"
    assert saved.read_text() == KEPT.content
    if sys.platform != "win32":
        assert stat.S_IMODE(saved.stat().st_mode) == 0o600


def test_another_file_of_that_name_stays_as_it_is(here):
    (here / "kept.json").write_text("mine")
    assert "./kept-2.json" in shown() and "./kept-3.json" in shown()
    assert (here / "kept.json").read_text() == "mine"
    assert (here / "kept-2.json").read_text() == KEPT.content


def test_a_link_that_leads_elsewhere_is_not_followed(here):
    (here / "kept.json").symlink_to(here / "elsewhere")
    assert "./kept-2.json" in shown()
    assert not (here / "elsewhere").exists()


def test_a_folder_that_takes_nothing_is_told_calmly(monkeypatch):
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert (
        shown()
        == "Here it is.\nThe file kept.json (1 kB) could not be saved in this folder: Permission denied."
    )


@pytest.mark.parametrize("name", ["../kept.json", "/etc/passwd", "a/b.txt", "", ".hidden", "a\nb", "x" * 81])
def test_a_files_name_leads_nowhere(name):
    with pytest.raises(ValueError, match="name"):
        File(name, "", "")


def test_a_file_holds_a_megabyte_at_most():
    assert File("a.txt", "x" * MOST_IN_A_FILE, "").size == MOST_IN_A_FILE
    with pytest.raises(ValueError, match="megabyte"):
        File("a.txt", "ä" * (MOST_IN_A_FILE // 2 + 1), "")
