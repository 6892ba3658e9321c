"""Discord's gateway and the requests around interactions, on loopback: sessions, heartbeats, drops, RESUME with replay."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from aiohttp import WSMsgType, web
from wire.discord_server import EPOCH, ME, VIA, DiscordServer

DISPATCH, INVALID, HELLO, ACK = 0, 9, 10, 11
WRONG_TOKEN = 4004
APPLICATION = "900000000000000009"


class DiscordGateway(DiscordServer):
    """A Discord that also tells events. One session; what it could not tell is told after RESUME."""

    def __init__(self, *, heartbeat: float = 5.0, **given: Any) -> None:
        super().__init__(**given)
        self.heartbeat = heartbeat
        self.beats = self.identified = self.resumed = 0
        self.intents: list[int] = []
        self.repeats = 0
        """How many events that were told already a RESUME tells again."""
        self.callbacks: list[dict[str, Any]] = []
        """Responses to interactions, oldest first, each with the interaction's id."""
        self.edits: list[tuple[str, dict[str, Any]]] = []
        """Token and body of each edit of an answer."""
        self.followups: list[tuple[str, dict[str, Any]]] = []
        self.registered: list[dict[str, Any]] = []
        self.registrations = 0
        self.accepts_callbacks = True
        self._answered: set[str] = set()
        self._events: list[tuple[int, str, Any]] = []
        self._writing: set[asyncio.Task[None]] = set()
        self._socket: web.WebSocketResponse | None = None

    @property
    def gateway_url(self) -> str:
        """What stands in place of wss://gateway.discord.gg."""
        return f"ws{self.root.removeprefix('http')}/gateway"

    def routes(self) -> list[web.RouteDef]:
        """Besides direct messages: the socket, the application, its commands, answers."""
        api = "/api/v10"
        answer = f"{api}/webhooks/{{application}}/{{token}}"
        return [
            *super().routes(),
            web.get("/gateway", self._gateway),
            web.get("/gateway/", self._gateway),
            web.get(f"{api}/oauth2/applications/@me", self._application),
            web.get(f"{api}/applications/{{application}}/commands", self._commands),
            web.put(f"{api}/applications/{{application}}/commands", self._register),
            web.post(f"{api}/interactions/{{id}}/{{token}}/callback", self._callback),
            web.patch(f"{answer}/messages/@original", self._edit_answer),
            web.post(answer, self._follow),
        ]

    def command(self, account: str, *words: str) -> str:
        """Somebody gives a command without arguments in direct messages; the interaction's id."""
        options: list[dict[str, Any]] = []
        for number, word in enumerate(reversed(words)):
            options = [{"name": word, "type": 1 if number == 0 else 2, "options": options}]
        return self.interaction(account, 2, {"id": "1", "name": "pacer", "type": 1, "options": options})

    def interaction(self, account: str, kind: int, data: dict[str, Any]) -> str:
        """Something is done with the bot in direct messages; the interaction's id."""
        name = str(((int(time.time() * 1000) - EPOCH) << 22) | (next(self._ids) & 0x3FFFFF))
        user = {"id": account, "username": account, "discriminator": "0", "avatar": None}
        payload = {
            "id": name,
            "application_id": APPLICATION,
            "type": kind,
            "token": f"token-{name}",
            "version": 1,
            "data": data,
            "channel_id": f"7{account}",
            "channel": {"id": f"7{account}", "type": 1, "recipients": [user]},
            "user": user,
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {},
            "context": 1,
            "attachment_size_limit": 1000,
        }
        self._tell("INTERACTION_CREATE", payload)
        return name

    def drop(self) -> None:
        """The connection is gone without a word."""
        socket, self._socket = self._socket, None
        if socket is not None and socket._req is not None and socket._req.transport is not None:
            socket._req.transport.abort()

    def _tell(self, name: str, data: Any) -> None:
        self._events.append((len(self._events) + 1, name, data))
        self._send(*self._events[-1])

    def _send(self, number: int, name: str, data: Any) -> None:
        if self._socket is not None and not self._socket.closed:
            body = {"op": DISPATCH, "s": number, "t": name, "d": data}
            task = asyncio.create_task(self._socket.send_json(body))
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": int(self.heartbeat * 1000)}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            body = json.loads(message.data)
            match body["op"]:
                case 1:  # a heartbeat
                    self.beats += 1
                    await socket.send_json({"op": ACK})
                case 2:  # IDENTIFY
                    await self._identify(socket, body["d"])
                case 6:  # RESUME
                    await self._resume(socket, body["d"])
        return socket

    async def _identify(self, socket: web.WebSocketResponse, given: dict[str, Any]) -> None:
        if self.token is not None and given["token"] != self.token:
            await socket.close(code=WRONG_TOKEN)
            return
        self.identified += 1
        self.intents.append(given["intents"])
        self._socket = socket
        self._tell(
            "READY",
            {
                "v": 10,
                "user": {"id": ME, "username": "pacer", "discriminator": "0", "avatar": None, "bot": True},
                "guilds": [],
                "session_id": f"session-{self.identified}",
                "resume_gateway_url": self.gateway_url,
                "application": {"id": APPLICATION, "flags": 0},
            },
        )

    async def _resume(self, socket: web.WebSocketResponse, given: dict[str, Any]) -> None:
        if given["session_id"] != f"session-{self.identified}":
            await socket.send_json({"op": INVALID, "d": False})
            return
        self.resumed += 1
        self._socket = socket
        for number, name, data in list(self._events):
            if number > given["seq"] - self.repeats and name == "INTERACTION_CREATE":
                self._send(number, name, data)
        self._tell("RESUMED", {"_trace": []})

    async def _application(self, request: web.Request) -> web.StreamResponse:
        owner = {"id": "1", "username": "host", "discriminator": "0", "avatar": None}
        return _json(
            {
                "id": APPLICATION,
                "name": "pacer",
                "description": "",
                "icon": None,
                "bot_public": True,
                "bot_require_code_grant": False,
                "owner": owner,
                "verify_key": "",
            }
        )

    async def _commands(self, request: web.Request) -> web.StreamResponse:
        return _json(self.registered)

    async def _register(self, request: web.Request) -> web.StreamResponse:
        given = json.loads(await request.read())
        self.registrations += 1
        self.registered = [
            {**command, "id": str(n), "application_id": APPLICATION, "version": "1"}
            for n, command in enumerate(given, 1)
        ]
        return _json(self.registered)

    async def _callback(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["id"]
        if not self.accepts_callbacks:
            return self._error(404, 10062, "Unknown interaction")
        if name in self._answered:
            return self._error(400, 40060, "Interaction has already been acknowledged.")
        self._answered.add(name)
        self.callbacks.append({"id": name, **json.loads(await request.read())})
        return _json({"interaction": {"id": name, "type": 2}})

    async def _edit_answer(self, request: web.Request) -> web.StreamResponse:
        token = request.match_info["token"]
        if token.removeprefix("token-") not in self._answered:
            return self._error(404, 10015, "Unknown Webhook")
        body = json.loads(await request.read())
        self.edits.append((token, body))
        return _json(self._shown(body))

    async def _follow(self, request: web.Request) -> web.StreamResponse:
        body = json.loads(await request.read())
        self.followups.append((request.match_info["token"], body))
        return _json(self._shown(body))

    def _shown(self, body: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": str(next(self._ids) + 1),
            "channel_id": "7",
            "type": 0,
            "author": {"id": ME, "username": "pacer", "discriminator": "0", "avatar": None, "bot": True},
            "content": "",
            "timestamp": "2026-11-21T08:00:00+00:00",
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "components": body.get("components", []),
            "pinned": False,
            "flags": body.get("flags", 0),
        }


def _json(body: object) -> web.Response:
    # discord.py reads JSON only under exactly this type, without a charset.
    headers = {**VIA, "Content-Type": "application/json"}
    return web.Response(body=json.dumps(body).encode(), headers=headers)
