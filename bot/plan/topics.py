"""What a week's minutes are for: areas by the role's weight and the gap that is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.plan.shares import shares
from bot.profile.tracks import Track

TARGET = 0.75
"""Chance of passing an ordinary task at which an area counts as ready; a prior."""
UNKNOWN_SKILL = 0.5
OUTSIDE_WEIGHT = 10
"""Percent for an area that an interview tests and the role does not weigh; a prior."""


def gap(area: str, skills: Mapping[str, float], target: float = TARGET) -> float:
    """How far an area is from its target, 0 to 1; an unknown area counts as half-way."""
    return max(0.0, target - skills.get(area, UNKNOWN_SKILL))


def topic_weights(track: Track, skills: Mapping[str, float], areas: Iterable[str] = ()) -> dict[str, float]:
    """Role weight times (0.5 + gap), of these areas or else of all areas of the role."""
    chosen = tuple(areas) or tuple(track.weights)
    return {a: track.weights.get(a, OUTSIDE_WEIGHT) * (0.5 + gap(a, skills)) for a in chosen}


def topic_minutes(
    minutes: int, track: Track, skills: Mapping[str, float], areas: Iterable[str] = ()
) -> dict[str, int]:
    """Minutes by area id in whole fives; they sum to `minutes`, areas may have none.

    `areas` are those of a booked interview, whose last seven days belong to them.
    """
    return shares(minutes, topic_weights(track, skills, areas))
