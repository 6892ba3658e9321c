"""What the drills room needs from storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from bot.drills.model import Card, Result, Sitting, Skill
from bot.drills.tables import Refused, Rows


class Practice(Protocol):
    """Sittings, memory and skill of one person."""

    async def current(self) -> Sitting | None:
        """The newest sitting that is neither done nor skipped; None if there is none."""

    async def sittings(self, since: date) -> Sequence[Sitting]:
        """Sittings from a local day on, oldest first."""

    async def results(self, since: date) -> Sequence[Result]:
        """What sittings from a local day on scored, oldest first; those without a score are left out."""

    async def save_sitting(self, sitting: Sitting) -> None:
        """Keep a sitting, replacing an earlier version of it."""

    async def cards(self) -> Mapping[str, Card]:
        """Memory by drill id."""

    async def save_card(self, card: Card) -> None:
        """Keep a card, replacing an earlier version of it."""

    async def skills(self) -> Mapping[str, Skill]:
        """Skill by area id; areas without practice are missing."""

    async def save_skill(self, skill: Skill) -> None:
        """Keep a skill, replacing an earlier version of it."""

    async def difficulty_shift(self, drill_id: str) -> float:
        """How far answers have moved a drill's difficulty from its authored one, in logits."""

    async def save_difficulty_shift(self, drill_id: str, shift: float) -> None:
        """Keep a drill's shift."""


class Queries(Protocol):
    """Somewhere to run queries of people who are not trusted."""

    async def run(self, database: str, queries: Sequence[str]) -> tuple[Rows | Refused, ...]:
        """What each query returns, in their order, on a fresh database made from a script. Never takes long, never raises."""


class NoQueries:
    """Where queries cannot be run; she judges the result herself."""

    async def run(self, database: str, queries: Sequence[str]) -> tuple[Rows | Refused, ...]:
        """Nothing is run."""
        return (Refused("Queries cannot be run here.", hers=False),) * len(queries)
