"""Everybody's message is due at the same minute, on one Discord bot that may send fifty requests a second."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from adapters.discord.deliver import DiscordCourier
from adapters.discord.limits import EACH_SECOND
from bot.chat.inbound import Sender
from bot.delivery.deliver import Delivery
from bot.delivery.drain import Drain
from bot.delivery.limiter import LocalLimiter
from bot.delivery.post import Post, Tally
from storage.outbox import SqlOutbox
from tests.bench import ours
from tests.bench.databases import Databases
from tests.bench.population import PEOPLE, PLATFORM, SCHEDULE, fill, person, slot
from tests.bench.report import Line
from tests.bench.timing import now

MOST_OVER = 1.05
WARMED_AT_ONCE = 32


def lines(databases: Databases, count: int) -> Iterator[Line]:
    """One drain, with the channels open already."""
    seconds, seen = asyncio.run(_drained(databases.fresh("SQLite"), count))
    bound = count / EACH_SECOND
    what = f"{count:,} Discord messages of one minute, channels known"
    shown = f"{bound:.1f} s", f"{seconds:.1f} s", f"{seconds / bound:.3f}x", f"<= {MOST_OVER}x"
    yield Line(f"{what}: the limiter's own bound beside the time", *shown, seconds <= MOST_OVER * bound)
    whole = seen["posted"] == seen["people"] == count and not seen["invalid"] and not seen["repeated"]
    limited = seen["limited"]
    yield Line(f"{what}: answers 429", "", str(limited), "", "0", limited == 0 and whole)
    yield Line(
        f"{what}: most in a sliding second", "50", str(seen["burst"]), "", "<= 50", seen["burst"] <= 50
    )
    cold = f"{2 * bound:.0f} s"
    yield Line(f"{what.removesuffix(' known')} not known: two requests each, the bound", "", cold)


async def _drained(url: str, count: int) -> tuple[float, dict[str, Any]]:
    server = await asyncio.create_subprocess_exec(
        sys.executable, Path(__file__).with_name("discord_process.py"), stdout=asyncio.subprocess.PIPE
    )
    if server.stdout is None:
        raise AssertionError("its output is a pipe")
    port = int(await server.stdout.readline())
    courier = DiscordCourier("a.b.c", f"http://127.0.0.1:{port}/api/v10")
    try:
        await _warm(courier, count)
        await asyncio.sleep(1.1)  # Discord counts over a sliding second, and warming is no part of it
        server.send_signal(signal.SIGUSR1)
        seconds = await _drain(url, courier, count)
        server.send_signal(signal.SIGTERM)
        return seconds, json.loads(await server.stdout.readline())
    finally:
        await courier.close()
        if server.returncode is None:
            server.terminate()
        await server.wait()


async def _warm(courier: DiscordCourier, count: int) -> None:
    """A look at everybody's history opens the channels."""
    hands, since = asyncio.Semaphore(WARMED_AT_ONCE), datetime.now(UTC)

    async def look(number: int) -> None:
        async with hands:
            row = person(number)
            await courier.look_up(Sender(PLATFORM, row["account"], row["tenant"]), key="warm", since=since)

    await asyncio.gather(*(look(number) for number in range(count)))


async def _drain(url: str, courier: DiscordCourier, count: int) -> float:
    due = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=1)
    engine = await ours.opened(url)
    await fill(engine, PEOPLE, (person(n) for n in range(count)))
    await fill(engine, SCHEDULE, (slot(n, due) for n in range(count)))
    outbox, tally = SqlOutbox(engine, ours.sealer()), Tally()

    def clock() -> datetime:
        return datetime.now(UTC)

    delivery = Delivery(ours.compose, {PLATFORM: courier}, LocalLimiter(monotonic), tally, clock)
    post = Post(outbox, platforms=ours.HERE, now=clock, observer=tally, window=timedelta(0))
    drain = Drain(outbox, delivery, platforms=ours.HERE, now=clock)
    begun = now()
    await post.tick()
    await drain.drain()
    seconds = now() - begun
    await engine.dispose()
    return seconds
