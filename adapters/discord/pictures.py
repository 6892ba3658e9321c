"""Drawing a message's charts before it is rendered, so that none of them can keep the words back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence

from bot.chat.message import Chart, Message
from bot.chat.picture import Draw

PATIENCE = 4.0
"""Seconds for all charts of an answer; after that they are drawn in text."""

_log = logging.getLogger(__name__)


async def drawn(messages: Sequence[Message], draw: Draw | None) -> Mapping[Chart, bytes]:
    """A PNG for each chart that could be drawn in time. Never raises for what a renderer does."""
    charts = [b for each in messages for b in each.blocks if isinstance(b, Chart)]
    found: dict[Chart, bytes] = {}
    if draw is None or not charts:
        return found
    try:
        async with asyncio.timeout(PATIENCE):
            for chart in charts:
                found[chart] = await draw(chart)
    except Exception as problem:  # whatever a renderer raises: text says the same
        _log.warning("a chart was not drawn: %s", type(problem).__name__)
    return found
