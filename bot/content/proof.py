"""Proves each drill against the reviewer itself: the model answer earns everything, each common mistake its loss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.content.scene_file import SCENE
from bot.content.scene_proof import unproven_scene
from bot.drills.model import Drill, Mistake, Point
from bot.drills.scenes import Steps
from bot.feedback.checks import decided
from bot.feedback.model import Finding, Verdict
from bot.feedback.review import review


def unproven(drill: Drill) -> Iterator[str]:
    """What the reviewer does not bear out, a sentence each; nothing if the drill stands."""
    yield from unproven_scene(drill)
    if isinstance(drill.scene, Steps):
        for step in drill.scene.steps:
            yield from _unproven(step.rubric, step.mistakes, step.asks, step.answer)
    else:
        yield from _unproven(drill.rubric, drill.mistakes, drill.task, drill.answer)


def _unproven(rubric: Sequence[Point], mistakes: Sequence[Mistake], task: str, answer: str) -> Iterator[str]:
    found = review(rubric, mistakes, task, answer, checked=decided(rubric, answer))
    if found.unscorable is not None:
        yield f"the model answer cannot be scored: {found.unscorable.value}"
        return
    worded = {p.id for p in rubric if not p.check and not p.self_judged}
    yield from _unmet(rubric, found.findings)
    for mistake in mistakes:
        if mistake.loses not in worded:
            yield f"mistake: {mistake.loses} is not judged by words, so no mistake can lose it"
            continue
        earned = next(f for f in found.findings if f.point == mistake.loses)
        left = _without_evidence(rubric, mistakes, task, answer, earned)
        made = f"{left}\n\n{mistake.phrases[0]}"
        lost = _finding(rubric, mistakes, task, made, mistake.loses)
        if lost.verdict is Verdict.MET:
            yield f"mistake: {mistake.loses} is still met by {_short(lost.quote)}, said with: {_short(mistake.phrases[0])}"


def _unmet(rubric: Sequence[Point], findings: Sequence[Finding]) -> Iterator[str]:
    for point, finding in zip(rubric, findings, strict=True):
        if point.self_judged or point.check == SCENE or finding.verdict is Verdict.MET:
            continue
        if not point.check:
            yield _not_met(finding)
        elif finding.verdict is Verdict.NOT_JUDGED:
            yield f"point {point.id}: there is no check {point.check}"
        else:
            yield f"point {point.id}: the model answer does not pass the check {point.check}"


def _not_met(finding: Finding) -> str:
    seen = f", nearest: {_short(finding.quote)}" if finding.quote else ""
    if finding.mistake:
        return f"point {finding.point}: the model answer is taken for a mistake{seen}"
    share = f"{finding.strength:.0%} of its best phrase"
    return f"point {finding.point}: the model answer does not earn it ({share} found{seen})"


def _finding(
    rubric: Sequence[Point], mistakes: Sequence[Mistake], task: str, answer: str, point: str
) -> Finding:
    """What is found of one point; the others are not looked for, which takes most of the time."""
    others = {p.id: Verdict.NOT_JUDGED for p in rubric if p.id != point}
    return next(
        f for f in review(rubric, mistakes, task, answer, checked=others).findings if f.point == point
    )


def _without_evidence(
    rubric: Sequence[Point], mistakes: Sequence[Mistake], task: str, answer: str, earned: Finding
) -> str:
    """The answer without the sentences that earn the point, all of them. `earned` is what is found in all of it."""
    found = earned
    while found.verdict is Verdict.MET:
        for start, end in sorted(found.spans, reverse=True):
            answer = answer[:start] + answer[end:]
        found = _finding(rubric, mistakes, task, answer, earned.point)
    return answer


def _short(text: str) -> str:
    return f'"{text}"' if len(text) <= 90 else f'"{text[:90].rsplit(" ", 1)[0]} …"'
