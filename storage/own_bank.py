"""The drills that one person brought, encrypted: in short, so that choosing opens little, and whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.drills.model import Drill, Listed
from bot.own_bank.model import Brought, Entry
from storage.columns import Sealer
from storage.mapping import from_json, to_json
from storage.rows import CardRow, OwnDrillRow

_IN_SHORT = tuple(Listed.__dataclass_fields__)


@cache
def drills() -> TypeAdapter[Drill]:
    """Between a drill and what is kept of it."""
    # A drill names its scenes only for the type checker, since they name the drill's own parts.
    from bot.drills.scenes import Scene

    adapter = TypeAdapter(Drill)
    adapter.rebuild(_types_namespace={"Scene": Scene})
    return adapter


class SqlOwnBank:
    """The `OwnBank` port on SQL."""

    def __init__(self, session: AsyncSession, person_id: str, sealer: Sealer) -> None:
        self._session, self._person_id, self._sealer = session, person_id, sealer
        self._read: Sequence[Entry] | None = None
        """What this transaction read, as several rooms ask for it in one turn."""

    async def listed(self) -> Sequence[Listed]:
        """All of them in short, the oldest first."""
        return [entry.drill for entry in await self.entries()]

    async def entries(self) -> Sequence[Entry]:
        """All of them with what she knows them by, the oldest first."""
        if self._read is None:
            self._read = await self._all()
        return self._read

    async def _all(self) -> Sequence[Entry]:
        row = OwnDrillRow
        rows = await self._session.exec(
            select(col(row.brief), col(row.added), col(row.shared))
            .where(row.person_id == self._person_id)
            .order_by(col(row.place))
        )
        return [self._entry(*found) for found in rows]

    def _entry(self, brief: str, added: date, shared: bool) -> Entry:
        opened = self._sealer.open(brief)
        return Entry(opened["name"], from_json(Listed, opened["drill"]), added, shared)

    async def drill(self, drill_id: str) -> Drill | None:
        """One of them, whole; None if it is not hers."""
        rows = await self._session.exec(select(OwnDrillRow.sealed).where(self._is(drill_id)))
        sealed = rows.one_or_none()
        return drills().validate_python(self._sealer.open(sealed)["drill"]) if sealed else None

    def _is(self, drill_id: str) -> Any:
        return (col(OwnDrillRow.person_id) == self._person_id) & (col(OwnDrillRow.drill_id) == drill_id)

    async def add(self, brought: Sequence[Brought], day: date) -> None:
        """Put drills behind those that are there."""
        self._read = None
        rows = await self._session.exec(
            select(func.max(OwnDrillRow.place)).where(OwnDrillRow.person_id == self._person_id)
        )
        last = rows.one_or_none() or 0
        for place, each in enumerate(brought, last + 1):
            whole = drills().dump_python(each.drill, mode="json")
            short = to_json(Listed, Listed(**{name: getattr(each.drill, name) for name in _IN_SHORT}))
            self._session.add(
                OwnDrillRow(
                    person_id=self._person_id,
                    drill_id=each.drill.id,
                    place=place,
                    added=day,
                    brief=self._sealer.seal({"name": each.name, "drill": short}),
                    sealed=self._sealer.seal({"name": each.name, "drill": whole}),
                )
            )
        await self._session.flush()

    async def share(self, drill_id: str, shared: bool) -> None:
        """Offer one to her group, or take the offer back."""
        self._read = None
        await self._session.exec(
            update(OwnDrillRow)
            .where(self._is(drill_id))
            .values(shared=shared)
            .execution_options(synchronize_session=False)
        )

    async def remove(self, drill_id: str) -> None:
        """Take one out, with its card. What she wrote on it stays."""
        self._read = None
        await self._session.exec(delete(OwnDrillRow).where(self._is(drill_id)))
        card = (col(CardRow.person_id) == self._person_id) & (col(CardRow.drill_id) == drill_id)
        await self._session.exec(delete(CardRow).where(card))
