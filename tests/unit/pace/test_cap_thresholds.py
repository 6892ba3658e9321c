"""Every threshold that can hold a day down, tried on both sides and in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import combinations_with_replacement, product

import pytest
from unit.pace.histories import (
    GENEROUS,
    IDEAL,
    MONDAY,
    OPEN_CALENDAR,
    SILENT,
    decided_on,
    ids,
    well_rested,
)

from bot.pace.caps import caps
from bot.pace.minutes import week_cap
from bot.pace.model import Calendar, Checkin, Event, Ewma, Interview, Level, Morning, PaceProfile, PaceState
from bot.pace.policy import begin_day, decide, end_day, first_day, shown

REST, EASE, STEADY, FULL = Level
LENIENCIES = (-10, -5, 0, 5, 10)
ON_HER_OWN = replace(GENEROUS, checkins=False)


def found(state: PaceState, profile: PaceProfile = GENEROUS) -> dict[str, Level]:
    """The level that each rule allows today, by the rule's id."""
    return {cap.reason.id: cap.level for cap in caps(state, profile, week_cap(profile))}


def held(level: Level, rule: str) -> dict[str, Level]:
    """What `found` says if this rule alone speaks, or none if the level is full."""
    return {} if level is FULL else {rule: level}


def below(value: Fraction, thresholds: tuple[int, int, int]) -> Level:
    """The level of a value that falls under rest, ease or steady thresholds."""
    rest, ease, steady = thresholds
    return REST if value < rest else EASE if value < ease else STEADY if value < steady else FULL


@pytest.mark.parametrize("leniency", LENIENCIES)
def test_energy(leniency: int) -> None:
    """At most 10: rest; at most 30: ease; at most 50: steady; a tenth above is another matter."""
    profile = replace(GENEROUS, leniency=leniency)
    for tenths in range(1001):
        battery = tenths / 10
        level = below(Fraction(tenths - 1, 10) + leniency, (10, 30, 50))
        state = replace(well_rested(), checkin=Checkin(battery=battery), readiness=100.0)
        assert found(state, profile) == held(level, "energy"), battery


@pytest.mark.parametrize("battery", range(101))
def test_energy_decides_the_day_even_if_all_else_is_well(battery: int) -> None:
    """Through the whole morning, with the readiness that such a check-in really has."""
    morning = Morning(checkin=Checkin(battery, mood=2, stress=0, sleep_hours=8))
    by_battery = below(Fraction(battery - 1), (10, 30, 50))
    by_readiness = below(Fraction(battery, 2) + 50, (20, 40, 55))
    decision = decided_on(well_rested(), GENEROUS, morning=morning)
    assert decision.level is min(by_battery, by_readiness)
    assert decision.reasons[0].id == ("ok" if battery > 50 else "energy")


@pytest.mark.parametrize("leniency", LENIENCIES)
def test_readiness(leniency: int) -> None:
    """Under 20: rest; under 40: ease; under 55: steady."""
    profile = replace(GENEROUS, leniency=leniency)
    for quarters in range(401):
        state = replace(well_rested(), checkin=Checkin(mood=0), readiness=quarters / 4)
        level = below(Fraction(quarters, 4) + leniency, (20, 40, 55))
        assert found(state, profile) == held(level, "readiness"), quarters / 4


@pytest.mark.parametrize("leniency", LENIENCIES)
def test_trend(leniency: int) -> None:
    """Under 25: rest; under 40: ease; under 55: steady, from three check-ins on."""
    profile = replace(GENEROUS, leniency=leniency)
    for quarters, gap, count in product(range(401), (0, 1, 2), (2, 10**6)):
        state = replace(well_rested(), trend=Ewma(quarters / 4, count), gap=gap)
        lately = Fraction(quarters, 4) - 5 * max(0, gap - 1)
        level = below(lately + leniency, (25, 40, 55)) if count >= 3 else FULL
        assert found(state, profile) == held(level, "trend"), (quarters / 4, gap, count)


def test_below_usual() -> None:
    """At most -2 spreads: ease; at most -1: steady."""
    for hundredths in range(-400, 101):
        z = hundredths / 100
        level = EASE if hundredths <= -200 else STEADY if hundredths <= -100 else FULL
        assert found(replace(well_rested(), z=z)) == held(level, "below_usual"), z


@pytest.mark.parametrize(("alarm", "level"), [(0, FULL), (1, EASE), (2, EASE)])
def test_shift(alarm: int, level: Level) -> None:
    assert found(replace(well_rested(), alarm=alarm)) == held(level, "shift")


def test_an_alarm_holds_today_and_tomorrow() -> None:
    state = replace(well_rested(), cusum=4.9, readings=(70.0,) * 42)
    rang = [True, True, False, False]
    for n, expected in enumerate(rang):
        state = begin_day(state, Morning(checkin=Checkin(battery=60 if n == 0 else 90)))
        assert ("shift" in found(state)) is expected
        state = end_day(state, OPEN_CALENDAR, planned=0, sessions=())


def test_sleep_last_night() -> None:
    """Under five hours: ease."""
    for tenths in range(120):
        state = replace(well_rested(), checkin=Checkin(sleep_hours=tenths / 10), readiness=100.0)
        assert found(state) == held(EASE if tenths < 50 else FULL, "sleep"), tenths / 10


def test_two_short_nights_of_three() -> None:
    """All patterns of five mornings: under six hours, exactly six, and nothing said."""
    for nights in product((None, 5.9, 6.0), repeat=5):
        state = well_rested()
        for hours in nights:
            state = begin_day(state, Morning(checkin=Checkin(mood=2, sleep_hours=hours)))
            today, state = state, end_day(state, OPEN_CALENDAR, planned=0, sessions=())
        short = sum(1 for hours in nights[2:] if hours == 5.9)
        expected = STEADY if short >= 2 else FULL
        assert found(today).get("sleep_run", FULL) is expected, nights
        assert found(today, ON_HER_OWN).get("sleep_run", FULL) is expected, nights


def test_stale() -> None:
    """Three days without a check-in: steady; seven: ease. Somebody new is stale on her third day."""
    state = first_day(MONDAY)
    for t in range(12):
        state = begin_day(state, SILENT)
        gap = t + 1
        level = EASE if gap >= 7 else STEADY if gap >= 3 else FULL
        assert state.gap == gap
        assert found(state) == held(level, "stale"), t
        assert "stale" not in found(state, ON_HER_OWN)
        state = end_day(state, OPEN_CALENDAR, planned=0, sessions=())
    assert begin_day(state, IDEAL).gap == 0


@pytest.mark.parametrize("age", [0, 1, 34, 35, 36, 100])
def test_inventory(age: int) -> None:
    """At least 75: ease; at least 50: steady; valid for 35 days, the last one included."""
    for quarters in range(401):
        state = replace(well_rested(), inventory=(MONDAY - timedelta(days=age), quarters / 4))
        level = EASE if quarters >= 300 else STEADY if quarters >= 200 else FULL
        assert found(state) == held(level if age <= 35 else FULL, "burnout"), quarters / 4


def test_a_newer_inventory_replaces_the_older_one() -> None:
    state = replace(well_rested(), inventory=(MONDAY - timedelta(days=3), 80.0))
    assert found(begin_day(state, Morning(inventory=20.0))).get("burnout") is None
    assert found(begin_day(state, SILENT))["burnout"] is EASE


@pytest.mark.parametrize("known_days", [0, 13, 14, 15])
def test_ramp(known_days: int) -> None:
    """Over 1.7: steady; over 2.1: ease; not before 14 known days."""
    for hundredths in range(100, 400):
        acute, chronic = Ewma(2.0 * hundredths, 10**6), Ewma(200.0, 10**6)
        state = replace(well_rested(), acute=acute, chronic=chronic, known_days=known_days)
        level = EASE if hundredths > 210 else STEADY if hundredths > 170 else FULL
        assert found(state) == held(level if known_days >= 14 else FULL, "ramp"), hundredths / 100


def expected_after(rejections: tuple[tuple[int, int], ...]) -> dict[str, Level]:
    """What the rejections of these ages and grades ask for, straight from the table."""
    ages = [age for age, _ in rejections if age < 7]
    if len(ages) >= 2 and min(ages) <= 2:
        return {"rejections": EASE}
    if any(grade == 2 and age <= 1 for age, grade in rejections):
        return {"rejection": EASE}
    return {"rejection_s": STEADY} if ages and min(ages) <= 1 else {}


def test_rejections() -> None:
    """All sets of up to three rejections of the last nine days, screens and onsites."""
    kinds = list(product(range(9), (1, 2)))
    for size in range(4):
        for rejections in combinations_with_replacement(kinds, size):
            dated = tuple((MONDAY - timedelta(days=age), grade) for age, grade in rejections)
            state = replace(well_rested(), rejections=dated)
            assert found(state) == expected_after(rejections), rejections


@pytest.mark.parametrize("event", Event)
def test_which_events_are_rejections(event: Event) -> None:
    """Through the mornings: an onsite or a missed offer is heavy, a screen is not, the rest are none."""
    grade = {Event.REJECT_SCREEN: 1, Event.REJECT_ONSITE: 2, Event.OFFER_LOST: 2}.get(event)
    state = begin_day(well_rested(), Morning(events=(event,)))
    for age in range(10):
        assert found(state) == expected_after(((age, grade),) if grade else ()), age
        assert len(state.rejections) == (1 if grade and age < 7 else 0), "kept for seven days"
        state = begin_day(end_day(state, OPEN_CALENDAR, planned=0, sessions=()), IDEAL)


def test_two_rejections_on_one_day_count_as_two() -> None:
    state = begin_day(well_rested(), Morning(events=(Event.REJECT_SCREEN, Event.REJECT_SCREEN)))
    assert found(state) == {"rejections": EASE}


@pytest.mark.parametrize("ceiling", Level)
@pytest.mark.parametrize("manual", Level)
def test_her_own_ceiling_and_her_own_level(ceiling: Level, manual: Level) -> None:
    """The ceiling lowers without a word; her own level is named if she opted out of check-ins."""
    profile = replace(GENEROUS, ceiling=ceiling, manual_level=manual)
    assert decided_on(well_rested(), profile).level is ceiling
    assert ids(decided_on(well_rested(), profile)) == ["ok"]
    alone = replace(profile, checkins=False)
    decision = decided_on(well_rested(), alone, morning=SILENT)
    assert decision.level is min(ceiling, manual)
    assert ids(decision) == (["manual"] if manual <= ceiling else ["ok"])


def test_opting_out_of_checkins_switches_off_every_rule_about_them() -> None:
    state = replace(
        well_rested(),
        checkin=Checkin(0, -2, 4, 0.0),
        readiness=0.0,
        trend=Ewma(5, 10**6),
        z=-5.0,
        alarm=2,
        gap=9,
    )
    assert set(found(state)) == {"energy", "readiness", "sleep", "trend", "below_usual", "shift", "stale"}
    assert found(state, ON_HER_OWN) == {"manual": FULL}


def test_caps_come_lowest_first_and_then_by_name() -> None:
    state = replace(
        well_rested(), checkin=Checkin(battery=10), readiness=50.0, z=-2.0, gap=3, inventory=(MONDAY, 80.0)
    )
    assert [(cap.level, cap.reason.id) for cap in caps(state, GENEROUS, 1200)] == [
        (REST, "energy"),
        (EASE, "below_usual"),
        (EASE, "burnout"),
        (STEADY, "readiness"),
        (STEADY, "stale"),
    ]


def move(level: Level, up: int, target: Level, fresh: bool) -> tuple[Level, int]:
    """Down at once, up by one after two fresh days; a day that is not fresh changes nothing."""
    if target <= level:
        return target, 0
    if not fresh:
        return level, up
    return (Level(level + 1), 0) if up == 1 else (level, up + 1)


@pytest.mark.parametrize("start", Level)
def test_down_at_once_and_up_after_two_fresh_days(start: Level) -> None:
    """All three-day sequences of what was possible and whether she checked in."""
    for days in product(product(Level, (True, False)), repeat=3):
        state, level, up = replace(well_rested(), level=start), start, 0
        for target, fresh in days:
            profile = replace(GENEROUS, ceiling=target)
            level, up = move(level, up, target, fresh)
            state = begin_day(state, IDEAL if fresh else Morning(checkin=Checkin()))
            state, decision = decide(state, profile, OPEN_CALENDAR)
            assert (decision.level, state.up) == (level, up), days
            assert ("hold" in ids(decision)) is (target > level)
            state = end_day(state, OPEN_CALENDAR, planned=0, sessions=())
            state = replace(state, gap=0)


def test_somebody_who_opted_out_rises_without_a_checkin() -> None:
    state, levels = replace(well_rested(), level=REST), []
    for _ in range(7):
        state, decision = decide(begin_day(state, SILENT), ON_HER_OWN, OPEN_CALENDAR)
        levels.append(decision.level)
        state = end_day(state, OPEN_CALENDAR, planned=0, sessions=())
    assert levels == [REST, EASE, EASE, STEADY, STEADY, FULL, FULL]


def test_a_pause_lifts_on_resume_and_a_crisis_wins() -> None:
    for before, crisis, resume in product((False, True), repeat=3):
        state = begin_day(replace(well_rested(), paused=before), Morning(crisis=crisis, resume=resume))
        assert state.paused is (crisis or (before and not resume))


def test_the_level_goes_on_moving_while_paused() -> None:
    state = replace(well_rested(), paused=True, level=EASE)
    for _ in range(4):
        state, decision = decide(begin_day(state, IDEAL), GENEROUS, OPEN_CALENDAR)
        assert (decision.minutes, decision.kinds, decision.reasons[0].id) == (0, (), "paused")
        state = end_day(state, OPEN_CALENDAR, planned=0, sessions=())
    assert state.level is FULL


def test_three_reasons_at_most_are_told() -> None:
    """The day keeps them all; a person hears the three that bind most."""
    state = replace(well_rested(), inventory=(MONDAY, 80.0), rejections=((MONDAY, 2),), busy=(True,) * 6)
    calendar = Calendar(interviews=(Interview(MONDAY, "screen"),))
    decision = decide(state, GENEROUS, calendar)[1]
    assert ids(decision) == ["burnout", "rejection", "interview_day", "six_in_a_row"]
    assert [reason.id for reason in shown(decision)] == ["burnout", "rejection", "interview_day"]
