"""A message that grows: at most once a second, the newest only, quietly over at the first trouble; and the letter it becomes."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from bot.chat.inbound import Sender
from bot.chat.message import Message, message
from bot.delivery import growing as module
from bot.delivery.deliver import MOST_CHANGES, Delivery
from bot.delivery.growing import Growers
from bot.delivery.model import (
    Bucket,
    Doubtful,
    Letter,
    Limited,
    Lookup,
    Outcome,
    Refused,
    Rejected,
    Sent,
    State,
)
from bot.delivery.post import Tally

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
ADA = Sender("here", "1")
LETTER = Letter(
    key="t:s:notice:1", to=ADA, kind="notice", day=date(2026, 1, 5), due=NOW, expires=NOW + timedelta(hours=4),
    state=State.SENDING, claims=1, receipt="r0",
)  # fmt: skip


class Here:
    """A platform that ends each request as it is told, and well after that."""

    platform, dedup_window = "here", timedelta(0)

    def __init__(self, *ends: Outcome, changes: bool = True, slow: float = 0.0) -> None:
        self.ends, self.changes, self.slow = list(ends), changes, slow
        self.shown: list[tuple[float, str, str]] = []
        self.found: Sent | Lookup = Lookup.ABSENT

    def bucket(self, to: Sender) -> Bucket:
        return Bucket("hers", 0.01)

    async def send(self, to: Sender, said: Message, *, key: str) -> Outcome:
        return await self._end("sent", said, "r1")

    async def change(self, to: Sender, receipt: str, said: Message) -> Outcome:
        return await self._end(receipt, said, receipt)

    async def _end(self, how: str, said: Message, receipt: str) -> Outcome:
        await asyncio.sleep(self.slow)
        self.shown.append((asyncio.get_running_loop().time(), how, said.blocks[0].text))  # type: ignore[union-attr]
        return self.ends.pop(0) if self.ends else Sent(receipt)

    async def look_up(self, to: Sender, *, key: str, since: datetime) -> Sent | Lookup:
        return self.found


class Places:
    """Gives out places after the same wait, and notes who was told to wait."""

    def __init__(self, wait: float = 0.0) -> None:
        self.wait, self.held = wait, [0.0]

    async def reserve(self, bucket: Bucket) -> float:
        return self.wait

    async def hold(self, bucket: Bucket, seconds: float) -> None:
        self.held.append(seconds)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """A tenth of the pace."""
    monkeypatch.setattr(module, "EDIT_SECONDS", 0.1)


async def grown(
    here: Here, *steps: str, places: Places | None = None, pause: float = 0.03, **more: object
) -> str:
    """Show these, a pause after each; the receipt that is left."""
    async with Growers({"here": here}, places or Places()).growing(ADA, key="k", **more) as shown:  # type: ignore[arg-type]
        for step in steps:
            shown.show(message(step))
            await asyncio.sleep(pause)
    return shown.receipt


async def test_one_message_is_sent_and_then_changed_no_faster_than_its_pace_and_only_to_the_newest():
    here = Here()
    assert await grown(here, *(str(n) for n in range(1, 12))) == "r1"
    said = [text for _, _, text in here.shown]
    assert said == sorted(said, key=int) and said[0] == "1" and 2 < len(said) < 6
    assert [how for _, how, _ in here.shown] == ["sent", *["r1"] * (len(said) - 1)]
    times = [at for at, _, _ in here.shown]
    assert all(later - sooner >= 0.09 for sooner, later in pairwise(times))


async def test_at_the_end_it_waits_for_the_change_under_way_and_makes_no_other():
    here = Here(slow=0.1)
    assert await grown(here, "1", "2", pause=0.01) == "r1"
    assert [text for _, _, text in here.shown] == ["1"]
    await asyncio.sleep(0.3)
    assert len(here.shown) == 1


@pytest.mark.parametrize(
    ("end", "left"),
    [(Limited(7), "r1"), (Rejected("gone"), "r1"), (Refused("away"), "r1"), (Doubtful("?"), "")],
)
async def test_whatever_goes_wrong_ends_it_quietly_and_a_limit_holds_the_bucket(end, left):
    here, places = Here(Sent("r1"), end), Places()
    assert await grown(here, "1", "2", "3", "4", places=places, pause=0.12) == left
    assert [text for _, _, text in here.shown] == ["1", "2"]
    assert places.held[1:] == ([7] if isinstance(end, Limited) else [])


async def test_where_the_bucket_is_full_letters_go_first():
    here = Here()
    assert await grown(here, "1", places=Places(60.0)) == "" and here.shown == []


async def test_where_no_message_can_change_none_is_begun():
    here = Here(changes=False)
    assert await grown(here, "1", "2") == "" and here.shown == []


async def test_one_that_a_dead_process_began_goes_on_and_no_second_one_is_begun():
    here = Here()
    assert await grown(here, "1", since=NOW) == "" and here.shown == []
    here.found = Sent("r9")
    assert await grown(here, "1", since=NOW) == "r9"
    assert [how for _, how, _ in here.shown] == ["r9"]


async def test_a_fault_of_ours_in_it_is_nobody_elses():
    class Broken(Here):
        async def send(self, to: Sender, said: Message, *, key: str) -> Outcome:
            raise ValueError("words of hers")

    assert await grown(Broken(), "1") == ""


async def carried(here: Here, **changed: object) -> tuple[State | None, list[str], str]:
    async def compose(letter: Letter) -> Message:
        return message("All of it.")

    letter = LETTER._replace(**changed)  # type: ignore[arg-type]
    change = await Delivery(compose, {"here": here}, Places(), Tally(), lambda: NOW).carry(letter)
    return change and change.state, [how for _, how, _ in here.shown], change.receipt if change else ""


async def test_the_message_of_its_receipt_becomes_the_letter():
    assert await carried(Here()) == (State.SENT, ["r0"], "r0")
    assert await carried(Here(), receipt="") == (State.SENT, ["sent"], "r1")


async def test_where_that_message_is_gone_the_letter_comes_by_itself():
    assert await carried(Here(Rejected("gone"))) == (State.SENT, ["r0", "sent"], "r1")


async def test_a_change_that_nobody_knows_the_end_of_is_made_again_and_leaves_no_doubt():
    assert await carried(Here(Doubtful("?"))) == (State.READY, ["r0"], "")
    assert await carried(Here(Limited(3))) == (State.READY, ["r0"], "")
    assert await carried(Here(), attempts=MOST_CHANGES) == (State.SENT, ["sent"], "r1")
