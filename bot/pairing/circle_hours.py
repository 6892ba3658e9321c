"""What a circle does about pairs at its hours: the question on Sunday, the matching on Monday, a look twice a day."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, time, timedelta

from bot.chat.message import Message, message, option
from bot.circle.model import LEAST_SAID, Post, Settings
from bot.circle.welcome import people
from bot.circle.work import CircleTurn
from bot.pairing import talk_words as words
from bot.pairing.arranged import Arranged, Asked, Asking, Stage, history_of
from bot.pairing.desk import REMEMBERED, Desk, monday_of, pairs_in
from bot.pairing.matching import match
from bot.pairing.model import Matched, Person, Window, Wish
from bot.pairing.rearranging import arrange_all, is_broken, is_late, left_out, rearrange, tell_alone
from bot.pairing.reliability import reliability

OPTED = "pairs"
"""What a member opted in to who is asked each week; also the kind of the post."""
MONDAY, SUNDAY = 0, 6


def at_drill(settings: Settings) -> time | None:
    """The hour of the drill, where pairs are made."""
    return settings.drill_at if settings.pairing else None


def at_reveal(settings: Settings) -> time | None:
    """The hour of the reveal, where pairs are made."""
    return settings.reveal_at if settings.pairing else None


def desk_of(turn: CircleTurn) -> Desk:
    """The circle's own desk; its transaction holds the circle already."""
    return Desk(turn.work.pairs, turn.work.circles, turn.circle, turn.content, turn.now)


async def ask_members(turn: CircleTurn) -> None:
    """On Sunday: who wants to be asked, and has not said anything about next week, is asked."""
    desk = desk_of(turn)
    week = monday_of(turn.today) + timedelta(days=7)
    known = await desk.asked()
    for member in await desk.circles.members(turn.circle.id):
        hers = known.get(member.person_id)
        if OPTED in member.opted and (hers is None or hers.week != week):
            await desk.tell(member.person_id, question(desk, hers), about=f"pairask.{week}")


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
    await desk.pairs.forget(turn.circle.id, before=week - REMEMBERED)
    meetings = tuple(await desk.pairs.meetings(turn.circle.id, since=week - REMEMBERED))
    wishes = _open(await desk.wishes(week), meetings, week)
    if not wishes or window is None:
        return
    wishes = {p: _with_reliability(w, meetings, turn.today) for p, w in wishes.items()}
    found = await _matched(desk, wishes, week, window)
    await arrange_all(desk, found, week, wishes, words.PROPOSED)
    await tell_alone(desk, found.alone, str(week))
    if found.meetings:
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
    """Twice a day: whoever waited a day for an answer, or for somebody who is gone, gets another partner."""
    desk = desk_of(turn)
    broken: list[Arranged] = []
    late: set[str] = set()
    for meeting in await desk.meetings():
        if not meeting.live or meeting.has_begun(turn.now):
            continue
        over = meeting.stage is Stage.OPEN and turn.today >= meeting.week + timedelta(days=7)
        if over or not meeting.seats:
            await desk.pairs.keep_meeting(replace(meeting, stage=Stage.OVER))
        elif is_broken(meeting):
            broken.append(meeting)
        elif meeting.stage is Stage.OPEN and await is_late(desk, meeting):
            broken.append(meeting)
            late.add(meeting.id)
    await rearrange(desk, broken, late=late)


async def pairs_post(turn: CircleTurn, post: Post) -> Message | None:
    """How many meet, without names; below five people no number is said."""
    week = date.fromisoformat(post.about)
    meetings = await turn.work.pairs.meetings(turn.circle.id, since=week)
    count = len({p for m in meetings if m.week == week and m.live for p in m.people})
    said = words.POST.format(people=people(count)) if count >= LEAST_SAID else words.POST_SOME
    ask = option(words.ME_TOO, "pair", "on", turn.circle.id)
    return message(said, words.POST_MORE, options=(ask,))


async def join_waiting(desk: Desk, her: Asked) -> bool:
    """She asks in a week whose pairs are made: if somebody waits, they are matched now; whether she was."""
    week = monday_of(desk.today)
    window = desk.window(week)
    meetings = await desk.meetings()
    wishes = _open(await desk.wishes(week), meetings, week)
    wishes.pop(her.person, None)
    if not wishes or window is None or her.wish is None:
        return False
    wishes[her.person] = her.wish
    found = await _matched(desk, wishes, week, window)
    hers = [m for m in found.meetings if her.person in m.people]
    if not hers:
        return False
    await desk.keep_asked(replace(her, week=week, asking=Asking.WANTS))
    await arrange_all(desk, replace(found, alone=()), week, wishes, words.PROPOSED)
    return True
