"""A circle of one: a whole week in it is sensible and kind, promises nothing that needs others, and counts nobody."""

from __future__ import annotations

import random
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from conversations.circle_people import ROOM, Ring
from conversations.group_stage import DRILL, TTL, content
from conversations.stage import stage
from unit.pairing.circle_weeks import person

from bot.pace.model import Checkin
from bot.pace.ports import DayEntry
from bot.pairing.arranged import Asked, Asking

DRILLS = tuple(replace(DRILL, id=f"alone-{n}", title=f"Cache number {n}") for n in range(20))
COUNTED = re.compile(
    r"\b(?:0|1|no|zero|one) (?:people|members?|persons?|others?)\b|\bNone\b|[{}]|\b1 answers\b|\b0 ",
    re.IGNORECASE,
)
"""What says a sentence that was made for more of them, or for a value that is not there."""
MONDAY = date(2026, 1, 12)


@pytest.fixture
async def alone(tmp_path: Path) -> AsyncIterator[Ring]:
    async with stage(tmp_path, content=content(*DRILLS)) as on:
        yield await Ring(on, content(*DRILLS)).begin()


def kind(*said: str) -> None:
    """Nothing counts her, and nothing speaks of people who are not there."""
    for text in said:
        assert text and not COUNTED.search(text), text
        assert "nobody answered" not in text.casefold() and "only you" not in text.casefold(), text


async def answers_and_shares(alone: Ring) -> str:
    """The drill of this day, with her name; what she is told at last."""
    await alone.ada.press(f"1:group:answer:{alone.id}:{alone.on.now.date()}")
    await alone.ada.say(TTL)
    said = await alone.ada.say("10")
    kind(said)
    return await alone.ada.tap("Share: with my name")


async def test_the_drill_counts_her_answer_and_its_reveal_puts_nobody_on_a_stage(alone: Ring):
    await alone.live(timedelta(hours=3))
    kind(await alone.look())
    kind(await answers_and_shares(alone))
    shown = await alone.look()
    assert "One answer so far." in shown
    await alone.live(timedelta(hours=9))
    shown = await alone.look()
    kind(shown)
    assert "A model answer" in shown and "To argue about" in shown
    assert "What landed" not in shown and "Ada" not in shown


async def test_the_week_has_a_recap_in_words_and_one_without_answers_has_none(alone: Ring):
    await alone.live(timedelta(hours=3))
    await answers_and_shares(alone)
    await alone.live(timedelta(days=4, hours=9))
    shown = await alone.look()
    kind(shown)
    recap = shown[shown.index("The week of Night owls") :]
    assert "Practised together: system design, as cards." in recap and "Thank" not in recap
    assert "Pairs are made again on Monday 12 January." in recap and not re.search(r"\d group", recap)
    await alone.live(timedelta(days=7))
    assert (await alone.look()).count("The week of") == 1


async def test_whoever_asks_for_somebody_hears_kindly_that_nobody_else_did_and_the_channel_hears_nothing(
    alone: Ring,
):
    async with alone.on.store.work(alone.ada.who) as work:
        wish = replace(person(random.Random(1), 1), person=work.circles.me)
        await work.pairs.keep_asked(alone.id, [Asked(wish.person, MONDAY, Asking.WANTS, wish)])
    await alone.letters(alone.ada)
    await alone.live(timedelta(days=7, hours=4))
    (told,) = await alone.letters(alone.ada)
    kind(told)
    assert "You are the first to ask" in told and "Drill on my own" in told
    assert "put together" not in await alone.look()
    standing = await alone.ada.say("/pacer circle pair")
    kind(standing)


async def test_the_pulse_says_nothing_of_one(alone: Ring):
    assert "from five people up" in await alone.ada.say("/pacer circle settings pulse on")
    kind(await alone.ada.tap("Take part"))
    for day in range(5, 19):
        async with alone.on.store.work(alone.ada.who) as work:
            await work.diary.save_day(DayEntry(date(2026, 1, day), checkin=Checkin(battery=20)))
    await alone.live(timedelta(days=15))
    shown = await alone.look()
    kind(shown)
    assert "pulse" not in shown


async def test_company_is_asked_shown_and_closed_without_a_word_on_who_is_not_there(alone: Ring):
    kind(await alone.ada.say("/pacer circle company"))
    kind(await alone.ada.tap("Coffee"))
    shown = await alone.look()
    kind(shown)
    assert "Ada asks: Coffee and no shop talk, anyone?" in shown
    posts = alone.wall.stands[ROOM].values()
    told = await alone.ada.press(next(o.key for m in posts for o in m.options if o.label == "I am in"))
    assert "Nobody so far. It is open until" in told
    await alone.live(timedelta(days=1, minutes=1))
    shown = await alone.look()
    kind(shown)
    assert "asked for company. That is closed now." in shown
    assert not [text for text in await alone.letters(alone.ada) if "company" in text]


async def test_board_thanks_names_and_lists(alone: Ring):
    await alone.ada.say("/pacer circle settings board on")
    for command in (
        "board on", "board", "thanks on", "thanks", "who", "name", "settings", "log", "posts", "drills", "pair",
        "company close", "win", "board off",
    ):  # fmt: skip
        kind(await alone.ada.say(f"/pacer circle {command}"))
    assert await alone.ada.say("/pacer circle who") == "Night owls\nAda (admin)."
    assert "Days in rhythm" not in await alone.look()
