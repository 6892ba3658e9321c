"""In which order drills are done: a warm-up first, never three in a row of one topic.

The first two drills of a new topic stay together, everything else is mixed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from bot.drills.model import Chosen, Listed, Practised

Topic = tuple[str, str]
"""Area and topic: topics of two areas may share a name."""
LONGEST_RUN = 2
"""Drills of one topic in a row."""


def topic_of(item: Listed | Practised) -> Topic:
    """The topic of a drill or of a line of history."""
    return item.area, item.topic


@dataclass(frozen=True, slots=True)
class Past:
    """What the order has to know of earlier practice, or of the drills placed so far."""

    last: Topic | None = None
    run: int = 0
    """Drills of the last topic in a row."""
    counts: Mapping[Topic, int] | None = None
    """Drills done by topic."""
    just_begun: bool = False
    """The last drill was the first of its topic, and it was today: a second belongs next to it."""

    @classmethod
    def of(cls, history: Sequence[Practised], today: date) -> Past:
        """From a history, oldest first."""
        if not history:
            return cls()
        last = topic_of(history[-1])
        run = sum(1 for _ in takewhile(lambda p: topic_of(p) == last, reversed(history)))
        counts = Counter(topic_of(p) for p in history)
        return cls(last, run, counts, counts[last] == 1 and history[-1].day == today)

    def count(self, topic: Topic) -> int:
        """Drills of a topic done before."""
        return (self.counts or {}).get(topic, 0)

    def then(self, topic: Topic) -> Past:
        """After one more drill."""
        counts = {**(self.counts or {}), topic: self.count(topic) + 1}
        return Past(topic, self.run + 1 if topic == self.last else 1, counts, counts[topic] == 1)


def orderable(counts: Mapping[Topic, int], past: Past) -> bool:
    """Whether that many drills by topic can follow `past` with no three in a row of one topic.

    The others leave one gap more than they are; a gap holds two of a topic, the first one less what
    the past has put there already.
    """
    total = sum(counts.values())
    for topic, count in counts.items():
        before = min(past.run, LONGEST_RUN) if topic == past.last else 0
        if count > LONGEST_RUN * (total - count + 1) - before:
            return False
    return True


def arranged(chosen: Sequence[Chosen], past: Past) -> tuple[Chosen, ...]:
    """The drills, given best first, in the order to do them: the easiest, then the best that may follow."""
    left, placed = list(chosen), list[Chosen]()
    while left:
        wish = _wish(past, warm_up=not placed)
        ranked = sorted(left, key=wish)
        item = next((c for c in ranked if _may_follow(c, left, past)), ranked[0])
        left.remove(item)
        placed.append(item)
        past = past.then(topic_of(item.drill))
    return tuple(placed)


def _wish(past: Past, *, warm_up: bool) -> Callable[[Chosen], tuple[int, ...]]:
    """What comes first: the warm-up, or the second drill of a topic just begun; else the given order."""
    if warm_up:
        return lambda c: (c.drill.difficulty, c.drill.minutes)
    return lambda c: (0 if past.just_begun and topic_of(c.drill) == past.last else 1,)


def _may_follow(item: Chosen, left: Sequence[Chosen], past: Past) -> bool:
    """Whether it makes no three in a row, now or with what is left after it."""
    topic = topic_of(item.drill)
    rest = Counter(topic_of(c.drill) for c in left)
    rest[topic] -= 1
    return orderable({topic: 1}, past) and orderable(+rest, past.then(topic))
