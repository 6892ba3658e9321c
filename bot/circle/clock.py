"""The circle's clock: what a circle does by itself at an hour, in one transaction that also moves the hour on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot.circle.handlers import CIRCLE_HANDLERS, CIRCLE_TIMES, Hour, times_of
from bot.circle.news_model import COMPANY
from bot.circle.ports import Posts
from bot.circle.work import CircleHandler, CircleTurn
from bot.turn import Content, Store, Unavailable

log = logging.getLogger(__name__)

AT_ONCE = 100
AGAIN = timedelta(minutes=1)
"""After a fault in a handler it is tried again, as long as its occurrence is of use."""


class CircleClock:
    """Runs what is due. Of hours that were missed only the newest counts, and none that is too old."""

    def __init__(
        self,
        store: Store,
        posts: Posts,
        content: Content,
        now: Callable[[], datetime],
        handlers: Mapping[str, CircleHandler] = CIRCLE_HANDLERS,
        hours: Mapping[str, Hour] = CIRCLE_TIMES,
    ) -> None:
        self._store, self._posts, self._content, self._now = store, posts, content, now
        self._handlers, self._hours = handlers, hours
        self._failed: dict[tuple[str, str], datetime] = {}

    async def tick(self) -> int:
        """To be called often: run whatever is due; how many handlers were run."""
        now, run = self._now(), 0
        self._failed = {which: at for which, at in self._failed.items() if at > now}
        limit = AT_ONCE + len(self._failed)  # what failed must not take the places of the others
        for which in await self._posts.due(now=now, limit=limit):
            if which not in self._failed:
                run += await self._run(*which, now)
        return run + await self._close(now)

    async def _close(self, now: datetime) -> int:
        """Let calls for company end whose time is over; how many."""
        closed = 0
        for circle_id, name in await self._posts.overdue(now=now, limit=AT_ONCE + len(self._failed)):
            if (circle_id, name) in self._failed:
                continue
            with self._guard(circle_id, name, "closing a call for company"):
                async with self._store.circle(circle_id) as work:
                    await work.circles.notices.end(circle_id, name, taken_back=False)
                    await work.circles.renew(circle_id, COMPANY, name)
                closed += 1
        return closed

    @contextmanager
    def _guard(self, circle_id: str, kind: str, doing: str) -> Iterator[None]:
        """One circle must not keep the others waiting; nothing of what failed was kept, and it is tried again later."""
        try:
            yield
        except Unavailable:
            raise
        except Exception as broken:
            log.error("%s in a circle failed: %s", doing, type(broken).__name__)
            self._failed[circle_id, kind] = self._now() + AGAIN

    async def next_moment(self) -> datetime | None:
        """The next instant at which something is due, UTC."""
        return await self._posts.moment()

    async def _run(self, circle_id: str, kind: str, now: datetime) -> bool:
        with self._guard(circle_id, kind, f"what is due for {kind}"):
            async with self._store.circle(circle_id) as work:
                occurrence = await work.take(kind, now=now)
                hour, handler = self._hours.get(kind), self._handlers.get(kind)
                if occurrence is None or work.circle is None or hour is None or handler is None:
                    return False
                if work.circle.ended or now >= occurrence.due + hour.keeps:
                    return False
                await handler(CircleTurn(work, work.circle, self._content, now, occurrence))
                return True
        return False

    async def reconcile(self) -> None:
        """Let every circle have the times of this version, as after an upgrade."""
        newest = ""
        while found := await self._posts.living(after=newest, limit=AT_ONCE):
            for circle_id in found:
                with self._guard(circle_id, "", "keeping the times"):
                    await self._keep_times(circle_id)
            newest = found[-1]

    async def _keep_times(self, circle_id: str) -> None:
        async with self._store.circle(circle_id) as work:
            if work.circle is not None and not work.circle.ended:
                settings = work.circle.settings
                times = times_of(settings, self._hours)
                await work.circles.keep_times(circle_id, settings, times, now=self._now())
