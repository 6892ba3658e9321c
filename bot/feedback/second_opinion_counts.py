"""What a second opinion changes: where it is clearly lower, the sitting counts as that, and so do memory and skill.

Never the other way: a model that was talked round could raise a score, but lowering one's own helps nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.drills.consequence import Known, Stood, rated, stands
from bot.drills.model import Drill, Sitting
from bot.drills.rubric import ids, marks
from bot.feedback.model import Finding, Verdict
from bot.feedback.second_opinion import Weighed, merged


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts from now on."""

    sitting: Sitting
    was: Known | None = None
    becomes: Known | None = None
    """Memory and skill, made anew from what they were before the sitting; None where they stay as they are."""


def counted(
    drill: Drill,
    sitting: Sitting,
    model: Sequence[Finding],
    weighed: Weighed,
    stood: Stood | None,
    now: Known,
) -> Counted | None:
    """What the lower grading changes; None if that of the rules stands.

    Memory and skill are made anew only if they are `now` what the rules made of them: what came after rests on them.
    """
    if not weighed.unsure or weighed.model >= weighed.rules:
        return None
    found = merged(sitting.findings, model)
    met, partly = ids(found, Verdict.MET), ids(found, Verdict.PARTLY)
    rating = rated(drill, sitting, met, partly, weighed.model)
    lower = replace(sitting, score=weighed.model, rating=rating, met=marks(met, partly))
    if stood is None or (now.card, now.skill) != (stood.after.card, stood.after.skill):
        return Counted(lower)
    becomes = stands(
        stood.before, drill.id, rating, weighed.model, retention=stood.retention, day=stood.day
    ).after
    return Counted(lower, stood.after, becomes)
