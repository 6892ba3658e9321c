"""Points that no phrase decides but a look at the whole answer: its length, what it counts, how it ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bot.drills.model import Point
from bot.feedback.clarifying import asked
from bot.feedback.closing import closing
from bot.feedback.fillers import fillers
from bot.feedback.impact import figures
from bot.feedback.jargon import PILE, jargon_peak
from bot.feedback.model import Verdict
from bot.feedback.own_words import own_words, stretches
from bot.feedback.star import Part, story
from bot.feedback.terms import sentences

Check = Callable[[str, int], Verdict]
"""An answer and the check's number, 0 where it has none."""

_REQUEST = re.compile(
    r"\b(?:could|would|can|will|might) you\b|\bplease\b|\b(?:could|can|may|might) (?:i|we) (?:ask|have|get|call|see|come|borrow)\b"
    r"|\bi(?:'d| would) (?:be grateful|appreciate)\b|\bwould it be (?:possible|ok|okay|all right)\b|\b(?:let me know|tell me) (?:if|whether|which|when|who|what)\b"
    r"|\bi(?:'d| would)? (?:like to )?ask (?:you )?(?:for|to)\b|\bdo you have (?:time|\w+ minutes)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:and|or)(?: also)?(?: maybe| perhaps)? (?:could|would|can) you\b|\bor (?:introduce|look|send|tell|forward|review|meet|share)\b",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"\bhow are (?:you|things)\b|\b(?:no|a no) (?:is|would be) (?:fine|okay|ok|all right)\b|\bhope you\b",
    re.I,
)


def known(check: str) -> bool:
    """Whether there is a check of that name."""
    return check.partition(" ")[0] in CHECKS


def decide(check: str, answer: str) -> Verdict | None:
    """The verdict of a check such as "words-at-most 120"; None if there is no check of that name."""
    name, _, number = check.partition(" ")
    found = CHECKS.get(name)
    return found(answer, int(number or 0)) if found else None


def decided(rubric: Sequence[Point], answer: str) -> dict[str, Verdict]:
    """The verdicts of a rubric's checks, by point; nothing for an answer that is empty."""
    found = {p.id: decide(p.check, answer) for p in rubric if p.check and answer.strip()}
    return {point: verdict for point, verdict in found.items() if verdict is not None}


def _words(answer: str) -> int:
    return sum(s.words for s in sentences(answer))


def _when(holds: bool) -> Verdict:
    return Verdict.MET if holds else Verdict.MISSING


def _said(answer: str) -> bool:
    return bool(own_words(answer).strip())


def requests(answer: str) -> int:
    """How many things somebody is asked to do; where nothing is asked for, how many questions there are."""
    asking, questions = 0, 0
    for sentence in stretches(answer):
        text = sentence.text.replace("’", "'")
        questions += sentence.asks and not _COURTESY.search(text)
        if _REQUEST.search(_COURTESY.sub(" ", text)):
            asking += 1 + len(_MORE.findall(text))
    return asking or questions


def _no_fillers(answer: str, _: int) -> Verdict:
    heard = fillers(answer)
    return _when(heard.words > 0 and heard.core + heard.discourse == 0)


def _quantified(answer: str, _: int) -> Verdict:
    told = story(answer)
    has_result = any(part is Part.RESULT for _, part in told.parts)
    return _when(told.quantified > 0 if has_result else figures(answer) > 0)


def _star(answer: str, _: int) -> Verdict:
    told = story(answer)
    if told.balanced:
        return Verdict.MET
    enough = told.share(Part.ACTION) > 0 and told.share(Part.RESULT) > 0
    return Verdict.PARTLY if enough else Verdict.MISSING


def _closing(answer: str, _: int) -> Verdict:
    end = closing(answer)
    if not end.summary:
        return Verdict.MISSING
    return Verdict.PARTLY if end.trails_off else Verdict.MET


CHECKS: Mapping[str, Check] = {
    "words-at-most": lambda answer, most: _when(0 < _words(answer) <= most),
    "words-at-least": lambda answer, least: _when(_words(answer) >= least),
    "no-fillers": _no_fillers,
    "quantified": _quantified,
    "closing": _closing,
    "one-ask": lambda answer, _: _when(requests(answer) == 1),
    "star": _star,
    "no-jargon-pile": lambda answer, _: _when(_said(answer) and jargon_peak(answer) < PILE),
    "clarifying-questions": lambda answer, least: _when(asked(answer).questions >= max(1, least)),
}
"""By name."""
