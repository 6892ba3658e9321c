"""Habits as one works on them: three at most, one tap a day, rest counts, and nothing is counted without her."""

from __future__ import annotations

from datetime import timedelta

from conversations.stage import WHO, Stage


async def take_up(on: Stage, *names: str) -> None:
    await on.say("/pacer habit list")
    for name in names:
        await on.tap(name)


async def test_nothing_is_chosen_for_her(person: Stage):
    shown = await person.say("/pacer habit")
    assert "You work on no habit right now." in shown
    assert shown.count("·") == 9
    assert "This week" not in shown


async def test_three_at_a_time_are_enough(person: Stage):
    await take_up(person, "Pause", "Slow down", "Explain aloud")
    assert "3 at a time are enough" in await person.tap("Record myself")
    await person.tap("✓ Pause")
    assert "● Record myself" in await person.tap("Record myself")


async def test_one_tap_is_today_and_another_takes_it_back(person: Stage):
    await take_up(person, "Pause", "Slow down")
    shown = await person.tap("This week")
    assert "in rhythm" not in shown
    shown = await person.tap("Pause")
    assert "Pause      ●   1 of 1 in rhythm" in shown
    assert "Slow down  ·\n" in shown
    shown = await person.tap("✓ Pause")
    assert "●   1" not in shown


async def test_a_note_stays_with_its_day(person: Stage):
    await take_up(person, "Pause")
    shown = await person.say("/pacer habit pause: before the design question")
    assert "Noted on Monday, pause: “before the design question”" in shown
    await person.tap("✓ Pause")
    assert "Noted" not in await person.say("/pacer habit")


async def test_a_second_tap_leaves_the_note_as_it_is(person: Stage):
    await take_up(person, "Pause")
    await person.say("/pacer habit pause counted to three")
    assert "counted to three" in await person.say("/pacer habit pause")


async def test_a_week_shows_rest_as_something_that_counts_and_no_streak(person: Stage):
    await take_up(person, "Pause")
    await person.say("/pacer habit pause")
    person.now += timedelta(days=6)
    shown = await person.say("/pacer habit")
    assert "Pause  ● · · · · · ○   2 of 7 in rhythm" in shown
    for word in ("streak", "missed", "in a row"):
        assert word not in shown.casefold()
    person.now += timedelta(days=1)
    assert "Pause  ·\n" in await person.say("/pacer habit")


async def test_a_habit_she_does_not_work_on_is_offered_and_not_assumed(person: Stage):
    await take_up(person, "Pause")
    shown = await person.say("/pacer habit slow down: I spoke slower")
    assert "not one you work on right now" in shown
    assert "Slow down" not in await person.say("/pacer habit")
    await person.say("/pacer habit slow down")
    assert "● Slow down" in await person.tap("Take it up")


async def test_what_a_drill_shows_is_offered_and_counts_with_a_tap(person: Stage):
    await take_up(person, "Close with a summary")
    await person.say("/pacer drill system design")
    await person.say("I would put a cache before the store, because readers repeat.")
    await person.say("So in short, the cache is the choice and a stale read is the risk left.")
    shown = await finished(person)
    assert "You closed with a summary. With one tap it counts" in shown
    assert "Close with a summary  ·" in await person.say("/pacer habit")
    assert "A tap on Close with a summary counts it." in person.shown()
    assert "●   1 of 1 in rhythm" in await person.tap("Close with a summary")
    assert "counts it" not in await person.say("/pacer habit")


async def test_a_drill_offers_nothing_to_somebody_without_habits(person: Stage):
    await person.say("/pacer drill system design")
    await person.say("A cache before the store. So in short, the cache is the choice.")
    assert "With one tap" not in await finished(person)


async def test_only_her_own_habits_are_offered_and_none_twice(person: Stage):
    await take_up(person, "Pause")
    told = "A cache before the store, since readers repeat. So in short, the cache is the choice."
    await person.say("/pacer drill system design")
    await person.say(told)
    assert "With one tap" not in await finished(person)
    await take_up(person, "Close with a summary")
    await person.say("/pacer drill coding")
    await person.say(told)
    assert "With one tap" in await finished(person)
    await person.tap("Count: Close with a summary")
    await person.say("/pacer drill behavioral")
    await person.say(told)
    assert "With one tap" not in await finished(person)


async def finished(on: Stage) -> str:
    """From *done* to the log, points left to her judged alike."""
    shown = await on.say("/pacer done 20 5")
    while "Logged" not in shown:
        labels = {o.label for e in on.last for o in e.message.options}  # type: ignore[union-attr]
        shown = await on.tap("Good" if "Good" in labels else "Partly")
    return shown


async def test_what_is_no_habit_names_those_there_are(person: Stage):
    shown = await person.say("/pacer habit juggling")
    assert "I did not get that habit" in shown
    assert "explain aloud" in shown


async def test_a_button_of_a_habit_let_go_changes_nothing(person: Stage):
    await take_up(person, "Pause")
    await person.tap("This week")
    week = person.last
    await person.say("/pacer habit list")
    await person.tap("✓ Pause")
    person.last = week
    assert "not one you work on" in await person.tap("Pause")
    async with person.store.work(WHO) as work:
        assert await work.habits.kept(person.now.date(), person.now.date()) == []
