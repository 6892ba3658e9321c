"""When a meeting cannot be as it was arranged: who is left finds somebody else, at once and kindly told."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.chat.message import File, message, option
from bot.delivery.recurrence import held
from bot.pairing import talk_words as words
from bot.pairing.arranged import Arranged, Asking, Seat, Stage, parts_of
from bot.pairing.arranging import (
    arrange,
    confirm,
    open_times,
    out_of_calendar,
    proposal,
    settle,
    told_together,
)
from bot.pairing.desk import Desk, pairs_in
from bot.pairing.halves import meeting as halved
from bot.pairing.model import Alone, Matched, Meeting, Person, Why, Window, Wish
from bot.pairing.overlap import AN_HOUR, shared, starts, usable
from bot.pairing.rematch import AWAY, Rematched, Reply, rematch
from bot.pairing.words import ALONE

A_DAY = timedelta(hours=23, minutes=30)
"""How long an answer is waited for; a little less than a day, so that who was told at a look is asked after at the same hour."""
QUARTER = timedelta(minutes=15)


async def rearrange(desk: Desk, broken: Sequence[Arranged], *, late: Collection[str] = ()) -> None:
    """Let these be over, and match those who still want company, all of one week at once.

    `late` are ids of those whose time for answers has passed.
    """
    for week in sorted({m.week for m in broken}):
        await _rearrange(desk, week, [m for m in broken if m.week == week], late)


async def end(desk: Desk, meeting: Arranged) -> None:
    """Let it be over: what was written about it and did not leave yet would only mislead."""
    await desk.keep(replace(meeting, stage=Stage.OVER))
    await desk.pairs.take_back(meeting.id, meeting.people, now=desk.now)


async def _rearrange(desk: Desk, week: date, broken: Sequence[Arranged], late: Collection[str]) -> None:
    meetings, earlier, ids = await desk.meetings(), await desk.earlier(), {m.id for m in broken}
    replies: dict[Person, Reply] = {}
    for each in broken:
        await end(desk, each)
        replies |= _replies(each, late=each.id in late)
        await _call_off(desk, each, replies)
    busy = {p for m in meetings if m.id not in ids and m.week == week and m.live for p in m.people}
    wishes = {p: w for p, w in (await desk.wishes(week)).items() if p not in busy}
    window, about = desk.window(week), broken[0].id
    await _close(desk, [p for p, r in replies.items() if r not in AWAY and p not in wishes], about)
    if window is None:
        found = _too_late(broken, replies, wishes)
    else:
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
    await _alone(desk, new, _nobody(replies, hope=window is not None), about)
    await rest(desk, found.resting, week)


def _too_late(
    broken: Sequence[Arranged], replies: Mapping[Person, Reply], wishes: Mapping[Person, Wish]
) -> Rematched:
    """The week has no hour left to put anybody together anew: only two of three go on, at an hour they agreed on."""
    kept: list[Meeting] = []
    alone: list[Alone] = []
    for each in broken:
        stay = [wishes[p] for p in each.people if replies[p] not in AWAY and p in wishes]
        if each.begins is not None and len(stay) > 1:
            kept.append(halved(stay, 0))
        else:
            alone += [Alone(wish.person, Why.NOBODY_ELSE) for wish in stay]
    resting = frozenset(p for p, reply in replies.items() if reply in AWAY)
    return Rematched(tuple(kept), Matched((), tuple(alone)), resting)


async def _close(desk: Desk, people: Iterable[Person], about: str) -> None:
    """To those who asked to be taken out meanwhile: that there is no meeting any more."""
    for person in people:
        await desk.tell(person, message(words.CLOSED), about=f"pairclosed.{about}")


def _as_matched(meeting: Arranged) -> Meeting:
    return Meeting(meeting.people, (), meeting.length, timedelta(0))


def _nobody(replies: Mapping[Person, Reply], *, hope: bool) -> Mapping[Person, str]:
    """What is said to whoever finds nobody else this week, and if there is hope, that somebody may still come."""
    first = {p: words.NO_OTHER if r is Reply.NOT_HER_TIMES else words.NOBODY_NOW for p, r in replies.items()}
    return {p: f"{said} {words.IF_SOMEBODY}" if hope else said for p, said in first.items()}


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
        time = words.time_of(meeting.begins, await desk.clock_of(person))
        letter = message(words.CALLED_OFF.format(time=time), await out_of_calendar(desk, meeting, person))
        await desk.tell(person, letter, about=f"pairoff.{meeting.id}")


async def _go_on(
    desk: Desk,
    before: Arranged,
    people: tuple[Person, ...],
    wishes: Mapping[Person, Wish],
    window: Window | None,
) -> None:
    """Two of three go on as a pair, at their agreed time if there is one, else with the times they have."""
    hers = [wishes[p] for p in people]
    mask = shared(usable(w, window) for w in hers) if window else 0
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
    await desk.keep(meeting)
    together = await told_together(desk, meeting)
    if before.begins is not None:
        await confirm(desk, meeting, before.begins, words.MOVED_ON)
        return
    if not together and not any(at > desk.now for at in meeting.suits_all()):
        for person in meeting.people:
            letter = await proposal(desk, meeting, person, words.GOES_ON, await open_times(desk, meeting))
            await desk.tell(person, letter, about=f"pair.{meeting.id}")
    await settle(desk, meeting)


def _picks(meeting: Arranged, person: Person) -> tuple[datetime, ...]:
    seat = meeting.seat_of(person)
    return seat.picks if seat else ()


async def arrange_all(
    desk: Desk, found: Matched, week: date, wishes: Mapping[Person, Wish], said: str
) -> None:
    """Arrange what was matched, and remember who was left out and who is not any more."""
    await arrange(desk, found.meetings, week, wishes, said)
    await owe(desk, [p for m in found.meetings for p in m.people], owed=False)
    await owe(desk, found.left_out, owed=True)


async def owe(desk: Desk, people: Iterable[Person], *, owed: bool) -> None:
    """Let the next matching begin with these, or not any more."""
    everybody = await desk.asked()
    known = [asked for person in sorted(set(people)) if (asked := everybody.get(person))]
    await desk.keep_asked(*(replace(asked, owed=owed) for asked in known if asked.owed != owed))


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


async def rest(desk: Desk, people: Collection[Person], week: date) -> None:
    """They are left in peace this week, and that is not being left out; a word on a later week stays."""
    said = [await desk.asked_for(person, week) for person in sorted(people)]
    await desk.keep_asked(*(replace(asked, asking=Asking.RESTS) for asked in said if asked))
    await owe(desk, people, owed=False)


async def leave_pairs(desk: Desk, person: Person) -> list[File]:
    """She leaves the circle: whoever would have met her hears so kindly and is matched again.

    What takes her hours out of her own calendar is for her last answer there.
    """
    await desk.pairs.hold(desk.circle.id)
    off: list[File | None] = []
    for meeting in await desk.meetings():
        seat = meeting.seat_of(person)
        if seat is None or not is_ahead(desk, meeting):
            continue
        off.append(await out_of_calendar(desk, meeting, person))
        gone = replace(seat, reply=Reply.DECLINED)
        seats = tuple(gone if s.person == person else s for s in meeting.seats)
        await rearrange(desk, [replace(meeting, seats=seats)])
    return [file for file in off if file]


async def mend(desk: Desk, meetings: Iterable[Arranged]) -> bool:
    """Rearrange those from which somebody is missing, before anything is said about them; whether there were any."""
    broken = [m for m in meetings if is_broken(m) and is_ahead(desk, m)]
    await rearrange(desk, broken)
    return bool(broken)


def is_ahead(desk: Desk, meeting: Arranged) -> bool:
    """Whether it stands or may still come to stand, and has not begun."""
    this_week = desk.today < meeting.week + timedelta(days=7) and not meeting.has_begun(desk.now)
    return meeting.live and (this_week or meeting.has_hour_ahead(desk.now))


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
