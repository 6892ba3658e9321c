"""What is kept of Slack workspaces, held against each database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet, MultiFernet
from sqlalchemy import select

from storage.columns import Sealer
from storage.engine import open_engine
from storage.faults import StoreFault
from storage.installations import SqlInstallations
from storage.rows import SlackInstallationRow, SlackStateRow
from storage.store import SqlStore

NOW = datetime(2026, 1, 5, 7, 0, 0, 250_000, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TOKEN = "xoxb-very-secret"
BOT = {"team_id": "T1", "bot_token": TOKEN, "bot_scopes": ["chat:write"], "installed_at": 1.5}


@pytest.fixture
def kept(store: SqlStore, sealer: Sealer) -> SqlInstallations:
    return SqlInstallations(store.engine, sealer)


@pytest.fixture
async def another(store: SqlStore, database_url: str, sealer: Sealer) -> AsyncIterator[SqlInstallations]:
    """As in another process: with an engine of its own."""
    engine = open_engine(database_url)
    yield SqlInstallations(engine, sealer)
    await engine.dispose()


async def keep(
    kept: SqlInstallations, tenant: str = "T1", account: str = "", *, at: datetime = NOW, **more: Any
) -> None:
    await kept.keep(
        tenant,
        account,
        {**BOT, **more},
        enterprise="E1",
        scopes=["chat:write", "commands"],
        expires=NOW + 12 * 60 * MINUTE,
        installed=at,
    )


async def test_what_is_kept_is_found_by_workspace_and_account_and_a_second_keeping_replaces_it(kept, another):
    await keep(kept)
    await keep(kept, account="U1", user_token="xoxp-1")
    await keep(kept, tenant="T2", bot_token="xoxb-two")
    await keep(kept, bot_token="xoxb-newer")
    assert (await another.find("T1") or {})["bot_token"] == "xoxb-newer"
    assert (await another.find("T1", "U1") or {})["user_token"] == "xoxp-1"
    assert (await another.find("T2") or {})["bot_token"] == "xoxb-two"
    assert await another.find("T3") is None
    assert await another.find("T2", "U1") is None
    assert await another.count() == 2


async def test_tokens_are_only_kept_encrypted(kept, store, database_url, tmp_path: Path):
    await keep(kept, bot_refresh_token="xoxe-refreshing", user_token="xoxp-hers")
    async with store.engine.connect() as connection:
        (row,) = (await connection.execute(select(SlackInstallationRow))).all()
    shown = repr(row)
    assert (row.scopes, row.expires_at) == ("chat:write,commands", NOW + 12 * 60 * MINUTE)
    files = b"".join(p.read_bytes() for p in tmp_path.iterdir() if p.is_file())
    assert files or "sqlite" not in database_url
    for secret in (TOKEN, "xoxe-refreshing", "xoxp-hers", "xox"):
        assert secret not in shown
        assert secret.encode() not in files


async def test_with_another_key_it_says_so_and_changes_nothing(kept, store):
    await keep(kept)
    stranger = SqlInstallations(store.engine, Sealer(MultiFernet([Fernet(Fernet.generate_key())])))
    with pytest.raises(StoreFault, match="another key"):
        await stranger.find("T1")
    assert await kept.find("T1") == BOT


async def test_a_renewed_token_takes_the_place_of_the_old_one_of_the_same_installation_only(kept, another):
    await keep(kept)
    fresh = {**BOT, "bot_token": "xoxb-fresh"}
    ends = NOW + 24 * 60 * MINUTE
    assert await kept.renew("T1", "", fresh, expires=ends, installed=NOW)
    assert await another.find("T1") == fresh
    await keep(kept, at=NOW + MINUTE, bot_token="xoxb-reinstalled")
    assert not await kept.renew("T1", "", fresh, expires=ends, installed=NOW)
    assert (await kept.find("T1") or {})["bot_token"] == "xoxb-reinstalled"
    await kept.forget("T1")
    assert not await kept.renew("T1", "", fresh, expires=ends, installed=NOW + MINUTE)
    assert await kept.find("T1") is None


async def test_forgetting_takes_an_account_or_a_workspace_and_never_what_came_after(kept):
    await keep(kept)
    await keep(kept, account="U1")
    await keep(kept, tenant="T2")
    assert await kept.forget("T1", before=NOW - MINUTE) == 0
    assert await kept.forget("T1", "U1", before=NOW) == 1
    assert await kept.find("T1") == BOT
    await keep(kept, account="U1")
    assert await kept.forget("T1") == 2
    assert await kept.forget("T1") == 0
    assert await kept.count() == 1


async def test_a_state_is_taken_once_even_by_many_at_once_and_not_after_its_time(kept, another):
    await kept.keep_state("d1", now=NOW, expires=NOW + 10 * MINUTE)
    await kept.keep_state("d2", now=NOW, expires=NOW + 10 * MINUTE)
    taken = await asyncio.gather(*(who.take_state("d1", now=NOW) for who in (kept, another) * 4))
    assert taken.count(True) == 1
    assert not await kept.take_state("d2", now=NOW + 10 * MINUTE)
    assert not await kept.take_state("unknown", now=NOW)


async def test_what_was_begun_and_never_finished_is_forgotten(kept, store):
    async def begun() -> list[str]:
        async with store.engine.connect() as connection:
            found = await connection.execute(select(SlackStateRow.digest).order_by(SlackStateRow.digest))
            return list(found.scalars())

    await kept.keep_state("d1", now=NOW, expires=NOW + MINUTE)
    await kept.keep_state("d2", now=NOW, expires=NOW + 3 * MINUTE)
    assert await kept.purge(before=NOW) == 0
    assert await kept.purge(before=NOW + MINUTE) == 1
    assert await begun() == ["d2"]
    await kept.keep_state("d3", now=NOW + 3 * MINUTE, expires=NOW + 13 * MINUTE)
    assert await begun() == ["d3"]


async def test_one_at_a_time_is_alone_with_a_workspace_on_whatever_machine(kept, another, database_url):
    others = [kept, another] if "postgresql" in database_url else [kept, kept]
    inside = 0

    async def enter(who: SqlInstallations) -> None:
        nonlocal inside
        async with who.alone("T1"):
            inside += 1
            assert inside == 1
            await who.find("T1")  # with the store at hand
            await asyncio.sleep(0.02)
            inside -= 1

    async with asyncio.timeout(5):
        await asyncio.gather(*(enter(who) for who in others * 3))


async def test_whoever_fails_alone_lets_the_next_one_in(kept, another):
    with pytest.raises(ValueError, match="broken"):
        async with kept.alone("T1"):
            raise ValueError("broken")
    async with asyncio.timeout(5), another.alone("T1"), asyncio.timeout(5):
        assert await another.find("T1") is None


async def test_a_database_that_is_away_is_a_store_fault(kept, store):
    async with store.engine.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE slack_installation")
    with pytest.raises(StoreFault):
        await kept.find("T1")
