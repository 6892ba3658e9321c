"""Whether Claude may look at her answers: off until she agrees, after she was told what is sent and who pays."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.effects import Effects, say
from bot.chat.form import Unclear
from bot.chat.message import option
from bot.profile import words
from bot.profile.fields import read_yes
from bot.turn import Turn


def offered(turn: Turn) -> bool:
    """Whether there is anything to be set: somebody here gives second opinions, or she agreed when somebody did."""
    return bool(turn.reviewer) or turn.own.claude


async def claude(turn: Turn, typed: str) -> Effects:
    """`/pacer settings claude [on|off]`: on asks first, off holds at once."""
    if not offered(turn):
        raise Unclear(words.NO_CLAUDE)
    if not typed:
        return _ask(turn)
    if read_yes(typed, turn.today) == "no":
        return await _set(turn, False)
    return say(words.CLAUDE_IS_ON) if turn.own.claude else _ask(turn)


async def on_claude(turn: Turn, about: tuple[str, ...]) -> Effects:
    """The buttons: ask, yes, no."""
    answer = about[0] if about else "ask"
    if answer == "no":
        return await _set(turn, False)
    if not offered(turn):
        return say(words.NO_CLAUDE)
    return await _set(turn, True) if answer == "yes" and turn.reviewer else _ask(turn)


def _ask(turn: Turn) -> Effects:
    if turn.own.claude:
        return say(words.CLAUDE_IS_ON, options=(option("Stop sending", "claude", "no"),))
    return say(
        words.CLAUDE_ASKS.format(model=turn.reviewer),
        options=(option("Yes, send my answers", "claude", "yes"), option("No", "claude", "no")),
    )


async def _set(turn: Turn, on: bool) -> Effects:
    if turn.own.claude != on:
        turn.profile = replace(turn.own, claude=on)
        await turn.work.people.save_profile(turn.profile)
    if not on:
        await turn.work.opinions.withdraw()
    turn.rest()
    return say(words.CLAUDE_ON if on else words.CLAUDE_OFF)
