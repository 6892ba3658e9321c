"""Each rule that may hold a day down, as a cap with its reason; the lowest cap is the day's target.

Taking the minimum of caps makes the policy monotone (a worse morning never asks for more) and
the explanation exact (the binding cap is the reason).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from bot.pace.load import ramp
from bot.pace.model import Level, PaceProfile, PaceState, Reason
from bot.pace.mood import trend

INVENTORY_DAYS = 35


class Cap(NamedTuple):
    """The highest level a rule allows today, and why."""

    level: Level
    reason: Reason


def band(value: float, rest: float, ease: float, steady: float, *, inclusive: bool = False) -> Level:
    """The level below which a value falls: at or under a threshold if inclusive, else under it."""
    for threshold, level in ((rest, Level.REST), (ease, Level.EASE), (steady, Level.STEADY)):
        if value < threshold or (inclusive and value == threshold):
            return level
    return Level.FULL


def caps(state: PaceState, profile: PaceProfile, week_cap: int) -> list[Cap]:
    """All caps that hold today, lowest level first, then by reason id. FULL means no cap but `manual`."""
    found = [*_sleep_run(state), *_burnout(state), *_rejections(state), *_ramp(state, week_cap)]
    if profile.checkins:
        found += [*_this_morning(state, profile), *_lately(state, profile)]
        found = [cap for cap in found if cap.level < Level.FULL]
    else:
        found = [cap for cap in found if cap.level < Level.FULL]
        found.append(Cap(profile.manual_level, Reason("manual")))
    return sorted(found, key=lambda cap: (cap.level, cap.reason.id))


def _this_morning(state: PaceState, profile: PaceProfile) -> Iterator[Cap]:
    checkin, shift = state.checkin, profile.leniency
    if checkin is None or state.readiness is None:
        return
    if checkin.battery is not None:
        level = band(checkin.battery, 10 - shift, 30 - shift, 50 - shift, inclusive=True)
        yield Cap(level, Reason("energy", (("battery", checkin.battery),)))
    level = band(state.readiness, 20 - shift, 40 - shift, 55 - shift)
    yield Cap(level, Reason("readiness", (("readiness", state.readiness),)))
    if checkin.sleep_hours is not None and checkin.sleep_hours < 5:
        yield Cap(Level.EASE, Reason("sleep", (("hours", checkin.sleep_hours),)))


def _lately(state: PaceState, profile: PaceProfile) -> Iterator[Cap]:
    shift = profile.leniency
    if (lately := trend(state)) is not None:
        level = band(lately, 25 - shift, 40 - shift, 55 - shift)
        yield Cap(level, Reason("trend", (("trend", lately),)))
    if state.z is not None and state.z <= -1:
        yield Cap(Level.EASE if state.z <= -2 else Level.STEADY, Reason("below_usual", (("z", state.z),)))
    if state.alarm > 0:
        yield Cap(Level.EASE, Reason("shift"))
    if state.gap >= 3:
        yield Cap(Level.EASE if state.gap >= 7 else Level.STEADY, Reason("stale", (("days", state.gap),)))


def _sleep_run(state: PaceState) -> Iterator[Cap]:
    oldest = state.today - timedelta(days=2)
    short = sum(1 for day, hours in state.sleeps if day >= oldest and hours < 6)
    if short >= 2:
        yield Cap(Level.STEADY, Reason("sleep_run", (("nights", short),)))


def _burnout(state: PaceState) -> Iterator[Cap]:
    if state.inventory is None:
        return
    day, score = state.inventory
    if (state.today - day).days <= INVENTORY_DAYS and score >= 50:
        yield Cap(Level.EASE if score >= 75 else Level.STEADY, Reason("burnout", (("score", score),)))


def _ramp(state: PaceState, week_cap: int) -> Iterator[Cap]:
    value = ramp(state, week_cap)
    if value is not None and value > 1.7:
        yield Cap(Level.EASE if value > 2.1 else Level.STEADY, Reason("ramp", (("ramp", value),)))


def _rejections(state: PaceState) -> Iterator[Cap]:
    ages = [((state.today - day).days, grade) for day, grade in state.rejections]
    recent = [(age, grade) for age, grade in ages if age < 7]
    if not recent:
        return
    newest = min(age for age, _ in recent)
    if len(recent) >= 2 and newest <= 2:
        yield Cap(Level.EASE, Reason("rejections", (("count", len(recent)),)))
    elif any(grade == 2 and age <= 1 for age, grade in recent):
        yield Cap(Level.EASE, Reason("rejection"))
    elif newest <= 1:
        yield Cap(Level.STEADY, Reason("rejection_s"))
