"""Senders killed again and again, at whatever they are doing: each person hears once.

Forty kills on each database by default; PACER_FAULT_KILLS=1000 for the full run.
"""

from __future__ import annotations

import asyncio
import os
import random
import time

import pytest
from faults.nursery import Nursery
from faults.sender_process import Orders
from faults.town import how_many_open, letters, settle_people, states, verdict
from wire.discord_server import DiscordServer

from storage.columns import Sealer
from storage.store import SqlStore

KILLS = int(os.environ.get("PACER_FAULT_KILLS", "40"))
NEWCOMERS = 10
"""People who move in between two kills."""
LONGEST_LIFE = 0.4
LEASE = 3.0
"""Seconds instead of a minute, and as many fewer letters held: a sending takes milliseconds here."""
BACKLOG = 4 * NEWCOMERS
"""Nobody moves in while so many wait."""

pytestmark = pytest.mark.timeout(max(120, KILLS * 2))


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
async def test_through_random_kills_every_letter_arrives_exactly_once(
    store: SqlStore,
    database_url: str,
    key: str,
    sealer: Sealer,
    discord_server: DiscordServer,
    nursery: Nursery,
) -> None:
    alone = database_url.startswith("sqlite")
    began, chance = time.time(), random.Random(KILLS)
    orders = Orders(database_url, key, discord_server.url, began, stays=True, alone=alone, lease=LEASE)
    await settle_people(store.engine, sealer, range(NEWCOMERS))
    senders = [nursery.start(orders) for _ in range(1 if alone else 2)]
    people = NEWCOMERS
    for _ in range(KILLS):
        if people - len(discord_server.posted) < BACKLOG:
            await settle_people(store.engine, sealer, range(people, people + NEWCOMERS))
            people += NEWCOMERS
        await _let_live(discord_server, chance)
        victim = chance.randrange(len(senders))
        await nursery.kill(senders[victim])
        senders[victim] = nursery.start(orders)
    for sender in senders:
        await nursery.kill(sender)
    assert await nursery.run(Orders(**{**vars(orders), "stays": False, "alone": True})) == 0
    rows = await letters(store.engine)
    found = verdict(rows, discord_server)
    print(
        f"\n{store.engine.dialect.name}: {KILLS} kills, {found.sent} sends, {discord_server.repeated} recognised "
        f"again, {len(found.doubled)} doubled, {len(found.lost)} lost, {time.time() - began:.1f} s"
    )
    assert (found.doubled, found.lost, await how_many_open(store.engine)) == ((), (), 0)
    assert found.letters == found.sent == people
    assert states(rows) == {"sent": found.letters}


async def _let_live(server: DiscordServer, chance: random.Random) -> None:
    """Until some more messages were accepted, or for a while, whichever is sooner."""
    wanted, loop = len(server.posted) + chance.randrange(2 * NEWCOMERS), asyncio.get_running_loop()
    end = loop.time() + LONGEST_LIFE
    while len(server.posted) < wanted and loop.time() < end:
        await asyncio.sleep(0.002)
    await asyncio.sleep(chance.random() * 0.02)
