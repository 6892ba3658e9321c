"""Phases of a plan: how long each is and what its time is for.

Foundation and build take 35 % of the weeks each, mock 20 %, taper 10 % but always one week. Shares
and mixes are priors of this project; four weeks come out as the four-week plan, one week each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.plan.model import Mix, Phase, PhaseSpan
from bot.plan.shares import shares

QUOTA = {Phase.FOUNDATION: 35, Phase.BUILD: 35, Phase.MOCK: 20, Phase.TAPER: 10}
"""Percent of the weeks."""
TAPER_WEEKS = 1
MIXES: Mapping[Phase, Mix] = {
    Phase.FOUNDATION: Mix(55, 40, 5),
    Phase.BUILD: Mix(40, 40, 20),
    Phase.MOCK: Mix(15, 40, 45),
    Phase.TAPER: Mix(0, 70, 30),
}
"""Percent of a phase's minutes."""
SHORTEST = 4


def phase_weeks(weeks: int) -> dict[Phase, int]:
    """Whole weeks of each phase, in order, for a plan of at least four weeks; they sum to `weeks`.

    The taper is one week; what its quota has above or below that changes the mock phase. Largest
    remainder, equal remainders to build; a mock phase of nothing takes a week from the longest.
    """
    if weeks < SHORTEST:
        raise ValueError(f"a plan has at least {SHORTEST} weeks, not {weeks}")
    hundredths = {p: QUOTA[p] * weeks for p in (Phase.BUILD, Phase.FOUNDATION, Phase.MOCK)}
    hundredths[Phase.MOCK] += QUOTA[Phase.TAPER] * weeks - 100 * TAPER_WEEKS
    found = {p: h // 100 for p, h in hundredths.items()}
    order = sorted(hundredths, key=lambda p: -(hundredths[p] % 100))
    for phase in order[: weeks - TAPER_WEEKS - sum(found.values())]:
        found[phase] += 1
    if found[Phase.MOCK] == 0:
        longest = Phase.FOUNDATION if found[Phase.FOUNDATION] >= found[Phase.BUILD] else Phase.BUILD
        found[longest] -= 1
        found[Phase.MOCK] = 1
    return {p: found.get(p, TAPER_WEEKS) for p in Phase}


def phase_spans(weeks: int) -> tuple[PhaseSpan, ...]:
    """The phases of a plan of so many weeks, in order, without gaps."""
    spans, first = [], 1
    for phase, length in phase_weeks(weeks).items():
        spans.append(PhaseSpan(phase, first, length))
        first += length
    return tuple(spans)


def phase_in(spans: Sequence[PhaseSpan], week: int) -> Phase:
    """The phase of a week; the last one for weeks after the end."""
    return max((s for s in spans if s.first_week <= week), key=lambda s: s.first_week).phase


def mix_minutes(phase: Phase, minutes: int) -> Mix:
    """Minutes of new, review and mock work; they sum to `minutes`."""
    percent = MIXES[phase]
    part = shares(minutes, {"new": percent.new, "review": percent.review, "mock": percent.mock})
    return Mix(part["new"], part["review"], part["mock"])
