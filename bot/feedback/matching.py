"""How much of a phrase an answer says, and where.

The measure is recall: the share of the phrase's weighted words that stand together in up to three sentences of the
answer. Unlike similarity it does not fall when an answer says more, and cannot rise when it says the same twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from bot.feedback.terms import Sentence, Term, terms

TOGETHER = 3
"""Sentences in which a point may be made."""
CLOSE = 0.92
"""Jaro-Winkler similarity from which two words count as one that was mistyped."""
LEAST_LETTERS = 5
"""Shorter words have too many neighbours."""
TURNED = 0.5
"""What is left where the answer denies what the phrase says, or the other way round."""
NUMBER, DIGIT = 1.5, 0.5
"""Weight of a figure, and of one of a single digit, which stands in many answers. A phrase with figures cannot be met
without one of them."""
WITHOUT_FIGURES = 0.6


@dataclass(frozen=True, slots=True)
class Match:
    """How much of a phrase was found, 0-1, and in which sentences of the answer (from, up to and without)."""

    strength: float
    first: int = 0
    after: int = 0


NONE = Match(0.0)


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, ready to be looked through: its different sentences, and where each word is."""

    sentences: tuple[Sentence, ...]
    places: Mapping[str, int]
    """By stem: a bit for each sentence that has it."""
    denied: Mapping[str, int]
    """The same for words that a negation stands before."""
    by_letter: Mapping[str, tuple[str, ...]]
    asked: dict[str, tuple[int, int]] = field(default_factory=dict)
    """What `bits` found before, as the phrases of a rubric share many words."""

    def bits(self, stem: str) -> tuple[int, int]:
        """The sentences that have the word or a mistyped one, and those that deny it."""
        if (known := self.asked.get(stem)) is None:
            known = self.asked[stem] = self._bits(stem)
        return known

    def _bits(self, stem: str) -> tuple[int, int]:
        if (found := self.places.get(stem)) is not None:
            return found, self.denied.get(stem, 0)
        if len(stem) < LEAST_LETTERS or not stem.isalpha():
            return 0, 0
        near = [s for s in self.by_letter.get(stem[0], ()) if _close(stem, s)]
        return _union(self.places, near), _union(self.denied, near)


def said(sentences: Sequence[Sentence]) -> Said:
    """Look an answer through once. A sentence that comes again counts once."""
    seen: set[tuple[str, ...]] = set()
    kept: list[Sentence] = []
    for sentence in sentences:
        words = tuple(t.stem for t in sentence.terms)
        if words and words not in seen:
            seen.add(words)
            kept.append(sentence)
    places: dict[str, int] = {}
    denied: dict[str, int] = {}
    for number, sentence in enumerate(kept):
        for term in sentence.terms:
            places[term.stem] = places.get(term.stem, 0) | 1 << number
            if term.negated:
                denied[term.stem] = denied.get(term.stem, 0) | 1 << number
    letters: dict[str, list[str]] = {}
    for stem in places:
        if len(stem) >= LEAST_LETTERS and stem.isalpha():
            letters.setdefault(stem[0], []).append(stem)
    return Said(tuple(kept), places, denied, {k: tuple(v) for k, v in letters.items()})


def match(phrase: str, answer: Said) -> Match:
    """The best place of a phrase in an answer; of equal ones the shortest, then the earliest."""
    wanted, whole, figures = _wanted(phrase)
    if not whole or not answer.sentences:
        return NONE
    found = [(w, *bits) for w in wanted if (bits := answer.bits(w.stem))[0]]
    telling = 0
    for word, where, _ in found:
        telling |= where if word.tells else 0
    best = NONE
    for first in range(len(answer.sentences)):
        if not telling >> first & 1:
            continue
        for length in range(1, TOGETHER + 1):
            # A sentence at either end has to say something of its own, or it only pads the quote.
            if not telling >> first + length - 1 & 1:
                continue
            window = ((1 << length) - 1) << first
            strength = _strength(found, window, whole, figures)
            shorter = strength > best.strength - 1e-9 and length < best.after - best.first
            if strength > best.strength + 1e-9 or (strength and shorter):
                best = Match(strength, first, first + length)
    return best


class _Wanted(NamedTuple):
    """A word of a phrase as it counts there."""

    stem: str
    weight: float
    tells: bool
    figure: bool
    negated: bool


def _strength(found: Sequence[tuple[_Wanted, int, int]], window: int, whole: float, figures: bool) -> float:
    """The share of the phrase that stands in the window; `found` are its words that stand anywhere."""
    covered, turned, figures_found = 0.0, 0.0, False
    for (_, weight, tells, figure, negated), where, denied in found:
        here = where & window
        if not here:
            continue
        figures_found = figures_found or figure
        covered += weight
        if tells and (denied & window == here) != negated:
            turned += weight
    strength = covered / whole
    if turned > 0.5 * covered:
        strength *= TURNED
    if figures and not figures_found:
        strength = min(strength, WITHOUT_FIGURES)
    return strength


def _weight(term: Term) -> float:
    if not term.number:
        return term.weight
    return DIGIT if len(term.stem) == 1 else NUMBER


@lru_cache(maxsize=20_000)
def _wanted(phrase: str) -> tuple[tuple[_Wanted, ...], float, bool]:
    """The different words of an authored phrase, what they weigh, and whether there are figures among them."""
    unique: dict[str, Term] = {}
    for term in terms(phrase):
        unique.setdefault(term.stem, term)
    words = tuple(_Wanted(t.stem, _weight(t), t.weight == 1.0, t.number, t.negated) for t in unique.values())
    return words, sum(w.weight for w in words), any(w.figure for w in words)


def _close(one: str, other: str) -> bool:
    # Loaded late: it costs start-up time.
    from rapidfuzz.distance import JaroWinkler

    return abs(len(one) - len(other)) <= 2 and JaroWinkler.similarity(one, other) >= CLOSE


def _union(places: Mapping[str, int], stems: Sequence[str]) -> int:
    bits = 0
    for stem in stems:
        bits |= places.get(stem, 0)
    return bits
