"""Judges a short answer against one reference answer, without a rubric.

The reference's concepts that the answer says (recall) and the answer's concepts that the reference has (precision) make
the score, each concept once. What the question itself says is worth nothing to either. Nothing is learnt from data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from bot.feedback.concepts import NEAR_CREDIT, WEAK, Concept, asked_in, authored, concepts, likeness, opposed
from bot.feedback.model import Unscorable
from bot.feedback.scorable import PILE, own_sentences, unscorable
from bot.feedback.terms import Sentence, sentences

RECALL, PRECISION = 0.6, 0.4
FULL = 0.7
"""Share from which nothing is left to ask for: nobody says a reference word for word."""
CONTRARY = 0.4
"""What is left of the score where the answer says the opposite of what the reference turns on."""
FOUND = 0.5
"""How like a concept of the answer has to be for the reference's to count as found."""
ONE_WORD = 0.6
"""The most a single word earns where the reference says more than one."""
LONGEST_QUOTE = 160
"""Characters."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near an answer comes to its reference, 0-1, in whose words, and what of the reference is not there."""

    score: float
    evidence: tuple[str, ...] = ()
    """The answer's own words, as they stand there; a sentence each."""
    missing: tuple[str, ...] = ()
    """The reference's words that were not found, as they stand there."""
    unscorable: Unscorable | None = None


def compare(question: str, reference: str, answer: str) -> Likeness:
    """Judge an answer by the reference."""
    wanted = authored(reference)
    own = _own(question, reference, answer)
    if isinstance(own, Unscorable):
        return Likeness(0.0, missing=_unfound(wanted, (), question, reference), unscorable=own)
    spans = [(s.start, s.end) for s in own]
    given = tuple(c for c in concepts(answer) if any(a <= c.start < b for a, b in spans))
    score = _score(question, wanted, given)
    if _one_word(given, answer) and len(_new(wanted, question)) > 1:
        score = min(score, ONE_WORD)
    evidence = _evidence(wanted, given, question, answer, own) if score else ()
    return Likeness(score, evidence, _unfound(wanted, given, question, reference))


def _own(question: str, reference: str, answer: str) -> tuple[Sentence, ...] | Unscorable:
    """The sentences to judge. An answer to such a question may be code, or one word of the question."""
    cut = sentences(answer)
    own = own_sentences(cut, question, backwards=(reference,))
    wrong = unscorable(answer, cut, own, grammar=PILE)
    short = wrong is Unscorable.EMPTY and bool(concepts(answer))
    if wrong in (None, Unscorable.CODE_ONLY) or short:
        return own or cut
    return wrong


def _new(wanted: Sequence[Concept], question: str) -> list[str]:
    """What the reference says beyond the question; all of it where that is nothing."""
    asked, whole = asked_in(question), _names(wanted)
    return [n for n in whole if n not in asked] or whole


def _one_word(given: Sequence[Concept], answer: str) -> bool:
    """Whether all that is said is one word, however often."""
    return len(_names(given)) == 1 and not any(" " in answer[c.start : c.end].strip() for c in given)


def _score(question: str, wanted: Sequence[Concept], given: Sequence[Concept]) -> float:
    asked = asked_in(question)
    whole, said = _names(wanted), _names(given)
    if not whole or not said:
        return 0.0
    new = _new(wanted, question)
    own = [n for n in said if n not in asked] or said
    recall = sum(max(likeness(n, s) for s in said) for n in new) / len(new)
    if not _shows(new, whole, said, asked):
        return 0.0
    precision = sum(max(likeness(n, s) for s in whole) for n in own) / len(own)
    score = sqrt(min(1.0, (RECALL * recall + PRECISION * precision) / FULL))
    if _contrary(new, wanted, given):
        score *= CONTRARY
    return score


def _shows(new: Sequence[str], whole: Sequence[str], said: Sequence[str], asked: frozenset[str]) -> bool:
    """Whether the answer says anything of the reference at all, beyond the question and what any talk has."""
    if len(new) < len(whole) and all(n in asked for n in said):
        return False
    if not set(new) - WEAK:
        return True
    strong = [n for n in whole if n not in WEAK]
    found = [max(likeness(n, s) for s in said) for n in strong]
    return max(found) > NEAR_CREDIT or sum(found) >= min(len(strong), 2) * NEAR_CREDIT


def _names(found: Sequence[Concept]) -> list[str]:
    return list(dict.fromkeys(c.name for c in found))


def _contrary(new: Sequence[str], wanted: Sequence[Concept], given: Sequence[Concept]) -> bool:
    """Whether half of what the reference turns on is denied, or its opposite said in its place."""
    plain, denied = _polarity(given)
    meant, refused = _polarity(wanted)
    turned = 0
    for name in new:
        if name in plain | denied:
            turned += (name in meant and name not in plain) or (
                name in refused - meant and name not in denied
            )
        else:
            turned += bool((opposed(name) & plain) - meant - refused)
    return turned >= 0.5 * len(new)


def _polarity(found: Sequence[Concept]) -> tuple[set[str], set[str]]:
    return {c.name for c in found if not c.denied}, {c.name for c in found if c.denied}


def _evidence(
    wanted: Sequence[Concept], given: Sequence[Concept], question: str, answer: str, own: Sequence[Sentence]
) -> tuple[str, ...]:
    """The sentences that say something of the reference, those first that say most of it."""
    asked = asked_in(question)
    whole = {c.name for c in wanted}
    telling = (whole - asked) or whole
    quotes: list[tuple[float, int, str]] = []
    for sentence in own:
        names = {c.name for c in given if sentence.start <= c.start < sentence.end}
        worth = sum(max((likeness(n, t) for t in telling), default=0.0) for n in names)
        if worth >= FOUND:
            quotes.append((-worth, sentence.start, _short(sentence.text)))
    return tuple(dict.fromkeys(text for _, _, text in sorted(quotes)))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _unfound(
    wanted: Sequence[Concept], given: Sequence[Concept], question: str, reference: str
) -> tuple[str, ...]:
    asked = asked_in(question)
    said = {c.name for c in given}
    missing = [
        reference[c.start : c.end]
        for c in wanted
        if c.name not in asked and all(likeness(c.name, s) < FOUND for s in said)
    ]
    return tuple(dict.fromkeys(missing))
