"""The timetable and the waiting letters of one person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat.message import Message
from bot.delivery.model import Letter, Slot, State
from bot.delivery.ports import LostLease
from bot.delivery.recurrence import UnknownZone, next_due
from storage.columns import Sealer
from storage.mapping import to_json
from storage.rows import OutboxRow, PersonRow, ScheduleRow
from storage.sql import upsert


class SqlTimetable:
    """The `Timetable` port on SQL."""

    def __init__(self, session: AsyncSession, person: PersonRow, sealer: Sealer) -> None:
        self._session, self._person, self._sealer = session, person, sealer

    async def keep(self, slots: Sequence[Slot], *, now: datetime, away: bool) -> None:
        """Let these be her slots, and no others; while she is away nothing is due."""
        mine = col(ScheduleRow.subject) == self._person.id
        known = {row.kind: row for row in await self._session.exec(select(ScheduleRow).where(mine))}
        for slot in slots:
            row = known.pop(slot.kind, None)
            if away or row is None or row.fault or row.next_due_at is None or _slot(row) != slot:
                await self._put(slot, now, away=away)
        await self._session.exec(delete(ScheduleRow).where(mine, col(ScheduleRow.kind).in_(list(known))))
        await self._cancel(None if away else list(known), now, "away" if away else "unwanted")
        if self._person.unreachable:
            own = col(PersonRow.id) == self._person.id
            await self._session.exec(update(PersonRow).where(own).values(unreachable=False))

    async def _put(self, slot: Slot, now: datetime, *, away: bool) -> None:
        fault, due = "", None
        try:
            due = next_due(slot.zone, slot.minute, slot.weekday, now).due
        except UnknownZone:
            fault = "zone"
        await upsert(
            self._session,
            ScheduleRow,
            ["subject", "kind"],
            subject=self._person.id,
            kind=slot.kind,
            tenant=self._person.tenant,
            platform=self._person.platform,
            zone=slot.zone,
            minute=slot.minute,
            weekday=slot.weekday,
            next_due_at=None if away else due,
            fault=fault,
            version=1,
        )

    async def _cancel(self, kinds: Sequence[str] | None, now: datetime, why: str) -> None:
        """Cancel letters that wait: of these kinds, or all of them."""
        waiting = (col(OutboxRow.subject) == self._person.id) & (col(OutboxRow.state) == State.READY.value)
        if kinds is not None:
            if not kinds:
                return
            waiting &= col(OutboxRow.kind).in_(kinds)
        gone = {"state": State.CANCELLED.value, "why": why, "settled_at": now, "sealed": None}
        await self._session.exec(update(OutboxRow).where(waiting).values(**gone))

    async def compose(
        self, letter: Letter, message: Message, *, said: str, name: str, expires: datetime
    ) -> None:
        """Keep what a claimed letter says, encrypted. Raises LostLease if the claim is another's by now."""
        claim = (
            (col(OutboxRow.dedup_key) == letter.key)
            & (col(OutboxRow.claims) == letter.claims)
            & (col(OutboxRow.state) == letter.state.value)
        )
        sealed = self._sealer.seal(to_json(Message, message))
        written = await self._session.exec(
            update(OutboxRow).where(claim).values(sealed=sealed, said=said, name=name, expires_at=expires)
        )
        if written.rowcount == 0:
            raise LostLease


def _slot(row: ScheduleRow) -> Slot:
    return Slot(row.kind, row.zone, row.minute, row.weekday)
