"""The compiled bank: it holds every drill whole, and is trusted only while it is true."""

from __future__ import annotations

import json
import logging
import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

import bot as package
from bot.content import compiled_place
from bot.content.bank import BadDrill, Bank, load
from bot.content.bank_files import read_all, shipped_folder
from bot.content.compiled import About, Damaged, about, compiled, opened
from bot.content.compiled_place import SHIPPED, bank, for_a_wheel
from bot.drills.model import Drill, Listed
from bot.drills.scenes import Scene

SOURCES = Path(package.__file__).parent


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    """The package as files, with the drills of two areas, all of them a minute old."""
    place = tmp_path / "bot"
    for part in ("content", "drills", "pace", "profile"):
        (place / part).mkdir(parents=True)
        for file in (SOURCES / part).glob("*.py"):
            shutil.copy2(file, place / part / file.name)
    sound = {d.id for d in read_all(shipped_folder())[0]}
    for area in ("sql", "observability"):
        (place / "content" / "drills" / area).mkdir(parents=True)
        for file in (SOURCES / "content" / "drills" / area).glob("*.yaml"):
            if file.stem in sound:
                shutil.copy2(file, place / "content" / "drills" / area / file.name)
    for file in place.rglob("*"):
        aged(file)
    return place


def aged(file: Path) -> None:
    at = file.stat().st_mtime_ns - 60_000_000_000
    os.utime(file, ns=(at, at))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Each time that the files were read in earnest."""
    seen: list[object] = []

    def counting(folder: Path | None = None) -> Bank:
        seen.append(folder)
        return load(folder)

    monkeypatch.setattr(compiled_place, "load", counting)
    return seen


def a_drill(bot: Path) -> Path:
    return next((bot / "content" / "drills" / "sql").glob("*.yaml"))


def kept(cache: Path) -> Path:
    (file,) = cache.iterdir()
    return file


def test_every_shipped_drill_comes_back_as_it_was() -> None:
    drills, _ = read_all(shipped_folder())
    again = opened(compiled(drills, About()))
    assert list(again.drills.items()) == [(d.id, d) for d in drills]
    assert {type(d.scene) for d in drills} >= set(Scene.__args__)
    areas = {d.area for d in drills}
    assert {a: again.by_area[a] for a in again.by_area} == {
        a: tuple(d for d in drills if d.area == a) for a in areas
    }


def test_the_index_knows_each_drill_in_short_without_its_texts() -> None:
    drills, _ = read_all(shipped_folder())
    found = opened(compiled(drills, About())).listed
    assert all(type(f) is Listed for f in found)
    names = [f.name for f in fields(Listed)]
    assert [[getattr(f, n) for n in names] for f in found] == [[getattr(d, n) for n in names] for d in drills]


def test_a_drill_that_is_not_there_is_missing() -> None:
    again = opened(compiled(read_all(shipped_folder())[0][:3], About()))
    assert len(again.drills) == 3
    assert "no-such-drill" not in again.drills
    assert again.drills.get("no-such-drill") is None
    with pytest.raises(KeyError):
        again.by_area["cooking"]


def test_an_empty_bank_can_be_kept() -> None:
    again = opened(compiled([], About(stand="x")))
    assert (dict(again.drills), dict(again.by_area), again.listed) == ({}, {}, ())


def test_files_are_read_once_and_then_what_was_kept(bot: Path, tmp_path: Path, reads: list[object]) -> None:
    first = bank(tmp_path / "cache", bot=bot)
    second = bank(tmp_path / "cache", bot=bot)
    assert len(reads) == 1
    assert list(second.drills.items()) == list(first.drills.items())
    assert all(isinstance(d, Drill) for d in second.drills.values())


CHANGES: dict[str, Callable[[Path], object]] = {
    "a drill's text": lambda bot: a_drill(bot).write_text(
        a_drill(bot).read_text().replace("hints:", "hints:  ", 1)
    ),
    "a drill's time": lambda bot: os.utime(a_drill(bot)),
    "a drill gone": lambda bot: a_drill(bot).unlink(),
    "a drill's name": lambda bot: shutil.rmtree(bot / "content" / "drills" / "sql"),
    "the reading code": lambda bot: (bot / "content" / "scene_file.py").write_text("# other"),
    "the model": lambda bot: os.utime(bot / "drills" / "model.py"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_any_change_of_the_sources_they_are_read_anew(
    bot: Path, tmp_path: Path, reads: list[object], change: str
) -> None:
    bank(tmp_path / "cache", bot=bot)
    CHANGES[change](bot)
    found = bank(tmp_path / "cache", bot=bot)
    assert len(reads) == 2
    assert list(found.drills.items()) == list(load(bot / "content" / "drills").drills.items())


def test_a_broken_drill_is_refused_although_a_sound_bank_was_kept(bot: Path, tmp_path: Path) -> None:
    bank(tmp_path / "cache", bot=bot)
    a_drill(bot).write_text("id: 5")
    with pytest.raises(BadDrill):
        bank(tmp_path / "cache", bot=bot)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[:-1],
    "cut early": lambda data: data[:40],
    "empty": lambda data: b"",
    "longer": lambda data: data + b" ",
    "a bit in the texts": lambda data: data[:-500] + bytes([data[-500] ^ 1]) + data[-499:],
    "a bit in the index": lambda data: data[:300] + bytes([data[300] ^ 1]) + data[301:],
    "something else": lambda data: b"[]\n" + data,
    "not even text": lambda data: bytes(range(256)) * 9,
    "deep": lambda data: b"[" * 100_000 + b"\n",
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_file_is_not_used_and_is_made_anew(
    bot: Path, tmp_path: Path, reads: list[object], caplog: pytest.LogCaptureFixture, name: str
) -> None:
    whole = bank(tmp_path / "cache", bot=bot)
    file = kept(tmp_path / "cache")
    file.write_bytes(DAMAGES[name](file.read_bytes()))
    assert list(bank(tmp_path / "cache", bot=bot).drills.items()) == list(whole.drills.items())
    assert "is not used" in caplog.text
    assert bank(tmp_path / "cache", bot=bot).drills.keys() == whole.drills.keys()
    assert len(reads) == 2


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_seen_by_itself(name: str) -> None:
    data = compiled(read_all(shipped_folder())[0][:5], About(stand="x"))
    with pytest.raises(Damaged):
        opened(DAMAGES[name](data))


@pytest.mark.skipif(os.name == "nt", reason="permissions of folders are other ones there")
def test_where_nothing_can_be_written_files_are_read_with_a_line_in_the_log(
    bot: Path, tmp_path: Path, reads: list[object], caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache").write_text("a file where the folder belongs")
    for _ in range(2):
        assert bank(tmp_path / "cache", bot=bot).drills
    assert len(reads) == 2
    assert [r.levelno for r in caplog.records if "read slowly" in r.message] == [logging.WARNING] * 2
    assert str(tmp_path / "cache") in caplog.text


def test_without_a_folder_to_keep_it_in_nothing_is_written_or_said(
    bot: Path, reads: list[object], caplog: pytest.LogCaptureFixture
) -> None:
    before = sorted(bot.rglob("*"))
    assert bank(None, bot=bot).drills
    assert (sorted(bot.rglob("*")), len(reads), caplog.text) == (before, 1, "")


def test_sources_that_changed_while_they_were_read_are_not_kept(
    bot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(folder: Path | None = None) -> Bank:
        found = load(folder)
        a_drill(bot).unlink()
        return found

    monkeypatch.setattr(compiled_place, "load", meanwhile)
    bank(tmp_path / "cache", bot=bot)
    assert list((tmp_path / "cache").iterdir()) == []


def test_sources_so_new_that_they_can_change_again_within_one_time_are_not_kept(
    bot: Path, tmp_path: Path
) -> None:
    os.utime(a_drill(bot), ns=(2**61, 2**61))
    bank(tmp_path / "cache", bot=bot)
    assert list((tmp_path / "cache").iterdir()) == []


def test_many_at_once_leave_one_whole_file(bot: Path, tmp_path: Path) -> None:
    found: list[Bank] = []
    hands = [
        threading.Thread(target=lambda: found.append(bank(tmp_path / "cache", bot=bot))) for _ in range(4)
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len(found) == 4
    assert opened(kept(tmp_path / "cache").read_bytes()).drills.keys() == found[0].drills.keys()


def test_two_places_do_not_take_turns_in_one_cache(bot: Path, tmp_path: Path, reads: list[object]) -> None:
    other = tmp_path / "other"
    shutil.copytree(bot, other)
    for place in (bot, other, bot, other):
        bank(tmp_path / "cache", bot=place)
    assert len(reads) == 2


def test_what_a_wheel_ships_is_used_at_once_and_kept(bot: Path, tmp_path: Path, reads: list[object]) -> None:
    (bot / "content" / SHIPPED).write_bytes(for_a_wheel(bot))
    reads.clear()
    found = bank(None, bot=bot)
    assert list(found.drills.items()) == list(load(bot / "content" / "drills").drills.items())
    bank(tmp_path / "cache", bot=bot)
    assert about(kept(tmp_path / "cache").read_bytes()).stand == compiled_place.stand(bot)
    (bot / "content" / SHIPPED).unlink()
    assert bank(tmp_path / "cache", bot=bot).drills.keys() == found.drills.keys()
    assert reads == []


def test_what_a_wheel_ships_is_true_whatever_times_its_files_got(bot: Path, reads: list[object]) -> None:
    (bot / "content" / SHIPPED).write_bytes(for_a_wheel(bot))
    reads.clear()
    for file in bot.rglob("*"):
        os.utime(file)
    bank(None, bot=bot)
    assert reads == []


def test_what_a_wheel_ships_is_not_used_once_a_drill_is_another_of_the_same_size(
    bot: Path, reads: list[object]
) -> None:
    (bot / "content" / SHIPPED).write_bytes(for_a_wheel(bot))
    reads.clear()
    file = a_drill(bot)
    at = file.stat()
    file.write_text(file.read_text().replace("title: ", "title:  ", 1).rstrip("\n"))
    os.utime(file, ns=(at.st_mtime_ns, at.st_mtime_ns))
    bank(None, bot=bot)
    assert file.stat().st_size == at.st_size
    assert len(reads) == 1


def test_the_file_is_plain_json_in_every_part() -> None:
    data = compiled(read_all(shipped_folder())[0][:3], About(stand="x"))
    head, _, rest = data.partition(b"\n")
    said = json.loads(head)
    index = json.loads(rest[: said["index"]])
    texts = rest[said["index"] :]
    assert [isinstance(json.loads(texts[row[-2] : row[-2] + row[-1]]), list) for row in index] == [True] * 3
