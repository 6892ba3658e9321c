"""Workers killed at random moments while hundreds of letters are under way.

PACER_FAULT_KILLS asks for more kills than the few of an ordinary run.
"""

from __future__ import annotations

import asyncio
import os
import random

import pytest
from workers.cluster import HELD, SOON, Cluster, stop

KILLS = int(os.environ.get("PACER_FAULT_KILLS", "6"))
LETTERS = 300 + 25 * max(0, KILLS - 6)
PACE = "adapters.discord.limits.EACH_SECOND=40"


@pytest.mark.timeout(120 + 8 * KILLS)
async def test_workers_killed_at_random_moments_lose_and_double_nothing(cluster: Cluster):
    chance = random.Random(KILLS)
    accounts = await cluster.invite(1000, LETTERS)
    workers = [cluster.start("worker", PACE, HELD) for _ in range(2)]
    cluster.up(*workers)
    run = cluster.start("run", PACE, *SOON)
    cluster.up(run)
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.1, 1.2))
        number = chance.randrange(2)
        workers[number].kill()
        workers[number].wait()
        workers[number] = cluster.start("worker", PACE, HELD)
        if chance.random() < 0.7:  # else it is killed while it starts, or soon after
            cluster.up(workers[number])
    seen = await cluster.settled(LETTERS, 30 + 4 * KILLS)
    assert seen.each == dict.fromkeys(accounts, 1)
    assert len({nonce for _, _, nonce in seen.posted}) == LETTERS
    assert stop([run])[0][0] == 0
