"""Pairs as a member meets them: asking for somebody, picking a time, saying no to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chat.effects import Effects, OpenForm, say
from bot.chat.form import Form, FormField, Unclear
from bot.chat.message import message, option
from bot.chat.reading import when
from bot.chat.saying import listed
from bot.circle import which
from bot.circle.model import Circle, Member
from bot.delivery.recurrence import instant
from bot.pairing import talk_words as words
from bot.pairing import wishing
from bot.pairing.arranged import Arranged, Asked, Asking, Seat, Stage
from bot.pairing.arranging import settle
from bot.pairing.circle_hours import OPTED, join_waiting
from bot.pairing.desk import Desk, monday_of
from bot.pairing.rearranging import rearrange
from bot.pairing.reliability import Outcome
from bot.pairing.rematch import Reply
from bot.pairing.words import RESTING
from bot.turn import Turn


async def desk_at(turn: Turn, circle_id: str) -> tuple[Desk, Member]:
    """The desk of one of her circles, held by this turn. Raises Unclear if it is none of hers any more."""
    await turn.work.pairs.hold(circle_id)
    found = await which.of(turn, circle_id)
    return Desk(turn.work.pairs, turn.work.circles, found.circle, turn.content, turn.now), found.me


async def pair(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer circle pair [on|off|not]`: where she stands with company, and every way to change it."""
    what = given.get("what", "").strip().casefold() or "show"
    if what not in ("show", "on", "off", "not"):
        raise Unclear(words.NOT_A_WAY)
    here = await turn.work.circles.at(turn.place.room) if turn.place.room else None
    mine = [here] if here else await turn.work.circles.mine()
    if not mine:
        raise Unclear(words.NO_CIRCLE)
    if len(mine) > 1:
        return say(words.WHICH, options=tuple(option(c.name, "pair", what, c.id) for c in mine))
    return await about_circle(turn, what, mine[0].id)


async def about_circle(turn: Turn, step: str, circle_id: str) -> Effects:
    """One of the steps that are about a circle and nothing else."""
    desk, me = await desk_at(turn, circle_id)
    hers = (await desk.asked()).get(me.person_id)
    match step:
        case "off":
            return await _off(desk, me, hers)
        case "not":
            return await _not_now(desk, me, hers)
        case "on":
            await desk.circles.keep_member(desk.circle.id, replace(me, opted=me.opted | {OPTED}))
            return (*say(words.ON), *_ask(turn, desk.circle, hers))
        case "ask":
            return _ask(turn, desk.circle, hers)
        case "same" if hers and hers.wish:
            values = dict(wishing.known(hers.wish, hers.wish.level))
            return await _keep(turn, desk, me, values)
        case _:
            return await _show(turn, desk, me, hers)


def _ask(turn: Turn, circle: Circle, hers: Asked | None) -> Effects:
    if not circle.settings.pairing:
        raise Unclear(words.NO_PAIRS.format(name=circle.name))
    form = replace(wishing.FORM, id=f"{wishing.BASE}:{circle.id}")
    return (OpenForm(form, wishing.known(hers.wish if hers else None, wishing.usual_level(turn))),)


async def _show(turn: Turn, desk: Desk, me: Member, hers: Asked | None) -> Effects:
    circle = desk.circle
    if not circle.settings.pairing:
        raise Unclear(words.NO_PAIRS.format(name=circle.name))
    meetings = [m for m in await desk.meetings() if m.live and m.seat_of(me.person_id)]
    ahead = [m for m in meetings if not m.has_ended(turn.now) and m.week >= monday_of(desk.today)]
    shown: tuple[Effects, ...] = tuple([await _meeting(desk, m, me.person_id) for m in ahead])
    wants = hers is not None and hers.asking is Asking.WANTS and hers.week > monday_of(desk.today)
    said = words.HOW.format(name=circle.name)
    if wants and hers and hers.wish:
        said = words.WANTS.format(week=_day(hers.week), wish=words.wished(hers.wish))
    ways = [option(words.ASK if wants else "Ask for somebody", "pair", "ask", circle.id)]
    ways += [option(words.SAME, "pair", "same", circle.id)] if hers and hers.wish and not wants else []
    ways += [option(words.NOT_NOW, "pair", "not", circle.id)] if wants else []
    asked = OPTED in me.opted
    ways.append(
        option(words.STOP if asked else "Ask me each week", "pair", "off" if asked else "on", circle.id)
    )
    return (*(e for effects in shown for e in effects), *say(said, options=tuple(ways)))


async def _meeting(desk: Desk, meeting: Arranged, reader: str) -> Effects:
    zone = await desk.zone_of(reader)
    others = [s.person for s in meeting.others(reader)]
    names = listed(await desk.names(others))
    contacts = await desk.contacts(reader, others)
    if meeting.begins is not None:
        said = words.CONFIRMED.format(time=words.time_of(meeting.begins, zone), names=names)
        return say(said, *contacts, options=words.ways_out(meeting, words.CANNOT))
    times = [at for at in meeting.times if at > desk.now]
    said = words.PROPOSED.format(names=names, length=meeting.minutes)
    return say(said, *contacts, *words.ways(meeting, times, zone))


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


async def _off(desk: Desk, me: Member, hers: Asked | None) -> Effects:
    await desk.circles.keep_member(desk.circle.id, replace(me, opted=me.opted - {OPTED}))
    await _withdraw(desk, hers)
    return say(words.OFF)


async def _not_now(desk: Desk, me: Member, hers: Asked | None) -> Effects:
    wanted = await _withdraw(desk, hers)
    if not wanted:
        week = monday_of(desk.today) + timedelta(days=7)
        wish = hers.wish if hers else None
        owed = hers.owed if hers else False
        await desk.keep_asked(Asked(me.person_id, week, Asking.NOT_NOW, wish, owed))
    return say(words.WITHDRAWN if wanted else words.LET_BE)


async def _withdraw(desk: Desk, hers: Asked | None) -> bool:
    """Take her out of pairs that are not made yet; whether she was to be in them."""
    if hers is None or hers.asking is not Asking.WANTS:
        return False
    await desk.keep_asked(replace(hers, asking=Asking.NOT_NOW))
    return True


async def on_wish(turn: Turn, values: Mapping[str, str]) -> Effects:
    """The form came back."""
    desk, me = await desk_at(turn, values.get("about", ""))
    return await _keep(turn, desk, me, values)


async def _keep(turn: Turn, desk: Desk, me: Member, values: Mapping[str, str]) -> Effects:
    if not desk.circle.settings.pairing:
        raise Unclear(words.NO_PAIRS.format(name=desk.circle.name))
    before = (await desk.asked()).get(me.person_id)
    wish, week = await wishing.wish_of(turn, values), _coming(desk)
    hers = Asked(me.person_id, week, Asking.WANTS, wish, before.owed if before else False)
    if OPTED not in me.opted:
        await desk.circles.keep_member(desk.circle.id, replace(me, opted=me.opted | {OPTED}))
    if week != monday_of(desk.today) and await join_waiting(desk, hers):
        return say(words.KEPT_NOW.format(wish=words.wished(wish)))
    await desk.keep_asked(hers)
    return say(words.KEPT.format(wish=words.wished(wish), week=_day(week)))


def _coming(desk: Desk) -> date:
    """The week whose pairs are made next: this one's on Monday before the hour, else the following one's."""
    monday = monday_of(desk.today)
    at = instant(monday, desk.circle.settings.drill_at, desk.circle.settings.zone)
    return monday if at is not None and desk.now < at else monday + timedelta(days=7)


async def seated(turn: Turn, meeting_id: str) -> tuple[Desk, Arranged, Seat]:
    """A meeting of hers, as it stands while nobody else can change it. Raises Unclear if it is none any more."""
    found = await turn.work.pairs.meeting(meeting_id)
    if found is None:
        raise Unclear(words.OVER)
    desk, me = await desk_at(turn, found.circle_id)
    meeting = await desk.pairs.meeting(meeting_id)
    seat = meeting.seat_of(me.person_id) if meeting else None
    if meeting is None or seat is None:
        raise Unclear(words.OVER)
    return desk, meeting, seat


def with_seat(meeting: Arranged, seat: Seat) -> Arranged:
    """The meeting with one seat as it is now."""
    return replace(meeting, seats=tuple(seat if s.place == seat.place else s for s in meeting.seats))


async def on_time(turn: Turn, meeting_id: str, number: str) -> Effects:
    """One of the proposed times suits her."""
    desk, meeting, seat = await seated(turn, meeting_id)
    zone = turn.own.zone
    if meeting.stage is Stage.AGREED and meeting.begins:
        return say(words.SETTLED.format(time=words.time_of(meeting.begins, zone)))
    at = meeting.times[int(number)] if number.isdecimal() and int(number) < len(meeting.times) else None
    if at is None or not meeting.live:
        return say(words.OVER)
    if at <= turn.now:
        return say(words.TIME_OVER)
    seat = replace(seat, picks=tuple(sorted({*seat.picks, at})), reply=None)
    meeting = with_seat(meeting, seat)
    await desk.pairs.keep_meeting(meeting)
    first_round = not meeting.second_round
    settled = await settle(desk, meeting)
    time = words.time_of(settled.begins or at, zone)
    if settled.stage is Stage.AGREED:
        return say(words.AGREED_NOW.format(time=time))
    again = settled.second_round and first_round
    return say((words.SECOND_ASKED if again else words.PICKED).format(time=time))


REPLIES = {
    "none": (Reply.NOT_HER_TIMES, words.LOOKING),
    "decline": (Reply.DECLINED, words.DECLINED),
    "tired": (Reply.TOO_TIRED, RESTING),
}
"""By step: what it means, and what is answered."""


async def on_reply(turn: Turn, step: str, meeting_id: str) -> Effects:
    """The times do not suit, or the week does not: the others are matched anew at once."""
    desk, meeting, seat = await seated(turn, meeting_id)
    if not meeting.live:
        return say(words.OVER)
    if meeting.has_begun(turn.now):
        return say(words.BEGUN)
    reply, said = REPLIES[step]
    if meeting.stage is Stage.AGREED and step == "none":
        return say(words.SETTLED.format(time=words.time_of(meeting.begins or turn.now, turn.own.zone)))
    outcome = Outcome.DECLINED if meeting.stage is Stage.AGREED else None
    gone = replace(seat, reply=reply, picks=(), outcome=outcome)
    await rearrange(desk, [with_seat(meeting, gone)])
    return say(said)


A_FORTNIGHT = timedelta(days=14)


def read_when(typed: str, today: date) -> str:
    """A day and an hour as wall time, in ISO form. Raises Unclear."""
    day, at = when(typed, today)
    if at is None:
        raise Unclear("I need the hour too, such as *Thursday 18:30*.")
    return datetime.combine(day, at).isoformat()


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
    if not turn.now < at < turn.now + A_FORTNIGHT:
        return say(words.NOT_AHEAD)
    picks = tuple(sorted({*seat.picks, at}))
    meeting = with_seat(meeting, replace(seat, picks=picks, reply=None))
    number = meeting.times.index(at) if at in meeting.times else len(meeting.times)
    meeting = replace(meeting, times=(*meeting.times, *(() if at in meeting.times else (at,))))
    await desk.pairs.keep_meeting(meeting)
    settled = await settle(desk, meeting)
    if settled.stage is Stage.AGREED:
        return say(words.AGREED_NOW.format(time=words.time_of(at, turn.own.zone)))
    names = listed(await desk.names([seat.person]))
    for other in meeting.others(seat.person):
        ways = words.ways(meeting, [at], await desk.zone_of(other.person))
        letter = message(words.FOUND.format(name=names), *ways)
        await desk.tell(other.person, letter, about=f"pairhour.{meeting.id}.{number}")
    return say(words.PICKED.format(time=words.time_of(at, turn.own.zone)))
