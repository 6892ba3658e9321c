"""A sender waits for its place in the bucket, and whoever wakes late takes a new one."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.chat.inbound import Sender
from bot.chat.message import Message, message
from bot.delivery.deliver import LONGEST_WAIT, MOST_PLACES, Delivery
from bot.delivery.model import Bucket, Letter, Lookup, Outcome, Sent, State
from bot.delivery.post import Tally

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
LETTER = Letter(
    key="t:s:morning:2026-01-05",
    to=Sender("here", "1"),
    kind="morning",
    day=date(2026, 1, 5),
    due=NOW,
    expires=NOW + timedelta(hours=4),
    state=State.SENDING,
    claims=1,
)


class Places:
    """Gives out the waits it was given, in order, and the last for ever."""

    def __init__(self, *waits: float) -> None:
        self.waits, self.taken = list(waits), 0

    async def reserve(self, bucket: Bucket) -> float:
        self.taken += 1
        return self.waits.pop(0) if len(self.waits) > 1 else self.waits[0]

    async def hold(self, bucket: Bucket, seconds: float) -> None:
        raise AssertionError("nobody asked to wait")


class Here:
    platform, dedup_window = "here", timedelta(0)

    def __init__(self) -> None:
        self.sent = 0

    def bucket(self, to: Sender) -> Bucket:
        return Bucket("all", 0.02)

    async def send(self, to: Sender, said: Message, *, key: str) -> Outcome:
        self.sent += 1
        return Sent("1")

    async def look_up(self, to: Sender, *, key: str, since: datetime) -> Sent | Lookup:
        return Lookup.CANNOT_LOOK


async def carry(places: Places) -> tuple[State | None, int]:
    async def compose(letter: Letter) -> Message:
        return message("Morning.")

    here = Here()
    change = await Delivery(compose, {"here": here}, places, Tally(), lambda: NOW).carry(LETTER)
    return change and change.state, here.sent


async def test_a_place_that_is_met_in_time_is_used():
    places = Places(0.01)
    assert await carry(places) == (State.SENT, 1)
    assert places.taken == 1


async def test_who_slept_past_the_place_takes_a_new_one():
    places = Places(0.05, 0.0)
    asyncio.get_running_loop().call_later(0.01, time.sleep, 0.3)
    assert await carry(places) == (State.SENT, 1)
    assert places.taken == 2


async def test_a_place_that_is_far_away_gives_the_letter_back_unsent():
    assert await carry(Places(LONGEST_WAIT + 1)) == (State.READY, 0)


@pytest.mark.parametrize("stalls", [MOST_PLACES])
async def test_a_machine_that_stalls_again_and_again_gives_the_letter_back(stalls: int):
    loop = asyncio.get_running_loop()

    class Stalling(Places):
        async def reserve(self, bucket: Bucket) -> float:
            loop.call_later(0.005, time.sleep, 0.15)
            return await super().reserve(bucket)

    places = Stalling(0.02)
    assert await carry(places) == (State.READY, 0)
    assert places.taken == stalls
