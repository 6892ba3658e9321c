"""What a circle does about pairs at its hours: the question on Sunday, the matching on Monday, a look four times a day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

from bot.chat.message import Message, message, option
from bot.circle.model import LEAST_SAID, Post, Settings
from bot.circle.welcome import people
from bot.circle.work import CircleTurn
from bot.pairing import talk_words as words
from bot.pairing.arranged import OPTED, Arranged, Asked, Asking, Stage
from bot.pairing.desk import REMEMBERED, Desk, monday_of, pairs_in
from bot.pairing.matching import match
from bot.pairing.model import Matched, Person, Window, Wish
from bot.pairing.outcomes import history_of
from bot.pairing.rearranging import arrange_all, end, is_broken, is_late, left_out, owe, rearrange, tell_alone
from bot.pairing.reliability import reliability

WORDS_KEPT = timedelta(weeks=2)
"""So long a word is kept beyond its week, as an hour that was found can lie so far ahead."""
MONDAY, SUNDAY = 0, 6
LOOKS_APART = 6
"""Hours between two looks: silence of a day is noticed a quarter of a day later at most."""
LOOKS = tuple(f"pairs look {number}" for number in range(24 // LOOKS_APART))


def at_drill(settings: Settings) -> time | None:
    """The hour of the drill, where pairs are made."""
    return settings.drill_at if settings.pairing else None


def at_look(number: int) -> Callable[[Settings], time | None]:
    """One of the hours at which meetings are looked after, six hours from each other; also where no more are made."""

    def at(settings: Settings) -> time:
        return settings.drill_at.replace(hour=(settings.drill_at.hour + number * LOOKS_APART) % 24)

    return at


def desk_of(turn: CircleTurn) -> Desk:
    """The circle's own desk; its transaction holds the circle already."""
    return Desk(turn.work.pairs, turn.work.circles, turn.circle, turn.content, turn.now)


async def ask_members(turn: CircleTurn) -> None:
    """On Sunday: who wants to be asked, and has not said anything about next week, is asked."""
    desk = desk_of(turn)
    week = monday_of(turn.today) + timedelta(days=7)
    known = await desk.asked()
    for member in await desk.circles.members(turn.circle.id):
        if OPTED in member.opted and await desk.asked_for(member.person_id, week) is None:
            asked = question(desk, known.get(member.person_id))
            await desk.tell(member.person_id, asked, about=f"pairask.{week}")


def question(desk: Desk, hers: Asked | None) -> Message:
    """Whether she would like somebody next week, with what she said last time as one tap."""
    circle = desk.circle
    wish = hers.wish if hers else None
    same = (option(words.SAME, "pair", "same", circle.id),) if wish else ()
    label = "Yes, with other hours" if wish else "Yes"
    return message(
        words.NEXT_WEEK.format(name=circle.name),
        words.AS_BEFORE.format(wish=words.wished(wish)) if wish else "",
        options=(
            *same,
            option(label, "pair", "ask", circle.id),
            option(words.NOT_NOW, "pair", "not", circle.id),
            option(words.STOP, "pair", "off", circle.id),
        ),
    )


async def match_week(turn: CircleTurn) -> None:
    """On Monday: everybody who asked is matched; meetings and letters are kept with the hour itself."""
    desk = desk_of(turn)
    week = monday_of(turn.today)
    window = desk.window(week)
    await end_weeks(desk)
    await desk.pairs.forget(turn.circle.id, before=week - REMEMBERED)
    await desk.pairs.forget_asked(turn.circle.id, before=week - WORDS_KEPT)
    meetings = tuple(await desk.pairs.meetings(turn.circle.id, since=week - REMEMBERED))
    wishes = _open(await desk.wishes(week), meetings, week)
    if not wishes or window is None:
        return
    wishes = {p: _with_reliability(w, meetings, turn.today) for p, w in wishes.items()}
    found = await _matched(desk, wishes, week, window)
    await arrange_all(desk, found, week, wishes, words.PROPOSED)
    await tell_alone(desk, found.alone, str(week))
    if found.meetings:
        count = sum(len(m.people) for m in found.meetings)
        if count >= LEAST_SAID:
            await desk.pairs.keep_count(turn.circle.id, week, count)
        await turn.want(OPTED, str(week))


async def _matched(desk: Desk, wishes: dict[Person, Wish], week: date, window: Window) -> Matched:
    """Beside the event loop: hundreds of people take most of a second."""
    earlier = await desk.earlier()
    return await asyncio.to_thread(
        match,
        wishes.values(),
        week=week,
        window=window,
        earlier=earlier,
        left_out=await left_out(desk),
        barred=pairs_in(earlier, week),
    )


def _open(wishes: dict[Person, Wish], meetings: tuple[Arranged, ...], week: date) -> dict[Person, Wish]:
    """Without those who have somebody already."""
    busy = {p for m in meetings if m.week == week and m.live for p in m.people}
    return {p: w for p, w in wishes.items() if p not in busy}


def _with_reliability(wish: Wish, meetings: tuple[Arranged, ...], today: date) -> Wish:
    return replace(wish, reliability=reliability(history_of(wish.person, meetings), today))


async def look_after(turn: CircleTurn) -> None:
    """Four times a day: whoever waited a day for an answer, or for somebody who is gone, gets another partner."""
    desk = desk_of(turn)
    await end_weeks(desk)
    broken: list[Arranged] = []
    late: set[str] = set()
    for meeting in await desk.meetings():
        if not meeting.live or meeting.has_begun(turn.now):
            continue
        if not meeting.seats:
            await desk.keep(replace(meeting, stage=Stage.OVER))
        elif is_broken(meeting):
            broken.append(meeting)
        elif meeting.stage is Stage.OPEN and await is_late(desk, meeting):
            broken.append(meeting)
            late.add(meeting.id)
    await rearrange(desk, broken, late=late)


async def end_weeks(desk: Desk) -> None:
    """What found no hour in its week, and has none ahead, is over; nobody is to blame, so all of them come first next."""
    this = monday_of(desk.today)
    before = [m for m in await desk.meetings() if m.stage is Stage.OPEN and m.week < this]
    over = [m for m in before if not m.has_hour_ahead(desk.now)]
    for each in over:
        await end(desk, each)
    await owe(desk, [p for m in over for p in m.people], owed=True)


async def pairs_post(turn: CircleTurn, post: Post) -> Message | None:
    """How many were put together on Monday, without names; below five people no number is said.

    What became of it since then would tell, by a number that falls, who was in a pair.
    """
    count = await turn.work.pairs.count(turn.circle.id, date.fromisoformat(post.about))
    said = words.POST.format(people=people(count)) if count is not None else words.POST_SOME
    ask = option(words.ME_TOO, "pair", "on", turn.circle.id)
    return message(said, words.POST_MORE, options=(ask,))


async def join_waiting(desk: Desk, her: Asked) -> bool:
    """She asked for the next week while pairs of this one are made: if somebody waits, they are matched now as well;
    whether she was. Not if she has somebody this week, or said no to it.
    """
    week = monday_of(desk.today)
    window, this_week = desk.window(week), await desk.asked_for(her.person, week)
    if window is None or her.wish is None or (this_week and this_week.asking is not Asking.WANTS):
        return False
    hers = replace(her, week=week, owed=False)
    everybody = await desk.wishes(week, and_also=hers)
    wishes = _open(everybody, await desk.meetings(), week)
    if her.person not in wishes or len(wishes) == 1:
        return False
    found = await _matched(desk, wishes, week, window)
    if not any(her.person in m.people for m in found.meetings):
        return False
    await desk.keep_asked(hers)
    await arrange_all(desk, replace(found, alone=()), week, wishes, words.PROPOSED)
    return True
