"""What the speaking room needs from storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.speaking.model import Spoken


class Speaking(Protocol):
    """What one person told of speaking aloud."""

    async def since(self, first: date) -> Sequence[Spoken]:
        """Everything from that day on, oldest first."""

    async def one(self, spoken_id: str) -> Spoken | None:
        """One of them; None if it is not hers."""

    async def keep(self, spoken: Spoken) -> None:
        """Keep one, replacing an earlier version of it."""

    async def remove(self, spoken_id: str) -> None:
        """Forget one; nothing happens if there is none."""
