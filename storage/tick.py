"""One tick: due slots are claimed, moved to their next time, and their letters written, all in one commit."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.delivery.kinds import MESSAGES, SLOTS, dedup_key, expiry
from bot.delivery.model import State, Ticked
from bot.delivery.recurrence import UnknownZone, last_due, next_due, spread
from storage.rows import OutboxRow, ScheduleRow
from storage.sql import given, insert_many_new, rows_of, update_many

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


_MOVE = ("next_due_at", "fault", "subject", "kind")
_LETTER = (
    "dedup_key",
    "tenant",
    "subject",
    "platform",
    "kind",
    "day",
    "due_at",
    "not_before",
    "expires_at",
)
_READY = {"state": State.READY.value}


@dataclass
class _Found:
    """What a batch of due slots comes to: values of `_MOVE` and, for letters, of `_LETTER`."""

    moved: list[tuple[Any, ...]] = field(default_factory=list)
    letters: list[tuple[Any, ...]] = field(default_factory=list)
    late: list[tuple[Any, ...]] = field(default_factory=list)
    """Letters that are not worth sending any more."""
    parked: list[str] = field(default_factory=list)
    missed: int = 0


async def tick(
    session: AsyncSession, *, now: datetime, platforms: Set[str], limit: int, window: timedelta
) -> Ticked:
    """One batch; see `Outbox.tick`."""
    due = (
        select(*_COLUMNS)
        .where(
            col(ScheduleRow.platform).in_(sorted(platforms)),
            col(ScheduleRow.next_due_at) <= now,
            col(ScheduleRow.version) <= VERSION,
        )
        .order_by(col(ScheduleRow.next_due_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = await rows_of(session, due)
    if not rows:
        return Ticked()
    found = _Found()
    for row in rows:
        _advance(found, row, now, window)
    await _write(session, found, now)
    return Ticked(len(rows), len(found.letters) + len(found.late), found.missed, tuple(found.parked))


def _advance(found: _Found, row: tuple[Any, ...], now: datetime, window: timedelta) -> None:
    subject, kind, tenant, platform, zone, minute, weekday, was_due = row
    try:
        usual = MESSAGES[SLOTS[kind].usual]
        newest, following = last_due(zone, minute, weekday, now), next_due(zone, minute, weekday, now)
    except (KeyError, UnknownZone, ValueError) as broken:
        fault = next(name for error, name in _FAULTS.items() if isinstance(broken, error))
        found.moved.append((None, fault, subject, kind))
        found.parked.append(fault)
        return
    found.moved.append((following.due, "", subject, kind))
    span = _WEEK if weekday is not None else _DAY
    found.missed += max(0, round((newest.due - was_due) / span))
    key, expires = dedup_key(tenant, subject, kind, newest), expiry(usual, newest, zone)
    not_before = newest.due + spread(key, window) if window else newest.due
    letter = (key, tenant, subject, platform, kind, newest.day, newest.due, not_before, expires)
    (found.late if now >= expires else found.letters).append(letter)


_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_FAULTS: dict[type[Exception], str] = {KeyError: "kind", UnknownZone: "zone", ValueError: "time"}


async def _write(session: AsyncSession, found: _Found, now: datetime) -> None:
    await update_many(session, ["subject", "kind"], given(session, ScheduleRow, _MOVE, found.moved))
    too_late = {"state": State.EXPIRED.value, "settled_at": now, "why": "too late"}
    for letters, alike in ((found.letters, _READY), (found.late, too_late)):
        if letters:
            many = given(session, OutboxRow, _LETTER, letters)
            await insert_many_new(session, ["dedup_key"], many, **alike)
