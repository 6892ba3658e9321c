"""How well two people suit each other this week, as one whole number.

What counts more lies in higher bits, with room for the sum over all pairs, so that no amount of the lower can buy any of
the higher. In this order:

1. somebody who was left out last week has a partner;
2. the two can meet: an hour in common in one piece, and one who asks the questions;
3. they are a pair at all;
4. they have not met before;
5. if they have, it is long ago;
6. their batteries are not both low;
7. how well they suit: hours in common, format, level, track, who asks, battery, reliability;
8. a number drawn from their ids and the week, so that only one best answer exists, whatever the order of the input.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2s

from bot.pairing.model import Battery, Earlier, Pair, Person, Wish

SUIT = 1023
"""The most that two people can suit each other; its parts below add up to less."""
HOURS, FORMAT, LEVEL, TRACK, ASKING, BATTERY, RELIABLE = 400, 220, 160, 120, 60, 30, 20
ENOUGH = timedelta(hours=6)
"""More hours in common than this make nothing easier."""
REMEMBERED = 12
"""Weeks; pairs that met longer ago are alike."""
_DRAWN = 24
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Past:
    """What the weights know of earlier weeks."""

    week: date
    """A Monday."""
    last_met: Mapping[Pair, date] = field(default_factory=dict)
    left_out: frozenset[Person] = frozenset()

    @classmethod
    def of(cls, earlier: Iterable[Earlier], left_out: frozenset[Person], week: date) -> Past:
        """The newest week of each pair; order and repetition do not matter."""
        last: dict[Pair, date] = {}
        for meeting in earlier:
            for pair in meeting.pairs:
                last[pair] = max(last.get(pair, meeting.week), meeting.week)
        return cls(week, last, left_out)

    def owed(self, *people: Person) -> int:
        """How many of these were left out last week."""
        return sum(person in self.left_out for person in people) if self.left_out else 0


@dataclass(frozen=True, slots=True)
class Scale:
    """How the parts of a weight are put together for so many people."""

    room: int
    """Bits that a sum over all pairs may need beyond one pair's."""

    @classmethod
    def of(cls, people: int) -> Scale:
        """For a circle of this size."""
        return cls(max(people // 2, 1).bit_length())

    def weight(self, parts: Sequence[tuple[int, int]]) -> int:
        """Parts with their width in bits, most important first."""
        total = 0
        for value, width in parts:
            total = total << width + self.room | value
        return total


def weight(a: Wish, b: Wish, hours: timedelta, sound: bool, past: Past, scale: Scale) -> int:
    """How much it matters that these two meet; `sound` says that they can, by hours and by who asks."""
    met = past.last_met.get(frozenset((a.person, b.person)))
    both_low = a.battery == b.battery == Battery.LOW
    return scale.weight(
        (
            (past.owed(a.person, b.person), 2),
            (int(sound), 1),
            (1, 1),
            (int(met is None), 1),
            (_long_ago(met, past.week), REMEMBERED),
            (int(not both_low), 1),
            (suit(a, b, hours), SUIT.bit_length()),
            (_drawn(a.person, b.person, past.week), _DRAWN),
        )
    )


def suit(a: Wish, b: Wish, hours: timedelta) -> int:
    """How well two people suit each other, 0 to SUIT, by all that may be traded against one another.

    Hours count by their square root up to ENOUGH: the third hour helps more than the sixth. Reliability is summed over
    both, so among an even number it moves nothing; among an odd one, the less certain tends to be the third.
    """
    share = math.sqrt(min(hours / ENOUGH, 1.0))
    lower, higher = sorted((a.battery, b.battery))
    return (
        round(HOURS * share)
        + (FORMAT if in_common(a, b) else 0)
        + LEVEL * (4 - abs(a.level - b.level)) // 4
        + (TRACK if a.track == b.track else 0)
        + ASKING * (a.interviews + b.interviews) // 2
        + (BATTERY if lower > Battery.LOW else BATTERY // 2 if higher == Battery.HIGH else 0)
        + round(RELIABLE * (a.reliability + b.reliability) / 2)
    )


def in_common(a: Wish, b: Wish) -> bool:
    """Whether some format is wanted by both; no format named is any."""
    return not a.formats or not b.formats or not set(a.formats).isdisjoint(b.formats)


def _long_ago(met: date | None, week: date) -> int:
    """0 to 2^REMEMBERED - 1, for a repetition; last week's costs as much as two of the week before together, and so on."""
    if met is None:
        return (1 << REMEMBERED) - 1
    weeks = max((week - met) // _WEEK, 1)
    return (1 << REMEMBERED) - 1 - ((1 << REMEMBERED) - 1 >> min(weeks, REMEMBERED))


def _drawn(a: Person, b: Person, week: date) -> int:
    return (_number(a, week) * _number(b, week) >> 64 - _DRAWN // 2) & (1 << _DRAWN) - 1


@lru_cache(maxsize=1 << 12)
def _number(person: Person, week: date) -> int:
    """An odd number of 64 bits, hers for a week; products of two are as good as drawn for each pair."""
    return int.from_bytes(blake2s(f"{week} {person}".encode(), digest_size=8).digest(), "big") | 1
