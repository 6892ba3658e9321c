"""The Home tab, drawn anew when she opens it and when a turn of hers may have changed it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.render import parts
from adapters.slack.speak import TokenOf
from bot.chat.inbound import Sender
from bot.chat.message import Message

BLOCKS = 100
"""In a Home tab: docs.slack.dev/reference/views."""
PROMPTS = (
    ("What does today ask?", "today"),
    ("How is the battery?", "checkin"),
    ("Practise now", "drill"),
    ("Rest today", "rest"),
)
"""Suggested when the conversation is opened: what it is called, and what it says; four at most."""

_log = logging.getLogger(__name__)


class Home:
    """The Home tabs of one workspace. `wait` seconds gather several turns into one drawing."""

    def __init__(
        self,
        slack: AsyncWebClient,
        token: TokenOf,
        dashboard: Callable[[Sender], Awaitable[Message]],
        wait: float,
    ) -> None:
        self._slack, self._token, self._dashboard, self._wait = slack, token, dashboard, wait
        self._coming: dict[Sender, asyncio.Task[None]] = {}

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

    async def suggest(self, to: Sender, channel: str) -> None:
        """Offer a few first words, where the workspace has such a thing."""
        prompts = [{"title": title, "message": words} for title, words in PROMPTS]
        try:
            token = await self._token(to.tenant)
            await self._slack.assistant_threads_setSuggestedPrompts(
                token=token, channel_id=channel, prompts=prompts
            )
        except Exception as problem:  # most workspaces have none; the same words can be typed
            _log.info("no suggested prompts: %s", type(problem).__name__)

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
