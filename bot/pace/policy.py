"""The pacing policy: one day is `begin_day`, `decide`, what the person does, `end_day`.

No clock, no chance, no input or output: the same history always gives the same days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.pace.caps import Cap, caps
from bot.pace.load import EVENT_LOAD, absorb
from bot.pace.minutes import allowed_kinds, is_interview_day, load_cycle, shape, week_cap
from bot.pace.model import Calendar, Decision, Event, Level, Morning, PaceProfile, PaceState, Reason, Session
from bot.pace.mood import observe

GRADES = {Event.REJECT_SCREEN: 1, Event.REJECT_ONSITE: 2, Event.OFFER_LOST: 2}
FRESH_DAYS_TO_RISE = 2
SHOWN_REASONS = 3
BUSY_MINUTES = 10
DAY_MINUTES = 1440.0


def first_day(day: date) -> PaceState:
    """The state of somebody who starts today."""
    return PaceState(first=day, today=day)


def begin_day(state: PaceState, morning: Morning) -> PaceState:
    """Take in what is known of today: crisis or resume, inventory, events, check-in, in this order."""
    weight = sum(EVENT_LOAD[e] for e in morning.events) + sum(morning.event_loads)
    fresh = [(state.today, GRADES[e]) for e in morning.events if e in GRADES]
    kept = [r for r in state.rejections if (state.today - r[0]).days < 7]
    state = state.changed(
        alarm=max(0, state.alarm - 1),
        paused=morning.crisis or (state.paused and not morning.resume),
        inventory=state.inventory if morning.inventory is None else (state.today, morning.inventory),
        event_loads=(state.event_loads[0] + weight, *state.event_loads[1:]),
        rejections=(*kept, *fresh),
    )
    return observe(state, morning.checkin)


def decide(state: PaceState, profile: PaceProfile, calendar: Calendar) -> tuple[PaceState, Decision]:
    """Today's level, minutes, kinds and reasons, and the state with the level taken over."""
    today_caps = caps(state, profile, week_cap(profile))
    target = min([cap.level for cap in today_caps] + [profile.ceiling])
    fresh = state.readiness is not None or not profile.checkins
    level, up = _move(state.level, state.up, target, fresh=fresh)
    cycle = load_cycle(state, profile)
    state = state.changed(level=level, up=up, cycle_start=cycle.start)
    day = shape(state, profile, calendar, level, cycle)
    reasons = _reasons(state, level, target, today_caps, day.reasons)
    kinds = allowed_kinds(level, day, cycle, calendar, state.today)
    return state, Decision(level, int(day.minutes), kinds, reasons)


def end_day(
    state: PaceState,
    calendar: Calendar,
    *,
    planned: int,
    sessions: Sequence[Session] | None,
    interviews: Sequence[Session] = (),
) -> PaceState:
    """The state at the dawn of the next day.

    `planned` are the minutes that today asked; `sessions` is empty if nothing was done and None if
    nothing is known of the day. `interviews` that took place are load, but no practice.
    """
    done = sum(min(max(minutes, 0.0), DAY_MINUTES) for minutes, _ in sessions) if sessions else 0.0
    busy = planned > 0 or done >= BUSY_MINUTES or is_interview_day(calendar, state.today)
    state = absorb(state, [*(sessions or ()), *interviews] if interviews else sessions)
    return state.changed(
        today=state.today + timedelta(days=1),
        planned=(*state.planned, planned)[-7:],
        done=(*state.done, done)[-34:],
        busy=(*state.busy, busy)[-6:],
    )


def shown(decision: Decision) -> tuple[Reason, ...]:
    """The reasons a person is told: the three that bind most."""
    return decision.reasons[:SHOWN_REASONS]


def _move(level: Level, up: int, target: Level, *, fresh: bool) -> tuple[Level, int]:
    """Down at once; up by one step after two fresh days on which more was possible."""
    if target <= level:
        return target, 0
    if not fresh:
        return level, up
    if up + 1 >= FRESH_DAYS_TO_RISE:
        return Level(level + 1), 0
    return level, up + 1


def _reasons(
    state: PaceState, level: Level, target: Level, found: list[Cap], overlays: tuple[Reason, ...]
) -> tuple[Reason, ...]:
    reasons = [Reason("paused")] if state.paused else []
    reasons += [cap.reason for cap in found if cap.level <= level]
    if target > level:
        reasons.append(Reason("hold"))
    return tuple(reasons) + overlays or (Reason("ok"),)
