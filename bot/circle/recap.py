"""Friday's recap: what the circle did in its week, counted once; thanks by name follow who still allows it."""

from __future__ import annotations

from datetime import date, time, timedelta

from bot.chat.message import Message, message
from bot.circle import news_words as words
from bot.circle.board_turns import THANKS
from bot.circle.model import Post, Settings
from bot.circle.news_model import monday
from bot.circle.week_facts import gathered
from bot.circle.work import CircleTurn

RECAP = "recap"
"""The kind of post, and of the time."""
FRIDAY = 4
KEEPS = timedelta(hours=36)


def hour(settings: Settings) -> time:
    """With the reveal of the day's drill."""
    return settings.reveal_at


async def recapitulate(turn: CircleTurn) -> None:
    """Friday's hour: count the week once; where nothing was practised together, nothing is said."""
    week, thanked = await gathered(turn)
    begins = monday(turn.today)
    if week.is_empty:
        return
    if await turn.work.circles.recaps.keep(turn.circle.id, begins, week, thanked):
        await turn.want(RECAP, begins.isoformat())


async def recap(turn: CircleTurn, post: Post) -> Message | None:
    """The post. The counts stay as they were; a name goes with the word of whoever bears it."""
    circles, begins = turn.work.circles, date.fromisoformat(post.about)
    week = await circles.recaps.week(turn.circle.id, begins)
    if week is None:
        return None
    people = await circles.recaps.thanked(turn.circle.id, begins)
    found = [await circles.member(turn.circle.id, person) for person in people]
    named = [m.name for m in found if m and THANKS in m.opted]
    return message(
        words.recap(turn.circle, week, named, others=any(m and THANKS not in m.opted for m in found))
    )
