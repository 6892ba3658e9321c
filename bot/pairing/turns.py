"""Pairs as a member meets them: asking for somebody, picking a time, saying no to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.chat.effects import Effects, OpenForm, Say, say
from bot.chat.form import Unclear
from bot.chat.message import option
from bot.chat.saying import listed
from bot.circle import which
from bot.circle.model import Circle, Member
from bot.delivery.recurrence import instant
from bot.pairing import talk_words as words
from bot.pairing import wishing
from bot.pairing.arranged import OPTED, Arranged, Asked, Asking, Seat, Stage
from bot.pairing.arranging import open_times, out_of_calendar, proposal
from bot.pairing.circle_hours import join_waiting
from bot.pairing.desk import Desk, monday_of
from bot.pairing.model import Person
from bot.pairing.rearranging import is_ahead, mend, rearrange, rest
from bot.pairing.rematch import AWAY, Reply
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
            return await _off(desk, me)
        case "not":
            return await _not_now(desk, me, hers)
        case "on":
            _pairs_are_made(desk.circle)
            await _opt(desk, me, on=True)
            return (*say(words.ON), *_ask(turn, desk.circle, hers))
        case "ask":
            return _ask(turn, desk.circle, hers)
        case "same" if hers and hers.wish:
            values = dict(wishing.known(hers.wish, hers.wish.level))
            return await _keep(turn, desk, me, values)
        case _:
            return await _show(turn, desk, me, hers)


def _pairs_are_made(circle: Circle) -> None:
    """Raises Unclear where an admin turned pairs off; nothing was kept then."""
    if not circle.settings.pairing:
        raise Unclear(words.NO_PAIRS.format(name=circle.name))


def _ask(turn: Turn, circle: Circle, hers: Asked | None) -> Effects:
    _pairs_are_made(circle)
    form = replace(wishing.FORM, id=f"{wishing.BASE}:{circle.id}")
    return (OpenForm(form, wishing.known(hers.wish if hers else None, wishing.usual_level(turn))),)


async def _show(turn: Turn, desk: Desk, me: Member, hers: Asked | None) -> Effects:
    circle, week = desk.circle, _coming(desk)
    shown = [await _meeting(desk, m, me.person_id) for m in await _ahead(desk, me.person_id)]
    if not circle.settings.pairing:
        return (*(e for effects in shown for e in effects), *say(words.NO_PAIRS.format(name=circle.name)))
    coming = await desk.asked_for(me.person_id, week)
    wants = coming is not None and coming.asking is Asking.WANTS
    said = words.HOW.format(name=circle.name)
    if wants and coming and coming.wish:
        said = words.WANTS.format(week=_day(week), wish=words.wished(coming.wish))
    ways = [option(words.ASK if wants else "Ask for somebody", "pair", "ask", circle.id)]
    ways += [option(words.SAME, "pair", "same", circle.id)] if hers and hers.wish and not wants else []
    ways += [option(words.NOT_NOW, "pair", "not", circle.id)] if wants else []
    asked = OPTED in me.opted
    ways.append(
        option(words.STOP if asked else "Ask me each week", "pair", "off" if asked else "on", circle.id)
    )
    return (*(e for effects in shown for e in effects), *say(said, options=tuple(ways)))


async def _ahead(desk: Desk, person: Person) -> list[Arranged]:
    """Her meetings that are not over, whichever week they were made in."""
    hers = [m for m in await desk.meetings() if m.seat_of(person)]
    if await mend(desk, hers):
        hers = [m for m in await desk.meetings() if m.seat_of(person)]
    under_way = (m for m in hers if m.live and m.has_begun(desk.now) and not m.has_ended(desk.now))
    return [*under_way, *(m for m in hers if is_ahead(desk, m))]


async def _meeting(desk: Desk, meeting: Arranged, reader: str) -> Effects:
    if meeting.begins is None:
        times = await open_times(desk, meeting)
        return (Say(await proposal(desk, meeting, reader, words.PROPOSED, times)),)
    others = [s.person for s in meeting.others(reader)]
    time = words.time_of(meeting.begins, await desk.clock_of(reader))
    said = words.CONFIRMED.format(time=time, names=listed(await desk.names(others)))
    return say(said, *await desk.contacts(reader, others), options=words.ways_out(meeting, words.CANNOT))


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


async def _opt(desk: Desk, me: Member, *, on: bool) -> None:
    await desk.circles.change_member(desk.circle.id, me.person_id, lambda m: m.opting(OPTED, on=on))


async def _off(desk: Desk, me: Member) -> Effects:
    await _opt(desk, me, on=False)
    await _withdraw(desk, me)
    return say(words.OFF)


async def _not_now(desk: Desk, me: Member, hers: Asked | None) -> Effects:
    week = _coming(desk)
    if week in await _withdraw(desk, me):
        return say(words.WITHDRAWN)
    wish, owed = (hers.wish, hers.owed) if hers else (None, False)
    await desk.keep_asked(Asked(me.person_id, week, Asking.NOT_NOW, wish, owed))
    return say(words.LET_BE)


async def _withdraw(desk: Desk, me: Member) -> list[date]:
    """Take her out of pairs that are not made yet, also where she waits for somebody this week; which weeks these were."""
    wanted = await desk.wanting(me.person_id)
    await desk.keep_asked(*(replace(asked, asking=Asking.NOT_NOW) for asked in wanted))
    return [asked.week for asked in wanted]


async def on_wish(turn: Turn, values: Mapping[str, str]) -> Effects:
    """The form came back."""
    desk, me = await desk_at(turn, values.get("about", ""))
    return await _keep(turn, desk, me, values)


async def _keep(turn: Turn, desk: Desk, me: Member, values: Mapping[str, str]) -> Effects:
    _pairs_are_made(desk.circle)
    before = (await desk.asked()).get(me.person_id)
    wish, week = await wishing.wish_of(turn, values), _coming(desk)
    hers = Asked(me.person_id, week, Asking.WANTS, wish, before.owed if before else False)
    if OPTED not in me.opted:
        await _opt(desk, me, on=True)
    await desk.keep_asked(hers)
    joined = week != monday_of(desk.today) and await join_waiting(desk, hers)
    return say((words.KEPT_NOW if joined else words.KEPT).format(wish=words.wished(wish), week=_day(week)))


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
    if meeting and await mend(desk, [meeting]):
        meeting = await desk.pairs.meeting(meeting_id)
    seat = meeting.seat_of(me.person_id) if meeting else None
    if meeting is None or seat is None:
        raise Unclear(words.OVER)
    return desk, meeting, seat


def with_seat(meeting: Arranged, seat: Seat) -> Arranged:
    """The meeting with one seat as it is now."""
    return replace(meeting, seats=tuple(seat if s.place == seat.place else s for s in meeting.seats))


REPLIES = {
    "none": (Reply.NOT_HER_TIMES, words.LOOKING),
    "decline": (Reply.DECLINED, words.DECLINED),
    "tired": (Reply.TOO_TIRED, RESTING),
}
"""By step: what it means, and what is answered."""


async def on_reply(turn: Turn, step: str, meeting_id: str) -> Effects:
    """The times do not suit, or the week does not: the others are matched anew at once."""
    desk, meeting, seat = await seated(turn, meeting_id)
    reply, said = REPLIES[step]
    if not meeting.live:
        return await _on_dead(desk, meeting, seat.person, reply)
    if meeting.has_begun(turn.now):
        return say(words.BEGUN)
    if meeting.stage is Stage.AGREED and step == "none":
        clock = await desk.clock_of(seat.person)
        return say(words.SETTLED.format(time=words.time_of(meeting.begins or turn.now, clock)))
    off = await out_of_calendar(desk, meeting, seat.person)
    await rearrange(desk, [with_seat(meeting, replace(seat, reply=reply, picks=()))])
    return say(said, off)


async def _on_dead(desk: Desk, meeting: Arranged, person: Person, reply: Reply) -> Effects:
    """It fell through before she said so. Her word on this week counts all the same, but never against somebody new."""
    if reply not in AWAY or meeting.week != monday_of(desk.today):
        return say(words.OVER)
    ahead = [m for m in await _ahead(desk, person) if m.week == meeting.week]
    if ahead:
        shown = [await _meeting(desk, m, person) for m in ahead]
        return (*say(words.SOMEBODY_ELSE), *(e for effects in shown for e in effects))
    await rest(desk, [person], meeting.week)
    await desk.pairs.take_back(meeting.id, [person], now=desk.now)
    said = words.RESTING_TOO if reply is Reply.TOO_TIRED else words.DECLINED_TOO
    return say(said, await out_of_calendar(desk, meeting, person))
