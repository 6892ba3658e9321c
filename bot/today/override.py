"""Practising although today asks for less: always accepted, said once a day, learnt from."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.chat.effects import Effects, say
from bot.chat.message import option
from bot.today.look import Today
from bot.turn import Turn

MOST_LENIENT = 10
OFTEN = 3
"""Overrides in seven days after which the thresholds are offered to move."""
THRESHOLDS = "You practised on lighter days three times this week. My thresholds may not fit you. Shift them by 5 points?"


async def count_override(turn: Turn, today: Today) -> Effects:
    """Note the override; one factual sentence, never twice a day."""
    entry = await turn.work.diary.day(turn.today)
    if entry.override:
        return ()
    await turn.work.diary.save_day(replace(entry, contact=True, override=True, rested=False))
    run = _days_in_a_row(today) + 1
    said = say(
        f"That would be day {run} in a row; tomorrow I suggest rest."
        if run >= 7
        else "Today asks for less. It is yours to decide, and I count what you really do."
    )
    week = await turn.work.diary.days(turn.today - timedelta(days=6), turn.today)
    if (
        turn.profile
        and sum(e.override for e in week.values()) >= OFTEN
        and turn.profile.leniency < MOST_LENIENT
    ):
        yes, no = option("Shift them", "leniency", "yes"), option("Leave them", "leniency", "no")
        return (*said, *say(THRESHOLDS, options=(yes, no)))
    return said


def _days_in_a_row(today: Today) -> int:
    run = 0
    for busy in reversed(today.state.busy):
        if not busy:
            return run
        run += 1
    return run
