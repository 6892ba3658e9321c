"""How many minutes the days and weeks of a plan can hold: budget, breaks, interviews, phase.

The factors are those of the pacing policy, seen from afar: a plan knows no mornings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.pace.minutes import (
    AFTER_BREAK,
    BEFORE_BREAK,
    INTERVIEW_DAY_MINUTES,
    TAPER,
    base_minutes,
    day_cap,
    multipliers,
    upcoming,
    week_cap,
)
from bot.pace.model import Calendar, Interview, Level, PaceProfile
from bot.plan.model import Phase
from bot.plan.shares import whole

TAPER_PHASE = 0.6
"""Share of an ordinary week that the taper phase asks."""
STRETCH = 1.25
"""Most that an ordinary day may grow to make room for missed time."""
STUDY_DAYS = 6
"""No week asks more days than this."""


@dataclass(frozen=True, slots=True)
class StudyDay:
    """What one day of a plan can hold."""

    day: date
    minutes: float
    limit: float
    """Minutes it may grow to when time was missed."""
    tapered: bool
    """Close before an interview or on its day: nothing new."""


def study_day(day: date, pace: PaceProfile, calendar: Calendar, phase: Phase) -> StudyDay:
    """The day's minutes by budget, phase, interviews and breaks."""
    free = len(set(range(7)) - pace.rest_weekdays)
    idle = day.weekday() in pace.rest_weekdays or any(b.first <= day <= b.last for b in calendar.breaks)
    if idle:
        return StudyDay(day, 0, 0, False)
    ordinary = min(week_cap(pace) / free, day_cap(pace)) * (TAPER_PHASE if phase is Phase.TAPER else 1)
    taper = _taper(day, calendar)
    factor = min([1.0, taper, *_beside(day, pace, calendar)])
    minutes = ordinary * factor
    booked = any(i.day == day for i in calendar.interviews)
    if booked:
        minutes = min(minutes, INTERVIEW_DAY_MINUTES)
    quiet = factor < 1 or booked or phase is Phase.TAPER
    limit = minutes if quiet else min(minutes * STRETCH, day_cap(pace))
    return StudyDay(day, minutes, limit, booked or taper < 1)


def study_week(starts: date, pace: PaceProfile, calendar: Calendar, phase: Phase) -> tuple[StudyDay, ...]:
    """The seven days from `starts` on."""
    return tuple(study_day(starts + timedelta(days=n), pace, calendar, phase) for n in range(7))


def week_minutes(days: tuple[StudyDay, ...], pace: PaceProfile) -> int:
    """Whole fives that a week can hold: its days together, never above the week's cap."""
    most = min(float(week_cap(pace)), STUDY_DAYS * base_minutes(pace))
    return whole(min(sum(d.minutes for d in days), most))


def _taper(day: date, calendar: Calendar) -> float:
    for interview in upcoming(calendar, day):
        factor = TAPER.get((interview.kind, (interview.day - day).days))
        if factor is not None:
            return factor
    return 1.0


def _beside(day: date, pace: PaceProfile, calendar: Calendar) -> list[float]:
    """Factors of the day after an onsite and of the days around a break."""
    factors = []
    if Interview(day - timedelta(days=1), "onsite") in calendar.interviews:
        factors.append(multipliers(pace)[Level.EASE])
    for planned in calendar.breaks:
        factors.append(BEFORE_BREAK.get((planned.first - day).days, 1.0))
        factors.append(AFTER_BREAK.get((day - planned.last).days, 1.0))
    return factors
