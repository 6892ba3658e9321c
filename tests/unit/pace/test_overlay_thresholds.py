"""From level to minutes and kinds: every factor, limit and stop, tried around its edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import product

import pytest
from unit.pace.histories import (
    GENEROUS,
    IDEAL,
    MONDAY,
    OPEN_CALENDAR,
    Lived,
    decided_on,
    ids,
    one_day,
    well_rested,
)

from bot.pace.load import absorb, monotony
from bot.pace.minutes import base_minutes, day_cap, multipliers, week_cap
from bot.pace.model import Calendar, Interview, InterviewKind, Kind, Level, PaceProfile, PaceState
from bot.pace.policy import decide, end_day, first_day

REST, EASE, STEADY, FULL = Level
FACTORS = {REST: Fraction(0), EASE: Fraction(1, 2), STEADY: Fraction(4, 5), FULL: Fraction(1)}
GENTLE = {REST: Fraction(0), EASE: Fraction(3, 5), STEADY: Fraction(1), FULL: Fraction(1)}
PARITY = (Fraction(115, 100), Fraction(85, 100))
LONG = replace(GENEROUS, horizon_days=36)
LIGHT = {Kind.REVIEW, Kind.STORY_POLISH, Kind.READ}
MIDDLE = LIGHT | {Kind.DRILL, Kind.SHORT_MOCK}


def fives(minutes: Fraction) -> int:
    """Whole fives below, nothing under ten."""
    whole = int(minutes / 5) * 5
    return whole if whole >= 10 else 0


def booked(*interviews: tuple[int, InterviewKind]) -> Calendar:
    """Interviews so many days from the Monday on which all these tests play."""
    return Calendar(interviews=tuple(Interview(MONDAY + timedelta(days=n), kind) for n, kind in interviews))


def at(level: Level, **changes: object) -> tuple[PaceState, PaceProfile]:
    """Somebody well rested who can be asked for just this level."""
    return well_rested(level=level), replace(GENEROUS, ceiling=level, **changes)  # type: ignore[arg-type]


def test_the_week_cap() -> None:
    """The budget, 24 hours, and 50 hours less paid work but never under five; in whole minutes."""
    for quarters, budget in product(range(340), (-5, 0, 60, 299, 300, 301, 600, 900, 1439, 1440, 1441, 9999)):
        beside_work = max(300, min(1440, 3000 - quarters * 15))
        profile = replace(GENEROUS, paid_work_hours=quarters / 4, weekly_minutes=budget)
        assert week_cap(profile) == min(max(budget, 0), beside_work), (quarters / 4, budget)


def test_the_week_cap_by_hand() -> None:
    caps = {
        hours: week_cap(replace(GENEROUS, paid_work_hours=hours, weekly_minutes=1440)) for hours in range(61)
    }
    assert (caps[0], caps[26], caps[27], caps[40], caps[45], caps[46], caps[60]) == (
        1440, 1440, 1380, 600, 300, 300, 300,
    )  # fmt: skip


def test_the_day_cap() -> None:
    """Her own, four hours, two beside paid work of 35 hours or more."""
    for hours, own in product((0, 20, 34.9, 35, 35.1, 60), range(-10, 400, 5)):
        longest = 120 if hours >= 35 else 240
        profile = replace(GENEROUS, paid_work_hours=hours, day_cap=own)
        assert day_cap(profile) == min(max(own, 0), longest), (hours, own)


def test_base_minutes_divide_the_week_by_its_study_days() -> None:
    for resting, budget, longest in product(range(8), (0, 300, 600, 1200), (30, 60, 240)):
        profile = replace(
            GENEROUS, rest_weekdays=frozenset(range(resting)), weekly_minutes=budget, day_cap=longest
        )
        study_days = {0: 6, 1: 6, 2: 5, 3: 4, 4: 3, 5: 2, 6: 1, 7: 1}[resting]
        assert base_minutes(profile) == pytest.approx(min(budget / study_days, longest))


@pytest.mark.parametrize(
    ("budget", "longest", "gentle"),
    [
        (360, 240, True),
        (361, 240, False),
        (366, 240, False),
        (1200, 60, True),
        (1200, 61, False),
        (60, 61, True),
    ],
)
def test_a_plan_of_an_hour_a_day_is_gentle_as_it_is(budget: int, longest: int, gentle: bool) -> None:
    """Base 60 keeps steady days whole and ease days at 0.6; base 61 has 0.8 and 0.5."""
    profile = replace(GENEROUS, weekly_minutes=budget, day_cap=longest)
    expected = GENTLE if gentle else FACTORS
    assert {
        level: Fraction(f).limit_denominator(100) for level, f in multipliers(profile).items()
    } == expected


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("age", [0, 1, 2, 7])
def test_minutes_of_a_day_on_which_nothing_else_speaks(level: Level, age: int) -> None:
    """Base times level times 1.15 on even days and 0.85 on odd ones, at most the day cap, in fives."""
    for budget in range(0, 1441, 12):
        state = well_rested(age=age, level=level)
        profile = replace(GENEROUS, weekly_minutes=budget, ceiling=level)
        base = min(Fraction(budget, 6), Fraction(240))
        factors = GENTLE if base <= 60 else FACTORS
        decision = decided_on(state, profile)
        assert decision.minutes == fives(min(base * factors[level] * PARITY[age % 2], Fraction(240))), budget
        assert ids(decision) == ["ok"]


def test_rounding_down_to_fives_forgives_a_billionth() -> None:
    """200 times 1.15 is 230 to a person, if not to a computer."""
    assert decided_on(well_rested(), GENEROUS).minutes == 230


@pytest.mark.parametrize(("budget", "minutes"), [(52, 0), (53, 10), (78, 10), (79, 15)])
def test_less_than_ten_minutes_are_none(budget: int, minutes: int) -> None:
    decision = decided_on(well_rested(), replace(GENEROUS, weekly_minutes=budget))
    assert (decision.minutes, bool(decision.kinds)) == (minutes, minutes > 0)


TAPER = {("onsite", 3): Fraction(3, 4), ("onsite", 2): Fraction(3, 5), ("onsite", 1): Fraction(2, 5),
         ("screen", 1): Fraction(1, 2)}  # fmt: skip


@pytest.mark.parametrize("kind", ["onsite", "screen"])
@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("deload", [False, True])
def test_taper(kind: InterviewKind, level: Level, deload: bool) -> None:
    """It replaces the factor of level and easier week if it is below; never adds to it."""
    for distance in range(1, 7):
        state = replace(well_rested(age=22 if deload else 0, level=level))
        profile = replace(LONG if deload else GENEROUS, ceiling=level)
        usual = FACTORS[level] * (Fraction(3, 5) if deload else 1)
        taper = TAPER.get((kind, distance), Fraction(9))
        decision = decided_on(state, profile, booked((distance, kind)))
        assert decision.minutes == fives(200 * min(usual, taper) * PARITY[0]), (distance, usual)
        assert ids(decision) == (["deload"] if deload else []) + (["taper"] if taper < usual else []) or [
            "ok"
        ]
        if taper < usual:
            mocks = {Kind.SHORT_MOCK} if distance >= 2 else set()
            allowed = LIGHT if level is EASE else LIGHT | {Kind.DRILL} | mocks
            assert set(decision.kinds) == allowed


@pytest.mark.parametrize(
    ("interviews", "factor"),
    [
        ([(1, "screen"), (2, "onsite")], Fraction(1, 2)),
        ([(2, "screen"), (3, "onsite")], Fraction(3, 4)),
        ([(3, "onsite"), (1, "screen")], Fraction(1, 2)),
        ([(1, "screen"), (1, "onsite")], Fraction(2, 5)),
        ([(2, "onsite"), (3, "onsite")], Fraction(3, 5)),
        ([(4, "onsite"), (2, "screen")], Fraction(1)),
        ([(-2, "onsite"), (2, "onsite")], Fraction(3, 5)),
    ],
)
def test_the_nearest_interview_with_a_factor_tapers(
    interviews: list[tuple[int, InterviewKind]], factor: Fraction
) -> None:
    assert decided_on(well_rested(), GENEROUS, booked(*interviews)).minutes == fives(200 * factor * PARITY[0])


@pytest.mark.parametrize("level", Level)
def test_the_day_after_an_onsite_is_an_ease_day(level: Level) -> None:
    state, profile = at(level)
    decision = decided_on(state, profile, booked((-1, "onsite")))
    assert decision.minutes == fives(200 * min(FACTORS[level], FACTORS[EASE]) * PARITY[0])
    assert ("post_interview" in ids(decision)) is (level > EASE)
    assert ids(decided_on(state, profile, booked((-1, "screen")))) == ["ok"]
    assert ids(decided_on(state, profile, booked((-2, "onsite")))) == ["ok"]


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("kind", ["onsite", "screen"])
def test_an_interview_day_has_a_short_warm_up(level: Level, kind: InterviewKind) -> None:
    """At most a quarter of an hour, also on her rest weekday; no mocks and nothing new."""
    for rest_weekdays in (frozenset[int](), frozenset({0})):
        state, profile = at(level, rest_weekdays=rest_weekdays)
        decision = decided_on(state, profile, booked((0, kind)))
        assert decision.minutes == (0 if level is REST else 15)
        assert ids(decision) == ["interview_day"]
        assert set(decision.kinds) == (
            set() if level is REST else LIGHT if level is EASE else LIGHT | {Kind.DRILL}
        )


@pytest.mark.parametrize("level", Level)
def test_kinds_of_a_level(level: Level) -> None:
    decision = decided_on(*at(level))
    assert set(decision.kinds) == {REST: set(), EASE: LIGHT, STEADY: MIDDLE, FULL: set(Kind)}[level]


@pytest.mark.parametrize("weekday", range(7))
def test_her_rest_weekdays_ask_nothing(weekday: int) -> None:
    for resting in product((False, True), repeat=7):
        days = frozenset(n for n, rest in enumerate(resting) if rest)
        state = well_rested(MONDAY + timedelta(days=weekday))
        decision = decided_on(state, replace(GENEROUS, rest_weekdays=days))
        assert (decision.minutes == 0) is resting[weekday]
        assert ids(decision) == (["rest_day"] if resting[weekday] else ["ok"])


def test_six_in_a_row_force_a_rest() -> None:
    """All patterns of the last six days; with an interview today, too."""
    for busy in product((False, True), repeat=6):
        state = replace(well_rested(), busy=busy)
        assert (decided_on(state, GENEROUS).minutes == 0) is all(busy)
        assert ("six_in_a_row" in ids(decided_on(state, GENEROUS))) is all(busy)
        decision = decided_on(state, GENEROUS, booked((0, "onsite")))
        assert decision.minutes == (0 if all(busy) else 15)
        assert decided_on(replace(state, busy=busy[1:]), GENEROUS).minutes > 0


@pytest.mark.parametrize(
    ("planned", "done", "interview", "busy"),
    [
        (0, None, False, False),
        (0, (), False, False),
        (0, ((9.9, 5),), False, False),
        (0, ((10, 5),), False, True),
        (0, ((5, 5), (5, 5)), False, True),
        (10, None, False, True),
        (10, (), False, True),
        (0, None, True, True),
    ],
)
def test_what_counts_as_a_busy_day(
    planned: int, done: tuple[tuple[float, float], ...] | None, interview: bool, busy: bool
) -> None:
    calendar = booked((0, "screen")) if interview else OPEN_CALENDAR
    assert end_day(well_rested(), calendar, planned=planned, sessions=done).busy == (busy,)


def test_a_pause_zeroes_an_interview_day_too() -> None:
    decision = decided_on(replace(well_rested(), paused=True), GENEROUS, booked((0, "onsite")))
    assert (decision.minutes, ids(decision)) == (0, ["paused", "interview_day"])


@pytest.mark.parametrize("age", range(60))
def test_the_fourth_week_is_easier(age: int) -> None:
    """Weeks are counted from the first day; after the fourth week a new cycle starts."""
    state, last = first_day(MONDAY), None
    for _ in range(age + 1):
        state = replace(state, done=(240.0,) * 34, busy=(), planned=(), level=FULL, loads=())
        day = one_day(state, Lived(IDEAL, ()), LONG, OPEN_CALENDAR)
        state, last = day.dusk, day.decision
    easier = age % 28 >= 21
    assert last is not None and ("deload" in ids(last)) is easier
    assert last.minutes == fives(200 * (Fraction(3, 5) if easier else 1) * PARITY[age % 2])
    assert set(last.kinds) == (MIDDLE if easier else set(Kind))


@pytest.mark.parametrize("horizon", [28, 35, 36, 84])
def test_only_plans_over_thirty_five_days_have_easier_weeks(horizon: int) -> None:
    decision = decided_on(well_rested(age=21), replace(GENEROUS, horizon_days=horizon))
    assert ("deload" in ids(decision)) is (horizon > 35)


@pytest.mark.parametrize("budget", [10, 420, 600, 990, 1200, 1430])
def test_the_easier_week_is_skipped_after_a_week_under_seventy_per_cent(budget: int) -> None:
    """69 % restarts the cycle without a reduction; exactly 70 % does not."""
    profile, seventy = replace(LONG, weekly_minutes=budget), budget * 7 // 10
    for week, skipped in (
        (seventy * 69 / 70, True),
        (seventy - 0.01, True),
        (seventy, False),
        (budget, False),
    ):
        state = replace(well_rested(age=21), done=(240.0,) * 27 + (0.0,) * 6 + (float(week),))
        decided, decision = decide(state, profile, OPEN_CALENDAR)
        assert ("deload_skip" in ids(decision), "deload" in ids(decision)) == (skipped, not skipped), week
        assert decided.cycle_start == (state.today if skipped else state.first)


def test_a_skipped_easier_week_comes_three_weeks_later() -> None:
    state, easier = replace(first_day(MONDAY), done=(0.0,) * 34), []
    for t in range(56):
        done: list[tuple[float, float]] = [(200.0, 5.0)] if t >= 21 else []
        day = one_day(replace(state, busy=()), Lived(IDEAL, tuple(done)), LONG, OPEN_CALENDAR)
        easier += [t] if "deload" in ids(day.decision) else []
        assert ("deload_skip" in ids(day.decision)) is (t == 21)
        state = day.dusk
    assert easier == list(range(42, 49))


def test_the_easier_week_is_named_on_a_rest_day_too() -> None:
    state, profile = well_rested(age=24, level=REST), replace(LONG, ceiling=REST)
    assert ids(decided_on(state, profile)) == ["deload"]
    assert ids(decided_on(replace(state, paused=True), profile)) == ["paused", "deload"]


@pytest.mark.parametrize(("same", "told"), [(7, True), (6, True), (5, False), (0, False)])
def test_sameness_is_told_and_changes_nothing(same: int, told: bool) -> None:
    loads = (300.0,) * same + (0.0,) * (7 - same)
    decision = decided_on(replace(well_rested(), loads=loads), GENEROUS)
    assert ids(decision) == (["monotony"] if told else ["ok"])
    assert decision.minutes == 230
    assert ids(decided_on(replace(well_rested(), loads=loads[:6]), GENEROUS)) == ["ok"]


def test_sameness_of_exactly_two_is_not_told() -> None:
    """A mean of 300 with a deviation of 150, and the same with a little less spread."""
    away = (2.0, -2.0, 185.0, -185.0, 211.0, -211.0, 0.0)
    assert monotony([300 + d for d in away]) == 2
    for share, told in ((1, ["ok"]), (0.99, ["monotony"])):
        loads = tuple(300 + d * share for d in away)
        assert ids(decided_on(replace(well_rested(), loads=loads), GENEROUS)) == told


def test_sameness_is_told_from_the_eighth_day_on_for_as_long_as_it_lasts() -> None:
    """The same half hour every day, noticed once seven days are known."""
    state, told = well_rested(), []
    for _ in range(12):
        day = one_day(state, Lived(IDEAL, ((30.0, 5.0),)), GENEROUS, OPEN_CALENDAR)
        told.append("monotony" in ids(day.decision))
        state = day.dusk
    assert told == [False] * 7 + [True] * 5


def test_sameness_counts_imputed_and_stressful_days() -> None:
    """The last seven values that entered acute load, silent ones and events included."""
    state = absorb(replace(well_rested(), event_loads=(100.0, 0.0, 0.0)), ((60, 5),))
    assert state.loads == (350,)
    state = absorb(state, None)
    assert list(state.loads) == pytest.approx([350, 350 + 30])


def test_all_overlays_speak_in_their_order() -> None:
    state = replace(
        well_rested(age=22, level=FULL), loads=(300.0,) * 7, busy=(True,) * 6, planned=(200,) * 6, paused=True
    )
    profile = replace(LONG, rest_weekdays=frozenset({0}))
    assert ids(decided_on(state, profile, booked((1, "screen"), (-1, "onsite")))) == [
        "paused", "deload", "taper", "monotony", "growth", "rest_day", "six_in_a_row",
    ]  # fmt: skip
