"""What one Discord message holds. Sources are Discord's reference pages and the checks in discord.py."""

from __future__ import annotations

from bot.chat.fit import Limits

DISCORD = Limits(text=2000, fields=40, buttons=5, button_label=80, select=25, charts=False)
"""Text: docs.discord.com/developers/resources/message; the rest: .../components/reference. Buttons are those of one row."""

CONTENT = 2000
"""Of a message, counted in UTF-16 units: the strictest way to count characters."""
ROWS = 5
"""Rows of buttons or selects under a message."""
KEY = 100
"""A custom_id, and the value of a select's option."""
PLACEHOLDER = 150
NONCE = 25
"""Characters of a nonce: .../resources/message, create message."""
EACH_SECOND = 45
"""Requests of one bot; Discord refuses more than 50: .../topics/rate-limits."""
NONCE_SECONDS = 120
"""Discord says that it knows a nonce for "a few minutes"; this much is certain enough."""
