"""The hours of the drill of the day: which day it is on, when it is revealed, and what is never given twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from conversations.group_stage import DRILL, DRILLS, TTL, Group, Person, content, group

from bot.circle.news_model import Offer, State

__all__ = ["group"]
MONDAY = "2026-01-05"


@pytest.fixture
async def ada(group: Group) -> Person:
    return group.people["ada"]


async def test_no_drill_comes_twice_or_on_other_days_and_admins_hear_once_that_all_were_had(
    group: Group, ada: Person
):
    await group.until("2026-01-12T12:00+01:00")
    titles = [next(d.title for d in DRILLS if d.title in text) for text in group.posts()[0]]
    assert len(titles) == len(set(titles)) == len(DRILLS)
    letters = await group.on.store.outbox.claim(now=group.on.now, platforms={"slack"}, limit=9)
    assert len([x for x in letters if "every drill of its areas" in str(x.message)]) == 1
    assert all("A model answer" in text for text in group.posts()[0])


async def test_a_reveal_hour_before_the_drills_is_on_the_next_day_also_after_the_last_weekday(
    group: Group, ada: Person
):
    await ada.arranges(drill="17:00", reveal="9:00", days="friday")
    await group.until("2026-01-09T17:01+01:00")
    assert "Reveal at 09:00 on Saturday" in group.post()
    await group.until("2026-01-10T08:00+01:00")
    assert "One answer" not in group.post() and "A model answer" not in group.post()
    await ada.opens(group.on.now.date().replace(day=9))
    assert "You alone see this" in await ada.sends(TTL)
    await group.until("2026-01-10T09:01+01:00")
    assert "A model answer" in group.post()


async def test_an_admin_who_moves_the_reveal_moves_it_for_todays_drill_and_never_back_behind_it(
    group: Group, ada: Person
):
    await group.until(f"{MONDAY}T10:00+01:00")
    await ada.arranges(reveal="20:00")
    await group.until(f"{MONDAY}T18:30+01:00")
    assert "Reveal at 20:00" in group.post()
    await group.until(f"{MONDAY}T20:01+01:00")
    assert "A model answer" in group.post()
    await ada.arranges(reveal="23:00")
    await group.settle()
    assert "A model answer" in group.post()


async def test_what_was_shown_stays_and_answers_stay_late_when_the_reveal_is_moved_earlier_and_then_later(
    group: Group, ada: Person
):
    bob = await Person(group, "U2").joins("Bob")
    await group.until(f"{MONDAY}T12:00+01:00")
    await ada.arranges(reveal="11:00")
    await group.settle()
    assert "A model answer" in group.post()
    await ada.arranges(reveal="18:00")
    await group.settle()
    assert "A model answer" in group.post()
    assert "it is for you alone" in await bob.answers(TTL)


async def test_a_reveal_that_came_while_nobody_looked_is_not_moved_any_more(group: Group, ada: Person):
    await group.until(f"{MONDAY}T10:00+01:00")
    group.on.now = datetime.fromisoformat(f"{MONDAY}T18:05+01:00")
    await ada.answers(TTL)
    await group.settle()
    assert "A model answer" not in group.post(), "its hour was not kept yet"
    await ada.arranges(reveal="20:00")
    await group.settle()
    assert "A model answer" in group.post()


async def test_of_its_weekdays_none_is_left_out_when_the_circle_moves_to_another_zone(
    group: Group, ada: Person
):
    group.having(content(*(replace(DRILL, id=f"z-{n}") for n in range(9))))
    await group.until(f"{MONDAY}T22:00+01:00")
    await ada.arranges(zone="Auckland")  # Tuesday, 10:00: the hour of the drill was one hour ago there
    await group.until("2026-01-07T18:00+01:00")
    async with group.on.store.circle(group.circle_id) as work:
        had = await work.circles.group.between(group.circle_id, date(2026, 1, 1), date(2026, 1, 31))
    assert [given.day.day for given in had] == [5, 6, 7]
    await ada.arranges(zone="Berlin")
    await group.until("2026-01-09T12:00+01:00")
    async with group.on.store.circle(group.circle_id) as work:
        had = await work.circles.group.between(group.circle_id, date(2026, 1, 1), date(2026, 1, 31))
    assert [given.day.day for given in had] == [5, 6, 7, 8, 9], "and none has two"


async def test_a_drill_whose_hour_is_moved_to_before_now_comes_at_once(group: Group, ada: Person):
    await ada.arranges(drill="15:00")
    await group.until(f"{MONDAY}T12:00+01:00")
    assert group.posts() == [[], []]
    await ada.arranges(drill="11:00")
    await group.until(f"{MONDAY}T12:02+01:00")
    assert "Reveal at 18:00 on Monday" in group.post()


@pytest.mark.parametrize(
    ("before", "day", "offset"),
    [("2026-03-28T12:00+01:00", "2026-03-29", "+02:00"), ("2026-10-24T12:00+02:00", "2026-10-25", "+01:00")],
)
async def test_on_the_day_the_clocks_change_both_hours_are_the_circles_wall_time(
    group: Group, ada: Person, before: str, day: str, offset: str
):
    await ada.arranges(days="sunday")
    group.on.now = datetime.fromisoformat(before)
    await group.clock.tick()
    await group.settle()
    standing = len(group.posts()[0])
    await group.until(f"{day}T08:58{offset}")
    assert len(group.posts()[0]) == standing
    await group.until(f"{day}T09:01{offset}")
    assert len(group.posts()[0]) == standing + 1 and "A model answer" not in group.post()
    await group.until(f"{day}T17:58{offset}")
    assert "A model answer" not in group.post()
    await group.until(f"{day}T18:01{offset}")
    assert "A model answer" in group.post()


async def test_after_a_day_of_silence_of_the_host_nothing_old_is_given_and_what_was_open_is_revealed(
    group: Group, ada: Person
):
    await group.until(f"{MONDAY}T10:00+01:00")
    group.on.now = group.on.now.replace(day=7, hour=7)
    await group.clock.tick()
    await group.settle()
    assert len(group.posts()[0]) == 1 and "A model answer" in group.post()
    await group.until("2026-01-07T09:01+01:00")
    assert len(group.posts()[0]) == 2


async def test_areas_of_the_circle_are_kept_to(group: Group, ada: Person):
    group.having(content(DRILL, replace(DRILL, id="other", title="Other", area="coding")))
    await ada.arranges(areas="coding")
    await group.until("2026-01-06T12:00+01:00")
    assert len(group.posts()[0]) == 1 and "Other" in group.post()


async def test_an_approved_drill_of_a_member_can_come_with_her_name_and_goes_when_she_takes_it_back(
    group: Group, ada: Person
):
    bob = await Person(group, "U2").joins("Bob")
    own = replace(DRILL, id=f"own-{'a' * 12}", title="Her own drill")
    async with group.on.store.work(bob.who) as work:
        offer = Offer(group.circle_id, own.id, work.circles.me, own.title, True, group.on.now)
        assert await work.circles.offers.offer(offer, own)
        assert await work.circles.offers.decide(group.circle_id, own.id, State.APPROVED, was=State.WAITING)
    group.having(content(DRILL))
    await group.until("2026-01-06T12:00+01:00")
    shown = next(text for text in group.posts()[0] if "Her own drill" in text)
    assert "by Bob" in shown
    async with group.on.store.work(bob.who) as work:
        await work.circles.offers.withdraw(own.id)
        await work.circles.renew_drill(group.circle_id, own.id)
    await group.settle()
    assert not any("Her own drill" in text for texts in group.posts() for text in texts)
    assert any("taken out again" in text for text in group.posts()[0])
