"""The plan: today, the week, the phases; missed days never pile up."""

from __future__ import annotations

import re
from datetime import timedelta

from conversations.stage import Stage


def minutes_ahead(shown: str) -> int:
    """Minutes of the days still to come in a week's view."""
    days = re.findall(r"^  (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) .*?(\d+) min(?! done)", shown, re.M)
    return sum(int(m) for m in days)


async def test_the_week_shows_its_minutes_areas_and_days(person: Stage):
    shown = await person.say("/pacer plan")
    assert "Week 1 of 11: foundations" in shown
    assert "System design" in shown
    assert "day off" in shown
    assert 300 <= minutes_ahead(shown) <= 360


async def test_a_missed_day_moves_a_little_and_shows_no_pile(person: Stage):
    await person.say("/pacer checkin good")
    before = minutes_ahead(await person.say("/pacer plan"))
    await person.skip(timedelta(days=1))
    await person.say("/pacer checkin good")
    after = await person.say("/pacer plan")
    assert "moved here" in after
    assert minutes_ahead(after) <= before
    for word in ("overdue", "missed", "behind"):
        assert word not in after


async def test_phases_and_weeks_by_number(person: Stage):
    assert "mocks" in await person.say("/pacer plan phases")
    assert "Week 9 of 11: mocks" in await person.say("/pacer plan 9")
    assert "weeks 1 to 11" in await person.say("/pacer plan 99")
    assert "weeks 1 to 11" in await person.say("/pacer plan banana")


async def test_milestones_can_be_ticked_off(person: Stage):
    await person.say("/pacer settings target 4 weeks")
    shown = await person.say("/pacer plan")
    assert "By the end of it" in shown
    await person.tap("Tick one off")
    first = person.last[-1].message.options[0].label
    assert "Done:" in await person.tap(first)


async def test_done_minutes_show_in_the_week(person: Stage):
    await person.say("/pacer drill")
    shown = await person.say("/pacer done 25 5")
    while "Graded by you" not in shown:
        shown = await person.tap("Yes")
    assert "Logged: 25 minutes at 5 of 10" in shown
    await person.skip(timedelta(days=1))
    assert "25 min done" in await person.say("/pacer plan")


async def test_a_swapped_drill_is_gone_for_today(person: Stage):
    shown = await person.say("/pacer checkin good")
    first = re.search(r"^– (.+?) · ", shown, re.M)[1]
    await person.tap("Swap one")
    assert first not in await person.tap(first)
