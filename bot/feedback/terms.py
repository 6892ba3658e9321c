"""Cuts an answer into sentences and the words that carry its meaning, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Protocol

from bot.feedback.lexicon import FUNCTION_WORDS, LIGHT_WORDS, MULTIWORD, NEGATORS, SAME

_BREAK = re.compile(
    r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]*[A-Z0-9`*\-])|\n\s*\n|\n(?=\s*(?:[-*•–]|\d+[.)])\s)|;\s+"
)
_FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_ANSWERED = re.compile(r"^no\b[,:;]\s+")
"""It answers a question and denies none of the words that follow."""
_SCALED = re.compile(
    r"(?<![\w.,])([0-9]{1,12}(?:,[0-9]{3})*(?:\.[0-9]{1,6})?)(?:(k)\b|\s?(thousand|million|mn|billion|bn)\b)"
)
_SCALES = {"k": 3, "thousand": 3, "million": 6, "mn": 6, "billion": 9, "bn": 9}
_CONTRACTED = re.compile(r"(?<=[a-z])'(?:s|re|ve|ll|d|m)\b")
_WORD = re.compile(
    r"\bo\([^()\n]{1,20}\)"  # O(n log n)
    r"|[0-9]+(?:[.,][0-9]+)*"  # 1,000 · the 99.9 of 99.9% · the 90 of 90ms
    r"|[a-z]+(?:_[a-z0-9]+)+"  # an identifier stays whole
    r"|[a-z]+n['’]t\b"
    r"|[a-z]+(?:[0-9]+[a-z]*)?(?:\+\+|#)?"
    r"|<=|>=|==|!=|<>|[<>=*/&]"
)
_CODE_LINE = re.compile(
    r"^\s*(?:(?:def|class|for|while|if|elif|else|return|import|from|with|try|except|const|let|var|func|fn"
    r"|select|where|group by|order by|insert|update|create)\b.*[:;({)=]?|.*[{};]\s*|\w[\w.\[\]]*\s*[-+*/]?=\s*\S.*|[)}\]]+.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word in its plainest form. Weight 1 carries meaning, less says little; place counts the sentence's words."""

    stem: str
    weight: float
    place: int
    negated: bool
    """Whether a word such as "not" or "without" stands closely before it."""

    @property
    def number(self) -> bool:
        """Whether it is a figure."""
        return self.stem[0].isdigit()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a bullet or a line of code: where it stands in the text and what it says."""

    start: int
    end: int
    text: str
    terms: tuple[Term, ...]
    words: int
    """All its words, those that carry nothing among them."""
    code: bool = False


def sentences(text: str) -> tuple[Sentence, ...]:
    """All sentences of a text in their order; fenced code counts line by line."""
    return tuple(s for s in _cut(text) if s.words)


def terms(text: str) -> tuple[Term, ...]:
    """The terms of one phrase."""
    return tuple(t for s in sentences(text) for t in s.terms)


def _cut(text: str) -> Iterator[Sentence]:
    at = 0
    for fence in _FENCE.finditer(text):
        yield from _prose(text, at, fence.start())
        for line in re.finditer(r"[^\n]+", text[fence.start() : fence.end()]):
            if not line.group().lstrip().startswith("```"):
                yield _sentence(text, fence.start() + line.start(), fence.start() + line.end(), code=True)
        at = fence.end()
    yield from _prose(text, at, len(text))


def _prose(text: str, start: int, end: int) -> Iterator[Sentence]:
    at = start
    for found in _BREAK.finditer(text, start, end):
        yield from _lines(text, at, found.start())
        at = found.end()
    yield from _lines(text, at, end)


def _lines(text: str, start: int, end: int) -> Iterator[Sentence]:
    """Lines of code stand alone, wrapped prose stays one sentence."""
    at, offset = start, start
    for line in text[start:end].splitlines(keepends=True):
        after = offset + len(line)
        if _CODE_LINE.match(line) and (line.startswith("    ") or _symbols(line)):
            if offset > at:
                yield _sentence(text, at, offset)
            yield _sentence(text, offset, after, code=True)
            at = after
        offset = after
    if end > at:
        yield _sentence(text, at, end)


def _symbols(line: str) -> bool:
    return sum(line.count(c) for c in "(){}[]=;:") >= 3


def _sentence(text: str, start: int, end: int, *, code: bool = False) -> Sentence:
    raw = text[start:end]
    shift = len(raw) - len(raw.lstrip())
    clean = raw.strip()
    plain = _ANSWERED.sub("", clean.casefold().replace("’", "'"))
    words = _WORD.findall(_SCALED.sub(_in_full, _CONTRACTED.sub("", plain)))
    return Sentence(start + shift, start + shift + len(clean), clean, _terms(words), len(words), code)


def _terms(words: list[str]) -> tuple[Term, ...]:
    found: list[Term] = []
    negated_until = -1
    place = 0
    while place < len(words):
        length, stem = _longest_known(words, place)
        word = words[place]
        if word in NEGATORS or word.endswith("n't") or stem in NEGATORS:
            negated_until = place + length + 3
        elif weight := _weight(word, stem):
            found.append(Term(stem, weight, place, place <= negated_until))
        place += length
    return tuple(found)


def _longest_known(words: list[str], place: int) -> tuple[int, str]:
    """How many words the longest known phrase here takes, and what it is called; a single word is its stem."""
    for length in MULTIWORD.get(words[place], ()):
        if known := SAME.get(" ".join(words[place : place + length])):
            return length, known
    return 1, stem_of(words[place])


def _weight(word: str, stem: str) -> float:
    if word in FUNCTION_WORDS:
        return 0.0
    return 0.3 if word in LIGHT_WORDS or stem in LIGHT_WORDS or not word[0].isalnum() else 1.0


class _Stems(Protocol):
    def stemWord(self, word: str) -> str: ...


@cache
def _stemmer() -> _Stems:
    # Costs start-up time and is needed only when an answer is looked at.
    import snowballstemmer

    found: _Stems = snowballstemmer.stemmer("english")
    return found


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    """The word as the lexicon calls it, else its stem (Porter's second stemmer)."""
    if known := SAME.get(word):
        return known
    if word.startswith("o("):
        return _order(word)
    if not word[0].isalpha() or "_" in word:
        return _figure(word) if word[0].isdigit() else word
    stem = plain_stem(word)
    return SAME.get(stem, stem)


def _order(word: str) -> str:
    """An order of growth however it is written: O(n log n), O(n*log(n)), O(n²)."""
    order = re.sub(r"[\s*·.]+", "", word.replace("**", "^").replace("²", "^2"))
    return SAME.get(order, order)


def _in_full(scaled: re.Match[str]) -> str:
    """264k and 264 thousand are 264000."""
    figure = Decimal(scaled[1].replace(",", "")).scaleb(_SCALES[scaled[2] or scaled[3]])
    return f"{figure:f}"


def _figure(word: str) -> str:
    """A figure however it is written: 1,000 and 1000, 63.0 and 63."""
    figure = word.replace(",", "")
    return figure.rstrip("0").rstrip(".") if "." in figure else figure


@lru_cache(maxsize=20_000)
def plain_stem(word: str) -> str:
    """The word's stem (Porter's second stemmer), whatever the lexicon calls it."""
    return str(_stemmer().stemWord(word))
