"""Who meets whom this week: a matching of maximum weight, then a third for a pair if somebody is over.

The matching is rustworkx's (blossoms, exact on whole numbers of 128 bits). It is loaded late, as it brings numpy with
it. The weights make the best answer the only one, so the same input gives the same pairs in whatever order it comes.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import blake2s
from itertools import combinations

from bot.pairing.gathering import Gathering
from bot.pairing.halves import meeting
from bot.pairing.model import Alone, Battery, Earlier, Matched, Pair, Person, Why, Window, Wish
from bot.pairing.overlap import usable
from bot.pairing.thirds import with_thirds
from bot.pairing.weights import Past, Scale

AT_ONCE = 500
"""More people than this are matched in parts, which differ from week to week."""
DENSE = 150
"""Up to so many people every pair is weighed against every other."""
NEAREST = 40
"""Above that, each person's best so many come first, and all only if those do not suffice."""
Edge = tuple[int, int, int]
"""Two places in the list of people, and a weight."""


class MatcherMissing(Exception):
    """The library that finds pairs is not installed."""

    def __str__(self) -> str:
        return "Pairs need rustworkx, which comes with `pip install 'pacer[circle]'`."


def match(
    wishes: Iterable[Wish],
    *,
    week: date,
    window: Window,
    earlier: Iterable[Earlier] = (),
    left_out: frozenset[Person] = frozenset(),
    barred: frozenset[Pair] = frozenset(),
) -> Matched:
    """Who meets whom in the week of that Monday. Raises UnknownZone, MatcherMissing, and ValueError for two wishes of one.

    Two people without an hour in common are put together only if one of them has an hour with nobody, or was left out
    last week; they find a time by writing. `barred` pairs never meet. So, nobody is alone two weeks running unless
    nobody else asked, or everybody else is barred.
    """
    people = sorted(wishes, key=lambda wish: wish.person)
    if len({wish.person for wish in people}) < len(people):
        raise ValueError("one wish a person")
    past = Past.of(earlier, left_out, week)
    parts = [
        _matched(Gathering(part, tuple(usable(w, window) for w in part), past, Scale.of(len(part)), barred))
        for part in _parts(people, week)
    ]
    meetings = (m for part in parts for m in part.meetings)
    alone = (a for part in parts for a in part.alone)
    return Matched(tuple(sorted(meetings, key=lambda m: m.people)), tuple(sorted(alone)))


def _parts(people: Sequence[Wish], week: date) -> list[tuple[Wish, ...]]:
    """Everybody, or parts of nearly the same size for a crowd."""
    count = -(-len(people) // AT_ONCE)
    if count <= 1:
        return [tuple(people)]
    mixed = sorted(people, key=lambda w: blake2s(f"{week} {w.person}".encode(), digest_size=8).digest())
    return [tuple(sorted(mixed[n::count], key=lambda w: w.person)) for n in range(count)]


def _matched(here: Gathering) -> Matched:
    pairs, over = _pairs(here)
    groups, over = with_thirds(here, pairs, over)
    meetings = [meeting([here.people[p] for p in group], here.common(*group)) for group in groups]
    alone = [Alone(here.people[place].person, _why(here, place)) for place in over]
    return Matched(tuple(meetings), tuple(alone))


def _why(here: Gathering, place: int) -> Why:
    others = [p for p in range(len(here.people)) if p != place and here.may(place, p)]
    if not others:
        return Why.NOBODY_ELSE
    return Why.ODD if any(here.common(place, other) for other in others) else Why.NO_HOUR


def _pairs(here: Gathering) -> tuple[list[tuple[int, int]], list[int]]:
    """The pairs of greatest weight, and who is over."""
    count = len(here.people)
    edges = list(_edges(here))
    found: list[tuple[int, int]] = []
    if count > DENSE:
        found = _heaviest(count, _nearest(count, edges))
    if count <= DENSE or not _beyond_doubt(here, found):
        found = _heaviest(count, edges)
    paired = {place for pair in found for place in pair}
    return found, [place for place in range(count) if place not in paired]


def _edges(here: Gathering) -> Iterator[Edge]:
    """Every pair that may be, with its weight."""
    count = len(here.people)
    able: dict[tuple[int, int], int] = {}
    for a, b in combinations(range(count), 2):
        mask = here.common(a, b)
        if here.sound(mask, a, b) and here.may(a, b):
            able[a, b] = mask
    met = {place for pair in able for place in pair}
    last_resort = {place for place in range(count) if place not in met or here.owed(place)}
    for (a, b), mask in able.items():
        yield a, b, here.weight(a, b, mask, True)
    for a, b in combinations(range(count), 2) if last_resort else ():
        if (a, b) not in able and (a in last_resort or b in last_resort) and here.may(a, b):
            yield a, b, here.weight(a, b, here.common(a, b), False)


def _nearest(count: int, edges: Iterable[Edge]) -> list[Edge]:
    best: list[list[tuple[int, int, int]]] = [[] for _ in range(count)]
    for a, b, heavy in edges:
        best[a].append((heavy, a, b))
        best[b].append((heavy, a, b))
    kept = {edge for own in best for edge in heapq.nlargest(NEAREST, own)}
    return [(a, b, heavy) for heavy, a, b in sorted(kept)]


def _beyond_doubt(here: Gathering, pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether no other matching could be better in anything that cannot be traded: all are paired, able, new, not both low."""
    paired = {place for pair in pairs for place in pair}
    over = [place for place in range(len(here.people)) if place not in paired]
    return (
        len(over) <= len(here.people) % 2
        and not any(here.owed(place) for place in over)
        and all(_best_of_all(here, *pair) for pair in pairs)
    )


def _best_of_all(here: Gathering, a: int, b: int) -> bool:
    one, other = here.people[a], here.people[b]
    return (
        here.sound(here.common(a, b), a, b)
        and frozenset((one.person, other.person)) not in here.past.last_met
        and not one.battery == other.battery == Battery.LOW
    )


def _heaviest(count: int, edges: Iterable[Edge]) -> list[tuple[int, int]]:
    try:
        import rustworkx
    except ImportError as missing:
        raise MatcherMissing from missing
    graph: rustworkx.PyGraph[int, int] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(count))
    graph.add_edges_from(list(edges))
    # The stub promises a float; whole numbers are taken as they are, and a float could not hold these.
    found = rustworkx.max_weight_matching(graph, weight_fn=lambda heavy: heavy)
    return sorted((min(pair), max(pair)) for pair in found)
