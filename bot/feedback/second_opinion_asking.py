"""Asking for a second opinion, within the turn that closed a sitting."""

from __future__ import annotations

from bot.chat.effects import Effects, say
from bot.drills.consequence import Stood
from bot.drills.model import Drill, Sitting
from bot.feedback import words
from bot.feedback.second_opinion import question
from bot.turn import Turn


async def ask_second_opinion(turn: Turn, sitting: Sitting, given: Drill, stood: Stood) -> Effects:
    """Put it on the list, if she agreed to it, somebody here gives one, and there is something to look at."""
    if not (turn.reviewer and turn.own.claude) or question(given, sitting) is None:
        return ()
    await turn.work.opinions.ask(sitting.id, stood, now=turn.now)
    return say(words.COMING)
