"""Judging a set-up: what a budget is worth beside the rest of a life."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.pace.minutes import day_cap, week_cap
from bot.pace.ports import DayEntry, Switch
from bot.profile.model import Profile


@dataclass(frozen=True, slots=True)
class Challenge:
    """A budget that the pacing rules would only cut: minutes asked for and minutes of use."""

    asked: int
    useful: int
    why: str
    """work, ceiling or days."""


def challenge(profile: Profile) -> Challenge | None:
    """What to say of the weekly budget, kindly; None if it can be used as it is."""
    pace = profile.pace()
    cap = week_cap(pace)
    study_days = min(max(7 - len(profile.rest_weekdays), 1), 6)
    reachable = day_cap(pace) * study_days
    if reachable < cap:
        return Challenge(profile.weekly_minutes, reachable // 30 * 30 or reachable, "days")
    if cap < profile.weekly_minutes:
        return Challenge(profile.weekly_minutes, cap, "work" if profile.work_hours > 26 else "ceiling")
    return None


def carried(left: DayEntry, kept: DayEntry) -> DayEntry:
    """Today, once two accounts are one: the kept one's, and the care that was due on the other goes on."""
    return replace(
        kept,
        contact=True,
        distress=kept.distress or left.distress,
        switch=Switch.CRISIS if left.switch is Switch.CRISIS else kept.switch,
    )
