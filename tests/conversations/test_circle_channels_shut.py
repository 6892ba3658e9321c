"""Channels that shut and open again, on a Slack, a Discord and a terminal: posts wait, admins get one letter a day for each
channel, the other channel goes on, and nothing is doubled when it comes back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from conversations.circle_people import Free
from conversations.group_stage import ON_DISCORD, TTL, Group, Person, group
from conversations.stage import stage

from adapters.console.deliver import TerminalCourier
from bot.chat.inbound import Channel, Sender
from bot.chat.message import Message
from bot.circle.model import WELCOME, Circle, Settings
from bot.circle.noticeboard import Noticeboard
from bot.content.shipped import shipped

__all__ = ["group"]
MONDAY, TUESDAY = "2026-01-05", "2026-01-06"
CLOSED = {
    "kicked out": ("not_in_channel", (403, 50001)),
    "archived": ("is_archived", (403, 50013)),
    "deleted, or made private": ("channel_not_found", (404, 10003)),
}


@pytest.fixture
async def bob(group: Group) -> Person:
    """Somebody on Discord."""
    return await Person(group, "77", ON_DISCORD).joins("Bob")


def shut(group: Group, how: str) -> None:
    group.slack.errors["C1"], group.discord.barred["800"] = CLOSED[how]


def opened(group: Group) -> None:
    group.slack.errors.clear()
    group.discord.barred.clear()


async def heard(group: Group) -> list[str]:
    """Letters about channels that wait for the admin; each is taken once."""
    found = await group.on.store.outbox.claim(now=group.on.now, platforms={"slack", "discord"}, limit=99)
    return [str(letter.message) for letter in found if "I cannot post" in str(letter.message)]


def count(shown: list[str], words: str) -> int:
    return sum(words in text for text in shown)


@pytest.mark.parametrize("how", CLOSED)
async def test_what_waited_comes_once_and_as_it_is_by_then_when_somebody_speaks_there_again(
    group: Group, bob: Person, how: str
):
    ada = group.people["ada"]
    await group.until(f"{MONDAY}T08:00+01:00")
    before = (group.slack.shown("C1"), group.discord.shown("800"))
    shut(group, how)
    await group.until(f"{MONDAY}T10:00+01:00")
    assert len(await heard(group)) == 2, "one for each channel"
    asked = (len(group.slack.posted), len(group.discord.posted))
    await group.until(f"{TUESDAY}T10:00+01:00")
    assert (len(group.slack.posted), len(group.discord.posted)) == asked and await heard(group) == []
    assert (group.slack.shown("C1"), group.discord.shown("800")) == before
    opened(group)
    await group.settle()
    assert (group.slack.shown("C1"), group.discord.shown("800")) == before, "nobody was heard from there"
    await ada.say("/pacer circle who")
    await bob.say("/pacer circle who")
    for _ in range(3):
        await group.settle()
    for shown in (group.slack.shown("C1"), group.discord.shown("800")):
        assert count(shown, "practise together") == 1 and len(shown) == 3
        assert count(shown, "A model answer") == 1, "Monday's drill as it stands on Tuesday"
        assert count(shown, "Reveal at 18:00 on Tuesday") == 1
    assert await heard(group) == []


async def test_while_it_stays_shut_admins_hear_once_a_day_however_often_somebody_speaks_there(
    group: Group, bob: Person
):
    ada = group.people["ada"]
    shut(group, "kicked out")
    await group.until(f"{MONDAY}T10:00+01:00")
    assert len(await heard(group)) == 2
    for _ in range(4):
        await ada.say("/pacer circle who")
        await group.settle()
    assert await heard(group) == []
    await group.until(f"{TUESDAY}T10:00+01:00")
    for _ in range(2):
        await ada.say("/pacer circle who")
        await group.settle()
    assert len(await heard(group)) == 1, "of the channel that was tried again"
    assert group.posts() == [[], []]


async def test_one_shut_channel_does_not_keep_the_other_one_waiting(group: Group, bob: Person):
    group.slack.errors["C1"] = "is_archived"
    await group.until(f"{MONDAY}T10:00+01:00")
    assert [len(shown) for shown in group.posts()] == [0, 1]
    await bob.answers(TTL)
    await group.settle()
    assert "One answer so far." in group.posts()[1][0]
    assert len(await heard(group)) == 1
    group.slack.errors.clear()
    await group.people["ada"].say("/pacer circle who")
    await group.settle()
    assert [len(shown) for shown in group.posts()] == [1, 1]
    assert "One answer so far." in group.posts()[0][0]


async def test_edits_that_a_shut_channel_missed_come_as_one(group: Group, bob: Person):
    ada = group.people["ada"]
    await group.until(f"{MONDAY}T10:00+01:00")
    shut(group, "archived")
    await bob.answers(TTL)
    await group.settle()
    await bob.answers(TTL, "with my name")
    await group.settle()
    assert "answer so far" not in group.posts()[0][0]
    edited = len(group.slack.edited)
    opened(group)
    await ada.say("/pacer circle who")
    await group.settle()
    assert "One answer so far." in group.posts()[0][0] and len(group.slack.edited) == edited + 1


async def test_leaving_while_the_channel_is_shut_is_kept_when_it_opens(group: Group, bob: Person):
    ada = group.people["ada"]
    await bob.say("/pacer win canary")
    await bob.tap(next(label for label in bob.offered() if label.startswith("With my name")))
    await group.settle()
    assert count(group.slack.shown("C1"), "canary") == 1
    shut(group, "kicked out")
    await bob.say("/pacer circle leave")
    await group.settle()
    assert count(group.slack.shown("C1"), "canary") == 1, "nobody can change it there"
    opened(group)
    await ada.say("/pacer circle who")
    await group.settle()
    assert count(group.slack.shown("C1"), "canary") == count(group.slack.shown("C1"), "Bob") == 0


async def test_a_terminal_that_is_not_open_gets_once_what_waited_when_it_is(tmp_path: Path):
    printed: list[Message] = []
    async with stage(tmp_path) as on:

        def board(**couriers: TerminalCourier) -> Noticeboard:
            return Noticeboard(on.store, on.store.posts, couriers, Free(), shipped(), lambda: on.now)

        async with on.store.work(Sender("console", "me")) as work:
            channel = Channel("console", "", "terminal")
            assert await work.circles.create(Circle("c1", "Mine", Settings(), 1), channel, "Ada", now=on.now)
            await work.circles.want("c1", WELCOME)
        for _ in range(3):
            assert await board().drain() == 0
            on.now += timedelta(days=1)
        for _ in range(2):
            await board(console=TerminalCourier(printed.append)).drain()
            on.now += timedelta(minutes=1)
        assert len(printed) == 1 and printed[0].options[0].label == "Join"
