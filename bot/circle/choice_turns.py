"""The buttons of circles: one verb, the step, the circle it is about, and what else came along."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.chat.effects import Effects, say
from bot.circle import admin_turns as admins
from bot.circle import log_turns as logs
from bot.circle import turns, words
from bot.circle.news_choices import NEWS, on_news
from bot.circle.pulse_turns import on_pulse
from bot.turn import Turn

STEPS: Mapping[str, Callable[[Turn, str], Awaitable[Effects]]] = {
    "join": turns.on_join,
    "joined": turns.on_joined,
    "leave": turns.on_leave,
    "who": turns.on_who,
    "bind": admins.on_bind,
    "again": admins.on_again,
    "pulse": on_pulse,
}


async def on_circle(turn: Turn, about: tuple[str, ...]) -> Effects:
    """Something about a circle was picked."""
    step, circle_id, *rest = (*about, "", "")[: max(2, len(about))]
    if step in STEPS:
        return await STEPS[step](turn, circle_id)
    if step in NEWS:
        return await on_news(turn, step, circle_id, rest)
    match step:
        case "name":
            return await turns.on_name(turn, circle_id, ":".join(rest))
        case "log":
            return await logs.on_log(turn, circle_id, "".join(rest[:1]))
        case "admin":
            return await admins.on_admin(turn, circle_id, ":".join(rest))
        case "settings":
            which, value = (*rest, "", "")[:2]
            return await admins.on_settings(turn, circle_id, which, value)
        case _:
            return say(words.NOT_NOW)
