"""One tick: due slots are claimed, moved to their next time, and their letters written, all in one commit."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.delivery.kinds import MESSAGES, SLOTS, dedup_key, expiry
from bot.delivery.model import Occurrence, State, Ticked
from bot.delivery.recurrence import UnknownZone, last_due, next_due, spread
from storage.rows import OutboxRow, ScheduleRow
from storage.sql import insert_many_new, update_many

VERSION = 1
"""The newest rows this program understands; newer ones are left to newer programs."""

_COLUMNS = (
    col(ScheduleRow.subject),
    col(ScheduleRow.kind),
    col(ScheduleRow.tenant),
    col(ScheduleRow.platform),
    col(ScheduleRow.zone),
    col(ScheduleRow.minute),
    col(ScheduleRow.weekday),
    col(ScheduleRow.next_due_at),
)


@dataclass
class _Found:
    """What a batch of due slots comes to."""

    moved: list[dict[str, Any]] = field(default_factory=list)
    letters: list[dict[str, Any]] = field(default_factory=list)
    parked: list[str] = field(default_factory=list)
    missed: int = 0


async def tick(
    session: AsyncSession, *, now: datetime, platforms: Set[str], limit: int, window: timedelta
) -> Ticked:
    """One batch; see `Outbox.tick`."""
    due = (
        select(*_COLUMNS)  # type: ignore[call-overload]
        .where(
            col(ScheduleRow.platform).in_(sorted(platforms)),
            col(ScheduleRow.next_due_at) <= now,
            col(ScheduleRow.version) <= VERSION,
        )
        .order_by(col(ScheduleRow.next_due_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = (await session.exec(due)).all()
    if not rows:
        return Ticked()
    found = _Found()
    for row in rows:
        _advance(found, row, now, window)
    await _write(session, found)
    return Ticked(len(rows), len(found.letters), found.missed, tuple(found.parked))


def _advance(found: _Found, row: Row[Any], now: datetime, window: timedelta) -> None:
    move = {"next_due_at": None, "fault": "", "subject": row.subject, "kind": row.kind}
    found.moved.append(move)
    try:
        slot = SLOTS[row.kind]
        newest = last_due(row.zone, row.minute, row.weekday, now)
        move["next_due_at"] = next_due(row.zone, row.minute, row.weekday, now).due
    except (KeyError, UnknownZone, ValueError) as broken:
        move["fault"] = next(name for kind, name in _FAULTS.items() if isinstance(broken, kind))
        found.parked.append(move["fault"])
        return
    span = timedelta(weeks=1) if row.weekday is not None else timedelta(days=1)
    found.missed += max(0, round((newest.due - row.next_due_at) / span))
    found.letters.append(_letter(row, newest, expiry(MESSAGES[slot.usual], newest, row.zone), now, window))


_FAULTS: dict[type[Exception], str] = {KeyError: "kind", UnknownZone: "zone", ValueError: "time"}


def _letter(
    row: Row[Any], newest: Occurrence, expires: datetime, now: datetime, window: timedelta
) -> dict[str, Any]:
    key = dedup_key(row.tenant, row.subject, row.kind, newest)
    late = now >= expires
    return {
        "dedup_key": key,
        "tenant": row.tenant,
        "subject": row.subject,
        "platform": row.platform,
        "kind": row.kind,
        "day": newest.day,
        "due_at": newest.due,
        "not_before": newest.due + spread(key, window) if window else newest.due,
        "expires_at": expires,
        "state": State.EXPIRED.value if late else State.READY.value,
        "settled_at": now if late else None,
        "attempts": 0,
        "claims": 0,
        "said": "",
        "name": "",
        "resent": False,
        "receipt": "",
        "why": "too late" if late else "",
        "version": VERSION,
    }


async def _write(session: AsyncSession, found: _Found) -> None:
    await update_many(session, ScheduleRow, ["subject", "kind"], found.moved)
    if found.letters:
        await insert_many_new(session, OutboxRow, ["dedup_key"], found.letters)
