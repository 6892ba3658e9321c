"""The circle's pulse: one band a week, drawn so that it tells of the circle and never of one person.

What it is made of: the battery numbers of members' check-ins, and nothing else. A member counts in a week if she had
opted in and was in the circle before the week began, still is when it is weighed, and checked in on three days
of it. Her week becomes one vote: low, middling or high, by the median. From five votes on, their sum, with noise
added, becomes the band; below five there is none.

**The claim.** Fix everything an attacker could know: all memberships of all weeks, all bands that were ever published,
all numbers of everybody else, and all numbers of hers from other weeks. Then for any two things she may have told in
a week that counts, each band is less than twice as likely to be published under one as under the other (`MOST_TOLD`, 49/25).
So nobody's belief about her week moves by more than that: of two things held equally likely before, none is held to
be likelier than 49 in 74 afterwards. It holds for each week outright, not "unless".

**Why there is chance in it.** Without chance it cannot hold. Let a rule without chance say different things for two
circles. Walk from one to the other, one person's numbers at a time: at some step what it says changes, and there
whoever knows all the others reads off hers. Trimming the extremes, or keeping silent where one person could tip the
band, only moves that step ("not enough" is something said, too). So any such rule either says the same for ever or gives
somebody away at some time.

**Differencing.** Compare the week before she joined with the week after, or the weeks around her leaving: the noise of
each week is drawn anew and for itself, so the week without her says nothing of her, and the week with her is bounded as
above, in whatever order people come and go. No rule about neighbouring weeks is needed. What has to hold is that a
week is drawn once: two draws could be averaged. So a week that was weighed is never weighed again (`weigh` returns
what was kept), not for somebody who joins, leaves, opts out or corrects a number later.

**What it does not claim.** Weeks add up: whoever knows every number of four others for months, while the fifth stays
the same all the time, comes to know it (the odds may double with each week she counts). That is so for any pulse that
says anything true of five people, which is why each opts in for herself and may stop in any week. And "not enough"
tells that fewer than five people took part; that somebody checked in on three days is no secret from a person who knows
this of all the others. What she told is.

The noise is a two-sided geometric one, drawn exactly, in whole numbers; of all noises with this claim it serves every use of
a sum best (Ghosh, Roughgarden & Sundararajan 2012, doi 10.1137/09076828X).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from random import Random
from statistics import median

FEWEST = 5
"""People whose week has to count before anything is said."""
FEWEST_DAYS = 3
"""Days of a week with a check-in from which the week counts."""
LOW_TO, HIGH_FROM = 40, 60
"""Battery, 0-100: below the first a week is low, above the second it is high. Priors of this project."""
STEP = Fraction(5, 7)
"""How much less likely each further unit of noise is. A vote moves the sum by two units at most."""
MOST_TOLD = STEP**-2
"""Most by which one person's week can make a band likelier."""


class Band(StrEnum):
    """How much energy there is."""

    LOW = "low"
    MIDDLING = "middling"
    HIGH = "high"


_VOTES: Mapping[Band, int] = {Band.LOW: -1, Band.MIDDLING: 0, Band.HIGH: 1}


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who is in the circle and has opted in when a week is weighed; her days are local dates."""

    opted_in: date
    """The day since which she has been both, without a gap."""
    batteries: tuple[float, ...]
    """0-100, of her check-ins from Monday to Sunday."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """What was said of a week, once and for good; None if not enough people's weeks counted."""

    monday: date
    band: Band | None


def weigh(
    monday: date, people: Iterable[Contributor], *, today: date, kept: Pulse | None, chance: Random
) -> Pulse:
    """The pulse of the week that began on that Monday; `kept` is what was said of it before, if anything was.

    Keep the answer in the same transaction, and nothing else of what went in. `chance` has to come from the operating
    system: who could guess its seed could take the noise off again. Raises ValueError before the week is over.
    """
    if kept is not None:
        return kept
    if monday.weekday() or today < monday + timedelta(days=7):
        raise ValueError("a week is weighed once it is over, from its Monday on")
    votes = counted(monday, people)
    return Pulse(monday, _drawn(odds(votes), chance) if votes else None)


def counted(monday: date, people: Iterable[Contributor]) -> tuple[Band, ...]:
    """The votes that count, sorted, so that their order says nothing; none if there are fewer than five."""
    there = (m for m in people if m.opted_in < monday)
    votes = sorted(v for m in there if (v := vote(m.batteries)) is not None)
    return tuple(votes) if len(votes) >= FEWEST else ()


def vote(batteries: Sequence[float]) -> Band | None:
    """One person's week; None if it holds too few check-ins."""
    if len(batteries) < FEWEST_DAYS:
        return None
    middle = median(batteries)
    return Band.LOW if middle < LOW_TO else Band.HIGH if middle > HIGH_FROM else Band.MIDDLING


def odds(votes: Sequence[Band]) -> Mapping[Band, Fraction]:
    """How likely each band is for these votes, exactly.

    Low and high need a sum, noise included, of at least half of what all together could make it.
    """
    total, edge = sum(_VOTES[v] for v in votes), -(-len(votes) // 2)
    low, high = _at_least(edge + total), _at_least(edge - total)
    return {Band.LOW: low, Band.MIDDLING: 1 - low - high, Band.HIGH: high}


def minutes(band: Band | None) -> int:
    """How long a group drill is meant to be: short in a low week, longer in a high one."""
    return {Band.LOW: 10, Band.MIDDLING: 15, Band.HIGH: 25, None: 15}[band]


def _at_least(units: int) -> Fraction:
    """Chance that the noise is that much or more."""
    if units <= 0:
        return 1 - _at_least(1 - units)
    power: Fraction = STEP**units
    return power / (1 + STEP)


def _drawn(likely: Mapping[Band, Fraction], chance: Random) -> Band:
    """One band by its odds; in whole numbers, so that no rounding favours anything."""
    low, high = likely[Band.LOW], likely[Band.HIGH]
    whole = low.denominator * high.denominator
    ticket = chance.randrange(whole)
    if ticket < low * whole:
        return Band.LOW
    return Band.HIGH if ticket >= whole - high * whole else Band.MIDDLING
