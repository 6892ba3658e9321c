"""What a short text speaks of: each word or phrase as the concept it names, with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.feedback.first_course import SAME_WORDS
from bot.feedback.kin import NEAR, OPPOSED
from bot.feedback.terms import plain_stem

NEAR_CREDIT = 0.5
"""Also for words of one family, such as "modular" and "modularity"."""
FAMILY_LETTERS = 5
MISTYPED_CREDIT = 0.9
CLOSE = 0.92
"""Jaro-Winkler similarity from which two words count as one that was mistyped."""
LEAST_LETTERS = 5
DENIES = 3
"""Words that a negation reaches."""

GRAMMAR = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "there",
        "here",
        "and",
        "or",
        "but",
        "if",
        "then",
        "than",
        "so",
        "such",
        "which",
        "who",
        "whom",
        "whose",
        "what",
        "when",
        "where",
        "why",
        "how",
        "do",
        "does",
        "did",
        "doing",
        "have",
        "has",
        "had",
        "having",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "will",
        "would",
        "i",
        "you",
        "he",
        "she",
        "we",
        "they",
        "them",
        "their",
        "his",
        "her",
        "our",
        "my",
        "your",
        "me",
        "us",
        "into",
        "over",
        "under",
        "about",
        "between",
        "through",
        "during",
        "some",
        "also",
        "only",
        "just",
        "very",
        "more",
        "most",
        "other",
        "another",
        "use",
        "using",
        "get",
        "got",
        "go",
        "goes",
        "s",
        "t",
        "don",
        "own",
        "too",
        "e",
        "g",
        "i",
        "ie",
        "eg",
        "etc",
        "because",
        "while",
        "either",
        "neither",
        "own",
        "same",
        "need",
        "let",
        "lets",
        "like",
        "way",
        "thing",
        "out",
        "up",
        "off",
    ]
)
"""Carry grammar here; "all", "any", "one" and "both" do not, an answer may turn on them."""
NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "without",
        "cannot",
        "none",
        "nor",
        "nothing",
        "avoid",
        "n't",
        "avoid",
        "avoids",
        "avoiding",
        "prevent",
        "prevents",
        "lack",
        "lacks",
    ]
)

WEAK = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "zero",
        "once",
        "both",
        "every",
        "multiple",
        "first",
        "second",
        "back",
        "begin",
        "stop",
        "order",
        "edge",
        "left",
        "right",
        "value",
        "write",
        "return",
        "test",
        "move",
        "point",
        "search",
        "keep",
        "place",
        "part",
        "file",
        "case",
        "user",
        "different",
        "new",
        "good",
        "time",
        "next",
        "equal",
        "live",
        "lifetime",
        "contain",
        "after",
        "greater",
        "datastructure",
        "yes",
        "people",
        "answer",
        "think",
        "error",
        "come",
    ]
)
"""Concepts that any talk has: with nothing else of the reference they show nothing."""

_WORD = re.compile(r"[a-z]+n['’]t\b|[a-z]+(?:\+\+|#)?|[0-9]+|<=|>=|==|!=|[\[\]()&*^]")
_END = re.compile(r"[.!?;\n]")


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept where it is said: characters from, up to and without."""

    name: str
    start: int
    end: int
    denied: bool = False


@lru_cache(maxsize=4_096)
def authored(text: str) -> tuple[Concept, ...]:
    """The concepts of a question or a reference, which come again and again."""
    return concepts(text)


def concepts(text: str) -> tuple[Concept, ...]:
    """Everything a text speaks of, in its order. Answers are private and are not kept."""
    low = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    found = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(low.replace("’", "'"))]
    ends = [m.start() for m in _END.finditer(low)]
    return tuple(_named(found, ends))


@lru_cache(maxsize=4_096)
def asked_in(question: str) -> frozenset[str]:
    """What a question speaks of, the words of its phrases one by one as well."""
    low = question.casefold().replace("’", "'")
    alone = ((plain_stem(m.group()), m.group()) for m in _WORD.finditer(low))
    single = (_names().get((stem,), stem) for stem, word in alone if _telling(word))
    return frozenset(c.name for c in concepts(question)).union(single)


def _named(words: Sequence[tuple[str, int, int]], ends: Sequence[int]) -> Iterator[Concept]:
    stems = [plain_stem(w) for w, _, _ in words]
    place, denied_until, reach = 0, -1, 0
    while place < len(words):
        word, start, _ = words[place]
        length, name = _longest(stems, place)
        if not name and (word in NEGATIONS or word.endswith("n't")):
            denied_until = place + DENIES
            reach = next((e for e in ends if e >= start), len(words) and words[-1][2])
        elif name or _telling(word):
            denied = place <= denied_until and start <= reach
            yield Concept(name or stems[place], start, words[place + length - 1][2], denied)
        place += length


def _telling(word: str) -> bool:
    return word not in GRAMMAR and (word[0].isalnum() and (len(word) > 1 or word.isdigit() or word == "n"))


def _longest(stems: Sequence[str], place: int) -> tuple[int, str]:
    for length in _lengths().get(stems[place], ()):
        if place + length <= len(stems) and (name := _names().get(tuple(stems[place : place + length]))):
            return length, name
    return 1, ""


def likeness(one: str, other: str) -> float:
    """How far one concept stands for another, 0-1."""
    if one == other:
        return 1.0
    if _mistyped(one, other):
        return MISTYPED_CREDIT
    return NEAR_CREDIT if other in _near().get(one, ()) or _family(one, other) else 0.0


def _family(one: str, other: str) -> bool:
    return min(len(one), len(other)) > FAMILY_LETTERS and one[:FAMILY_LETTERS] == other[:FAMILY_LETTERS]


@lru_cache(maxsize=50_000)
def _mistyped(one: str, other: str) -> bool:
    if other in opposed(one) or _named_both(one, other):
        return False
    if min(len(one), len(other)) < LEAST_LETTERS or not (one.isalpha() and other.isalpha()):
        return False
    # Loaded late: it costs start-up time.
    from rapidfuzz.distance import JaroWinkler

    return JaroWinkler.similarity(one, other) >= CLOSE


def opposed(name: str) -> frozenset[str]:
    """The concepts that say the contrary."""
    return _opposed().get(name, frozenset())


def _named_both(one: str, other: str) -> bool:
    """Whether both are groups of the lexicon, which knows that they differ."""
    known = _group_names()
    return one in known and other in known


@cache
def _group_names() -> frozenset[str]:
    return frozenset(_names().values())


@cache
def _names() -> Mapping[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for line in SAME_WORDS.strip().splitlines():
        name, _, phrases = line.partition(": ")
        for phrase in phrases.split(" | "):
            found.setdefault(tuple(plain_stem(m) for m in _WORD.findall(phrase.strip())), name)
    return found


@cache
def _lengths() -> Mapping[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for key in _names():
        if key:
            found.setdefault(key[0], set()).add(len(key))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


@cache
def _near() -> Mapping[str, frozenset[str]]:
    return _linked(NEAR)


@cache
def _opposed() -> Mapping[str, frozenset[str]]:
    return _linked(OPPOSED)


def _linked(lines: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in lines.strip().splitlines():
        names = line.split()
        for name in names:
            found.setdefault(name, set()).update(n for n in names if n != name)
    return {name: frozenset(others) for name, others in found.items()}
