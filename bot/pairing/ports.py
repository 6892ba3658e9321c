"""What pairing needs from storage, inside one transaction: wishes, meetings, and ways to reach two people."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.chat.inbound import Sender
from bot.pairing.arranged import Arranged, Asked
from bot.pairing.model import Earlier, Person


class Pairs(Protocol):
    """Pairs of all circles. Nothing of it is shown to anybody but the two it is about."""

    async def hold(self, circle_id: str) -> None:
        """Let nobody else change this circle's pairs until the commit."""

    async def asked(self, circle_id: str, person: Person) -> Asked | None:
        """Her newest word; None if she never said any."""

    async def all_asked(self, circle_id: str) -> Sequence[Asked]:
        """Everybody's newest word, in order of their ids."""

    async def keep_asked(self, circle_id: str, asked: Asked) -> None:
        """Keep it, replacing an earlier one."""

    async def meeting(self, meeting_id: str) -> Arranged | None:
        """A meeting by its id; None if there is none any more."""

    async def meetings(self, circle_id: str, *, since: date) -> Sequence[Arranged]:
        """Those of weeks from a Monday on, in the order in which they were arranged."""

    async def earlier(self, circle_id: str, *, since: date) -> Sequence[Earlier]:
        """Who was put together with whom, also where it fell through, from the week of a Monday on."""

    async def keep_meeting(self, meeting: Arranged) -> None:
        """Keep it with its seats, replacing an earlier version of it. A seat that is gone stays gone."""

    async def forget(self, circle_id: str, *, before: date) -> None:
        """Delete meetings of weeks before a Monday."""

    async def seen(self, people: Collection[Person]) -> frozenset[str]:
        """Drills that any of these did or had open, without saying who."""

    async def addresses(self, people: Collection[Person]) -> Mapping[Person, Sequence[Sender]]:
        """Their accounts; the one that letters go to before the others."""

    async def remind(
        self, person: Person, kind: str, *, about: str, at: datetime, now: datetime, expires: datetime
    ) -> None:
        """Let a letter of this kind come due to her at an instant, once for what it is about; it is written then."""
