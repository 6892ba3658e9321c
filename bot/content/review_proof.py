"""Proves a diff to review against its own play: the model review finds everything, in order and without an alarm."""

from __future__ import annotations

from collections.abc import Iterator

from bot.drills.model import Drill
from bot.drills.play.code_review import CALM, ORDER, CodeReviewPlay
from bot.drills.play.findings import placed
from bot.drills.progress import Progress
from bot.drills.scenes import CodeReview
from bot.feedback.model import Verdict


def unproven_review(drill: Drill) -> Iterator[str]:
    """What the play does not bear out, a sentence each; nothing for a drill without a diff."""
    if not isinstance(drill.scene, CodeReview):
        return
    yield from _model_review(drill, drill.scene)
    yield from _phrases(drill.scene)
    yield from _places(drill.scene)


def _model_review(drill: Drill, scene: CodeReview) -> Iterator[str]:
    play = CodeReviewPlay()
    after = play.hear(drill, Progress(), drill.answer, 0).progress
    earned = play.verdicts(drill, after)
    for defect in scene.defects:
        if earned.get(defect.id) is not Verdict.MET:
            yield f"defect {defect.id}: the model review does not find it"
    found = placed(scene, [p.text for p in after.pieces])
    for piece, one in zip(after.pieces, found, strict=True):
        if one.decoy is not None:
            yield f"the model review raises a false alarm: {_short(piece.text)}"
        elif one.unknown:
            yield f"the model review has a finding that is no defect: {_short(piece.text)}"
    if earned.get(ORDER) is not Verdict.MET:
        yield "the model review does not put the worst first"
    if earned.get(CALM) is not Verdict.MET and not any(f.decoy is not None or f.unknown for f in found):
        yield "the model review finds nothing"


def _phrases(scene: CodeReview) -> Iterator[str]:
    """Each phrase, without its line, means its own defect or decoy and no other."""
    for defect in scene.defects:
        for phrase in defect.heard:
            found = placed(scene, [phrase])[0]
            if found.defects[:1] != (defect.id,):
                yield f"defect {defect.id}: {_taken(scene, found.defects, found.decoy)}: {_short(phrase)}"
            elif len(found.defects) > 1:
                yield f"defect {defect.id}: names {found.defects[1]} as well: {_short(phrase)}"
    for number, decoy in enumerate(scene.decoys):
        for phrase in decoy.heard:
            found = placed(scene, [phrase])[0]
            if found.decoy != number:
                yield f"decoy {number + 1}: {_taken(scene, found.defects, found.decoy)}: {_short(phrase)}"


def _taken(scene: CodeReview, defects: tuple[str, ...], decoy: int | None) -> str:
    if defects:
        return f"taken for {defects[0]}"
    return f"taken for decoy {decoy + 1}" if decoy is not None else "not recognised"


def _places(scene: CodeReview) -> Iterator[str]:
    lines = scene.diff.split("\n")
    for name, (first, last) in [
        *((d.id, d.lines) for d in scene.defects),
        *(("decoy", d.lines) for d in scene.decoys),
    ]:
        here = lines[first - 1 : last]
        if not here:
            yield f"{name}: lines {first}-{last} are not in the diff"
        elif all(
            line.startswith(("diff ", "index ", "--- ", "+++ ", "@@")) or line in ("", "+", "-", " ")
            for line in here
        ):
            yield f"{name}: lines {first}-{last} hold no code"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return f'"{flat}"' if len(flat) <= 90 else f'"{flat[:90].rsplit(" ", 1)[0]} …"'
