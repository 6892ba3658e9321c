"""What one Discord message holds. Sources are Discord's reference pages and the checks in discord.py."""

from __future__ import annotations

from bot.chat.fit import Limits

DISCORD = Limits(
    text=2000, fields=40, buttons=5, button_label=80, select=25, charts=True, key=100, short_buttons=15
)
"""Buttons, select, custom_id: docs.discord.com/developers/components/reference. Buttons are those of one row;
fifteen short ones are three rows. Charts are drawn in text."""

TEXT = 4000
"""In all text displays of a message, counted in UTF-16 units: the strictest way to count characters."""
COMPONENTS = 40
"""In a message, those inside of others included."""
IN_A_ROW = 5
PLACEHOLDER = 150
HEADING = 200
"""Characters of a heading; a longer one is written as text."""
COLUMNS = 34
"""Characters of a code block in one line on a phone."""
NONCE = 25
"""Characters of a nonce: .../resources/message, create message."""
EACH_SECOND = 45
"""Requests of one bot; Discord refuses more than 50: .../topics/rate-limits."""
NONCE_SECONDS = 120
"""Discord says that it knows a nonce for "a few minutes"; this much is certain enough."""
