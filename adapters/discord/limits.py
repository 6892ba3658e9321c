"""What one Discord message holds. Sources are Discord's reference pages and the checks in discord.py."""

from __future__ import annotations

from bot.chat.fit import Limits
from bot.chat.message import MOST_IN_A_FILE

DISCORD = Limits(
    text=2000,
    fields=40,
    buttons=5,
    button_label=80,
    select=25,
    charts=True,
    key=100,
    short_buttons=15,
    files=MOST_IN_A_FILE,
)
"""Buttons, select, custom_id: docs.discord.com/developers/components/reference. Buttons are those of one row;
fifteen short ones are three rows. Charts are pictures where they can be drawn, else text; Discord takes files of ten
megabytes."""

TEXT = 4000
"""In all text displays of a message, counted in UTF-16 units: the strictest way to count characters."""
COMPONENTS = 40
"""In a message, those inside of others included."""
IN_A_ROW = 5
ATTACHMENTS, ATTACHED = 10, 9_000_000
"""Of one message: how many, and their bytes; Discord takes ten megabytes: .../reference#uploading-files."""
ALT = 256
"""Characters of a picture's description, as discord.py says."""
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
