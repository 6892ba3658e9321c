"""From a level to a day's minutes and kinds: the overlays, in their fixed order.

base x level, deload, taper, day after an onsite, alternation, growth, day cap, interview day,
rest weekday, six in a row, paused; then whole fives. Each overlay names itself when it speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from bot.pace.load import monotony
from bot.pace.model import Break, Calendar, Interview, Kind, Level, PaceProfile, PaceState, Reason

MULTIPLIERS = {Level.REST: 0.0, Level.EASE: 0.5, Level.STEADY: 0.8, Level.FULL: 1.0}
GENTLE_MULTIPLIERS = {Level.REST: 0.0, Level.EASE: 0.6, Level.STEADY: 1.0, Level.FULL: 1.0}
"""For plans of at most an hour a day, which are gentle as they are."""
DELOAD_FACTOR = 0.6
TAPER = {("onsite", 3): 0.75, ("onsite", 2): 0.60, ("onsite", 1): 0.40, ("screen", 1): 0.50}
BEFORE_BREAK = {1: 0.5, 2: 0.75}
AFTER_BREAK = {1: 0.5, 2: 0.75}
"""Factors by days before the first and after the last day of a planned break; priors of this project."""
INTERVIEW_DAY_MINUTES = 15
KINDS = {
    Level.REST: (),
    Level.EASE: (Kind.REVIEW, Kind.STORY_POLISH, Kind.READ),
    Level.STEADY: (Kind.REVIEW, Kind.STORY_POLISH, Kind.READ, Kind.DRILL, Kind.SHORT_MOCK),
    Level.FULL: tuple(Kind),
}


def week_cap(profile: PaceProfile) -> int:
    """Minutes a week that are of use: the budget, at most 24 h and 50 h less paid work (but never under 5 h).

    Output stops growing around 50 hours of work a week (Pencavel 2015).
    """
    beside_work = min(max(int((50 - profile.paid_work_hours) * 60), 300), 1440)
    return min(max(profile.weekly_minutes, 0), 1440, beside_work)


def day_cap(profile: PaceProfile) -> int:
    """Minutes a day that are of use: at most four hours, two beside a full job."""
    return min(max(profile.day_cap, 0), 120 if profile.paid_work_hours >= 35 else 240)


def base_minutes(profile: PaceProfile) -> float:
    """Minutes of an ordinary study day."""
    study_days = min(max(7 - len(set(profile.rest_weekdays)), 1), 6)
    return min(week_cap(profile) / study_days, day_cap(profile))


def multipliers(profile: PaceProfile) -> dict[Level, float]:
    """Share of the base that each level asks."""
    return GENTLE_MULTIPLIERS if base_minutes(profile) <= 60 else MULTIPLIERS


def growth_limit(profile: PaceProfile, done: Sequence[float]) -> float:
    """Most minutes that seven days may plan: 1.3 times the best earlier week, with a floor.

    `done` are the minutes of the last 34 days at most. The newest six are left out, so that the
    reference week never overlaps the current one; else growth would compound daily.
    """
    cap = week_cap(profile)
    earlier = done[-34:][:-6]
    best = week = sum(earlier[:7]) if len(earlier) >= 7 else 0.0
    for leaving, entering in zip(earlier, earlier[7:], strict=False):
        week += entering - leaving
        best = max(best, week)
    return max(min(max(360.0, cap / 2), cap), min(1.3 * best, cap))


class Cycle(NamedTuple):
    """Where today stands in the four-week load cycle."""

    start: date
    reason: str | None
    """deload, deload_skip or None."""


def load_cycle(state: PaceState, profile: PaceProfile) -> Cycle:
    """Every fourth week is easier in plans over 35 days, unless the week before was easy anyway."""
    start = state.cycle_start or state.first
    if profile.horizon_days <= 35:
        return Cycle(start, None)
    age = (state.today - start).days
    if age >= 28:
        return Cycle(state.today, None)
    if age == 21 and sum(state.done[-7:]) < 0.7 * week_cap(profile):
        return Cycle(state.today, "deload_skip")
    return Cycle(start, "deload" if age >= 21 else None)


@dataclass(frozen=True, slots=True)
class Day:
    """A day's minutes on their way through the overlays."""

    minutes: float
    reasons: tuple[Reason, ...] = ()
    tapered: bool = False

    def because(self, reason_id: str, minutes: float, **numbers: float) -> Day:
        """The day with new minutes and one more reason."""
        return Day(minutes, (*self.reasons, Reason(reason_id, tuple(numbers.items()))), self.tapered)

    def of(self, minutes: float) -> Day:
        """The day with other minutes."""
        return Day(minutes, self.reasons, self.tapered)


def upcoming(calendar: Calendar, today: date) -> list[Interview]:
    """Interviews from today on, by day, then kind."""
    return sorted(i for i in calendar.interviews if i.day >= today)


def shape(state: PaceState, profile: PaceProfile, calendar: Calendar, level: Level, cycle: Cycle) -> Day:
    """Minutes of today before the last rounding, with the overlays' reasons in order."""
    day = _factors(state, profile, calendar, level, cycle)
    base = base_minutes(profile) * (1.15 if (state.today - state.first).days % 2 == 0 else 0.85)
    day = day.of(day.minutes * base)
    if len(state.loads) == 7 and (sameness := monotony(state.loads)) > 2:
        day = day.because("monotony", day.minutes, monotony=sameness)
    limit = growth_limit(profile, state.done)
    room = max(0.0, limit - sum(state.planned[-6:]))
    if day.minutes > room:
        day = day.because("growth", room, limit=limit)
    day = day.of(min(day.minutes, day_cap(profile)))
    day = _stops(day, state, profile, calendar)
    whole = int((day.minutes + 1e-9) // 5) * 5
    return day.of(whole if whole >= 10 else 0)


def _factors(state: PaceState, profile: PaceProfile, calendar: Calendar, level: Level, cycle: Cycle) -> Day:
    """The factor on the base (as `minutes`) after level, deload, taper, breaks and the day after."""
    factors = multipliers(profile)
    day = Day(factors[level])
    if cycle.reason:
        day = day.because(cycle.reason, day.minutes * (DELOAD_FACTOR if cycle.reason == "deload" else 1))
    for interview in upcoming(calendar, state.today):
        distance = (interview.day - state.today).days
        taper = TAPER.get((interview.kind, distance))
        if taper is not None:
            if taper < day.minutes:
                day = replace(day.because("taper", taper, days=distance), tapered=True)
            break
    yesterday = state.today - timedelta(days=1)
    if Interview(yesterday, "onsite") in calendar.interviews and day.minutes > factors[Level.EASE]:
        day = day.because("post_interview", factors[Level.EASE])
    for planned in sorted(calendar.breaks):
        day = _beside_break(day, planned, state.today)
    return day


def _beside_break(day: Day, planned: Break, today: date) -> Day:
    before, after = (planned.first - today).days, (today - planned.last).days
    if (factor := BEFORE_BREAK.get(before)) is not None and factor < day.minutes:
        return day.because("before_break", factor, days=before)
    if (factor := AFTER_BREAK.get(after)) is not None and factor < day.minutes:
        return day.because("after_break", factor, days=after)
    return day


def _stops(day: Day, state: PaceState, profile: PaceProfile, calendar: Calendar) -> Day:
    """Interview day, rest weekday, six in a row, planned break and pause."""
    today = state.today
    if is_interview_day(calendar, today):
        day = day.because("interview_day", min(day.minutes, INTERVIEW_DAY_MINUTES))
    elif today.weekday() in profile.rest_weekdays:
        day = day.because("rest_day", 0)
    if len(state.busy) == 6 and all(state.busy):
        day = day.because("six_in_a_row", 0)
    if any(b.first <= today <= b.last for b in calendar.breaks):
        day = day.because("break", 0)
    return day.of(0.0) if state.paused else day


def is_interview_day(calendar: Calendar, day: date) -> bool:
    """Whether anything is booked on that day."""
    return any(i.day == day for i in calendar.interviews)


def allowed_kinds(level: Level, day: Day, cycle: Cycle, calendar: Calendar, today: date) -> tuple[Kind, ...]:
    """Kinds of practice that fit the day; none if it asks nothing."""
    if day.minutes == 0:
        return ()
    interview = is_interview_day(calendar, today)
    tapered = day.tapered and not interview
    quiet = tapered or interview
    kinds = KINDS[min(level, Level.STEADY) if quiet or cycle.reason == "deload" else level]
    if not quiet:
        return kinds
    far = tapered and (upcoming(calendar, today)[0].day - today).days >= 2
    dropped = {Kind.NEW_TOPIC, Kind.FULL_MOCK} | (set() if far else {Kind.SHORT_MOCK})
    return tuple(k for k in kinds if k not in dropped)
