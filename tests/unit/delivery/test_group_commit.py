"""Next states are written together, again after an outage, and each writer hears of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.delivery import drain
from bot.delivery.drain import GroupCommit
from bot.delivery.model import Change, State
from bot.turn import Unavailable


def change(key: str) -> Change:
    return Change(key=key, claims=1, was=State.SENDING, state=State.SENT, attempts=0)


class Database:
    def __init__(self, outages: int = 0) -> None:
        self.outages, self.commits = outages, []

    async def settle(self, changes: Sequence[Change]) -> list[bool]:
        await asyncio.sleep(0.001)
        if self.outages:
            self.outages -= 1
            raise Unavailable("The database does not answer.")
        self.commits.append([c.key for c in changes])
        return [not c.key.startswith("lost") for c in changes]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drain, "COMMIT_WAIT", 0.001)


async def test_what_comes_together_is_written_together_and_each_hears_of_its_own():
    database = Database()
    commit = GroupCommit(database.settle)
    heard = await asyncio.gather(*(commit.write(change(k)) for k in ("a", "lost", "b")))
    assert heard == [True, False, True]
    assert database.commits == [["a", "lost", "b"]]


async def test_an_outage_is_waited_out():
    database = Database(outages=2)
    assert await GroupCommit(database.settle).write(change("a"))
    assert database.commits == [["a"]]


async def test_an_outage_without_an_end_is_told_to_everybody_and_the_next_is_written_again():
    database = Database(outages=drain.COMMIT_TRIES)
    commit = GroupCommit(database.settle)
    heard = await asyncio.gather(*(commit.write(change(k)) for k in "ab"), return_exceptions=True)
    assert [type(h) for h in heard] == [Unavailable, Unavailable]
    assert await commit.write(change("c"))
