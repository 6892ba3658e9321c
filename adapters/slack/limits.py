"""What one Slack message holds. Sources are Slack's reference pages and the checks in slack_sdk.models."""

from __future__ import annotations

from bot.chat.fit import Limits
from bot.chat.message import MOST_IN_A_FILE

SLACK = Limits(
    text=3000,
    fields=40,
    buttons=5,
    button_label=75,
    select=100,
    charts=True,
    key=150,
    short_buttons=15,
    files=MOST_IN_A_FILE,
)
"""Text as in a section, buttons, select and its values: docs.slack.dev/reference/block-kit. An actions block
holds 25 buttons, but clients fold those after the fifth; fifteen short ones are three blocks. Charts are pictures where they can
be drawn and uploaded, else text; a file could be far larger than ours are."""

BLOCKS = 50
"""Blocks in a message: docs.slack.dev/reference/block-kit/blocks."""
CHARACTERS = 12_000
"""In all blocks of a message. Slack names it for markdown blocks; others end in msg_blocks_too_long near it."""
FALLBACK = 4000
"""Of the `text` beside the blocks: docs.slack.dev/reference/methods/chat.postMessage, truncating content."""
IN_A_ROW = 5
HEADING, ABOUT = 150, 2000
"""Characters of a header, and of the line under it; a longer one is written as text."""
COLUMNS = 38
"""Characters of preformatted text in one line on a phone."""
PLACEHOLDER = 150
ALT = 2000
"""Characters of an image block's alt text: docs.slack.dev/reference/block-kit/blocks/image-block."""
