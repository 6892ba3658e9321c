"""The clock of a sitting: hers to start, and then a calm word at its minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.chat.effects import Effects, say
from bot.chat.message import message
from bot.chat.saying import listed
from bot.delivery.kinds import REMINDERS
from bot.delivery.model import Prompt
from bot.drills import words
from bot.drills.asking import CLOCK, drill_of, open_sitting, ways
from bot.drills.model import Drill, Sitting
from bot.drills.play.table import play_of
from bot.drills.progress import Progress
from bot.profile.model import Profile
from bot.today.look import Today
from bot.turn import Turn

BELL = "clock"
"""The kind of letter that rings, and of message that it becomes."""
RUNS = "The clock runs: {minutes} minutes from now. I say a word at {bells}."
RUNS_ALREADY = "The clock runs already. {minutes} of {whole} minutes are gone."
NO_CLOCK = "This one has no clock. Take the time it needs."


async def on_clock(turn: Turn, about: tuple[str, ...]) -> Effects:
    """The button *Start the clock*: the sitting begins now."""
    sitting = await open_sitting(turn, about)
    given = await drill_of(turn, sitting) if sitting else None
    if sitting is None or given is None:
        return say(words.OVER)
    bells = play_of(given).bells(given)
    if not bells:
        return say(NO_CLOCK, options=ways(sitting, given))
    if CLOCK in sitting.progress.notes:
        gone = int((turn.now - sitting.started).total_seconds() // 60)
        said = RUNS_ALREADY.format(minutes=gone, whole=given.minutes)
        return say(said, options=ways(sitting, given))
    sitting = replace(sitting, started=turn.now, progress=_from_now(turn, sitting.progress))
    await turn.work.practice.save_sitting(sitting)
    for minute in bells:
        await _put_on(turn, sitting, minute)
    at = listed([f"{m} min" for m in bells])
    return say(RUNS.format(minutes=given.minutes, bells=at), options=ways(sitting, given))


def _from_now(turn: Turn, so_far: Progress) -> Progress:
    """What she typed before the clock was started counts as of its start."""
    pieces = tuple(replace(p, minute=0.0) for p in so_far.pieces)
    return replace(so_far, pieces=pieces).noting(**{CLOCK: turn.now.isoformat()})


async def _put_on(turn: Turn, sitting: Sitting, minute: int) -> None:
    at = sitting.started + timedelta(minutes=minute)
    keeps = REMINDERS[BELL].keeps or timedelta(minutes=5)
    about = f"{sitting.id}:{minute}"
    await turn.work.timetable.remind(BELL, about=about, at=at, now=turn.now, expires=at + keeps)


async def on_bell(turn: Turn, profile: Profile, today: Today) -> Prompt | None:
    """One of the clock's minutes has come: a word if that sitting is still open, else nothing."""
    sitting_id, minute = _of_key(turn.event_id)
    sitting = await open_sitting(turn, (sitting_id,))
    given = await drill_of(turn, sitting) if sitting else None
    if sitting is None or given is None or CLOCK not in sitting.progress.notes:
        return None
    return await _ring(turn, sitting, given, minute)


async def _ring(turn: Turn, sitting: Sitting, given: Drill, minute: int) -> Prompt | None:
    play = play_of(given)
    if minute not in play.bells(given):
        return None
    move = play.ring(given, sitting.progress, minute)
    if move is None or not move.says:
        return None
    moved = replace(sitting, progress=move.progress, hints=sitting.hints + move.hints)
    await turn.work.practice.save_sitting(moved)
    options = ways(moved, given, move.picks) if move.picks else ()
    return Prompt(BELL, message(*move.says, options=options))


def _of_key(key: str) -> tuple[str, int]:
    """The sitting and the minute that a letter's key ends with."""
    _, sitting_id, minute = key.rsplit(":", 2) if key.count(":") >= 2 else ("", "", "")
    return sitting_id, int(minute) if minute.isdecimal() else -1
