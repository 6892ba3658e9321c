"""`pacer run` and `pacer worker`: what is due is noticed, written and delivered until somebody says stop.

With `main.py` and `platforms.py` this is all that wires core, storage and adapters together.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from adapters.health.metrics import Metrics
from adapters.health.server import Check, HealthServer
from adapters.health.stall import StallWatch
from adapters.hearing import GIVEN_UP_SECONDS, Ear, Listener, deaf
from adapters.platforms import (
    NO_PLATFORM,
    OPINION_SECONDS,
    Platform,
    drawing,
    listeners,
    needing,
    platforms,
    second_opinions,
    slack_oauth,
)
from adapters.scheduler.jobs import Jobs
from adapters.settings import Settings
from adapters.sql_sandbox.runner import SqlSandbox
from adapters.steady import SteadyClock
from bot.circle.clock import CircleClock
from bot.circle.noticeboard import Noticeboard
from bot.coach import Coach
from bot.content.shipped import shipped
from bot.delivery.deliver import Delivery
from bot.delivery.drain import Drain
from bot.delivery.growing import Growers
from bot.delivery.kinds import SLOTS
from bot.delivery.limiter import LocalLimiter
from bot.delivery.ports import Dispatcher
from bot.delivery.post import Post
from bot.turn import Content, Unavailable
from storage.engine import for_psycopg, is_postgresql
from storage.limiter import SqlLimiter
from storage.purse import SqlPurse
from storage.reconcile import SqlTimetables
from storage.slots import dead, take_slot
from storage.store import SqlStore

if TYPE_CHECKING:
    from adapters.charts.worker import Drawing
    from adapters.slack.oauth import OAuth
    from bot.feedback.second_opinion_work import SecondOpinions

log = logging.getLogger(__name__)

TICK_SECONDS, BOARD_SECONDS, SWEEP_SECONDS, COUNT_SECONDS = 1.0, 0.5, 15.0, 15.0
RECONCILE_SECONDS, RETENTION_SECONDS = 3600.0, 6 * 3600.0
SPREAD = timedelta(minutes=5)
"""Letters of one moment are spread over this window: ten thousand fit, at the pace one Discord bot may send."""
KEPT = timedelta(days=30)
"""How long letters and handled events are kept."""
RESUME_SECONDS, WATCH_SECONDS = 20.0, 5.0
JOB_SECONDS, TURN_SECONDS, STOP_SECONDS = 1.0, 1.0, 5.0
"""How long jobs, turns and letters under way may take at the end; three seconds of ten are left for closing."""
TICK_IS_OLD = 30.0
CHECK_SECONDS = 60.0
ROWS_AT_ONCE = 200
SKIPS = ("zone", "kind", "time", "fault", "not kept", "newer")


class Service:
    """Everything that one process runs. `scheduling` is off in a worker, which only delivers."""

    def __init__(
        self,
        store: SqlStore,
        couriers: Mapping[str, Platform],
        *,
        now: Callable[[], datetime],
        scheduling: bool = True,
        opinions: SecondOpinions | None = None,
        content: Content | None = None,
    ) -> None:
        self._store, self._engine, self._couriers, self._now = store, store.engine, couriers, now
        self.metrics = Metrics(tuple(SLOTS), reasons=SKIPS, ticks=scheduling)
        name = opinions.name if opinions else ""
        self.coach = Coach(store, content or shipped(), now, SqlSandbox(), reviewer=name)
        self._opinions = opinions
        many = is_postgresql(store.engine)
        limiter = SqlLimiter(store.engine) if many else LocalLimiter(monotonic)
        if opinions:
            opinions.join(self.coach.alone, Growers(couriers, limiter))
        self._delivery = Delivery(self.coach.compose, couriers, limiter, self.metrics, now)
        self._post = Post(
            store.outbox, platforms=frozenset(couriers), now=now, observer=self.metrics, window=SPREAD
        )
        texts = content or shipped()
        self._board = Noticeboard(store, store.posts, couriers, limiter, texts, now)
        self._circles = CircleClock(store, store.posts, texts, now)
        self._timetables = SqlTimetables(store.engine)
        self._scheduling = scheduling
        self._newer = 0

    @asynccontextmanager
    async def running(self, slot: str | None = None) -> AsyncIterator[None]:
        """Serve until the block ends; then take nothing new, and finish what is under way."""
        async with AsyncExitStack() as open_things:
            dispatcher = await self._dispatcher(open_things, slot)
            jobs = Jobs()
            if self._scheduling:
                self._schedule(jobs, dispatcher)
            jobs.start()
            open_things.push_async_callback(jobs.stop, JOB_SECONDS)
            watch = StallWatch(self.metrics.stalled)
            watch.start()
            open_things.push_async_callback(watch.stop)
            yield
            await jobs.stop(JOB_SECONDS)
            await asyncio.gather(dispatcher.stop(STOP_SECONDS), self._board.stop(STOP_SECONDS))

    async def _dispatcher(self, open_things: AsyncExitStack, slot: str | None) -> Dispatcher:
        served = frozenset(self._couriers)
        if slot is None:
            drain = Drain(self._store.outbox, self._delivery, platforms=served, now=self._now)
            await drain.sweep(orphaned=True)
            carrying = asyncio.create_task(drain.keep_carrying())
            open_things.push_async_callback(_end, carrying)
            return drain
        with needing("postgres"):
            from adapters.workers.dispatcher import Workers
        workers = Workers(
            for_psycopg(self._engine.url),
            slot,
            outbox=self._store.outbox,
            delivery=self._delivery,
            platforms=served,
            now=self._now,
            dead=lambda slots: dead(self._engine, slots),
        )
        await workers.start()
        return workers

    def _schedule(self, jobs: Jobs, dispatcher: Dispatcher) -> None:
        async def retention() -> None:
            gone = await self._store.outbox.purge(before=self._now() - KEPT)
            gone += await self._store.installations.purge(before=self._now())
            gone += await SqlPurse(self._engine).purge(before=(self._now() - KEPT).date())
            gone += await self._store.posts.purge(now=self._now())
            gone += await dispatcher.purge()
            log.info("purged", extra={"rows": gone})

        jobs.every(BOARD_SECONDS, "noticeboard", self._board.work)
        jobs.every(TICK_SECONDS, "circles", self._circles.tick)
        jobs.every(TICK_SECONDS, "tick", lambda: self._post.tick(dispatcher.dispatch))
        jobs.every(SWEEP_SECONDS, "sweep", dispatcher.sweep)
        jobs.every(COUNT_SECONDS, "count", self._count)
        jobs.every(RECONCILE_SECONDS, "reconcile", self.reconcile, at_once=True)
        jobs.every(RETENTION_SECONDS, "retention", retention)
        if self._opinions:
            jobs.every(OPINION_SECONDS, "second opinions", self._opinions.work)

    async def _count(self) -> None:
        self.metrics.standing(await self._store.outbox.standing())
        newer = await self._timetables.newer()
        if newer > self._newer:
            self.metrics.skipped("newer")
            log.warning("rows of a newer Pacer are left to it", extra={"rows": newer})
        self._newer = newer

    async def reconcile(self) -> None:
        """Mend next times that new zone data moved, and make timetables for people and circles who have none."""
        await self._circles.reconcile()
        mended, made = await self._retime(), await self._make_timetables()
        if mended or made:
            log.info("reconciled", extra={"mended": mended, "made": made})

    async def _retime(self) -> int:
        after: tuple[str, str] | None = ("", "")
        mended = 0
        while after is not None:
            after, count = await self._timetables.retime(now=self._now(), after=after, limit=ROWS_AT_ONCE)
            mended += count
        return mended

    async def _make_timetables(self) -> int:
        newest, made = "", 0
        while people := await self._timetables.unscheduled(after=newest, limit=ROWS_AT_ONCE):
            for _, person in people:
                made += await self.coach.reschedule(person, self._now())
            newest = people[-1][0]
        return made

    @asynccontextmanager
    async def hearing(
        self, ears: Mapping[str, Ear], deafened: Callable[[str], None] = lambda _: None
    ) -> AsyncIterator[None]:
        """Hear what people say until the block ends. What was said before the start is answered first.

        `deafened` is told why, once nobody is heard any more and opening anew did not help.
        """

        async def end_if_deaf() -> None:
            if why := deaf(ears):
                deafened(why)

        self.metrics.watch(ears)
        keeping = Jobs()
        async with AsyncExitStack() as open_things:
            for name, ear in ears.items():
                open_things.push_async_callback(ear.stop, TURN_SECONDS)
                await ear.start()
                keeping.every(RESUME_SECONDS, f"hear on {name}", ear.keep)
                keeping.every(WATCH_SECONDS, f"watch {name}", ear.watch)
            keeping.every(WATCH_SECONDS, "be heard", end_if_deaf)
            keeping.start()
            open_things.push_async_callback(keeping.stop, JOB_SECONDS)
            yield

    def checks(self, ears: Mapping[str, Ear]) -> dict[str, Check]:
        """What has to be well for this process to be ready."""
        checks: dict[str, Check] = {"database": self._store.check}
        checks |= {f"{name} socket": ear.check for name, ear in ears.items()}
        if self._scheduling:
            checks["tick"] = self._check_tick
        return checks | {name: remembered(courier.check) for name, courier in self._couriers.items()}

    async def _check_tick(self) -> tuple[bool, str]:
        age = self.metrics.tick_age()
        return age < TICK_IS_OLD, f"The last tick was {age:.0f} seconds ago."


def remembered(check: Check) -> Check:
    """A check whose last answer stands for a minute: a platform is not to be asked at every probe."""
    told: tuple[float, tuple[bool, str]] | None = None

    async def ask() -> tuple[bool, str]:
        nonlocal told
        if told is None or monotonic() - told[0] > CHECK_SECONDS:
            told = (monotonic(), await check())
        return told[1]

    return ask


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def serve(
    settings: Settings,
    store: SqlStore,
    *,
    role: str,
    warn: Callable[[str], None],
    start: datetime | None = None,
) -> None:
    """Run the service until a signal asks it to stop, or until nobody is heard any more. Raises Unavailable, CannotListen.

    With `start` its clock begins there and goes on from it, for rehearsals.
    """
    end = End()
    end.at_a_signal()
    now, engine = _clock(start), store.engine
    oauth = slack_oauth(settings, store, now)
    draw = drawing()
    couriers = platforms(settings, oauth, draw)
    opinions = second_opinions(settings, store, now) if role == "run" else None
    service = Service(
        store,
        couriers,
        now=now,
        scheduling=role == "run",
        opinions=opinions,
        content=shipped(settings.cache),
    )
    made = listeners(settings, couriers, oauth, service.coach, store, now, draw) if role == "run" else {}
    ears = _ears(made, settings, warn)
    async with AsyncExitStack() as open_things:
        _close_at_the_end(open_things, couriers, oauth, draw, opinions)
        slot = None
        if is_postgresql(engine):
            held = await take_slot(engine.url, role, settings.worker_slot)
            open_things.push_async_callback(held.release)
            slot = held.name
        if settings.health_address:
            health = HealthServer(*settings.health_address, service.checks(ears), service.metrics)
            await health.start()
            open_things.push_async_callback(health.stop)
        async with service.running(slot), service.hearing(ears, end.because):
            if not couriers:
                warn(f"No platform is set up, so nothing is delivered. {NO_PLATFORM}")
            gc.freeze()  # what is loaded by now stays: to look through it again would hold up every turn
            log.info("Pacer runs", extra={"platforms": " ".join(couriers) or "none", "slot": slot or "none"})
            await end.told.wait()
            log.info("stopping")
    if end.why:
        raise Unavailable(end.why)


def _ears(
    made: Mapping[str, Callable[[], Listener]], settings: Settings, warn: Callable[[str], None]
) -> dict[str, Ear]:
    silent = settings.silent_minutes * 60
    return {
        name: Ear(make, warn, silent_seconds=silent, given_up_seconds=GIVEN_UP_SECONDS)
        for name, make in made.items()
    }


def _close_at_the_end(
    open_things: AsyncExitStack,
    couriers: Mapping[str, Platform],
    oauth: OAuth | None,
    draw: Drawing | None,
    opinions: SecondOpinions | None,
) -> None:
    """Whatever has something open."""
    if opinions:
        open_things.push_async_callback(opinions.close)
    for courier in couriers.values():
        open_things.push_async_callback(courier.close)
    if oauth:
        open_things.push_async_callback(oauth.tokens.close)
    if draw:
        open_things.callback(draw.close)


def _clock(start: datetime | None) -> Callable[[], datetime]:
    steady = SteadyClock()
    if start is None:
        return steady.now
    ahead = start - steady.now()
    return lambda: steady.now() + ahead


class End:
    """That the process is to end: somebody asked for it, or nobody is heard any more and it would help nobody to stay."""

    def __init__(self) -> None:
        self.told = asyncio.Event()
        self.why = ""
        """What is wrong; empty if it was asked for."""

    def because(self, why: str) -> None:
        """End for this reason."""
        self.why = why
        self.told.set()

    def at_a_signal(self) -> None:
        """End once somebody asks the process to."""
        loop = asyncio.get_running_loop()
        for asked in (signal.SIGTERM, signal.SIGINT):
            try:
                loop.add_signal_handler(asked, self.told.set)
            except NotImplementedError:  # Windows
                signal.signal(asked, lambda *_: loop.call_soon_threadsafe(self.told.set))
