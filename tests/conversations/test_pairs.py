"""Pairs as people meet them: from the question on Sunday to what each saw, and every way of saying no."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from conversations.meeting import HERE, Circle, Somebody
from conversations.stage import Stage

from adapters.discord.limits import DISCORD
from adapters.slack.limits import SLACK
from bot.chat.fit import are_buttons
from bot.chat.message import Choices
from bot.circle.handlers import POSTS
from bot.circle.work import CircleTurn
from bot.content.shipped import shipped
from bot.pairing.outcomes import outcome_of
from bot.pairing.reliability import Outcome
from storage.accounts import forget

NONE = "None of these"
MONDAY, TUESDAY = "2026-01-12T09:30+01:00", "2026-01-13T09:30+01:00"


@pytest.fixture
async def owls(stranger: Stage) -> Circle:
    stranger.now += timedelta(days=1)
    return Circle(stranger)


async def test_from_the_question_to_what_each_saw(owls: Circle):
    ada, bob = await owls.matched("Ada", "Bob")
    said = ada.news()
    assert "a mock interview with Bob" in said and "Bob: Bob" in said
    assert [label[:3] for label in ada.options()] == ["Tue", "Thu", "Sat", "Non", "Not", "Too"]
    for rows in (b for b in ada.letters()[-1].blocks if isinstance(b, Choices)):
        assert are_buttons(rows, SLACK) and are_buttons(rows, DISCORD), "an answer is one tap"
    assert "I tell you as soon as it suits" in await ada.tap("Tue 13 Jan, 18:00")
    owls.restart()
    bob.news()
    assert "18:00 it is" in await bob.tap("Tue 13 Jan, 18:00")
    await owls.until("2026-01-12T09:32+01:00")
    for one, other in ((ada, "Bob"), (bob, "Ada")):
        news = one.news()
        assert f"with {other}" in news and "Your half:" in news and "You interview:" in news
        assert "DTSTART:20260113T170000Z" in one.files()[0].content
    owls.restart()
    await owls.until("2026-01-13T17:30+01:00")
    assert "Coming up" in ada.news()
    await owls.until("2026-01-13T20:00+01:00")
    assert "Did you meet?" in ada.news() and "Did you meet?" in bob.news()
    assert "Good that you met" in await ada.tap("Yes")
    assert "Good that you met" in await bob.tap("Yes")
    assert "Kept. Once Bob has said it too" in await ada.rates("How you came across", "mostly")
    await owls.tick()
    assert "You and" not in bob.news()
    heard = await bob.rates("How Ada came across", "well")
    assert "about the answering of Ada" in heard and "Furthest apart" in heard and "short mock" not in heard
    await owls.until("2026-01-13T20:10+01:00")
    told = ada.news()
    assert "about your answering" in told and "more came across than you felt" in told
    assert "counts as a short mock" in told
    async with owls.on.store.work(ada.who) as work:
        (sitting,) = [s for s in await work.practice.sittings(owls.on.now.date()) if s.kind == "short_mock"]
        assert sitting.score == 1.0 and sitting.minutes and {f.by for f in sitting.findings} == {"peer"}
        assert sitting.own == 3 and (await work.practice.skills())[sitting.area].count == 1
        assert (await work.diary.day(sitting.day)).company


async def test_whoever_wants_to_be_asked_is_asked_on_sunday_and_one_tap_says_yes_or_no(owls: Circle):
    ada, bob, cleo = await owls.begins("Ada", "Bob", "Cleo")
    for one in (ada, bob):
        await one.asks()
    await owls.until("2026-01-18T10:00+01:00")
    bob.news()
    ada.last = bob.last = ()
    assert "Last time you said: any format; level 3; Tue 18:00-20:00" in ada.news()
    assert not [m for m in cleo.letters() if "next week" in str(m)]
    assert "Kept: any format" in await ada.tap("Yes, as last time")
    assert "not this week" in await bob.tap("Not this week")
    await owls.until("2026-01-19T09:30+01:00")
    assert "You are the first to ask" in ada.news() and "mock interview with" not in bob.news().lower()
    assert "I do not ask any more" in await bob.say("/pacer circle pair off")
    await owls.until("2026-01-25T10:00+01:00")
    assert "next week" not in bob.news() and "next week" in ada.news()


async def test_hours_that_cannot_be_read_are_asked_for_again_and_nothing_is_kept(owls: Circle):
    (ada,) = await owls.begins("Ada")
    await ada.say("/pacer circle pair")
    await ada.tap("Ask for somebody")
    assert "Free hours look like" in await ada.fill(hours="whenever", level="3")
    assert "an hour in one piece" in await ada.fill(hours="tue 18-18:30")
    assert "Say any, or some of" in await ada.fill(hours="tue 18-20", formats="chess")
    assert "level 2; Tue 18:00-20:00" in await ada.fill(hours="tue 18-20", level="2", formats="design, case")
    assert "You asked for somebody in the week of 12 Jan: design, case" in await ada.say("/pacer circle pair")


async def test_where_nobody_is_in_a_circle_or_pairs_are_off_it_is_said(owls: Circle):
    (ada,) = await owls.begins("Ada")
    await ada.say("/pacer circle settings pairing off", HERE)
    assert "makes no pairs at the moment" in await ada.say("/pacer circle pair")
    assert "makes no pairs at the moment" in await ada.say("/pacer circle pair on")
    await ada.say("/pacer circle leave")
    assert "you are in none yet" in await ada.say("/pacer circle pair")
    assert "Say /pacer circle pair" in await ada.say("/pacer circle pair never")


async def test_different_times_are_asked_once_more_with_what_the_other_would_take(owls: Circle):
    ada, bob = await owls.matched("Ada", "Bob")
    await ada.tap("Tue")
    assert "I ask everybody once more" in await bob.tap("Thu")
    await owls.tick()
    assert [label[:3] for label in ada.options()] == ["Thu", "Non", "Not", "Too"]
    assert "Thu 15 Jan, 18:00 it is" in await ada.press(ada.letters()[-1].options[0].key)
    assert "is settled already" in await bob.tap("Sat")


async def test_if_the_second_round_finds_no_time_either_others_are_looked_for(owls: Circle):
    ada, bob = await owls.matched("Ada", "Bob")
    await ada.tap("Tue")
    await bob.tap("Thu")
    await owls.until("2026-01-13T18:30+01:00")
    assert "Nobody else who asked fits your hours" in ada.news()
    assert "Nobody else who asked fits your hours" in bob.news()
    assert "That meeting is over" in await ada.tap("Tue")


@pytest.mark.parametrize(
    ("label", "answer"),
    [(NONE, "somebody who fits better"), ("Not this week", "Thank you"), ("Too tired", "It counts")],
)
async def test_every_no_is_one_tap_and_the_other_one_is_matched_anew_at_once(
    owls: Circle, label: str, answer: str
):
    people = await owls.matched("Ada", "Bob", "Cleo", "Dan")
    by_name = {one.name: one for one in people}
    with_ada = next(n for n in by_name if f"interview with **{n}**" in str(people[0].letters()[-1]))
    others = [by_name[n] for n in by_name if n not in ("Ada", with_ada)]
    assert answer in await by_name["Ada"].tap(label)
    await owls.tick()
    by_name[with_ada].news()
    for one in others:
        one.news()
    stays = others[0]
    assert "Thank you" in await stays.tap("Not this week")
    await owls.tick()
    left = others[1].news()
    assert "here is somebody new" in left and any(f"with {name}" in left for name in ("Ada", with_ada))
    met = [frozenset(m.people) for m in await owls.meetings()]
    assert len(met) == len(set(met)) and len(met) >= 3


async def test_silence_for_a_day_lets_the_other_find_somebody_else_and_costs_nothing(owls: Circle):
    people = await owls.matched("Ada", "Bob", "Cleo", "Dan")
    meetings = await owls.meetings()
    async with owls.on.store.work(people[0].who) as work:
        names = {m.person_id: m.name for m in await work.circles.members(meetings[0].circle_id)}
    answering = {names[m.people[0]] for m in meetings}
    for one in people:
        one.news()
        if one.name in answering:
            await one.tap("Thu")
    await owls.until(TUESDAY)
    for one in people:
        news = one.news()
        assert ("here is somebody new" in news) == (one.name in answering)
    anew = [m for m in await owls.meetings() if m.live]
    assert [{names[p] for p in m.people} for m in anew] == [answering]


async def test_an_agreed_meeting_can_be_called_off_and_leaves_the_calendar(owls: Circle):
    ada, bob = await owls.agreed("Ada", "Bob")
    await owls.until("2026-01-12T10:00+01:00")
    bob.news()
    assert "Thank you" in await ada.tap("I cannot make it")
    await owls.tick()
    news = bob.news()
    assert "does not take place" in news and "nobody else is free" in news
    assert "STATUS:CANCELLED" in bob.files()[-1].content
    await owls.until("2026-01-14T09:00+01:00")
    assert "Coming up" not in bob.news() and "Did you meet" not in ada.news()


async def test_an_odd_number_makes_three_and_two_go_on_if_one_says_no(owls: Circle):
    ada, bob, cleo = await owls.matched("Ada", "Bob", "Cleo")
    said = ada.news()
    assert "with Bob and Cleo" in said or "with Cleo and Bob" in said
    await ada.tap("Thu")
    await bob.tap("Thu")
    assert "Thank you" in await cleo.tap("Not this week")
    await owls.until("2026-01-12T10:00+01:00")
    assert "Thu 15 Jan, 18:00, with Bob" in ada.news() and "with Ada" in bob.news()


async def test_leaving_the_circle_ends_her_meetings_at_once_and_the_other_is_told_kindly(owls: Circle):
    ada, bob = await owls.agreed("Ada", "Bob")
    await owls.until("2026-01-12T10:00+01:00")
    ada.news()
    assert "You have left Owls" in await bob.say("/pacer circle leave")
    await owls.tick()
    news = ada.news()
    assert "does not take place" in news and "Bob" not in news.replace("with Bob", "")
    assert "It did not" not in news and all(len(m.people) == 1 for m in await owls.meetings())
    assert "not in this circle" in await bob.tap("I cannot make it") or "over" in bob.shown()


async def test_two_who_tap_at_once_agree_once(owls: Circle):
    ada, bob = await owls.matched("Ada", "Bob")
    await asyncio.gather(ada.tap("Sat"), bob.tap("Sat"))
    (meeting,) = await owls.meetings()
    assert meeting.begins is not None
    await owls.tick()
    assert len([f for f in ada.files() if f.name == "mock-interview.ics"]) == 1


async def test_nobody_is_with_the_same_person_again_while_others_are_there(owls: Circle):
    people = await owls.matched("Ada", "Bob", "Cleo", "Dan")
    for sunday, monday in ((18, 19), (25, 26)):
        await owls.until(f"2026-01-{sunday}T10:00+01:00")
        for one in people:
            one.last = ()
            await one.tap("Yes, as last time")
        await owls.until(f"2026-01-{monday}T09:30+01:00")
    met = [frozenset(m.people) for m in await owls.meetings()]
    assert len(met) == len(set(met)) == 6


async def test_who_was_left_out_comes_first_even_after_a_week_without_asking(owls: Circle):
    ada, *_ = await owls.matched("Ada", "Bob", "Cleo", Ada="sun 6-7:30, mon 20-22")
    assert "Nobody who asked this week is free" in ada.news()
    async with owls.on.store.work(ada.who) as work:
        (circle,) = await work.circles.mine()
        assert [a.owed for a in await work.pairs.all_asked(circle.id)].count(True) == 1
    await owls.until("2026-01-26T09:30+01:00")
    async with owls.on.store.work(ada.who) as work:
        asked = await work.pairs.all_asked(circle.id)
        assert [a.owed for a in asked if a.person == work.circles.me] == [True]


async def test_a_change_of_the_clock_between_proposal_and_meeting_moves_nothing(owls: Circle):
    owls.on.now = owls.on.now.replace(month=3, day=17)
    ada, bob = await owls.begins("Ada", "Bob")
    for one in (ada, bob):
        await one.asks("sun 11-13")
    await owls.until("2026-03-23T09:30+01:00")
    for one in (ada, bob):
        one.last = ()
        assert "Sun 29 Mar, 11:00 it is" in await one.tap("Sun 29 Mar, 11:00") or one is ada
    await owls.until("2026-03-29T09:59+02:00")
    assert "Coming up" not in ada.news()
    await owls.until("2026-03-29T10:01+02:00")
    assert "Coming up, Sun 29 Mar, 11:00" in ada.news()
    assert "DTSTART:20260329T090000Z" in ada.files()[0].content


async def test_who_waited_is_told_kindly_and_comes_first_and_the_other_reads_nothing_of_it(owls: Circle):
    ada, bob = await owls.agreed("Ada", "Bob")
    await owls.until("2026-01-13T20:00+01:00")
    assert "ask once more tomorrow" in await bob.tap("Not yet")
    no = next(o.key for o in ada.letters()[-1].options if o.label == "No")
    assert "No harm done" in await ada.press(no)
    assert "I am sorry that you waited" in await ada.tap("I waited")
    (meeting,) = await owls.meetings()
    assert [outcome_of(meeting, s) for s in meeting.seats].count(Outcome.NO_SHOW) == 1
    await owls.until("2026-01-14T21:00+01:00")
    news = bob.news()
    assert news.count("Did you meet?") == 2 and "waited" not in news and "no show" not in news
    assert "Not yet" not in bob.options()


async def test_two_without_an_hour_in_common_write_to_each_other_and_one_tap_agrees(owls: Circle):
    ada, bob = await owls.matched("Ada", "Bob", Ada="tue 18-20", Bob="wed 18-20")
    assert "Your free hours do not meet" in ada.news()
    await ada.tap("We found a time")
    assert "I need the hour too" in await ada.fill(when="Thursday")
    assert "Noted: Thu 15 Jan, 18:30" in await ada.fill(when="Thursday 18:30")
    await owls.tick()
    assert "Ada proposes a time" in bob.news()
    assert "it is" in await bob.tap("Thu 15 Jan, 18:30")


async def test_the_channel_hears_no_names_and_below_five_no_number(owls: Circle):
    people = await owls.matched("Ada", "Bob")
    (post,) = [
        p
        for p in await owls.on.store.posts.claim(now=owls.on.now, platforms={"slack"}, limit=9)
        if p.kind == "pairs"
    ]
    async with owls.on.store.circle(post.circle_id) as work:
        assert work.circle
        shown = str(await POSTS["pairs"](CircleTurn(work, work.circle, shipped(), owls.on.now), post))
    assert "on their way" in shown and not any(one.name in shown for one in people)


async def test_somebody_who_was_forgotten_leaves_nobody_waiting(owls: Circle):
    ada, bob = await owls.agreed("Ada", "Bob")
    await owls.until("2026-01-12T10:00+01:00")
    ada.news()
    async with owls.on.store.work(bob.who) as work:
        await forget(work._session, work._sealer, work.circles.me, now=owls.on.now)
    await owls.until("2026-01-12T18:30+01:00")
    assert "does not take place" in ada.news()


async def test_a_typed_number_answers_a_proposal_too(owls: Circle):
    ada, _ = await owls.matched("Ada", "Bob")
    assert "Noted: Tue 13 Jan, 18:00" in await ada.say("1")


async def test_who_asks_after_pairs_were_made_meets_somebody_who_waits(owls: Circle):
    (ada,) = await owls.matched("Ada")
    assert "You are the first to ask" in ada.news()
    bob = Somebody(owls, "Bob")
    await owls.joins(bob)
    assert "Somebody else is free this week already" in await bob.asks()
    await owls.tick()
    assert "interview with Bob" in ada.news() and "interview with Ada" in bob.news()


async def test_two_zones_read_the_same_hour_each_on_her_own_clock(owls: Circle):
    ada, bob = Somebody(owls, "Ada"), Somebody(owls, "Bob")
    await owls.joins(ada)
    await owls.joins(bob, "America/New_York")
    await ada.asks("tue 18-20")
    await bob.asks("tue 12-14")
    await owls.until(MONDAY)
    await owls.until("2026-01-12T14:00+01:00")
    assert "Tue 13 Jan, 18:00" in ada.news() and "Tue 13 Jan, 12:00" in bob.news()


async def test_what_was_said_about_the_next_week_stays_when_this_weeks_meeting_falls_through(owls: Circle):
    ada, bob = await owls.agreed("Ada", "Bob")
    await owls.tick()
    assert "for the week of 19 Jan" in await ada.asks()
    await bob.asks()
    assert "Thank you" in await bob.tap("I cannot make it")
    await owls.tick()
    assert "nobody else is free this week" in ada.news()
    assert "You asked for somebody in the week of 19 Jan" in await bob.say("/pacer circle pair")
    assert "You asked for somebody in the week of 19 Jan" in await ada.say("/pacer circle pair")
