"""What the own bank needs from storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.drills.model import Drill, Listed
from bot.own_bank.model import Brought, Entry


class OwnBank(Protocol):
    """The drills that one person brought; nobody else's are ever in it."""

    async def listed(self) -> Sequence[Listed]:
        """All of them in short, the oldest first."""

    async def entries(self) -> Sequence[Entry]:
        """All of them with what she knows them by, the oldest first."""

    async def drill(self, drill_id: str) -> Drill | None:
        """One of them, whole; None if it is not hers."""

    async def add(self, brought: Sequence[Brought], day: date) -> None:
        """Put drills behind those that are there."""

    async def share(self, drill_id: str, shared: bool) -> None:
        """Offer one to her group, or take the offer back."""

    async def remove(self, drill_id: str) -> None:
        """Take one out. What she wrote on it stays."""
