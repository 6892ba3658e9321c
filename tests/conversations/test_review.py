"""The weekly review after a week that was really lived, as the terminal shows it."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from conversations.stage import PLACE, WHO, Stage, practise

from adapters.console.render import plain
from bot.chat.message import Audience, Chart, Message, Text
from bot.content.shipped import shipped
from bot.delivery.review import weekly_review
from bot.drills.formats import Format
from bot.drills.model import Sitting
from bot.drills.model import Stage as Step
from bot.today.look import look_at_today
from bot.turn import Turn

BERLIN = ZoneInfo("Europe/Berlin")


def at(on: Stage, day: int, hour: int) -> None:
    """Move the clock to an hour of a day in January; nothing that came due is said."""
    on.now = datetime(2026, 1, day, hour, tzinfo=BERLIN)


async def reviewed(on: Stage) -> Message | None:
    """What the review says now."""
    async with on.store.work(WHO) as work:
        profile = await work.people.profile()
        assert profile is not None
        turn = Turn(
            work=work,
            content=shipped(),
            sender=WHO,
            place=PLACE,
            now=on.now,
            event_id=f"review-{on.now.isoformat()}",
            profile=profile,
            talk=await work.talks.talk(),
        )
        return await weekly_review(turn, profile, await look_at_today(turn, profile))


async def shown(on: Stage) -> str:
    """The review as lines of a terminal."""
    told = await reviewed(on)
    assert told is not None
    return "\n".join(plain(told))


async def lived_week(on: Stage, monday: int = 5) -> None:
    """Monday to Sunday: five days of practice, one of them low after a no, one quiet day, and the day off."""
    days = (
        ("good", (20, "Yes")),
        ("half", (25, "No")),
        ("low", (10, "Partly")),
        ("", ()),
        ("good", (30, "Yes")),
        ("good", (20, "No")),
    )
    for day, (battery, drill) in enumerate(days, monday):
        at(on, day, 9)
        if battery:
            await on.say(f"/pacer checkin {battery}")
            await practise(on, drill[0], drill[1], area="system design")
        if day == monday + 1:
            await on.say("/pacer event reject_onsite")
    at(on, monday + 6, 19)


async def test_a_lived_week_shows_its_days_and_says_what_they_carry(person: Stage):
    await lived_week(person)
    told = await shown(person)
    assert "Seven days, Mon 5 Jan to Sun 11 Jan" in told
    assert re.search(r"Mon  █+·+  20 of \d+ min · battery 70", told)
    assert re.search(r"Thu  ·+  quiet", told)
    assert re.search(r"Sun  ·+  rest, kept", told)
    assert re.search(r"Done: 105 of \d+ minutes, 5 drills, 6 of 7 days in rhythm, rest included\.", told)
    assert "Wednesday was low." in told
    assert re.search(r"System design came out (higher|lower) over 5 drills; that is an early guess\.", told)
    assert re.search(r"Still open: .*(System design)", told)
    assert re.search(
        r"The week ahead: foundations, up to \d+ minutes, about \d+ drills, \d+ of them new\.", told
    )


async def test_the_week_ahead_asks_what_the_plan_shows(person: Stage):
    await lived_week(person)
    ahead = re.search(r"The week ahead: foundations, up to (\d+) minutes", await shown(person))
    assert ahead
    assert f"foundations, {ahead[1]} minutes" in await person.say("/pacer plan 2")


async def test_a_rejection_and_what_was_typed_are_not_repeated(person: Stage):
    await lived_week(person)
    told = await shown(person)
    for word in ("reject", "onsite", "a no ", "missed", "should", "great"):
        assert word not in told.casefold()


async def test_the_review_is_for_her_alone_and_short(person: Stage):
    await lived_week(person)
    told = await reviewed(person)
    assert told is not None
    assert told.audience is Audience.ONLY_YOU
    chart, text = told.blocks
    assert isinstance(chart, Chart)
    assert isinstance(text, Text)
    assert sum(bar.value for bar in chart.bars) == 105
    assert chart.top == 30
    assert len(text.text.split("\n\n")) <= 4


async def test_the_morning_after_looks_back_on_the_same_week_whatever_was_done_since(person: Stage):
    await lived_week(person)
    evening = (await shown(person)).split("\n")
    at(person, 12, 7)
    await practise(person, 20, "Yes", area="system design")
    at(person, 12, 9)
    morning = (await shown(person)).split("\n")
    assert morning[0] == evening[0]
    assert morning[2:9] == evening[2:9]
    assert morning[9:] == evening[9:]


async def test_what_was_left_out_a_week_ago_is_not_told_again(person: Stage):
    await lived_week(person)
    first = re.search(r"Left out: .* Another (\d+) minutes: that time went by", await shown(person))
    await lived_week(person, 12)
    second = re.search(r"Left out: .* Another (\d+) minutes: that time went by", await shown(person))
    at(person, 19, 9)
    plan = await person.say("/pacer plan")
    assert first
    assert second
    told = int(first[1]) + int(second[1])
    in_all = sum(int(m) for m in re.findall(r": (\d+) minutes\. That time went by", plan))
    assert abs(told - in_all) <= 10  # skill has moved between the weeks, and the shares of areas with it


async def test_asking_twice_says_the_same(person: Stage):
    await lived_week(person)
    assert await shown(person) == await shown(person)


async def test_looking_back_on_skill_changes_none(person: Stage):
    await lived_week(person)
    async with person.store.work(WHO) as work:
        before = await work.practice.skills()
    await shown(person)
    async with person.store.work(WHO) as work:
        assert await work.practice.skills() == before


async def test_what_lies_ahead_is_named_with_its_day(person: Stage):
    await lived_week(person)
    await person.say("/pacer interview add Acme screen 14 Jan 14:00")
    await person.say("/pacer break 16 Jan 18 Jan")
    await person.say("/pacer interview add Globex recruiter 11 Jan 9:00")
    told = await shown(person)
    assert "Globex" not in told, "that one is today"
    assert "Screen at Acme on Wed 14 Jan." in told
    assert "Break from Fri 16 Jan to Sun 18 Jan." in told


async def test_the_first_evening_and_a_silent_week_bring_no_review(person: Stage):
    at(person, 5, 19)
    assert await reviewed(person) is None
    at(person, 18, 19)
    assert await reviewed(person) is None


async def test_a_paused_person_hears_no_review(person: Stage):
    await lived_week(person)
    await person.say("/pacer pause")
    assert await reviewed(person) is None


async def test_a_week_away_brings_no_review(person: Stage):
    await lived_week(person)
    await person.say("/pacer break 12 Jan 18 Jan")
    at(person, 18, 19)
    await person.say("/pacer plan")
    assert await reviewed(person) is None


async def test_days_of_a_pause_are_no_days_that_asked(person: Stage):
    at(person, 5, 9)
    await practise(person, 20, "Yes")
    at(person, 6, 9)
    await person.say("/pacer pause")
    at(person, 10, 9)
    await person.say("/pacer back")
    await practise(person, 15, "Yes")
    at(person, 11, 19)
    told = await shown(person)
    assert told.count("paused") == 4 + told.split("\n")[8].count("paused")
    assert "3 of 3 days in rhythm, rest included" in told


async def test_a_drill_put_aside_leaves_no_minutes(person: Stage):
    at(person, 5, 9)
    await practise(person, 20, "Yes")
    await person.say("/pacer drill")
    await person.say("/pacer skip-drill")
    at(person, 11, 19)
    told = await shown(person)
    assert re.search(r"Done: 20 of \d+ minutes, 1 drill,", told)


async def test_a_format_that_clearly_loses_points_is_named_and_only_then(person: Stage):
    await lived_week(person)
    assert "By format" not in await shown(person)
    bank = shipped().bank().drills.values()
    grill = next(d for d in bank if d.format is Format.GRILL)
    code = next(d for d in bank if d.format is Format.CODE_REVIEW)
    async with person.store.work(WHO) as work:
        for number in range(12):
            drill, score = (grill, 0.0) if number < 6 else (code, 1.0)
            done = Sitting(
                f"f{number}", drill.id, drill.area, drill.topic, drill.kind, date(2026, 1, 8), person.now,
                stage=Step.DONE, score=score,
            )  # fmt: skip
            await work.practice.save_sitting(done)
    assert (
        "By format, most is open in grills: about 10 of 10 points over 6 drills in four weeks."
        in await shown(person)
    )
