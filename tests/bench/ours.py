"""Our side: the timetable, the outbox and the drain as they run in the product."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from time import monotonic

from cryptography.fernet import Fernet, MultiFernet
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.chat.inbound import Sender
from bot.chat.message import Message, message
from bot.delivery.deliver import Compose, Delivery
from bot.delivery.drain import Drain
from bot.delivery.limiter import LocalLimiter
from bot.delivery.model import Bucket, Letter, Lookup, Outcome, Sent
from bot.delivery.post import Post, Tally
from storage.columns import Sealer
from storage.engine import open_engine
from storage.outbox import SqlOutbox
from storage.schema import prepare
from tests.bench.population import PEOPLE, PLATFORM, SCHEDULE, fill, person, slot
from tests.bench.timing import Stall, Took, now

HERE = frozenset({PLATFORM})
WORDS = message("Good morning. What does your battery hold today?")


async def compose(letter: Letter) -> Message:
    """Words, without looking at anybody's day."""
    return WORDS


class Nowhere:
    """A courier that has nothing to carry."""

    platform = PLATFORM
    dedup_window = timedelta(0)

    def bucket(self, to: Sender) -> Bucket | None:
        """No limit."""
        return None

    async def send(self, to: Sender, message: Message, *, key: str) -> Outcome:
        """It arrived."""
        return Sent("1")

    async def look_up(self, to: Sender, *, key: str, since: datetime) -> Sent | Lookup:
        """Nothing to be seen."""
        return Lookup.CANNOT_LOOK


def sealer() -> Sealer:
    """A new key."""
    return Sealer(MultiFernet([Fernet(Fernet.generate_key())]))


async def opened(url: str) -> AsyncEngine:
    """An engine on a prepared database."""
    engine = open_engine(url)
    await prepare(engine)
    return engine


def post_and_drain(
    outbox: SqlOutbox, clock: Callable[[], datetime], written: Compose = compose
) -> tuple[Post, Drain]:
    """What a process of ours runs, with nowhere to carry to."""
    delivery = Delivery(written, {PLATFORM: Nowhere()}, LocalLimiter(monotonic), Tally(), clock)
    post = Post(outbox, platforms=HERE, now=clock, observer=Tally(), window=timedelta(0))
    return post, Drain(outbox, delivery, platforms=HERE, now=clock)


async def fire(url: str, due: datetime, count: int) -> Took:
    """Tick, claim, carry and settle that many due letters."""
    engine = await opened(url)
    await fill(engine, PEOPLE, (person(n) for n in range(count)))
    await fill(engine, SCHEDULE, (slot(n, due) for n in range(count)))
    outbox = SqlOutbox(engine, sealer())
    at = due + timedelta(seconds=1)
    took = await _measured(*post_and_drain(outbox, lambda: at), outbox, count)
    await engine.dispose()
    return took


async def _measured(post: Post, drain: Drain, outbox: SqlOutbox, count: int) -> Took:
    async with Stall() as stall:
        begun = now()
        ticked = await post.tick(drain.dispatch)
        await drain.drain()
        seconds = now() - begun
    left = sum((await outbox.standing()).values())
    if ticked != count or left:
        raise AssertionError(f"{count} were due, {ticked} ticked, {left} not sent")
    return Took(seconds, stall.longest)


async def timed(work: Callable[[], Awaitable[object]], rounds: int) -> list[float]:
    """Seconds of each round."""
    taken = []
    for _ in range(rounds):
        begun = now()
        await work()
        taken.append(now() - begun)
    return taken
