"""A Pacer with an address of its own that can be installed in workspaces, and somebody's browser."""

from __future__ import annotations

import html
import json
import re
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self

import aiohttp
from aiohttp import web
from cryptography.fernet import Fernet, MultiFernet
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from wire.slack_oauth_server import CLIENT_ID, CLIENT_SECRET, SlackOAuthServer
from yarl import URL

from adapters.slack.deliver import SlackCourier
from adapters.slack.oauth import NOT_INSTALLED, OAuth, open_oauth
from bot.chat.inbound import Sender
from bot.chat.message import message
from bot.delivery.model import Outcome
from storage.columns import Sealer
from storage.engine import open_engine
from storage.installations import SqlInstallations
from storage.schema import prepare

SIGNING = "signing-secret"
HELLO = message("Good morning.")


@dataclass
class Pacer:
    """A Pacer with an address of its own, and a clock that can be put forward."""

    url: str
    oauth: OAuth
    kept: SqlInstallations
    courier: SlackCourier
    folder: Path
    engine: AsyncEngine
    heard: list[tuple[str | None, str | None]] = field(default_factory=list)
    """Workspace and token of each mention that was handled."""
    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    async def event(self, team: str, kind: str, at: float | None = None, **inner: Any) -> tuple[int, str]:
        """Slack brings an event; how it was answered."""
        body = json.dumps({
            "type": "event_callback", "team_id": team, "api_app_id": "A1", "event_id": f"Ev{time.time_ns()}",
            "event_time": int(time.time() if at is None else at), "event": {"type": kind, **inner},
        })  # fmt: skip
        stamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": SignatureVerifier(SIGNING).generate_signature(timestamp=stamp, body=body)
            or "",
        }
        async with (
            aiohttp.ClientSession() as slack,
            slack.post(f"{self.url}/slack/events", data=body, headers=headers) as answer,
        ):
            return answer.status, await answer.text()

    async def mention(self, team: str) -> tuple[int, str]:
        return await self.event(team, "app_mention", text="<@UBOT> hello", user="UADA", channel="C1")

    async def letter(self, to: Sender, key: str = "k") -> Outcome:
        return await self.courier.send(to, HELLO, key=key)

    async def says(self, to: Sender, words: str) -> tuple[int, str]:
        """Somebody writes to Pacer directly."""
        told = {"text": words, "user": to.account, "channel": f"D{to.account}", "channel_type": "im"}
        return await self.event(to.tenant, "message", ts=f"{time.time():.6f}", **told)

    async def sql(self, statement: str) -> list[Any]:
        """A statement past all that guards the tables."""
        async with self.engine.begin() as connection:
            done = await connection.execute(text(statement))
            return list(done.all()) if done.returns_rows else []

    def tokens_in_sight(self, slack: SlackOAuthServer) -> list[str]:
        """Tokens that can be read in a file."""
        found = b"".join(p.read_bytes() for p in self.folder.iterdir() if p.is_file())
        assert b"slack_installation" in found
        return [token for token in [*slack.good, "xoxe-", "xoxp-"] if token.encode() in found]


def oauth_of(kept: SqlInstallations, slack: SlackOAuthServer, url: str, now: Callable[[], datetime]) -> OAuth:
    """Installing as a process of Pacer's does it."""
    return open_oauth(
        kept, client_id=CLIENT_ID, client_secret=CLIENT_SECRET, address=url, api_url=slack.url, now=now
    )


@asynccontextmanager
async def pacer_at(slack: SlackOAuthServer, folder: Path) -> AsyncIterator[Pacer]:
    """Listening, on SQLite, and installed nowhere yet."""
    engine = open_engine(f"sqlite:///{folder / 'pacer.db'}")
    await prepare(engine)
    kept = SqlInstallations(engine, Sealer(MultiFernet([Fernet(Fernet.generate_key())])))
    door = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{door.getsockname()[1]}"
    clock: list[Pacer] = []

    def now() -> datetime:
        return clock[0].now()

    oauth = oauth_of(kept, slack, url, now)
    courier = SlackCourier(
        api_url=slack.url, timeout=2, tokens=oauth.tokens.token, workspaces=oauth.tokens.workspaces
    )
    made = Pacer(url, oauth, kept, courier, folder, engine)
    clock.append(made)
    runner = web.AppRunner(_application(made, slack), access_log=None)
    await runner.setup()
    await web.SockSite(runner, door).start()
    yield made
    await runner.cleanup()
    await oauth.tokens.close()
    await courier.close()
    await engine.dispose()


def _application(pacer: Pacer, slack: SlackOAuthServer) -> web.Application:
    bolt = AsyncApp(
        client=AsyncWebClient(base_url=slack.url, retry_handlers=[]),
        oauth_flow=pacer.oauth.flow,
        signing_secret=SIGNING,
        process_before_response=True,
        user_facing_authorize_error_message=NOT_INSTALLED,
    )

    async def mentioned(context: Any, client: AsyncWebClient) -> None:
        pacer.heard.append((context.team_id, client.token))

    bolt.event("app_mention")(mentioned)
    pacer.oauth.listen(bolt)

    async def events(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    page = web.Application()
    page.add_routes([*pacer.oauth.routes(), web.post("/slack/events", events)])
    return page


class Browser:
    """Goes where links and redirects lead, and keeps cookies as browsers do on this machine."""

    def __init__(self, *origins: str) -> None:
        jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=[URL(o) for o in origins])
        self.session = aiohttp.ClientSession(cookie_jar=jar)

    async def open(self, url: str | URL, **how: Any) -> tuple[int, str]:
        async with self.session.get(url, **how) as page:
            self.headers = page.headers
            return page.status, await page.text()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()

    async def install(self, pacer: Pacer) -> tuple[int, str]:
        """From the first page to the last one."""
        status, page = await self.open(f"{pacer.url}/slack/install")
        assert status == HTTPStatus.OK
        return await self.open(link_in(page))


def link_in(page: str) -> URL:
    (link,) = re.findall('href="([^"]*)"', page)
    return URL(html.unescape(link))
