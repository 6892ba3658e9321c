"""What one person told of speaking aloud; everything but the time is encrypted, and no transcript is here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.speaking.model import Spoken
from storage.columns import Sealer
from storage.mapping import from_json, to_json
from storage.speaking_rows import SpokenRow
from storage.sql import upsert

_IN_CLEAR = ("id", "at", "day")


class SqlSpeaking:
    """The `Speaking` port on SQL."""

    def __init__(self, session: AsyncSession, person_id: str, sealer: Sealer) -> None:
        self._session, self._person_id, self._sealer = session, person_id, sealer

    async def since(self, first: date) -> Sequence[Spoken]:
        """Everything from that day on, oldest first."""
        rows = await self._session.exec(
            select(SpokenRow)
            .where(SpokenRow.person_id == self._person_id, col(SpokenRow.day) >= first)
            .order_by(col(SpokenRow.at), col(SpokenRow.id))
        )
        return [self._spoken(row) for row in rows]

    async def one(self, spoken_id: str) -> Spoken | None:
        """One of them; None if it is not hers."""
        rows = await self._session.exec(
            select(SpokenRow).where(SpokenRow.person_id == self._person_id, SpokenRow.id == spoken_id)
        )
        row = rows.one_or_none()
        return self._spoken(row) if row else None

    def _spoken(self, row: SpokenRow) -> Spoken:
        told: dict[str, Any] = self._sealer.open(row.sealed)
        return from_json(Spoken, {**told, "id": row.id, "at": row.at, "day": row.day})

    async def keep(self, spoken: Spoken) -> None:
        """Keep one, replacing an earlier version of it."""
        told = {k: v for k, v in to_json(Spoken, spoken).items() if k not in _IN_CLEAR}
        await upsert(
            self._session,
            SpokenRow,
            ["person_id", "id"],
            person_id=self._person_id,
            id=spoken.id,
            day=spoken.day,
            at=spoken.at,
            sealed=self._sealer.seal(told),
        )

    async def remove(self, spoken_id: str) -> None:
        """Forget one; nothing happens if there is none."""
        mine = (col(SpokenRow.person_id) == self._person_id) & (col(SpokenRow.id) == spoken_id)
        await self._session.exec(delete(SpokenRow).where(mine))
