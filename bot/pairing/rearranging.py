"""When a meeting cannot be as it was arranged: who is left finds somebody else, at once and kindly told."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.chat.message import message, option
from bot.chat.saying import listed
from bot.delivery.recurrence import held
from bot.pairing import talk_words as words
from bot.pairing.arranged import Arranged, Asking, Seat, Stage, parts_of
from bot.pairing.arranging import arrange, calendar, confirm, proposal, settle
from bot.pairing.desk import Desk, pairs_in
from bot.pairing.halves import meeting as halved
from bot.pairing.model import Alone, Matched, Meeting, Person, Why, Window, Wish
from bot.pairing.overlap import AN_HOUR, shared, starts, usable
from bot.pairing.rematch import AWAY, Reply, rematch
from bot.pairing.words import ALONE

A_DAY = timedelta(hours=23, minutes=30)
"""How long an answer is waited for; a little less than a day, as what looks after it comes at the same hour each day."""
QUARTER = timedelta(minutes=15)


async def rearrange(desk: Desk, broken: Sequence[Arranged], *, late: Collection[str] = ()) -> None:
    """Let these be over, and match those who still want company, all of one week at once.

    `late` are ids of those whose time for answers has passed.
    """
    for week in sorted({m.week for m in broken}):
        await _rearrange(desk, week, [m for m in broken if m.week == week], late)


async def _rearrange(desk: Desk, week: date, broken: Sequence[Arranged], late: Collection[str]) -> None:
    meetings, earlier, ids = await desk.meetings(), await desk.earlier(), {m.id for m in broken}
    replies: dict[Person, Reply] = {}
    for each in broken:
        await desk.pairs.keep_meeting(replace(each, stage=Stage.OVER))
        replies |= _replies(each, late=each.id in late)
        await _call_off(desk, each, replies)
    busy = {p for m in meetings if m.id not in ids and m.week == week and m.live for p in m.people}
    wishes = {p: w for p, w in (await _wishes(desk, week, replies)).items() if p not in busy}
    window, about = desk.window(week), broken[0].id
    await _close(desk, [p for p, r in replies.items() if r not in AWAY and p not in wishes], about)
    if window is None:
        await _rest(desk, [p for p, reply in replies.items() if reply in AWAY], week)
        await _alone(
            desk, [p for p in replies if p in wishes and replies[p] not in AWAY], _nobody(replies), about
        )
        return
    waiting = sorted(wishes.keys() - replies.keys())
    found = await asyncio.to_thread(
        rematch,
        Matched(tuple(_as_matched(m) for m in broken), tuple(Alone(p, Why.ODD) for p in waiting)),
        replies,
        wishes.values(),
        week=week,
        window=window,
        earlier=earlier,
        left_out=await left_out(desk),
        barred=pairs_in(earlier, week),
    )
    for kept in found.kept:
        before = next(m for m in broken if set(kept.people) <= set(m.people))
        await _go_on(desk, before, kept.people, wishes, window)
    await arrange_all(desk, found.anew, week, wishes, words.PROPOSED_AGAIN)
    new = [a.person for a in found.anew.alone if a.person in replies]
    await _alone(desk, new, _nobody(replies), about)
    await _rest(desk, found.resting, week)


async def _wishes(desk: Desk, week: date, people: Collection[Person]) -> dict[Person, Wish]:
    """What those wish for who want somebody this week; who has a word on a later week already still counts."""
    everybody = await desk.asked()
    later = {p: a.wish for p in people if (a := everybody.get(p)) and a.wish and a.week > week}
    return {**await desk.wishes(week), **later}


async def _close(desk: Desk, people: Iterable[Person], about: str) -> None:
    """To those who asked to be taken out meanwhile: that there is no meeting any more."""
    for person in people:
        await desk.tell(person, message(words.CLOSED), about=f"pairclosed.{about}")


def _as_matched(meeting: Arranged) -> Meeting:
    return Meeting(meeting.people, (), meeting.length, timedelta(0))


def _nobody(replies: Mapping[Person, Reply]) -> Mapping[Person, str]:
    """What is said to whoever finds nobody else this week."""
    first = {p: words.NO_OTHER if r is Reply.NOT_HER_TIMES else words.NOBODY_NOW for p, r in replies.items()}
    return {p: f"{said} {words.IF_SOMEBODY}" for p, said in first.items()}


def _replies(meeting: Arranged, *, late: bool) -> dict[Person, Reply]:
    """What each said, or what her silence means by now."""
    silent = {s.person for s in meeting.seats if s.reply is None and not s.picks} if late else set()
    stuck = late and not silent and meeting.begins is None
    unsaid = Reply.NOT_HER_TIMES if stuck else Reply.YES
    return {s.person: Reply.SILENT if s.person in silent else s.reply or unsaid for s in meeting.seats}


async def _call_off(desk: Desk, meeting: Arranged, replies: Mapping[Person, Reply]) -> None:
    """An agreed hour leaves the calendars of those who had it, unless two of three go on with it."""
    stays = [p for p in meeting.people if replies[p] not in AWAY]
    if meeting.begins is None or len(stays) > 1:
        return
    for person in stays:
        time = words.time_of(meeting.begins, await desk.zone_of(person))
        about = words.OUT_OF_YOUR_CALENDAR.format(time=time)
        names = listed(await desk.names(p for p in meeting.people if p != person)) or "a partner"
        off = calendar(desk, meeting, names, about=about, cancelled=True)
        letter = message(words.CALLED_OFF.format(time=time), off)
        await desk.tell(person, letter, about=f"pairoff.{meeting.id}")


async def _go_on(
    desk: Desk, before: Arranged, people: tuple[Person, ...], wishes: Mapping[Person, Wish], window: Window
) -> None:
    """Two of three go on as a pair, at their agreed time if there is one, else with the times they have."""
    hers = [wishes[p] for p in people]
    mask = shared(usable(w, window) for w in hers)
    pair = halved(hers, mask if starts(mask, AN_HOUR) else 0)
    seats = tuple(Seat(p, n, picks=_picks(before, p)) for n, p in enumerate(pair.people))
    minutes = min(before.minutes, int(pair.length.total_seconds() // 60))
    meeting = replace(
        before,
        id=f"{before.id}b",
        told=desk.now,
        stage=Stage.OPEN,
        seats=seats,
        parts=parts_of(pair),
        minutes=minutes,
        begins=None,
        second_round=False,
    )
    await desk.pairs.keep_meeting(meeting)
    if before.begins is not None:
        await confirm(desk, meeting, before.begins, words.MOVED_ON)
        return
    if not any(at > desk.now for at in meeting.suits_all()):
        for person in meeting.people:
            letter = await proposal(desk, meeting, person, words.GOES_ON)
            await desk.tell(person, letter, about=f"pair.{meeting.id}")
    await settle(desk, meeting)


def _picks(meeting: Arranged, person: Person) -> tuple[datetime, ...]:
    seat = meeting.seat_of(person)
    return seat.picks if seat else ()


async def arrange_all(
    desk: Desk, found: Matched, week: date, wishes: Mapping[Person, Wish], said: str
) -> None:
    """Arrange what was matched, and remember who was left out and who is not any more."""
    await desk.know(p for m in found.meetings for p in m.people)
    for each in found.meetings:
        await arrange(desk, each, week, wishes, said)
    await owe(desk, [p for m in found.meetings for p in m.people], owed=False)
    await owe(desk, found.left_out, owed=True)


async def owe(desk: Desk, people: Iterable[Person], *, owed: bool) -> None:
    """Let the next matching begin with these, or not any more."""
    everybody = await desk.asked()
    for person in sorted(set(people)):
        asked = everybody.get(person)
        if asked is not None and asked.owed != owed:
            await desk.keep_asked(replace(asked, owed=owed))


async def left_out(desk: Desk) -> frozenset[Person]:
    """Who was left out when she last asked, however long ago."""
    return frozenset(p for p, asked in (await desk.asked()).items() if asked.owed)


async def tell_alone(desk: Desk, alone: Iterable[Alone], about: str) -> None:
    """To those without a partner after a matching: why, and what there is instead."""
    for each in alone:
        said = ALONE[each.why]
        if each.why is not Why.NOBODY_ELSE:
            said = f"{said} {words.IF_SOMEBODY}"
        await _alone(desk, [each.person], {each.person: said}, about)


async def _alone(desk: Desk, people: Sequence[Person], said: Mapping[Person, str], about: str) -> None:
    await owe(desk, people, owed=True)
    for person in people:
        letter = message(said[person], options=(option(words.ON_YOUR_OWN, "begin"),))
        await desk.tell(person, letter, about=f"alone.{about}")


async def _rest(desk: Desk, people: Collection[Person], week: date) -> None:
    """They are left in peace this week, and that is not being left out; a word on a later week stays."""
    everybody = await desk.asked()
    for person in sorted(people):
        asked = everybody.get(person)
        if asked is not None:
            asking = Asking.RESTS if asked.week == week else asked.asking
            await desk.keep_asked(replace(asked, asking=asking, owed=False))


async def leave_pairs(desk: Desk, person: Person) -> None:
    """She leaves the circle: whoever would have met her hears so kindly and is matched again."""
    await desk.pairs.hold(desk.circle.id)
    for meeting in await desk.meetings():
        seat = meeting.seat_of(person)
        if seat is None or not meeting.live or meeting.has_begun(desk.now) or _is_past(desk, meeting):
            continue
        gone = replace(seat, reply=Reply.DECLINED)
        seats = tuple(gone if s.person == person else s for s in meeting.seats)
        await rearrange(desk, [replace(meeting, seats=seats)])


def _is_past(desk: Desk, meeting: Arranged) -> bool:
    return meeting.begins is None and desk.today >= meeting.week + timedelta(days=7)


def is_broken(meeting: Arranged) -> bool:
    """Whether somebody is missing who was forgotten meanwhile."""
    places = {s.place for s in meeting.seats}
    return len(places) < 2 or any({p.candidate, p.interviewer} - places for p in meeting.parts)


async def is_late(desk: Desk, meeting: Arranged) -> bool:
    """Whether the time for answers has passed; a night of quiet hours is not counted."""
    if not meeting.times:
        return False
    wishes = await desk.asked()
    waited = [s for s in meeting.seats if not s.picks] or meeting.seats
    found = [a.wish for s in waited if (a := wishes.get(s.person)) and a.wish]
    return all(desk.now >= _awake(meeting.told, wish) + A_DAY for wish in found)


def _awake(told: datetime, wish: Wish) -> datetime:
    """When she can have read what was told, with her quiet hours as they are."""
    at = told
    while _hushed(wish, at.astimezone(held(wish.zone)).time()) and at - told < A_DAY:
        at += QUARTER
    return at


def _hushed(wish: Wish, wall: time) -> bool:
    start, end = wish.quiet_from, wish.quiet_to
    return start <= wall < end if start <= end else wall >= start or wall < end
