"""Pairs around one week: what is said for which week, what the channel hears, hours, zones, and nobody who is forgotten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from conversations.meeting import HERE, OWLS, PAIRS, Circle, Somebody
from conversations.stage import Stage

from adapters.console.render import plain
from bot.chat.inbound import Channel
from bot.circle.handlers import POSTS, times_of
from bot.circle.model import Circle as Kept
from bot.circle.model import Post, Settings
from bot.circle.work import CircleTurn
from bot.content.shipped import shipped
from bot.profile.model import Profile
from bot.profile.tracks import TRACKS

MONDAY = "2026-01-12T09:30+01:00"
LARKS = Kept("larks", "Larks", Settings(zone="Europe/Berlin"), 1)


@pytest.fixture
async def owls(stranger: Stage) -> Circle:
    stranger.now += timedelta(days=1)
    return Circle(stranger)


async def posted(owls: Circle) -> str:
    """What the channel reads about this week's pairs, composed anew."""
    async with owls.on.store.circle(OWLS.id) as work:
        assert work.circle
        post = Post(OWLS.id, "pairs", "2026-01-12", HERE.room, 1, "r", 1, 1, owls.on.now)
        shown = await POSTS["pairs"](CircleTurn(work, work.circle, shipped(), owls.on.now), post)
        return plain(shown)[0]


async def larks(owls: Circle, *people: Somebody) -> None:
    """A second circle with its own pairs."""
    now, today = owls.on.now, owls.on.now.date()
    for one in people:
        async with owls.on.store.work(one.who) as work:
            if await work.people.profile() is None:
                weeks = timedelta(weeks=20)
                profile = Profile(next(iter(TRACKS)), today, today + weeks, 360, 90, "Europe/Berlin")
                await work.people.save_profile(profile)
            if await work.circles.circle(LARKS.id) is None:
                room = Channel("slack", "T1", "C2")
                assert await work.circles.create(LARKS, room, one.name, now=now)
                times = times_of(LARKS.settings, PAIRS)
                await work.circles.keep_times(LARKS.id, LARKS.settings, times, now=now)
            else:
                assert await work.circles.join(LARKS.id, work.circles.me, one.name, now=now)


async def asks_in(one: Somebody, circle: str, hours: str) -> str:
    await one.press(f"1:pair:ask:{circle}")
    return await one.fill(hours=hours)


async def test_the_channels_number_stays_as_it_was_at_the_matching_whoever_declines_or_leaves(owls: Circle):
    people = await owls.begins("Ada", "Bob", "Cleo", "Dan", "Eve", "Fay")
    for one in people[:5]:
        await one.asks()
    await owls.until(MONDAY)
    first = await posted(owls)
    assert first == "Five people were put together for mock interviews this week."
    people[0].last = ()
    await people[0].tap("Not this week")
    assert await posted(owls) == first
    await people[1].say("/pacer circle leave")
    assert await posted(owls) == first


async def test_who_asks_for_next_week_and_meets_somebody_this_week_keeps_next_week_too(owls: Circle):
    (cleo,) = await owls.begins("Cleo")
    await cleo.asks("fri-sun 9-20")
    await owls.until("2026-01-14T12:00+01:00")
    dan = Somebody(owls, "Dan")
    await owls.joins(dan)
    said = await dan.asks("fri-sun 9-20")
    assert "for the week of 19 Jan. Somebody else is free this week already" in said
    await owls.tick()
    assert "interview with Cleo" in dan.news()
    dan.last = ()
    await dan.tap("Not this week")
    assert "You asked for somebody in the week of 19 Jan" in await dan.say("/pacer circle pair")
    cleo.last = ()
    await cleo.say("/pacer circle pair")
    await cleo.tap("Yes, as last time")
    cleo.news()
    await owls.until("2026-01-19T12:00+01:00")
    assert "interview with Cleo" in dan.news() and "interview with Dan" in cleo.news()


async def test_who_waits_this_week_is_found_somebody_also_after_a_yes_for_the_next(owls: Circle):
    _, _, cleo = await owls.matched("Ada", "Bob", "Cleo", Cleo="sun 9-12")
    assert "If somebody else becomes free this week, I put you together" in cleo.news()
    await cleo.say("/pacer circle pair")
    assert "for the week of 19 Jan" in await cleo.tap("Yes, as last time")
    dan = Somebody(owls, "Dan")
    await owls.joins(dan)
    await dan.asks("sun 9-12")
    await owls.tick()
    assert "interview with Dan" in cleo.news()
    assert "You asked for somebody in the week of 19 Jan" in await cleo.say("/pacer circle pair")


async def test_who_waits_and_stops_the_asking_is_put_together_with_nobody_any_more(owls: Circle):
    (cleo,) = await owls.matched("Cleo")
    await cleo.say("/pacer circle pair off")
    cleo.news()
    dan = Somebody(owls, "Dan")
    await owls.joins(dan)
    await dan.asks()
    await owls.until("2026-01-19T09:30+01:00")
    assert cleo.news() == ""


async def test_an_hour_agreed_in_one_circle_is_not_agreed_in_another(owls: Circle):
    ada, bob = await owls.begins("Ada", "Bob")
    eve = Somebody(owls, "Eve")
    await larks(owls, eve, ada)
    for one, circle in ((ada, "owls"), (ada, "larks"), (bob, "owls"), (eve, "larks")):
        await asks_in(one, circle, "tue 18-20, thu 18-20")
    await owls.until(MONDAY)
    keys = [o.key for letter in ada.letters() for o in letter.options if o.label.startswith("Tue")]
    for key in keys:
        await ada.press(key)
    assert "Tue 13 Jan, 18:00 it is" in await eve.tap("Tue")
    said = await bob.tap("Tue")
    assert "does not suit the others any more" in said and "Larks" not in said
    for key in keys:
        await ada.press(key)
    assert "You have another mock interview" in ada.shown() or "settled already" in ada.shown()
    bob.last = ()
    shown = await bob.say("/pacer circle pair")
    assert "Thu 15 Jan" in shown and "Tue 13 Jan" not in shown


async def test_a_second_round_asks_only_those_for_whom_a_time_is_left(owls: Circle):
    ada, bob = await owls.begins("Ada", "Bob")
    eve = Somebody(owls, "Eve")
    await larks(owls, eve, ada)
    for one, circle in ((ada, "owls"), (ada, "larks"), (bob, "owls"), (eve, "larks")):
        await asks_in(one, circle, "tue 18-20, thu 18-20")
    await owls.until(MONDAY)
    for key in [o.key for letter in ada.letters() for o in letter.options if o.label.startswith("Tue")]:
        await ada.press(key)
    await eve.tap("Tue")
    await owls.tick()
    for one in (ada, bob):
        one.news()
    await bob.tap("Thu")
    await owls.tick()
    assert "What Bob would take is below" in ada.news() and bob.news() == ""
    assert "Thu 15 Jan, 18:00 it is" in await ada.tap("Thu")


async def test_hours_of_an_agreed_meeting_elsewhere_are_not_proposed(owls: Circle):
    ada, bob = await owls.begins("Ada", "Bob")
    eve = Somebody(owls, "Eve")
    await larks(owls, eve, ada)
    for one in (ada, eve):
        await asks_in(one, "larks", "tue 18-20")
    await asks_in(bob, "owls", "tue 18-20, thu 18-20")
    await owls.until(MONDAY)
    for one in (ada, eve):
        one.last = ()
        await one.tap("Tue 13 Jan, 18:00")
    await asks_in(ada, "owls", "tue 18-20, thu 18-20")
    async with owls.on.store.circle("owls") as work:
        (meeting,) = [m for m in await work.pairs.meetings("owls", since=date(2026, 1, 12)) if m.live]
    assert {at.day for at in meeting.times} == {15}


async def test_a_typed_hour_that_lies_in_another_meeting_of_hers_is_kindly_refused(owls: Circle):
    ada, bob = await owls.begins("Ada", "Bob")
    eve = Somebody(owls, "Eve")
    await larks(owls, eve, ada)
    for one, circle, hours in (
        (ada, "larks", "tue 18-20"),
        (eve, "larks", "tue 18-20"),
        (ada, "owls", "mon 20-22"),
        (bob, "owls", "wed 18-20"),
    ):
        await asks_in(one, circle, hours)
    await owls.until(MONDAY)
    await eve.tap("Tue")
    await ada.press(next(o.key for m in ada.letters() for o in m.options if o.label.startswith("Tue")))
    await owls.tick()
    (letter,) = [m for m in ada.letters() if any(o.label == "We found a time" for o in m.options)]
    await ada.press(letter.options[0].key)
    assert "You have another mock interview" in await ada.fill(when="2026-01-13 18:30")
    bob.news()
    await owls.tick()
    assert bob.news() == ""


async def test_after_a_move_every_hour_is_on_her_clock_of_today_and_names_its_place(owls: Circle):
    ada, bob = await owls.matched("Ada", "Bob")
    assert "Tue 13 Jan, 18:00\n" in ada.news().replace("   ", "\n")
    await ada.say("/pacer settings city New York")
    ada.last = ()
    assert "Noted: Tue 13 Jan, 12:00 (New York)" in await ada.tap("Tue 13 Jan, 18:00")
    assert "Thu 15 Jan, 12:00 (New York)" in await ada.say("/pacer circle pair")
    assert "Tue 13 Jan, 18:00 it is" in await bob.tap("Tue 13 Jan, 18:00")
    await owls.until("2026-01-12T14:30+01:00")
    details = ada.news()
    assert "Tue 13 Jan, 12:00 (New York), with Bob" in details and "12:45" in details
    await owls.until("2026-01-13T17:30+01:00")
    assert "Coming up, Tue 13 Jan, 12:00 (New York)" in ada.news()
    assert "(" not in bob.news().split("Coming up")[1].split("your")[0]


async def test_a_letter_without_a_common_hour_does_not_speak_of_times_that_suit(owls: Circle):
    ada, bob = await owls.matched("Ada", "Bob", Ada="mon 10-12", Bob="sat 10-12")
    for said in (bob.news(), await ada.say("/pacer circle pair")):
        assert "Your free hours do not meet this week" in said
        assert "pick one" not in said.casefold() and "suit" not in said


async def test_on_monday_before_the_hour_it_is_still_said_that_she_asked(owls: Circle):
    ada, _ = await owls.begins("Ada", "Bob")
    await ada.asks()
    await owls.until("2026-01-12T08:00+01:00")
    said = await ada.say("/pacer circle pair")
    assert "You asked for somebody in the week of 12 Jan" in said and "Ask for somebody" not in said
    assert "You are out of the coming pairs" in await ada.tap("Not this week")


async def test_where_pairs_are_off_asking_for_them_keeps_nothing(owls: Circle):
    (ada,) = await owls.begins("Ada")
    await ada.say("/pacer circle settings pairing off", HERE)
    assert "makes no pairs at the moment" in await ada.say("/pacer circle pair on")
    async with owls.on.store.circle(OWLS.id) as work:
        assert [m.opted for m in await work.circles.members(OWLS.id)] == [frozenset()]


async def test_silence_is_noticed_within_hours_of_a_day_wherever_the_hours_of_the_circle_lie(owls: Circle):
    (ada,) = await owls.begins("Ada")
    await ada.say("/pacer circle settings reveal 10:00", HERE)
    await ada.asks()
    await owls.until("2026-01-12T11:00+01:00")
    bob = Somebody(owls, "Bob")
    await owls.joins(bob)
    await bob.asks()
    await owls.tick()
    bob.last = ()
    await bob.tap("Sat")
    await owls.until("2026-01-13T10:00+01:00")
    assert any(m.live for m in await owls.meetings())
    await owls.until("2026-01-13T17:00+01:00")
    assert not any(m.live for m in await owls.meetings())


async def test_pairing_that_is_turned_off_lets_this_weeks_meetings_be_looked_after(owls: Circle):
    people = await owls.matched("Ada", "Bob")
    await people[0].tap("Sat")
    await people[0].say("/pacer circle settings pairing off", HERE)
    await owls.until("2026-01-13T16:00+01:00")
    assert not any(m.live for m in await owls.meetings())
    await owls.until("2026-01-19T12:00+01:00")
    assert "next week?" not in people[0].news()


async def test_two_who_found_no_hour_all_week_both_come_first_the_next_time(owls: Circle):
    await owls.matched("Ada", "Bob", Ada="mon 10-12", Bob="sat 10-12")
    await owls.until("2026-01-19T08:30+01:00")
    async with owls.on.store.circle(OWLS.id) as work:
        assert [a.owed for a in await work.pairs.all_asked(OWLS.id)] == [True, True]
    assert not any(m.live for m in await owls.meetings())


async def test_an_hour_that_somebody_types_late_in_the_week_waits_a_day_for_its_answer(owls: Circle):
    ada, bob = await owls.matched("Ada", "Bob", Ada="mon 10-12", Bob="sat 10-12")
    await owls.until("2026-01-15T08:00+01:00")
    bob.news()
    await ada.tap("We found a time")
    await ada.fill(when="2026-01-17 18:00")
    await owls.until("2026-01-15T22:00+01:00")
    assert "it is" in await bob.tap("Sat 17 Jan, 18:00")


async def test_three_hours_of_hers_can_be_open_at_a_time(owls: Circle):
    ada, bob = await owls.matched("Ada", "Bob", Ada="mon 10-12", Bob="sat 10-12")
    (meeting,) = await owls.meetings()
    bob.news()
    for hour in range(8, 20):
        await ada.press(f"1:pair:hour:{meeting.id}")
        said = await ada.fill(when=f"2026-01-14 {hour}:00")
        assert ("Noted" in said) == (hour < 11)
    assert "Three hours of yours are open" in said
    await owls.tick()
    assert bob.news().count("proposes a time") == 3
