"""A database that cannot be used says so in one sentence, and nothing in it is touched."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from bot.chat.inbound import Sender
from storage.columns import Sealer
from storage.engine import open_engine
from storage.faults import StoreFault
from storage.keys import sealer as make_sealer
from storage.schema import prepare
from storage.store import SqlStore

WHO = Sender("console", "me")


async def _prepare(path: Path, **options: int) -> None:
    engine = open_engine(f"sqlite:///{path}", **options)
    try:
        await prepare(engine)
    finally:
        await engine.dispose()


async def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("dear diary\n" * 200)
    before = path.read_bytes()
    with pytest.raises(StoreFault, match="not a Pacer database"):
        await _prepare(path)
    assert path.read_bytes() == before


async def test_a_locked_database_is_named(tmp_path):
    path = tmp_path / "pacer.db"
    await _prepare(path)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreFault, match="locked"):
        await _prepare(path, busy_ms=50)
    holder.close()


async def test_a_folder_instead_of_a_file_is_named(tmp_path):
    with pytest.raises(StoreFault, match="cannot be opened"):
        await _prepare(tmp_path)


async def test_a_full_database_refuses_the_turn_and_keeps_what_was_there(tmp_path, sealer):
    path = tmp_path / "pacer.db"
    engine = open_engine(f"sqlite:///{path}")
    await prepare(engine)
    store = SqlStore(engine, sealer)
    async with store.work(WHO):
        pass
    async with engine.connect() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar()
        await connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    from datetime import date, timedelta

    from bot.pace.ports import DayEntry

    with pytest.raises(StoreFault, match="full"):
        async with store.work(WHO) as work:
            for n in range(500):
                await work.diary.save_day(DayEntry(date(2026, 1, 1) + timedelta(days=n), contact=True))
    async with store.work(WHO) as work:
        assert await work.diary.days(date(2026, 1, 1), date(2028, 1, 1)) == {}
    await store.close()


async def test_a_read_only_database_is_named(tmp_path, sealer):
    path = tmp_path / "pacer.db"
    await _prepare(path)
    engine = open_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
    store = SqlStore(engine, sealer)
    with pytest.raises(StoreFault, match=r"read-only|cannot be opened"):
        async with store.work(WHO):
            pass
    await store.close()


@pytest.mark.parametrize("url", ["mysql://localhost/x", "not a url", ""])
def test_an_address_that_is_none_of_ours_is_refused(url):
    with pytest.raises(StoreFault):
        open_engine(url)


def test_the_key_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    path = tmp_path / "deep" / "secret.key"
    sealed = make_sealer(None, path).seal({"battery": 30})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert make_sealer(None, path).open(sealed) == {"battery": 30}
    assert "battery" not in sealed


def test_a_new_key_in_front_still_reads_what_the_old_one_sealed(tmp_path):
    from cryptography.fernet import Fernet

    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    sealed = make_sealer(old, tmp_path / "none").seal(1)
    assert make_sealer(f"{new},{old}", tmp_path / "none").open(sealed) == 1


def test_a_malformed_key_is_refused_with_its_place(tmp_path):
    with pytest.raises(StoreFault, match="PACER_SECRET_KEY"):
        make_sealer("hunter2", tmp_path / "none")


async def test_nothing_felt_or_written_can_be_read_in_the_file(tmp_path, sealer: Sealer):
    from dataclasses import replace
    from datetime import UTC, date, datetime

    from bot.chat.inbound import Place, TextSaid
    from bot.drills.model import Sitting
    from bot.pace.model import Checkin, Kind
    from bot.pace.ports import DayEntry

    path = tmp_path / "pacer.db"
    engine = open_engine(f"sqlite:///{path}")
    await prepare(engine)
    store = SqlStore(engine, sealer)
    at, day = datetime(2026, 1, 5, tzinfo=UTC), date(2026, 1, 5)
    said = TextSaid(sender=WHO, place=Place("t"), event_id="1", at=at, text="canary-said")
    await store.receive(said)
    async with store.work(WHO) as work:
        await work.diary.save_day(DayEntry(day, checkin=Checkin(battery=37.125)))
        sitting = Sitting("s", "d", "a", "t", Kind.DRILL, day, at)
        await work.practice.save_sitting(replace(sitting, answer="canary-answer", effort=8.125))
        await work.finish("1")
    await store.close()
    kept = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    for canary in (b"canary", b"37.125", b"8.125"):
        assert canary not in kept


def test_a_missing_driver_is_named_with_the_way_to_get_it(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(StoreFault, match="extra `postgres`"):
        open_engine("postgresql://somebody@127.0.0.1/pacer")
