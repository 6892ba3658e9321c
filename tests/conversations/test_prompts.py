"""What Pacer says by itself, and when it rather does not."""

from __future__ import annotations

from datetime import timedelta

from conversations.stage import Stage


async def test_the_morning_asks_one_question_at_her_hour(person: Stage):
    shown = await person.skip(timedelta(days=1))
    assert shown.count("How is the battery?") == 1


async def test_the_evening_asks_only_if_something_was_started(person: Stage):
    await person.say("/pacer checkin good")
    assert await person.skip(timedelta(hours=14)) == ""
    await person.skip(timedelta(hours=11))
    await person.say("/pacer drill")
    assert "How hard was that" in await person.skip(timedelta(hours=13))


async def test_after_three_silent_days_one_gentle_line_and_then_quiet(person: Stage):
    mornings = [await person.skip(timedelta(days=1)) for _ in range(7)]
    assert "How is the battery?" in mornings[1]
    assert sum("quiet, and that is fine" in m for m in mornings) == 1
    assert mornings[-1] == ""


async def test_the_day_off_brings_at_most_one_idea_and_none_if_unwanted(person: Stage):
    await person.skip(timedelta(days=5, hours=2))
    await person.say("hello")
    assert "Rest day." in await person.skip(timedelta(days=1))
    await person.say("/pacer settings nudges no")
    await person.skip(timedelta(days=6))
    await person.say("hello")
    assert await person.skip(timedelta(days=1)) == ""


async def test_a_person_who_opted_out_is_never_asked_for_her_battery(person: Stage):
    await person.say("/pacer settings checkins no")
    shown = await person.skip(timedelta(days=1))
    assert "How is the battery?" not in shown
    assert "minutes" in shown


async def test_a_prompt_comes_once_even_if_its_time_comes_twice(person: Stage):
    shown = await person.skip(timedelta(days=1))
    assert shown
    person.now -= timedelta(days=1)
    assert await person.skip(timedelta(days=1)) == ""
