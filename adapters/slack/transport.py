"""How Slack reaches us: bolt without its habits, its socket, and what may come over HTTP."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from time import time

from aiohttp import WSMessage, web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from adapters.slack.speak import client
from bot.reception import reference

_starts: ContextVar[list[Callable[[], object]]] = ContextVar("slack_starts")


def once_acknowledged(start: Callable[[], object]) -> None:
    """Let something begin when Slack has its answer. Only inside `Acknowledging`."""
    _starts.get().append(start)


class Acknowledging:
    """What is told to `once_acknowledged` inside begins when it ends, which is after Slack was answered."""

    async def __aenter__(self) -> None:
        self._held: list[Callable[[], object]] = []
        self._before = _starts.set(self._held)

    async def __aexit__(self, *_: object) -> None:
        _starts.reset(self._before)
        for start in self._held:  # also where the acknowledgement got lost: it is kept, and comes once
            start()


class Socket(AsyncSocketModeHandler):
    """Slack's socket; turns begin once their envelope is acknowledged."""

    _signs = 0
    _seen: tuple[object, float | None] = (None, None)

    async def leave(self, seconds: float) -> None:
        """Close it; one from which nothing comes is not waited for longer than this."""
        try:
            async with asyncio.timeout(seconds):
                await self.close_async()  # type: ignore[no-untyped-call]
        except TimeoutError:
            await self.client.aiohttp_client_session.close()
            await self.close_async()  # type: ignore[no-untyped-call]

    def signs(self) -> int:
        """Signs of life so far: each thing that Slack said, and each look after which it had answered a ping.

        A time of the last ping that appears where none was is our own; one that moves on in the same
        connection is an answer.
        """
        if self._heard not in self.client.on_message_listeners:
            self.client.on_message_listeners.append(self._heard)
        connection, before = self._seen
        self._seen = (self.client.current_session, self.client.last_ping_pong_time)
        answered = self._seen[1]
        if connection is self._seen[0] and before is not None and answered is not None and answered > before:
            self._signs += 1
        return self._signs

    async def _heard(self, _: WSMessage) -> None:
        self._signs += 1

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """One envelope. One that bolt cannot even open is acknowledged, because it would come again as it is."""
        began = time()
        async with Acknowledging():
            try:
                answer = await run_async_bolt_app(self.app, req)
            except Exception as unreadable:  # bolt looks into payloads before it guards itself
                reference(unreadable)
                answer = BoltResponse(status=200)
            await send_async_response(client, req, answer, began)


async def dispatched(bolt: AsyncApp, asked: AsyncBoltRequest) -> BoltResponse:
    """What bolt says to a call; 400 where it stumbles over one, as its own ways of saying so do."""
    try:
        return await bolt.async_dispatch(asked)
    except Exception as unreadable:
        reference(unreadable)
        return BoltResponse(status=400)


def bolt_app(secret: str | None, api_url: str | None) -> AsyncApp:
    """An app without listeners. A call over HTTP is only believed with a signature by the secret."""
    quiet = logging.getLogger("adapters.slack.bolt")
    quiet.setLevel(logging.ERROR)  # below it bolt writes what it was sent into the log
    return AsyncApp(
        name="pacer",
        logger=quiet,
        client=client(api_url, None),
        authorize=_authorize,  # its own asks Slack before the first event, and loses that one where Slack is away
        signing_secret=secret or "none",
        request_verification_enabled=bool(secret),
        ignoring_self_events_enabled=False,  # inbound.py does, without having to know who we are
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        process_before_response=True,  # else each acknowledgement waits for a poll of ten milliseconds
    )


async def _authorize(team_id: str | None) -> AuthorizeResult:
    """Nothing to ask: one workspace, one token, and that is the courier's."""
    return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token="")


async def leave(ack: AsyncAck) -> None:
    """Nothing follows from it."""
    await ack()


async def broken(error: Exception) -> BoltResponse:
    """What bolt could not read, or we could not keep: not acknowledged, and logged without a word of it."""
    reference(error)
    return BoltResponse(status=400)


def sound(request: web.Request) -> bool:
    """Whether bolt can check the signature of this call without stumbling."""
    stamp = request.headers.get("X-Slack-Request-Timestamp", "0")
    signature = request.headers.get("X-Slack-Signature", "")
    return bool(re.fullmatch(r"[0-9]{1,12}", stamp)) and signature.isascii()
