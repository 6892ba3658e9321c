"""What stands in the channel in members' words, for admins to take down; the log says so, and its author is told."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.effects import Effects, say
from bot.chat.message import message, option
from bot.circle import news_words as words
from bot.circle.which import Mine, as_admin, mine, of
from bot.turn import Turn

LISTED = 8


async def posts(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer circle posts`, for admins."""
    found = await mine(turn, "posts")
    return await _posts(turn, found) if isinstance(found, Mine) else found


async def on_posts(turn: Turn, circle_id: str) -> Effects:
    """The circle was picked."""
    return await _posts(turn, await of(turn, circle_id))


async def _posts(turn: Turn, found: Mine) -> Effects:
    circle = as_admin(found).circle
    standing = await turn.work.circles.notices.standing(circle.id, limit=LISTED)
    if not standing:
        return say(words.NO_POSTS.format(name=circle.name))
    lines = "\n".join(f"{n}. {notice.text or words.WITHOUT_WORDS}" for n, notice in enumerate(standing, 1))
    ways = tuple(
        option(f"Take down {n}", "circle", "down", circle.id, notice.id)
        for n, notice in enumerate(standing, 1)
    )
    return say(words.POSTS.format(name=circle.name), lines, options=ways)


async def on_down(turn: Turn, circle_id: str, name: str) -> Effects:
    """An admin takes one down: its words are gone, whoever wrote it."""
    circle, circles = as_admin(await of(turn, circle_id)).circle, turn.work.circles
    notice = await circles.notices.notice(circle.id, name)
    if notice is None or not await circles.notices.end(circle.id, name, taken_back=True):
        return say(words.DOWN_ALREADY)
    await circles.want(circle.id, notice.kind, name)
    await circles.note(circle.id, circles.me, "took a member's post down", now=turn.now)
    letter = message(words.YOURS_DOWN.format(name=circle.name))
    await circles.tell(circle.id, notice.person_id, letter, about=f"down.{name}", now=turn.now)
    return say(words.DOWN)
