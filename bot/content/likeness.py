"""Finds twins: the same task written twice, in other words.

Drills are compared by what is rare in the bank. Words are taken in their plainest form, with the reviewer's synonyms,
and weigh what they tell: a word of two drills much, a word of a hundred little. Two drills of one topic share its
words; twins share nearly all that is particular to them, in the task and in the answer alike.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bot.drills.model import Drill
from bot.feedback.terms import terms

TWIN = 0.56
"""Cosine from which two drills are one. Tasks of the bank written anew in other words come to 0.60 and more, the most
alike drills of one topic to 0.53."""

Weights = Mapping[str, float]
"""Of a drill's words; their squares sum to 1."""


def twins(drills: Sequence[Drill], least: float = TWIN) -> Iterator[tuple[Drill, Drill, float]]:
    """Pairs that are at least so much alike, the earlier drill first, with the cosine."""
    used: dict[str, list[tuple[int, float]]] = {}
    for later, weights in enumerate(weigh(drills)):
        cosines = [0.0] * later
        for word, weight in weights.items():
            users = used.setdefault(word, [])
            for earlier, other in users:
                cosines[earlier] += weight * other
            users.append((later, weight))
        for earlier, cosine in enumerate(cosines):
            if cosine >= least:
                yield drills[earlier], drills[later], cosine


def weigh(drills: Sequence[Drill]) -> list[Weights]:
    """What each drill is about."""
    counts = [Counter(_words(d)) for d in drills]
    found_in = Counter(word for count in counts for word in count)
    return [_normal(count, found_in, len(drills)) for count in counts]


def _words(drill: Drill) -> Iterator[str]:
    text = "\n\n".join((drill.title, drill.task, drill.answer))
    return (t.stem for t in terms(text) if t.weight == 1.0)


def _normal(count: Mapping[str, int], found_in: Mapping[str, int], drills: int) -> Weights:
    raw = {w: (1 + math.log(n)) * math.log((1 + drills) / found_in[w]) for w, n in count.items()}
    length = math.sqrt(sum(v * v for v in raw.values())) or 1.0
    return {w: v / length for w, v in raw.items()}
