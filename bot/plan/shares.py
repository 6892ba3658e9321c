"""Dividing minutes into whole fives so that nothing is left over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

K = TypeVar("K")
STEP = 5
"""Minutes; no plan is finer."""


def whole(minutes: float) -> int:
    """The whole fives in a number of minutes."""
    return int((max(minutes, 0.0) + 1e-9) // STEP) * STEP


def whole_up(minutes: float) -> int:
    """The minutes, rounded up to a whole five."""
    return -int((-max(minutes, 0.0) + 1e-9) // STEP) * STEP


def shares(total: int, weights: Mapping[K, float]) -> dict[K, int]:
    """Divide minutes in proportion to weights: largest remainder in fives, sum exact.

    Equal remainders go to the heavier key, then to the earlier one; what is under a five goes to
    the heaviest. If the weights sum to zero or less, the first key takes everything.
    """
    if not weights:
        return {}
    everything = sum(weights.values())
    heaviest = max(weights, key=lambda k: weights[k])
    if everything <= 0:
        return {k: total if k == heaviest else 0 for k in weights}
    units = total // STEP
    exact = {k: units * w / everything for k, w in weights.items()}
    given = {k: int(e + 1e-9) for k, e in exact.items()}
    order = sorted(weights, key=lambda k: (-round(exact[k] - given[k], 9), -weights[k]))
    for key in order[: units - sum(given.values())]:
        given[key] += 1
    minutes = {k: n * STEP for k, n in given.items()}
    minutes[heaviest] += total - units * STEP
    return minutes


def added(parts: Iterable[Mapping[K, int]]) -> dict[K, int]:
    """The sum of several divisions, key by key; keys without minutes are left out."""
    total: dict[K, int] = {}
    for part in parts:
        for key, minutes in part.items():
            total[key] = total.get(key, 0) + minutes
    return {k: m for k, m in total.items() if m > 0}
