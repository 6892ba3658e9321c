"""Today, as the diary and the policy see it: days since the last look are closed, then today is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median

from bot.drills.model import Sitting, Stage
from bot.pace.model import Calendar, Decision, Kind, Level, PaceProfile, PaceState, Session
from bot.pace.policy import begin_day, decide, end_day, first_day
from bot.pace.ports import DayEntry
from bot.plan.interviews import to_calendar
from bot.plan.model import Booked, DayPlan
from bot.plan.week import this_week
from bot.profile.model import Profile
from bot.turn import Turn

USUAL_EFFORT: Mapping[Kind, float] = {
    Kind.REVIEW: 3,
    Kind.READ: 3,
    Kind.STORY_POLISH: 4,
    Kind.DRILL: 6,
    Kind.NEW_TOPIC: 6,
    Kind.SHORT_MOCK: 7,
    Kind.FULL_MOCK: 8,
}
"""Exertion (CR-10) assumed when none was told; priors of this project."""
OWN_EFFORTS_NEEDED = 5
INTERVIEW_SESSION: Mapping[str, Session] = {"onsite": (270, 8), "screen": (60, 8)}
"""Minutes and exertion of an interview that took place: interviews are real sessions."""
LOOK_BACK = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Today:
    """Everything a handler asks about today."""

    entry: DayEntry
    state: PaceState
    """After the decision."""
    decision: Decision
    calendar: Calendar
    booked: tuple[Booked, ...]
    week: tuple[DayPlan, ...]
    """Monday to Sunday of this week."""
    sittings: tuple[Sitting, ...]
    """Today's sittings, oldest first."""

    @property
    def plan(self) -> DayPlan:
        """Today in the week."""
        return next(d for d in self.week if d.day == self.entry.day)

    @property
    def asked(self) -> int:
        """Minutes that today asks in all."""
        return 0 if self.entry.rested else self.plan.minutes

    @property
    def done(self) -> int:
        """Minutes done today."""
        return round(sum(s.minutes or 0 for s in self.sittings))

    @property
    def left(self) -> int:
        """Minutes that today still asks."""
        return max(0, self.asked - self.done)


async def look_at_today(turn: Turn, profile: Profile) -> Today:
    """Close the days since the last look, remember the state at dawn, and decide today.

    A day on which she said nothing although it asked for something is silent, not rested.
    """
    work, today = turn.work, turn.today
    booked = tuple(await work.agenda.booked())
    calendar = to_calendar(booked, await work.agenda.breaks())
    state = await work.diary.state() or first_day(min(profile.starts, today))
    if state.today > today:  # the clock went back: build the past anew up to here
        state = first_day(min(profile.starts, today))
    since = state.today - LOOK_BACK if state.today < today else today
    entries = await work.diary.days(state.today, today)
    sittings = await work.practice.sittings(since)
    if state.today < today:
        state = _close_days(state, today, profile, calendar, entries, sittings)
        await work.diary.save_state(state)
    entry = entries.get(today, DayEntry(today))
    own = tuple(s for s in sittings if s.day == today)
    pace = pace_of(profile, entry)
    decided, decision = decide(begin_day(state, entry.morning()), pace, calendar)
    done = done_by_day(state) | {today: round(sum(s.minutes or 0 for s in own))}
    week = this_week(decided, pace, calendar, decision, done)
    return Today(entry, decided, decision, calendar, booked, tuple(week), own)


def pace_of(profile: Profile, entry: DayEntry) -> PaceProfile:
    """The pacing profile of a day: nothing above ease on a day of distress."""
    pace = profile.pace()
    return replace(pace, ceiling=min(pace.ceiling, Level.EASE)) if entry.distress else pace


def done_by_day(state: PaceState) -> dict[date, int]:
    """Minutes done on the days the state remembers."""
    newest = state.today - timedelta(days=1)
    return {newest - timedelta(days=n): round(m) for n, m in enumerate(reversed(state.done))}


def efforts(sittings: Sequence[Sitting]) -> dict[Kind, float]:
    """Exertion to assume by kind: her own median once she rated five, else the usual."""
    told: dict[Kind, list[float]] = {}
    for s in sittings:
        if s.effort is not None:
            told.setdefault(s.kind, []).append(s.effort)
    own = {kind: median(values) for kind, values in told.items() if len(values) >= OWN_EFFORTS_NEEDED}
    return {**USUAL_EFFORT, **own}


def _close_days(
    state: PaceState,
    today: date,
    profile: Profile,
    calendar: Calendar,
    entries: Mapping[date, DayEntry],
    sittings: Sequence[Sitting],
) -> PaceState:
    assumed = efforts(sittings)
    while state.today < today:
        day = state.today
        entry = entries.get(day, DayEntry(day))
        state, decision = decide(begin_day(state, entry.morning()), pace_of(profile, entry), calendar)
        planned = 0 if entry.rested else decision.minutes
        interviews = [INTERVIEW_SESSION[i.kind] for i in calendar.interviews if i.day == day]
        sessions = _sessions(day, sittings, assumed)
        known = entry.contact or planned == 0 or bool(sessions)
        state = end_day(
            state, calendar, planned=planned, sessions=sessions if known else None, interviews=interviews
        )
    return state


def _sessions(day: date, sittings: Sequence[Sitting], assumed: Mapping[Kind, float]) -> list[Session]:
    own = [s for s in sittings if s.day == day and s.minutes and s.stage is not Stage.SKIPPED]
    return [(s.minutes or 0, s.effort if s.effort is not None else assumed[s.kind]) for s in own]
