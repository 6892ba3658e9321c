"""When somebody says something dark: practice stops, people who can help come first, and quiet follows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conversations.stage import WHO, Stage

DARK = "honestly I just want to die after that rejection"


async def test_help_comes_first_and_everything_else_stops(person: Stage):
    await person.say("/pacer drill")
    shown = await person.say(DARK)
    assert "116" in shown or "0800" in shown
    assert "112" in shown
    assert "practice can wait" in shown
    for line in ("/pacer drill", "/pacer today", "hello", "4"):
        assert "practice can wait" in await person.say(line)
    assert await person.skip(timedelta(days=4)) == ""


async def test_back_starts_again_when_she_wants_it(person: Stage):
    await person.say(DARK)
    assert "gently" in await person.say("/pacer back")
    assert "minutes" in await person.say("/pacer today")


async def test_a_figure_of_speech_is_undone_with_one_tap_and_goes_on_where_it_was(person: Stage):
    await person.say("/pacer drill")
    await person.say("half an answer")
    await person.say(DARK)
    assert "carry on" in await person.tap("I was speaking figuratively, carry on")
    await person.say("the other half")
    async with person.store.work(WHO) as work:
        sitting = await work.practice.current()
    assert sitting is not None
    assert sitting.answer == "half an answer\nthe other half"


async def test_the_words_are_kept_nowhere(person: Stage, tmp_path):
    await person.say(DARK)
    kept = await person.store.unfinished("console")
    assert kept == []


@pytest.mark.parametrize("where", ["/pacer start", "/pacer interview add", "/pacer checkin"])
async def test_the_gate_stands_before_forms_and_commands_too(person: Stage, where: str):
    await person.say(where)
    assert "practice can wait" in await person.say(DARK)
    assert "carry on" in await person.tap("I was speaking figuratively, carry on")
    assert "practice can wait" in await person.say(f"/pacer event {DARK}")


async def test_a_stranger_is_helped_too(stranger: Stage):
    assert "practice can wait" in await stranger.say(DARK)


async def test_distress_gets_one_warm_message_and_an_easy_day(person: Stage):
    await person.say("/pacer checkin full")
    shown = await person.say("I feel completely hopeless about this search")
    assert "Practice is optional today" in shown
    assert "easy day" in await person.say("/pacer today")
    assert "Practice is optional" not in await person.say("I feel completely hopeless about this search")
