"""The offline reviewer: an answer against a rubric's authored phrases, or against a reference answer.

No model and nothing learnt from data: a point is met if the answer says, in up to three sentences together, most of
what one of its phrases says. Every verdict carries the words it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.drills.model import Drill, Mistake, Point
from bot.feedback.checks import known
from bot.feedback.matching import Match, Said, match, said
from bot.feedback.model import Finding, Review, Verdict
from bot.feedback.scorable import own_sentences, unscorable
from bot.feedback.terms import sentences

MET, PARTLY = 0.65, 0.55
"""Shares of a phrase from which a point counts as met, and as partly met."""
WRONG = 0.70
"""Share of a common mistake's words from which it is recognised, if it is more than what was found of the point."""
LONGEST_QUOTE = 240
"""Characters."""


def review(
    rubric: Sequence[Point],
    mistakes: Sequence[Mistake],
    task: str,
    answer: str,
    *,
    checked: Mapping[str, Verdict] | None = None,
) -> Review:
    """Judge an answer by rules, point by point.

    `checked` are the verdicts, by point id, of what the words alone do not show: a query's result, which facts were asked
    for. Points that rest on nothing rules can see are not judged.
    """
    cut = sentences(answer)
    own = own_sentences(cut, task, backwards=tuple(phrase for p in rubric for phrase in (p.text, *p.says)))
    told = checked or {}
    wrong = unscorable(answer, cut, own)
    if wrong is not None:
        return Review(tuple(_unseen(p, told) for p in rubric), wrong)
    heard = said(own)
    findings = tuple(_judge(p, mistakes, heard, answer, told) for p in rubric)
    return Review(findings if _says_something(rubric, findings) else _without_form(rubric, findings))


def _says_something(rubric: Sequence[Point], findings: Sequence[Finding]) -> bool:
    """Whether any point that words decide landed at least partly, or there is none such."""
    worded = [f for p, f in zip(rubric, findings, strict=True) if not (p.check or p.self_judged)]
    return not worded or any(f.verdict in (Verdict.MET, Verdict.PARTLY) for f in worded)


def _without_form(rubric: Sequence[Point], findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Brevity or a missing filler is no merit of an answer that says nothing of what was asked."""
    return tuple(
        replace(f, verdict=Verdict.MISSING) if p.check and known(p.check) else f
        for p, f in zip(rubric, findings, strict=True)
    )


def of_drill(drill: Drill, answer: str, checked: Mapping[str, Verdict] | None = None) -> Review:
    """Judge an answer to a drill."""
    return review(drill.rubric, drill.mistakes, drill.task, answer, checked=checked)


def _unseen(point: Point, told: Mapping[str, Verdict]) -> Finding:
    if point.check and known(point.check):
        return Finding(point.id, Verdict.NOT_JUDGED)
    return Finding(point.id, told.get(point.id, Verdict.NOT_JUDGED))


def _judge(
    point: Point, mistakes: Sequence[Mistake], heard: Said, answer: str, told: Mapping[str, Verdict]
) -> Finding:
    if point.id in told:
        return Finding(point.id, told[point.id])
    if point.check or point.self_judged:
        return Finding(point.id, Verdict.NOT_JUDGED)
    best = max((match(p, heard) for p in (*point.says, point.text)), key=lambda m: m.strength)
    for mistake in mistakes:
        if mistake.loses == point.id:
            wrong = max((match(p, heard) for p in mistake.phrases), key=lambda m: m.strength)
            if wrong.strength >= WRONG and wrong.strength > best.strength:
                lost = Finding(point.id, Verdict.MISSING, mistake=mistake.text, strength=best.strength)
                return _quoting(lost, wrong, heard, answer)
    found = Finding(point.id, _verdict(best.strength), strength=best.strength)
    return found if found.verdict is Verdict.MISSING else _quoting(found, best, heard, answer)


def _verdict(strength: float) -> Verdict:
    if strength >= MET:
        return Verdict.MET
    return Verdict.PARTLY if strength >= PARTLY else Verdict.MISSING


def _quoting(finding: Finding, found: Match, heard: Said, answer: str) -> Finding:
    """The finding with the person's own words, shortened at a word's end."""
    shown = heard.sentences[found.first : found.after]
    text = " ".join(" … ".join(answer[s.start : s.end] for s in shown).split())
    if len(text) > LONGEST_QUOTE:
        text = text[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    return replace(finding, quote=text, spans=tuple((s.start, s.end) for s in shown))
