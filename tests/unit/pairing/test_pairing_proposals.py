"""Three times that suit everybody, and the calendar file of the one that was chosen."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from unit.pairing.wishes import COMING, EVENINGS, WEEK, anybody, wish

from bot.pairing.calendar_file import Entry, calendar_file
from bot.pairing.matching import match
from bot.pairing.model import QUARTER, Free, Meeting, Why, Window
from bot.pairing.overlap import AN_HOUR, instants, shared, starts, usable
from bot.pairing.proposals import NoSuchTime, kept, local, proposed
from bot.pairing.words import ALONE, NO_HOUR_IN_COMMON, time_line, times

HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def test_three_times_on_three_days_apart_from_one_another() -> None:
    found = proposed([wish("a"), wish("b")], COMING, HOUR)
    days = [at.day for at in found]
    assert len(days) == 3 and days[1] - days[0] >= 2 and days[2] - days[1] >= 2
    assert all(local(at, "Europe/Berlin").time() == time(18) for at in found)


def test_both_read_the_same_time_on_their_own_clocks() -> None:
    berlin = wish("a", free=(Free(1, 18 * 60, 21 * 60),))
    york = wish("b", free=(Free(1, 12 * 60, 14 * 60),), zone="America/New_York")
    at = proposed([berlin, york], COMING, HOUR)[0]
    assert time_line(at, HOUR, berlin.zone) == "Tue 24 Nov, 18:00 to 19:00 (Berlin)"
    assert time_line(at, HOUR, york.zone) == "Tue 24 Nov, 12:00 to 13:00 (New York)"
    late = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
    assert time_line(late, HOUR, berlin.zone) == "Tue 24 Nov, 23:30 to Wed 00:30 (Berlin)"


def test_one_evening_in_common_is_offered_at_several_hours() -> None:
    found = proposed([wish("a", free=(Free(2, 17 * 60, 20 * 60),)), wish("b", free=EVENINGS)], COMING, HOUR)
    assert [local(at, "Europe/Berlin").hour for at in found] == [18, 19]


def test_without_a_common_hour_nothing_is_proposed_and_it_says_what_to_do() -> None:
    two = [wish("a"), wish("b", free=(Free(0, 600, 720),))]
    assert proposed(two, COMING, HOUR) == ()
    assert times((), Meeting(("a", "b"), (), HOUR, timedelta(0)), "UTC") == NO_HOUR_IN_COMMON
    assert set(ALONE) == set(Why)


def test_every_matched_pair_with_an_hour_in_common_gets_a_time() -> None:
    two = [wish("a", free=(Free(3, 18 * 60, 19 * 60),)), wish("b")]
    (meeting,) = match(two, week=WEEK, window=COMING).meetings
    assert len(proposed(two, COMING, meeting.length)) == 1


@given(st.tuples(anybody("a"), anybody("b")), st.sampled_from((60, 90)), st.integers(0, 103))
@settings(max_examples=60, deadline=None)
def test_the_laws_of_proposals(two, minutes, weeks) -> None:
    begins = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(weeks=weeks)
    window, length = Window(begins, begins + timedelta(days=7)), timedelta(minutes=minutes)
    found = proposed(two, window, length)
    masks = [usable(each, window) for each in two]
    free = {at for mask in masks[:1] for at in instants(mask & masks[1], window)}
    possible = list(instants(starts(shared(masks), minutes // 15), window))
    assert bool(found) == bool(possible) and len(found) <= 3 and list(found) == sorted(found)
    for at in found:
        assert all(at + n * QUARTER in free for n in range(minutes // 15))
        for each in two:
            day = at.astimezone(ZoneInfo(each.zone)).date()
            assert not {day, day + timedelta(days=1)} & each.interview_days
    assert all(later - sooner >= length for sooner, later in itertools.pairwise(found))
    days = {tuple(local(at, each.zone).date() for each in two) for at in possible}
    apart = [
        some for some in combinations(days, 3) if all(len(set(own)) == 3 for own in zip(*some, strict=True))
    ]
    if apart:
        assert all(len({local(at, each.zone).date() for at in found}) == 3 for each in two)


def test_a_day_with_only_a_crooked_quarter_is_still_a_day() -> None:
    free = (Free(0, 1080, 1140), Free(2, 1080, 1140), Free(4, 1095, 1155))
    found = proposed([wish("a", free=free), wish("b", free=free)], COMING, HOUR)
    assert [at.minute for at in found] == [0, 0, 15]


def test_on_two_sides_of_the_date_line_the_days_differ_for_both() -> None:
    """The two mornings on either side of midnight in Los Angeles are one day there, and two in Berlin."""
    berlin = wish("a", free=(Free(1, 420, 480), Free(2, 420, 480), Free(3, 420, 480), Free(1, 1260, 1320)))
    coast = wish("b", free=tuple(Free(d, 0, 1440) for d in range(7)), zone="America/Los_Angeles")
    coast = replace(coast, quiet_from=time(3), quiet_to=time(4))
    found = proposed([berlin, coast], COMING, HOUR)
    assert all(len({local(at, each.zone).date() for at in found}) == 3 for each in (berlin, coast))


def test_the_wall_time_she_chose_is_kept_over_a_change_of_the_clock() -> None:
    chosen = kept(date(2027, 3, 30), time(18), "Europe/Berlin")
    assert chosen == datetime(2027, 3, 30, 16, tzinfo=UTC)
    assert kept(date(2027, 3, 26), time(18), "Europe/Berlin") == datetime(2027, 3, 26, 17, tzinfo=UTC)
    assert kept(date(2027, 3, 28), time(2, 30), "Europe/Berlin") == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    with pytest.raises(NoSuchTime):
        kept(date(2011, 12, 30), time(12), "Pacific/Apia")


def test_the_same_hour_is_proposed_before_and_after_a_change_of_the_clock() -> None:
    begins = datetime(2027, 3, 26, tzinfo=UTC)
    both = [wish(name, free=(Free(4, 1080, 1140), Free(6, 1080, 1140), Free(2, 1080, 1140))) for name in "ab"]
    found = proposed(both, Window(begins, begins + timedelta(days=7)), HOUR)
    assert {local(at, "Europe/Berlin").hour for at in found} == {18}
    assert {at.hour for at in found} == {16, 17}


def parsed(text: str):
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_the_calendar_file_says_when_in_utc_and_who() -> None:
    entry = Entry(
        "7f3a", datetime(2027, 3, 30, 18, tzinfo=ZoneInfo("Europe/Berlin")), 90 * timedelta(minutes=1), "Mock"
    )
    calendar, event = parsed(calendar_file(entry, written=NOW))
    assert calendar["METHOD"] == "PUBLISH" and event["STATUS"] == "CONFIRMED"
    assert event.decoded("DTSTART") == datetime(2027, 3, 30, 16, tzinfo=UTC)
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=90)
    assert (event["UID"], event["SEQUENCE"], event.decoded("DTSTAMP")) == ("meeting-7f3a@pacer", 0, NOW)
    assert "DESCRIPTION" not in event


def test_a_moved_and_a_cancelled_meeting_speak_of_the_same_entry() -> None:
    first = Entry("7f3a", NOW, HOUR, "Mock")
    moved = Entry("7f3a", NOW + HOUR, HOUR, "Mock", sequence=1)
    off = Entry("7f3a", NOW + HOUR, HOUR, "Mock", sequence=2)
    files = [calendar_file(first, written=NOW), calendar_file(moved, written=NOW)]
    files.append(calendar_file(off, written=NOW, cancelled=True))
    read = [parsed(text) for text in files]
    assert len({event["UID"] for _, event in read}) == 1
    assert [event["SEQUENCE"] for _, event in read] == [0, 1, 2]
    assert (read[2][0]["METHOD"], read[2][1]["STATUS"]) == ("CANCEL", "CANCELLED")


said = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")) | st.sampled_from("\n;,\\:\"'"), max_size=300
)


@given(said, said)
@settings(max_examples=80, deadline=None)
def test_whatever_is_written_in_it_a_calendar_reads_the_same(title, notes) -> None:
    text = calendar_file(Entry("1", NOW, HOUR, title, notes), written=NOW)
    _, event = parsed(text)
    assert str(event["SUMMARY"]) == title
    assert str(event.get("DESCRIPTION", "")) == notes
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize("sign", ["x", "é", "漢", "🔋", ","])
def test_long_lines_are_folded_within_75_octets_and_never_within_a_character(sign: str) -> None:
    text = calendar_file(Entry("1", NOW, HOUR, sign * 300), written=NOW)
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    assert str(parsed(text)[1]["SUMMARY"]) == sign * 300


def test_control_characters_and_line_breaks_of_any_kind_cannot_write_a_line_of_their_own() -> None:
    text = calendar_file(Entry("1", NOW, HOUR, "a\r\nATTENDEE:x\x00\x1b\rb"), written=NOW)
    _, event = parsed(text)
    assert "ATTENDEE" not in event and str(event["SUMMARY"]) == "a\nATTENDEE:x\nb"


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        calendar_file(Entry("1", datetime(2027, 1, 1), HOUR, "Mock"), written=NOW)


def test_an_hour_is_four_quarters() -> None:
    assert AN_HOUR * QUARTER == HOUR
