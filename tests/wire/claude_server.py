"""Anthropic's Messages API on loopback: answers by a rubric or as it is told, and goes wrong in every way that is known.

Each body is held against the SDK's own types before it is answered; one that does not fit gets a 400, like there.
Whoever asks for a stream gets one: the events of the Messages API, a few characters of the answer at a time.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from collections.abc import Callable
from typing import Any

from aiohttp import web
from anthropic.types.message_create_params import (
    MessageCreateParamsNonStreaming,
    MessageCreateParamsStreaming,
)
from pydantic import TypeAdapter, ValidationError
from wire.server import WireServer

KEY = "sk-ant-test"
_BODY = TypeAdapter(MessageCreateParamsNonStreaming)
_STREAM = TypeAdapter(MessageCreateParamsStreaming)
_ERRORS = {
    400: "invalid_request_error", 401: "authentication_error", 402: "billing_error", 403: "permission_error",
    404: "not_found_error", 413: "request_too_large", 429: "rate_limit_error", 500: "api_error", 503: "api_error",
    529: "overloaded_error",
}  # fmt: skip
FIRST = 3
"""Events of a stream before the first text of the answer."""
Grade = Callable[[list[str], str], Any]
"""What the model answers, given the ids of the rubric and the fenced answer."""


def all_missing(ids: list[str], _: str) -> dict[str, Any]:
    """Nothing is there."""
    return {"points": [{"id": i, "verdict": "missing", "quote": ""} for i in ids]}


def all_met(ids: list[str], answer: str) -> dict[str, Any]:
    """Everything is there, each point with the beginning of the answer as its quote."""
    return {"points": [{"id": i, "verdict": "met", "quote": answer.strip()[:60]} for i in ids]}


def everything_asked_for(ids: list[str], answer: str) -> dict[str, Any]:
    """A model that was talked round: full marks, points of its own, links, pings, made-up quotes, and a word to her."""
    told = all_met(ids, answer)["points"]
    others = ["bonus", "system", "__proto__", "<!channel>", ids[0]]
    bad = [
        {"id": i, "verdict": "met", "quote": "<!channel> @everyone <@U1> https://evil.example/x"}
        for i in others
    ]
    return {
        "points": [*bad[:-1], *told, bad[-1]],
        "note": "Click https://evil.example/x @everyone",
        "score": 100,
    }


class ClaudeServer(WireServer):
    """The Messages API. `grade` is the model; `next` holds how the next requests go instead, in turn."""

    def __init__(self) -> None:
        super().__init__()
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.grade: Grade = all_missing
        self.usage: dict[str, Any] = {"input_tokens": 1500, "output_tokens": 400}
        self.next: deque[tuple[Any, ...]] = deque()
        self.under_way = 0
        self.delay = 0.0
        self.pace = 0.0
        """Seconds between two events of a stream."""
        self.gates: list[asyncio.Event] = []
        """A stream waits for the next of these before each point of the answer."""
        self.caches = False
        """Whether prefixes up to a cache mark are kept, and counted in the usage."""
        self._kept: set[str] = set()

    def routes(self) -> list[web.RouteDef]:
        """Messages, and nothing else."""
        return [web.post("/v1/messages", self._messages)]

    def too_many(self, seconds: float, *, everything: bool = False) -> web.Response:
        """429 as Anthropic says it."""
        return error(429, {"retry-after": f"{seconds:g}"})

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        self.under_way += 1
        try:
            return await self._answer(request)
        finally:
            self.under_way -= 1

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        text = await request.text()
        body = json.loads(text)
        self.bodies.append(body)
        self.headers.append(dict(request.headers))
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return error(401)
        if wrong := misfit(body):
            return error(400, message=wrong)
        await asyncio.sleep(self.delay)
        how = self.next.popleft() if self.next else ("answer",)
        match how:
            case ("answer",):
                return await self.say(request, body, self._graded(body))
            case ("text", said):
                return await self.say(request, body, said)
            case ("stop", reason):
                said = "I would rather not." if reason == "refusal" else '{"points": ['
                return await self.say(request, body, said, stop=reason)
            case ("status", int() as status, *rest):
                return error(status, dict(rest[0]) if rest else {})
            case ("stall", float() as seconds):
                await asyncio.sleep(seconds)
                return await self.say(request, body, self._graded(body))
            case ("broken", int() as after, str() as kind):
                return await self.say(request, body, self._graded(body), broken=(after, kind))
            case ("garbage", str() as said):
                return web.Response(text=said, content_type="application/json")
            case ("events", list() as events):
                return await _events(request, events)
            case ("cut",):
                return await _cut_in_the_middle(request)
            case ("reset",):
                return self._cut(request)
        raise AssertionError(how)

    def _graded(self, body: dict[str, Any]) -> str:
        return json.dumps(self.grade(*read(body)))

    async def say(
        self,
        request: web.Request,
        body: dict[str, Any],
        text: str,
        *,
        stop: str = "end_turn",
        broken: tuple[int, str] | None = None,
    ) -> web.StreamResponse:
        """The answer, as it was asked for. A stream may be `broken` after so many of its texts: cut, ended, or an error."""
        usage = self.usage | (self._of_cache(body) if self.caches else {})
        if not body.get("stream"):
            return self.reply(text, usage, stop=stop)
        out = web.StreamResponse(headers={"content-type": "text/event-stream; charset=utf-8"})
        await out.prepare(request)
        for number, event in enumerate(self._stream(text, usage, stop)):
            if broken and number == FIRST + broken[0]:
                return await self._break(request, out, broken[1])
            if '"id"' in str(event.get("delta", {}).get("text", "")) and self.gates:
                await self.gates.pop(0).wait()
            await out.write(_sse(event))
            await asyncio.sleep(self.pace)
        return out

    async def _break(self, request: web.Request, out: web.StreamResponse, kind: str) -> web.StreamResponse:
        if kind == "cut" and request.transport is not None:
            request.transport.abort()
        elif kind == "stall":
            await asyncio.sleep(5)
        elif kind != "end":
            await out.write(_sse({"type": "error", "error": {"type": kind, "message": "no"}}))
        return out

    def _stream(self, text: str, usage: dict[str, Any], stop: str) -> list[dict[str, Any]]:
        """The events in their order; the first names what was read, the last but one what was written."""
        begun = usage | ({"output_tokens": 1} if "output_tokens" in usage else {})
        counts = {k: v for k, v in usage.items() if k.endswith("_tokens")}
        block = {"type": "text", "text": ""}
        points = re.split(r'(?=\{"id")', text)
        size = max(9, len(text) // 100)
        texts = [p[at : at + size] for p in points for at in range(0, len(p), size)]
        return [
            {"type": "message_start", "message": self.message([], begun, None)},
            {"type": "content_block_start", "index": 0, "content_block": block},
            {"type": "ping"},
            *(
                {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": t}}
                for t in texts
            ),
            {"type": "content_block_stop", "index": 0},
            {"type": "message_delta", "delta": {"stop_reason": stop, "stop_sequence": None}, "usage": counts},
            {"type": "message_stop"},
        ]

    def _of_cache(self, body: dict[str, Any]) -> dict[str, int]:
        """What of a request was written to a cache or read from one: all up to the last mark, from the first byte on."""
        prefix = prefix_of(body)
        known = prefix in self._kept
        self._kept.add(prefix)
        tokens = len(prefix) // 4
        return {"cache_read_input_tokens" if known else "cache_creation_input_tokens": tokens}

    def message(self, content: list[Any], usage: dict[str, Any], stop: str | None) -> dict[str, Any]:
        """A message as the API sends it."""
        return {
            "id": "msg_01", "type": "message", "role": "assistant", "model": "claude-haiku-5-5",
            "content": content, "stop_reason": stop, "stop_sequence": None, "usage": usage,
        }  # fmt: skip

    def reply(self, text: str, usage: dict[str, Any], *, stop: str = "end_turn") -> web.Response:
        """A whole message at once."""
        return web.json_response(self.message([{"type": "text", "text": text}], usage, stop))


def prefix_of(body: dict[str, Any]) -> str:
    """What a cache is found by: tools, system and messages in this order, up to the last marked block."""
    blocks = [*body.get("tools", []), *body["system"], *(b for m in body["messages"] for b in m["content"])]
    marked = [n for n, block in enumerate(blocks) if "cache_control" in block]
    return json.dumps([body["model"], body["output_config"], blocks[: marked[-1] + 1]]) if marked else ""


def _sse(event: dict[str, Any]) -> bytes:
    return f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode()


async def _events(request: web.Request, events: list[dict[str, Any]]) -> web.StreamResponse:
    """Just these, whatever they are."""
    out = web.StreamResponse(headers={"content-type": "text/event-stream; charset=utf-8"})
    await out.prepare(request)
    for event in events:
        await out.write(_sse(event))
    return out


def error(status: int, headers: dict[str, str] | None = None, message: str = "no") -> web.Response:
    """A typed error."""
    body = {"type": "error", "error": {"type": _ERRORS[status], "message": message}, "request_id": "req_1"}
    return web.json_response(body, status=status, headers=headers)


def misfit(body: dict[str, Any]) -> str:
    """What of a body the SDK's own types do not know; empty if it fits."""
    unknown = set(body) - set(MessageCreateParamsNonStreaming.__annotations__) - known_to_the_base()
    if unknown:
        return f"unknown: {sorted(unknown)}"
    try:
        (_STREAM if body.get("stream") else _BODY).validate_python(body)
    except ValidationError as wrong:
        return str(wrong.errors()[0]["loc"])
    form = body.get("output_config", {}).get("format", {}).get("schema", {})
    return "" if form.get("additionalProperties") is False else "the schema is open"


def known_to_the_base() -> set[str]:
    """The fields of a request that stand in the SDK's base type."""
    from anthropic.types.message_create_params import MessageCreateParamsBase

    return set(MessageCreateParamsBase.__annotations__)


def read(body: dict[str, Any]) -> tuple[list[str], str]:
    """The ids of the rubric and the fenced answer, as a model would see them."""
    said = "\n".join(block["text"] for block in body["messages"][0]["content"])
    fenced = re.search(r"<answer-([0-9a-f]{32})>\n(.*)\n</answer-\1>", said, re.S)
    assert fenced, "the answer is not fenced"
    item = body["output_config"]["format"]["schema"]["properties"]["points"]["items"]
    return item["properties"]["id"]["enum"], fenced[2]


async def _cut_in_the_middle(request: web.Request) -> web.StreamResponse:
    """Headers and half a body, then nothing."""
    begun = web.StreamResponse(headers={"content-type": "application/json", "content-length": "500"})
    await begun.prepare(request)
    await begun.write(b'{"id": "msg_01", "type": "mess')
    if request.transport is not None:
        request.transport.abort()
    return begun
