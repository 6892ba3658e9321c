"""The board of days in rhythm, and being thanked by name: each for herself, and left at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta

from bot.chat.effects import Effects, say
from bot.chat.form import Unclear
from bot.chat.message import Message, message, option
from bot.circle import news_words as words
from bot.circle.model import Post, Settings
from bot.circle.news_model import BOARD, KEEPS, LEAST_ON_THE_BOARD, RECAP, RHYTHM_DAYS, Rhythm
from bot.circle.which import Mine, mine, of
from bot.circle.work import CircleTurn
from bot.delivery.review_days import lived
from bot.profile.fields import read_yes
from bot.profile.model import Profile
from bot.today.look import look_at_today
from bot.turn import Turn

THANKS = "thanks"
"""What a member opts in to who is thanked by name."""
LEAST_DAYS = 3
"""Days that count, below which no count is shown."""


async def board(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer circle board [on|off]`, for herself."""
    return await _switch(turn, BOARD, given.get("switch", ""))


async def thanks(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer circle thanks [on|off]`, for herself."""
    return await _switch(turn, THANKS, given.get("switch", ""))


async def _switch(turn: Turn, what: str, typed: str) -> Effects:
    how = read_yes(typed, turn.today) if typed.strip() else ""
    found = await mine(turn, what, *((how,) if how else ()))
    return await _turn_it(turn, what, found, how) if isinstance(found, Mine) else found


async def on_board(turn: Turn, circle_id: str, how: str = "") -> Effects:
    """The circle, or *yes* or *no*, was picked."""
    return await _turn_it(turn, BOARD, await of(turn, circle_id), how)


async def on_thanks(turn: Turn, circle_id: str, how: str = "") -> Effects:
    """The same."""
    return await _turn_it(turn, THANKS, await of(turn, circle_id), how)


async def _turn_it(turn: Turn, what: str, found: Mine, how: str) -> Effects:
    if how == "no":
        return await _off(turn, what, found)
    if what == BOARD and not found.circle.settings.board:
        raise Unclear(words.BOARD_OFF_THERE.format(name=found.circle.name))
    if what == BOARD and turn.profile is None:
        raise Unclear(words.BOARD_NEEDS_A_PLAN)
    if how == "yes":
        return await _on(turn, what, found)
    return _before(what, found)


def _before(what: str, found: Mine) -> Effects:
    """What it would show, and one tap; nothing has happened yet."""
    name, circle_id, is_on = found.circle.name, found.circle.id, what in found.me.opted
    told = words.BOARD_BEFORE if what == BOARD else words.THANKS_BEFORE
    if is_on:
        told = words.ON_BOARD_ALREADY if what == BOARD else words.THANKS_ON
        return say(told.format(name=name), options=(option("Take me off", "circle", what, circle_id, "no"),))
    ways = (option("Yes", "circle", what, circle_id, "yes"), option("Not now", "circle", "stay"))
    return say(told.format(name=name), options=ways)


async def _on(turn: Turn, what: str, found: Mine) -> Effects:
    circles, name = turn.work.circles, found.circle.name
    await circles.change_member(found.circle.id, circles.me, lambda m: m.opting(what, on=True))
    if what == THANKS:
        return say(words.THANKS_ON.format(name=name))
    counted = await days_in_rhythm(turn, turn.own)
    if counted is None:
        return say(words.ON_BOARD_SOON.format(name=name))
    await circles.rhythms.keep(found.circle.id, *counted, day=turn.today)
    await circles.want(found.circle.id, BOARD)
    return say(words.ON_BOARD.format(name=name))


async def _off(turn: Turn, what: str, found: Mine) -> Effects:
    circles, name = turn.work.circles, found.circle.name
    was = what in found.me.opted
    await circles.change_member(found.circle.id, circles.me, lambda m: m.opting(what, on=False))
    if what == BOARD:
        await circles.rhythms.forget(found.circle.id)
        await circles.renew(found.circle.id, BOARD)
    if what == THANKS:
        for week in await circles.recaps.unname(found.circle.id):
            await circles.renew(found.circle.id, RECAP, week.isoformat())
        return say(words.THANKS_OFF.format(name=name))
    return say((words.OFF_BOARD if was else words.NOT_ON_BOARD).format(name=name))


async def days_in_rhythm(turn: Turn, profile: Profile) -> tuple[int, int] | None:
    """Days in rhythm, and days that count, of the fourteen up to yesterday; None where there are too few."""
    today = await look_at_today(turn, profile)
    last = turn.today - timedelta(days=1)
    first = last - timedelta(days=RHYTHM_DAYS - 1)
    entries = await turn.work.diary.days(first, last)
    sittings = await turn.work.practice.sittings(first)
    counted = [d.in_rhythm for d in lived(profile, today, entries, sittings, first, last)]
    kept = [bool(day) for day in counted if day is not None]
    return (sum(kept), len(kept)) if len(kept) >= LEAST_DAYS else None


async def freshen(turn: Turn) -> None:
    """Count anew for every board she is on; to be called when she first says something in a day."""
    if turn.profile is None or not (there := await turn.work.circles.rhythms.mine()):
        return
    counted = await days_in_rhythm(turn, turn.profile)
    if counted is None:
        return
    for circle_id in there:
        if await turn.work.circles.rhythms.keep(circle_id, *counted, day=turn.today):
            await turn.work.circles.want(circle_id, BOARD)


def hour(settings: Settings) -> time | None:
    """With the drill, while there is a board."""
    return settings.drill_at if settings.board else None


async def look_again(turn: CircleTurn) -> None:
    """Once a day: whoever fell silent says nothing that would take her off."""
    await turn.work.circles.renew(turn.circle.id, BOARD)


async def shown(turn: CircleTurn, post: Post) -> Message | None:
    """The board: only those who want to be on it, and only where there are three."""
    if not turn.circle.settings.board:
        return message(words.BOARD_CLOSED) if post.receipt else None
    rows = await _rows(turn)
    if len(rows) < LEAST_ON_THE_BOARD:
        return message(words.BOARD_RESTS) if post.receipt else None
    return message(words.board(rows))


async def _rows(turn: CircleTurn) -> list[tuple[str, Rhythm]]:
    circles = turn.work.circles
    counts = await circles.rhythms.shown(turn.circle.id, since=turn.day_of(turn.now) - KEEPS)
    if len(counts) < LEAST_ON_THE_BOARD:
        return []
    names = {m.person_id: m.name for m in await circles.members(turn.circle.id) if BOARD in m.opted}
    return [(names[r.person_id], r) for r in counts if r.person_id in names]
