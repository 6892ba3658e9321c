"""Whether somebody comes when she said so: private, forgiving, and never shown to anybody else.

Only meetings that were agreed count. A decline in time, or being too tired, costs nothing: saying so is what is asked
for. What happened weighs half as much after eight weeks, beside two meetings that everybody is given in advance.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

HALF_LIFE = 56
"""Days."""
IN_ADVANCE = 2.0


class Outcome(StrEnum):
    """What became of an agreed meeting, for one of the people."""

    MET = "met"
    WAITED = "waited"
    """She came, and nobody else did."""
    NO_SHOW = "no_show"
    """She had said yes, and neither came nor wrote."""
    DECLINED = "declined"
    """It was called off before it began."""


CAME = frozenset({Outcome.MET, Outcome.WAITED})


@dataclass(frozen=True, slots=True)
class Kept:
    """One agreed meeting of hers."""

    day: date
    outcome: Outcome


def reliability(history: Iterable[Kept], today: date) -> float:
    """0 to 1; 1 for somebody of whom nothing is known. Days ahead count as today."""
    came = missed = 0.0
    for kept in sorted(history, key=lambda k: (k.day, k.outcome)):
        share = 0.5 ** (max((today - kept.day).days, 0) / HALF_LIFE)
        came += share * (kept.outcome in CAME)
        missed += share * (kept.outcome is Outcome.NO_SHOW)
    return (IN_ADVANCE + came) / (IN_ADVANCE + came + missed)
