"""A whole Slack workspace on loopback: channels, threads, whispers, modals, Home tabs, files, and the socket."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import Callable
from typing import Any

from aiohttp import web
from wire.slack_server import _error, problem_of
from wire.slack_socket import SlackSocket
from wire.slack_views import problem_of_view

Given = dict[str, Any]


class SlackWorkspace(SlackSocket):
    """What an app with slash commands, modals and a Home tab meets."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.said: list[Given] = []
        """Messages as they were taken, in channels, threads and direct ones: channel, ts, thread_ts, text, blocks."""
        self.whispers: list[Given] = []
        """What only one person sees: by response_url or chat.postEphemeral."""
        self.updated: list[Given] = []
        self.modals: list[Given] = []
        """Opened views, each with `trigger_id`."""
        self.homes: dict[str, Given] = {}
        self.drawn = 0
        self.prompts: list[Given] = []
        self.zones: dict[str, str] = {}
        """Time zone by account; others have none."""
        self.member_of = {"C1"}
        self.assistant = True
        self.no_threads = False
        """Whether every thread is gone."""
        self.files: dict[str, bytes] = {}
        self.mimetype = "text/plain"
        self.open_urls = True
        """Whether response_urls still work."""
        self._used: set[str] = set()
        self._numbers = itertools.count(1)
        self._changed = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        """With everything an app calls while it talks."""
        served: dict[str, Callable[[Given], web.Response]] = {
            "chat.postEphemeral": self._whisper,
            "views.open": self._open_view,
            "views.publish": self._publish,
            "users.info": self._person,
            "conversations.replies": self._replies,
            "assistant.threads.setSuggestedPrompts": self._suggest,
        }
        methods = [
            web.route(verb, f"/api/{name}", self._method(name, at))
            for name, at in served.items()
            for verb in ("GET", "POST")
        ]
        others = [web.post("/respond/{name}", self._respond), web.get("/files/{name}", self._file)]
        return [*super().routes(), *methods, *others]

    def response_url(self) -> str:
        """A new one."""
        return f"{self.root}/respond/{next(self._numbers)}"

    def trigger(self) -> str:
        """A new trigger id."""
        return f"{next(self._numbers)}.trigger"

    async def until(self, true: Callable[[], Any], seconds: float = 15) -> Any:
        """Wait until something is true of this workspace; what it was."""
        async with asyncio.timeout(seconds):
            while not (found := true()):
                await asyncio.sleep(0.005)
            return found

    def _method(self, name: str, at: Callable[[Given], web.Response]) -> Any:
        async def handler(request: web.Request) -> web.StreamResponse:
            given = _opened(await self._given(request))

            async def answer() -> web.Response:
                self.order.append(name)
                return at(given)

            return self._refused(request) or await self.serve(request, name, name, answer)

        return handler

    def _accept(self, given: Given) -> web.Response:
        self.order.append("chat.postMessage")
        given = _opened(given)
        channel, thread = str(given.get("channel", "")), given.get("thread_ts")
        account = channel.removeprefix("D") if channel.startswith("D") else channel
        if not channel.startswith("C"):
            answer = super()._accept({**given, "channel": account})
            told = json.loads(answer.body)
            if told["ok"]:
                self._remember(told["channel"], told["ts"], thread, given)
            return answer
        if channel not in self.member_of:
            return _error("not_in_channel")
        if problem := problem_of(given):
            return _error(problem)
        ts = self._moment()
        self._remember(channel, ts, thread, given)
        return web.json_response({"ok": True, "channel": channel, "ts": ts})

    def _remember(self, channel: str, ts: str, thread: str | None, given: Given) -> None:
        self.said.append({**given, "channel": channel, "ts": ts, "thread_ts": thread})
        if thread:  # a history does not tell what was said in threads
            self._history[channel] = [m for m in self._history.get(channel, []) if m["ts"] != ts]

    def _moment(self) -> str:
        return f"{time.time():.3f}{next(self._ids) % 1000:03d}"

    def _accept_change(self, given: Given) -> web.Response:
        self.order.append("chat.update")
        given = _opened(given)
        found = [m for m in self.said if (m["channel"], m["ts"]) == (given["channel"], given["ts"])]
        if not found:
            return _error("message_not_found")
        if problem := problem_of(given):
            return _error(problem)
        found[0].update(text=given["text"], blocks=given.get("blocks"))
        self.updated.append(given)
        return web.json_response({"ok": True, "channel": given["channel"], "ts": given["ts"]})

    def _whisper(self, given: Given) -> web.Response:
        if given["channel"] not in self.member_of | self.rooms:
            return _error("not_in_channel")
        if problem := problem_of(given):
            return _error(problem)
        self.whispers.append(given)
        return web.json_response({"ok": True, "message_ts": self._moment()})

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        given = await request.json()

        async def answer() -> web.Response:
            self.order.append("response_url")
            if not self.open_urls:
                return web.Response(status=404, text="used_url")
            if problem := problem_of(given):
                return web.Response(status=400, text=problem)
            self.whispers.append(given)
            return web.Response(text="ok")

        return await self.serve(request, "respond", "respond", answer)

    def _open_view(self, given: Given) -> web.Response:
        trigger = given.get("trigger_id", "")
        if not trigger.endswith(".trigger"):
            return _error("invalid_trigger_id")
        if trigger in self._used:
            return _error("exchanged_trigger_id")
        if problem := problem_of_view(given["view"]):
            return web.json_response(
                {"ok": False, "error": "invalid_arguments", "response_metadata": {"messages": [problem]}}
            )
        self._used.add(trigger)
        view = {**given["view"], "id": f"V{next(self._numbers)}", "hash": f"h{next(self._numbers)}"}
        self.modals.append({**view, "trigger_id": trigger})
        return web.json_response({"ok": True, "view": view})

    def _publish(self, given: Given) -> web.Response:
        if problem := problem_of_view(given["view"]):
            return web.json_response(
                {"ok": False, "error": "invalid_arguments", "response_metadata": {"messages": [problem]}}
            )
        self.homes[given["user_id"]] = given["view"]
        self.drawn += 1
        return web.json_response({"ok": True, "view": given["view"]})

    def _person(self, given: Given) -> web.Response:
        account = given.get("user", "")
        return web.json_response({"ok": True, "user": {"id": account, "tz": self.zones.get(account)}})

    def _replies(self, given: Given) -> web.Response:
        if not self.scopes:
            return _error("missing_scope", needed="im:history")
        if self.no_threads:
            return _error("thread_not_found")
        wanted = (given["channel"], given["ts"])
        page = [m for m in self.said if (m["channel"], m["thread_ts"]) == wanted]
        return web.json_response({"ok": True, "messages": page, "has_more": False})

    def _suggest(self, given: Given) -> web.Response:
        if not self.assistant:
            return _error("not_allowed_token_type")
        self.prompts.append(given)
        return web.json_response({"ok": True})

    async def _file(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.Response(text="<html>sign in</html>", content_type="text/html")
        return web.Response(body=self.files[request.match_info["name"]], content_type=self.mimetype)


def _opened(given: Given) -> Given:
    """Arguments that came as JSON inside a form."""
    return {
        k: json.loads(v) if k in ("blocks", "metadata", "view", "prompts") and isinstance(v, str) else v
        for k, v in given.items()
    }
