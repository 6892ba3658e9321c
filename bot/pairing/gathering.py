"""Everybody who asked for company this week, and what may be between any of them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.pairing.model import QUARTER, Pair, Wish
from bot.pairing.overlap import AN_HOUR, starts
from bot.pairing.weights import Past, Scale, weight


@dataclass(frozen=True, slots=True)
class Gathering:
    """Everybody who asked, with their free time, in order of their ids."""

    people: tuple[Wish, ...]
    masks: tuple[int, ...]
    past: Past
    scale: Scale
    barred: frozenset[Pair]

    def common(self, *places: int) -> int:
        """What all of these have free, if there is an hour in one piece; else nothing."""
        mask = -1
        for place in places:
            mask &= self.masks[place]
        return mask if starts(mask, AN_HOUR) else 0

    def sound(self, mask: int, *places: int) -> bool:
        """Whether they can meet, and one of them asks the questions."""
        return mask != 0 and any(self.people[place].interviews for place in places)

    def weight(self, a: int, b: int, mask: int, sound: bool) -> int:
        """How much it matters that two of them meet."""
        hours = mask.bit_count() * QUARTER
        return weight(self.people[a], self.people[b], hours, sound, self.past, self.scale)

    def may(self, a: int, b: int) -> bool:
        """Whether these two may be put together at all."""
        return not self.barred or frozenset((self.people[a].person, self.people[b].person)) not in self.barred

    def owed(self, place: int) -> bool:
        """Whether she was left out last week."""
        return self.people[place].person in self.past.left_out
