"""Which formats lose points: a map for her, and a small weight for the choice of what comes next.

Few goes say little, so what a format loses is drawn towards its family, and a family towards everything
(shrinkage with the weight of four goes). The weights are priors of this project.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.drills.families import PASSIVE, Family, Round, round_at
from bot.drills.formats import Format
from bot.drills.model import Listed, Result

LATELY, LOOKED_AT = timedelta(weeks=4), timedelta(weeks=12)
"""The two spans of the map."""
OLDER_COUNTS = 0.5
"""Of a go that is older than `LATELY`, in the weight."""
DRAWN = 4
"""Goes with the weight of which an estimate is drawn to that of the whole it belongs to."""
SLOPE = 0.5
"""Weight for a share of points lost beyond her own average: a fifth more lost is a tenth more weight."""
MOST = 1.25
"""Most that a format's score is multiplied with."""
CLEARLY, GOES = 0.10, 3
"""Share beyond the average, after shrinkage, and goes, from which a format is named."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What a family, or one format in it, lost: the mean share of points, 0-1."""

    family: Family
    goes: int
    share: float
    format: Format | None = None


@dataclass(slots=True)
class _Sum:
    goes: float = 0.0
    lost: float = 0.0

    def add(self, part: float, lost: float) -> None:
        """One more go, or part of one."""
        self.goes += part
        self.lost += part * lost

    def drawn_to(self, mean: float) -> float:
        """The share lost, as far as so few goes can tell."""
        return (self.lost + DRAWN * mean) / (self.goes + DRAWN)


NOTHING = _Sum()


class _Sums:
    """What was lost by round, by family, and in all; `older` is what a go counts that is older than `LATELY`."""

    def __init__(
        self, results: Sequence[Result], drills: Mapping[str, Listed], since: date, recent: date, older: float
    ) -> None:
        self.rounds: dict[Round, _Sum] = defaultdict(_Sum)
        self.families: dict[Family, _Sum] = defaultdict(_Sum)
        whole = _Sum()
        for result in results:
            if result.day < since:
                continue
            about = round_at(drills.get(result.drill_id), result.area)
            if about[0] in PASSIVE:
                continue
            part, lost = 1.0 if result.day >= recent else older, 1 - result.score
            for one in (self.rounds[about], self.families[about[0]], whole):
                one.add(part, lost)
        self.mean = whole.lost / whole.goes if whole.goes else 0.0

    def beyond(self, about: Round) -> float:
        """Share of points that a format probably loses beyond the average of everything."""
        family = self.families.get(about[0], NOTHING).drawn_to(self.mean)
        return self.rounds.get(about, NOTHING).drawn_to(family) - self.mean


def weights(results: Sequence[Result], drills: Mapping[str, Listed], today: date) -> dict[Round, float]:
    """By format, a factor of 1 to `MOST` on the score in the choice; what loses no more than average has none."""
    sums = _weighed(results, drills, today)
    factors = {(f, g): 1 + SLOPE * sums.beyond((f, g)) for f in sums.families for g in Format}
    return {about: min(MOST, factor) for about, factor in factors.items() if factor > 1 + 1e-9}


def losses(results: Sequence[Result], drills: Mapping[str, Listed], since: date) -> tuple[Loss, ...]:
    """What each family lost since a day, most first; reading is not judged."""
    sums = _Sums(results, drills, since, since, 1.0)
    found = [Loss(f, round(s.goes), s.lost / s.goes) for f, s in sums.families.items()]
    return tuple(sorted(found, key=lambda loss: (-loss.share, loss.family)))


def clearest(results: Sequence[Result], drills: Mapping[str, Listed], today: date) -> Loss | None:
    """The format that clearly loses most and gets weight for it; its figures are those of the last four weeks."""
    weighed, recent = _weighed(results, drills, today), _first_day(today, LATELY)
    lately = _Sums(results, drills, recent, recent, 1.0).rounds
    named = [a for a, s in lately.items() if s.goes >= GOES and weighed.beyond(a) >= CLEARLY]
    if not named:
        return None
    about = max(named, key=lambda a: (weighed.beyond(a), a))
    found = lately[about]
    return Loss(about[0], round(found.goes), found.lost / found.goes, about[1])


def _weighed(results: Sequence[Result], drills: Mapping[str, Listed], today: date) -> _Sums:
    return _Sums(results, drills, _first_day(today, LOOKED_AT), _first_day(today, LATELY), OLDER_COUNTS)


def _first_day(today: date, span: timedelta) -> date:
    """Of a span that ends today."""
    return today - span + timedelta(days=1)
