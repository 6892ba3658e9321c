"""Suggested first words: sensible now, few, and each does as a typed line what its title says."""

from __future__ import annotations

import pytest
from conversations.stage import WHO, Stage

from bot.chat.inbound import Sender

LOST = "I did not"


async def titles(on: Stage, who: Sender = WHO) -> list[str]:
    return [s.title for s in await on.coach.suggestions(who, on.now)]


async def lines(on: Stage) -> list[str]:
    return [s.line for s in await on.coach.suggestions(WHO, on.now)]


async def test_a_morning_suggests_the_drill_the_battery_the_plan_and_why(person: Stage):
    expected = ["Today's drill", "How is the battery?", "This week's plan", "Why is today like this?"]
    assert await titles(person) == expected


async def test_after_the_check_in_nobody_is_asked_for_it_again(person: Stage):
    await person.say("/pacer checkin half")
    assert await titles(person) == ["Today's drill", "This week's plan", "Why is today like this?"]


async def test_on_a_day_of_rest_none_of_them_asks_for_work(person: Stage):
    await person.say("/pacer rest")
    assert "drill" not in await lines(person)
    assert (await titles(person))[0] == "What does today ask?"


async def test_while_a_drill_is_open_they_are_no_part_of_the_answer(person: Stage):
    await person.say("/pacer drill")
    assert await lines(person) == ["Hint", "Done", "Put aside"]
    assert "Hint 1" in await person.say((await lines(person))[0])
    assert "model answer" in await person.say((await lines(person))[1])


async def test_who_looks_for_the_first_time_can_be_set_up_and_stays_unknown(stranger: Stage):
    who = Sender("slack", "U9", "T1")
    assert await titles(stranger, who) == ["Set me up", "What can I say?"]
    async with stranger.store.work(who) as work:
        assert not work.known


async def test_who_is_on_a_break_can_come_back(person: Stage):
    await person.say("/pacer pause")
    assert (await titles(person))[0] == "I am back"
    assert "Good to have you" in await person.say((await lines(person))[0])


async def test_after_words_of_danger_none_of_them_is_about_practice(person: Stage):
    await person.say("I want to kill myself")
    assert await titles(person) == ["Who can I talk to?"]
    assert "practice can wait" in (await person.say((await lines(person))[0])).casefold()


@pytest.mark.parametrize(
    "before",
    [
        (),
        ("/pacer checkin",),
        ("/pacer checkin full",),
        ("/pacer rest",),
        ("/pacer pause",),
        ("/pacer drill",),
        ("/pacer drill", "an answer"),
        ("/pacer drill", "done"),
        ("/pacer drill", "done", "Put aside"),
        ("/pacer interview add",),
        ("/pacer help",),
        ("/pacer event",),
        ("what is this",),
    ],
)
async def test_each_of_them_is_understood_wherever_the_conversation_stands(person: Stage, before):
    for line in before:
        await person.say(line)
    found = await person.coach.suggestions(WHO, person.now)
    assert 1 <= len(found) <= 4
    assert len({s.line for s in found}) == len(found)
    for one in found:
        if one in await person.coach.suggestions(WHO, person.now):
            assert LOST not in await person.say(one.line), one
