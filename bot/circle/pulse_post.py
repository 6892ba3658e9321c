"""The week's pulse in the channel."""

from __future__ import annotations

from datetime import date

from bot.chat.message import Message, message
from bot.circle.model import Post
from bot.circle.pulse_words import told
from bot.circle.work import CircleTurn

PULSE = "pulse"


async def pulse_post(turn: CircleTurn, post: Post) -> Message | None:
    """What was drawn for that week, and never anything else."""
    pulse = await turn.work.circles.pulses.kept(turn.circle.id, date.fromisoformat(post.about))
    return message(told(pulse.band)) if pulse and pulse.band else None
