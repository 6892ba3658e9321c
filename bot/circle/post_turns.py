"""What stands in the channel in members' words, for admins to take down; the log says so, and its author is told."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.effects import Effects, say
from bot.chat.message import message, option
from bot.circle import news_words as words
from bot.circle.ending import end
from bot.circle.model import Deed
from bot.circle.which import Mine, as_admin, mine, of
from bot.turn import Turn

LISTED = 8
"""Posts of one page."""


async def posts(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer circle posts`, for admins."""
    found = await mine(turn, "posts")
    return await _posts(turn, found, "") if isinstance(found, Mine) else found


async def on_posts(turn: Turn, circle_id: str, before: str) -> Effects:
    """The circle was picked, or *Earlier*: what is older than a post."""
    return await _posts(turn, await of(turn, circle_id), before)


async def _posts(turn: Turn, found: Mine, before: str) -> Effects:
    circle = as_admin(found).circle
    read = await turn.work.circles.notices.standing(circle.id, limit=LISTED + 1, before=before)
    standing = read[:LISTED]
    if not standing:
        return say((words.NO_OLDER_POSTS if before else words.NO_POSTS).format(name=circle.name))
    lines = "\n".join(f"{n}. {notice.text or words.WITHOUT_WORDS}" for n, notice in enumerate(standing, 1))
    ways = [
        option(f"Take down {n}", "circle", "down", circle.id, notice.id)
        for n, notice in enumerate(standing, 1)
    ]
    if len(read) > LISTED:
        ways.append(option("Earlier", "circle", "posts", circle.id, standing[-1].id))
    return say(words.POSTS.format(name=circle.name), lines, options=tuple(ways))


async def on_down(turn: Turn, circle_id: str, name: str) -> Effects:
    """An admin takes one down: its words are gone, whoever wrote it."""
    circle, circles = as_admin(await of(turn, circle_id)).circle, turn.work.circles
    notice = await circles.notices.notice(circle.id, name)
    if notice is None or not await end(circles, notice, taken_back=True):
        return say(words.DOWN_ALREADY)
    await circles.note(circle.id, circles.me, Deed.DOWN, now=turn.now)
    letter = message(words.YOURS_DOWN.format(name=circle.name))
    await circles.tell(circle.id, notice.person_id, letter, about=f"down.{name}", now=turn.now)
    return say(words.DOWN)
