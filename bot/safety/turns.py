"""What happens when somebody is in danger or in distress: fixed words, people who can help, and quiet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.chat.effects import Effects, Say
from bot.chat.message import Audience, Message, Option, Text, message, option
from bot.chat.talk import Talk
from bot.pace.ports import Switch
from bot.safety import words
from bot.safety.model import Helpline
from bot.turn import Turn

QUIET = "quiet"
"""The step of a conversation in which nothing but the fixed words is said."""


def _direct(text: str, *options: Option) -> Effects:
    private = message(Text(text), options=options)
    return (Say(Message(private.blocks, Audience.DIRECT)),)


def _figurative() -> Option:
    return option("I was speaking figuratively, carry on", "figurative")


async def on_crisis(turn: Turn) -> Effects:
    """The fixed words and the helplines; everything else stops until she wants it back."""
    entry = await turn.work.diary.day(turn.today)
    await turn.work.diary.save_day(replace(entry, contact=True, switch=Switch.CRISIS))
    turn.rescheduled = True
    before = turn.talk.step if turn.talk.step != QUIET else turn.talk.values.get("step", "")
    carried = {k: v for k, v in turn.talk.values.items() if k != "step"}
    turn.talk = Talk(QUIET, {**carried, "step": before}, (), version=turn.talk.version)
    return _direct(words.crisis(_lines(turn)), _figurative())


async def is_quiet(turn: Turn) -> bool:
    """Whether only the fixed words may be said."""
    return turn.talk.step == QUIET


async def stay_quiet(turn: Turn) -> Effects:
    """The fixed reply while practice rests."""
    return _direct(words.while_quiet(_lines(turn)), _figurative())


async def on_figurative(turn: Turn, about: tuple[str, ...]) -> Effects:
    """She was speaking figuratively: everything goes on where it was."""
    if turn.talk.step != QUIET:
        return _direct(words.RESUMED)
    await _resume(turn)
    return _direct(words.FIGURATIVE)


async def back(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer back`: practice again, gently, whatever the pause was."""
    await _resume(turn)
    return (*_direct(words.RESUMED, option("Today", "do", "today")),)


async def _resume(turn: Turn) -> None:
    entry = await turn.work.diary.day(turn.today)
    await turn.work.diary.save_day(replace(entry, contact=True, switch=Switch.RESUMED))
    turn.rescheduled = True
    if turn.talk.step == QUIET:
        values = dict(turn.talk.values)
        turn.talk = Talk(values.pop("step", ""), values, (), version=turn.talk.version)


async def on_distress(turn: Turn) -> Effects:
    """One warm message with ways to reach somebody; nothing above ease today."""
    entry = await turn.work.diary.day(turn.today)
    if entry.distress:
        return ()
    await turn.work.diary.save_day(replace(entry, contact=True, distress=True))
    return _direct(words.distress(_lines(turn)))


def _lines(turn: Turn) -> Helpline:
    return turn.content.helplines().for_country(turn.profile.country if turn.profile else "")
