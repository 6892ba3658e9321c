"""The health port: is Pacer alive, is it ready, what does it count. On loopback unless told otherwise."""

from __future__ import annotations

import asyncio
import errno
import logging
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import hdrs, web
from prometheus_client import CONTENT_TYPE_LATEST

from adapters.health.metrics import Metrics

log = logging.getLogger(__name__)

Check = Callable[[], Awaitable[tuple[bool, str]]]
"""Whether a part is well, and one sentence about it that holds no secret."""

Verdict = tuple[bool, str]

PATIENCE = 2.0
"""Seconds that a check may take."""
GRACE = 3.0
"""Seconds that an answer under way has when the server stops."""
_FRESH = {hdrs.CACHE_CONTROL: "no-store"}


class CannotListen(Exception):
    """The health port cannot be opened; the message says why and what to set."""


class PortInUse(CannotListen):
    """Another program listens at the health address."""


class HealthServer:
    """Answers /livez, /readyz and /metrics. A port of 0 takes a free one, told by `port`."""

    def __init__(
        self,
        host: str,
        port: int,
        checks: Mapping[str, Check],
        metrics: Metrics,
        *,
        patience: float = PATIENCE,
    ) -> None:
        self._host, self._asked_port = host, port
        self._checks, self._metrics, self._patience = checks, metrics, patience
        self._asking: dict[str, asyncio.Task[Verdict]] = {}
        self._site: web.TCPSite | None = None
        self._runner: web.AppRunner | None = None

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._site.port if self._site else self._asked_port

    async def start(self) -> None:
        """Listen. Raises CannotListen, and PortInUse if it is another's."""
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=GRACE)
        await runner.setup()
        site = web.TCPSite(runner, self._host, self._asked_port)
        try:
            await site.start()
        except (OSError, OverflowError, UnicodeError) as problem:
            await runner.cleanup()
            raise self._complaint(problem) from problem
        self._runner, self._site = runner, site

    async def stop(self) -> None:
        """Close the port, and leave checks that have not answered; a second time does nothing."""
        runner, self._runner, self._site = self._runner, None, None
        self._give_up()
        if runner:
            await runner.cleanup()
        if left := self._give_up():
            await asyncio.wait(left, timeout=self._patience)

    def _give_up(self) -> set[asyncio.Task[Verdict]]:
        """Call off the checks that have not answered; they may take a moment to notice."""
        left = {task for task in self._asking.values() if not task.done()}
        for task in left:
            task.cancel()
        return left

    def _application(self) -> web.Application:
        application = web.Application()
        application.router.add_get("/livez", self._livez)
        application.router.add_get("/readyz", self._readyz)
        application.router.add_get("/metrics", self._page)
        application.router.add_route("*", "/{path:.*}", _nothing)
        return application

    def _complaint(self, problem: Exception) -> CannotListen:
        address = f"{self._host}:{self._asked_port}"
        if isinstance(problem, OSError) and problem.errno == errno.EADDRINUSE:
            return PortInUse(
                f"Another program listens at {address}. Set PACER_HEALTH_ADDRESS to a free port."
            )
        return CannotListen(
            f"Pacer cannot listen at {address}. Set PACER_HEALTH_ADDRESS to an address of this machine "
            "and a port it may use, such as 127.0.0.1:8321."
        )

    async def _livez(self, _: web.Request) -> web.Response:
        return web.Response(text="ok", headers=_FRESH)

    async def _readyz(self, _: web.Request) -> web.Response:
        verdicts = await self._judge()
        ready = all(ok for ok, _ in verdicts.values())
        checks = {name: {"ok": ok, "said": said} for name, (ok, said) in verdicts.items()}
        return web.json_response(
            {"ready": ready, "checks": checks}, status=200 if ready else 503, headers=_FRESH
        )

    async def _page(self, request: web.Request) -> web.Response:
        # Only a scrape may reset the longest stall, and a HEAD is none.
        body = b"" if request.method == hdrs.METH_HEAD else self._metrics.page()
        return web.Response(body=body, headers={**_FRESH, hdrs.CONTENT_TYPE: CONTENT_TYPE_LATEST})

    async def _judge(self) -> dict[str, Verdict]:
        """Ask all checks at once; the answer takes no longer than one check may."""
        tasks = {name: self._ask(name, check) for name, check in self._checks.items()}
        if tasks:
            await asyncio.wait(tasks.values(), timeout=self._patience)
        return {name: self._verdict(name, task) for name, task in tasks.items()}

    def _ask(self, name: str, check: Check) -> asyncio.Task[Verdict]:
        """Ask one check, or wait for the answer it still owes, so that stuck ones do not pile up."""
        task = self._asking.get(name)
        if task is None or task.done():
            task = self._asking[name] = asyncio.create_task(_answer(name, check), name=f"check {name}")
        return task

    def _verdict(self, name: str, task: asyncio.Task[Verdict]) -> Verdict:
        if task.done() and not task.cancelled():
            return task.result()
        task.cancel()
        return False, f"No answer within {self._patience:g} seconds."


async def _answer(name: str, check: Check) -> Verdict:
    try:
        ok, said = await check()
        return bool(ok), str(said)
    except (
        Exception
    ) as broken:  # whatever a check meets is its answer, told by type: messages may hold secrets
        log.warning("The check %s could not be made: %s", name, type(broken).__name__)
        return False, f"The check could not be made: {type(broken).__name__}."


async def _nothing(_: web.Request) -> web.Response:
    return web.Response(status=404, text="not found", headers=_FRESH)
