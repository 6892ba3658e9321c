"""One meeting, and what may become of it: somebody is gone, or says something else, or says it late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conversations.meeting import OWLS, Circle, Somebody
from conversations.stage import Stage

from bot.chat.effects import Say
from bot.chat.message import File
from storage.accounts import forget

NOBODY = "****"


@pytest.fixture
async def owls(stranger: Stage) -> Circle:
    stranger.now += timedelta(days=1)
    return Circle(stranger)


async def forgets(owls: Circle, gone: Somebody) -> None:
    """As linking an account away does."""
    async with owls.on.store.work(gone.who) as work:
        await forget(work._session, work._sealer, work.circles.me, now=owls.on.now)


async def is_owed(one: Somebody) -> bool:
    async with one.among.on.store.work(one.who) as work:
        return any(a.owed for a in await work.pairs.all_asked(OWLS.id) if a.person == work.circles.me)


def files_said(one: Somebody) -> list[File]:
    """The files in the last answer."""
    return [b for e in one.last if isinstance(e, Say) for b in e.message.blocks if isinstance(b, File)]


async def night_in_los_angeles(owls: Circle) -> tuple[Somebody, Somebody]:
    """Ada, and Bob who sleeps while the pairs are made."""
    (ada,) = await owls.begins("Ada")
    bob = Somebody(owls, "Bob")
    await owls.joins(bob, "America/Los_Angeles")
    for one in (ada, bob):
        await one.asks("mon-sun 8-22")
    await owls.until("2026-01-12T09:30+01:00")
    ada.last = bob.last = ()
    assert bob.news() == ""
    return ada, bob


@pytest.mark.parametrize("ways", ["leave", "Not this week", "Too tired", "None of these"])
async def test_a_proposal_that_waits_for_the_morning_is_taken_back_when_it_falls_through(
    owls: Circle, ways: str
):
    ada, bob = await night_in_los_angeles(owls)
    await (ada.say("/pacer circle leave") if ways == "leave" else ada.tap(ways))
    await owls.until("2026-01-12T18:00+01:00")
    news = bob.news()
    assert "nobody else is free this week" in news and "Ada" not in news
    assert not [o for letter in bob.letters() for o in letter.options if ":pair:" in o.key]


async def test_what_was_agreed_on_in_the_night_and_called_off_again_leaves_with_one_letter(owls: Circle):
    ada, bob = await night_in_los_angeles(owls)
    await ada.tap("Thu")
    await bob.say("/pacer circle pair")
    await bob.tap("Thu")
    await owls.tick()
    assert "Thank you" in await ada.tap("I cannot make it")
    await owls.until("2026-01-12T18:00+01:00")
    news = bob.news()
    assert "does not take place" in news and "Your half" not in news and "pick one" not in news


async def test_of_a_proposal_that_is_agreed_on_before_it_was_read_only_the_details_come(owls: Circle):
    ada, bob = await night_in_los_angeles(owls)
    await ada.tap("Thu")
    await bob.say("/pacer circle pair")
    await bob.tap("Thu")
    await owls.until("2026-01-12T18:00+01:00")
    news = bob.news()
    assert "Your half" in news and "pick one" not in news


@pytest.mark.parametrize("at", ["2026-01-13T12:00+01:00", "2026-01-13T16:55+01:00"])
async def test_who_was_to_meet_somebody_who_is_forgotten_meets_nobody_and_is_told(owls: Circle, at: str):
    ada, bob = await owls.agreed("Ada", "Bob")
    await owls.until(at)
    await forgets(owls, ada)
    bob.news()
    await owls.until("2026-01-13T21:30+01:00")
    news = bob.news()
    assert "does not take place" in news and NOBODY not in news
    assert "Coming up" not in news and "Did you meet" not in news
    assert "STATUS:CANCELLED" in bob.files()[-1].content


async def test_whoever_looks_at_a_meeting_with_somebody_who_is_forgotten_reads_that_it_is_off(owls: Circle):
    ada, bob = await owls.agreed("Ada", "Bob")
    await owls.until("2026-01-12T11:00+01:00")
    await forgets(owls, ada)
    bob.news()
    said = await bob.say("/pacer circle pair")
    assert NOBODY not in said and "13 Jan" not in said
    await owls.tick()
    assert "does not take place" in bob.news()


async def test_who_cannot_make_it_to_somebody_who_is_forgotten_hears_so_with_the_answer(owls: Circle):
    ada, bob = await owls.agreed("Ada", "Bob")
    await owls.until("2026-01-12T11:00+01:00")
    await forgets(owls, ada)
    bob.news()
    assert "off already" in await bob.tap("I cannot make it")
    assert "STATUS:CANCELLED" in files_said(bob)[0].content
    await owls.tick()
    assert "does not take place" not in bob.news()


async def test_two_of_three_go_on_by_themselves_where_the_third_is_forgotten(owls: Circle):
    ada, bob, cleo = await owls.agreed("Ada", "Bob", "Cleo")
    await owls.until("2026-01-13T16:55+01:00")
    await forgets(owls, ada)
    bob.news()
    cleo.news()
    await owls.until("2026-01-13T17:30+01:00")
    for one, other in ((bob, "Cleo"), (cleo, "Bob")):
        news = one.news()
        assert f"you are two now: you and {other}" in news and "Coming up" not in news


async def test_who_is_forgotten_after_it_began_is_not_named_and_it_still_counts(owls: Circle):
    ada, bob = await owls.agreed("Ada", "Bob")
    await owls.until("2026-01-13T18:30+01:00")
    await forgets(owls, ada)
    bob.news()
    await owls.until("2026-01-13T20:00+01:00")
    news = bob.news()
    assert "Did you meet?" in news and NOBODY not in news
    assert "That counts" in await bob.tap("Yes")


async def far(owls: Circle) -> tuple[Somebody, Somebody]:
    """Two without an hour in common, who found one nearly a fortnight ahead."""
    ada, bob = await owls.matched("Ada", "Bob", Ada="mon 10-12", Bob="sat 10-12")
    await owls.until("2026-01-18T12:00+01:00")
    await ada.tap("We found")
    await ada.fill(when="2026-01-31 18:00")
    await owls.tick()
    assert "it is" in await bob.tap("Sat 31")
    await owls.tick()
    return ada, bob


async def test_an_hour_they_found_two_weeks_ahead_is_seen_until_it_is_over(owls: Circle):
    ada, _bob = await far(owls)
    for when in ("2026-01-21T12:00+01:00", "2026-01-26T12:00+01:00", "2026-01-31T18:30+01:00"):
        await owls.until(when)
        assert "Sat 31 Jan, 18:00, with Bob" in await ada.say("/pacer circle pair")
    await owls.until("2026-01-31T23:00+01:00")
    assert "with Bob" not in await ada.say("/pacer circle pair")


@pytest.mark.parametrize("way", ["leave", "forgotten"])
async def test_who_leaves_before_a_far_hour_is_not_waited_for(owls: Circle, way: str):
    ada, bob = await far(owls)
    await owls.until("2026-01-28T12:00+01:00")
    bob.news()
    await (ada.say("/pacer circle leave") if way == "leave" else forgets(owls, ada))
    await owls.until("2026-01-31T21:00+01:00")
    news = bob.news()
    assert "Sat 31 Jan, 18:00 does not take place" in news and "I put you together" not in news
    assert NOBODY not in news and "Coming up" not in news and "Did you meet" not in news


async def test_an_hour_that_one_of_them_asked_for_beyond_the_week_is_seen_too_until_it_falls_through(
    owls: Circle,
):
    ada, bob = await owls.matched("Ada", "Bob", Ada="mon 10-12", Bob="sat 10-12")
    await owls.until("2026-01-18T12:00+01:00")
    await ada.tap("We found")
    await ada.fill(when="2026-01-31 18:00")
    await owls.until("2026-01-19T07:00+01:00")
    assert "interview with Bob" in await ada.say("/pacer circle pair")
    bob.news()
    await ada.say("/pacer circle leave")
    await owls.tick()
    assert "Plans changed" in bob.news() and "Ada" not in await bob.say("/pacer circle pair")


async def test_an_hour_more_than_two_weeks_after_their_own_is_too_far(owls: Circle):
    ada, _ = await owls.matched("Ada", "Bob", Ada="mon 10-12", Bob="sat 10-12")
    await owls.until("2026-01-18T12:00+01:00")
    await ada.tap("We found")
    opened = ada.last
    assert "Noted" in await ada.fill(when="2026-01-31 18:00")
    await owls.until("2026-01-19T08:30+01:00")
    ada.last = opened
    assert "Noted" in await ada.fill(when="2026-02-01 18:00")
    ada.last = opened
    assert "within the next two weeks" in await ada.fill(when="2026-02-02 07:00")


async def test_two_of_three_keep_the_hour_they_agreed_on_when_it_is_too_late_for_anybody_new(owls: Circle):
    hours = dict.fromkeys(("Ada", "Bob", "Cleo"), "sun 18-20")
    ada, bob, cleo = await owls.matched(*hours, **hours)
    for one in (ada, bob, cleo):
        await one.tap("Sun 18 Jan, 18:00")
    await owls.until("2026-01-18T16:00+01:00")
    bob.news()
    cleo.news()
    ada.last = ()
    assert "Thank you" in await ada.tap("I cannot make it")
    await owls.tick()
    assert "you are two now: you and Cleo" in bob.news() and "you are two now: you and Bob" in cleo.news()


@pytest.mark.parametrize(("label", "answer"), [("Too tired", "It counts"), ("Not this week", "Thank you")])
async def test_who_is_too_tired_as_well_is_heard_and_left_in_peace(owls: Circle, label: str, answer: str):
    ada, bob = await owls.matched("Ada", "Bob")
    await ada.tap("Too tired")
    said = await bob.tap(label)
    assert answer in said and "off already" in said
    await owls.tick()
    assert "I put you together" not in bob.news()
    eve = Somebody(owls, "Eve")
    await owls.joins(eve)
    assert "On Monday I look for somebody" in await eve.asks()
    await owls.tick()
    assert bob.news() == "" and not await is_owed(bob)


async def test_a_late_no_does_not_touch_somebody_new_but_shows_how_to_say_it_to_her(owls: Circle):
    people = await owls.matched("Ada", "Bob", "Cleo", "Dan")
    by_name = {one.name: one for one in people}
    ada = by_name["Ada"]
    named = [(m, await names_in(owls, m.people)) for m in await owls.meetings()]
    first, together = next((m, names) for m, names in named if "Ada" in names)
    (partner,) = set(together) - {"Ada"}
    others = [one for one in people if one.name not in together]
    await by_name[partner].tap("Not this week")
    await others[0].tap("Too tired")
    (live,) = [m for m in await owls.meetings() if m.live]
    said = await ada.press(f"1:pair:tired:{first.id}")
    assert "with somebody else by now" in said and others[1].name in said
    assert [m for m in await owls.meetings() if m.live] == [live]
    assert "It counts" in await ada.tap("Too tired")
    assert not any(m.live for m in await owls.meetings())


async def names_in(owls: Circle, people: tuple[str, ...]) -> list[str]:
    async with owls.on.store.circle(OWLS.id) as work:
        known = {m.person_id: m.name for m in await work.circles.members(OWLS.id)}
    return [known[p] for p in people]


async def test_who_cannot_make_it_takes_the_hour_out_of_her_own_calendar_with_the_answer(owls: Circle):
    ada, _bob = await owls.agreed("Ada", "Bob")
    (entry,) = ada.files()
    await owls.until("2026-01-12T12:00+01:00")
    await ada.tap("I cannot make it")
    (off,) = files_said(ada)
    assert uid(off) == uid(entry) and sequence(off) > sequence(entry)
    assert "STATUS:CANCELLED" in off.content and "18:00" in off.about
    assert "Thank you" in ada.shown()


async def test_leaving_takes_her_hours_out_of_her_own_calendar_as_well(owls: Circle):
    ada, _ = await owls.agreed("Ada", "Bob")
    await owls.until("2026-01-12T12:00+01:00")
    assert "You have left" in await ada.say("/pacer circle leave")
    (off,) = files_said(ada)
    assert uid(off) == uid(ada.files()[0]) and "STATUS:CANCELLED" in off.content


async def test_who_only_was_asked_gets_no_calendar_file_for_a_no(owls: Circle):
    ada, _ = await owls.matched("Ada", "Bob")
    await ada.tap("Too tired")
    assert files_said(ada) == []


async def test_of_three_who_agreed_the_one_who_goes_takes_it_out_and_two_keep_it(owls: Circle):
    people = await owls.agreed("Ada", "Bob", "Cleo")
    await owls.until("2026-01-12T12:00+01:00")
    await people[0].tap("Too tired")
    await owls.until("2026-01-12T13:00+01:00")
    (off,) = files_said(people[0])
    for stays in (one.files()[-1] for one in people[1:]):
        assert uid(stays) == uid(off) and "STATUS:CONFIRMED" in stays.content


def uid(file: File) -> str:
    return next(line for line in file.content.splitlines() if line.startswith("UID"))


def sequence(file: File) -> int:
    found = next(line for line in file.content.splitlines() if line.startswith("SEQUENCE"))
    return int(found.partition(":")[2])
