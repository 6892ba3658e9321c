"""From a typed line to an inbound value. Translates only."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from bot.chat.inbound import CommandGiven, Place, Sender, TextSaid

PREFIX = "/pacer"


def read_line(line: str, *, sender: Sender, place: Place, at: datetime) -> CommandGiven | TextSaid:
    """`/pacer plan` and the short `/plan` are the same command; anything else is said."""
    event_id = f"console-{uuid4().hex}"
    words = line.strip()
    if words.casefold() == PREFIX or words.casefold().startswith(PREFIX + " "):
        text = words[len(PREFIX) :].strip()
        return CommandGiven(sender=sender, place=place, event_id=event_id, at=at, text=text)
    if words.startswith("/") and len(words) > 1:
        return CommandGiven(sender=sender, place=place, event_id=event_id, at=at, text=words[1:])
    return TextSaid(sender=sender, place=place, event_id=event_id, at=at, text=line)
