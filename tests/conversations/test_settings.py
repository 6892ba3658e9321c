"""Settings: every answer can be changed later, and the plan follows."""

from __future__ import annotations

from conversations.stage import Stage, set_up


async def test_a_budget_that_pacing_would_cut_is_challenged_kindly(stranger: Stage):
    await set_up(stranger, answer_3="40", answer_4="120", answer_5="40")
    shown = stranger.shown()
    assert "beside a full week of work" in shown
    assert "Make it 10 hours" in shown
    assert "10 hours it is" in await stranger.tap("Make it 10 hours")
    assert (
        "hours   10" in " ".join((await stranger.say("/pacer settings")).split("  "))
        or "10" in stranger.shown()
    )


async def test_keeping_a_large_budget_is_accepted(stranger: Stage):
    await set_up(stranger, answer_3="40", answer_4="120", answer_5="40")
    assert "Your call" in await stranger.tap("Keep 40 hours")


async def test_one_setting_changes_the_plan(person: Stage):
    assert "of 11" in await person.say("/pacer plan")
    assert "Changed" in await person.say("/pacer settings target 4 weeks")
    assert "of 4" in await person.say("/pacer plan")
    assert "resume" in (await person.say("/pacer plan 1")).lower()


async def test_nonsense_for_a_setting_changes_nothing(person: Stage):
    before = await person.say("/pacer settings")
    for line in (
        "city 🙂",
        "hours 400",
        "morning 25:00",
        "quiet 9",
        "rest someday",
        "country Atlantis",
        "level heroic",
    ):
        answer = await person.say(f"/pacer settings {line}")
        assert "Changed" not in answer
        assert answer.strip()
    assert "I do not know that setting" in await person.say("/pacer settings shoe 43")
    assert await person.say("/pacer settings") == before


async def test_ratings_take_one_tap_each_and_can_be_skipped(person: Stage):
    shown = await person.say("/pacer settings ratings")
    for _ in range(5):
        assert "1 is new to it" in shown
        shown = await person.tap("2") if "Coding" in shown else await person.tap("Skip")
    assert "The plan leans on that" in shown
    async with person.store.work(person_sender()) as work:
        assert (await work.people.profile()).ratings == {"coding": 2}


def person_sender():
    from conversations.stage import WHO

    return WHO


async def test_a_group_of_settings_is_a_form_that_keeps_what_is_known(person: Stage):
    await person.say("/pacer settings")
    assert "Enter keeps Europe/Berlin" in await person.tap("City and times")
    for line in ("Tokyo", "", "", "", ""):
        shown = await person.say(line)
    assert "Changed" in shown
    assert "Asia/Tokyo" in await person.say("/pacer settings")
    assert "JP" in person.shown()


async def test_a_morning_inside_quiet_hours_is_pointed_out(person: Stage):
    assert "quiet hours" in await person.say("/pacer settings morning 6:00")
    assert "quiet hours" not in await person.say("/pacer settings quiet 22:00-5:00")
