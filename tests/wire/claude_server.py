"""Anthropic's Messages API on loopback: answers by a rubric or as it is told, and goes wrong in every way that is known.

Each body is held against the SDK's own types before it is answered; one that does not fit gets a 400, like there.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from collections.abc import Callable
from typing import Any

from aiohttp import web
from anthropic.types.message_create_params import MessageCreateParamsNonStreaming
from pydantic import TypeAdapter, ValidationError
from wire.server import WireServer

KEY = "sk-ant-test"
_BODY = TypeAdapter(MessageCreateParamsNonStreaming)
_ERRORS = {
    400: "invalid_request_error", 401: "authentication_error", 402: "billing_error", 403: "permission_error",
    404: "not_found_error", 413: "request_too_large", 429: "rate_limit_error", 500: "api_error", 503: "api_error",
    529: "overloaded_error",
}  # fmt: skip
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
                return self.reply(json.dumps(self.grade(*read(body))))
            case ("text", said):
                return self.reply(said)
            case ("stop", reason):
                return self.reply(
                    "I would rather not." if reason == "refusal" else '{"points": [', stop=reason
                )
            case ("status", int() as status, *rest):
                return error(status, dict(rest[0]) if rest else {})
            case ("stall", float() as seconds):
                await asyncio.sleep(seconds)
                return self.reply(json.dumps(self.grade(*read(body))))
            case ("garbage", str() as said):
                return web.Response(text=said, content_type="application/json")
            case ("cut",):
                return await _cut_in_the_middle(request)
            case ("reset",):
                return self._cut(request)
        raise AssertionError(how)

    def reply(self, text: str, *, stop: str = "end_turn") -> web.Response:
        """A message as the API sends it."""
        return web.json_response(
            {
                "id": "msg_01", "type": "message", "role": "assistant", "model": "claude-haiku-5-5",
                "content": [{"type": "text", "text": text}], "stop_reason": stop, "stop_sequence": None,
                "usage": self.usage,
            }
        )  # fmt: skip


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
        _BODY.validate_python(body)
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
    said = body["messages"][0]["content"]
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
