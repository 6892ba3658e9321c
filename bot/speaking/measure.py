"""Pace against her own calm pace: a trend against herself, never a score, nothing about accent or confidence.

Bands: 120-170 words a minute are fine, above 180 or above 1.2 of the own median is fast (docs/pacing.md and its
sources). Medians, not means: one evening in a hurry changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median

from bot.speaking.model import Spoken

LOOKED_AT = timedelta(weeks=26)
FINE_FROM, FINE_TO = 120, 170
FAST, FAST_OF_OWN = 180, 1.2
SLOW = 100
LEAST_CALM = 3
"""Calm ones with a pace from which there is a median of her own."""
CALM, REAL = 12, 3
"""How many of the newest make the median of calm ones, and that of mocks and interviews."""
FASTER = 1.1
"""Of the calm median, beyond which the morning of an interview has a line."""
PAUSE = (3.0, 5.0)
"""Seconds of quiet before a behavioral answer that serve it."""
SLOWEST, FASTEST = 20, 350
"""Words a minute outside of which minutes and transcript do not belong together."""
LAST, WEEKS = 12, 8


class Band(StrEnum):
    """What is said of a pace."""

    FAST = "fast"
    FINE = "fine"
    SLOW = "slow"
    PLAIN = "plain"
    """Nothing but the number."""


@dataclass(frozen=True, slots=True)
class Week:
    """How often she was asked to repeat in one week, over how many times she spoke and counted."""

    monday: date
    asked: int
    times: int


@dataclass(frozen=True, slots=True)
class Hurry:
    """How fast mocks and interviews were lately, beside her calm pace; words a minute."""

    real: float
    calm: float
    times: int


def in_order(spoken: Sequence[Spoken]) -> list[Spoken]:
    """Oldest first."""
    return sorted(spoken, key=lambda s: (s.at, s.id))


def _newest_median(
    spoken: Sequence[Spoken], *, real: bool, most: int, least: int
) -> tuple[float, int] | None:
    paces = [pace for s in in_order(spoken) if s.real is real and (pace := s.pace) is not None][-most:]
    return (median(paces), len(paces)) if len(paces) >= least else None


def calm_median(spoken: Sequence[Spoken]) -> float | None:
    """Her own calm pace, of the newest twelve; None while there are fewer than three."""
    found = _newest_median(spoken, real=False, most=CALM, least=LEAST_CALM)
    return found[0] if found else None


def hurry(spoken: Sequence[Spoken]) -> Hurry | None:
    """Whether mocks and interviews were more than a tenth faster than calm practice lately."""
    calm = calm_median(spoken)
    real = _newest_median(spoken, real=True, most=REAL, least=1)
    if calm is None or real is None or real[0] <= FASTER * calm:
        return None
    return Hurry(real[0], calm, real[1])


def band(pace: float, own: float | None, *, slow_too: bool = False) -> Band:
    """What is said of a pace; that it is slow only to somebody who wants to hear it."""
    if pace > FAST or (own is not None and pace > FAST_OF_OWN * own):
        return Band.FAST
    if pace < SLOW and slow_too:
        return Band.SLOW
    return Band.FINE if FINE_FROM <= pace <= FINE_TO else Band.PLAIN


def belongs(words: int, seconds: int) -> bool:
    """Whether so many words can be said in that time; a few words in a few seconds always can."""
    return 60 * words <= FASTEST * seconds + 600 and (seconds < 60 or 60 * words >= SLOWEST * seconds)


def praised(paused: float) -> bool:
    """Whether a pause before a behavioral answer is one that serves it."""
    return PAUSE[0] <= paused <= PAUSE[1]


def asked_by_week(spoken: Sequence[Spoken]) -> tuple[Week, ...]:
    """The newest weeks in which she counted, oldest first."""
    weeks: dict[date, list[int]] = {}
    for one in spoken:
        if one.asked is not None:
            weeks.setdefault(one.day - timedelta(days=one.day.weekday()), []).append(one.asked)
    return tuple(Week(monday, sum(a), len(a)) for monday, a in sorted(weeks.items()))[-WEEKS:]
