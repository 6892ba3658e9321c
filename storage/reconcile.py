"""Looking after the timetable: next times that new zone data moved, rows that can be read again, people without any."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, tuple_, update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select

from bot.chat.inbound import Sender
from bot.delivery.kinds import SLOTS
from bot.delivery.recurrence import UnknownZone, next_due
from storage.circle_times import PLATFORM
from storage.rows import OutboxRow, PersonRow, ScheduleRow
from storage.sql import one_commit, sessions_on
from storage.tick import VERSION

_TABLE = ScheduleRow.__table__  # type: ignore[attr-defined]
_MENDED = (
    update(_TABLE)
    .where(_TABLE.c.subject == bindparam("at_subject"), _TABLE.c.kind == bindparam("at_kind"))
    .values(next_due_at=bindparam("due"), fault="")
)


class SqlTimetables:
    """The `Timetables` port on SQL."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = sessions_on(engine)

    async def retime(
        self, *, now: datetime, after: tuple[str, str], limit: int
    ) -> tuple[tuple[str, str] | None, int]:
        """Look at rows beyond a subject and kind: where to go on (None at the end), how many were mended."""
        async with one_commit(self._sessions) as session:
            connection = await session.connection()
            found = await connection.execute(
                _TABLE.select()
                .where(tuple_(_TABLE.c.subject, _TABLE.c.kind) > after, _TABLE.c.version <= VERSION)
                .order_by(_TABLE.c.subject, _TABLE.c.kind)
                .limit(limit)
            )
            rows = found.all()
            mended = [due for row in rows if (due := _mended(row, now))]
            if mended:
                await connection.execute(_MENDED, mended)
        last = (rows[-1].subject, rows[-1].kind) if len(rows) == limit else None
        return last, len(mended)

    async def unscheduled(self, *, after: str, limit: int) -> Sequence[tuple[str, Sender]]:
        """People beyond an id who are set up and have no slot at all, as after an upgrade, by id."""
        has_slots = select(ScheduleRow.subject).where(col(ScheduleRow.subject) == col(PersonRow.id)).exists()
        async with one_commit(self._sessions) as session:
            found = await session.exec(
                select(PersonRow)
                .where(col(PersonRow.profile).is_not(None), ~has_slots, col(PersonRow.id) > after)
                .order_by(col(PersonRow.id))
                .limit(limit)
            )
            return [(p.id, Sender(p.platform, p.account, p.tenant)) for p in found]

    async def newer(self) -> int:
        """Rows that only a newer program understands."""
        async with one_commit(self._sessions) as session:
            counts = [
                (await session.exec(select(func.count()).where(col(version) > VERSION))).one()
                for version in (ScheduleRow.version, OutboxRow.version)
            ]
        return sum(counts)


def _mended(row: Row[Any], now: datetime) -> dict[str, Any] | None:
    """The row's right next time, if it differs; a time that has come already is the tick's to handle."""
    waits = row.next_due_at is not None and row.next_due_at > now
    readable = row.fault in ("zone", "kind", "time")
    ours = row.kind in SLOTS or row.platform == PLATFORM
    if not ours or not (waits or readable):
        return None
    try:
        due = next_due(row.zone, row.minute, row.weekday, now).due
    except (UnknownZone, ValueError):
        return None
    if due == row.next_due_at:
        return None
    return {"at_subject": row.subject, "at_kind": row.kind, "due": due}
