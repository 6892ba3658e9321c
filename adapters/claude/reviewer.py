"""The `Reviewer` port on Anthropic's own SDK: one call, one deadline, and a cost that is never guessed too low."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from anthropic import APIStatusError, APITimeoutError, AsyncAnthropic
from anthropic.types import Message, Usage

from adapters.claude import prompt
from adapters.claude.prices import MOST_PROMPT, Used, cost, most
from adapters.claude.reading import Points, claimed
from bot.feedback.ports import Declined, ModelReview, Question, Reply, Seen, Why, unseen
from bot.feedback.second_opinion import believed, so_far

DEADLINE_SECONDS = 45.0
"""For everything together; the SDK itself would wait as long as `retry-after` says, without a limit."""
LONGEST_WAIT = 8.0
MOST_OUTPUT = 4_000
"""Tokens of thinking and answer together."""
UNSEEN = 3_000
"""Tokens that the API may add to a prompt, for the schema."""
BUSY = frozenset({429, 503, 529})
"""Not begun, so neither paid nor wrong to ask again; once."""
UNPAID = BUSY | {400, 401, 402, 403, 404, 413, 422}
"""Turned away before any work was done."""


class Broken(Exception):
    """The stream ended, and the message had not."""


class ClaudeReviewer:
    """Asks Claude. Build it within a running loop; the SDK does no retrying of its own, since that could cost twice."""

    def __init__(
        self, key: str, *, model: str, base_url: str | None = None, deadline: float = DEADLINE_SECONDS
    ) -> None:
        self._model, self._deadline = model, deadline
        self._client = AsyncAnthropic(
            api_key=key, base_url=base_url, max_retries=0, timeout=deadline, open_telemetry=False
        )

    @property
    def name(self) -> str:
        """The model."""
        return self._model

    def most(self, question: Question) -> int | None:
        """The most that asking can cost; a token is a byte or more, so bytes are never too few."""
        body = prompt.body(question, model=self._model, mark="0" * 32, most_output=MOST_OUTPUT)
        tokens = len(json.dumps(body, ensure_ascii=False).encode()) + UNSEEN
        return most(self._model, tokens, MOST_OUTPUT) if tokens <= MOST_PROMPT else None

    async def review(self, question: Question, seen: Seen = unseen) -> Reply:
        """Ask once, and tell what was read as it comes. Whoever cancels it does not learn what it cost."""
        mark = secrets.token_hex(16)
        body = prompt.body(question, model=self._model, mark=mark, most_output=MOST_OUTPUT)
        try:
            async with asyncio.timeout(self._deadline):
                answered = await _once_more(lambda: self._stream(body, question, seen))
        except (TimeoutError, APITimeoutError):
            return Reply(Declined(Why.LATE), None)
        except APIStatusError as refused:
            return _turned_away(refused.status_code)
        except (
            Exception
        ):  # a connection that broke, no JSON, events in no order: the SDK raises whatever it trips over
            return Reply(Declined(Why.BUSY), None)
        return self._read(question, answered)

    async def _stream(self, body: Mapping[str, Any], question: Question, seen: Seen) -> Message:
        """The whole message. Raises what the SDK does, and Broken if it ends before its end."""
        points, ended = Points(), False
        async with self._client.messages.stream(**body) as stream:
            async for event in stream:
                ended = ended or event.type == "message_stop"
                if event.type == "text" and points.feed(event.text):
                    seen(so_far(question, points.read))
            if not ended:
                raise Broken
            return await stream.get_final_message()

    async def close(self) -> None:
        """Close what is open."""
        await self._client.close()

    def _read(self, question: Question, answered: Message) -> Reply:
        stopped = getattr(answered, "stop_reason", None)
        # What it used is told together with why it stopped; before that, tokens of the answer are not counted.
        paid = _paid(self._model, getattr(answered, "usage", None)) if stopped else None
        if stopped == "refusal":
            return Reply(Declined(Why.REFUSED), paid)
        if stopped != "end_turn":
            return Reply(Declined(Why.NONSENSE), paid)
        return Reply(_believed(question, answered), paid)


async def _once_more(ask: Callable[[], Awaitable[Message]]) -> Message:
    """The answer; where the API is only busy, it is asked a second time after as long as it says, if that is not long."""
    try:
        return await ask()
    except APIStatusError as busy:
        wait = _wait(busy.response.headers.get("retry-after"))
        if busy.status_code not in BUSY or wait > LONGEST_WAIT:
            raise
        await asyncio.sleep(wait)
    return await ask()


def _wait(told: str | None) -> float:
    try:
        return max(0.0, float(told)) if told else 1.0
    except ValueError:  # a date; whoever names one means a long time
        return LONGEST_WAIT + 1


def _turned_away(status: int) -> Reply:
    """Why, by its status; an error that comes within a stream has the status that the stream began with."""
    why = Why.BUSY if status in BUSY or status >= 500 or status < 300 else Why.FAULT
    return Reply(Declined(why), 0 if status in UNPAID else None)


def _paid(model: str, usage: Usage | None) -> int | None:
    """What an answer cost; None where the API does not tell as it is agreed."""
    try:
        return cost(model, _used(usage)) if usage is not None else None
    except (AttributeError, TypeError, ValueError):
        return None


def _used(usage: Usage) -> Used:
    written = usage.cache_creation_input_tokens or 0
    hour = usage.cache_creation.ephemeral_1h_input_tokens if usage.cache_creation else 0
    counts = (
        usage.input_tokens,
        usage.output_tokens,
        written - hour,
        hour,
        usage.cache_read_input_tokens or 0,
    )
    if any(type(count) is not int or count < 0 for count in counts):
        raise ValueError
    return Used(*counts, us_only=usage.inference_geo == "us")


def _believed(question: Question, answered: Message) -> ModelReview | Declined:
    """The reply, read anew: the SDK believes whatever comes."""
    try:
        texts = [block.text for block in answered.content if block.type == "text"]
        claims = [claimed(entry) for entry in json.loads("".join(texts))["points"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Declined(Why.NONSENSE)
    return believed(question, claims)
