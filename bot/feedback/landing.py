"""How an answer comes across beside what it says: few remarks, each resting on words that are there or missing.

They describe an answer and never a person, and none of them moves a score. Bands as in the detectors they come from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.drills.formats import Format
from bot.drills.model import Drill
from bot.feedback.clarifying import asked
from bot.feedback.closing import closing
from bot.feedback.fillers import USUAL, fillers
from bot.feedback.impact import figures, only_influenced, over_scripted, vague
from bot.feedback.jargon import PILE, jargon_peak
from bot.feedback.own_words import stretches
from bot.feedback.star import LEAST_ACTION, MOST_BEFORE, UNSURE, Part, story

LEAST = 40
"""Words from which an answer has a manner at all."""
MOST = 3
"""Remarks at once; more is no advice any more."""
RUN = 7
"""Words in a row that nobody finds twice by chance."""
BORROWED = 3
"""Sentences of the model answer from which it is worth saying."""

STORIES = frozenset({Format.DRILL, Format.EXPLAIN})
ASKS_FIRST = frozenset({Format.DESIGN, Format.ROUND})
CLOSES = frozenset({Format.DESIGN})
SPOKEN = STORIES | ASKS_FIRST | {Format.CLARIFY, Format.REDIRECT, Format.GRILL, Format.DIG, Format.CASE}
"""Formats whose answer somebody listens to."""

_ASSUMES = re.compile(r"\bassum|\bsuppos", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer to a drill, and how many words it has."""

    drill: Drill
    answer: str
    words: int

    @property
    def is_story(self) -> bool:
        """Whether it tells something that happened."""
        return self.drill.area == "behavioral" and self.drill.format in STORIES

    def judges(self, check: str) -> bool:
        """Whether a point of the rubric decides this already."""
        return any(p.check.partition(" ")[0] == check for p in self.drill.rubric)


Remark = Callable[[Heard], Iterator[str]]


def remarks(drill: Drill, answer: str) -> tuple[str, ...]:
    """At most three remarks on the manner of an answer, the weightiest first; nothing of a short one."""
    words = sum(s.words for s in stretches(answer))
    if drill.format not in SPOKEN or words < LEAST:
        return ()
    heard = Heard(drill, answer, words)
    return tuple(line for remark in _REMARKS for line in remark(heard))[:MOST]


def borrowed(answer: str, source: str) -> int:
    """How many sentences of an answer stand in another text word for word."""
    theirs = _runs(source)
    return sum(bool(runs := _runs(s.text)) and runs <= theirs for s in stretches(answer))


def _pasted(heard: Heard) -> Iterator[str]:
    if (taken := borrowed(heard.answer, heard.drill.answer)) >= BORROWED:
        yield f"{taken} sentences stand in the model answer word for word; your own will come back to you sooner"


def _told(heard: Heard) -> Iterator[str]:
    """A story: a result, her own part, the way there, numbers."""
    if not heard.is_story:
        return
    told = story(heard.answer)
    before = told.share(Part.SITUATION) + told.share(Part.TASK)
    counted = figures(heard.answer[len(heard.answer) // 2 :]) > 0
    if not heard.judges("star"):
        if told.share(Part.RESULT) == 0 and not counted:
            yield "no result that I heard; what was different in the end?"
        if told.share(Part.ACTION) < LEAST_ACTION - UNSURE:
            yield f"what you did is {_of(told.share(Part.ACTION), heard.words)}; about half makes it yours"
        elif before > MOST_BEFORE:
            yield f"the scene takes {_of(before, heard.words)} before you act"
    if told.share(Part.RESULT) > 0 and not (counted or heard.judges("quantified")):
        yield "the result has no number"
    if only_influenced(heard.answer):
        yield "you helped and supported; say what you yourself built or decided"
    if over_scripted(heard.answer):
        yield "it sounds learnt by heart in places"


def _vague(heard: Heard) -> Iterator[str]:
    if (found := vague(heard.answer)) and not heard.judges("quantified") and not figures(heard.answer):
        yield f'*"{found[0]}"* has no number behind it'


def _asked_first(heard: Heard) -> Iterator[str]:
    if heard.drill.format not in ASKS_FIRST:
        return
    first = asked(heard.answer)
    if first.questions or first.solution_at is None or heard.judges("clarifying-questions"):
        return
    if not _ASSUMES.search(heard.answer[: first.solution_at]):
        begun = " ".join(heard.answer[first.solution_at :].split()[:4])
        yield f'no question and no assumption before the solution began (*"{begun}"*)'


def _piled(heard: Heard) -> Iterator[str]:
    if not (heard.is_story or heard.drill.format is Format.EXPLAIN) or heard.judges("no-jargon-pile"):
        return
    if (peak := jargon_peak(heard.answer)) >= PILE:
        yield f"{peak} terms in one breath, none of them explained"


def _closed(heard: Heard) -> Iterator[str]:
    if heard.judges("closing"):
        return
    end = closing(heard.answer)
    if end.trails_off:
        yield "it trails off at the end; one sentence with the point of it would make an ending"
    elif not end.summary and heard.drill.format in CLOSES:
        yield "no closing sentence, such as the choice, the reason and the risk left"


def _filled(heard: Heard) -> Iterator[str]:
    found = fillers(heard.answer)
    if (found.rate or 0) > USUAL and not heard.judges("no-fillers"):
        yield f"{found.core + found.discourse} fillers in {found.words} words; pick one to drop"


_REMARKS: tuple[Remark, ...] = (_pasted, _told, _vague, _asked_first, _piled, _closed, _filled)


def _of(share: float, words: int) -> str:
    return f"{round(share * words)} of {words} words"


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = [w.casefold().replace("’", "'") for w in _WORD.findall(text)]
    return frozenset(tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
