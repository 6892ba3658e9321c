"""Which one message fits a morning. Pure: the facts in, a message kind out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.delivery.gate import SILENT_DAYS
from bot.delivery.kinds import Day
from bot.pace.model import PaceState
from bot.pace.ports import DayEntry
from bot.profile.model import Profile
from bot.today.look import done_by_day

MONTH = 28
"""Days from one offer of the inventory to the next."""
ALONE = 14
"""Days that are looked at for company."""
ALONE_DAYS = 8
"""Days of practice within them, all of them solo, after which a word about company is said."""
LATEST_WORD = 6
"""Silent days after which the one gentle line is not made up for either."""
SHORTEST_WEEK = 3
"""Days of her plan that a week has to hold before it is looked back at."""
REVIEW_UNTIL = 3
"""The review comes with a morning up to Wednesday; later the week is better left alone."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a morning is chosen by."""

    day: date
    standing: Day
    profile: Profile
    entry: DayEntry
    state: PaceState
    lately: tuple[DayEntry, ...]
    """Days of the last two weeks of which something is known, today left out."""
    silent_days: int
    break_tomorrow: bool
    interviews: tuple[date, ...]
    """Days of interviews, past ones included."""


def pick(facts: Facts) -> tuple[str, ...]:
    """Message kinds that fit this morning, the best first; empty for silence."""
    match facts.standing:
        case Day.INTERVIEW:
            return ("cue card",)
        case Day.REST:
            return ("rest",) if facts.profile.rest_nudges else ()
        case Day.BREAK | Day.QUIET:
            return ()
        case Day.ORDINARY:
            return _ordinary(facts)


def _ordinary(facts: Facts) -> tuple[str, ...]:
    if facts.silent_days >= SILENT_DAYS:
        told = facts.silent_days > LATEST_WORD or _said(facts, "silence", facts.silent_days)
        return () if told else ("silence",)
    if facts.break_tomorrow:
        return ("before break",)
    special = [kind for kind, due in _SPECIAL if due(facts)]
    if facts.entry.checkin is not None:
        return tuple(special)
    return (*special, "check-in" if facts.profile.checkins else "day")


def _review_due(facts: Facts) -> bool:
    monday = facts.day - timedelta(days=facts.day.weekday())
    if not facts.profile.reviews or facts.profile.review_at is not None:
        return False
    if (monday - facts.profile.starts).days < SHORTEST_WEEK or facts.day.weekday() >= REVIEW_UNTIL:
        return False
    return not _said(facts, "review", facts.day.weekday())


def _inventory_due(facts: Facts) -> bool:
    """In the first days of each four weeks of her plan, unless she filled one in lately by herself."""
    since = (facts.day - facts.profile.starts).days
    if not facts.profile.inventories or since < MONTH or since % MONTH >= 7:
        return False
    filled = facts.state.inventory
    if filled and (facts.day - filled[0]).days < MONTH - 7:
        return False
    return not _said(facts, "inventory", since % MONTH)


def _alone(facts: Facts) -> bool:
    """Long solo work: practice on most days of two weeks, and neither company, nor the circle, nor an interview."""
    if not facts.profile.company_nudges or _said(facts, "company", ALONE):
        return False
    since = facts.day - timedelta(days=ALONE)
    if facts.profile.starts > since:
        return False
    met = any(e.company for e in (*facts.lately, facts.entry)) or any(
        since <= d <= facts.day for d in facts.interviews
    )
    practised = sum(minutes > 0 for day, minutes in done_by_day(facts.state).items() if day >= since)
    return practised >= ALONE_DAYS and not met


_SPECIAL = (("review", _review_due), ("inventory", _inventory_due), ("company", _alone))


def _said(facts: Facts, kind: str, days: int) -> bool:
    """Whether it was said today or within that many days before."""
    since = facts.day - timedelta(days=days)
    return any(kind in e.said for e in (*facts.lately, facts.entry) if e.day >= since)
