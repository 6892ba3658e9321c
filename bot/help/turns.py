"""Help, and kind answers to what Pacer does not understand."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.effects import Effects, say
from bot.chat.message import Fields, option
from bot.commands import BY_NAME, COMMANDS
from bot.turn import Turn

NEAR = 60
"""Similarity, 0-100, from which a known command is suggested for an unknown one."""


async def show(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer help [command]`: all commands, or one with its arguments."""
    if name := given.get("command", "").strip().casefold().removeprefix("/pacer ").strip():
        command = BY_NAME.get(name)
        if command is None:
            return unknown(name)
        rows = tuple(
            (a.name, a.summary + (f" ({', '.join(a.choices)})" if a.choices else ""))
            for a in command.arguments
        )
        return say(f"`{command.usage}`\n{command.summary}.", Fields(rows) if rows else None)
    return say("**What you can say**", Fields(tuple((c.name, c.summary) for c in COMMANDS)))


def nearest(typed: str) -> str:
    """The known command most like what was typed; empty if none is."""
    # Loaded late: most turns need no fuzzy match.
    from rapidfuzz import fuzz, process

    found = process.extractOne(typed.casefold(), list(BY_NAME), scorer=fuzz.WRatio, score_cutoff=NEAR)
    return found[0] if found else ""


def unknown(typed: str) -> Effects:
    """An unknown command, with the nearest known one a tap away."""
    near = nearest(typed[:40])
    if not near:
        return say("I do not know that command. `/pacer help` lists what you can say.")
    shown = f"`{typed}`" if len(typed) <= 20 and typed.isprintable() else "that command"
    return say(
        f"I do not know {shown}. Did you mean `/pacer {near}`?", options=(option(f"Yes, {near}", "do", near),)
    )


def not_understood(turn: Turn) -> Effects:
    """Words that nobody waited for."""
    if turn.profile is None:
        return say("I am Pacer, an interview-prep coach. `/pacer start` sets you up in a minute.")
    if turn.talk.offered:
        names = ", ".join(f"*{o.label}*" for o in turn.talk.offered[:5])
        return say(f"I did not get that. You can say {names}, or `/pacer help`.")
    return say("I did not get that. `/pacer today` shows the day, `/pacer help` lists what you can say.")
