"""How ready she is for her role, and which company to talk to first.

Thresholds are priors of this project. The best companies come last, so that early interviews are
practice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from bot.plan.model import Company, CompanyAdvice
from bot.plan.topics import UNKNOWN_SKILL
from bot.profile.model import Profile
from bot.profile.tracks import Track

GATES: Mapping[int, float] = {1: 0.45, 2: 0.60, 3: 0.70}
"""Readiness that each stake asks: 1 practice, 2 good, 3 dream."""
STAKES: Mapping[int, str] = {1: "a practice company", 2: "a good company", 3: "a dream company"}


def rated_skill(rating: int) -> float:
    """The chance of passing that a self-rating of 1-5 stands for: ability -2 to 2, halved as a guess."""
    return 1 / (1 + math.exp(-(rating - 3) / 2))


def estimates(profile: Profile, skills: Mapping[str, float]) -> dict[str, float]:
    """Skill 0-1 by area of the role: measured, else from her self-rating, else half."""
    rated = {a: rated_skill(r) for a, r in profile.ratings.items()}
    return {a: skills.get(a, rated.get(a, UNKNOWN_SKILL)) for a in profile.track.weights} | dict(skills)


def readiness(track: Track, skills: Mapping[str, float]) -> float:
    """Mean skill over the role's areas by weight, 0-1; unknown areas count as half."""
    weighed = sum(w * skills.get(a, UNKNOWN_SKILL) for a, w in track.weights.items())
    return weighed / sum(track.weights.values())


def ready_for(stakes: int, ready: float) -> bool:
    """Whether this readiness is enough for a company of these stakes."""
    return ready >= GATES[stakes] - 1e-9


def company_order(companies: Iterable[Company], ready: float) -> tuple[CompanyAdvice, ...]:
    """Companies with the lowest stakes first, then by name, each with go or wait and the reason."""
    ordered = sorted(companies, key=lambda c: (c.stakes, c.name.casefold(), c.name))
    return tuple(CompanyAdvice(c, ready_for(c.stakes, ready), _why(c, ready)) for c in ordered)


def _why(company: Company, ready: float) -> str:
    percent, asked = int(ready * 100 + 1e-6), round(GATES[company.stakes] * 100)
    what = STAKES[company.stakes]
    if ready_for(company.stakes, ready):
        return f"Go: you are at about {percent} percent, and {what} asks for about {asked}."
    if company.stakes == 1:
        return (
            f"Wait a little: you are at about {percent} percent, and from {asked} on a call is good practice."
        )
    return (
        f"Wait a while: you are at about {percent} percent, and {what} asks for about {asked}. "
        "The companies above are practice for this one."
    )
