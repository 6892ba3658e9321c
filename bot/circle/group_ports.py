"""What the drill of the day and the pulse need from storage. Of an answer the circle reads what its writer shares."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.circle.group_model import GroupAnswer, GroupDrill, Shared
from bot.circle.pulse import Pulse


class GroupDrills(Protocol):
    """The drills of circles' days, inside one transaction."""

    async def had(self, circle_id: str) -> Sequence[str]:
        """Ids of all drills it had, the oldest first."""

    async def begin(self, circle_id: str, given: GroupDrill) -> bool:
        """Let it be the drill of its day; False if the day has one."""

    async def drill(self, circle_id: str, day: date) -> GroupDrill | None:
        """The drill of a day."""

    async def between(self, circle_id: str, first: date, last: date) -> Sequence[GroupDrill]:
        """Those of some days, both included."""

    async def unrevealed(self, circle_id: str) -> Sequence[GroupDrill]:
        """Those whose reveal has not come, the oldest first."""

    async def reveal(self, circle_id: str, day: date) -> None:
        """Its reveal has come."""

    async def count(self, circle_id: str, day: date) -> int:
        """How many people answered before the reveal."""

    async def shared(self, circle_id: str, day: date) -> Sequence[Shared]:
        """What people let the circle see."""

    async def hold(self, circle_id: str) -> None:
        """Let nobody else change the circle until this transaction ends: what is read from here on stays true."""

    async def mine(self, circle_id: str, day: date, *, late: bool) -> GroupAnswer | None:
        """Her own answer from before the reveal, or the one that came after it."""

    async def keep(self, circle_id: str, day: date, answer: GroupAnswer) -> None:
        """Keep her answer; of each sort it replaces the one before."""


class Pulses(Protocol):
    """The pulse of circles, inside one transaction. What it is made of never passes here."""

    async def since(self, circle_id: str) -> date | None:
        """The day since which she takes part; None if she does not."""

    async def opt(self, circle_id: str, since: date | None) -> None:
        """Let her take part from a day on, or no more; a day that is kept already stays."""

    async def kept(self, circle_id: str, monday: date) -> Pulse | None:
        """What was said of the week that began then; None if it was not weighed."""

    async def weigh(self, circle_id: str, monday: date, *, today: date) -> Pulse:
        """What is said of that week: drawn and kept now, by the system's own chance, or as it was drawn before."""
