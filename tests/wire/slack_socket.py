"""Slack's Socket Mode on loopback: envelopes go out, acknowledgements come back, what is not acknowledged is sent again."""

from __future__ import annotations

import asyncio
import itertools
import json
from typing import Any

from aiohttp import WSMsgType, web
from wire.slack_server import SlackServer

APP_TOKEN = "xapp-secret-app-token"


class SlackSocket(SlackServer):
    """A Slack that sends its events through a socket."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.sockets: list[web.WebSocketResponse] = []
        self.acknowledged: dict[str, dict[str, Any]] = {}
        """Each acknowledgement by its envelope's id."""
        self.order: list[str] = []
        """What came in from the app, in order: "ack" and names of methods."""
        self._acks: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._envelopes = itertools.count(1)
        self._connected = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        """With the opening of a socket, and the socket itself."""
        opening = [web.route(v, "/api/apps.connections.open", self._open_socket) for v in ("GET", "POST")]
        return [*super().routes(), *opening, web.get("/link", self._link)]

    async def connected(self) -> None:
        """Wait until a socket stands."""
        async with asyncio.timeout(15):
            await self._connected.wait()

    async def send(
        self, kind: str, payload: dict[str, Any], *, attempt: int = 0, seconds: float = 10
    ) -> dict[str, Any] | None:
        """Send one envelope; its acknowledgement, or None if none came in time (Slack gives three seconds)."""
        await self.connected()
        name = f"envelope-{next(self._envelopes)}"
        envelope = {"envelope_id": name, "type": kind, "payload": payload, "accepts_response_payload": True}
        if attempt:
            envelope |= {"retry_attempt": attempt, "retry_reason": "timeout"}
        self._acks[name] = asyncio.get_running_loop().create_future()
        await self.sockets[-1].send_str(json.dumps(envelope))
        try:
            async with asyncio.timeout(seconds):
                return await self._acks[name]
        except TimeoutError:
            return None

    async def ask_to_reconnect(self) -> None:
        """Slack's `disconnect`, as it comes every few hours."""
        self._connected.clear()
        await self.sockets[-1].send_str(json.dumps({"type": "disconnect", "reason": "warning"}))

    async def drop(self) -> None:
        """The socket breaks without a word."""
        self._connected.clear()
        await self.sockets[-1].close(code=1011)

    async def _open_socket(self, request: web.Request) -> web.StreamResponse:
        async def answer() -> web.Response:
            if request.headers.get("Authorization") != f"Bearer {APP_TOKEN}":
                return web.json_response({"ok": False, "error": "invalid_auth"})
            ticket = next(self._envelopes)
            return web.json_response(
                {"ok": True, "url": f"{self.root.replace('http', 'ws')}/link?t={ticket}"}
            )

        return await self.serve(request, "socket", "socket", answer)

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"type": "hello", "num_connections": len(self.sockets) + 1}))
        self.sockets.append(socket)
        self._connected.set()
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                self._note_ack(json.loads(frame.data))
        return socket

    def _note_ack(self, told: dict[str, Any]) -> None:
        name = told["envelope_id"]
        self.acknowledged[name] = told
        self.order.append("ack")
        if not self._acks[name].done():
            self._acks[name].set_result(told)
