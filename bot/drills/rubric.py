"""From the points of a rubric that an answer met to a score, and from there to a rating of memory.

The thresholds are priors of this project.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.drills.model import Point, Rating
from bot.feedback.model import Finding, Verdict

FAILED = 0.50
SHAKY = 0.70
FLUENT = 0.90
MANY_HINTS = 2
SLOW = 1.25
"""Time used over time allowed, above which an answer counts as hard."""
QUICK = 0.80
"""Time used over time allowed, up to which an answer can count as easy."""
HALF = "~"
"""Marks a point that was met partly, where a closed sitting keeps which were met."""


def score(rubric: Sequence[Point], met: Collection[str], partly: Collection[str] = ()) -> float:
    """Share of the rubric's weight that was met, 0-1; points in `partly` count half, unknown ids nothing."""
    total = sum(p.weight for p in rubric)
    halves = sum(p.weight * (2 if p.id in met else 1 if p.id in partly else 0) for p in rubric)
    return halves / (2 * total) if total else 0.0


def must_failed(rubric: Sequence[Point], met: Collection[str], partly: Collection[str] = ()) -> bool:
    """Whether a point that decides the round is missing altogether; half of it is not missing."""
    return any(p.must and p.id not in met and p.id not in partly for p in rubric)


def ids(findings: Sequence[Finding], verdict: Verdict) -> frozenset[str]:
    """Ids of the points with this verdict."""
    return frozenset(f.point for f in findings if f.verdict is verdict)


def marks(met: Collection[str], partly: Collection[str]) -> tuple[str, ...]:
    """What a closed sitting keeps of the points that were met."""
    return (*sorted(met), *(f"{HALF}{p}" for p in sorted(partly)))


def rating(
    score: float, must_failed: bool, hints: int, time_ratio: float | None, seen_solution_first: bool
) -> Rating:
    """How well it was remembered.

    `time_ratio` is time used over time allowed, None if nobody looked at the clock: such an
    answer is never easy, and never slow. Nor is one easy right after reading the solution.
    """
    if score < FAILED or must_failed:
        return Rating.AGAIN
    slow = time_ratio is not None and time_ratio > SLOW
    if score < SHAKY or hints >= MANY_HINTS or slow:
        return Rating.HARD
    quick = time_ratio is not None and time_ratio <= QUICK
    if score >= FLUENT and hints == 0 and quick and not seen_solution_first:
        return Rating.EASY
    return Rating.GOOD
