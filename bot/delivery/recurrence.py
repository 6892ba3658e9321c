"""When prompts are due, on a person's own clock. Pure functions on zoneinfo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.profile.model import Profile


@dataclass(frozen=True, slots=True, order=True)
class Prompt:
    """A prompt that comes due: the instant in UTC, its kind, and the local day it belongs to."""

    due: datetime
    kind: str
    day: date


@cache
def _zone(name: str) -> ZoneInfo:
    # ZoneInfo keeps only its eight newest zones and reads the file again for any other.
    return ZoneInfo(name)


def instant(day: date, at: time, zone: str) -> datetime | None:
    """The instant, in UTC, of a wall time on a local day.

    A repeated hour counts once, the first time; a missing one is taken as the same span later; a
    day that the zone skipped altogether has no instant.
    """
    held = _zone(zone)
    found = datetime.combine(day, at.replace(fold=0), tzinfo=held).astimezone(UTC)
    return found if found.astimezone(held).date() == day else None


def is_quiet(profile: Profile, at: datetime) -> bool:
    """Whether an instant lies in her quiet hours."""
    wall = at.astimezone(_zone(profile.zone)).time()
    start, end = profile.quiet_from, profile.quiet_to
    return start <= wall < end if start <= end else wall >= start or wall < end


def prompts_between(profile: Profile, start: datetime, end: datetime) -> list[Prompt]:
    """Prompts due after `start` and up to `end`, in order; none in quiet hours. Instants are UTC."""
    zone = _zone(profile.zone)
    day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    found: list[Prompt] = []
    while day <= last:
        for kind, at in (("morning", profile.morning), ("evening", profile.evening)):
            due = instant(day, at, profile.zone)
            if due is not None and start < due <= end and not is_quiet(profile, due):
                found.append(Prompt(due, kind, day))
        day += timedelta(days=1)
    return sorted(found)
