"""What pairing needs from storage, inside one transaction: wishes, meetings, and ways to reach two people."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.chat.inbound import Sender
from bot.pairing.arranged import Arranged, Asked
from bot.pairing.model import Earlier, Engagement, Person


class Pairs(Protocol):
    """Pairs of all circles. Nothing of it is shown to anybody but the two it is about."""

    async def hold(self, circle_id: str) -> None:
        """Let nobody else change this circle's pairs until the commit."""

    async def all_asked(self, circle_id: str) -> Sequence[Asked]:
        """Every word that is kept, in order of people's ids and of weeks."""

    async def keep_asked(self, circle_id: str, asked: Sequence[Asked]) -> None:
        """Keep these, each in the place of what she said about that week before."""

    async def keep_count(self, circle_id: str, week: date, people: int) -> None:
        """How many were put together for a week; what was kept first stays."""

    async def count(self, circle_id: str, week: date) -> int | None:
        """How many were put together for a week; None where that was not kept."""

    async def meeting(self, meeting_id: str) -> Arranged | None:
        """A meeting by its id; None if there is none any more."""

    async def meetings(self, circle_id: str, *, since: date) -> Sequence[Arranged]:
        """Those of weeks from a Monday on, in the order in which they were arranged."""

    async def earlier(self, circle_id: str, *, since: date) -> Sequence[Earlier]:
        """Who was put together with whom, also where it fell through, from the week of a Monday on."""

    async def keep_meeting(self, meeting: Arranged) -> None:
        """Keep it with its seats, replacing an earlier version of it. A seat that is gone stays gone."""

    async def keep_meetings(self, meetings: Sequence[Arranged]) -> None:
        """Keep these with their seats, as `keep_meeting` does, in few statements."""

    async def engaged(
        self, people: Collection[Person], *, since: datetime
    ) -> Mapping[Person, Sequence[Engagement]]:
        """When each of these meets somebody in any circle, as agreed, if it ends after an instant."""

    async def forget(self, circle_id: str, *, before: date) -> None:
        """Delete meetings and counts of weeks before a Monday."""

    async def forget_asked(self, circle_id: str, *, before: date) -> None:
        """Delete words on weeks before a Monday, but for everybody's newest one."""

    async def seen(self, people: Collection[Person]) -> frozenset[str]:
        """Drills that any of these did or had open, without saying who."""

    async def addresses(self, people: Collection[Person]) -> Mapping[Person, Sequence[Sender]]:
        """Their accounts; the one that letters go to before the others."""

    async def zones(self, people: Collection[Person]) -> Mapping[Person, str]:
        """The zone that each of them lives in now; nobody who has not set up."""

    async def remind(
        self,
        circle_id: str,
        person: Person,
        kind: str,
        *,
        about: str,
        at: datetime,
        now: datetime,
        expires: datetime,
    ) -> None:
        """Let a letter of this kind come due to a member at an instant, once for what it is about; it is written then."""

    async def take_back(self, meeting_id: str, people: Collection[Person], *, now: datetime) -> None:
        """Nothing about a meeting that waits to be sent to these is sent any more."""
