"""The plan: every week's minutes, what they are for, and what to have done by its end.

It is made anew from what was done, what is booked and what she can do by now; nothing of an
earlier plan is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.pace.model import Break, Calendar
from bot.plan.capacity import StudyDay, study_week, week_minutes
from bot.plan.carry import (
    FULL_WEEK,
    PASSED,
    Draft,
    dropped,
    fit_week,
    keep_heavy,
    missed_minutes,
    place,
)
from bot.plan.interviews import KINDS, focus, to_calendar
from bot.plan.milestones import week_milestones
from bot.plan.model import Booked, Dropped, Milestone, Mix, Phase, Plan, WeekPlan
from bot.plan.phases import mix_minutes, phase_in, phase_spans
from bot.plan.readiness import estimates
from bot.plan.shares import added, shares, whole
from bot.plan.topics import topic_minutes
from bot.profile.model import Profile

Done = Mapping[int, Mapping[str, int]]
"""Minutes done by week number and area id."""


def generate(
    profile: Profile,
    *,
    skills: Mapping[str, float],
    booked: Sequence[Booked],
    breaks: Sequence[Break],
    done: Done,
    today: date,
) -> Plan:
    """The whole plan as of `today`: past weeks as they went, this week refitted, later weeks ahead.

    `skills` are 0-1 by area id; areas without one take the self-rating.
    """
    spans = phase_spans(profile.weeks)
    calendar = to_calendar(booked, breaks)
    known = estimates(profile, skills)
    ideal = [
        _draft(profile, n, phase_in(spans, n), known, booked, calendar) for n in range(1, profile.weeks + 1)
    ]
    drafts, gone = _replan(profile, ideal, booked, calendar, done, today)
    milestones = week_milestones(profile.track, spans)
    notes = _Notes(booked, breaks)
    weeks = tuple(_week(d, milestones.get(d.number, ()), notes.of(d.starts)) for d in drafts)
    return Plan(weeks, spans, tuple(gone))


def week_number(profile: Profile, day: date) -> int:
    """The week of the plan that a day is in; 0 or less before it starts."""
    return (day - profile.starts).days // 7 + 1


def _draft(
    profile: Profile,
    number: int,
    phase: Phase,
    skills: Mapping[str, float],
    booked: Sequence[Booked],
    calendar: Calendar,
) -> Draft:
    """A week with nothing done yet: days close before an interview belong to its areas."""
    starts = profile.starts + timedelta(weeks=number - 1)
    days = study_week(starts, profile.pace(), calendar, phase)
    minutes = week_minutes(days, profile.pace())
    parts: dict[tuple[str, ...], float] = {}
    for day in days:
        interview = focus(booked, day.day)
        areas = KINDS[interview.kind].areas(profile.track) if interview else ()
        parts[areas] = parts.get(areas, 0.0) + day.minutes
    divided = {
        areas: topic_minutes(part, profile.track, skills, areas)
        for areas, part in shares(minutes, parts).items()
    }
    ordinary = divided.get((), {})
    light = {a: m for a, m in ordinary.items() if a not in profile.track.heavy and m > 0}
    return Draft(number, starts, phase, added(divided.values()), room=light, quiet=_quiet(days))


def _quiet(days: Iterable[StudyDay]) -> float:
    listed = list(days)
    total = sum(d.minutes for d in listed)
    return sum(d.minutes for d in listed if d.tapered) / total if total else 0.0


def _replan(
    profile: Profile,
    ideal: Sequence[Draft],
    booked: Sequence[Booked],
    calendar: Calendar,
    done: Done,
    today: date,
) -> tuple[list[Draft], list[Dropped]]:
    heavy = profile.track.heavy
    current = week_number(profile, today)
    past = [d for d in ideal if d.number < current]
    live = [d for d in ideal if d.number >= current]
    missed = missed_minutes((d.ahead for d in past), (done.get(d.number, {}) for d in past))
    late: dict[str, int] = {}
    if live and live[0].number == current:
        live[0], late = _refit(profile, live[0], booked, calendar, done.get(current, {}), today)
    debts = {a: m for a, m in added((missed, late)).items() if a in heavy}
    moved, gone = place(live, debts)
    went = [replace(d, done=_counted(done.get(d.number, {})), ahead={}, room={}) for d in past]
    gone = [
        *dropped({a: m for a, m in missed.items() if a not in heavy}, PASSED),
        *dropped({a: m for a, m in late.items() if a not in heavy}, FULL_WEEK),
        *gone,
    ]
    return keep_heavy([*went, *moved], heavy), gone


def _refit(
    profile: Profile,
    draft: Draft,
    booked: Sequence[Booked],
    calendar: Calendar,
    done: Mapping[str, int],
    today: date,
) -> tuple[Draft, dict[str, int]]:
    """The week at hand with what was done and what still fits; and what does not fit, by area."""
    days = study_week(draft.starts, profile.pace(), calendar, draft.phase)
    left = [d for d in days if d.day >= today]
    target = sum(draft.ahead.values())
    counted = _counted(done)
    capacity = whole(min(sum(d.limit for d in left), max(0, target - sum(counted.values()))))
    tested = {
        area
        for d in left
        if (interview := focus(booked, d.day))
        for area in KINDS[interview.kind].areas(profile.track)
    }
    heavy = profile.track.heavy
    fitted = fit_week(draft.ahead, counted, capacity, (tested, heavy))
    room = {a: min(m, fitted.ahead.get(a, 0)) for a, m in draft.room.items() if a not in tested}
    room = {a: whole(m) for a, m in room.items() if m > 0}
    return replace(draft, ahead=fitted.ahead, done=counted, room=room, quiet=_quiet(left)), fitted.missed


def _counted(done: Mapping[str, int]) -> dict[str, int]:
    return {a: m for a, m in done.items() if m > 0}


def _week(draft: Draft, milestones: tuple[Milestone, ...], notes: tuple[str, ...]) -> WeekPlan:
    topics = draft.topics
    minutes = sum(topics.values())
    quiet = whole(minutes * draft.quiet)
    calm, usual = mix_minutes(Phase.TAPER, quiet), mix_minutes(draft.phase, minutes - quiet)
    mix = Mix(calm.new + usual.new, calm.review + usual.review, calm.mock + usual.mock)
    return WeekPlan(draft.number, draft.starts, draft.phase, minutes, mix, topics, milestones, notes)


class _Notes:
    """Sentences about interviews and breaks, by week."""

    def __init__(self, booked: Iterable[Booked], breaks: Iterable[Break]) -> None:
        self._booked = sorted(booked, key=lambda b: (b.day, b.id))
        self._breaks = sorted(breaks)

    def of(self, starts: date) -> tuple[str, ...]:
        """What shapes the seven days from `starts` on."""
        last = starts + timedelta(days=6)
        seen = [
            f"{_said(b.day)}: {KINDS[b.kind].name} at {b.company}. The week before it goes to what it tests."
            for b in self._booked
            if starts <= b.day <= last
        ]
        seen += [
            f"Break from {_said(p.first)} to {_said(p.last)}; the days around it are lighter."
            for p in self._breaks
            if p.first <= last and p.last >= starts
        ]
        return tuple(seen)


def _said(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"
