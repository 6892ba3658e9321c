"""Which of several authored things somebody asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.feedback.matching import Said, match, said
from bot.feedback.terms import sentences, terms

HEARD = 0.6
"""Share of a phrase's words from which it was asked for."""
LOOSE = 0.5
"""Share of a question's words that belong to what it asks for, from which it does without any phrase."""
LOOSEST, CLOSEST = 0.6, 0.9
"""How sure such a question is, with the least share and with all of its words."""
LEAST_WORDS = 2
"""Telling words that such a question has in common with what it asks for, unless it has only one."""


OTHER_KIND = 0.65
"""What is left of a phrase's strength where it asks how many and the question asks where, or the like."""

_HELPING = frozenset({"go"})
"""As in "going to"."""
_KINDS = re.compile(r"how (?:many|much)|how often|how long|where|who|why|when", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that may be asked for: its id, ways of asking, and other words about it."""

    id: str
    heard: tuple[str, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """How surely something was asked for, 0-1, and how many words say so."""

    id: str
    strength: float
    weight: float


def hits(question: str, wanted: Sequence[Wanted]) -> tuple[Hit, ...]:
    """What the question asks for, the surest first; of equals the one with more words behind it, then in their order."""
    if not telling(question):
        return _by_kind(question, wanted)
    heard = said(sentences(question))
    found = [_hit(question, heard, one) for one in wanted]
    enough = [h for h in found if h.strength >= HEARD]
    return tuple(sorted(enough, key=lambda h: (-round(h.strength, 6), -h.weight)))


def _by_kind(question: str, wanted: Sequence[Wanted]) -> tuple[Hit, ...]:
    """What a question without a telling word asks for, such as "who is going to use it?", if it can be only one thing."""
    kinds, words = _kinds(question), {t.stem for t in terms(question)} - _HELPING
    if not kinds or not words:
        return ()
    meant = [
        one.id
        for one in wanted
        if any(kinds & _kinds(p) and words <= {t.stem for t in terms(p)} for p in one.heard)
    ]
    return (Hit(meant[0], HEARD, 0.0),) if len(meant) == 1 else ()


def strength(text: str, phrases: Sequence[str]) -> float:
    """How much of the best of these phrases the text says, 0-1."""
    heard = said(sentences(text))
    return max((match(p, heard).strength for p in phrases), default=0.0)


def telling(text: str) -> int:
    """How many different words of the text carry meaning."""
    return len({t.stem for t in terms(text) if t.weight == 1.0})


def _hit(question: str, heard: Said, one: Wanted) -> Hit:
    best = Hit(one.id, 0.0, 0.0)
    kinds = _kinds(question)
    for phrase in one.heard:
        share = match(phrase, heard).strength
        if kinds and (other := _kinds(phrase)) and not kinds & other:
            share *= OTHER_KIND
        if (share, share * _whole(phrase)) > (best.strength, best.weight):
            best = Hit(one.id, share, share * _whole(phrase))
    loose = _loose(question, one)
    return Hit(one.id, loose, 0.0) if loose > best.strength else best


def _loose(question: str, one: Wanted) -> float:
    """The share of the question's words that belong to what is asked for."""
    asked = {t.stem: t.weight for t in terms(question)}
    whole = sum(asked.values())
    theirs = _vocabulary(one)
    both = {stem: weight for stem, weight in asked.items() if theirs.bits(stem)[0]}
    alone = sum(w == 1.0 for w in asked.values()) == 1
    if sum(w == 1.0 for w in both.values()) < (1 if alone else LEAST_WORDS):
        return 0.0
    share = sum(both.values()) / whole
    return LOOSEST + (CLOSEST - LOOSEST) * (share - LOOSE) / (1 - LOOSE) if share >= LOOSE else 0.0


@lru_cache(maxsize=4_000)
def _kinds(text: str) -> frozenset[str]:
    """Which kinds of question it asks, such as how many or where."""
    found = (" ".join(k.casefold().split()) for k in _KINDS.findall(text))
    return frozenset("how many" if k == "how much" else k for k in found)


@lru_cache(maxsize=4_000)
def _vocabulary(one: Wanted) -> Said:
    return said(sentences("\n\n".join((*one.heard, one.about))))


@lru_cache(maxsize=20_000)
def _whole(phrase: str) -> float:
    return sum({t.stem: t.weight for t in terms(phrase)}.values())
