"""Habits that show in what was done in drills: noticed, and offered to her; never counted without her."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.drills.formats import Format
from bot.drills.model import Listed, Sitting, Stage
from bot.drills.rubric import FAILED
from bot.feedback.closing import closing

JUDGED = (Stage.EFFORT, Stage.DONE)


def noticed(sittings: Sequence[Sitting], drills: Mapping[str, Listed]) -> dict[str, str]:
    """By habit id, what was seen in these sittings, as the end of a sentence that begins with "you"."""
    found: dict[str, str] = {}
    for sitting in sittings:
        drill = drills.get(sitting.drill_id)
        if drill is None or sitting.stage not in JUDGED:
            continue
        found |= _asked_first(drill, sitting) | _turned(drill, sitting) | _recalled(drill, sitting)
        if closing(sitting.answer).summary:
            found["summary"] = "closed with a summary"
    return found


def _asked_first(drill: Listed, sitting: Sitting) -> dict[str, str]:
    if drill.format is not Format.CLARIFY:
        return {}
    late = sitting.progress.notes.get("late", "").split()
    early = [fact for fact in sitting.progress.seen if fact not in late]
    things = "one thing" if len(early) == 1 else f"{len(early)} things"
    return {"clarify": f"asked for {things} before building"} if early else {}


def _turned(drill: Listed, sitting: Sitting) -> dict[str, str]:
    turned = drill.format is Format.REDIRECT and "turned" in sitting.progress.notes
    return {"hints": "turned when the interviewer pointed elsewhere"} if turned else {}


def _recalled(drill: Listed, sitting: Sitting) -> dict[str, str]:
    alone = drill.format is Format.CARD and not sitting.hints and (sitting.score or 0.0) >= FAILED
    return {"basics": "recalled a card without a hint"} if alone else {}
