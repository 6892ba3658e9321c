"""A meeting as a calendar file (RFC 5545), as text.

Instants are in UTC, so the file needs no zone of its own and a change of any clock moves nothing. The UID stays with the
meeting and SEQUENCE grows, so that a second file changes or takes back the entry of the first. PUBLISH, because
Pacer knows nobody's address: a calendar adds the entry and answers nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

FOLD = 75
"""Octets a line may have, without its end."""
ORGANIZER = "ORGANIZER;CN=Pacer:invalid:nomail"
"""A published entry has to name one; this is how calendars write that there is no address."""
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a calendar shows of a meeting."""

    id: str
    """Of the meeting, for good; letters, digits and dashes."""
    begins: datetime
    length: timedelta
    title: str
    notes: str = ""
    sequence: int = 0
    """How often it was changed."""


def calendar_file(entry: Entry, *, written: datetime, cancelled: bool = False) -> str:
    """The whole file; with `cancelled`, one that takes the entry back."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pacer//Mock interviews//EN",
        f"METHOD:{'CANCEL' if cancelled else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:meeting-{entry.id}@pacer",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{_utc(written)}",
        f"DTSTART:{_utc(entry.begins)}",
        f"DTEND:{_utc(entry.begins + entry.length)}",
        ORGANIZER,
        f"SUMMARY:{_text(entry.title)}",
        *([f"DESCRIPTION:{_text(entry.notes)}"] if entry.notes else []),
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("an instant knows its zone")
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(said: str) -> str:
    """Escaped; control characters that no calendar may hold are left out."""
    plain = _NO_TEXT.sub("", said.replace("\r\n", "\n").replace("\r", "\n"))
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, "\\" + sign)
    return plain.replace("\n", "\\n")


def _folded(line: str) -> str:
    """In pieces of at most 75 octets, never within a character; each further piece begins with a space."""
    pieces, octets = [""], 0
    for sign in line:
        size = len(sign.encode())
        if octets + size > FOLD:
            pieces.append(" ")
            octets = 1
        pieces[-1] += sign
        octets += size
    return "\r\n".join(pieces)
