"""The rules of a second opinion: what is asked, what of a reply is believed, and what both gradings come to."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.drills.model import Drill, Point, Sitting
from bot.drills.play.table import play_of
from bot.drills.rubric import ids, score
from bot.drills.scenes import Steps
from bot.feedback.model import Finding, Grader, Verdict
from bot.feedback.ports import Declined, ModelReview, Question, Why

APART = 0.15
"""Two gradings that differ by more than this are not sure, and the lower one is taken."""
SHORTEST_QUOTE = 12
"""Characters; less occurs in every answer and shows nothing."""
LONGEST_QUOTE = 240
"""Characters shown of one."""
LEAST_JUDGED = 0.5
"""Share of the points asked about below which a reply is of no use."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a reply says of one point, before anything of it is believed."""

    point: str
    verdict: str
    quote: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """Both gradings, as shares of the rubric's weight."""

    rules: float
    model: float
    unsure: bool

    @property
    def together(self) -> float:
        """What they come to: the rules' own, or the lower where they are too far apart."""
        return min(self.rules, self.model) if self.unsure else self.rules


def question(drill: Drill, sitting: Sitting) -> Question | None:
    """What a second reviewer is asked about a sitting; None if rules left it nothing to look at.

    Left out is what no words show: what she did on the way, what a check decides, what only she can tell.
    """
    points = tuple(p for p in drill.rubric if p.id in _by_words(drill, sitting))
    judged = play_of(drill).judged(drill, sitting.progress)
    answer = (sitting.answer if judged is None else judged).strip()
    return Question(_task(drill), points, drill.answer, answer) if points and answer else None


def _by_words(drill: Drill, sitting: Sitting) -> frozenset[str]:
    earned = play_of(drill).verdicts(drill, sitting.progress)
    told = {f.point for f in sitting.findings if f.by is Grader.RULES and f.verdict is not Verdict.NOT_JUDGED}
    fit = {p.id for p in drill.rubric if not p.check and not p.self_judged and p.id not in earned}
    return frozenset(told & fit)


def _task(drill: Drill) -> str:
    if not isinstance(drill.scene, Steps):
        return drill.task
    asked = (f"{n}. {step.asks}" for n, step in enumerate(drill.scene.steps, 1))
    return "\n".join((drill.task, drill.scene.shows, *asked))


def so_far(asked: Question, claims: Sequence[Claimed]) -> tuple[Finding, ...]:
    """What stands up of a reply that is still coming in: a finding for each known point it spoke of, in the rubric's order."""
    first: dict[str, Claimed] = {}
    for claim in claims:
        first.setdefault(claim.point, claim)
    return tuple(_finding(p, first[p.id], asked.answer) for p in asked.rubric if p.id in first)


def believed(asked: Question, claims: Sequence[Claimed]) -> ModelReview | Declined:
    """What of a reply stands up: known points, once each, and quotes that are words of the answer.

    A verdict that credits something without such a quote is not a verdict: the point counts as not judged.
    """
    first: dict[str, Claimed] = {}
    for claim in claims:
        first.setdefault(claim.point, claim)
    findings = tuple(_finding(p, first.get(p.id), asked.answer) for p in asked.rubric)
    judged = sum(f.verdict is not Verdict.NOT_JUDGED for f in findings)
    return ModelReview(findings) if judged >= LEAST_JUDGED * len(findings) else Declined(Why.NONSENSE)


def _finding(point: Point, claim: Claimed | None, answer: str) -> Finding:
    nothing = Finding(point.id, Verdict.NOT_JUDGED, by=Grader.MODEL)
    if claim is None or claim.verdict not in set(Verdict):
        return nothing
    quote = _plain(claim.quote)
    literal = len(quote) >= SHORTEST_QUOTE and quote in _plain(answer)
    verdict = Verdict(claim.verdict)
    if verdict in (Verdict.MET, Verdict.PARTLY) and not literal:
        return nothing
    return replace(nothing, verdict=verdict, quote=_short(quote) if literal else "")


def _plain(text: str) -> str:
    """Without differences that a model makes in passing: composed letters, bent quotes, runs of white space."""
    bent = str.maketrans("’‘“”", "''\"\"")
    return " ".join(unicodedata.normalize("NFC", text).translate(bent).split())


def _short(quote: str) -> str:
    return quote if len(quote) <= LONGEST_QUOTE else quote[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def merged(rules: Sequence[Finding], model: Sequence[Finding]) -> tuple[Finding, ...]:
    """The model's grading of the whole rubric: where it has no verdict, that of the rules stands in it too."""
    second = {f.point: f for f in model if f.verdict is not Verdict.NOT_JUDGED}
    return tuple(second.get(f.point, f) for f in rules)


def weigh(drill: Drill, rules: Sequence[Finding], model: Sequence[Finding]) -> Weighed:
    """Hold both gradings against each other."""
    both = (_score(drill, rules), _score(drill, merged(rules, model)))
    return Weighed(*both, unsure=abs(both[0] - both[1]) > APART + 1e-9)


def _score(drill: Drill, findings: Sequence[Finding]) -> float:
    return score(drill.rubric, ids(findings, Verdict.MET), ids(findings, Verdict.PARTLY))
