"""A sender that dies at any point of its work leaves nothing lost, and nothing doubled that the platform can tell."""

from __future__ import annotations

import time

import pytest
from faults.nursery import Nursery
from faults.sender_process import POINTS, Orders
from faults.town import START, how_many_open, letters, settle_people, states, verdict
from wire.discord_server import DiscordServer

from bot.delivery.kinds import MESSAGES, InDoubt
from storage.columns import Sealer
from storage.store import SqlStore

PEOPLE = 20
COUNT = {POINTS[3]: 8, POINTS[4]: 8}
"""At which call to strike: in the middle of them."""


@pytest.mark.parametrize("recognises", [True, False], ids=["recognised", "unrecognised"])
@pytest.mark.parametrize("point", POINTS)
async def test_killed_there_nothing_is_lost_and_doubled_is_at_most_what_was_in_flight_and_may_be(
    point: str,
    recognises: bool,
    store: SqlStore,
    database_url: str,
    key: str,
    sealer: Sealer,
    discord_server: DiscordServer,
    nursery: Nursery,
) -> None:
    discord_server.nonce_seconds = 300 if recognises else None
    await settle_people(store.engine, sealer, range(PEOPLE))
    orders = Orders(database_url, key, discord_server.url, time.time(), recognises=recognises)
    knife = Orders(**{**vars(orders), "kill_at": point, "count": COUNT.get(point, 1)})
    assert await nursery.run(knife) == -9
    flying = [r.dedup_key for r in await letters(store.engine) if r.state == "sending" and r.sealed]
    early = len(discord_server.posted)
    assert await nursery.run(orders) == 0
    rows = await letters(store.engine)
    found = verdict(rows, discord_server)
    print(f"\n{point}: {early} sent before, {len(flying)} in flight, {len(found.doubled)} doubled")
    assert (found.letters, found.lost, await how_many_open(store.engine)) == (PEOPLE, (), 0)
    assert all(row.day == START.date() for row in rows)
    if recognises:
        assert found.doubled == ()
        assert states(rows) == {"sent": PEOPLE}
    else:
        assert set(found.doubled) <= set(flying) & found.resent
        assert found.sent <= PEOPLE + len(flying)
        for row in rows:
            dropped = MESSAGES[row.said].in_doubt is InDoubt.DROP
            assert row.state == "sent" or (dropped and row.why == "in doubt")
            assert not (dropped and row.resent)
