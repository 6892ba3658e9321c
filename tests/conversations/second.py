"""Somebody whose answers go to Claude too: a stage, a server that is Claude, and the work in between."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from conversations.stage import Stage, set_up
from wire.claude_server import KEY, ClaudeServer

from adapters.claude.reviewer import ClaudeReviewer
from adapters.sql_sandbox.runner import SqlSandbox
from bot.coach import Coach
from bot.content.bank import Bank
from bot.content.shipped import shipped
from bot.drills.model import Drill, Point
from bot.feedback.ports import Account, Spent
from bot.feedback.second_opinion_work import Caps, SecondOpinions
from bot.pace.model import Kind
from bot.turn import Content
from storage.opinions import SqlWaiting
from storage.purse import SqlPurse

MODEL = "claude-haiku-5-5"
DRILL = Drill(
    "fresh-cache", "A fresh cache", "system_design", "cache", Kind.DRILL, 15, 2,
    "How would you keep a cache in front of a database fresh?", (),
    (
        Point("ttl", "Entries expire after a time to live.", 2, says=("give each entry a time to live",)),
        Point("write", "A write deletes the entry.", 2, says=("on every write delete the key from the cache",)),
        Point("stampede", "One request refills while others wait.", 1, says=("only one request refills the entry",)),
    ),
    "Give each entry a time to live, delete the key on every write, and let one request refill.", (),
)  # fmt: skip
ANSWER = "I would give each entry a time to live of one minute, because readers may see old values that long."
DRILLS = (DRILL, replace(DRILL, id="stale-cache", title="A stale cache"))
CONTENT = Content(
    bank=lambda: Bank({d.id: d for d in DRILLS}, {DRILL.area: DRILLS}),
    helplines=shipped().helplines,
)


class Second:
    """A person on a stage, the server that is Claude, and the work in between."""

    def __init__(self, on: Stage, server: ClaudeServer, reviewer: ClaudeReviewer) -> None:
        self.on, self.server, self.reviewer = on, server, reviewer
        self.purse = SqlPurse(on.store.engine)
        self.work = self.working()

    def working(self, **caps: int) -> SecondOpinions:
        given = Caps(**{"person": 10**6, "group": 10**6, "day": 10**6, **caps})
        waiting = SqlWaiting(self.on.store.engine)
        return SecondOpinions(
            self.on.store, waiting, self.purse, self.reviewer, given, CONTENT, lambda: self.on.now
        )

    async def begin(self) -> None:
        """Be set up, at nine."""
        await set_up(self.on)
        await self.on.skip(timedelta(hours=2))

    async def agree(self) -> None:
        await self.on.say("/pacer settings claude on")
        await self.on.tap("Yes, send my answers")

    async def drill(self, answer: str = ANSWER) -> str:
        """One drill up to the review; what is said then."""
        await self.on.say("/pacer drill system_design")
        await self.on.say(answer)
        return await self.on.say("done")

    async def letter(self) -> str:
        """What Pacer says by itself once the work is done."""
        await self.work.work()
        return await self.on.skip(timedelta(minutes=1))

    async def spent(self) -> Spent:
        return await self.purse.spent(Account("all"), day=self.on.now.astimezone(UTC).date())


@pytest.fixture
async def second(stranger: Stage) -> AsyncIterator[Second]:
    stranger.coach = Coach(stranger.store, CONTENT, lambda: stranger.now, SqlSandbox(), reviewer=MODEL)
    async with ClaudeServer() as server:
        reviewer = ClaudeReviewer(KEY, model=MODEL, base_url=server.root, deadline=2.0)
        made = Second(stranger, server, reviewer)
        await made.begin()
        yield made
        await reviewer.close()
