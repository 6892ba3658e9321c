"""What of an answer is the person's own talk: without code and without what others are quoted to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_OTHERS = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]*`|\"[^\"\n]{1,400}\"|“[^”]{1,400}”|«[^»]{1,400}»"
    r"|(?<![\w'’])['‘](?=\w)[^'’\n]*(?:['’](?=\w)[^'’\n]*)*['’](?!\w)",
    re.DOTALL,
)
_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)[.!?]+(?=[\s)\]]|$)[)\]]*|\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)")
WORD = re.compile(r"[^\W_]+(?:['’.,/-][^\W_]+)*%?")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence as it is spoken: where it stands in the answer, its words, and whether it asks."""

    start: int
    text: str
    words: int
    asks: bool


def own_words(text: str) -> str:
    """The text with code and quotations blanked; every other character keeps its place."""
    return _OTHERS.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


@lru_cache(maxsize=1)
def stretches(text: str) -> tuple[Stretch, ...]:
    """The sentences of the person's own talk. Unlike written prose, speech may go on without a capital.

    Kept for the detectors that look at the same answer one after the other, and no longer.
    """
    return tuple(_cut(own_words(text)))


def _cut(own: str) -> Iterator[Stretch]:
    at = 0
    for end in (*(m.end() for m in _END.finditer(own)), len(own)):
        raw = own[at:end]
        if words := len(WORD.findall(raw)):
            start = at + len(raw) - len(raw.lstrip())
            yield Stretch(start, raw.strip(), words, raw.rstrip(" )]\n").endswith("?"))
        at = end
