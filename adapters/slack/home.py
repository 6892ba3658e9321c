"""The Home tab and the suggested prompts, made anew when she opens it and when a turn of hers may have changed it."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.render import parts
from adapters.slack.speak import TokenOf, code_of
from bot.chat.inbound import Sender
from bot.chat.message import Message
from bot.suggestions import Suggestion

BLOCKS = 100
"""In a Home tab: docs.slack.dev/reference/views."""
AGAIN = timedelta(days=1)
"""After so long a workspace that has no suggested prompts is asked again."""
REMEMBERED = 1000
"""People whose prompts are kept up to date."""
NO_ANSWER = frozenset({
    "fatal_error", "internal_error", "ratelimited", "rate_limited", "request_timeout", "service_unavailable",
})  # fmt: skip
"""Slack's errors that say nothing of whether the workspace has prompts."""

_log = logging.getLogger(__name__)


class Home:
    """The Home tabs of one workspace. `wait` seconds gather several turns into one drawing."""

    def __init__(
        self,
        slack: AsyncWebClient,
        token: TokenOf,
        dashboard: Callable[[Sender], Awaitable[Message]],
        wait: float,
        suggestions: Callable[[Sender], Awaitable[tuple[Suggestion, ...]]],
        now: Callable[[], datetime],
    ) -> None:
        self._slack, self._token, self._dashboard, self._wait = slack, token, dashboard, wait
        self._suggestions, self._now = suggestions, now
        self._coming: dict[Sender, asyncio.Task[None]] = {}
        self._refused: dict[str, datetime] = {}
        self._prompted: OrderedDict[Sender, tuple[str, tuple[Suggestion, ...]]] = OrderedDict()
        self.agents: set[str] = set()
        """Workspaces that took our prompts: there, Slack's agent view makes every message begin a thread."""

    async def draw(self, sender: Sender) -> None:
        """Draw it now. That it cannot be drawn is logged, and no more: it is drawn again next time."""
        try:
            page, token = view(await self._dashboard(sender)), await self._token(sender.tenant)
            await self._slack.views_publish(token=token, user_id=sender.account, view=page)
        except Exception as problem:  # whatever an SDK or the store raises
            _log.warning("a Home tab was not drawn: %s", type(problem).__name__)

    def soon(self, sender: Sender) -> None:
        """Draw it in a moment, once for all turns of that moment."""
        if sender not in self._coming:
            self._coming[sender] = asyncio.create_task(self._draw_later(sender))

    async def _draw_later(self, sender: Sender) -> None:
        await asyncio.sleep(self._wait)
        self._coming.pop(sender, None)  # a turn from now on is not in this drawing
        await self.draw(sender)
        if sender in self._prompted:
            await self.suggest(sender, self._prompted[sender][0])

    async def suggest(self, to: Sender, channel: str) -> None:
        """Offer a few first words, where the workspace has such a thing; what is typed works everywhere."""
        if to.tenant in self._refused and self._now() - self._refused[to.tenant] < AGAIN:
            return
        try:
            found, token = await self._suggestions(to), await self._token(to.tenant)
            if self._prompted.get(to) != (channel, found):
                await self._slack.assistant_threads_setSuggestedPrompts(
                    token=token,
                    channel_id=channel,
                    prompts=[{"title": one.title, "message": one.line} for one in found],
                )
        except Exception as problem:  # whatever an SDK or the store raises
            self._note_refusal(to, code_of(problem), type(problem).__name__)
            return
        self.agents.add(to.tenant)
        self._remember(to, channel, found)

    def _note_refusal(self, to: Sender, code: str, name: str) -> None:
        _log.info("no suggested prompts: %s", code or name)
        self._prompted.pop(to, None)
        if code and code not in NO_ANSWER:
            self._refused[to.tenant] = self._now()
            self.agents.discard(to.tenant)

    def _remember(self, to: Sender, channel: str, found: tuple[Suggestion, ...]) -> None:
        self._prompted[to] = (channel, found)
        self._prompted.move_to_end(to)
        if len(self._prompted) > REMEMBERED:
            self._prompted.popitem(last=False)

    async def stop(self) -> None:
        """What waits to be drawn is left; it is drawn when somebody looks."""
        coming = list(self._coming.values())
        for task in coming:
            task.cancel()
        await asyncio.gather(*coming, return_exceptions=True)


def view(message: Message) -> dict[str, Any]:
    """A message as a Home tab."""
    blocks = [block for part in parts(message) for block in part.blocks]
    return {"type": "home", "blocks": blocks[:BLOCKS]}
