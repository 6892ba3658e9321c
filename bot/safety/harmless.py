"""A short cut past the gate for lines that are nothing but commands, numbers and menu words.

The gate's many patterns take a moment to build; a process that only hears `/pacer today` need not
wait for them. No rule of the gate can match a line made of these words alone: a test holds that.
"""

from __future__ import annotations

import re

_WORDS = re.compile(r"[^\W\d_]+")
_HARMLESS = frozenset(
    [
        "pacer",
        "start",
        "settings",
        "today",
        "plan",
        "checkin",
        "why",
        "drill",
        "event",
        "inventory",
        "pause",
        "link",
        "unlink",
        "export",
        "back",
        "interview",
        "add",
        "list",
        "remove",
        "break",
        "company",
        "help",
        "week",
        "phases",
        "companies",
        "partly",
        "next",
        "hint",
        "later",
        "flat",
        "low",
        "half",
        "good",
        "full",
        "coding",
        "staff",
        "backend",
        "data",
        "scientist",
        "berlin",
        "london",
        "chicago",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "tomorrow",
        "weeks",
        "hours",
        "h",
        "m",
        "min",
        "target",
    ]
)


def is_harmless(text: str) -> bool:
    """Whether the line holds no word but harmless ones; digits and signs do not count."""
    return all(word in _HARMLESS for word in _WORDS.findall(text.casefold()))
