"""When people could meet: free hours of different zones laid over one another, quarter by quarter.

Free time is a bit mask over the quarters of a window, in UTC, so that two people's common time is one `&`. Each quarter
is looked up on her own wall clock, which makes a missing hour missing and a repeated one count twice. Every zone
in use today is a whole number of quarters from UTC, before and after each change of its clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from bot.delivery.recurrence import held
from bot.pairing.model import MIDNIGHT, QUARTER, Window, Wish

QUARTERS_A_DAY = 96
AN_HOUR = 4
"""Quarters that a meeting takes at least."""
Local = tuple[date, int]
"""A day and a quarter of it, on somebody's own clock."""


def usable(wish: Wish, window: Window) -> int:
    """The quarters, as bits, in which she is free, not in her quiet hours, in no other meeting, and not close before an
    interview. Raises UnknownZone.
    """
    week = _weekly(wish)
    free = sum(
        1 << number
        for number, (day, quarter) in enumerate(_local(wish.zone, _first(window), count(window)))
        if week >> (day.weekday() * QUARTERS_A_DAY + quarter) & 1 and not _close_to_interview(wish, day)
    )
    return free & ~_engaged(wish, _first(window), count(window)) if wish.engaged else free


def count(window: Window) -> int:
    """How many whole quarters a window has."""
    return int((window.ends - _first(window)) // QUARTER)


def shared(masks: Iterable[int]) -> int:
    """The quarters that are free for all; none for nobody."""
    masks = iter(masks)
    common = next(masks, 0)
    for mask in masks:
        common &= mask
    return common


def starts(mask: int, quarters: int) -> int:
    """The quarters from which so many follow one another."""
    found, have = mask, 1
    while have < quarters and found:
        step = min(have, quarters - have)
        found &= found >> step
        have += step
    return found


def duration(mask: int) -> timedelta:
    """How long the quarters are together."""
    return mask.bit_count() * QUARTER


def instants(mask: int, window: Window) -> Iterator[datetime]:
    """When each of the quarters begins, UTC, in order."""
    first = _first(window)
    while mask:
        lowest = mask & -mask
        yield first + (lowest.bit_length() - 1) * QUARTER
        mask ^= lowest


def _first(window: Window) -> datetime:
    """The first whole quarter of a window."""
    begins = window.begins.astimezone(UTC)
    past = timedelta(minutes=begins.minute % 15, seconds=begins.second, microseconds=begins.microsecond)
    return begins if not past else begins - past + QUARTER


@lru_cache(maxsize=1 << 9)
def _local(zone: str, first: datetime, quarters: int) -> tuple[Local, ...]:
    """What her clock shows at each quarter."""
    here = held(zone)
    walls = ((first + n * QUARTER).astimezone(here) for n in range(quarters))
    return tuple((wall.date(), wall.hour * 4 + wall.minute // 15) for wall in walls)


def _weekly(wish: Wish) -> int:
    """Her free quarters of any week by her wall clock, Monday first, quiet hours taken out."""
    week = 0
    for free in wish.free:
        start, end = -(-free.start // 15), free.end // 15
        if end > start:
            week |= ((1 << end - start) - 1) << free.weekday * QUARTERS_A_DAY + start
    return week & ~_quiet(wish.quiet_from, wish.quiet_to)


@lru_cache(maxsize=1 << 9)
def _quiet(start: time, end: time) -> int:
    """The quarters of a week of which any minute is quiet."""
    walls = [(n, time(n // 60, n % 60)) for n in range(MIDNIGHT)]
    quiet = {n // 15 for n, w in walls if (start <= w < end if start <= end else w >= start or w < end)}
    day = sum(1 << quarter for quarter in quiet)
    return sum(day << weekday * QUARTERS_A_DAY for weekday in range(7))


def _engaged(wish: Wish, first: datetime, quarters: int) -> int:
    """The quarters of which any minute lies in another meeting of hers."""
    begins = ((n, first + n * QUARTER) for n in range(quarters))
    return sum(1 << n for n, at in begins if any(e.overlaps(at, at + QUARTER) for e in wish.engaged))


def _close_to_interview(wish: Wish, day: date) -> bool:
    return day in wish.interview_days or day + timedelta(days=1) in wish.interview_days
