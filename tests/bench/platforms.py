"""How soon Slack hears that we have it, and what a command costs besides the database. Both sides in one run."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.slack.app import SlackApp
from adapters.slack.deliver import SlackCourier
from adapters.slack.transport import Acknowledging
from bot.chat.effects import Effects, say
from bot.chat.inbound import AnyInbound
from bot.coach import Coach
from bot.content.shipped import shipped
from storage.columns import Sealer
from storage.store import SqlStore
from tests.bench.ours import opened, sealer
from tests.bench.report import Line, at_most, faster
from tests.bench.timing import now

ROUNDS, ARRIVING = 300, 1000
TOKEN = "xoxb-bench"
NOWHERE = "http://127.0.0.1:9/api/"
_number = count()

Dispatch = Callable[[AsyncBoltRequest], Awaitable[object]]


def event() -> AsyncBoltRequest:
    """A message to us that never came before."""
    body = {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": "A1",
        "event_id": f"Ev{next(_number)}",
        "event_time": 1,
        "event": {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": "today", "ts": "1.1"},
    }  # fmt: skip
    return AsyncBoltRequest(body=body, mode="socket_mode")


def command() -> AsyncBoltRequest:
    """`/pacer help`."""
    body = {
        "command": "/pacer", "text": "help", "user_id": "U1", "team_id": "T1", "channel_id": "D1",
        "trigger_id": f"t{next(_number)}", "response_url": NOWHERE,
    }  # fmt: skip
    return AsyncBoltRequest(body=body, mode="socket_mode")


def bare(*, at_once: bool) -> AsyncApp:
    """Bolt with listeners that acknowledge and do nothing more."""

    async def known(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id="T1", bot_token=TOKEN, bot_user_id="UB", bot_id="B"
        )

    app = AsyncApp(authorize=known, request_verification_enabled=False, process_before_response=at_once)

    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    app.command("/pacer")(acknowledge)
    app.event("message")(acknowledge)
    return app


class Unwritten(Coach):
    """The coach without its database: what is taken is not kept, and each turn says the same."""

    async def receive(self, inbound: AnyInbound) -> AnyInbound | None:
        """As if it was kept."""
        return inbound

    async def run(self, inbound: AnyInbound, *, keep_answer: bool = False) -> Effects:
        """A short answer."""
        return say("Here.")


class Written(Coach):
    """The coach whose turns are left out: only keeping is measured."""

    async def run(self, inbound: AnyInbound, *, keep_answer: bool = False) -> Effects:
        """Nothing to say."""
        return ()


@asynccontextmanager
async def pacer(kind: type[Coach], keys: Sealer) -> AsyncIterator[Dispatch]:
    """Our listeners, behind which nobody listens."""
    with tempfile.TemporaryDirectory() as folder:
        engine = await opened(f"sqlite:///{Path(folder) / 'pacer.db'}")
        store = SqlStore(engine, keys)
        coach = kind(store, shipped(), lambda: datetime.now(UTC))
        courier = SlackCourier(TOKEN, NOWHERE)
        app = SlackApp(
            courier,
            coach,
            store,
            bot_token=TOKEN,
            app_token=None,
            signing_secret=None,
            api_url=NOWHERE,
            now=lambda: datetime.now(UTC),
            home_seconds=3600,
        )
        await app.start()

        async def dispatch(asked: AsyncBoltRequest) -> object:
            async with Acknowledging():
                return await app._bolt.async_dispatch(asked)

        try:
            yield dispatch
        finally:
            await app.stop(1)
            await courier.close()
            await store.close()


async def taken(dispatch: Dispatch, ask: Callable[[], AsyncBoltRequest], rounds: int) -> list[float]:
    """Seconds until each is acknowledged, one after the other."""
    found = []
    for _ in range(rounds + 5):
        asked = ask()
        begun = now()
        answer = await dispatch(asked)
        found.append(now() - begun)
        if getattr(answer, "status", 0) != 200:
            raise AssertionError("not acknowledged")
    return found[5:]


async def arriving(dispatch: Dispatch, many: int) -> list[float]:
    """Seconds until each is acknowledged while others arrive, two hundred and fifty a second."""
    found: list[float] = []

    async def one() -> None:
        asked, begun = event(), now()
        await dispatch(asked)
        found.append(now() - begun)

    tasks = []
    for _ in range(many):
        tasks.append(asyncio.create_task(one()))
        await asyncio.sleep(0.004)
    await asyncio.gather(*tasks)
    return found


async def _measure() -> list[Line]:
    keys = sealer()
    default, prompt = bare(at_once=False), bare(at_once=True)
    waits = await taken(default.async_dispatch, command, ROUNDS)
    plain = await taken(prompt.async_dispatch, command, ROUNDS)
    async with pacer(Unwritten, keys) as unwritten:
        mine = await taken(unwritten, command, ROUNDS)
    async with pacer(Written, keys) as written:
        kept = await taken(written, command, ROUNDS)
        busy = await arriving(written, ARRIVING)
    p99 = quantiles(busy, n=100)[98]
    overhead = (median(mine) - median(plain)) / median(plain)
    return [
        faster(
            "Slack: acknowledged, nothing written; bolt's default", median(waits), median(mine), 50, unit=1000
        ),
        faster(
            "Slack: acknowledged, kept on SQLite; bolt's default", median(waits), median(kept), 4, unit=1000
        ),
        Line(
            f"Slack: {ARRIVING:,} events arrive, acknowledged, kept on SQLite: p99",
            "",
            f"{p99 * 1000:.1f} ms",
            goal="< 50 ms",
            met=p99 < 0.05,
        ),
        at_most(
            "Slack: what a command costs beyond bolt until it is acknowledged, no database",
            f"{median(plain) * 1000:.3g} ms",
            f"{(median(mine) - median(plain)) * 1000:.3g} ms",
            overhead,
            1.0,
        ),
    ]


def lines() -> Iterator[Line]:
    """All of it."""
    yield from asyncio.run(_measure())


def everything() -> Iterator[Line]:
    """Every figure of the platforms, whatever module measures it."""
    from tests.bench import both, busy, discord_command, whole_turn

    for part in (lines, both.lines, busy.lines, discord_command.lines, whole_turn.lines):
        yield from part()
