"""Which circle a command is about: the one of the channel, her only one, or the one she picks."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.effects import Effects, say
from bot.chat.form import Unclear
from bot.chat.message import option
from bot.circle import words
from bot.circle.model import Circle, Member
from bot.turn import Turn


@dataclass(frozen=True, slots=True)
class Mine:
    """A circle, and she in it."""

    circle: Circle
    me: Member


async def mine(turn: Turn, verb: str, *rest: str) -> Mine | Effects:
    """The circle that is meant; or the question which one, whose answer comes back as this verb. Raises Unclear."""
    here = await turn.work.circles.at(turn.place.room) if turn.place.room else None
    if here is not None:
        return await of(turn, here.id)
    found = await turn.work.circles.mine()
    if not found:
        raise Unclear(words.HOW_IT_BEGINS)
    if len(found) == 1:
        return await of(turn, found[0].id)
    return say(words.WHICH, options=tuple(option(c.name, "circle", verb, c.id, *rest) for c in found))


async def of(turn: Turn, circle_id: str) -> Mine:
    """One of her circles by its id. Raises Unclear if it is none of hers any more."""
    circles = turn.work.circles
    circle = await circles.circle(circle_id)
    if circle is None or circle.ended:
        raise Unclear(words.OVER)
    me = await circles.member(circle_id, circles.me)
    if me is None:
        raise Unclear(words.NOT_IN_IT)
    return Mine(circle, me)


def as_admin(found: Mine) -> Mine:
    """The same. Raises Unclear if she is no admin there."""
    if not found.me.admin:
        raise Unclear(words.NOT_AN_ADMIN.format(name=found.circle.name))
    return found
