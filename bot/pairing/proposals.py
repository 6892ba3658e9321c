"""Three times that suit everybody in a meeting, on different days where there are such."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations, pairwise

from bot.delivery.recurrence import held, instant
from bot.pairing.model import QUARTER, Window, Wish
from bot.pairing.overlap import instants, shared, starts, usable

PROPOSED = 3
PLEASANT = (10, 19)
"""Hours of the wall clock between which most people like to begin."""
FAR_ENOUGH = 3 * 24
"""Hours between two times beyond which it makes no difference."""
Days = tuple[date, ...]
"""The day it is for each of them."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock on which somebody reads times."""

    zone: str
    """IANA name, checked."""
    named: bool = False
    """Whether its place is said with each time, as it is not the one where she asked."""

    @property
    def place(self) -> str:
        """A blank and the place in brackets, where it is to be named."""
        return f" ({self.zone.rpartition('/')[2].replace('_', ' ')})" if self.named else ""


class NoSuchTime(Exception):
    """The clocks of that zone leave the day out altogether."""


def proposed(wishes: Sequence[Wish], window: Window, length: timedelta) -> tuple[datetime, ...]:
    """Up to three beginnings, UTC, in order: all of it within everybody's free hours, quiet hours and interviews left out.

    On three days if that can be, on different days for each of them; else on as many as there are, and never
    overlapping. Fewer if no more time is free; none without any. Raises UnknownZone.
    """
    common = shared(usable(wish, window) for wish in wishes)
    free = starts(common, -(-length // QUARTER))
    zones = sorted({wish.zone for wish in wishes})
    by_days = _by_days(tuple(instants(free, window)), zones)
    firsts = [min(times, key=lambda at: _unpleasant(at, zones)) for times in by_days.values()]
    chosen = _far_apart(firsts, zones, length)
    return tuple(sorted(chosen + _more(by_days, chosen, zones, length)))


def kept(day: date, at: time, zone: str) -> datetime:
    """The instant of a wall time that somebody chose, UTC, which is what is stored: a later change of a clock moves nothing.

    A repeated hour is the first one, a missing one the same span later. Raises NoSuchTime and UnknownZone.
    """
    found = instant(day, at, zone)
    if found is None:
        raise NoSuchTime(f"{day} does not exist in {zone}")
    return found


def local(at: datetime, zone: str) -> datetime:
    """An instant on somebody's own clock. Raises UnknownZone."""
    return at.astimezone(held(zone))


def _by_days(times: Sequence[datetime], zones: Sequence[str]) -> Mapping[Days, list[datetime]]:
    """The times, by the day that it is for each of them. Half hours only, on days that have any."""
    found: dict[Days, list[datetime]] = {}
    for at in times:
        found.setdefault(tuple(local(at, zone).date() for zone in zones), []).append(at)
    return {days: [at for at in some if at.minute % 30 == 0] or some for days, some in found.items()}


def _unpleasant(at: datetime, zones: Sequence[str]) -> tuple[float, bool, datetime]:
    """Hours outside what is pleasant, for all of them; then full hours before half ones, then the earlier."""
    first, last = PLEASANT
    hours = [(wall := local(at, zone)).hour + wall.minute / 60 for zone in zones]
    return sum(max(first - h, 0, h - last) for h in hours), at.minute != 0, at


def _far_apart(firsts: Sequence[datetime], zones: Sequence[str], length: timedelta) -> list[datetime]:
    """The best of each day, so many as are wanted: on most days, far apart, pleasant."""
    times = sorted(firsts)
    for size in range(min(PROPOSED, len(times)), 0, -1):
        apart = [list(some) for some in combinations(times, size) if _no_overlap(some, length)]
        if apart:
            return max(apart, key=lambda some: _worth(some, zones))
    return []


def _worth(some: Sequence[datetime], zones: Sequence[str]) -> tuple[int, float, float, float]:
    days = min(len({local(at, zone).date() for at in some}) for zone in zones)
    gap = min(((b - a) / timedelta(hours=1) for a, b in pairwise(some)), default=0.0)
    unpleasant = sum(_unpleasant(at, zones)[0] for at in some)
    return days, min(gap, FAR_ENOUGH) - 2 * unpleasant, gap, -some[0].timestamp()


def _more(
    by_days: Mapping[Days, list[datetime]],
    chosen: Sequence[datetime],
    zones: Sequence[str],
    length: timedelta,
) -> list[datetime]:
    """Further times on the same days, if too few days have any."""
    found: list[datetime] = []
    for at in sorted(_all(by_days), key=lambda at: _unpleasant(at, zones)):
        if len(chosen) + len(found) == PROPOSED:
            break
        if _no_overlap(sorted((*chosen, *found, at)), length):
            found.append(at)
    return found


def _all(by_days: Mapping[Days, list[datetime]]) -> Iterator[datetime]:
    for times in by_days.values():
        yield from times


def _no_overlap(some: Sequence[datetime], length: timedelta) -> bool:
    return all(b - a >= length for a, b in pairwise(some))
