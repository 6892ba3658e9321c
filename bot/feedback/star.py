"""Which part of a story each sentence is: situation, task, action, result; and whether the result is in figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.feedback import star_cues as cues
from bot.feedback.closing import LAST, summarises, trails_off
from bot.feedback.impact import figures
from bot.feedback.late import Late
from bot.feedback.own_words import Stretch, stretches

LEAST_ACTION, MOST_BEFORE, UNSURE = 0.5, 0.3, 0.05
"""Share of words that what she did should have at least, what came before it at most, and how far tags may err."""


class Part(StrEnum):
    """A part of a story told by STAR."""

    SITUATION = "S"
    TASK = "T"
    ACTION = "A"
    RESULT = "R"
    NONE = "-"


@dataclass(frozen=True, slots=True)
class Story:
    """A story's sentences with their parts, and how its words are shared out."""

    parts: tuple[tuple[Stretch, Part], ...]
    quantified: int
    """Figures in the result."""

    def share(self, part: Part) -> float:
        """The part's share of all words."""
        words = sum(s.words for s, _ in self.parts)
        return sum(s.words for s, p in self.parts if p is part) / words if words else 0.0

    @property
    def balanced(self) -> bool:
        """Whether it is mostly what she did, with a result, and soon at the point."""
        before = self.share(Part.SITUATION) + self.share(Part.TASK)
        return (
            self.share(Part.ACTION) >= LEAST_ACTION - UNSURE
            and self.share(Part.RESULT) > 0
            and before <= MOST_BEFORE
        )


def story(text: str) -> Story:
    """Take a story apart."""
    sentences = stretches(text)
    plain = [" ".join(s.text.replace("’", "'").split()) for s in sentences]
    ours = not any(_deed(p, cues.I_DID) is not None for p in plain)
    clues = [_clue(p, s.asks, ours) for p, s in zip(plain, sentences, strict=True)]
    for number in range(max(0, len(clues) - LAST), len(clues)):
        if number and (summarises(plain[number]) or trails_off(plain[number])):
            clues[number] = _Clue(aside=True)
    last = _last(clues)
    if any(c.acted for c in clues[:last]) and clues[last].reached and all(c.aside for c in clues[last + 1 :]):
        clues[last] = replace(clues[last], acted=False, ended=True)
        last = _last(clues)
    for number, clue in enumerate(clues):
        if (
            number > last
            and clue.figure
            and not (clue.aside or _deed(plain[number], cues.WE_DID) is not None)
        ):
            clues[number] = replace(clue, ended=True)
    parts = [(s, _part(p, n, clues)) for n, (s, p) in enumerate(zip(sentences, plain, strict=True))]
    results = [s.text for s, p in parts if p is Part.RESULT]
    return Story(tuple(parts), sum(figures(r) for r in results))


@dataclass(frozen=True, slots=True)
class _Clue:
    """What a sentence shows by itself, wherever it stands."""

    acted: bool = False
    named: bool = False
    """Its task is named before any deed of it."""
    ended: bool = False
    figure: bool = False
    reached: bool = False
    """It is a deed told by the figure it reached."""
    asks: bool = False
    aside: bool = False
    """It belongs to no part."""


def _clue(text: str, asks: bool, ours: bool) -> _Clue:
    deed = None if asks or cues.LESSON.search(text) else _deed(text, cues.WE_DID if ours else cues.I_DID)
    named = cues.TASK_NAMED.search(text)
    ended = bool(cues.OUTCOME.search(text) or (deed is None and cues.CHANGED.search(text)))
    if ours and ended:
        deed = None
    return _Clue(
        acted=deed is not None,
        named=named is not None and (deed is None or named.start() <= deed),
        ended=ended,
        figure=figures(text) > 0,
        reached=cues.REACHED.search(text) is not None,
        asks=asks,
    )


def _deed(text: str, doing: Late) -> int | None:
    """Where the sentence begins to tell what she did."""
    if found := cues.DID.search(text) or cues.SUBJECTLESS.match(text):
        return found.start()
    if cues.ROLE.match(text):
        return None
    return next((m.start() for m in doing.finditer(text) if not cues.relative(text[: m.start()])), None)


def _part(text: str, number: int, clues: Sequence[_Clue]) -> Part:
    clue = clues[number]
    if clue.aside or (clue.asks and not clue.named):
        return Part.NONE
    if any(c.acted for c in clues[:number]):
        return _after(text, number, clues)
    if clue.named:
        return Part.TASK
    if number == 0 and clue.reached:
        return Part.RESULT
    if clue.acted:
        opens = (
            number == 0
            and (cues.OPENING.match(text) or cues.POST.match(text))
            and any(c.acted for c in clues[1:])
        )
        return Part.SITUATION if opens else Part.ACTION
    if number == 0 and cues.ANNOUNCES.match(text):
        return Part.SITUATION
    if cues.TASK_PASSIVE.search(text) or cues.TASK_GIVEN.search(text) or _needs(text, first=number == 0):
        return Part.TASK
    if clue.ended and clue.figure and cues.OUTCOME.search(text):
        return Part.RESULT
    return Part.SITUATION if cues.PAST.search(text) or cues.CONTEXT.search(text) else Part.NONE


def _needs(text: str, *, first: bool) -> bool:
    """Whether it says what was needed. A story that opens with the need of somebody else is only opening."""
    found = cues.TASK_NEED.search(text)
    return found is not None and not (first and not cues.FIRST_PERSON_NEED.search(text[: found.start()]))


def _after(text: str, number: int, clues: Sequence[_Clue]) -> Part:
    """The part of a sentence that follows a deed."""
    clue, before = clues[number], clues[:number]
    if cues.SETTING.match(text):
        return Part.SITUATION
    if clue.acted:
        return Part.ACTION
    if cues.REFLECTS.search(text) or (cues.LESSON.search(text) and not clue.figure):
        return Part.NONE
    told_task = any(c.named for c in before)
    if not (told_task or clue.ended) and (clue.named or cues.TASK_PASSIVE.search(text)):
        return Part.TASK
    if clue.ended:
        return Part.RESULT
    # What others did between her own steps and the outcome belongs to them; with neither to come it is the outcome.
    later = any(c.acted for c in clues[number:])
    on_the_way = later or (any(c.ended for c in clues[number:]) and not cues.COPULA.match(text))
    if cues.PAST.search(text):
        return Part.ACTION if on_the_way else Part.RESULT
    told = any(c.ended for c in before) or any(c.acted for c in clues[number:]) or number - 1 > _last(clues)
    return Part.NONE if told or clue.asks or cues.GENERAL.search(text) else Part.RESULT


def _last(clues: Sequence[_Clue]) -> int:
    return max((n for n, c in enumerate(clues) if c.acted), default=-1)
