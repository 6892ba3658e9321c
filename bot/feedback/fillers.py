"""Fillers heard in an answer: filled pauses, and discourse markers that are only fillers in some places.

Feedback is a trend against oneself and never a score. Filled pauses and discourse markers are different things (Laserna
2014), so they are counted apart; "like" and its kin stay "possible" fillers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.feedback.late import Late
from bot.feedback.own_words import WORD, own_words

LEAST_WORDS = 80
"""Words from which a rate means anything."""
FINE, USUAL = 3.0, 6.0
"""Fillers per hundred words up to which nothing, and up to which nothing but a number, is said."""

_CORE = Late(r"\b(?:[Uu]+[hm]+m*|[Uu]+hm+|[Ee]r(?:m+|r{2,})?|[Aa]+h+|[Hh]m+)\b")
_INITIAL = r"(?:(?:^|(?<=[.!?])\s+|\n\s*)[\"'(]*)"
_PAUSE = r"(?:[Uu]+[hm]+m*|[Ee]rm?|[Hh]m+)"
_UNNAMED = "".join(
    rf"(?<!\b{word} )"
    for word in (
        *(
            "a",
            "an",
            "the",
            "this",
            "that",
            "any",
            "some",
            "what",
            "which",
            "one",
            "merge",
            "no",
            "every",
            "each",
            "same",
            "other",
        ),
        *(
            "another",
            "new",
            "special",
            "certain",
            "different",
            "whatever",
            "right",
            "wrong",
            "best",
            "first",
            "second",
            "only",
        ),
    )
)
"""No word before "kind of" by which the kind is one of several."""
_ANYWAY = (
    r"(?:\w+(?:ed|ly)|went|got|felt|broke|lost|stuck|slow|hard|weird|bad|won|hang|feel|want|know|think|get|go|make|take|"
    r"look|depend|depends|matter|matters|forget|assume|expect|fall|lose|break|stick|happens?|stop|start|became|knew|"
    r"thought|said|fell|took|made|saw|annoying|boring|confusing|tricky|messy|ugly|sad|funny|strange|stupid|obvious)"
)
"""Words that follow a hedge and no noun."""
_MARKERS = tuple(
    Late(pattern, re.IGNORECASE)
    for pattern in (
        rf",\s*like\s*,|\b{_PAUSE}\W+like\b(?!\s*(?:to|a|an|the)\b)",
        rf"{_INITIAL}so\s*,",
        r",\s*right\s*\?",
        rf"{_INITIAL}right\s*,",
        rf"{_INITIAL}actually\b",
        r"\b(?:basically|literally)\b",
        rf"(?:{_INITIAL}|[,;]\s*|\b{_PAUSE}\s+|\b(?:and|but|because)\s+)i mean\b(?!\s+(?:by|that the|to)\b)",
        rf"(?<!\bdo )(?<!\bdid )(?<!\bif )(?<!\bas )(?<!\bthat )(?<!\bknow )(?<!\blet )\byou know(?:\s*[,.!?]|\s*$|\s+(?:{_PAUSE}|like|we|i|they|it's|he|she)\b(?!\s+know))",
        rf"\b(?:i|we|you|he|she|it|they|others|people|is|are|was|were|am|be|been|just|basically|really|that's|it's|i'm|we're|they're|who|and|but|then|{_PAUSE})\s+(?:kind|sort) of\b"
        rf"|(?:{_INITIAL}|{_UNNAMED})\b(?:kind|sort) of\s+(?:(?:a|an|the|my|our|your|in|on|at|like|not|the|to|just)\b|{_ANYWAY}(?! of\b))",
    )
)


@dataclass(frozen=True, slots=True)
class Fillers:
    """How many of each kind there are in how many words."""

    core: int
    """um, uh, er, ah, hmm"""
    discourse: int
    """Possible ones: like, so, right, actually, kind of, you know, I mean, basically."""
    words: int

    @property
    def rate(self) -> float | None:
        """Filled pauses and markers per hundred words; None below `LEAST_WORDS`."""
        return 100 * (self.core + self.discourse) / self.words if self.words >= LEAST_WORDS else None

    @property
    def band(self) -> str:
        """fine, usual, many, or nothing where the answer is too short."""
        if (rate := self.rate) is None:
            return ""
        return "fine" if rate <= FINE else "usual" if rate <= USUAL else "many"


def fillers(text: str) -> Fillers:
    """Count them, code and quotations left out. A transcript may lack some: what is counted is the least."""
    own = own_words(text).replace("’", "'")
    return Fillers(
        len(_CORE.findall(own)), sum(len(m.findall(own)) for m in _MARKERS), len(WORD.findall(own))
    )
