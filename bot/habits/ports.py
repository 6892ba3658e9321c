"""What the habits room needs from storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from bot.habits.model import Kept


class Habits(Protocol):
    """The habits of one person."""

    async def chosen(self) -> Mapping[str, date]:
        """Those she works on by id, with the day on which she took each up; oldest first."""

    async def take_up(self, habit: str, since: date) -> None:
        """Work on a habit; nothing happens if she does already."""

    async def let_go(self, habit: str) -> None:
        """Work on it no more; the days on which it was kept stay."""

    async def kept(self, first: date, last: date) -> Sequence[Kept]:
        """The days between two, both included, on which habits were kept, oldest first."""

    async def keep(self, kept: Kept) -> None:
        """Keep a day, replacing an earlier version of it."""

    async def take_back(self, habit: str, day: date) -> None:
        """Forget that a habit was kept on a day."""
