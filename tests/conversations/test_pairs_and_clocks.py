"""Two people on clocks that change between the proposal and the meeting, not both and not on one day.

What is expected is written down as instants, worked out from the tables of the zones by hand.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from conversations.meeting import Circle, Somebody
from conversations.stage import Stage
from icalendar import Calendar

from bot.chat.message import File


@pytest.fixture
async def owls(stranger: Stage) -> Circle:
    return Circle(stranger)


def instants(file: File) -> tuple[datetime, datetime]:
    """When a calendar file begins and ends, as a calendar program reads it; never without a zone."""
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    begins, ends = event.decoded("DTSTART"), event.decoded("DTEND")
    assert begins.tzinfo and ends.tzinfo
    return begins.astimezone(UTC), ends.astimezone(UTC)


async def two(owls: Circle, hers: tuple[str, str], his: tuple[str, str]) -> tuple[Somebody, Somebody]:
    """Ada and Bob, each with a zone and free hours."""
    ada, bob = Somebody(owls, "Ada"), Somebody(owls, "Bob")
    for one, (zone, hours) in ((ada, hers), (bob, his)):
        await owls.joins(one, zone)
        assert "Kept" in await one.asks(hours)
        one.last = ()
    return ada, bob


WEEKS = {
    "only New York has changed": (
        "2026-03-09",
        ("Europe/Berlin", "thu 18-19", "Thu 12 Mar, 18:00"),
        ("America/New_York", "thu 13-14", "Thu 12 Mar, 13:00"),
        "2026-03-12T17:00Z",
    ),
    "Berlin changes on the day itself": (
        "2026-03-23",
        ("Europe/Berlin", "sun 18-19", "Sun 29 Mar, 18:00"),
        ("America/New_York", "sun 12-13", "Sun 29 Mar, 12:00"),
        "2026-03-29T16:00Z",
    ),
    "only Berlin has changed back": (
        "2026-10-26",
        ("Europe/Berlin", "thu 17-18", "Thu 29 Oct, 17:00"),
        ("America/New_York", "thu 12-13", "Thu 29 Oct, 12:00"),
        "2026-10-29T16:00Z",
    ),
    "New York changes back on the day itself": (
        "2026-10-26",
        ("Europe/Berlin", "sun 18-19", "Sun 1 Nov, 18:00"),
        ("America/New_York", "sun 12-13", "Sun 1 Nov, 12:00"),
        "2026-11-01T17:00Z",
    ),
    "Lord Howe goes back by half an hour": (
        "2026-03-30",
        ("Australia/Lord_Howe", "sun 20-21", "Sun 5 Apr, 20:00"),
        ("Europe/Berlin", "sun 11:30-12:30", "Sun 5 Apr, 11:30"),
        "2026-04-05T09:30Z",
    ),
    "Lord Howe goes ahead by half an hour": (
        "2026-09-28",
        ("Australia/Lord_Howe", "sun 20-21", "Sun 4 Oct, 20:00"),
        ("Europe/Berlin", "sun 11-12", "Sun 4 Oct, 11:00"),
        "2026-10-04T09:00Z",
    ),
    "Casablanca comes out of Ramadan": (
        "2026-03-16",
        ("Africa/Casablanca", "sun 18-19", "Sun 22 Mar, 18:00"),
        ("America/New_York", "sun 13-14", "Sun 22 Mar, 13:00"),
        "2026-03-22T17:00Z",
    ),
}


@pytest.mark.parametrize("week", WEEKS)
async def test_the_hour_that_both_were_proposed_is_when_they_meet_and_what_their_calendars_say(
    owls: Circle, week: str
):
    monday, hers, his, at = WEEKS[week]
    begins = datetime.fromisoformat(at)
    pairs_made = datetime.fromisoformat(f"{monday}T09:30+00:00")
    owls.on.now = pairs_made - timedelta(days=6)
    ada, bob = await two(owls, hers[:2], his[:2])
    await owls.until((pairs_made + timedelta(hours=12)).isoformat())
    for one, (_, _, said) in ((ada, hers), (bob, his)):
        assert said in one.options()
        await one.tap(said)
    await owls.until((pairs_made + timedelta(hours=30)).isoformat())
    for one, (_, _, said) in ((ada, hers), (bob, his)):
        assert f"{said}, with" in one.news()
        (entry,) = one.files()
        assert instants(entry) == (begins, begins + timedelta(hours=1))
    await owls.until((begins - timedelta(minutes=61)).isoformat())
    assert "Coming up" not in ada.news() + bob.news()
    await owls.until((begins - timedelta(minutes=59)).isoformat())
    for one, (_, _, said) in ((ada, hers), (bob, his)):
        assert f"Coming up, {said}" in one.news()
    await owls.until((begins + timedelta(minutes=76)).isoformat())
    for one, (_, _, said) in ((ada, hers), (bob, his)):
        assert f"had {said}. Did you meet?" in one.news()


async def test_an_hour_they_found_beyond_a_change_is_the_hour_of_that_day(owls: Circle):
    owls.on.now = datetime(2026, 3, 17, 9, tzinfo=UTC)
    ada, bob = await two(owls, ("Europe/Berlin", "mon 10-12"), ("America/New_York", "mon 10-12"))
    await owls.until("2026-03-23T15:00+00:00")
    await ada.tap("We found a time")
    assert "Tue 31 Mar, 18:00" in await ada.fill(when="2026-03-31 18:00")
    await owls.until("2026-03-23T15:05+00:00")
    await bob.tap("Tue 31 Mar, 12:00")
    await owls.until("2026-03-23T15:10+00:00")
    begins = datetime(2026, 3, 31, 16, tzinfo=UTC)
    assert instants(ada.files()[-1])[0] == instants(bob.files()[-1])[0] == begins


@pytest.mark.parametrize(("typed", "at"), [("2026-03-29 02:30", 1), ("2026-10-25 02:30", 0)])
async def test_an_hour_that_is_missing_is_an_hour_later_and_a_repeated_one_the_first(
    owls: Circle, typed: str, at: int
):
    day = datetime.fromisoformat(typed).replace(tzinfo=UTC)
    owls.on.now = day.replace(hour=9, minute=0) - timedelta(days=12)
    ada, bob = await two(owls, ("Europe/Berlin", "mon 10-12"), ("Europe/Berlin", "tue 10-12"))
    await owls.until((day - timedelta(days=6)).replace(hour=12).isoformat())
    await ada.tap("We found a time")
    await ada.fill(when=typed)
    await owls.tick()
    bob.last = ()
    await bob.tap("Sun")
    await owls.tick()
    assert instants(bob.files()[-1])[0] == day.replace(hour=at)
