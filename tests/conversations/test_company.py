"""Somebody who practises alone for long is asked, now and then, whether there is anybody to call."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from conversations.stage import WHO, Stage
from conversations.stage import practise as do_drill

from bot.chat.inbound import Channel
from bot.circle.model import Circle, Settings

ASKS = "on your own"
CIRCLE = "Ask the circle for company"


async def until_asked(on: Stage, days: int = 40) -> str:
    """The morning on which the word comes, after days of practice on which she said nothing of anybody."""
    for _ in range(days):
        morning = await on.skip(timedelta(hours=2))
        if ASKS in morning:
            return morning
        await on.say("/pacer checkin 70")
        await do_drill(on, 20, "Yes")
        await on.skip(timedelta(hours=21, minutes=40))
    return ""


async def join_a_circle(on: Stage) -> None:
    async with on.store.work(WHO) as work:
        circle = Circle("study", "Study group", Settings(), 0)
        assert await work.circles.create(circle, Channel("console", "", "terminal"), "Mira", now=on.now)


async def test_after_two_weeks_alone_the_mornings_one_message_is_a_concrete_word(person: Stage) -> None:
    began: datetime = person.now
    shown = await until_asked(person)
    assert person.now - began >= timedelta(days=14)
    assert "somebody you could call today, or take a walk with" in shown
    assert "battery?" not in shown
    assert CIRCLE not in shown, "she is in none"
    answered = await person.tap("I will")
    assert answered.startswith("Good. That comes before any drill.")
    assert "How is the battery?" in answered


async def test_whoever_is_in_a_circle_can_ask_it_from_there(person: Stage) -> None:
    await join_a_circle(person)
    assert CIRCLE in await until_asked(person)
    assert "what shall i ask" in (await person.tap(CIRCLE)).casefold()


async def test_a_day_with_people_in_each_fortnight_keeps_it_still(person: Stage) -> None:
    for day in range(22):
        if day in (2, 12):
            async with person.store.work(WHO) as work:
                entry = await work.diary.day(person.now.astimezone(UTC).date())
                await work.diary.save_day(replace(entry, company=True))
        assert await until_asked(person, 1) == "", day
