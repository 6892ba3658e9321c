"""What check-ins tell: readiness, trend, own usual, change point, the burnout inventory.

Weights and bands are priors of this project. The inventory is the six-item personal scale of the
Copenhagen Burnout Inventory (Kristensen et al. 2005, doi 10.1080/02678370500297720).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean, median

from bot.pace.load import corrected, step
from bot.pace.model import Checkin, PaceState

TREND_RATE = 1 - math.exp(-1 / 5)
BASELINE_NEEDED = 14
BASELINE_KEPT = 28
READINGS_KEPT = 42
CUSUM_SLACK = 0.5
CUSUM_LIMIT = 5.0
ALARM_DAYS = 2


def readiness(checkin: Checkin) -> float | None:
    """Weighted mean of the answered items, 0-100; None if nothing was answered."""
    # Tenths as whole numbers: 0.5 + 0.2 + 0.2 would put a hundred a hair above a hundred.
    parts: list[tuple[int, float]] = []
    if checkin.battery is not None:
        parts.append((5, float(checkin.battery)))
    if checkin.mood is not None:
        parts.append((2, (checkin.mood + 2) * 25.0))
    if checkin.stress is not None:
        parts.append((2, (4 - checkin.stress) * 25.0))
    if checkin.sleep_hours is not None:
        parts.append((1, min(max((checkin.sleep_hours - 4) / 3.5, 0.0), 1.0) * 100))
    if not parts:
        return None
    return sum(w * s for w, s in parts) / sum(w for w, _ in parts)


def trend(state: PaceState) -> float | None:
    """Five-day trend of readiness, 0-100, lowered by silence; None below three check-ins."""
    if state.trend.count < 3:
        return None
    return corrected(state.trend, TREND_RATE) - min(15, 5 * max(0, state.gap - 1))


def baseline(readings: Sequence[float]) -> tuple[float, float] | None:
    """Median and spread (1.4826 MAD, at least 6) of earlier readings without the two newest.

    None below 14. The median is at least 50, so that long exhaustion never becomes the norm.
    """
    earlier = readings[:-2][-BASELINE_KEPT:]
    if len(earlier) < BASELINE_NEEDED:
        return None
    middle = median(earlier)
    spread = 1.4826 * median([abs(r - middle) for r in earlier])
    return max(middle, 50.0), max(spread, 6.0)


def observe(state: PaceState, checkin: Checkin | None) -> PaceState:
    """The state after today's check-in, or after a day that so far had none."""
    reading = readiness(checkin) if checkin else None
    if checkin is None or reading is None:
        return state.changed(gap=state.gap + 1, z=None, checkin=None, readiness=None)
    usual = baseline(state.readings)
    readings = (*state.readings, reading)[-READINGS_KEPT:]
    z, cusum, alarm = None, state.cusum, state.alarm
    if usual:
        middle, spread = usual
        z = (median(readings[-3:]) - middle) / spread
        cusum = max(0.0, cusum - (reading - middle) / spread - CUSUM_SLACK)
        if cusum > CUSUM_LIMIT:
            cusum, alarm = 0.0, ALARM_DAYS
    sleeps = state.sleeps
    if checkin.sleep_hours is not None:
        sleeps = (*sleeps, (state.today, checkin.sleep_hours))[-3:]
    return state.changed(
        readings=readings,
        trend=step(state.trend, reading, TREND_RATE),
        gap=0,
        z=z,
        cusum=cusum,
        alarm=alarm,
        checkin=checkin,
        readiness=reading,
        sleeps=sleeps,
    )


def inventory_score(answers: Sequence[int | None]) -> float | None:
    """Mean of the answered items (always 100 … never 0); None if fewer than three were answered."""
    given = [a for a in answers if a is not None]
    return fmean(given) if len(given) >= 3 else None
