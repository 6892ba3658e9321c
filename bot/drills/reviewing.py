"""What the rules make of a sitting: each point judged by its words, by a check, or by what happened on the way."""

from __future__ import annotations

from dataclasses import replace

from bot.drills.model import Drill, Sitting
from bot.drills.play.table import play_of
from bot.drills.scenes import Steps
from bot.feedback.checks import decided
from bot.feedback.landing import remarks
from bot.feedback.model import Finding, Grader, Review, Unscorable, Verdict
from bot.feedback.review import review


def reviewed(drill: Drill, sitting: Sitting) -> Review:
    """The review by rules, a finding for each point of the drill in its order."""
    earned = play_of(drill).verdicts(drill, sitting.progress)
    if isinstance(drill.scene, Steps):
        return _by_step(drill.scene, sitting)
    answer = judged_answer(drill, sitting)
    checked = {**decided(drill.rubric, answer), **earned}
    quotes = play_of(drill).quotes(drill, sitting.progress)
    if all(p.id in earned for p in drill.rubric):
        return Review(tuple(Finding(p.id, earned[p.id], quotes.get(p.id, "")) for p in drill.rubric))
    return review(drill.rubric, drill.mistakes, drill.task, answer, checked=checked)


def judged_answer(drill: Drill, sitting: Sitting) -> str:
    """What of all she said is her answer."""
    judged = play_of(drill).judged(drill, sitting.progress)
    return sitting.answer if judged is None else judged


def came_across(drill: Drill, sitting: Sitting) -> tuple[str, ...]:
    """Remarks on the manner of an answer that rules could judge."""
    by_rules = any(f.by is Grader.RULES and f.verdict is not Verdict.NOT_JUDGED for f in sitting.findings)
    return remarks(drill, judged_answer(drill, sitting)) if by_rules else ()


def judged_by_herself(finding: Finding, verdict: Verdict) -> Finding:
    """A point that rules could not judge, after the person did."""
    return replace(finding, verdict=verdict, by=Grader.SELF)


def _by_step(scene: Steps, sitting: Sitting) -> Review:
    """Each answer against its own question. Nothing said to a question misses its points, unless nothing was typed at all."""
    findings: list[Finding] = []
    for number, step in enumerate(scene.steps):
        said = sitting.progress.said(number)
        found = review(step.rubric, step.mistakes, step.asks, said, checked=decided(step.rubric, said))
        silent = found.unscorable in (Unscorable.EMPTY, Unscorable.NO_ANSWER) and bool(sitting.answer)
        findings += [replace(f, verdict=Verdict.MISSING) if silent else f for f in found.findings]
    return Review(tuple(findings), None if sitting.answer.strip() else Unscorable.EMPTY)
