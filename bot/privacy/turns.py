"""What is kept about somebody is hers to have."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.effects import Effects, Say, say
from bot.chat.message import Audience, Message
from bot.privacy import words
from bot.privacy.pack import files
from bot.turn import Turn


async def export(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer export`: everything kept about her as a file, only ever to her direct messages."""
    made = files(await turn.work.archive.everything(), now=turn.now)
    letter = Say(Message(made, Audience.DIRECT))
    return (letter,) if turn.place.private else (letter, *say(words.DIRECTLY))
