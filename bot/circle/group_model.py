"""The group drill of a day: which one it is, until when it is open, and what becomes of an answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.circle.model import Settings
from bot.delivery.recurrence import instant
from bot.feedback.model import Finding, Verdict

GROUP = "group"
"""The kind of post."""
REVEAL = "reveal"
"""The kind of time at which it changes."""
_DAY = timedelta(days=1)


class Share(StrEnum):
    """What the circle may see of an answer at the reveal."""

    KEPT = "kept"
    """Nothing."""
    NAMED = "named"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class GroupDrill:
    """The drill of one day of the circle."""

    day: date
    drill_id: str
    revealed: bool = False
    """Whether its reveal has come; it never goes back behind it, whatever the settings say later."""


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """Her answer to the drill of a day, and what the rules found in it. Nobody but her reads it whole."""

    text: str
    findings: tuple[Finding, ...]
    minutes: int | None = None
    """How long it took her, if she told."""
    share: Share = Share.KEPT
    late: bool = False
    """Whether it came after the reveal; then it is for her alone."""
    counted: bool = False
    """Whether she took it as practice of a day of hers."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What somebody lets the circle see: what landed, in her words."""

    person_id: str
    named: bool
    landed: tuple[Finding, ...]


def reveal_at(settings: Settings, day: date) -> datetime:
    """The instant, UTC, at which a day's answers are revealed: on the next day if its hour is not after the drill's.

    Where a change of the clock puts it before the drill, it comes as long after the drill as the two hours are apart.
    """
    later = _DAY if settings.reveal_at <= settings.drill_at else timedelta(0)
    begins, found = _at(settings, day, settings.drill_at), _at(settings, day + later, settings.reveal_at)
    return (
        found
        if found > begins
        else begins + later + _since_midnight(settings.reveal_at) - _since_midnight(settings.drill_at)
    )


def _since_midnight(wall: time) -> timedelta:
    return timedelta(hours=wall.hour, minutes=wall.minute)


def _at(settings: Settings, day: date, wall: time) -> datetime:
    """A wall time; a day that the zone skipped altogether counts as the next one."""
    found = instant(day, wall, settings.zone) or instant(day + _DAY, wall, settings.zone)
    if found is None:
        raise ValueError("no zone skips two days")
    return found


def is_open(given: GroupDrill, settings: Settings, now: datetime) -> bool:
    """Whether an answer still comes before the reveal."""
    return not given.revealed and now < reveal_at(settings, given.day)


def landed(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What was good in an answer, without anything that was not."""
    return tuple(f for f in findings if f.verdict is Verdict.MET)


def is_judged(findings: tuple[Finding, ...]) -> bool:
    """Whether rules could judge all of it."""
    return all(f.verdict is not Verdict.NOT_JUDGED for f in findings)
