"""What a profile puts into a person's timetable."""

from __future__ import annotations

from datetime import time

from bot.delivery.model import Slot
from bot.delivery.recurrence import hushes
from bot.profile.model import Profile
from bot.today.look import look_at_today
from bot.turn import Turn


def slots_of(profile: Profile) -> tuple[Slot, ...]:
    """Her slots: each kind once, none inside her quiet hours."""
    wanted: list[tuple[str, time, int | None]] = [
        ("morning", profile.morning, None),
        ("evening", profile.evening, None),
    ]
    if profile.drill_at:
        wanted.append(("drill", profile.drill_at, None))
    if profile.reviews and profile.review_at:
        wanted.append(("review", profile.review_at.at, profile.review_at.weekday))
    return tuple(
        Slot(kind, profile.zone, at.hour * 60 + at.minute, weekday)
        for kind, at, weekday in wanted
        if not hushes(profile, at)
    )


async def keep_timetable(turn: Turn) -> bool:
    """Let the person's timetable follow her profile, and stand still while she is away; whether it holds any slot."""
    profile = turn.profile
    if profile is None:
        return False
    today = await look_at_today(turn, profile)
    slots = slots_of(profile)
    await turn.work.timetable.keep(slots, now=turn.now, away=today.state.paused)
    return bool(slots)
