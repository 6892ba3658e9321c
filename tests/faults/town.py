"""A town of people to whom something is due, and what became of their letters."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine
from wire.discord_server import DiscordServer

from adapters.discord.deliver import nonce_of
from bot.chat.inbound import Sender
from bot.delivery.kinds import SLOTS
from bot.delivery.model import FINAL, Bucket, State, Ticked
from bot.pace.ports import DayEntry
from bot.profile.model import Profile
from storage.columns import Sealer
from storage.mapping import to_json
from storage.rows import DayRow, OutboxRow, PersonRow, ScheduleRow

PERSON, DAY_OF, SCHEDULE, OUTBOX = (
    row.__table__  # type: ignore[attr-defined]
    for row in (PersonRow, DayRow, ScheduleRow, OutboxRow)
)
START = datetime(2026, 1, 6, 8, 1, tzinfo=UTC)
"""A Tuesday, long before any platform's own clock, so that every message is newer than its letter."""
DUE = START.replace(minute=0)
EIGHT = 480
TENANT = "town"
PROFILE = Profile(
    "sre",
    date(2026, 1, 1),
    date(2026, 4, 1),
    360,
    90,
    "UTC",
    rest_weekdays=frozenset(),
    drill_at=time(8),
    reviews=False,
    inventories=False,
    company_nudges=False,
)
"""Checks in in the morning, which is not repeated in doubt; has her drill at an hour of her own, which is."""


class Unlimited:
    """A limiter that lets everything through: pace is somebody else's test."""

    async def reserve(self, bucket: Bucket) -> float:
        """Now."""
        return 0.0

    async def hold(self, bucket: Bucket, seconds: float) -> None:
        """Nothing is held."""


class Counting:
    """An observer that remembers."""

    def __init__(self) -> None:
        self.settlements: Counter[State] = Counter()
        self.skips: Counter[str] = Counter()
        self.written = 0

    def ticked(self, found: Ticked) -> None:
        """A tick was made."""
        self.written += found.written

    def settled(self, kind: str, state: State, lag: float) -> None:
        """A letter reached a state."""
        self.settlements[state] += 1

    def skipped(self, reason: str) -> None:
        """Something was passed over."""
        self.skips[reason] += 1


def sealer_of(key: str) -> Sealer:
    """Everybody in a town uses one key."""
    return Sealer(MultiFernet([Fernet(key)]))


async def settle_people(
    engine: AsyncEngine,
    sealer: Sealer,
    numbers: Iterable[int],
    *,
    kinds: Sequence[str] = ("morning", "drill"),
    every_kind: bool = False,
    due: datetime = DUE,
    profile: Profile = PROFILE,
    platform: str = "discord",
    prefix: str = "",
) -> None:
    """Let people move in who spoke yesterday, and to each of whom one of the kinds, or every kind, is due."""
    people = list(numbers)
    sealed = sealer.seal(to_json(Profile, profile))
    spoke = sealer.seal(to_json(DayEntry, DayEntry(due.date() - timedelta(days=1), contact=True)))
    persons = [
        {
            "id": f"{n:032x}",
            "platform": platform,
            "tenant": TENANT,
            "account": f"{prefix}{10_000 + n}",
            "profile": sealed,
            "created_at": due,
            "unreachable": False,
        }
        for n in people
    ]
    days = [
        {"person_id": f"{n:032x}", "day": due.date() - timedelta(days=1), "sealed": spoke} for n in people
    ]
    slots = [
        slot_row(n, kind, due, zone=profile.zone, platform=platform)
        for n in people
        for kind in (kinds if every_kind else (kinds[n % len(kinds)],))
    ]
    async with engine.begin() as connection:
        await connection.execute(insert(PERSON), persons)
        await connection.execute(insert(DAY_OF), days)
        await connection.execute(insert(SCHEDULE), slots)


def slot_row(n: int, kind: str, due: datetime, *, zone: str = "UTC", platform: str = "discord") -> Any:
    """A row of the timetable."""
    return {
        "subject": f"{n:032x}",
        "kind": kind,
        "tenant": TENANT,
        "platform": platform,
        "zone": zone,
        "minute": EIGHT,
        "weekday": due.weekday() if SLOTS[kind].weekly else None,
        "next_due_at": due,
        "fault": "",
        "version": 1,
    }


async def letters(engine: AsyncEngine) -> list[Any]:
    """All rows of the outbox."""
    async with engine.connect() as connection:
        return list((await connection.execute(select(OUTBOX).order_by(OUTBOX.c.dedup_key))).all())


async def how_many_open(engine: AsyncEngine) -> int:
    """Letters that are not settled."""
    return sum(State(row.state) not in FINAL for row in await letters(engine))


@dataclass(frozen=True)
class Verdict:
    """What arrived, counted from the platform's own log."""

    letters: int
    sent: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    resent: frozenset[str]


def verdict(rows: Sequence[Any], server: DiscordServer) -> Verdict:
    """Compare the outbox with what the platform accepted."""
    arrived = Counter(nonce for _, _, nonce, _ in server.posted)
    by_key = {row.dedup_key: arrived[nonce_of(row.dedup_key)] for row in rows}
    return Verdict(
        letters=len(rows),
        sent=len(server.posted),
        lost=tuple(key for key, count in by_key.items() if count == 0),
        doubled=tuple(key for key, count in by_key.items() if count > 1),
        resent=frozenset(row.dedup_key for row in rows if row.resent),
    )


def states(rows: Iterable[Any]) -> Mapping[str, int]:
    """How many letters stand where."""
    return Counter(row.state for row in rows)


def clock_from(began: float, wall: Callable[[], float]) -> Callable[[], datetime]:
    """A clock that shows START at a wall instant and goes on from there, in every process alike."""
    return lambda: START + timedelta(seconds=wall() - began)


async def until(done: Callable[[], Any], seconds: float, what: str) -> None:
    """Wait for something, and say what did not happen."""
    end = asyncio.get_running_loop().time() + seconds
    while True:
        found = done()
        if found if isinstance(found, bool) else await found:
            return
        assert asyncio.get_running_loop().time() < end, f"after {seconds} seconds still not: {what}"
        await asyncio.sleep(0.01)


def who(n: int, *, platform: str = "discord", prefix: str = "") -> Sender:
    """The account of a number."""
    return Sender(platform, f"{prefix}{10_000 + n}", TENANT)
