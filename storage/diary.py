"""Days and pacing states of one person, encrypted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.pace.model import PaceState
from bot.pace.ports import DayEntry
from storage.columns import Sealer
from storage.mapping import from_json, to_json
from storage.rows import DayRow, PaceStateRow
from storage.sql import upsert


class SqlDiary:
    """The `Diary` port on SQL."""

    def __init__(
        self, session: AsyncSession, person_id: str, sealer: Sealer, state: PaceStateRow | None
    ) -> None:
        self._session, self._person_id, self._sealer = session, person_id, sealer
        self._state = from_json(PaceState, sealer.open(state.sealed)) if state else None
        self._seen: dict[date, DayEntry] = {}
        """Days already read or written in this transaction: a turn asks for today several times."""

    async def day(self, day: date) -> DayEntry:
        """The entry of a day; an empty one if nothing is known."""
        if day not in self._seen:
            self._seen[day] = (await self._read(day, day)).get(day, DayEntry(day))
        return self._seen[day]

    async def days(self, first: date, last: date) -> Mapping[date, DayEntry]:
        """The entries between two days, both included; days of which nothing is known are missing."""
        if first == last and first in self._seen:
            known = self._seen[first]
            return {first: known} if known != DayEntry(first) else {}
        return await self._read(first, last)

    async def _read(self, first: date, last: date) -> dict[date, DayEntry]:
        rows = await self._session.exec(
            select(DayRow)
            .where(DayRow.person_id == self._person_id, col(DayRow.day) >= first, col(DayRow.day) <= last)
            .order_by(col(DayRow.day))
        )
        return {row.day: from_json(DayEntry, self._sealer.open(row.sealed)) for row in rows}

    async def save_day(self, entry: DayEntry) -> None:
        """Keep a day's entry, replacing an earlier one."""
        sealed = self._sealer.seal(to_json(DayEntry, entry))
        mine = {"person_id": self._person_id, "day": entry.day, "sealed": sealed}
        await upsert(self._session, DayRow, ["person_id", "day"], **mine)
        self._seen[entry.day] = entry

    async def state(self) -> PaceState | None:
        """The newest remembered state, at the dawn of its `today`; None if there is none."""
        return self._state

    async def save_state(self, state: PaceState) -> None:
        """Remember a state, replacing an earlier one."""
        sealed = self._sealer.seal(to_json(PaceState, state))
        await upsert(self._session, PaceStateRow, ["person_id"], person_id=self._person_id, sealed=sealed)
        self._state = state

    async def forget_state(self) -> None:
        """Forget the state, because a day before it has changed; it is built anew from the entries."""
        await self._session.exec(delete(PaceStateRow).where(col(PaceStateRow.person_id) == self._person_id))
        self._state = None
