"""What the planning room needs from storage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.pace.model import Break
from bot.plan.model import Booked, Company


class Agenda(Protocol):
    """Interviews, breaks, companies and milestones of one person."""

    async def booked(self) -> Sequence[Booked]:
        """All interviews, past ones included, by day."""

    async def book(self, interview: Booked) -> None:
        """Add an interview."""

    async def unbook(self, interview_id: str) -> None:
        """Take an interview out; nothing happens if it is gone already."""

    async def breaks(self) -> Sequence[Break]:
        """All planned breaks, by first day."""

    async def save_breaks(self, breaks: Sequence[Break]) -> None:
        """Replace all planned breaks."""

    async def companies(self) -> Sequence[Company]:
        """All companies aimed at, by name."""

    async def save_company(self, company: Company) -> None:
        """Add a company or change its stakes."""

    async def remove_company(self, name: str) -> None:
        """Take a company out; nothing happens if it is gone already."""

    async def reached(self) -> frozenset[str]:
        """Ids of the milestones that are done."""

    async def reach(self, milestone_id: str) -> None:
        """Mark a milestone as done."""
