"""Who joins a pair as the third when somebody is over, by the same weights as pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.pairing.gathering import Gathering
from bot.pairing.model import pairs_of

Group = tuple[int, ...]
"""Places in the list of people, in order."""


@dataclass(frozen=True, slots=True, order=True)
class Joining:
    """One way to have nobody over: better ones are greater."""

    heavy: int
    """What the change is worth: the trio's weight, and what a changed pair weighs more than the old one."""
    third: int
    pair: Group
    changed: tuple[tuple[Group, Group], ...] = ()
    """Old pair and new one, if partners were swapped to make room."""


def with_thirds(
    here: Gathering, pairs: Sequence[tuple[int, int]], over: Sequence[int]
) -> tuple[list[Group], list[int]]:
    """All groups, and who stays alone; a pair takes one person at most, and only one of a trio's hours all three have."""
    groups: list[Group] = list(pairs)
    alone = []
    for place in sorted(over, key=lambda p: (not here.owed(p), p)):
        joining = _joining(here, [g for g in groups if len(g) == 2], place)
        if joining is None:
            alone.append(place)
            continue
        for old, new in joining.changed:
            groups[groups.index(old)] = new
        groups[groups.index(joining.pair)] = tuple(sorted((*joining.pair, joining.third)))
    return groups, alone


def _joining(here: Gathering, pairs: Sequence[Group], place: int) -> Joining | None:
    """She joins a pair; if that cannot be with new faces and an hour in common, somebody may swap with her first."""
    straight = max(_thirds(here, pairs, place), default=None)
    if straight and _all_new(here, straight):
        return straight
    swapped = max(_swaps(here, pairs, place), default=None)
    return max((way for way in (straight, swapped) if way), default=None)


def _thirds(here: Gathering, pairs: Sequence[Group], place: int) -> Iterator[Joining]:
    for pair in pairs:
        heavy = _trio(here, pair, place)
        if heavy is not None:
            yield Joining(heavy, place, pair)


def _swaps(here: Gathering, pairs: Sequence[Group], place: int) -> Iterator[Joining]:
    """She takes somebody's partner, who then joins another pair as the third."""
    for old in pairs:
        for stays, goes in (old, old[::-1]):
            mask = here.common(place, stays)
            if not (here.sound(mask, place, stays) and here.may(place, stays)) or here.owed(goes):
                continue
            gain = here.weight(place, stays, mask, True) - _pair(here, old)
            rest = [pair for pair in pairs if pair != old]
            best = max(_thirds(here, rest, goes), default=None)
            if best:
                new = tuple(sorted((place, stays)))
                yield Joining(best.heavy + gain, goes, best.pair, ((old, new),))


def _pair(here: Gathering, pair: Group) -> int:
    mask = here.common(*pair)
    return here.weight(pair[0], pair[1], mask, here.sound(mask, *pair))


def _trio(here: Gathering, pair: Group, third: int) -> int | None:
    """What it is worth that she joins; None if it cannot be. Without an hour for three only if she was left out last week."""
    mask = here.common(*pair, third)
    sound = here.sound(mask, *pair, third)
    if not (sound or here.owed(third)) or not all(here.may(third, other) for other in pair):
        return None
    return sum(here.weight(third, other, mask, sound) for other in pair)


def _all_new(here: Gathering, way: Joining) -> bool:
    """Whether nothing better could be hoped for: three who can meet, and she has met neither."""
    people = (*way.pair, way.third)
    names = pairs_of(here.people[place].person for place in people)
    own = here.people[way.third].person
    return here.sound(here.common(*people), *people) and not any(
        own in pair and pair in here.past.last_met for pair in names
    )
