"""Slack's Web API as far as direct messages need it, on loopback.

As a process of its own: python tests/wire/slack_server.py --port 0 --log FILE
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import sys
import time
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from aiohttp import web
from wire.server import WireServer, run


class SlackServer(WireServer):
    """One workspace's Slack: direct messages with metadata, their history, and what it has accepted."""

    def __init__(
        self, *, port: int = 0, log: Path | None = None, token: str | None = None, scopes: bool = True
    ) -> None:
        super().__init__(port=port, log=log)
        self.token = token
        """None takes any."""
        self.scopes = scopes
        """Whether the bot may open conversations and read their history."""
        self.group_messages = True
        """Whether the bot may open messages of several people."""
        self.page = 200
        """Messages on a page of history at most."""
        self.posted: list[tuple[float, str, str | None, str]] = []
        """Accepted messages: monotonic time, account, key, text."""
        self.bodies: list[dict[str, Any]] = []
        self.edited: list[tuple[float, str, dict[str, Any]]] = []
        """Accepted changes of messages: monotonic time, ts, what was given."""
        self.errors: dict[str, str] = {}
        """Error code by account that is answered instead of taking a message."""
        self.rooms: set[str] = set()
        """Channels the bot is a member of, beside direct messages."""
        self._history: dict[str, list[dict[str, Any]]] = {}
        self._ids = itertools.count(1)

    @property
    def url(self) -> str:
        """What stands in place of https://slack.com/api/."""
        return f"{self.root}/api/"

    def routes(self) -> list[web.RouteDef]:
        """Who we are, posting, changing, opening, history; each by GET and POST, as Slack takes them."""
        served = (
            ("auth.test", self._who),
            ("chat.postMessage", self._post),
            ("chat.update", self._change),
            ("conversations.open", self._open),
            ("conversations.history", self._read),
        )
        return [web.route(verb, f"/api/{name}", at) for verb in ("GET", "POST") for name, at in served]

    def too_many(self, seconds: float, *, everything: bool = False) -> web.Response:
        """429 as Slack says it: whole seconds."""
        headers = {"Retry-After": str(math.ceil(seconds))}
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)

    async def _who(self, request: web.Request) -> web.StreamResponse:
        async def answer() -> web.Response:
            return web.json_response({"ok": True, "user_id": "UPACER", "team_id": "T1"})

        return self._refused(request) or await self.serve(request, "auth", "auth", answer)

    async def _post(self, request: web.Request) -> web.StreamResponse:
        given = await self._given(request)

        async def answer() -> web.Response:
            return self._accept(given)

        return self._refused(request) or await self.serve(request, "post", str(given.get("channel")), answer)

    async def _change(self, request: web.Request) -> web.StreamResponse:
        given = await self._given(request)

        async def answer() -> web.Response:
            return self._accept_change(given)

        return self._refused(request) or await self.serve(request, "chat.update", "chat.update", answer)

    async def _open(self, request: web.Request) -> web.StreamResponse:
        given = await self._given(request)

        async def answer() -> web.Response:
            accounts = str(given.get("users", "")).split(",")
            if not self.scopes or (len(accounts) > 1 and not self.group_messages):
                return _error("missing_scope", needed="im:write" if len(accounts) == 1 else "mpim:write")
            if not all(account.startswith("U") for account in accounts):
                return _error("user_not_found")
            if len(accounts) == 1:
                return web.json_response({"ok": True, "channel": {"id": f"D{accounts[0]}"}})
            group = f"G{'.'.join(sorted(accounts))}"
            self.rooms.add(group)
            return web.json_response({"ok": True, "channel": {"id": group}})

        return self._refused(request) or await self.serve(request, "open", "open", answer)

    async def _read(self, request: web.Request) -> web.StreamResponse:
        given = await self._given(request)

        async def answer() -> web.Response:
            return self._page(given)

        return self._refused(request) or await self.serve(request, "history", "history", answer)

    def _page(self, given: dict[str, Any]) -> web.Response:
        if not self.scopes:
            return _error("missing_scope", needed="im:history")
        oldest = float(given.get("oldest", 0))
        newest_first = [
            m for m in reversed(self._history.get(str(given["channel"]), [])) if float(m["ts"]) > oldest
        ]
        at, most = int(given.get("cursor") or 0), min(self.page, int(given.get("limit", 100)))
        page = newest_first[at : at + most]
        more = at + most < len(newest_first)
        if str(given.get("include_all_metadata", "")).lower() not in ("1", "true"):
            page = [{k: v for k, v in m.items() if k != "metadata"} for m in page]
        cursor = {"next_cursor": str(at + most) if more else ""}
        return web.json_response(
            {"ok": True, "messages": page, "has_more": more, "response_metadata": cursor}
        )

    @staticmethod
    async def _given(request: web.Request) -> dict[str, Any]:
        """Arguments from wherever the SDK puts them: query, form or JSON."""
        given: dict[str, Any] = dict(request.query)
        if request.content_type == "application/json":
            given |= json.loads(await request.read() or b"{}")
        else:
            given |= await request.post()
        return given

    def _refused(self, request: web.Request) -> web.Response | None:
        given = request.headers.get("Authorization", "")
        if not given.startswith("Bearer "):
            return _error("not_authed")
        return _error("invalid_auth") if self.token is not None and given != f"Bearer {self.token}" else None

    def _accept(self, given: dict[str, Any]) -> web.Response:
        account = str(given.get("channel", ""))
        if code := self.errors.get(account):
            return _error(code)
        if not account.startswith("U") and account not in self.rooms:
            return _error("not_in_channel" if account.startswith("C") else "channel_not_found")
        if code := problem_of(given):
            return _error(code)
        channel, ts = (
            account if account in self.rooms else f"D{account}",
            f"{time.time():.3f}{next(self._ids) % 1000:03d}",
        )
        metadata = given.get("metadata") or {}
        key = (metadata.get("event_payload") or {}).get("k")
        self.posted.append((time.monotonic(), account, key, given["text"]))
        self.bodies.append(given)
        message = {"type": "message", "ts": ts, "text": given["text"], "metadata": metadata}
        self._history.setdefault(channel, []).append(message)
        self.note(at=time.time(), account=account, key=key, ts=ts)
        return web.json_response({"ok": True, "channel": channel, "ts": ts, "message": message})

    def _accept_change(self, given: dict[str, Any]) -> web.Response:
        channel, ts = str(given.get("channel", "")), given.get("ts")
        if code := self.errors.get(channel):
            return _error(code)
        if channel not in self._history:
            return _error("channel_not_found")
        found = next((m for m in self._history[channel] if m["ts"] == ts), None)
        if found is None:
            return _error("message_not_found")
        if code := problem_of(given):
            return _error(code)
        found["text"] = given["text"]
        self.edited.append((time.monotonic(), found["ts"], given))
        self.note(at=time.time(), changed=ts, text=given["text"])
        return web.json_response({"ok": True, "channel": channel, "ts": ts, "text": given["text"]})

    def delete(self, number: int) -> None:
        """Delete the accepted message of that number."""
        account = self.posted[number][1]
        wanted = account if account in self.rooms else f"D{account}"
        self._history[wanted] = [m for m in self._history[wanted] if m["text"] != self.posted[number][3]]

    def shown(self, account: str) -> list[str]:
        """Texts of the messages that stand in somebody's direct messages now, oldest first."""
        return [m["text"] for m in self._history.get(account if account in self.rooms else f"D{account}", [])]


def _error(code: str, **more: str) -> web.Response:
    return web.json_response({"ok": False, "error": code, **more})


def problem_of(given: dict[str, Any]) -> str:
    """Slack's error code for a message it would refuse; empty if it takes it."""
    blocks = given.get("blocks") or []
    if not given.get("text"):
        return "no_text"
    if len(given["text"]) > 40_000:
        return "msg_too_long"
    if len(blocks) > 50 or any(
        not (block.get("elements") or block.get("text") or block.get("slack_file")) for block in blocks
    ):
        return "invalid_blocks"
    for block in blocks:
        ids = [e["action_id"] for e in block.get("elements", []) if block["type"] == "actions"]
        if len(set(ids)) < len(ids) or len(ids) > 25:
            return "invalid_blocks"
    return ""


def _main() -> None:
    run(
        lambda given: SlackServer(port=given.port, log=given.log),
        argparse.ArgumentParser(description="A Slack on loopback."),
    )


if __name__ == "__main__":
    _main()
