"""Training load: session load, acute and chronic load, ramp, monotony, event load.

Session load is perceived exertion (CR-10) times minutes (Foster 1998, 2001). Acute and chronic
load are exponentially weighted means with time constants of 7 and 28 days; the sport literature
uses 7 and 42, 28 fits plans of 4 to 26 weeks. The ramp only catches unplanned spikes: it is no
measure of risk (Impellizzeri 2020, doi 10.1007/s40279-020-01378-6).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean

from bot.pace.model import Event, Ewma, PaceState, Session

ACUTE_RATE = 1 - math.exp(-1 / 7)
CHRONIC_RATE = 1 - math.exp(-1 / 28)
SETTLED_DAYS = 14
"""Known days after which the prior has no weight any more."""
HELD_DAYS = 3
"""Silent days for which the usual load is assumed to go on."""

EVENT_LOAD: dict[Event, float] = {
    Event.REJECT_APP: 60,
    Event.GHOSTED: 60,
    Event.REJECT_SCREEN: 150,
    Event.REJECT_ONSITE: 450,
    Event.OFFER_LOST: 600,
    Event.LIFE_S: 150,
    Event.LIFE_M: 450,
    Event.LIFE_L: 1200,
}
"""AU; priors of this project, no literature value exists."""

EVENT_SPREAD = (0.5, 0.3, 0.2)
"""Share of an event's load on its own day and the two after."""


def session_load(sessions: Sequence[Session]) -> float:
    """AU of a day's sessions; minutes are clamped to 0-1440, exertion to 0-10."""
    return sum(min(max(m, 0.0), 1440.0) * min(max(rpe, 0.0), 10.0) for m, rpe in sessions)


def step(mean: Ewma, value: float, rate: float) -> Ewma:
    """The mean after one more day."""
    return Ewma(mean.value + rate * (value - mean.value), mean.count + 1)


def corrected(mean: Ewma, rate: float) -> float:
    """The mean without the bias of having started at zero; 0 before the first day."""
    return mean.value / (1 - (1 - rate) ** mean.count) if mean.count else 0.0


def blended(mean: Ewma, rate: float, known_days: int, week_cap: int) -> float:
    """The corrected mean, mixed with a prior (exertion 5 on 70 % of the week) for 14 known days."""
    weight = max(0.0, 1 - known_days / SETTLED_DAYS)
    prior = 5 * 0.7 * week_cap / 7
    return weight * prior + (1 - weight) * corrected(mean, rate)


def ramp(state: PaceState, week_cap: int) -> float | None:
    """Acute over chronic load; None until 14 days are known."""
    if state.known_days < SETTLED_DAYS:
        return None
    acute = blended(state.acute, ACUTE_RATE, state.known_days, week_cap)
    chronic = blended(state.chronic, CHRONIC_RATE, state.known_days, week_cap)
    return acute / max(chronic, 100.0)


def form(state: PaceState, week_cap: int) -> float:
    """Chronic minus acute load (training stress balance), AU: above 0 is fresher than usual."""
    acute = blended(state.acute, ACUTE_RATE, state.known_days, week_cap)
    return blended(state.chronic, CHRONIC_RATE, state.known_days, week_cap) - acute


def monotony(loads: Sequence[float]) -> float:
    """Mean over population standard deviation of a week's loads (Foster), 0 for light weeks, at most 4."""
    mean = fmean(loads)
    if mean < 60:
        return 0.0
    deviation = math.sqrt(fmean([(load - mean) ** 2 for load in loads]))
    return 4.0 if deviation <= mean / 4 else mean / deviation


def strain(loads: Sequence[float]) -> float:
    """A week's load times its monotony, AU."""
    return sum(loads) * monotony(loads)


def event_load(state: PaceState) -> float:
    """AU that today's and the last two days' events put on today."""
    return sum(share * load for share, load in zip(EVENT_SPREAD, state.event_loads, strict=True))


def absorb(state: PaceState, sessions: Sequence[Session] | None) -> PaceState:
    """Load after a day: sessions known (also "nothing done", empty) or silent (None).

    A silent day is not a rested one: acute load is held for three days, then drifts to the usual
    load; chronic load is held for three days, then gets no credit for work nobody saw.
    """
    extra = event_load(state)
    if sessions is None:
        usual = corrected(state.chronic, CHRONIC_RATE)
        held = state.silent_run < HELD_DAYS
        acute_in = corrected(state.acute, ACUTE_RATE) if held else usual
        chronic_in = usual if held else 0.0
    else:
        acute_in = chronic_in = session_load(sessions)
    return state.changed(
        acute=step(state.acute, acute_in + extra, ACUTE_RATE),
        chronic=step(state.chronic, chronic_in, CHRONIC_RATE),
        known_days=state.known_days + (sessions is not None),
        silent_run=0 if sessions is not None else state.silent_run + 1,
        event_loads=(0.0, state.event_loads[0], state.event_loads[1]),
        loads=(*state.loads, acute_in + extra)[-7:],
    )
