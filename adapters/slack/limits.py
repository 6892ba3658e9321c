"""What one Slack message holds. Sources are Slack's reference pages and the checks in slack_sdk.models."""

from __future__ import annotations

from bot.chat.fit import Limits

SLACK = Limits(text=3000, fields=40, buttons=5, button_label=75, select=100, charts=False)
"""Text as in a section, buttons and select: docs.slack.dev/reference/block-kit. An actions block holds 25
buttons, but clients fold those after the fifth."""

BLOCKS = 50
"""Blocks in a message: docs.slack.dev/reference/block-kit/blocks."""
CHARACTERS = 12_000
"""In all blocks of a message. Slack names it for markdown blocks; others end in msg_blocks_too_long near it."""
FALLBACK = 4000
"""Of the `text` beside the blocks: docs.slack.dev/reference/methods/chat.postMessage, truncating content."""
KEY = 150
"""A select option's value; a button's is longer."""
PLACEHOLDER = 150
