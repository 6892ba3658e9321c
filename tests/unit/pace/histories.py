"""Lives to test pacing with: generated ones, a few written by hand, and the walk through them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Literal

from hypothesis import settings
from hypothesis import strategies as st

from bot.pace import policy
from bot.pace.model import (
    Break,
    Calendar,
    Checkin,
    Decision,
    Event,
    Interview,
    Level,
    Morning,
    PaceProfile,
    PaceState,
    Session,
)

MONDAY = date(2026, 1, 5)
GOOD = Checkin(battery=90, mood=2, stress=0, sleep_hours=8)
IDEAL = Morning(checkin=GOOD)
SILENT = Morning()
OPEN_CALENDAR = Calendar()
GENEROUS = PaceProfile(weekly_minutes=1200, day_cap=240, rest_weekdays=frozenset(), horizon_days=28)
"""200 minutes on an ordinary day, no weekly rest, no easier fourth week."""

Did = tuple[Session, ...] | Literal["as planned"] | None
"""What was done on a day; None if nothing is known of it."""


def some_examples(times: int = 1) -> settings:
    """A small multiple of the examples that the loaded profile asks for."""
    return settings(max_examples=times * settings().max_examples)


@dataclass(frozen=True, slots=True)
class Lived:
    """One day as it came: what the morning brought and what was done."""

    morning: Morning
    did: Did = "as planned"


@dataclass(frozen=True, slots=True)
class History:
    """Days of one person from the first on."""

    profile: PaceProfile
    calendar: Calendar
    days: tuple[Lived, ...]


@dataclass(frozen=True, slots=True)
class Walked:
    """One day of a history with the state at dawn, after the decision and at the next dawn."""

    dawn: PaceState
    lived: Lived
    decided: PaceState
    decision: Decision
    sessions: tuple[Session, ...] | None
    dusk: PaceState


def really_done(did: Did, minutes: int) -> tuple[Session, ...] | None:
    """The sessions of a day that asked for so many minutes."""
    if did == "as planned":
        return ((float(minutes), 5.0),) if minutes else ()
    return did


def one_day(state: PaceState, lived: Lived, profile: PaceProfile, calendar: Calendar) -> Walked:
    """Live one day from its dawn to the next."""
    decided, decision = policy.decide(policy.begin_day(state, lived.morning), profile, calendar)
    sessions = really_done(lived.did, decision.minutes)
    dusk = policy.end_day(decided, calendar, planned=decision.minutes, sessions=sessions)
    return Walked(state, lived, decided, decision, sessions, dusk)


def walk(history: History, start: PaceState | None = None) -> list[Walked]:
    """Live all days of a history, one after the other."""
    state = start or policy.first_day(MONDAY)
    walked = []
    for lived in history.days:
        walked.append(one_day(state, lived, history.profile, history.calendar))
        state = walked[-1].dusk
    return walked


def after(days: Iterable[Lived], profile: PaceProfile = GENEROUS) -> PaceState:
    """The state at the dawn after these days."""
    state = policy.first_day(MONDAY)
    for lived in days:
        state = one_day(state, lived, profile, OPEN_CALENDAR).dusk
    return state


def well_rested(today: date = MONDAY, *, age: int = 0, level: Level = Level.FULL) -> PaceState:
    """Somebody on day `age` at full level, used to long weeks, whom no rule holds down."""
    first = today - timedelta(days=age)
    return replace(policy.first_day(first), today=today, level=level, done=(240.0,) * 34)


def decided_on(
    state: PaceState, profile: PaceProfile, calendar: Calendar = OPEN_CALENDAR, morning: Morning = IDEAL
) -> Decision:
    """What a morning asks of this state."""
    return policy.decide(policy.begin_day(state, morning), profile, calendar)[1]


def ids(decision: Decision) -> list[str]:
    """The ids of a decision's reasons, in order."""
    return [reason.id for reason in decision.reasons]


checkins = st.builds(
    Checkin,
    battery=st.none() | st.integers(0, 100) | st.sampled_from([10, 11, 30, 31, 50, 51, 90]),
    mood=st.none() | st.integers(-2, 2),
    stress=st.none() | st.integers(0, 4),
    sleep_hours=st.none() | st.sampled_from([0.0, 4.0, 4.9, 5.0, 5.9, 6.0, 7.0, 7.5, 8.0, 12.0]),
)
rough_mornings = st.builds(
    Morning,
    checkin=st.none() | checkins,
    events=st.just(()) | st.lists(st.sampled_from(Event), max_size=2).map(tuple),
    event_loads=st.just(()) | st.just((300.0,)),
    inventory=st.sampled_from([None] * 6 + [0.0, 49.9, 50.0, 74.9, 75.0, 100.0]),
    crisis=st.sampled_from([False] * 9 + [True]),
    resume=st.sampled_from([False] * 3 + [True]),
)
calm_mornings = st.builds(
    Morning, checkin=st.just(GOOD) | st.builds(Checkin, battery=st.integers(45, 100)), resume=st.booleans()
)
mornings = st.sampled_from([calm_mornings, calm_mornings, rough_mornings]).flatmap(lambda kind: kind)
sittings = st.tuples(
    st.sampled_from([0.0, 5.0, 9.0, 10.0, 25.0, 60.0, 120.0, 300.0]), st.integers(0, 10).map(float)
)
known_days: st.SearchStrategy[Did] = st.lists(sittings, max_size=3).map(tuple)
planned_days: st.SearchStrategy[Did] = st.just("as planned")
dids = st.sampled_from([planned_days, planned_days, planned_days, known_days, st.none()]).flatmap(lambda d: d)
lived_days = st.builds(Lived, mornings, dids)
profiles = st.builds(
    PaceProfile,
    weekly_minutes=st.sampled_from([0, 60, 240, 300, 420, 600, 900, 1200, 1440, 2400]) | st.integers(0, 2000),
    day_cap=st.sampled_from([0, 30, 60, 90, 120, 180, 240, 400]),
    paid_work_hours=st.sampled_from([0.0, 20.0, 34.5, 35.0, 40.0, 45.5, 60.0]),
    rest_weekdays=st.sampled_from([(), (), (6,), (6,), (2, 3), (0, 2, 4), tuple(range(7))]).map(frozenset),
    horizon_days=st.sampled_from([28, 35, 36, 84, 120]),
    ceiling=st.sampled_from([Level.FULL, Level.FULL, Level.FULL, *Level]),
    checkins=st.sampled_from([True, True, True, False]),
    manual_level=st.sampled_from(Level),
    leniency=st.sampled_from([0, 0, 0, -10, -5, 5, 10]),
)
offsets = st.integers(-2, 90).map(lambda n: MONDAY + timedelta(days=n))
interviews = st.builds(Interview, offsets, st.sampled_from(["onsite", "screen"]))
breaks = st.builds(
    lambda first, length: Break(first, first + timedelta(days=length)), offsets, st.integers(0, 14)
)
calendars = st.builds(
    Calendar,
    interviews=st.lists(interviews, max_size=6).map(tuple),
    breaks=st.just(()) | st.lists(breaks, max_size=2).map(tuple),
)


def _repeated(pattern: list[Lived], length: int) -> list[Lived]:
    return list(islice(cycle(pattern), length))


stretches = st.builds(_repeated, st.lists(lived_days, min_size=1, max_size=3), st.integers(1, 21))
"""A few kinds of days, over and over, for up to three weeks."""
some_days = st.lists(stretches, min_size=1, max_size=5).map(lambda s: tuple(d for part in s for d in part))
histories = st.builds(History, profiles, calendars, some_days)


def telling_histories() -> dict[str, History]:
    """A few lives in which each of the big rules has something to do."""
    ideal, silent = Lived(IDEAL), Lived(SILENT, None)
    tired = [Lived(Morning(checkin=replace(GOOD, battery=b))) for b in (90, 45, 90, 25, 90, 90, 8, 90)]
    crisis = Lived(Morning(checkin=GOOD, crisis=True))
    spike = Lived(IDEAL, ((300.0, 8.0),))
    return {
        "tireless": History(GENEROUS, OPEN_CALENDAR, (ideal,) * 60),
        "in trouble": History(GENEROUS, OPEN_CALENDAR, (*[ideal] * 5, crisis, *[ideal] * 20)),
        "falls silent": History(GENEROUS, OPEN_CALENDAR, (*[ideal] * 21, *[silent] * 12, *[ideal] * 9)),
        "comes and goes": History(GENEROUS, OPEN_CALENDAR, (*[ideal] * 6, tired[6], *[silent] * 2) * 5),
        "up and down": History(GENEROUS, OPEN_CALENDAR, tuple(tired * 5)),
        "overdoes it": History(GENEROUS, OPEN_CALENDAR, (*[Lived(IDEAL, ())] * 20, *[spike] * 9)),
    }
