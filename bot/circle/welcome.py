"""The post that says that people practise together in a channel, and lets others join."""

from __future__ import annotations

from bot.chat.message import Message, message, option
from bot.chat.saying import counted
from bot.circle.model import LEAST_SAID, Post
from bot.circle.work import CircleTurn

OVER = message("This circle has come to its end. `/pacer circle create` begins another.")


def people(count: int) -> str:
    """How many people, as the beginning of a sentence; fewer than five are some."""
    if count < LEAST_SAID:
        return "A few people"
    said = counted(count)
    return f"{count:,} people" if said.isdecimal() else f"{said.capitalize()} people"


async def welcome(turn: CircleTurn, post: Post) -> Message:
    """No names: who is there is for those who are there."""
    name = turn.circle.name
    together = people(await turn.work.circles.count(turn.circle.id))
    return message(
        f"**{name}**\n{together} practise together here, each at her own pace. "
        "Join to get the drills of the day and somebody to practise with. "
        "You first see what the circle will know of you, and leaving is one command.",
        options=(option("Join", "circle", "join", turn.circle.id),),
    )
