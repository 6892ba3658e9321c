"""A circle's own times, as rows of the schedule under its id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.circle.model import Times
from bot.delivery.model import Occurrence
from bot.delivery.recurrence import UnknownZone, held, last_due, next_due
from storage.rows import ScheduleRow
from storage.sql import upsert
from storage.tick import VERSION

PLATFORM = "circle"
"""What stands in the schedule in a platform's place; no courier serves it."""


async def keep_times(
    session: AsyncSession, circle_id: str, zone: str, times: Sequence[Times], now: datetime
) -> None:
    """Let these be a circle's rows, and no others; one that did not change keeps its next instant.

    Where one is moved to before now, and its day was still to come, it is due now: no day is left out.
    """
    mine = col(ScheduleRow.subject) == circle_id
    known = {row.kind: row for row in await session.exec(select(ScheduleRow).where(mine))}
    for one in times:
        row, minute = known.pop(one.kind, None), one.at.hour * 60 + one.at.minute
        if row and not row.fault and (row.zone, row.minute, row.weekday) == (zone, minute, one.weekday):
            continue
        due, fault = None, ""
        try:
            due = next_due(zone, minute, one.weekday, now).due
            if row and row.next_due_at and not row.fault:
                newest = last_due(zone, minute, one.weekday, now)
                due = newest.due if newest.day >= row.next_due_at.astimezone(held(row.zone)).date() else due
        except UnknownZone:
            fault = "zone"
        told = {"tenant": "", "platform": PLATFORM, "zone": zone, "minute": minute, "weekday": one.weekday}
        await upsert(
            session,
            ScheduleRow,
            ["subject", "kind"],
            subject=circle_id,
            kind=one.kind,
            **told,
            next_due_at=due,
            fault=fault,
            version=VERSION,
        )
    await session.exec(delete(ScheduleRow).where(mine, col(ScheduleRow.kind).in_(list(known))))


async def take(session: AsyncSession, circle_id: str, kind: str, now: datetime) -> Occurrence | None:
    """Move a due row to its next instant: the newest occurrence, None if it is not due or cannot be read."""
    this = (col(ScheduleRow.subject) == circle_id) & (col(ScheduleRow.kind) == kind)
    due = this & (col(ScheduleRow.platform) == PLATFORM) & (col(ScheduleRow.next_due_at) <= now)
    row = (await session.exec(select(ScheduleRow).where(due).with_for_update())).one_or_none()
    if row is None:
        return None
    newest, following, fault = None, None, ""
    try:
        newest = last_due(row.zone, row.minute, row.weekday, now)
        following = next_due(row.zone, row.minute, row.weekday, now).due
    except (UnknownZone, ValueError) as broken:
        newest, fault = None, "zone" if isinstance(broken, UnknownZone) else "time"
    await session.exec(update(ScheduleRow).where(this).values(next_due_at=following, fault=fault))
    return newest
