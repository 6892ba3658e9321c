"""What one message in a terminal holds. A terminal has no vendor: these keep a screen readable."""

from __future__ import annotations

from bot.chat.fit import Limits
from bot.chat.message import MOST_IN_A_FILE

TERMINAL = Limits(
    text=4000,
    fields=40,
    buttons=25,
    button_label=200,
    select=25,
    charts=True,
    files=MOST_IN_A_FILE,
)
