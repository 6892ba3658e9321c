"""A worker that is killed leaves letters behind; the others finish them, and nobody hears twice."""

from __future__ import annotations

import signal
from datetime import timedelta

import pytest
from workers.cluster import FAST, HELD, SOON, Cluster, stop, trouble

LETTERS = 90


async def _in_its_hands(cluster: Cluster, slot: str) -> int:
    """Letters that a worker has claimed and written, and perhaps sent."""
    held = """
        SELECT count(*) FROM dbos.workflow_status JOIN outbox ON workflow_uuid = dedup_key
        WHERE status = 'PENDING' AND executor_id = $1 AND state = 'sending' AND sealed IS NOT NULL
    """
    return (await cluster.fetch(held, slot))[0][0]


@pytest.mark.parametrize("returns", [False, True], ids=["never returns", "returns under another name"])
async def test_what_a_killed_worker_held_is_finished_by_the_others(cluster, returns):
    cluster.discord.tell("room", each_second=100_000)
    accounts = await cluster.invite(1000, LETTERS)
    worker = cluster.start("worker", *FAST, HELD)
    cluster.up(worker)
    cluster.discord.tell("fail", n=30, how="slow", delay=2)
    run = cluster.start("run", *FAST, *SOON)
    while not (held := await _in_its_hands(cluster, "worker-1")):
        assert worker.poll() is None
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    if returns:
        cluster.start("worker", *FAST, PACER_WORKER_SLOT="somebody-else")
    seen = await cluster.settled(LETTERS, 20)
    assert held
    assert seen.each == dict.fromkeys(accounts, 1)
    assert stop([run])[0][0] == 0
    assert not trouble(cluster.said(run))


async def test_letters_that_died_with_a_worker_or_an_older_version_are_finished(cluster):
    accounts = await cluster.invite(1000, 4, late=timedelta(minutes=1))
    taken, queued, old_taken, _uncalled = await cluster.write_letters()
    await cluster.call(taken, held_by="worker-9")
    await cluster.call(queued, version="letters-0")
    await cluster.call(old_taken, version="letters-0", held_by="worker-9")
    long_ago = "UPDATE outbox SET not_before = not_before - interval '10 minutes' WHERE dedup_key = ANY($1)"
    await cluster.fetch(long_ago, [queued, old_taken])
    run = cluster.start("run", *SOON)
    seen = await cluster.settled(4, 25)
    assert seen.each == dict.fromkeys(accounts, 1)
    assert stop([run])[0][0] == 0
    status = dict(await cluster.fetch("SELECT workflow_uuid, status FROM dbos.workflow_status"))
    assert status[taken] == "SUCCESS"
    assert status[queued + "#1"] == status[old_taken + "#1"] == "SUCCESS"


async def test_letters_of_a_long_absence_are_called_for_again_at_most_once_while_they_wait_their_turn(
    cluster,
):
    accounts = await cluster.invite(1000, 50, late=timedelta(minutes=40))
    run = cluster.start("run", "adapters.discord.limits.EACH_SECOND=25", *SOON)
    seen = await cluster.settled(50)
    assert seen.each == dict.fromkeys(accounts, 1)
    assert stop([run])[0][0] == 0
    assert not await cluster.fetch("SELECT 1 FROM dbos.workflow_status WHERE workflow_uuid LIKE '%#2'")


async def test_a_letter_that_was_cancelled_while_it_was_queued_is_not_sent(cluster):
    accounts = await cluster.invite(1000, 2)
    for key in await cluster.write_letters():
        await cluster.call(key)
    await cluster.pause(accounts[0])
    run = cluster.start("run")
    seen = await cluster.until({"cancelled": 1, "sent": 1})
    assert seen.each == {accounts[1]: 1}
    assert stop([run])[0][0] == 0
    assert await cluster.fetch("SELECT 1 FROM dbos.workflow_status WHERE status <> 'SUCCESS'") == []


async def test_old_workflows_and_letters_are_forgotten_together(cluster):
    await cluster.invite(1000, 6)
    run = cluster.start("run")
    await cluster.settled(6)
    assert stop([run])[0][0] == 0
    keys = [row[0] for row in await cluster.fetch("SELECT dedup_key FROM outbox")]
    assert all(key in cluster.dump() for key in keys)
    await cluster.fetch("UPDATE outbox SET settled_at = settled_at - interval '31 days' WHERE receipt <> ''")
    await cluster.fetch("UPDATE dbos.workflow_status SET completed_at = completed_at - 691200000")
    run = cluster.start("run", "adapters.service.RETENTION_SECONDS=1")
    await cluster.until({})
    while await cluster.fetch("SELECT 1 FROM dbos.workflow_status"):
        cluster.is_up(run)
    assert stop([run])[0][0] == 0
    assert not [key for key in keys if key in cluster.dump()]
