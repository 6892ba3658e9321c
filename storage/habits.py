"""Habits of one person; what she noted is encrypted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.habits.model import Kept
from storage.columns import Sealer
from storage.rows import HabitDayRow, HabitRow
from storage.sql import insert_new, upsert


class SqlHabits:
    """The `Habits` port on SQL."""

    def __init__(self, session: AsyncSession, person_id: str, sealer: Sealer) -> None:
        self._session, self._person_id, self._sealer = session, person_id, sealer

    async def chosen(self) -> Mapping[str, date]:
        """Those she works on by id, with the day on which she took each up; oldest first."""
        rows = await self._session.exec(
            select(HabitRow)
            .where(HabitRow.person_id == self._person_id)
            .order_by(col(HabitRow.since), col(HabitRow.habit))
        )
        return {row.habit: row.since for row in rows}

    async def take_up(self, habit: str, since: date) -> None:
        """Work on a habit; nothing happens if she does already."""
        mine = {"person_id": self._person_id, "habit": habit, "since": since}
        await insert_new(self._session, HabitRow, ["person_id", "habit"], **mine)

    async def let_go(self, habit: str) -> None:
        """Work on it no more; the days on which it was kept stay."""
        mine = (col(HabitRow.person_id) == self._person_id) & (col(HabitRow.habit) == habit)
        await self._session.exec(delete(HabitRow).where(mine))

    async def kept(self, first: date, last: date) -> Sequence[Kept]:
        """The days between two, both included, on which habits were kept, oldest first."""
        day = col(HabitDayRow.day)
        rows = await self._session.exec(
            select(HabitDayRow)
            .where(HabitDayRow.person_id == self._person_id, day >= first, day <= last)
            .order_by(day, col(HabitDayRow.habit))
        )
        return [Kept(r.habit, r.day, self._sealer.open(r.sealed)["note"]) for r in rows]

    async def keep(self, kept: Kept) -> None:
        """Keep a day, replacing an earlier version of it."""
        await upsert(
            self._session,
            HabitDayRow,
            ["person_id", "habit", "day"],
            person_id=self._person_id,
            habit=kept.habit,
            day=kept.day,
            sealed=self._sealer.seal({"note": kept.note}),
        )

    async def take_back(self, habit: str, day: date) -> None:
        """Forget that a habit was kept on a day."""
        row = HabitDayRow
        mine = (col(row.person_id) == self._person_id) & (col(row.habit) == habit) & (col(row.day) == day)
        await self._session.exec(delete(HabitDayRow).where(mine))
