"""The `Rhythms` and `Recaps` ports on SQL: the board, and what circles did by week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.circle.news_model import Rhythm, Week
from storage.circle_news_rows import CircleRecapRow, CircleRhythmRow, CircleThanksRow
from storage.circle_rows import CircleMemberRow
from storage.columns import Sealer
from storage.mapping import from_json, to_json
from storage.sql import insert_new, upsert

BOARD = "board"
"""What a member opted in to who wants to be on it."""


class SqlRhythms:
    """The board: counts that members put there themselves."""

    def __init__(self, session: AsyncSession, sealer: Sealer, me: str) -> None:
        self._session, self._sealer, self._me = session, sealer, me

    async def mine(self) -> Sequence[str]:
        """Ids of the circles in which she wants to be on it."""
        row = CircleMemberRow
        found = await self._session.exec(
            select(col(row.circle_id), col(row.opted)).where(row.person_id == self._me, row.opted != "")
        )
        return sorted(circle_id for circle_id, opted in found if BOARD in opted.split(","))

    async def keep(self, circle_id: str, kept: int, of: int, *, day: date) -> bool:
        """Put her count there; whether it changed."""
        before = await self._session.exec(select(CircleRhythmRow.sealed).where(*self._hers(circle_id)))
        was = self._sealer.open(sealed) if (sealed := before.one_or_none()) else None
        told = {"kept": kept, "of": of}
        keys = {"circle_id": circle_id, "person_id": self._me}
        await upsert(
            self._session, CircleRhythmRow, list(keys), **keys, day=day, sealed=self._sealer.seal(told)
        )
        return bool(was != told)

    async def forget(self, circle_id: str) -> None:
        """Take her off."""
        row = CircleRhythmRow
        hers = (col(row.circle_id) == circle_id) & (col(row.person_id) == self._me)
        await self._session.exec(delete(row).where(hers))

    def _hers(self, circle_id: str) -> tuple[bool, bool]:
        return CircleRhythmRow.circle_id == circle_id, CircleRhythmRow.person_id == self._me

    async def shown(self, circle_id: str, *, since: date) -> Sequence[Rhythm]:
        """Counts that were made since a day."""
        row = CircleRhythmRow
        found = await self._session.exec(
            select(col(row.person_id), col(row.sealed)).where(row.circle_id == circle_id, row.day >= since)
        )
        return [Rhythm(person_id, **self._sealer.open(sealed)) for person_id, sealed in found]


class SqlRecaps:
    """What circles did, by week; a week is named by its Monday."""

    def __init__(self, session: AsyncSession, sealer: Sealer, me: str) -> None:
        self._session, self._sealer, self._me = session, sealer, me

    async def keep(self, circle_id: str, monday: date, week: Week, thanked: Mapping[str, bool]) -> bool:
        """Keep a week and whom to thank, each by name or not; False if it is kept already."""
        keys = {"circle_id": circle_id, "week": monday}
        sealed = self._sealer.seal(to_json(Week, week))
        if not await insert_new(self._session, CircleRecapRow, list(keys), **keys, sealed=sealed):
            return False
        for person_id, named in thanked.items():
            one = {**keys, "person_id": person_id}
            await insert_new(self._session, CircleThanksRow, list(one), **one, named=named)
        return True

    async def week(self, circle_id: str, monday: date) -> Week | None:
        """A week as it was counted."""
        row = CircleRecapRow
        found = await self._session.exec(
            select(row.sealed).where(row.circle_id == circle_id, row.week == monday)
        )
        sealed = found.one_or_none()
        return from_json(Week, self._sealer.open(sealed)) if sealed else None

    async def since(self, circle_id: str, monday: date) -> Mapping[date, Week]:
        """The weeks that were counted from one on, the oldest first."""
        row = CircleRecapRow
        found = await self._session.exec(
            select(col(row.week), col(row.sealed))
            .where(row.circle_id == circle_id, col(row.week) >= monday)
            .order_by(col(row.week))
        )
        return {week: from_json(Week, self._sealer.open(sealed)) for week, sealed in found}

    async def thanked(self, circle_id: str, monday: date) -> Mapping[str, bool]:
        """Ids of those to thank who are still there, and whether by name."""
        row = CircleThanksRow
        found = await self._session.exec(
            select(col(row.person_id), col(row.named))
            .where(row.circle_id == circle_id, row.week == monday)
            .order_by(col(row.person_id))
        )
        return dict(found.all())

    async def unname(self, circle_id: str) -> Sequence[date]:
        """Thank her without her name in every week; those in which it stood."""
        row = CircleThanksRow
        hers = (col(row.circle_id) == circle_id) & (col(row.person_id) == self._me) & col(row.named).is_(True)
        weeks = (await self._session.exec(select(col(row.week)).where(hers))).all()
        await self._session.exec(update(row).where(hers).values(named=False))
        return weeks
