"""What news, offers, the board and the recap of a circle need from storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.circle.news_model import Added, Notice, Offer, Rhythm, State, Week
from bot.drills.model import Drill


class Notices(Protocol):
    """What people tell and ask in circles."""

    async def add(self, notice: Notice) -> Added:
        """Keep a notice of hers, if neither she nor the circle had enough of them within a day.

        What was told counts, also if it was taken back, or if whoever told it has left since.
        """

    async def notice(self, circle_id: str, notice_id: str) -> Notice | None:
        """One of a circle's; None once its author has left."""

    async def newest_of_hers(self, circle_id: str, kind: str) -> Notice | None:
        """Her newest one that stands."""

    async def standing(self, circle_id: str, *, limit: int, before: str = "") -> Sequence[Notice]:
        """A circle's newest ones that stand, whoever wrote them; only older ones than a notice, if one is named."""

    async def end(self, circle_id: str, notice_id: str, *, taken_back: bool) -> bool:
        """Close one, or take it back with its words; who answered it is forgotten. Whether it was open."""

    async def answer(self, circle_id: str, notice_id: str, *, now: datetime) -> bool:
        """She is in; False if she was before."""

    async def answers(self, circle_id: str, notice_id: str) -> Sequence[str]:
        """Ids of those who are in, the first first."""


class Offers(Protocol):
    """Drills that members offer their circle."""

    async def offer(self, offer: Offer, drill: Drill) -> bool:
        """Offer one of hers, anew after it was declined; False if too many wait there."""

    async def withdraw(self, drill_id: str) -> Sequence[str]:
        """Take one of hers out of every circle; ids of those it was in."""

    async def offered(self, circle_id: str) -> Sequence[Offer]:
        """All of a circle's, the oldest first."""

    async def drill(self, circle_id: str, drill_id: str) -> Drill | None:
        """An offered drill, whole; None if it is not offered there any more."""

    async def approved(self, circle_id: str, drill_id: str) -> Drill | None:
        """The same, of one that is approved: no other may stand in the channel."""

    async def decide(self, circle_id: str, drill_id: str, state: State, *, was: State) -> bool:
        """Let a drill be approved, or left out; False if it is not any more what it was, as somebody else decided."""

    async def pool(self, circle_id: str) -> Sequence[tuple[Drill, str]]:
        """The approved ones, and the author's id where she wants to be named."""


class Rhythms(Protocol):
    """The board: counts that members put there themselves."""

    async def mine(self) -> Sequence[str]:
        """Ids of the circles in which she wants to be on it."""

    async def keep(self, circle_id: str, kept: int, of: int, *, day: date) -> bool:
        """Put her count there; whether it changed."""

    async def forget(self, circle_id: str) -> None:
        """Take her off."""

    async def shown(self, circle_id: str, *, since: date) -> Sequence[Rhythm]:
        """Counts that were made since a day."""


class Recaps(Protocol):
    """What circles did, by week; a week is named by its Monday."""

    async def keep(self, circle_id: str, monday: date, week: Week, thanked: Mapping[str, bool]) -> bool:
        """Keep a week and whom to thank, each by name or not; False if it is kept already."""

    async def week(self, circle_id: str, monday: date) -> Week | None:
        """A week as it was counted."""

    async def since(self, circle_id: str, monday: date) -> Mapping[date, Week]:
        """The weeks that were counted from one on, the oldest first."""

    async def thanked(self, circle_id: str, monday: date) -> Mapping[str, bool]:
        """Ids of those to thank who are still there, and whether by name."""

    async def unname(self, circle_id: str) -> Sequence[date]:
        """Thank her without her name in every week; those in which it stood."""
