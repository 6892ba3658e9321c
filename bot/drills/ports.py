"""What the drills room needs from storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from bot.drills.model import Card, Sitting, Skill


class Practice(Protocol):
    """Sittings, memory and skill of one person."""

    async def current(self) -> Sitting | None:
        """The newest sitting that is neither done nor skipped; None if there is none."""

    async def sittings(self, since: date) -> Sequence[Sitting]:
        """Sittings from a local day on, oldest first."""

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
