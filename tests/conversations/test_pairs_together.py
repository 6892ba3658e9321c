"""Pairs on Slack: one message that both read, with the real courier against a Slack on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from conversations.meeting import Circle, Somebody
from conversations.stage import Stage
from sqlalchemy import text
from wire.slack_server import SlackServer

from adapters.slack.deliver import SlackCourier
from bot.circle.noticeboard import Noticeboard
from bot.content.shipped import shipped
from bot.delivery.limiter import LocalLimiter
from storage.accounts import forget

TIME = "Tue 13 Jan, 18:00"


class Together(Circle):
    """A circle on Slack, with what stands in its people's group messages."""

    def __init__(self, on: Stage, slack: SlackServer) -> None:
        super().__init__(on, "slack")
        self.slack, self.seconds = slack, 0.0
        self.courier = SlackCourier("t", slack.url, timeout=0.5)
        limiter = LocalLimiter(lambda: self.seconds)
        couriers = {"slack": self.courier}
        self.board = Noticeboard(on.store, on.store.posts, couriers, limiter, shipped(), lambda: on.now)

    async def look(self) -> dict[str, list[str]]:
        """What stands in each group message a little later, by who reads it."""
        for _ in range(4):
            self.seconds += 10
            self.on.now += timedelta(seconds=10)
            await self.board.drain()
            await self.tick()
        groups = sorted(room for room in self.slack.rooms if room.startswith("G"))
        return {room.removeprefix("G"): self.slack.shown(room) for room in groups}


@pytest.fixture
async def owls(stranger: Stage) -> AsyncIterator[Together]:
    stranger.now += timedelta(days=1)
    async with SlackServer() as slack:
        made = Together(stranger, slack)
        yield made
        await made.courier.close()


def proposals(one: Somebody) -> list[str]:
    """Letters of hers that propose times."""
    return [str(m) for m in one.letters() if "mock interview with" in str(m) and "Too tired" in str(m)]


async def test_both_read_one_message_and_what_one_answers_the_other_learns_only_when_it_suits(owls: Together):
    ada, bob = await owls.matched("Ada", "Bob")
    (stands,) = (await owls.look())["UAda.UBob"]
    assert "Ada and Bob, this week: a mock interview together, 90 minutes" in stands
    assert all(label in stands for label in (TIME, "Thu 15 Jan", "Sat 17 Jan", "None of these", "Too tired"))
    assert not proposals(ada) and not proposals(bob), "nobody is asked twice"
    key = f"1:pair:time:{(await owls.meetings())[0].id}:0"
    assert "Noted" in await ada.press(key)
    assert await owls.look() == {"UAda.UBob": [stands]}, "what Ada picked is not to be seen"
    assert "18:00 it is" in await bob.press(key)
    (stands,) = (await owls.look())["UAda.UBob"]
    assert f"Ada and Bob: {TIME}." in stands and "Thu" not in stands and "I cannot make it" in stands
    for one in (ada, bob):
        news = one.news()
        assert "Your half:" in news and "You interview:" in news
        assert "DTSTART:20260113T170000Z" in one.files()[0].content
    await owls.until("2026-01-13T18:30+01:00")
    await owls.until("2026-01-13T21:00+01:00")
    assert "Did you meet?" in ada.news()
    await ada.tap("Yes")
    (stands,) = (await owls.look())["UAda.UBob"]
    assert "I cannot make it" not in stands


async def test_a_tap_on_too_tired_takes_it_away_for_all_and_the_other_two_meet_anew(owls: Together):
    _, _, cleo = await owls.matched("Ada", "Bob", "Cleo")
    ((readers, (stands,)),) = (await owls.look()).items()
    assert readers == "UAda.UBob.UCleo" and "Ada, Bob and Cleo" in stands
    await cleo.press(f"1:pair:tired:{(await owls.meetings())[0].id}")
    found = await owls.look()
    assert "does not take place" in found.pop("UAda.UBob.UCleo")[0]
    assert "Ada and Bob" in found["UAda.UBob"][0]


async def test_who_is_forgotten_leaves_no_account_and_no_name_behind(owls: Together):
    ada, _ = await owls.matched("Ada", "Bob")
    await owls.look()
    async with owls.on.store.engine.connect() as connection:
        rows = (await connection.execute(text("SELECT channel FROM circle_post WHERE kind = 'pair'"))).all()
    assert rows and not any("UAda" in channel for (channel,) in rows)
    async with owls.on.store.work(ada.who) as work:
        await forget(work._session, work._sealer, work.circles.me, now=owls.on.now)
    (stands,) = (await owls.look())["UAda.UBob"]
    assert "does not take place" in stands and "Ada" not in stands


@pytest.mark.parametrize("how", ["Slack lets nobody be brought together", "nobody knows whether it arrived"])
async def test_where_it_cannot_be_said_together_each_is_asked_by_herself_once(owls: Together, how: str):
    people = await owls.begins("Ada", "Bob")
    for one in people:
        await one.asks()
    if how.startswith("Slack"):
        owls.slack.group_messages = False
    else:
        owls.slack.fail_next(2, "slow", delay=1.0)  # the post about the week is the other one
        owls.slack.fail_next(9, "500", place="history")
    await owls.until("2026-01-12T09:30+01:00")
    for _ in range(3):
        await owls.look()
    ada, bob = people
    assert len(proposals(ada)) == len(proposals(bob)) == 1
    ada.last = bob.last = ()
    assert "Noted" in await ada.tap(TIME)
    assert "18:00 it is" in await bob.tap(TIME)


async def test_who_live_on_two_clocks_read_both(owls: Together):
    (ada,) = await owls.begins("Ada")
    bob = Somebody(owls, "Bob")
    await owls.joins(bob, "Europe/London")
    await ada.asks("tue 18-20, thu 18-20")
    await bob.asks("tue 17-19, thu 17-19")
    await owls.until("2026-01-12T09:30+01:00")
    (stands,) = (await owls.look())["UAda.UBob"]
    assert "Tue 13 Jan, 18:00 (Berlin) / Tue 13 Jan, 17:00 (London)" in stands


async def test_where_it_is_night_for_one_of_them_letters_wait_for_the_morning_instead(owls: Together):
    (ada,) = await owls.begins("Ada")
    bob = Somebody(owls, "Bob")
    await owls.joins(bob, "America/Los_Angeles")
    await ada.asks("tue 18-20, thu 18-20")
    await bob.asks("tue 9-11, thu 9-11")
    await owls.until("2026-01-12T09:30+01:00")
    assert await owls.look() == {} and len(proposals(ada)) == 1 and proposals(bob) == []
    await owls.until("2026-01-12T18:30+01:00")
    assert len(proposals(bob)) == 1
