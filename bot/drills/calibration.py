"""Whether the skill estimate may be shown as a number: what it expected against what was scored.

Reliability in five bins and the Brier score (Brier 1950; Murphy 1973, reliability term). As long as one
bin with enough answers is off by more than a tenth, only bands are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Pair = tuple[float, float]
"""What was expected and what was scored, 0-1 each."""
ROLLING = 200
"""Newest answers that count: an estimate that has mended is not held to old ones."""
BINS = 5
ENOUGH = 20
"""Answers in a bin below which its gap is chance."""
GAP = 0.10
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose expected score lay in one fifth of the scale."""

    count: int
    expected: float
    """Mean."""
    scored: float
    """Mean."""

    @property
    def off(self) -> bool:
        """Whether what was scored lies clearly elsewhere than what was expected."""
        return self.count >= ENOUGH and abs(self.expected - self.scored) > GAP + _ROUNDING


def brier(pairs: Sequence[Pair]) -> float | None:
    """Mean squared distance of the newest answers, 0 best; None without any. `pairs` are oldest first."""
    newest = pairs[-ROLLING:]
    return sum((p - y) ** 2 for p, y in newest) / len(newest) if newest else None


def reliability(pairs: Sequence[Pair]) -> tuple[Bin, ...]:
    """The bins that hold answers, lowest expectation first; an expectation on an edge belongs to the upper one."""
    bins: list[list[Pair]] = [[] for _ in range(BINS)]
    for p, y in pairs[-ROLLING:]:
        bins[min(BINS - 1, int(p * BINS))].append((p, y))
    return tuple(Bin(len(b), sum(p for p, _ in b) / len(b), sum(y for _, y in b) / len(b)) for b in bins if b)


def is_calibrated(pairs: Sequence[Pair]) -> bool:
    """Whether numbers may be shown; without enough answers nothing speaks against them."""
    return not any(b.off for b in reliability(pairs))
