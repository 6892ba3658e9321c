"""Made-up people, the same for both sides: where they live, and when something is due to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.rows import PersonRow, ScheduleRow

PLATFORM = "discord"
PEOPLE, SCHEDULE = PersonRow.__table__, ScheduleRow.__table__  # type: ignore[attr-defined]
ZONES = tuple(
    ZoneInfo(name)
    for name in (
        "Europe/Berlin", "America/New_York", "Asia/Kolkata", "America/Los_Angeles", "Asia/Tokyo", "Europe/London",
        "Australia/Sydney", "America/Sao_Paulo", "Africa/Cairo", "Asia/Singapore", "America/Chicago", "Europe/Warsaw",
    )
)  # fmt: skip
AT_ONCE = 10_000


def person(number: int) -> dict[str, Any]:
    """A person's row."""
    return {
        "id": f"p{number:07}",
        "platform": PLATFORM,
        "tenant": "t",
        "account": str(10**17 + number),
        "profile": None,
        "created_at": datetime(2026, 1, 1, tzinfo=UTC),
        "unreachable": False,
    }


def slot(number: int, due: datetime, kind: str = "morning") -> dict[str, Any]:
    """A daily slot of hers that is due at that instant, on her own clock."""
    zone = ZONES[number % len(ZONES)]
    wall = due.astimezone(zone)
    return {
        "subject": f"p{number:07}",
        "kind": kind,
        "tenant": "t",
        "platform": PLATFORM,
        "zone": zone.key,
        "minute": wall.hour * 60 + wall.minute,
        "weekday": wall.weekday() if kind == "review" else None,
        "next_due_at": due,
        "fault": "",
        "version": 1,
    }


async def fill(engine: AsyncEngine, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows, many in a transaction; neither side's figures hold this."""
    waiting: list[dict[str, Any]] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == AT_ONCE:
            await _write(engine, table, waiting)
            waiting = []
    if waiting:
        await _write(engine, table, waiting)


async def _write(engine: AsyncEngine, table: Any, rows: list[dict[str, Any]]) -> None:
    async with engine.begin() as connection:
        await connection.execute(insert(table), rows)
