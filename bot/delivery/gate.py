"""The one gate: whether Pacer may say something by itself, now. Whatever it sends unasked passes here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.delivery.kinds import MESSAGES, MOST_PROACTIVE, Day, Rule, rule_of

SILENT_DAYS = 3
"""Days without a word after which one gentle line is said, and then nothing more."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a person that speaks for silence."""

    away: bool
    """She asked to be left alone, or she is in danger and practice rests."""
    day: Day
    silent_days: int
    """Whole days before today on which she said nothing."""
    said: tuple[str, ...]
    """Message kinds that Pacer sent by itself today."""
    quiet_until: datetime | None
    """UTC; None outside her quiet hours."""


@dataclass(frozen=True, slots=True)
class Speak:
    """It may be said now."""


@dataclass(frozen=True, slots=True)
class Wait:
    """It may be said later, from an instant on, UTC."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Silence:
    """It is not said at all; why, for the operator's figures."""

    why: str


Verdict = Speak | Wait | Silence


def judge(kind: str, standing: Standing, expires: datetime, *, again: bool = False) -> Verdict:
    """The verdict on a message of this kind; `again` if it was said yes to before and now is sent anew."""
    if standing.away:
        return Silence("away")
    rule = rule_of(kind)
    if rule is not None and rule.asked_for:
        return Speak()
    if rule is not None and not again and (why := _why_not_today(kind, rule, standing)):
        return Silence(why)
    if standing.quiet_until is None:
        return Speak()
    return Wait(standing.quiet_until) if standing.quiet_until < expires else Silence("too late")


def _why_not_today(kind: str, rule: Rule, standing: Standing) -> str:
    if standing.day not in rule.days:
        return "day"
    if standing.silent_days >= SILENT_DAYS and not rule.breaks_silence:
        return "silence"
    if kind in standing.said and not rule.appointed:
        return "said"
    counted = sum(MESSAGES[k].counts for k in standing.said if k in MESSAGES)
    return "one a day" if rule.counts and counted >= MOST_PROACTIVE else ""
