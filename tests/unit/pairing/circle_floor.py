"""How many repetitions nobody could have avoided in a circle, whatever the matching: a bound from below, not a guess.

Given how often each person met somebody, and in how many weeks each two could have met at all: every pair costs nothing
the first time and one each further time. The cheapest way to fill everybody's meetings is a flow of least cost from people
as the one side of a pair to people as the other. It may use half pairs, so the truth is this or a little more.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterator, Mapping

from bot.pairing.model import Pair

Directed = tuple[str, str]
Node = tuple[str, bool]
"""A person as the one side, or the other."""


def fewest_repeats(met: Mapping[str, int], could: Mapping[Directed, int], first: Collection[Pair]) -> int:
    """The fewest repetitions; `first` are pairs that did meet, from whose first times the search begins."""
    flow = Counter[Directed]()
    for a, b in map(sorted, first):
        flow[a, b] = flow[b, a] = 1
    near = defaultdict[str, list[str]](list)
    for a, b in sorted(could):
        near[a].append(b)
    out = {p: n - sum(flow[p, q] for q in near[p]) for p, n in met.items()}
    into = dict(out)
    cost = 0
    while any(out.values()):
        price, start, steps, end = _cheapest(near, could, flow, out, into)
        for pair, change in steps:
            flow[pair] += change
        out[start] -= 1
        into[end] -= 1
        cost += price
    return -(-cost // 2)


def _cheapest(
    near: Mapping[str, list[str]],
    could: Mapping[Directed, int],
    flow: Mapping[Directed, int],
    out: Mapping[str, int],
    into: Mapping[str, int],
) -> tuple[int, str, list[tuple[Directed, int]], str]:
    """The cheapest way to place one meeting more: its price, where it begins, what changes, where it ends."""
    price: dict[Node, int] = {(p, True): 0 for p, left in out.items() if left}
    came: dict[Node, Node] = {}
    queue, waiting = deque(price), set(price)
    while queue:
        node = queue.popleft()
        waiting.discard(node)
        for other, cost in _onward(node, near, could, flow):
            if price[node] + cost < price.get(other, 1 << 30):
                price[other], came[other] = price[node] + cost, node
                if other not in waiting:
                    waiting.add(other)
                    queue.append(other)
    best, end = min((price[p, False], p) for p, left in into.items() if left and (p, False) in price)
    node, steps = (end, False), []
    while node in came:
        before = came[node]
        steps.append(((before[0], node[0]), 1) if before[1] else ((node[0], before[0]), -1))
        node = before
    return best, node[0], steps, end


def _onward(
    node: Node, near: Mapping[str, list[str]], could: Mapping[Directed, int], flow: Mapping[Directed, int]
) -> Iterator[tuple[Node, int]]:
    name, forward = node
    for other in near[name]:
        pair = (name, other) if forward else (other, name)
        now = flow[pair]
        if forward and now < could[pair]:
            yield (other, False), int(now > 0)
        if not forward and now > 0:
            yield (other, True), -int(now > 1)
