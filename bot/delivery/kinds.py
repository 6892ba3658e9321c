"""The one table of everything Pacer says by itself: how long it keeps, and what a doubt about it costs.

A *slot kind* is what a timetable holds and a letter's key names; a *message kind* is what the letter
became when it was written. The morning slot becomes the one message that fits the morning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
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


class OfUse(StrEnum):
    """How long the words of a message that could not be delivered are worth being shown."""

    NEVER = "never"
    """Whoever reads them has spoken, and they are about silence."""
    DAY = "day"
    WEEK = "week"
    """The week of the calendar it was for, and at least as long as it would have been sent."""


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
    of_use: OfUse = OfUse.DAY
    asked_for: bool = False
    """She asked for it herself, for this very minute: quiet hours do not hold it, and it may come again the same day."""
    appointed: bool = False
    """It belongs to an appointment of hers with somebody: quiet hours hold it, and it may come again the same day."""


_ANY_DAY = frozenset(Day) - {Day.BREAK}

MESSAGES: Mapping[str, Rule] = {
    "check-in": Rule(timedelta(hours=4)),
    "day": Rule(timedelta(hours=4)),
    "inventory": Rule(timedelta(hours=4)),
    "company": Rule(timedelta(hours=4)),
    "before break": Rule(timedelta(hours=4)),
    "cue card": Rule(timedelta(hours=4), days=frozenset({Day.INTERVIEW}), breaks_silence=True),
    "rest": Rule(timedelta(hours=2), days=frozenset({Day.REST})),
    "silence": Rule(timedelta(hours=4), breaks_silence=True, of_use=OfUse.NEVER),
    "review": Rule(timedelta(hours=36), InDoubt.RESEND, of_use=OfUse.WEEK),
    "own review": Rule(timedelta(hours=36), InDoubt.RESEND, days=_ANY_DAY, counts=False, of_use=OfUse.WEEK),
    "drill": Rule(None, InDoubt.RESEND, counts=False),
    "effort": Rule(timedelta(hours=3), days=_ANY_DAY, counts=False),
}
"""By message kind."""

JOINED, SECOND_OPINION, CIRCLE = "joined", "second opinion", "circle"
NOTICES: Mapping[str, Rule] = {
    JOINED: Rule(timedelta(days=7), InDoubt.RESEND, days=frozenset(Day), counts=False, of_use=OfUse.WEEK),
    SECOND_OPINION: Rule(timedelta(hours=24), InDoubt.RESEND, days=frozenset(Day), counts=False),
    CIRCLE: Rule(timedelta(days=7), InDoubt.RESEND, days=frozenset(Day), counts=False, of_use=OfUse.WEEK),
}
"""What is told because something happened, not because its hour came: written at once, and no prompt."""

CIRCLE_NOTICES = (CIRCLE,)
"""Those that a circle sends to a member; whoever leaves it gets none of them any more."""

_APPOINTMENT = Rule(
    timedelta(hours=1),
    days=frozenset(Day),
    counts=False,
    breaks_silence=True,
    of_use=OfUse.NEVER,
    appointed=True,
)
MEETING, AFTER_MEETING, PEER_VIEW = "meeting", "after meeting", "peer view"
REMINDERS: Mapping[str, Rule] = {
    "clock": Rule(
        timedelta(minutes=5), days=frozenset(Day), counts=False, of_use=OfUse.NEVER, asked_for=True
    ),
    MEETING: _APPOINTMENT,
    AFTER_MEETING: replace(_APPOINTMENT, keeps=timedelta(hours=36), in_doubt=InDoubt.RESEND),
    PEER_VIEW: replace(_APPOINTMENT, keeps=timedelta(days=7), in_doubt=InDoubt.RESEND, of_use=OfUse.WEEK),
}
"""What is put on for one instant, such as the clock of a drill or a meeting; it is written when its time comes."""


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


def is_of_use(said: str, day: date, expires: datetime, *, today: date, now: datetime) -> bool:
    """Whether the words of an undelivered message are still worth being shown; `today` is her calendar day."""
    match _of_use(said):
        case OfUse.NEVER:
            return False
        case OfUse.DAY:
            return day == today
        case OfUse.WEEK:
            return now < expires or day.isocalendar()[:2] == today.isocalendar()[:2]


def words_until(said: str, day: date, expires: datetime) -> datetime | None:
    """The instant, UTC, from which they are of no use in any time zone; None if they never are."""
    match _of_use(said):
        case OfUse.NEVER:
            return None
        case OfUse.DAY:
            return _over_everywhere(day)
        case OfUse.WEEK:
            return max(expires, _over_everywhere(day + timedelta(days=6 - day.weekday())))


def rule_of(said: str) -> Rule | None:
    """The rule of a message kind; None for one of another version."""
    return MESSAGES.get(said) or NOTICES.get(said) or REMINDERS.get(said)


def _of_use(said: str) -> OfUse:
    rule = rule_of(said)
    return rule.of_use if rule else OfUse.NEVER


def _over_everywhere(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC) + timedelta(days=1)
