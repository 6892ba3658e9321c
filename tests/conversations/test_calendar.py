"""Interviews, breaks and companies bend the plan."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conversations.stage import Stage


async def test_an_onsite_shortens_the_days_before_and_the_day_itself_asks_nothing_new(person: Stage):
    assert "Booked: onsite at Acme Corp" in await person.say(
        "/pacer interview add Acme Corp onsite friday 14:00"
    )
    week = await person.say("/pacer plan")
    assert "interview ahead" in week
    await person.skip(timedelta(days=3, hours=2))
    assert "Acme Corp today" in await person.skip(timedelta(hours=24))
    assert await person.skip(timedelta(hours=24)) == ""


async def test_interviews_are_listed_and_taken_out(person: Stage):
    await person.say("/pacer interview add Acme screen 3 Feb")
    await person.say("/pacer interview add Zeta onsite 10 Feb 9:30")
    shown = await person.say("/pacer interview list")
    assert "onsite at Zeta, Tue 10 Feb, 09:30" in shown
    assert "Taken out: screen at Acme" in await person.say("/pacer interview remove 1")
    await person.say("/pacer interview remove")
    assert "Taken out" in await person.tap("onsite at Zeta, Tue 10 Feb, 09:30")
    assert "No interviews ahead" in await person.say("/pacer interview list")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("interview add Acme onsite 2020-01-01", "in the past"),
        ("interview add Acme onsite someday", "A day looks like"),
        ("interview add Acme picnic friday", "Acme picnic friday"),
        ("interview add Acme onsite 2031-01-01", "more than a year"),
        ("interview remove 7", "no interview"),
        ("break 5 Feb 1 Feb", "last day is before the first"),
        ("break 5 Feb 5 Aug", "at most 60 days"),
        ("break yesterday tomorrow", "first and last day"),
        ("break 2020-01-01 2020-01-05", "in the past"),
    ],
)
async def test_impossible_days_are_answered_kindly(person: Stage, line: str, answer: str):
    shown = await person.say(f"/pacer {line}")
    assert answer.lower() in shown.lower() or "What kind?" in shown


async def test_missing_words_open_the_form_with_what_is_known(person: Stage):
    assert "With whom?" in await person.say("/pacer interview add")
    await person.say("Acme")
    await person.say("onsite")
    assert "A day looks like" in await person.say("banana")
    assert "Booked" in await person.say("friday")


async def test_a_break_is_silent_and_the_return_is_gentle(person: Stage):
    assert "Off from Thu 8 Jan to Sun 11 Jan" in await person.say("/pacer break 8 Jan 11 Jan")
    assert "break ahead" in await person.say("/pacer plan")
    await person.skip(timedelta(days=1, hours=2))
    assert "Your break starts tomorrow" in await person.skip(timedelta(days=1))
    assert await person.skip(timedelta(days=4)) == ""
    assert "How is the battery?" in await person.skip(timedelta(days=1))
    assert "back from a break" in (await person.say("/pacer checkin good")) + await person.say("/pacer why")


async def test_companies_come_weakest_stakes_first_and_dreams_wait(person: Stage):
    await person.say("/pacer company add Dreamworks dream")
    await person.say("/pacer company add Halden practice")
    shown = await person.say("/pacer plan companies")
    assert shown.index("Halden") < shown.index("Dreamworks")
    assert "Wait a while" in shown
    assert "Taken out" in await person.say("/pacer company remove halden")
    assert "no such company" in await person.say("/pacer company remove halden")
