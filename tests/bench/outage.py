"""Three days without a running process: what is sent afterwards, and how fast."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

from adapters.discord.limits import EACH_SECOND
from bot.chat.inbound import Sender
from bot.chat.message import Message
from bot.delivery.deliver import Delivery
from bot.delivery.drain import Drain
from bot.delivery.limiter import LocalLimiter
from bot.delivery.model import Bucket, Outcome, Sent, State
from bot.delivery.post import Post, Tally
from storage.outbox import SqlOutbox
from tests.bench import ours
from tests.bench.databases import Databases
from tests.bench.discord_process import burst
from tests.bench.population import PEOPLE, PLATFORM, SCHEDULE, ZONES, fill, person, slot
from tests.bench.report import Line, at_most

DOWN, UP = datetime(2026, 11, 18, 6, tzinfo=UTC), datetime(2026, 11, 21, 6, tzinfo=UTC)
AT = {"morning": 8, "drill": 17, "evening": 20, "review": 19}
"""Hours of the local day; the review is on one weekday, spread over the week."""
SPREAD = timedelta(minutes=5)
BUCKET = 50
"""What Discord takes in a sliding second."""
FASTER = 4


class Hasty(asyncio.SelectorEventLoop):
    """An event loop whose clock runs some times as fast, so that minutes of waiting need not be waited."""

    def __init__(self) -> None:
        super().__init__(_Hasty())

    def time(self) -> float:
        """The fast clock."""
        return hasty()


class _Hasty(selectors.DefaultSelector):  # type: ignore[misc,valid-type]
    def select(self, timeout: float | None = None) -> Any:
        return super().select(timeout and timeout / FASTER)


def hasty() -> float:
    """Seconds of the fast clock."""
    return monotonic() * FASTER


class Limited(ours.Nowhere):
    """Takes everything, at the pace of one Discord bot, and remembers when."""

    def __init__(self) -> None:
        self.at: list[float] = []

    def bucket(self, to: Sender) -> Bucket:
        """One for all."""
        return Bucket("bot", 1 / EACH_SECOND)

    async def send(self, to: Sender, message: Message, *, key: str) -> Outcome:
        """It arrived now."""
        self.at.append(hasty())
        return Sent("1")


def lines(databases: Databases, count: int) -> Iterator[Line]:
    """The first hour after the outage, words written for everybody: the gate could only make it fewer."""
    with asyncio.Runner(loop_factory=Hasty) as runner:
        missed, sent, expired, most = runner.run(_after(databases.fresh("SQLite"), count))
    what = f"three days down, {count:,} people x {len(AT)} kinds"
    yield at_most(
        f"{what}: occurrences missed, messages sent", f"{missed:,}", f"{sent:,}", sent / missed, 1 / 3
    )
    yield Line(f"{what}: too late and not sent", "", f"{expired:,}")
    yield Line(
        f"{what}: most in a sliding second", str(BUCKET), str(most), "", f"<= {BUCKET}", most <= BUCKET
    )


def _first_due(number: int, kind: str) -> datetime:
    """Her first occurrence after the outage began, as the timetable held it."""
    zone = ZONES[number % len(ZONES)]
    wall = DOWN.astimezone(zone).replace(hour=AT[kind], minute=number % 60)
    day = timedelta(days=1)
    while wall.astimezone(UTC) <= DOWN or (kind == "review" and wall.weekday() != number % 7):
        wall += day
    return wall.astimezone(UTC)


async def _after(url: str, count: int) -> tuple[int, int, int, int]:
    engine = await ours.opened(url)
    rows = [slot(n, _first_due(n, kind), kind) for n in range(count) for kind in AT]
    missed = sum(_occurrences(row) for row in rows)
    await fill(engine, PEOPLE, (person(n) for n in range(count)))
    await fill(engine, SCHEDULE, rows)
    outbox, courier, tally = SqlOutbox(engine, ours.sealer()), Limited(), Tally()
    begun = hasty()

    def clock() -> datetime:
        return UP + timedelta(seconds=hasty() - begun)

    delivery = Delivery(ours.compose, {PLATFORM: courier}, LocalLimiter(hasty), tally, clock)
    post = Post(outbox, platforms=ours.HERE, now=lambda: UP, observer=tally, window=SPREAD)
    drain = Drain(outbox, delivery, platforms=ours.HERE, now=clock)
    await post.tick()
    while (await outbox.standing())[State.READY]:
        await drain.drain()
        await asyncio.sleep(1)
    await engine.dispose()
    sent = len(courier.at)
    return missed, sent, sum(_overdue(row) for row in rows) - sent, burst(courier.at)


def _overdue(row: dict[str, Any]) -> bool:
    return bool(row["next_due_at"] <= UP)


def _occurrences(row: dict[str, Any]) -> int:
    """How many the outage swallowed; no clock changes in these days."""
    span = timedelta(weeks=1) if row["weekday"] is not None else timedelta(days=1)
    return max(0, (UP - row["next_due_at"]) // span + 1)
