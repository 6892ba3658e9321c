"""What the next seven days ask by plan, and what the plan had to leave out since a week ago."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.delivery.review_days import DAYS
from bot.pace.minutes import BEFORE_BREAK, DELOAD_FACTOR, TAPER, load_cycle
from bot.pace.model import Break, PaceState
from bot.plan.capacity import StudyDay, study_day, week_minutes
from bot.plan.generate import week_number
from bot.plan.interviews import coming, to_calendar
from bot.plan.model import Booked, Dropped, Phase
from bot.plan.phases import mix_minutes, phase_in, phase_spans
from bot.plan.shares import whole
from bot.profile.model import Profile

INTERVIEW_REACH = timedelta(days=max(days for _, days in TAPER))
"""How long before it an interview makes days shorter."""
BREAK_REACH = timedelta(days=max(BEFORE_BREAK))
DELOAD_AGES = range(21, 25)
"""Days of the load cycle on which most of the week to come is the lighter one."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """The week to come."""

    phase: Phase | None
    """None once the plan has run its weeks."""
    minutes: int = 0
    drills: int = 0
    """About."""
    new: int = 0
    """Of the drills, about."""
    lighter: bool = False
    """It is the lighter week of the load cycle."""
    interviews: tuple[Booked, ...] = ()
    """Those that shape the week, nearest first."""
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What found no place for one reason, in the plan's own words; area ids, most minutes first."""

    areas: tuple[str, ...]
    minutes: int
    why: str


def look_ahead(
    profile: Profile,
    booked: Sequence[Booked],
    breaks: Sequence[Break],
    first: date,
    *,
    drill_minutes: float,
    lighter: bool,
) -> Ahead:
    """The seven days from `first` on, by the plan's own measure; days after its end ask nothing."""
    calendar, pace, spans = to_calendar(booked, breaks), profile.pace(), phase_spans(profile.weeks)
    last = first + timedelta(days=DAYS - 1)
    days = [d for n in range(DAYS) if profile.starts <= (d := first + timedelta(days=n)) < profile.ends]
    near = tuple(b for b in coming(booked, first) if b.day <= last + INTERVIEW_REACH)
    away = tuple(b for b in sorted(breaks) if b.last >= first and b.first <= last + BREAK_REACH)
    if not days:
        return Ahead(None, interviews=near, breaks=away)
    phases = [phase_in(spans, week_number(profile, d)) for d in days]
    shaped = tuple(study_day(d, pace, calendar, p) for d, p in zip(days, phases, strict=True))
    minutes, phase = week_minutes(shaped, pace), phases[len(phases) // 2]
    if lighter:  # pacing lets nothing new begin in such a week
        minutes = whole(minutes * DELOAD_FACTOR)
    new = 0 if lighter else _new_minutes(shaped, phase, minutes)
    drills, fresh = round(minutes / drill_minutes), round(new / drill_minutes)
    return Ahead(phase, minutes, drills, fresh, lighter and minutes > 0, near, away)


def _new_minutes(days: Sequence[StudyDay], phase: Phase, minutes: int) -> int:
    """Minutes of new work among those of a week: none on days close before an interview."""
    total = sum(d.minutes for d in days)
    quiet = whole(minutes * sum(d.minutes for d in days if d.tapered) / total) if total else 0
    return mix_minutes(Phase.TAPER, quiet).new + mix_minutes(phase, minutes - quiet).new


def is_lighter(state: PaceState, profile: Profile, done_today: float, first: date) -> bool:
    """Whether most of the seven days from `first`, today or tomorrow, are the load cycle's lighter week."""
    if first > state.today:
        state = state.changed(today=first, done=(*state.done, done_today)[-34:])
    cycle = load_cycle(state, profile.pace())
    return cycle.reason == "deload" and (first - cycle.start).days in DELOAD_AGES


def left_out(now: Sequence[Dropped], then: Sequence[Dropped]) -> tuple[LeftOut, ...]:
    """What the plan leaves out now and did not a week ago, by reason, most minutes first.

    No area counts for more than it gained in all: minutes that only changed their reason are not new.
    """
    fresh = defaultdict[str, dict[str, int]](dict)
    for sign, listed in ((1, now), (-1, then)):
        for item in listed:
            own = fresh[item.area]
            own[item.why] = own.get(item.why, 0) + sign * item.minutes
    reasons = defaultdict[str, dict[str, int]](dict)
    for area, own in fresh.items():
        room = sum(own.values())
        for why, minutes in sorted(own.items(), key=lambda p: (-p[1], p[0])):
            if (taken := min(minutes, room)) > 0:
                reasons[why][area] = taken
                room -= taken
    found = [
        LeftOut(tuple(sorted(own, key=lambda a: (-own[a], a))), sum(own.values()), why)
        for why, own in reasons.items()
    ]
    return tuple(sorted(found, key=lambda f: (-f.minutes, f.why)))
