"""The week at hand, Monday to Sunday: what each day left will ask if today's level stays.

Time missed earlier in the week may move to the days left, a little to each: never to a quiet day,
never above the week's cap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.pace.minutes import day_cap, load_cycle, shape, week_cap
from bot.pace.model import Calendar, Decision, Level, PaceProfile, PaceState
from bot.pace.policy import end_day
from bot.plan.model import DayLabel, DayPlan
from bot.plan.shares import STEP, whole

EXTRA = 0.25
"""Most that missed time may add to a day, as a share of its own minutes."""
USUAL_EXERTION = 5
"""CR-10, for days that are still to come."""
STOPS = (
    ("paused", DayLabel.PAUSED),
    ("break", DayLabel.BREAK),
    ("interview_day", DayLabel.INTERVIEW),
    ("rest_day", DayLabel.REST_DAY),
    ("six_in_a_row", DayLabel.SIX_IN_A_ROW),
)
"""Reason ids of the pacing policy that decide a day by themselves, and its label, the strongest first."""
FACTORS = (
    ("taper", DayLabel.TAPER),
    ("post_interview", DayLabel.AFTER_INTERVIEW),
    ("before_break", DayLabel.BEFORE_BREAK),
    ("after_break", DayLabel.AFTER_BREAK),
    ("deload", DayLabel.DELOAD),
)
"""Reason ids that lighten a day, and its label, the strongest first."""


def spread(day_limits: Mapping[date, int], target: int) -> dict[date, int]:
    """Share `target` minutes over days as evenly as steps of five allow, earlier days first.

    No day exceeds its limit; the sum is the smaller of target and all limits together.
    """
    given = dict.fromkeys(sorted(day_limits), 0)
    left = target
    while left > 0:
        open_days = [d for d, minutes in given.items() if minutes < day_limits[d]]
        if not open_days:
            break
        day = min(open_days, key=lambda d: given[d])
        step = min(STEP, left, day_limits[day] - given[day])
        given[day] += step
        left -= step
    return given


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A day left of the week: what it asks by itself, and what of that is still to do."""

    day: date
    own: int
    left: int
    label: DayLabel


def this_week(
    state: PaceState,
    profile: PaceProfile,
    calendar: Calendar,
    decision: Decision,
    done_by_day: Mapping[date, int],
) -> tuple[DayPlan, ...]:
    """The seven days of the week that today is in, Monday first.

    `state` and `decision` are what `decide` returned this morning; `done_by_day` are minutes done,
    today's included. The level is held, and each day ahead is taken as done as planned.
    """
    today = state.today
    monday = today - timedelta(days=today.weekday())
    past = [_past_day(state, monday + timedelta(days=n), done_by_day) for n in range(today.weekday())]
    ahead = _project(state, profile, calendar, decision, done_by_day.get(today, 0))
    done = sum(done_by_day.get(monday + timedelta(days=n), 0) for n in range(7))
    fitting = _within(ahead, max(0, week_cap(profile) - done))
    moved = _moves(profile, decision.level, past, fitting, done)
    days = [
        DayPlan(
            a.day,
            a.own + moved.get(a.day, 0),
            a.label,
            done_by_day.get(a.day, 0),
            moved.get(a.day, 0),
        )
        for a in fitting
    ]
    return (*past, *days)


def _past_day(state: PaceState, day: date, done_by_day: Mapping[date, int]) -> DayPlan:
    age = (state.today - day).days
    planned = state.planned[-age] if age <= len(state.planned) else 0
    return DayPlan(day, planned, DayLabel.PAST, done_by_day.get(day, 0))


def _project(
    state: PaceState, profile: PaceProfile, calendar: Calendar, decision: Decision, done_today: int
) -> list[_Ahead]:
    """Today as decided and the days up to Sunday as the policy would shape them at this level."""
    asks, reasons = decision.minutes, tuple(r.id for r in decision.reasons)
    found = []
    while True:
        left = max(0, asks - done_today)
        found.append(_Ahead(state.today, asks, left, _label(asks, reasons, decision.level)))
        if state.today.weekday() == 6:
            return found
        sessions = [(float(asks), float(USUAL_EXERTION))] if asks else []
        state = end_day(state, calendar, planned=asks, sessions=sessions)
        cycle = load_cycle(state, profile)
        state = state.changed(cycle_start=cycle.start)
        day = shape(state, profile, calendar, decision.level, cycle)
        paused = ("paused",) if state.paused else ()
        asks, reasons = int(day.minutes), (*paused, *(r.id for r in day.reasons))
        done_today = 0


def _label(minutes: int, reasons: tuple[str, ...], level: Level) -> DayLabel:
    named = [label for reason, label in STOPS if reason in reasons]
    if not named and level is Level.REST:
        return DayLabel.REST
    named += [label for reason, label in FACTORS if reason in reasons]
    if named:
        return named[0]
    return DayLabel.STUDY if minutes else DayLabel.FULL_WEEK


def _within(ahead: list[_Ahead], room: int) -> list[_Ahead]:
    """The days left, shortened to what the week still holds; today keeps its minutes first."""
    now, later = ahead[0], ahead[1:]
    first = now.left if now.left <= room else whole(room)
    if first < now.left:
        label = now.label if first else DayLabel.FULL_WEEK
        now = replace(now, own=now.own - now.left + first, left=first, label=label)
    if sum(a.left for a in later) <= room - first:
        return [now, *later]
    given = spread({a.day: a.left for a in later}, whole(room - first))
    return [now, *(_shortened(a, given[a.day]) for a in later)]


def _shortened(ahead: _Ahead, minutes: int) -> _Ahead:
    label = DayLabel.FULL_WEEK if ahead.left and not minutes else ahead.label
    return replace(ahead, own=minutes, left=minutes, label=label)


def _moves(
    profile: PaceProfile,
    level: Level,
    past: list[DayPlan],
    ahead: list[_Ahead],
    done: int,
) -> dict[date, int]:
    """Missed minutes by the day they move to.

    What moves was planned before, so the growth limit that shaped those days holds for it too.
    """
    if level < Level.STEADY:
        return {}
    missed = sum(p.minutes for p in past) - sum(p.done for p in past)
    room = week_cap(profile) - done - sum(a.left for a in ahead)
    limits = {
        a.day: whole(min(a.own * EXTRA, day_cap(profile) - a.own))
        for a in ahead
        if a.label is DayLabel.STUDY and a.left > 0
    }
    return spread(limits, whole(min(missed, room)))
