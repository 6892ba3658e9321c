"""The laws of pacing (P1-P10, P12, P13) as checks: each returns what it found to be wrong.

They are written against what a person sees, not against the policy's own steps, so that a fault in
the policy cannot hide in its own test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import exp, isclose

from unit.pace.histories import History, Lived, Walked, one_day, walk

from bot.pace.load import EVENT_LOAD
from bot.pace.model import Checkin, Event, Kind, Level

Law = Callable[[History, list[Walked]], Iterator[str]]

WEIGHTY = (Event.REJECT_SCREEN, Event.REJECT_ONSITE, Event.OFFER_LOST, Event.LIFE_L)
LIGHT = {Kind.REVIEW, Kind.STORY_POLISH, Kind.READ}
ALLOWED = {
    Level.REST: set[Kind](),
    Level.EASE: LIGHT,
    Level.STEADY: LIGHT | {Kind.DRILL, Kind.SHORT_MOCK},
    Level.FULL: set(Kind),
}
CAP_IDS = {
    "manual", "energy", "readiness", "sleep", "sleep_run", "trend", "below_usual", "shift", "stale",
    "burnout", "ramp", "rejections", "rejection", "rejection_s",
}  # fmt: skip
OVERLAY_ORDER = [
    "hold", "deload", "deload_skip", "taper", "post_interview", "beside_break", "monotony",
    "growth", "interview_day", "rest_day", "six_in_a_row", "break",
]  # fmt: skip
BESIDE_BREAK = {"before_break": "beside_break", "after_break": "beside_break"}
"""Two breaks close to one another may both speak, in either order."""


def week_minutes(history: History) -> int:
    """The week's cap, worked out anew in whole minutes."""
    beside_work = 3000 - round(history.profile.paid_work_hours * 60)
    return min(max(history.profile.weekly_minutes, 0), 1440, max(300, beside_work))


def p1_whole_fives(history: History, walked: list[Walked]) -> Iterator[str]:
    """Minutes are a whole multiple of five between 0 and the longest day, never more than four hours."""
    profile = history.profile
    longest = min(max(profile.day_cap, 0), 120 if profile.paid_work_hours >= 35 else 240)
    for n, day in enumerate(walked):
        minutes = day.decision.minutes
        if type(minutes) is not int or minutes % 5 or not 0 <= minutes <= longest or minutes == 5:
            yield f"day {n}: {minutes!r} minutes of at most {longest}"


def p2_a_rest_in_any_seven(history: History, walked: list[Walked]) -> Iterator[str]:
    """Any seven days in a row hold one that asks for nothing."""
    plans = [day.decision.minutes for day in walked]
    for n in range(len(plans) - 6):
        if 0 not in plans[n : n + 7]:
            yield f"days {n} to {n + 6}: {plans[n : n + 7]}"


def p3_nothing_asked_no_kinds(history: History, walked: list[Walked]) -> Iterator[str]:
    """A day has kinds exactly when it has minutes, and a rest day has neither."""
    for n, day in enumerate(walked):
        minutes, kinds = day.decision.minutes, day.decision.kinds
        if (minutes == 0) != (not kinds) or (day.decision.level is Level.REST and minutes):
            yield f"day {n}: {day.decision.level.word}, {minutes} minutes, {kinds}"


def p4_week_within_budget(history: History, walked: list[Walked]) -> Iterator[str]:
    """Any seven days together ask for no more than the week's cap."""
    plans = [day.decision.minutes for day in walked]
    for n in range(len(plans)):
        if sum(plans[max(0, n - 6) : n + 1]) > week_minutes(history):
            yield f"week to day {n}: {plans[max(0, n - 6) : n + 1]}"


def p5_growth_is_bounded(history: History, walked: list[Walked]) -> Iterator[str]:
    """Seven days ask for at most 1.3 times the best seven done on days t-34 to t-7, or the floor."""
    cap = week_minutes(history)
    plans = [day.decision.minutes for day in walked]
    done = [sum(m for m, _ in day.sessions or ()) for day in walked]
    for n in range(len(plans)):
        weeks = [sum(done[k : k + 7]) for k in range(max(0, n - 34), n - 12)]
        limit = max(min(cap, max(360.0, cap / 2)), min(cap, 1.3 * max(weeks, default=0)))
        asked = sum(plans[max(0, n - 6) : n + 1])
        if asked > limit + 1e-6 and plans[n]:
            yield f"week to day {n}: {asked} of {limit}"


def p6_the_same_again(history: History, walked: list[Walked]) -> Iterator[str]:
    """The same life is decided in the same way, reasons and numbers included."""
    for n, (day, again) in enumerate(zip(walked, walk(history), strict=True)):
        if day.decision != again.decision or day.dusk != again.dusk:
            yield f"day {n}: {day.decision} and {again.decision}"


def _worse(checkin: Checkin) -> Iterator[Checkin]:
    battery, mood, stress, sleep = checkin.battery, checkin.mood, checkin.stress, checkin.sleep_hours
    if battery is not None:
        yield from (replace(checkin, battery=max(0, battery - step)) for step in (1, 20, 50, 100))
    if mood is not None:
        yield replace(checkin, mood=-2)
    if stress is not None:
        yield replace(checkin, stress=4)
    if sleep is not None:
        yield replace(checkin, sleep_hours=max(0.0, sleep - 2))


def p7_a_worse_morning_never_asks_more(history: History, walked: list[Walked]) -> Iterator[str]:
    """With the same past, a worse check-in today raises neither level nor minutes."""
    for n, day in enumerate(walked):
        for worse in _worse(day.lived.morning.checkin) if day.lived.morning.checkin else ():
            other = _instead(history, day, Lived(replace(day.lived.morning, checkin=worse), ()))
            if other.decision.level > day.decision.level or other.decision.minutes > day.decision.minutes:
                yield f"day {n}: {day.lived.morning.checkin} {worse} {day.decision} {other.decision}"


def p8_bad_news_never_asks_more(history: History, walked: list[Walked]) -> Iterator[str]:
    """One more bad event today raises neither level nor minutes."""
    for n, day in enumerate(walked):
        for event in WEIGHTY:
            morning = replace(day.lived.morning, events=(*day.lived.morning.events, event))
            other = _instead(history, day, Lived(morning, ()))
            if other.decision.level > day.decision.level or other.decision.minutes > day.decision.minutes:
                yield f"day {n}: {event} {day.decision} {other.decision}"


def _instead(history: History, day: Walked, lived: Lived) -> Walked:
    return one_day(day.dawn, lived, history.profile, history.calendar)


def p9_silence_never_raises(history: History, walked: list[Walked]) -> Iterator[str]:
    """A morning without a check-in never raises the level of somebody who checks in."""
    for n, day in enumerate(walked):
        unheard = day.lived.morning.checkin in (None, Checkin())
        if history.profile.checkins and unheard and day.decision.level > day.dawn.level:
            yield f"day {n}: {day.dawn.level.word} to {day.decision.level.word}"


def p9_silence_is_no_rest(history: History, walked: list[Walked]) -> Iterator[str]:
    """A day nobody knows of leaves more acute load than a known rest, and counts as unknown."""
    for n, day in enumerate(walked):
        if day.sessions is not None:
            continue
        worked = day.dawn.acute.value > 0 and day.dawn.silent_run < 3
        rested = replace(day.dawn.acute, value=day.dawn.acute.value * exp(-1 / 7))
        if day.dusk.known_days != day.dawn.known_days or day.dusk.silent_run != day.dawn.silent_run + 1:
            yield f"day {n}: counted as known"
        if worked and day.dusk.acute.value <= rested.value + 1e-12:
            yield f"day {n}: {day.dawn.acute} fell to {day.dusk.acute}"


def p10_a_pause_sticks(history: History, walked: list[Walked]) -> Iterator[str]:
    """From a crisis until she resumes, nothing is asked, however good the mornings."""
    paused = False
    for n, day in enumerate(walked):
        paused = day.lived.morning.crisis or (paused and not day.lived.morning.resume)
        named = day.decision.reasons[0].id == "paused"
        if paused and (day.decision.minutes or not named or not day.dusk.paused):
            yield f"day {n}: {day.decision}"
        if not paused and (named or day.dusk.paused):
            yield f"day {n}: paused without a reason"


def p12_kinds_fit_the_level(history: History, walked: list[Walked]) -> Iterator[str]:
    """Kinds are among those the level allows."""
    for n, day in enumerate(walked):
        if not set(day.decision.kinds) <= ALLOWED[day.decision.level]:
            yield f"day {n}: {day.decision}"


def p12_reasons_are_told_in_order(history: History, walked: list[Walked]) -> Iterator[str]:
    """There is always a reason, all ids are known, and they come in their fixed order."""
    for n, day in enumerate(walked):
        found = [BESIDE_BREAK.get(reason.id, reason.id) for reason in day.decision.reasons]
        if found == ["ok"]:
            continue
        rest = found[1:] if found[:1] == ["paused"] else found
        held = [i for i in rest if i in CAP_IDS]
        overlays = [i for i in rest if i not in CAP_IDS]
        known = set(overlays) <= set(OVERLAY_ORDER)
        ordered = known and rest == held + overlays and overlays == sorted(overlays, key=OVERLAY_ORDER.index)
        once = all(found.count(i) == 1 for i in found if i != "beside_break")
        if not (found and ordered and once):
            yield f"day {n}: {found}"


def p13_what_really_happened_counts(history: History, walked: list[Walked]) -> Iterator[str]:
    """Whatever was asked, the load of a known day is the one she really had."""
    spread = [0.0] * (len(walked) + 2)
    for n, day in enumerate(walked):
        bad = sum(EVENT_LOAD[e] for e in day.lived.morning.events) + sum(day.lived.morning.event_loads)
        for later, share in enumerate((0.5, 0.3, 0.2)):
            spread[min(n + later, len(spread) - 1)] += share * bad
        if day.sessions is None:
            continue
        load = sum(minutes * rpe for minutes, rpe in day.sessions)
        before, now = day.dawn.acute.value, day.dusk.acute.value
        if not isclose(now, before + (1 - exp(-1 / 7)) * (load + spread[n] - before), abs_tol=1e-6):
            yield f"day {n}: acute {before} to {now} after {load} and {spread[n]}"
        before, now = day.dawn.chronic.value, day.dusk.chronic.value
        if not isclose(now, before + (1 - exp(-1 / 28)) * (load - before), abs_tol=1e-6):
            yield f"day {n}: chronic {before} to {now} after {load}"
        if day.dusk.done[-1] != sum(minutes for minutes, _ in day.sessions):
            yield f"day {n}: {day.dusk.done[-1]} minutes noted"


LAWS: tuple[Law, ...] = (
    p1_whole_fives, p2_a_rest_in_any_seven, p3_nothing_asked_no_kinds, p4_week_within_budget,
    p5_growth_is_bounded, p6_the_same_again, p7_a_worse_morning_never_asks_more,
    p8_bad_news_never_asks_more, p9_silence_never_raises, p9_silence_is_no_rest, p10_a_pause_sticks,
    p12_kinds_fit_the_level, p12_reasons_are_told_in_order, p13_what_really_happened_counts,
)  # fmt: skip


def law_violations(history: History) -> list[str]:
    """All laws that a history breaks, each as its name and the first place."""
    walked = walk(history)
    return [f"{law.__name__}: {fault}" for law in LAWS for fault in list(law(history, walked))[:1]]
