"""How able she is in each area, as far as the drills can tell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.drills.model import Skill
from bot.drills.skill import is_early, level_of, probability, spread
from bot.plan.topics import TARGET

LIKELY = 1.2816
"""Standard deviations to either side that hold the truth four times out of five."""
BANDS = ((0.0, "starting"), (0.40, "growing"), (0.60, "solid"), (TARGET, "ready"))
"""From which expected score on, what it is called."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The expected score on a drill of middle difficulty, 0-1, with the band in which it likely lies."""

    area: str
    share: float
    low: float
    high: float
    drills: int
    early: bool


def standings(areas: Collection[str], skills: Mapping[str, Skill]) -> tuple[Standing, ...]:
    """Those areas that were judged at least once, in the given order."""
    return tuple(standing(skills[a]) for a in areas if a in skills and skills[a].count)


def standing(skill: Skill) -> Standing:
    """Where one skill stands."""
    width = LIKELY * spread(skill)
    low, high = (probability(skill.theta + sign * width, 0.0) for sign in (-1, 1))
    return Standing(skill.area, level_of(skill), low, high, skill.count, is_early(skill))


def band(share: float) -> int:
    """The number of the band in which a share lies, from 0."""
    return max(n for n, (start, _) in enumerate(BANDS) if share >= start)


def band_middle(low: float, high: float) -> float:
    """The middle of the bands from one share to another, so that a bar says no more than their names."""
    ends = [*(start for start, _ in BANDS), 1.0]
    return (ends[band(low)] + ends[band(high) + 1]) / 2
