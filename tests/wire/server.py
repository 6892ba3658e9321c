"""What the wire servers share: a loopback port, faults on demand, storms, and a log of what was accepted."""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self, TextIO

from aiohttp import web

HOWS = ("429", "500", "reset", "slow", "refuse-before", "garbage")
GRACE = 0.1
"""Seconds after a 429 in which a request counts as one that was under way already."""


@dataclass
class Fault:
    """How one request goes wrong, and its numbers."""

    how: str
    delay: float = 0.5
    retry_after: float = 2.0


@dataclass
class Storm:
    """A share of the requests gets 429 until an instant of the monotonic clock."""

    share: float
    until: float
    chance: random.Random = field(default_factory=lambda: random.Random(7))


class WireServer:
    """A platform on 127.0.0.1. Faults hit the place "post" unless another is named.

    429 and refuse-before take nothing; 500 takes nothing and says so badly; reset, slow and
    garbage take the message and lose the answer.
    """

    def __init__(self, *, port: int = 0, log: Path | None = None) -> None:
        self.counts: Counter[str] = Counter()
        self.limited = 0
        self.early: list[tuple[str, float]] = []
        """Requests inside a wait the server had asked for: bucket, and seconds left of it."""
        self._faults: dict[str, deque[Fault]] = {}
        self._storm: Storm | None = None
        self._waits: dict[str, tuple[float, float]] = {}
        self._port = port
        self._log_path = log
        self._log: TextIO | None = None
        self._runner: web.AppRunner | None = None

    @property
    def root(self) -> str:
        """Its address without a path."""
        return f"http://127.0.0.1:{self._port}"

    def routes(self) -> list[web.RouteDef]:
        """What it answers to."""
        raise NotImplementedError

    def too_many(self, seconds: float, *, everything: bool = False) -> web.Response:
        """The platform's 429."""
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.add_routes(self.routes())
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        if self._log_path is not None:
            self._log = self._log_path.open("a", encoding="utf-8")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
        if self._log is not None:
            self._log.close()

    def fail_next(
        self, n: int, how: str, *, place: str = "post", delay: float = 0.5, retry_after: float = 2.0
    ) -> None:
        """Let the next n requests of a place go wrong."""
        if how not in HOWS:
            raise ValueError(f"{how} is not one of {', '.join(HOWS)}.")
        self._faults.setdefault(place, deque()).extend(Fault(how, delay, retry_after) for _ in range(n))

    def storm(self, share: float, seconds: float) -> None:
        """For that long that share of all requests gets 429, with random waits."""
        self._storm = Storm(share, time.monotonic() + seconds)

    async def serve(
        self,
        request: web.Request,
        place: str,
        bucket: str,
        answer: Callable[[], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Answer one request, or let it go wrong as was asked for."""
        self.counts[place] += 1
        if (stormy := self._stormy(bucket)) is not None:
            return stormy
        waiting = self._faults.get(place)
        if not waiting:
            return await answer()
        return await self._fail(request, waiting.popleft(), bucket, answer)

    def limit(self, bucket: str, seconds: float, *, everything: bool = False) -> web.Response:
        """Say 429, count it, and watch who comes back too early."""
        self.limited += 1
        now = time.monotonic()
        self._waits["" if everything else bucket] = (now, now + seconds)
        return self.too_many(seconds, everything=everything)

    def _stormy(self, bucket: str) -> web.Response | None:
        now = time.monotonic()
        for name in ("", bucket):
            since, until = self._waits.get(name, (0.0, 0.0))
            if since + GRACE < now < until:
                self.early.append((name, until - now))
        storm = self._storm
        if storm is None or now > storm.until or storm.chance.random() >= storm.share:
            return None
        return self.limit(
            bucket, storm.chance.choice((0.3, 0.7, 1.0)), everything=storm.chance.random() < 0.2
        )

    async def _fail(
        self,
        request: web.Request,
        fault: Fault,
        bucket: str,
        answer: Callable[[], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        match fault.how:
            case "429":
                return self.limit(bucket, fault.retry_after)
            case "500":
                return web.Response(status=500, text="Internal Server Error")
            case "refuse-before":
                return self._cut(request)
            case "reset":
                await answer()
                return self._cut(request)
            case "slow":
                taken = await answer()
                await asyncio.sleep(fault.delay)
                return taken
            case _:
                await answer()
                return web.Response(text='{"id": "12', content_type="application/json", charset=None)

    @staticmethod
    def _cut(request: web.Request) -> web.Response:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def note(self, **line: Any) -> None:
        """One line in the log for what was accepted."""
        if self._log is not None:
            self._log.write(json.dumps(line) + "\n")
            self._log.flush()


def run(make: Callable[[argparse.Namespace], WireServer], parser: argparse.ArgumentParser) -> None:
    """Be a process of its own: print the port, serve until SIGTERM or SIGINT."""
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--log", type=Path)
    asyncio.run(_stand(make(parser.parse_args())))


async def _stand(server: WireServer) -> None:
    over = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, over.set)
    async with server:
        print(server.root.rpartition(":")[2], flush=True)
        await over.wait()
    sys.stdout.flush()
