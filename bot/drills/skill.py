"""How able she is in an area: an Elo rating on the scale of item response theory.

Pelánek 2016, doi 10.1016/j.compedu.2016.03.017. Ability theta and difficulty b are logits: where
they are equal, half of the answer is expected. The step never falls below a floor, because a step
that decays for good cannot follow somebody who improves (Bolsinova 2025). BKT and Glicko carry
more parameters and gain nothing at ten to fifty answers an area.
"""

from __future__ import annotations

import math
from dataclasses import replace

from bot.drills.model import Skill

STEP_DECAY = 0.05
STEP_FLOOR = 0.15
DIFFICULTY_SHARE = 0.5
"""Part of the step by which the drill's difficulty moves the other way."""
SPREAD = 1.2
"""Standard deviation of theta before the first answer, logits; a prior."""
EARLY = 6
"""Graded drills below which an estimate is called an early guess."""
MIDDLE_RATING = 3


def difficulty_logit(difficulty: int) -> float:
    """The logit of an authored difficulty of 1-5: -2 to 2."""
    return float(difficulty - MIDDLE_RATING)


def prior(area: str, rating: int | None) -> Skill:
    """Skill before any drill: a self-rating of 1-5 means -2 to 2, halved as a guess; unrated means 0."""
    return Skill(area, 0.0 if rating is None else (rating - MIDDLE_RATING) / 2)


def probability(theta: float, b: float, guess: float = 0.0) -> float:
    """Expected score 0-1 on a drill of difficulty `b`; `guess` is the chance of a lucky pick (0-1)."""
    return guess + (1 - guess) * _sigmoid(theta - b)


def level_of(skill: Skill) -> float:
    """Expected score 0-1 on a drill of middle difficulty."""
    return probability(skill.theta, 0.0)


def step_size(count: int) -> float:
    """How far one answer moves theta after `count` graded ones, logits per unit of score."""
    return max(STEP_FLOOR, 1 / (1 + STEP_DECAY * count))


def learned(skill: Skill, b: float, score: float) -> tuple[Skill, float]:
    """The skill and the drill's difficulty after an answer that scored 0-1."""
    surprise = step_size(skill.count) * (score - probability(skill.theta, b))
    after = replace(skill, theta=skill.theta + surprise, count=skill.count + 1)
    return after, b - DIFFICULTY_SHARE * surprise


def spread(skill: Skill) -> float:
    """Standard deviation of the ability, logits, about."""
    return SPREAD / math.sqrt(1 + skill.count / 3)


def is_early(skill: Skill) -> bool:
    """Whether the estimate is to be called an early guess."""
    return skill.count < EARLY


def _sigmoid(x: float) -> float:
    if x < 0:
        grown = math.exp(max(x, -700.0))
        return grown / (1 + grown)
    return 1 / (1 + math.exp(-x))
