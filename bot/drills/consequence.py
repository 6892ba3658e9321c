"""What a score makes of memory and skill: once when a sitting closes, and again if the score turns out lower."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from bot.drills.memory import review
from bot.drills.model import Card, Drill, Rating, Sitting, Skill
from bot.drills.rubric import must_failed, rating
from bot.drills.skill import learned


@dataclass(frozen=True, slots=True)
class Known:
    """What memory and skill are at one moment, and how hard the drill is taken to be."""

    card: Card | None
    """None before a first answer."""
    skill: Skill
    difficulty: float
    """Logits, with what answers have moved it by."""


@dataclass(frozen=True, slots=True)
class Stood:
    """How it stood around a score: enough to make of it what another score would have."""

    before: Known
    after: Known
    retention: float
    """The chance of recall that was aimed at."""
    day: date
    """Her day on which it was scored."""


def rated(
    drill: Drill, sitting: Sitting, met: Collection[str], partly: Collection[str], score: float
) -> Rating:
    """How well it was remembered, if these points were met."""
    return rating(
        score,
        must_failed=must_failed(drill.rubric, met, partly),
        hints=sitting.hints,
        time_ratio=(sitting.minutes or drill.minutes) / drill.minutes,
        seen_solution_first=sitting.seen_solution,
    )


def stands(
    before: Known, drill_id: str, rating: Rating, score: float, *, retention: float, day: date
) -> Stood:
    """How it stands after a score of 0-1, rated on a local day."""
    card = review(before.card, drill_id, rating, day, retention)
    skill, difficulty = learned(before.skill, before.difficulty, score)
    return Stood(before, Known(card, skill, difficulty), retention, day)
