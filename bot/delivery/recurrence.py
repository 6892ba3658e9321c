"""When something is due, on a person's own clock. Pure functions on zoneinfo."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from hashlib import blake2s
from zoneinfo import ZoneInfo

from bot.delivery.model import Occurrence
from bot.profile.model import Profile

FARTHEST = 16
"""Days to look through for an occurrence: two weeks hold a weekly one even if its day is skipped."""
_DAY = timedelta(days=1)
_MINUTES = tuple(timedelta(minutes=n) for n in range(24 * 60))


class UnknownZone(Exception):
    """This program's time zone data has no zone of that name."""


@cache
def held(zone: str) -> ZoneInfo:
    """The zone, kept for good: ZoneInfo itself keeps only its eight newest. Raises UnknownZone."""
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as unknown:
        raise UnknownZone(zone) from unknown


def instant(day: date, at: time, zone: str) -> datetime | None:
    """The instant, in UTC, of a wall time on a local day.

    A repeated hour counts once, the first time; a missing one is taken as the same span later; a
    day that the zone skipped altogether has no instant.
    """
    return _instant(day, at.hour * 60 + at.minute, zone)


def _instant(day: date, minute: int, zone: str) -> datetime | None:
    midnight = _even(day, zone)
    if midnight is None or not 0 <= minute < len(_MINUTES):  # the second is refused there
        return _uneven(day, minute, zone)
    return midnight + _MINUTES[minute]


@lru_cache(maxsize=1 << 13)
def _even(day: date, zone: str) -> datetime | None:
    """When a day begins, in UTC, if no clock is changed in it or at either end: nearly all, and then sums suffice."""
    local = held(zone)
    offsets = {_wall(day + _DAY * n, 720 * m, local).utcoffset() for n in (-1, 0, 1) for m in (0, 1)}
    return _wall(day, 0, local).astimezone(UTC) if len(offsets) == 1 else None


@lru_cache(maxsize=1 << 13)
def _uneven(day: date, minute: int, zone: str) -> datetime | None:
    local = held(zone)
    found = _wall(day, minute, local).astimezone(UTC)
    return found if found.astimezone(local).date() == day else None


def _wall(day: date, minute: int, local: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=local)


def next_due(zone: str, minute: int, weekday: int | None, after: datetime) -> Occurrence:
    """The first occurrence after an instant. Raises UnknownZone, and ValueError for no time of any day or week."""
    day = after.astimezone(held(zone)).date()
    for _ in range(FARTHEST):
        if weekday is None or day.weekday() == weekday:
            due = _instant(day, minute, zone)
            if due is not None and due > after:
                return Occurrence(due, day)
        day += _DAY
    raise ValueError("no such time")


def last_due(zone: str, minute: int, weekday: int | None, until: datetime) -> Occurrence:
    """The newest occurrence at or before an instant. Raises as `next_due` does."""
    # Where clocks went back over midnight, tomorrow's wall time may have been reached already.
    day = until.astimezone(held(zone)).date() + _DAY
    for _ in range(FARTHEST):
        if weekday is None or day.weekday() == weekday:
            due = _instant(day, minute, zone)
            if due is not None and due <= until:
                return Occurrence(due, day)
        day -= _DAY
    raise ValueError("no such time")


def spread(key: str, window: timedelta) -> timedelta:
    """How much later than due a letter is sent, by its key: the same on every machine and after every crash."""
    share = int.from_bytes(blake2s(key.encode(), digest_size=4).digest(), "big") / (1 << 32)
    return window * share


def is_quiet(profile: Profile, at: datetime) -> bool:
    """Whether an instant lies in her quiet hours."""
    return hushes(profile, at.astimezone(held(profile.zone)).time())


def quiet_until(profile: Profile, at: datetime) -> datetime | None:
    """When her quiet hours end, UTC; None if they have not begun.

    Found minute by minute, because a change of the clock can end them early, or take their end away.
    """
    if not is_quiet(profile, at):
        return None
    minute = at.replace(second=0, microsecond=0)
    while is_quiet(profile, minute := minute + timedelta(minutes=1)):
        if minute - at > 2 * _DAY:
            raise AssertionError("quiet hours cover less than a day")
    return minute


def hushes(profile: Profile, wall: time) -> bool:
    """Whether a wall time lies in her quiet hours."""
    start, end = profile.quiet_from, profile.quiet_to
    return start <= wall < end if start <= end else wall >= start or wall < end
