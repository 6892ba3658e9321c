"""What her minutes went into, how much of it was doing, and how her own verdicts stand beside those of the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.drills.families import PASSIVE, Family, round_at
from bot.drills.model import Listed, Sitting, Stage

SPAN = timedelta(weeks=4)
SPANS = 3


@dataclass(frozen=True, slots=True)
class Spent:
    """Minutes by what she did, in the order of `Family`; `passive` are those of reading with nothing said."""

    by_family: Mapping[Family, int]
    passive: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_family.values())

    @property
    def active(self) -> int:
        """Those in which she did something."""
        return self.total - self.passive


@dataclass(frozen=True, slots=True)
class Compared:
    """How often her own verdict was higher than, the same as, or lower than that of the rules."""

    higher: int
    same: int
    lower: int

    @property
    def count(self) -> int:
        """Drills on which both stand."""
        return self.higher + self.same + self.lower


def spent(sittings: Sequence[Sitting], drills: Mapping[str, Listed]) -> Spent:
    """What was put aside does not count. Reading that she defended in words of her own is active."""
    found, passive = defaultdict[Family, float](float), 0.0
    for s in sittings:
        if not s.minutes or s.stage is Stage.SKIPPED:
            continue
        family, _ = round_at(drills.get(s.drill_id), s.area)
        found[family] += s.minutes
        passive += s.minutes if family in PASSIVE and not s.answer.strip() else 0.0
    whole = {f: round(found[f]) for f in Family if round(found[f])}
    return Spent(whole, round(passive))


def compared(sittings: Sequence[Sitting]) -> Compared:
    """Over the drills on which she gave a verdict of her own."""
    both = [(s.own, s.rating) for s in sittings if s.own is not None and s.rating is not None]
    return Compared(
        sum(own > rules for own, rules in both),
        sum(own == rules for own, rules in both),
        sum(own < rules for own, rules in both),
    )


def compared_over_time(sittings: Sequence[Sitting], today: date) -> tuple[Compared, ...]:
    """The last four weeks, the four before them, and the four before those."""
    ends = [today - n * SPAN for n in range(SPANS)]
    return tuple(compared([s for s in sittings if end - SPAN < s.day <= end]) for end in ends)
