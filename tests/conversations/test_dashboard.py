"""The page that shows how somebody stands: Slack's home tab is drawn from it."""

from __future__ import annotations

from datetime import timedelta

from conversations.stage import WHO, Stage

from adapters.console.render import plain
from bot.chat.inbound import Sender


async def seen(on: Stage, who: Sender = WHO) -> str:
    return "\n".join(plain(await on.coach.dashboard(who, on.now)))


async def test_it_shows_today_and_why_the_week_and_what_can_be_done(person: Stage):
    page = await seen(person)
    assert "min" in page
    assert "This week" in page
    for label in ("Start", "Check in", "This week", "Rest instead"):
        assert label in page


async def test_after_a_check_in_it_does_not_ask_for_one(person: Stage):
    await person.say("/pacer checkin half")
    assert "Check in" not in await seen(person)


async def test_the_next_interview_stands_there_with_its_day(person: Stage):
    await person.say("/pacer interview add Acme onsite 20 January")
    page = await seen(person)
    assert "Next interview" in page
    assert "Acme" in page
    assert "in 15 days" in page


async def test_a_rest_day_is_in_rhythm_and_nothing_is_called_lost(person: Stage):
    for _ in range(4):
        await person.say("/pacer rest")
        await person.skip(timedelta(days=1))
    page = await seen(person)
    assert "4 of the last 4; rest counts" in page
    assert "lost" not in page


async def test_looking_at_the_page_makes_nobody_known(stranger: Stage):
    assert "Set me up" in await seen(stranger, Sender("slack", "U9", "T1"))
    async with stranger.store.work(Sender("slack", "U9", "T1")) as work:
        assert not work.known


async def test_who_asked_to_be_left_alone_sees_that_and_nothing_asked(person: Stage):
    await person.say("/pacer pause")
    page = await seen(person)
    assert "/pacer back" in page
    assert "min" not in page


async def test_after_words_of_danger_it_shows_the_helplines_alone(person: Stage):
    await person.say("I want to kill myself")
    page = await seen(person)
    assert "Start" not in page
    assert "Telefonseelsorge" in page or "112" in page or "helpline" in page.casefold()
