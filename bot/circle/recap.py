"""Friday's recap: what the circle did in its week, counted once; thanks by name follow who still allows it."""

from __future__ import annotations

from datetime import date, timedelta

from bot.chat.message import Message, message
from bot.circle import news_words as words
from bot.circle.model import Post
from bot.circle.news_model import RECAP, monday
from bot.circle.week_facts import gathered
from bot.circle.work import CircleTurn

FRIDAY = 4
KEEPS = timedelta(hours=36)


async def recapitulate(turn: CircleTurn) -> None:
    """Friday's hour: count once what came since the last one; where nothing was practised together, nothing is said."""
    week, thanked = await gathered(turn)
    begins = monday(turn.today)
    if week.is_empty:
        return
    if await turn.work.circles.recaps.keep(turn.circle.id, begins, week, thanked):
        await turn.want(RECAP, begins.isoformat())


async def recap(turn: CircleTurn, post: Post) -> Message | None:
    """The post. The counts stay as they were; a name stands by the word of whoever bears it, as it was that Friday."""
    circles, begins = turn.work.circles, date.fromisoformat(post.about)
    week = await circles.recaps.week(turn.circle.id, begins)
    if week is None:
        return None
    thanked = await circles.recaps.thanked(turn.circle.id, begins)
    people = [await circles.member(turn.circle.id, person) for person, named in thanked.items() if named]
    others = not all(thanked.values())
    return message(words.recap(turn.circle, week, [m.name for m in people if m], others=others))
