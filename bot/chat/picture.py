"""What a platform that shows pictures needs, so that a chart becomes one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.chat.message import Chart

Draw = Callable[[Chart], Awaitable[bytes]]
"""A chart as PNG, for reading on a phone. May raise anything; then the chart is drawn in text."""
