"""The one table of everything Pacer says by itself: how long it keeps, and what a doubt about it costs.

A *slot kind* is what a timetable holds and a letter's key names; a *message kind* is what the letter
became when it was written. The morning slot becomes the one message that fits the morning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.delivery.model import Occurrence
from bot.delivery.recurrence import instant


class InDoubt(StrEnum):
    """What to do when nobody can find out whether a message arrived."""

    DROP = "drop"
    """A second one would be worse than none."""
    RESEND = "resend"
    """Once more, and never a third time."""


class Day(StrEnum):
    """What today is to her, as far as prompts go."""

    ORDINARY = "ordinary"
    REST = "rest"
    INTERVIEW = "interview"
    BREAK = "break"
    QUIET = "quiet"
    """She took it off, or an onsite was yesterday."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of message behaves."""

    keeps: timedelta | None
    """How long after it was due it is still worth sending; None until the end of her day."""
    in_doubt: InDoubt = InDoubt.DROP
    days: frozenset[Day] = frozenset({Day.ORDINARY})
    """The days on which it may be said."""
    counts: bool = True
    """Whether it is the day's one message; what she set an hour for herself comes beside it."""
    breaks_silence: bool = False
    """Whether it may be said when she has not answered for days."""


_ANY_DAY = frozenset(Day) - {Day.BREAK}

MESSAGES: Mapping[str, Rule] = {
    "check-in": Rule(timedelta(hours=4)),
    "day": Rule(timedelta(hours=4)),
    "inventory": Rule(timedelta(hours=4)),
    "company": Rule(timedelta(hours=4)),
    "before break": Rule(timedelta(hours=4)),
    "cue card": Rule(timedelta(hours=4), days=frozenset({Day.INTERVIEW}), breaks_silence=True),
    "rest": Rule(timedelta(hours=2), days=frozenset({Day.REST})),
    "silence": Rule(timedelta(hours=4), breaks_silence=True),
    "review": Rule(timedelta(hours=36), InDoubt.RESEND),
    "own review": Rule(timedelta(hours=36), InDoubt.RESEND, days=_ANY_DAY, counts=False),
    "drill": Rule(None, InDoubt.RESEND, counts=False),
    "effort": Rule(timedelta(hours=3), days=_ANY_DAY, counts=False),
}
"""By message kind."""


@dataclass(frozen=True, slots=True)
class SlotKind:
    """What comes at a time of a timetable."""

    usual: str
    """The message kind whose rule holds until the letter is written."""
    weekly: bool = False
    """One a week: the key names the ISO week instead of the day."""


SLOTS: Mapping[str, SlotKind] = {
    "morning": SlotKind("check-in"),
    "drill": SlotKind("drill"),
    "evening": SlotKind("effort"),
    "review": SlotKind("own review", weekly=True),
}
"""By slot kind."""

MOST_PROACTIVE = 1
"""Messages a day that Pacer sends by itself, unless she asked for more."""


def expiry(rule: Rule, occurrence: Occurrence, zone: str) -> datetime:
    """The instant, UTC, from which a message is not worth sending any more."""
    if rule.keeps is not None:
        return occurrence.due + rule.keeps
    tomorrow = instant(occurrence.day + timedelta(days=1), time(0), zone)
    return tomorrow or occurrence.due + timedelta(days=1)


def dedup_key(tenant: str, subject: str, kind: str, occurrence: Occurrence) -> str:
    """`tenant:subject:kind:local date`, or the ISO week: a date, so that no change of clock sends twice."""
    year, week, _ = occurrence.day.isocalendar()
    when = f"{year}-W{week:02}" if SLOTS[kind].weekly else occurrence.day.isoformat()
    return f"{tenant}:{subject}:{kind}:{when}"
