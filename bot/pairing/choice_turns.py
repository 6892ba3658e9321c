"""The buttons of pairs: one verb, the step, the circle or the meeting it is about, and what else came along."""

from __future__ import annotations

from bot.chat.effects import Effects, say
from bot.pairing import after_turns as after
from bot.pairing import talk_words as words
from bot.pairing import time_turns, turns
from bot.turn import Turn


async def on_pair(turn: Turn, about: tuple[str, ...]) -> Effects:
    """Something about pairs was picked."""
    match about:
        case (("show" | "on" | "off" | "not" | "ask" | "same") as step, circle_id):
            return await turns.about_circle(turn, step, circle_id)
        case ("time", meeting_id, number):
            return await time_turns.on_time(turn, meeting_id, number)
        case (("none" | "decline" | "tired") as step, meeting_id):
            return await turns.on_reply(turn, step, meeting_id)
        case ("hour", meeting_id):
            return await time_turns.on_own_time(turn, meeting_id)
        case ("met", meeting_id, answer):
            return await after.on_met(turn, meeting_id, answer)
        case ("rate", meeting_id, number, side):
            return await after.on_rate(turn, meeting_id, number, side)
        case _:
            return say(words.OVER)
