"""Whether there is an answer to judge at all, and which of its sentences are the person's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.feedback.late import Late
from bot.feedback.lexicon import FUNCTION_WORDS
from bot.feedback.model import Unscorable
from bot.feedback.terms import Sentence

COPIED = 0.8
"""Share of a sentence's word groups that stand in the task too, from which it is a copy."""
RUN = 4
"""Words of a group."""
LIST_WORDS = 8
"""From so many words on, an answer without grammar is a list of words."""
GRAMMAR = 0.13
"""Least share of words that carry grammar in English prose; ours of notes and bullets have above a fifth."""
PILE = 0.08
"""The same within one sentence without figures and formulas, where notes come lower."""
READABLE = 0.5
"""Least share of letters that are Latin; in a formula there may be many others."""
READABLE_LONG, LETTERS = 0.75, 30
"""The same from so many letters on."""
FOREIGN_WORDS, LEAST_FOREIGN = 12, 3
"""Words from which grammar of another language is looked for, and how many different ones there have to be."""

_WORD = Late(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NOTHING = Late(
    r"(?:(?:sorry|hm+|uh+|um+|well|honestly|i am|i'm)[,. ]*)*"
    r"(?:(?:i )?(?:really )?(?:do not|don't|dont|have no|no) (?:know|idea|clue)|idk|dunno|no idea|not sure|pass|skip|nothing|n/?a)"
    r"(?: (?:how|what|why|about|the|this|that|it|answer|sorry|really|at all|to|do|honestly))*[.! ]*"
    r"|\W*(?:insert|put|write|type|place|enter|your|add)\b(?: \w+){0,3} (?:answer|text|response|solution)(?: \w+){0,2}\W*"
    r"|\W*(?:please )?see (?:the |my )?(?:attached|attachment|enclosed|above|below|previous|last)(?: \w+){0,2}\W*",
    re.IGNORECASE,
)
_OTHER_TONGUES: frozenset[str] = frozenset()
for _words in (
    "der das und ist nicht ein eine einen einem einer kein keine mit auf für von zu zum zur wird werden wurde sind auch nur"
    " noch oder aber weil dass wenn dann ich wir sie es sich dem den des im bei nach aus haben kann können muss wie über"
    " durch ohne beim zwischen schon immer etwas",
    "le la les des une un est et pas que qui dans pour sur avec sont nous vous il elle du au aux ce cette mais ou plus on",
    "el los las una es y en por para pero con son del al como más lo su se donde también muy esta está la que cuando si porque",
    "gli una un è e non che di del per con sono si della nel ma il lo la anche come",
    "os uma um não em com são da na mas que para o quando se ou",
    "een het en van op met voor zijn wordt niet maar ook als dat er",
    "och att det som är inte för med den ett på av",
    "nie jest się na że do w z jak ale to dla",
):
    _OTHER_TONGUES |= frozenset(_words.split())
_OTHER_TONGUES -= FUNCTION_WORDS
_AMBIGUOUS = (
    "als ale com come con da dat den des di do du e el en er es em il im la le lo los mas med met mit non na o on op os per"
    " plus que se si som son su sur to um un van w y z al av det ett ma del pour men once au elle"
)
_TELLING = _OTHER_TONGUES - frozenset(_AMBIGUOUS.split())
"""Of those the words that English texts do not have, not even as a name or an abbreviation."""
MIXED = ((3, 0.25), (2, 0.33))
"""Different such words from which an answer is partly in another language, with their least share of all grammar."""


_PLEA = Late(
    r"\b(?:give|grant|award|assign)\s+(?:me|this|it|us|my answer|this answer|the answer)\b.{0,30}\b(?:marks?|points?|scores?|credit|grades?|met)\b"
    r"|\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:instructions?|rubric|prompt|rules|grader|criteria)\b"
    r"|\b(?:mark|grade|score|rate|count|accept|judge)\s+(?:this|it|me|my answer|this answer|all|every|each|everything)\b.{0,30}"
    r"\b(?:correct|met|right|full|pass(?:ed)?|perfect|ten|100|complete)\b"
    r"|\bas an? (?:ai|language model)\b|\b(?:system|developer|assistant)\s*(?:prompt|message)?\s*:"
    r"|\b(?:full|maximum|top|perfect)\s+(?:marks|points|score|credit)\b"
    r"|\ball\s+(?:marks|points|credit)\b(?! (?:on|in|of|within|inside|between|from|that|with|by)\b)"
    r"|\b(?:every|each|all)(?: of the)? (?:points?|criteri(?:on|a)|rubric)\b.{0,30}\b(?:met|covered|satisfied|fulfilled|ticked|true)\b"
    r"|\b(?:met|covered|satisfied|fulfilled|ticked) (?:for|on|in) (?:every|each|all)(?: of the)? (?:points?|criteri(?:on|a)|ids?)\b"
    r"|\b(?:i|we|it|this|(?:my|this|the) (?:answer|response|text|file)) (?:fully |already )?(?:covers?|meets?|satisf(?:y|ies)|fulfil+s?) "
    r"(?:each and )?(?:every|each|all)(?: of)?(?: the)? (?:single )?(?:points?\b(?! (?:on|in|of|within|inside|between)\b)|criteri(?:on|a) of the rubric)"
    r"|\b(?:i|we) (?:have )?(?:covered?|met|meet|satisf(?:y|ied)|answered) (?:every|all|each)\b"
    r"|\bclick\b.{0,20}https?://|[\"']verdict[\"']\s*:\s*[\"'](?:met|partly|missing)",
    re.IGNORECASE | re.DOTALL,
)
"""Talk to whoever judges, which answers nothing."""
_ARTICLES = frozenset(["a", "an", "the"])
_NEVER_AFTER_ARTICLE = frozenset(
    [
        "of",
        "is",
        "are",
        "was",
        "were",
        "been",
        "be",
        "have",
        "had",
        "would",
        "should",
        "could",
        "because",
        "than",
        "they",
        "we",
        "you",
        "he",
        "she",
        "the",
        "a",
        "an",
    ]
)
_FIGURE = Late(r"\b[0-9]|=")
_FORMULA = frozenset("0123456789=+*/%`<>:")
TANGLED = 0.5
"""Share of articles with an impossible neighbour from which words stand in no order."""


def own_sentences(
    answer: Sequence[Sentence], task: str, *, backwards: Sequence[str] = ()
) -> tuple[Sentence, ...]:
    """The sentences that say something of the person's own.

    Not copied from the task, not a plea to the grader, no pile of words, and not one of the phrases that are looked for
    written `backwards`.
    """
    theirs = _theirs(task, tuple(backwards))
    return tuple(s for s in answer if _own(s, theirs))


@lru_cache(maxsize=4_096)
def _theirs(task: str, backwards: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """The word groups of what was asked, and those of the phrases that are looked for, backwards."""
    return _groups(_plain(task)).union(*(_groups(_plain(p)[::-1]) for p in backwards))


def unscorable(
    text: str, sentences: Sequence[Sentence], own: Sequence[Sentence], *, grammar: float = GRAMMAR
) -> Unscorable | None:
    """Why it cannot be scored; None if it can. `own` are the sentences that count, `grammar` the least share of it."""
    words = _plain(text)
    if _not_latin(text) or _foreign(words):
        return Unscorable.FOREIGN
    if not words or not any(s.terms for s in sentences):
        return Unscorable.EMPTY
    if _NOTHING.fullmatch(text.strip()):
        return Unscorable.NO_ANSWER
    if not any(s.terms for s in own):
        return _why_none(sentences)
    if all(s.code for s in own):
        return Unscorable.CODE_ONLY
    if _stuffed(own, grammar):
        return Unscorable.STUFFED
    return None


def _own(sentence: Sentence, theirs: frozenset[tuple[str, ...]]) -> bool:
    words = _plain(sentence.text)
    if _PLEA.search(sentence.text):
        return False
    return sentence.code or not (_copied(words, theirs) or _piled(sentence, words) or _tangled(words))


def _why_none(sentences: Sequence[Sentence]) -> Unscorable:
    """Why no sentence is the person's own."""
    if any(_piled(s, _plain(s.text)) or _tangled(_plain(s.text)) for s in sentences):
        return Unscorable.STUFFED
    return Unscorable.NO_ANSWER if all(_PLEA.search(s.text) for s in sentences) else Unscorable.COPIED


def _plain(text: str) -> list[str]:
    return [w.casefold().replace("’", "'") for w in _WORD.findall(text)]


def _groups(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def _copied(words: Sequence[str], theirs: frozenset[tuple[str, ...]]) -> bool:
    ours = _groups(words)
    return bool(ours) and len(ours & theirs) >= COPIED * len(ours)


def _not_latin(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    least = READABLE if len(letters) < LETTERS else READABLE_LONG
    return bool(letters) and sum(ord(c) < 0x250 for c in letters) < least * len(letters)


def _foreign(words: Sequence[str]) -> bool:
    """Whether it is in another language as a whole, or changes between another and English."""
    english = sum(w in FUNCTION_WORDS for w in words)
    telling = [w for w in words if w in _TELLING]
    different, share = len(set(telling)), len(telling) / max(1, len(telling) + english)
    if any(different >= least and share >= least_share for least, least_share in MIXED):
        return True
    foreign = [w for w in words if w in _OTHER_TONGUES]
    return len(words) >= FOREIGN_WORDS and len(set(foreign)) >= LEAST_FOREIGN and len(foreign) > 2 * english


def _piled(sentence: Sentence, words: Sequence[str]) -> bool:
    if len(words) < LIST_WORDS or any(c in _FORMULA for c in sentence.text):
        return False
    return sum(w in FUNCTION_WORDS for w in words) < PILE * len(words)


def _tangled(words: Sequence[str]) -> bool:
    """Whether words stand in no order, as when a sentence is reversed or shuffled."""
    articles = [i for i, word in enumerate(words) if word in _ARTICLES]
    wrong = sum(i + 1 == len(words) or words[i + 1] in _NEVER_AFTER_ARTICLE for i in articles)
    return wrong > 1 and wrong >= TANGLED * len(articles)


def _stuffed(own: Sequence[Sentence], grammar: float) -> bool:
    """Whether it is words in a row and no sentence: its grammar is missing."""
    words = [w for s in own if not (s.code or _FIGURE.search(s.text)) for w in _plain(s.text)]
    return len(words) >= LIST_WORDS and sum(w in FUNCTION_WORDS for w in words) < grammar * len(words)
