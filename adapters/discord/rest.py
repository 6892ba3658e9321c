"""discord.py's REST client without its patience: what it would wait for or try again is said at once.

It sleeps on 429 and on 5xx, and after an answer that empties a bucket, for up to minutes; a sender
that holds a lease cannot. `max_ratelimit_timeout` does not help: it is raised to 30 seconds.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Any

import aiohttp
from discord import DiscordServerError, File, RateLimited
from discord.http import HTTPClient, Ratelimit, Route, json_or_text

UNTOLD_WAIT = 60.0
"""Seconds, where a 429 does not come from Discord but from what stands before it."""
BUCKETS = 4096

left: ContextVar[list[bool] | None] = ContextVar("discord_left", default=None)
"""A list that gets an element before the first byte of a request of this task is written."""


class Held(RateLimited):
    """A 429, and whether it is for everything this bot does."""

    def __init__(self, retry_after: float, *, everything: bool) -> None:
        super().__init__(retry_after)
        self.everything = everything


class Bucket(Ratelimit):
    """Counts what is left of a route's bucket; an empty one refuses instead of sleeping."""

    async def acquire(self) -> None:
        """Take one place, or raise RateLimited. A bucket that nobody knows yet lets all through."""
        now = asyncio.get_running_loop().time()
        self._last_request = now
        if self.is_expired():
            self.reset()  # type: ignore[no-untyped-call]
        if self.remaining <= 0 and self.expires is not None:
            raise RateLimited(max(0.0, self.expires - now))
        self.remaining -= 1
        self.outgoing += 1

    async def __aexit__(self, *_: object) -> None:
        self.outgoing -= 1


class Rest(HTTPClient):
    """One bot's requests. Make it in the loop it is used in."""

    def __init__(self, api_url: str | None = None) -> None:
        trace = aiohttp.TraceConfig()
        trace.on_request_headers_sent.append(_headers_sent)
        trace.on_request_end.append(_answered)
        super().__init__(asyncio.get_running_loop(), http_trace=trace)
        # Route.BASE belongs to the class, so that setting it would move every client of the process.
        self._base = (api_url or Route.BASE).rstrip("/")
        self._closed: dict[str, float] = {}
        logging.getLogger("discord.http").addFilter(_no_bodies)

    def get_ratelimit(self, key: str) -> Ratelimit:
        """The bucket of a key; the oldest of too many is forgotten."""
        if key not in self._buckets:
            self._buckets[key] = Bucket(None)
            while len(self._buckets) > BUCKETS:
                del self._buckets[next(iter(self._buckets))]
        return self._buckets[key]

    async def request(
        self,
        route: Route,
        *,
        files: Sequence[File] | None = None,
        form: Iterable[dict[str, Any]] | None = None,
        **kwargs: Any,
    ) -> Any:
        """One request, sent at most once. Raises RateLimited, without sending, inside a wait Discord asked for."""
        lane = f"{route.method} {route.path} {route.major_parameters}"
        until = max(self._closed.get("", 0.0), self._closed.get(lane, 0.0))
        if (wait := until - self.loop.time()) > 0:
            raise RateLimited(wait)
        route.url = self._base + route.url.removeprefix(Route.BASE)
        try:
            return await super().request(route, files=files, form=form, **kwargs)
        except Held as held:
            self._close("" if held.everything else lane, held.retry_after)
            raise

    def _close(self, lane: str, seconds: float) -> None:
        now = self.loop.time()
        self._closed = {name: until for name, until in self._closed.items() if until > now}
        self._closed[lane] = max(self._closed.get(lane, 0.0), now + seconds)


def _no_bodies(record: logging.LogRecord) -> bool:
    """At level DEBUG discord.py logs what is sent and answered, which is nobody else's business."""
    return record.levelno > logging.DEBUG


async def _headers_sent(_session: Any, _context: SimpleNamespace, _params: Any) -> None:
    if (seen := left.get()) is not None:
        seen.append(True)


async def _answered(
    _session: aiohttp.ClientSession, _context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
) -> None:
    """Raise what discord.py would sleep over, before it sees it."""
    response = params.response
    if response.status == 429:
        try:
            data: object = await json_or_text(response)
        except ValueError:  # no JSON under the name of JSON: the status alone says enough
            data = ""
        if isinstance(data, dict) and isinstance(told := data.get("retry_after"), (int, float)):
            raise Held(float(told), everything=bool(data.get("global")))
        header = response.headers.get("Retry-After", "")
        raise Held(float(header) if header.isdecimal() else UNTOLD_WAIT, everything=True)
    if response.status >= 500:
        raise DiscordServerError(response, None)
