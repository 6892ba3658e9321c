"""Friday's recap: what was practised together, thanks by the names of those who allow it, and never who did not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from conversations.circle_people import Ring
from conversations.stage import Stage as Ground

from bot.circle import news_words as words
from bot.circle.group_model import GroupAnswer, GroupDrill
from bot.circle.handlers import times_of
from bot.circle.model import Circle, Settings
from bot.circle.news_model import Week
from bot.content.shipped import shipped
from bot.drills.formats import Format
from bot.pairing.arranged import Arranged, Met, Part, Seat, Stage
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
        by_name = {
            m.person_id: m.name == "Bob" for m in await work.circles.members(ring.id) if m.name != "Ada"
        }
        assert await work.circles.recaps.keep(ring.id, date(2026, 1, 5), FULL, by_name)
        assert not await work.circles.recaps.keep(ring.id, date(2026, 1, 5), Week(), {})
        await work.circles.want(ring.id, "recap", "2026-01-05")
    shown = await ring.look()
    assert "Thank you to Bob and to others" in shown and "Carl" not in shown
    await bob.say("/pacer circle thanks off")
    shown = await ring.look()
    assert "Thank you to those who interviewed somebody." in shown and "Bob" not in shown
    await bob.say("/pacer circle thanks on")
    await carl.say("/pacer circle thanks on")
    await ring.ada.say("/pacer circle name Abe")
    shown = await ring.look()
    assert "Bob" not in shown and "Carl" not in shown, "a yes is for the weeks that come"
    await bob.say("/pacer circle leave")
    await carl.say("/pacer circle leave")
    shown = await ring.look()
    assert "Thank" not in shown and "4 group drills" in shown


def meeting(ring: Ring, people: list[str], *met: str, day: int = 7, name: str = "m") -> Arranged:
    """A mock interview of the week, in which the second one asks the first; what each says of it afterwards."""
    at = datetime(2026, 1, day, 17, tzinfo=UTC)
    seats = tuple(
        Seat(person, n, met=Met(said)) for n, (person, said) in enumerate(zip(people, met, strict=True))
    )
    parts = (Part(0, 1, Format.DRILL, 45),)
    return Arranged(name, ring.id, MONDAY, at, Stage.AGREED, seats, parts, 45, (at,), begins=at)


async def test_on_friday_it_tells_what_was_answered_and_who_met_once_and_again_next_week(ring: Ring):
    bob, _ = await ring.with_people("Bob", "Carl")
    await bob.say("/pacer circle thanks on")
    drill = next(iter(shipped().bank().listed))
    async with ring.on.store.circle(ring.id) as work:
        ids = {m.name: m.person_id for m in await work.circles.members(ring.id)}
        for day in range(2):
            await work.circles.group.begin(ring.id, GroupDrill(MONDAY + timedelta(days=day), drill.id))
        await work.pairs.keep_meeting(meeting(ring, [ids["Ada"], ids["Bob"]], "yes", "yes"))
        await work.pairs.keep_meeting(meeting(ring, [ids["Bob"], ids["Carl"]], "", "", name="n"))
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


async def weeks(ring: Ring) -> dict[date, Week]:
    """What was counted, by Monday."""
    async with ring.on.store.circle(ring.id) as work:
        return dict(await work.circles.recaps.since(ring.id, date(2025, 12, 1)))


async def test_what_happens_after_fridays_hour_is_told_a_week_later_and_nothing_twice(ring: Ring):
    bob, _ = await ring.with_people("Bob", "Carl")
    await bob.say("/pacer circle thanks on")
    drills = [d.id for d in shipped().bank().listed[:7]]
    async with ring.on.store.circle(ring.id) as work:
        ids = {m.name: m.person_id for m in await work.circles.members(ring.id)}
        for n, drill in enumerate(drills):
            await work.circles.group.begin(ring.id, GroupDrill(MONDAY + timedelta(days=n), drill))
        await work.pairs.keep_meeting(meeting(ring, [ids["Ada"], ids["Bob"]], "", ""))
        await work.pairs.keep_meeting(meeting(ring, [ids["Carl"], ids["Bob"]], "", "", day=10, name="sat"))
    async with ring.on.store.work(bob.who) as work:
        for n in (0, 4, 5, 6):
            await work.circles.group.keep(ring.id, MONDAY + timedelta(days=n), GroupAnswer("mine", ()))
    await ring.live(timedelta(days=5))
    assert (await weeks(ring))[MONDAY].drills == 2 and (await weeks(ring))[MONDAY].meetings == 0
    async with ring.on.store.circle(ring.id) as work:
        await work.pairs.keep_meeting(meeting(ring, [ids["Carl"], ids["Bob"]], "yes", "", day=10, name="sat"))
        await work.pairs.keep_meeting(meeting(ring, [ids["Ada"], ids["Bob"]], "yes", ""))
    await ring.live(timedelta(days=7))
    second = (await weeks(ring))[MONDAY + timedelta(days=7)]
    assert (second.drills, second.meetings) == (2, 2), "Saturday's and Sunday's drill, and both meetings"
    assert "Thank you to Bob for interviewing" in await ring.look()
    await ring.live(timedelta(days=7))
    assert len(await weeks(ring)) == 2, "and nothing is left for the week after"


async def test_with_a_reveal_on_the_next_day_fridays_drill_is_told_a_week_later(ring: Ring):
    (bob,) = await ring.with_people("Bob")
    drills = [d.id for d in shipped().bank().listed[:5]]
    async with ring.on.store.circle(ring.id) as work:
        assert work.circle
        settings = replace(work.circle.settings, reveal_at=time(8))
        await work.circles.save(replace(work.circle, settings=settings))
        await work.circles.keep_times(ring.id, settings, times_of(settings), now=ring.on.now)
        for n, drill in enumerate(drills):
            await work.circles.group.begin(ring.id, GroupDrill(MONDAY + timedelta(days=n), drill))
    async with ring.on.store.work(bob.who) as work:
        for n in range(5):
            await work.circles.group.keep(ring.id, MONDAY + timedelta(days=n), GroupAnswer("mine", ()))
    await ring.live(timedelta(days=13))
    assert [week.drills for week in (await weeks(ring)).values()] == [4, 1]


async def test_a_recap_of_an_older_program_is_not_told_again(ring: Ring):
    (bob,) = await ring.with_people("Bob")
    drills = [d.id for d in shipped().bank().listed[:7]]
    async with ring.on.store.circle(ring.id) as work:
        for n, drill in enumerate(drills):
            await work.circles.group.begin(ring.id, GroupDrill(MONDAY + timedelta(days=n), drill))
        assert await work.circles.recaps.keep(ring.id, MONDAY, replace(FULL, counted=()), {})
    async with ring.on.store.work(bob.who) as work:
        for n in range(7):
            await work.circles.group.keep(ring.id, MONDAY + timedelta(days=n), GroupAnswer("mine", ()))
    await ring.live(timedelta(days=13))
    assert (await weeks(ring))[MONDAY + timedelta(days=7)].drills == 2


@pytest.mark.parametrize(
    ("bobs", "thanked"), [("", True), ("yes", True), ("no", False), ("waited", False), ("mine", False)]
)
async def test_who_interviewed_is_thanked_unless_she_says_herself_that_it_did_not_take_place(
    ring: Ring, bobs: str, thanked: bool
):
    (bob,) = await ring.with_people("Bob")
    await bob.say("/pacer circle thanks on")
    async with ring.on.store.circle(ring.id) as work:
        ids = {m.name: m.person_id for m in await work.circles.members(ring.id)}
        await work.pairs.keep_meeting(meeting(ring, [ids["Ada"], ids["Bob"]], "yes", bobs))
    await ring.live(timedelta(days=5))
    shown = await ring.look()
    assert "There was mock interviewing" in shown and ("Bob" in shown) is thanked


async def test_a_recap_whose_hour_is_moved_to_before_now_on_its_friday_is_not_left_out(ring: Ring):
    await ring.with_people("Bob")
    async with ring.on.store.circle(ring.id) as work:
        ids = {m.name: m.person_id for m in await work.circles.members(ring.id)}
        await work.pairs.keep_meeting(meeting(ring, [ids["Ada"], ids["Bob"]], "yes", ""))
    ring.on.now = datetime(2026, 1, 9, 11, tzinfo=UTC)
    await ring.clock.tick()
    async with ring.on.store.circle(ring.id) as work:
        assert work.circle
        settings = replace(work.circle.settings, drill_at=time(7), reveal_at=time(11))
        await work.circles.save(replace(work.circle, settings=settings))
        await work.circles.keep_times(ring.id, settings, times_of(settings), now=ring.on.now)
    await ring.clock.tick()
    assert "The week of Night owls" in await ring.look()
