"""Discord's REST interface as far as direct messages need it, on loopback.

As a process of its own: python tests/wire/discord_server.py --port 0 --log FILE
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from aiohttp import web
from wire.server import WireServer, run

EPOCH = 1420070400000
ME = "900000000000000001"
IS_COMPONENTS_V2 = 1 << 15
ACTION_ROW, BUTTON, SELECT, TEXT_DISPLAY, GALLERY, FILE = 1, 2, 3, 10, 12, 13
VIA = {"Via": "1.1 google"}


class DiscordServer(WireServer):
    """One bot's Discord: direct messages, nonces, limits, and what it has accepted."""

    def __init__(
        self,
        *,
        port: int = 0,
        log: Path | None = None,
        token: str | None = None,
        nonce_seconds: float | None = 300,
        keeps_nonces: bool = False,
        each_second: int = 50,
        each_channel: tuple[int, float] = (5, 5.0),
    ) -> None:
        super().__init__(port=port, log=log)
        self.token = token
        """None takes any."""
        self.nonce_seconds = nonce_seconds
        """How long a nonce is known; None switches the deduplication off."""
        self.keeps_nonces = keeps_nonces
        """Whether the history tells nonces; the real one is not known to."""
        self.each_second = each_second
        self.each_channel = each_channel
        self.posted: list[tuple[float, str, str | None, str]] = []
        """Accepted messages: monotonic time, account, nonce, text."""
        self.bodies: deque[dict[str, Any]] = deque(maxlen=1000)
        """Whole bodies of the newest accepted messages."""
        self.edited: list[tuple[float, str, dict[str, Any]]] = []
        """Accepted changes of messages: monotonic time, id, body."""
        self.repeated = 0
        """Messages taken for the first of their nonce."""
        self.invalid = 0
        """Requests answered with 400, 401, 403 or 404; Discord bans at 10,000 in ten minutes."""
        self.attached: deque[dict[str, bytes]] = deque(maxlen=1000)
        """Files of the newest accepted messages, by name."""
        self.largest = 10 * 1024 * 1024
        """Bytes of a message's files."""
        self.closed: set[str] = set()
        """Accounts that take no direct messages."""
        self.barred: dict[str, tuple[int, int]] = {}
        """Channels that are closed to the bot: HTTP status and code."""
        self._recent: dict[str, deque[float]] = {}
        self._channels: dict[str, str] = {}
        self._history: dict[str, list[dict[str, Any]]] = {}
        self._nonces: dict[str, tuple[float, str, str]] = {}
        self._windows: dict[str, tuple[float, int]] = {}
        self._ids = itertools.count()

    @property
    def url(self) -> str:
        """What stands in place of https://discord.com/api/v10."""
        return f"{self.root}/api/v10"

    @property
    def global_requests(self) -> int:
        """All requests so far."""
        return sum(self.counts.values())

    def routes(self) -> list[web.RouteDef]:
        """Login, opening a channel, posting, history, editing."""
        return [
            web.get("/api/v10/users/@me", self._who),
            web.post("/api/v10/users/@me/channels", self._open),
            web.post("/api/v10/channels/{channel}/messages", self._post),
            web.get("/api/v10/channels/{channel}/messages", self._read),
            web.patch("/api/v10/channels/{channel}/messages/{message}", self._edit),
        ]

    def open_room(self, channel: str) -> None:
        """A server's channel in which the bot may write; its number begins with no 7."""
        self._channels[channel] = channel

    def delete(self, number: int) -> None:
        """Delete the accepted message of that number; its nonce stays known."""
        wanted = self.posted[number]
        channel = self._channels[wanted[1]]
        self._history[channel] = [m for m in self._history[channel] if m["nonce"] != wanted[2]]

    def too_many(self, seconds: float, *, everything: bool = False) -> web.Response:
        """429 as Discord says it."""
        headers = {
            **VIA,
            "Retry-After": str(int(seconds) + 1),
            "X-RateLimit-Scope": "global" if everything else "user",
        }
        if everything:
            headers["X-RateLimit-Global"] = "true"
        body = {"message": "You are being rate limited.", "retry_after": seconds, "global": everything}
        return _json(body, status=429, headers=headers)

    async def _who(self, request: web.Request) -> web.StreamResponse:
        async def answer() -> web.Response:
            return _json({"id": ME, "username": "pacer", "discriminator": "0", "avatar": None, "bot": True})

        return self._refused(request) or await self.serve(request, "login", "login", answer)

    async def _open(self, request: web.Request) -> web.StreamResponse:
        body = json.loads(await request.read())

        async def answer() -> web.Response:
            account = str(body.get("recipient_id", ""))
            if not account.isdecimal():
                return self._error(400, 50035, "Invalid Form Body")
            channel = self._channels.setdefault(account, f"7{account}")
            return _json({"id": channel, "type": 1, "recipients": [{"id": account}]})

        return self._refused(request) or await self.serve(request, "open", "open", answer)

    async def _post(self, request: web.Request) -> web.StreamResponse:
        channel = request.match_info["channel"]
        body, attached = await given(request)

        async def answer() -> web.Response:
            if problem := problem_of_files(body, attached):
                return self._error(400, 50035, f"Invalid Form Body: {problem}")
            if sum(map(len, attached.values())) > self.largest:
                return self._error(413, 40005, "Request entity too large")
            taken = self._accept(channel, body)
            if taken.status == 200:
                self.attached.append(attached)
            return taken

        return self._refused(request) or await self.serve(request, "post", channel, answer)

    async def _read(self, request: web.Request) -> web.StreamResponse:
        channel = request.match_info["channel"]

        async def answer() -> web.Response:
            if channel not in self._channels.values():
                return self._error(404, 10003, "Unknown Channel")
            after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 50))
            later = [m for m in self._history.get(channel, []) if int(m["id"]) > after][:limit]
            return _json([self._told(m) for m in reversed(later)])

        return self._refused(request) or await self.serve(request, "history", channel + " read", answer)

    async def _edit(self, request: web.Request) -> web.StreamResponse:
        channel, wanted = request.match_info["channel"], request.match_info["message"]
        body, _ = await given(request)

        async def answer() -> web.Response:
            if channel in self.barred:
                return self._error(*self.barred[channel], "Missing Access")
            found = next((m for m in self._history.get(channel, []) if m["id"] == wanted), None)
            if found is None:
                return self._error(404, 10008, "Unknown Message")
            if problem := problem_of(body):
                return self._error(400, 50035, f"Invalid Form Body: {problem}")
            found["components"] = body["components"]
            self.edited.append((time.monotonic(), wanted, body))
            self.note(at=time.time(), changed=wanted, text=said(body))
            return _json(self._told(found))

        return self._refused(request) or await self.serve(request, "edit", channel + " edit", answer)

    def shown(self, account: str) -> list[str]:
        """Texts of the messages that stand in somebody's direct messages, or a channel, now, oldest first."""
        channel = self._channels.get(account, "")
        return [said(m) for m in self._history.get(channel, [])]

    def _told(self, message: dict[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in message.items() if k != "nonce" or self.keeps_nonces}

    def _refused(self, request: web.Request) -> web.Response | None:
        """401, or 429 of the limit over all requests of a token."""
        given = request.headers.get("Authorization", "")
        if not given.startswith("Bot ") or (self.token is not None and given != f"Bot {self.token}"):
            self.counts["unauthorized"] += 1
            return self._error(401, 0, "401: Unauthorized")
        recent, now = self._recent.setdefault(given, deque()), time.monotonic()
        while recent and recent[0] <= now - 1:
            recent.popleft()
        if len(recent) >= self.each_second:
            self.counts["over the limit"] += 1
            return self.limit("", recent[0] + 1 - now, everything=True)
        recent.append(now)
        return None

    def _accept(self, channel: str, body: dict[str, Any]) -> web.Response:
        account = channel.removeprefix("7")
        if channel in self.barred:
            return self._error(*self.barred[channel], "Missing Access")
        if self._channels.get(account) != channel:
            return self._error(404, 10003, "Unknown Channel")
        if account in self.closed:
            return self._error(403, 50007, "Cannot send messages to this user")
        if problem := problem_of(body):
            return self._error(400, 50035, f"Invalid Form Body: {problem}")
        headers, wait = self._room(channel)
        if wait is not None:
            return self.limit(channel, wait)
        nonce = body.get("nonce") if body.get("enforce_nonce") else None
        if nonce is not None and (known := self._known(nonce)):
            self.repeated += 1
            first = next((m for m in self._history[known[0]] if m["id"] == known[1]), None)
            if first is None:
                return self._error(404, 10008, "Unknown Message")
            return _json(first, headers=headers)
        return _json(self._keep(channel, account, body), headers=headers)

    def _keep(self, channel: str, account: str, body: dict[str, Any]) -> dict[str, Any]:
        milliseconds = int(time.time() * 1000)
        message = {
            "id": str(((milliseconds - EPOCH) << 22) | (next(self._ids) & 0x3FFFFF)),
            "channel_id": channel,
            "type": 0,
            "author": {"id": ME, "username": "pacer", "bot": True},
            "content": "",
            "components": body["components"],
            "flags": body["flags"],
            "nonce": body.get("nonce"),
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(milliseconds / 1000)),
        }
        now = time.monotonic()
        self.posted.append((now, account, body.get("nonce"), said(body)))
        self.bodies.append(body)
        self._history.setdefault(channel, []).append(message)
        if body.get("nonce") is not None:
            self._nonces[body["nonce"]] = (now, channel, message["id"])
        self.note(at=time.time(), account=account, nonce=body.get("nonce"), id=message["id"])
        return message

    def _known(self, nonce: str) -> tuple[str, str] | None:
        at, channel, message = self._nonces.get(nonce, (0.0, "", ""))
        fresh = self.nonce_seconds is not None and channel and time.monotonic() - at < self.nonce_seconds
        return (channel, message) if fresh else None

    def _room(self, channel: str) -> tuple[dict[str, str], float | None]:
        """The headers of a channel's bucket, and how long to wait if it is empty."""
        most, seconds = self.each_channel
        now = time.monotonic()
        start, used = self._windows.get(channel, (now, 0))
        if now - start >= seconds:
            start, used = now, 0
        rest = seconds - (now - start)
        if used >= most:
            return {}, rest
        self._windows[channel] = (start, used + 1)
        return {
            "X-RateLimit-Bucket": "80c17d2f203122d936070c88c8d10f33",
            "X-RateLimit-Limit": str(most),
            "X-RateLimit-Remaining": str(most - used - 1),
            "X-RateLimit-Reset": f"{time.time() + rest:.3f}",
            "X-RateLimit-Reset-After": f"{rest:.3f}",
        }, None

    def _error(self, status: int, code: int, words: str) -> web.Response:
        self.invalid += 1
        return _json({"message": words, "code": code}, status=status)


def _json(body: object, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # discord.py reads JSON only under exactly this type, without a charset.
    kind = {"Content-Type": "application/json"}
    return web.Response(
        body=json.dumps(body).encode(), status=status, headers={**VIA, **kind, **(headers or {})}
    )


async def given(request: web.Request) -> tuple[dict[str, Any], dict[str, bytes]]:
    """A message's body and its files, sent as JSON or as a form."""
    if request.content_type != "multipart/form-data":
        return json.loads(await request.read()), {}
    form = await request.post()
    files = {f.filename: f.file.read() for f in form.values() if isinstance(f, web.FileField)}
    return json.loads(str(form["payload_json"])), files


def problem_of_files(body: dict[str, Any], attached: dict[str, bytes]) -> str:
    """Discord refuses what names a file that is not there, and a file that nothing names."""
    shown = [i["file"]["url"] for i in _inside(body["components"]) if i["type"] == FILE]
    galleries = [i for i in _inside(body["components"]) if i["type"] == GALLERY]
    shown += [each["media"]["url"] for i in galleries for each in i["items"]]
    if any(len(each.get("description") or "") > 256 for i in galleries for each in i["items"]):
        return "description is longer than 256"
    return "" if sorted(shown) == sorted(f"attachment://{name}" for name in attached) else "attachments"


def said(body: dict[str, Any]) -> str:
    """The text of a message of components."""
    return "\n".join(_texts(body))


def _texts(body: dict[str, Any]) -> list[str]:
    return [item["content"] for item in _inside(body["components"]) if item["type"] == TEXT_DISPLAY]


def problem_of(body: dict[str, Any]) -> str:
    """What Discord would refuse in a message's body; empty if nothing."""
    if not int(body.get("flags") or 0) & IS_COMPONENTS_V2:
        return "the flag of components version 2 is missing"
    if any(body.get(name) for name in ("content", "embeds", "poll", "sticker_ids")):
        return "content, embeds, polls and stickers do not go with components version 2"
    items = list(_inside(body.get("components") or []))
    if not 1 <= len(items) <= 40:
        return "too many components, or none"
    if not all(text.strip() for text in _texts(body)):
        return "a text is empty"
    if len("".join(_texts(body)).encode("utf-16-le")) // 2 > 4000:
        return "texts are longer than 4000"
    if len(str(body.get("nonce") or "")) > 25:
        return "nonce is longer than 25"
    if any(len(item["components"]) > 5 for item in items if item["type"] == ACTION_ROW):
        return "too many components in a row"
    ids = [item["custom_id"] for item in items if "custom_id" in item]
    if len(set(ids)) < len(ids) or any(not 1 <= len(i) <= 100 for i in ids):
        return "custom_id is used twice, or longer than 100"
    return next((p for item in items if (p := _problem_of_item(item))), "")


def _inside(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        yield item
        yield from _inside(item.get("components", []))


def _problem_of_item(item: dict[str, Any]) -> str:
    if item["type"] == BUTTON:
        return "" if 1 <= len(item["label"]) <= 80 else "label is longer than 80"
    if item["type"] != SELECT:
        return ""
    options = item["options"]
    values = [o["value"] for o in options]
    if not 1 <= len(options) <= 25 or len(set(values)) < len(values):
        return "options are too many, or used twice"
    if any(len(o["label"]) > 100 or len(o["value"]) > 100 for o in options):
        return "an option is longer than 100"
    return "" if len(item.get("placeholder") or "") <= 150 else "placeholder is longer than 150"


def _main() -> None:
    parser = argparse.ArgumentParser(description="A Discord on loopback.")
    parser.add_argument("--nonce-seconds", type=float, default=300, help="0 switches deduplication off")
    parser.add_argument("--each-second", type=int, default=50)
    run(
        lambda given: DiscordServer(
            port=given.port,
            log=given.log,
            nonce_seconds=given.nonce_seconds or None,
            each_second=given.each_second,
        ),
        parser,
    )


if __name__ == "__main__":
    _main()
