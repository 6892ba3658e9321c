"""What Pacer says about pairs and times; each reads times on her own clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.pairing.model import Meeting, Why
from bot.pairing.proposals import local

ALONE = {
    Why.NOBODY_ELSE: (
        "You are the first to ask for a partner this week, and so far nobody else has. If somebody joins, I put you two "
        "together; a drill on your own is there whenever you like."
    ),
    Why.NO_HOUR: (
        "Nobody who asked this week is free for a whole hour when you are. Next week begins with you; one more evening "
        "or a weekend morning in your free hours helps most."
    ),
    Why.ODD: "The pairs came out even without you this week, by chance alone. Next week begins with you.",
}
NO_HOUR_IN_COMMON = (
    "Your free hours do not meet this week. If you both like, write to each other and find an hour; if not, say so "
    "and it is fine."
)
SIDE_BY_SIDE = (
    "None of you wants to ask the questions this week, so work side by side: same drill, then compare."
)
NONE_LEFT = (
    "None of the times I proposed is left. If you both like, write to each other and find an hour; if not, say so and "
    "it is fine."
)
RESTING = "Rest, then. It counts. I let the others know that this week does not suit; nothing more."


def time_line(begins: datetime, length: timedelta, zone: str) -> str:
    """A proposed time on her own clock: Tue 24 Nov, 18:00 to 19:30 (Berlin)."""
    start, end = local(begins, zone), local(begins + length, zone)
    until = f"{end:%H:%M}" if end.date() == start.date() else f"{end:%a %H:%M}"
    return f"{start:%a} {start.day} {start:%b}, {start:%H:%M} to {until} ({_place(zone)})"


def times(begins: Sequence[datetime], meeting: Meeting, zone: str) -> str:
    """All proposed times, one a line, or what to do without any."""
    if not begins:
        return NO_HOUR_IN_COMMON
    return "\n".join(f"{n}  {time_line(at, meeting.length, zone)}" for n, at in enumerate(begins, 1))


def _place(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
