"""From a typed line to an inbound value. Translates only."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import uuid4

from bot.chat.inbound import CommandGiven, Place, Sender, TextSaid

PREFIX = "/pacer"
_SHORT = re.compile(r"/[a-z][a-z-]*(?:\s|$)", re.I)
"""One word after the slash; a path such as /etc/hosts is part of an answer."""


def read_line(line: str, *, sender: Sender, place: Place, at: datetime) -> CommandGiven | TextSaid:
    """`/pacer plan` and the short `/plan` are the same command; anything else is said."""
    event_id = f"console-{uuid4().hex}"
    words = line.strip()
    if words.casefold() == PREFIX or words.casefold().startswith(PREFIX + " "):
        text = words[len(PREFIX) :].strip()
        return CommandGiven(sender=sender, place=place, event_id=event_id, at=at, text=text)
    if _SHORT.match(words):
        return CommandGiven(sender=sender, place=place, event_id=event_id, at=at, text=words[1:])
    return TextSaid(sender=sender, place=place, event_id=event_id, at=at, text=line)
