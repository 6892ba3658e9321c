"""Times of a meeting, as a member says which suit her: a proposed one, or an hour that they found by writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.chat.effects import Effects, OpenForm, say
from bot.chat.form import Form, FormField, Unclear
from bot.chat.message import message
from bot.chat.reading import when
from bot.chat.saying import listed
from bot.pairing import talk_words as words
from bot.pairing.arranged import Arranged, Seat, Stage
from bot.pairing.arranging import open_times, settle
from bot.pairing.desk import Desk
from bot.pairing.turns import seated, with_seat
from bot.turn import Turn


async def on_time(turn: Turn, meeting_id: str, number: str) -> Effects:
    """One of the proposed times suits her."""
    desk, meeting, seat = await seated(turn, meeting_id)
    clock = await desk.clock_of(seat.person)
    if meeting.stage is Stage.AGREED and meeting.begins:
        return say(words.SETTLED.format(time=words.time_of(meeting.begins, clock)))
    at = meeting.times[int(number)] if number.isdecimal() and int(number) < len(meeting.times) else None
    if at is None or not meeting.live:
        return say(words.OVER)
    if at <= turn.now:
        return say(words.TIME_OVER)
    if at not in await open_times(desk, meeting):
        return say(await _clash(desk, meeting, seat, at) or words.GONE)
    seat = replace(seat, picks=tuple(sorted({*seat.picks, at})), reply=None)
    meeting = with_seat(meeting, seat)
    await desk.keep(meeting)
    first_round = not meeting.second_round
    settled = await settle(desk, meeting)
    time = words.time_of(settled.begins or at, clock)
    if settled.stage is Stage.AGREED:
        return say(words.AGREED_NOW.format(time=time))
    again = settled.second_round and first_round
    return say((words.SECOND_ASKED if again else words.PICKED).format(time=time))


async def _clash(desk: Desk, meeting: Arranged, seat: Seat, at: datetime) -> str:
    """That she meets somebody else at such an hour; empty if she does not."""
    engaged = (await desk.engaged([seat.person])).get(seat.person, ())
    other = next((e for e in engaged if e.overlaps(at, at + meeting.length)), None)
    if other is None:
        return ""
    return words.CLASH.format(time=words.time_of(other.begins, await desk.clock_of(seat.person)))


def read_when(typed: str, today: date) -> str:
    """A day and an hour as wall time, in ISO form. Raises Unclear."""
    day, at = when(typed, today)
    if at is None:
        raise Unclear("I need the hour too, such as *Thursday 18:30*.")
    return datetime.combine(day, at).isoformat()


MOST_OPEN = 3
"""Hours of one person that the others can be asked about at a time."""
HOUR = Form(
    "pair:hour",
    "A time you found",
    (FormField("when", "When do you meet?", read_when, "Such as *Thursday 18:30*, on your own clock."),),
)
"""Its id ends with the meeting it is about."""


async def on_own_time(turn: Turn, meeting_id: str) -> Effects:
    """They found an hour by writing to each other: when?"""
    _, meeting, _ = await seated(turn, meeting_id)
    if meeting.stage is not Stage.OPEN:
        return say(words.OVER)
    return (OpenForm(replace(HOUR, id=f"{HOUR.id}:{meeting_id}")),)


async def on_hour(turn: Turn, values: Mapping[str, str]) -> Effects:
    """An hour of theirs: it suits her, and the others are asked with one tap."""
    desk, meeting, seat = await seated(turn, values.get("about", ""))
    if meeting.stage is not Stage.OPEN:
        return say(words.OVER)
    at = datetime.fromisoformat(values["when"]).replace(tzinfo=ZoneInfo(turn.own.zone)).astimezone(UTC)
    if not turn.now < at < desk.farthest(meeting.week):
        return say(words.NOT_AHEAD)
    if clash := await _clash(desk, meeting, seat, at):
        return say(clash)
    if at not in seat.picks and sum(pick > turn.now for pick in seat.picks) >= MOST_OPEN:
        return say(words.ENOUGH_HOURS)
    clock = await desk.clock_of(seat.person)
    picks = tuple(sorted({*seat.picks, at}))
    meeting = with_seat(meeting, replace(seat, picks=picks, reply=None))
    number = meeting.times.index(at) if at in meeting.times else len(meeting.times)
    meeting = replace(meeting, told=turn.now, times=(*meeting.times, *(() if at in meeting.times else (at,))))
    await desk.keep(meeting)
    settled = await settle(desk, meeting)
    if settled.stage is Stage.AGREED:
        return say(words.AGREED_NOW.format(time=words.time_of(at, clock)))
    names = listed(await desk.names([seat.person]))
    for other in meeting.others(seat.person):
        ways = words.ways(meeting, [at], await desk.clock_of(other.person))
        letter = message(words.FOUND.format(name=names), *ways)
        await desk.tell(other.person, letter, about=f"pairhour.{meeting.id}.{number}")
    return say(words.PICKED.format(time=words.time_of(at, clock)))
