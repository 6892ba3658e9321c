"""A second opinion that is seen coming in, on Slack and on Discord: one message that grows into the letter, also after a kill."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conversations import stage as stages
from conversations.opinion_process import COURIERS, working
from conversations.second import ANSWER, CONTENT, MODEL
from cryptography.fernet import Fernet, MultiFernet
from wire.claude_server import KEY, ClaudeServer
from wire.discord_server import DiscordServer, said
from wire.slack_server import SlackServer

from adapters.claude.reviewer import ClaudeReviewer
from bot.chat.inbound import Sender
from bot.coach import Coach
from bot.delivery.deliver import Delivery
from bot.delivery.drain import Drain
from bot.delivery.limiter import LocalLimiter
from bot.delivery.post import Tally
from storage.columns import Sealer
from storage.engine import open_engine
from storage.schema import prepare
from storage.store import SqlStore

SERVERS: dict[str, Callable[[], Any]] = {"slack": SlackServer, "discord": DiscordServer}
POINTS = {
    "points": [
        {"id": "ttl", "verdict": "met", "quote": "give each entry a time to live"},
        {"id": "write", "verdict": "missing", "quote": "words that she never said at all"},
        {"id": "stampede", "verdict": "missing", "quote": ""},
    ]
}


class Watched:
    """Ada on one platform, who agreed and finished a drill; and the server that is Claude."""

    def __init__(
        self, platform: str, folder: Path, store: SqlStore, key: bytes, api: Any, claude: ClaudeServer
    ) -> None:
        self.platform, self.folder, self.store, self.key, self.api, self.claude = (
            platform,
            folder,
            store,
            key,
            api,
            claude,
        )
        self.to = Sender(platform, "U11" if platform == "slack" else "11", "T1")
        self.courier = COURIERS[platform]("t", api.url)
        self.now = datetime.fromisoformat("2026-01-05T09:00+01:00")
        self.reviewer = ClaudeReviewer(KEY, model=MODEL, base_url=claude.root, deadline=20.0)

    async def begin(self) -> None:
        """Everything up to the review."""
        on = stages.Stage(self.store, self.now)
        on.coach = Coach(self.store, CONTENT, lambda: on.now, reviewer=MODEL)
        await stages.set_up(on)
        await on.say("/pacer settings claude on")
        await on.tap("Yes, send my answers")
        await on.say("/pacer drill system_design")
        await on.say(ANSWER)
        assert "Claude looks at it too" in await on.say("done")
        self.now = on.now + timedelta(minutes=1)

    async def work(self) -> None:
        """Give what waits, in this process."""
        await working(self.store, self.courier, self.reviewer, self.now).work()

    async def deliver(self) -> None:
        """Bring the letters that wait."""
        coach = Coach(self.store, CONTENT, lambda: self.now, reviewer=MODEL)
        limiter = LocalLimiter(asyncio.get_running_loop().time)
        couriers = {self.platform: self.courier}
        delivery = Delivery(coach.compose, couriers, limiter, Tally(), lambda: self.now)
        drain = Drain(self.store.outbox, delivery, platforms=frozenset(couriers), now=lambda: self.now)
        await drain.drain()

    def shown(self) -> list[str]:
        """What stands in her direct messages."""
        return [text.replace("*", "") for text in self.api.shown(self.to.account)]

    def edits(self) -> list[tuple[float, str]]:
        """Every change of a message: when, and what it says then."""
        texts = (
            (at, body["text"] if self.platform == "slack" else said(body)) for at, _, body in self.api.edited
        )
        return [(at, text.replace("*", "")) for at, text in texts]

    async def until(self, true: Callable[[], object]) -> None:
        """Wait for something to be true."""
        async with asyncio.timeout(20):
            while not true():
                await asyncio.sleep(0.01)


@pytest.fixture(params=["slack", "discord"])
async def ada(request: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Watched]:
    key = Fernet.generate_key()
    engine = open_engine(f"sqlite:///{tmp_path / 'pacer.db'}")
    await prepare(engine)
    store = SqlStore(engine, Sealer(MultiFernet([Fernet(key)])))
    async with SERVERS[request.param]() as api, ClaudeServer() as claude:
        claude.grade = lambda *_: POINTS
        watched = Watched(request.param, tmp_path, store, key, api, claude)
        monkeypatch.setattr(stages, "WHO", watched.to)
        await watched.begin()
        yield watched
        await watched.courier.close()
        await watched.reviewer.close()
    await store.close()


async def test_one_message_grows_point_by_point_into_the_letter(ada):
    gates = [asyncio.Event() for _ in range(3)]
    ada.claude.gates = list(gates)
    working_ = asyncio.create_task(ada.work())
    await ada.until(lambda: ada.shown() == ["Claude is reading it too."])
    for number, gate in enumerate(gates[:2], 1):
        gate.set()
        await ada.until(lambda number=number: f"Claude: {number} of 3 points read." in ada.shown()[0])
    gates[2].set()
    await working_
    await ada.deliver()
    edits = ada.edits()
    assert [text.splitlines()[0] for _, text in edits][:2] == [
        "Claude: 1 of 3 points read.",
        "Claude: 2 of 3 points read.",
    ]
    (letter,) = ada.shown()
    assert letter == edits[-1][1] and letter.startswith("A second opinion, by Claude: A fresh cache")
    assert len(ada.api.posted) == 1, "nothing rang a second time"
    growing = [at for at, text in edits if "points read" in text]
    assert all(later - sooner >= 0.95 for sooner, later in pairwise(growing))
    assert not any("never said" in text for _, text in edits)
    assert "give each entry a time to live" in edits[0][1]


async def test_a_limit_ends_the_growing_quietly_and_the_letter_comes_all_the_same(ada):
    ada.api.fail_next(1, "429", place="chat.update" if ada.platform == "slack" else "edit", retry_after=1)
    ada.claude.gates = gates = [asyncio.Event() for _ in range(3)]
    release = list(gates)
    working_ = asyncio.create_task(ada.work())
    await ada.until(ada.shown)
    release[0].set()
    await ada.until(lambda: ada.api.limited)
    for gate in release:
        gate.set()
    await working_
    await asyncio.sleep(1.1)
    await ada.deliver()
    assert [text.splitlines()[0] for text in ada.shown()] == ["A second opinion, by Claude: A fresh cache"]
    assert not any("read." in text for _, text in ada.edits())


async def test_where_she_deleted_it_the_letter_comes_by_itself(ada):
    ada.claude.gates = gates = [asyncio.Event()]
    release = gates[0]
    working_ = asyncio.create_task(ada.work())
    await ada.until(ada.shown)
    ada.api.delete(0)
    release.set()
    await working_
    await ada.deliver()
    assert [text.splitlines()[0] for text in ada.shown()] == ["A second opinion, by Claude: A fresh cache"]


async def test_killed_while_it_grows_the_letter_comes_once_after_the_restart(ada):
    """A whole process, with nothing tidied up. What it left standing becomes the letter where it is found again."""
    ada.claude.gates = [asyncio.Event() for _ in range(2)]
    ada.claude.gates[0].set()
    root = Path(__file__).parents[2]
    paths = os.pathsep.join((str(root), str(root / "tests")))
    script = Path(__file__).with_name("opinion_process.py")
    given = (
        ada.platform,
        ada.api.url,
        ada.claude.root,
        str(ada.folder),
        ada.key.decode(),
        ada.now.isoformat(),
    )
    process = subprocess.Popen([sys.executable, str(script), *given], env={**os.environ, "PYTHONPATH": paths})
    try:
        await ada.until(ada.edits)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert "1 of 3 points read" in ada.shown()[0]
    ada.claude.gates.clear()
    async with ada.store.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE second_opinion SET lease_until = 0")
    for _ in range(2):
        await ada.work()
        await ada.deliver()
    letters = [text for text in ada.shown() if text.startswith("A second opinion, by Claude")]
    assert len(letters) == 1
    if ada.platform == "slack":
        assert ada.shown() == letters, "found by its key, and not left half read"


async def test_said_off_while_it_comes_in_nothing_of_it_stays(ada):
    ada.claude.gates = gates = [asyncio.Event(), asyncio.Event()]
    gates[0].set()
    release = gates[1]
    working_ = asyncio.create_task(ada.work())
    await ada.until(lambda: "1 of 3" in ada.shown()[0] if ada.shown() else False)
    on = stages.Stage(ada.store, ada.now)
    on.coach = Coach(ada.store, CONTENT, lambda: ada.now, reviewer=MODEL)
    await on.say("/pacer settings claude off")
    release.set()
    await working_
    await ada.deliver()
    assert ada.shown() == ["Claude's second opinion was stopped."]


async def test_in_her_quiet_hours_nothing_is_seen_coming_in(ada):
    ada.now = ada.now.replace(hour=22, minute=30)
    await ada.work()
    await ada.deliver()
    assert ada.shown() == [] and len(ada.claude.bodies) == 1
    ada.now += timedelta(hours=10)
    await ada.deliver()
    assert [text.splitlines()[0] for text in ada.shown()] == ["A second opinion, by Claude: A fresh cache"]
