"""Friday's recap: what was practised together, thanks by the names of those who allow it, and never who did not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from conversations.circle_people import Ring
from conversations.stage import Stage as Ground

from bot.circle import news_words as words
from bot.circle.group_model import GroupAnswer, GroupDrill
from bot.circle.model import Circle, Settings
from bot.circle.news_model import Week
from bot.content.shipped import shipped
from bot.drills.formats import Format
from bot.pairing.arranged import Arranged, Part, Seat, Stage
from bot.profile.tracks import AREAS

MONDAY = date(2026, 1, 5)
OWLS = Circle("c", "Night owls", Settings(), 1)
FULL = Week(
    ("coding", "system_design"), ("cards", "drills"), 4, 3, 6, 9, date(2026, 1, 12), "The pulse: middling."
)


def test_from_five_people_up_there_are_counts_and_below_there_are_words():
    told = words.recap(OWLS, FULL, ["Bob", "Ada"], others=True)
    assert told.splitlines() == [
        "**The week of Night owls**",
        "Practised together: coding and system design, as cards and drills, in 4 group drills.",
        "3 mock interviews took place.",
        "Thank you to *Ada*, *Bob* and to others, who interviewed somebody.",
        "Pairs are made again on Monday 12 January.",
        "The pulse: middling.",
    ]
    small = words.recap(OWLS, replace(FULL, people=4, met=2, meetings=1), [], others=False)
    assert not any(c.isdigit() for c in small.replace("12 January", "")), small
    assert "There was mock interviewing." in small and "Thank" not in small


@pytest.fixture
async def ring(stranger: Ground) -> Ring:
    return await Ring(stranger).begin()


async def test_a_week_in_which_nothing_was_practised_together_has_no_recap(ring: Ring):
    await ring.live(timedelta(days=8))
    assert "The week of" not in await ring.look()


async def test_a_name_is_said_with_her_word_and_goes_with_it(ring: Ring):
    bob, carl = await ring.with_people("Bob", "Carl")
    assert "With your yes" in await bob.say("/pacer circle thanks")
    await bob.tap("Yes")
    async with ring.on.store.circle(ring.id) as work:
        people = [m.person_id for m in await work.circles.members(ring.id) if m.name != "Ada"]
        assert await work.circles.recaps.keep(ring.id, date(2026, 1, 5), FULL, people)
        assert not await work.circles.recaps.keep(ring.id, date(2026, 1, 5), Week(), [])
        await work.circles.want(ring.id, "recap", "2026-01-05")
    shown = await ring.look()
    assert "Thank you to Bob and to others" in shown and "Carl" not in shown
    await bob.say("/pacer circle thanks off")
    shown = await ring.look()
    assert "Thank you to those who interviewed somebody." in shown and "Bob" not in shown
    await bob.say("/pacer circle leave")
    await carl.say("/pacer circle leave")
    shown = await ring.look()
    assert "Thank" not in shown and "4 group drills" in shown


def meeting(ring: Ring, people: list[str], met: str) -> Arranged:
    """A mock interview of the week, in which the second one asks the first."""
    at = datetime(2026, 1, 7, 17, tzinfo=UTC)
    seats = tuple(Seat(person, n, met=met) for n, person in enumerate(people))
    parts = (Part(0, 1, Format.DRILL, 45),)
    return Arranged(
        f"m-{met or 'none'}", ring.id, MONDAY, at, Stage.AGREED, seats, parts, 45, (at,), begins=at
    )


async def test_on_friday_it_tells_what_was_answered_and_who_met_once_and_again_next_week(ring: Ring):
    bob, _ = await ring.with_people("Bob", "Carl")
    await bob.say("/pacer circle thanks on")
    drill = next(iter(shipped().bank().listed))
    async with ring.on.store.circle(ring.id) as work:
        ids = {m.name: m.person_id for m in await work.circles.members(ring.id)}
        for day in range(2):
            await work.circles.group.begin(ring.id, GroupDrill(MONDAY + timedelta(days=day), drill.id))
        await work.pairs.keep_meeting(meeting(ring, [ids["Ada"], ids["Bob"]], "yes"))
        await work.pairs.keep_meeting(meeting(ring, [ids["Bob"], ids["Carl"]], ""))
    async with ring.on.store.work(bob.who) as work:
        await work.circles.group.keep(ring.id, MONDAY, GroupAnswer("mine", ()))
    await ring.live(timedelta(days=4, hours=9))
    assert "The week of" not in await ring.look()
    await ring.live(timedelta(hours=3))
    shown = await ring.look()
    assert shown.count("The week of Night owls") == 1 and AREAS[drill.area].lower() in shown
    assert "There was mock interviewing" in shown and "Thank you to Bob for interviewing" in shown
    assert "Carl" not in shown and "Pairs are made again on Monday 12 January" in shown
    await ring.live(timedelta(days=7))
    assert (await ring.look()).count("The week of Night owls") == 1, "nothing was answered in the week after"
