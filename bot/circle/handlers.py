"""The tables of the circle: what a circle does at which hour, and how each kind of post is composed.

A new thing in the channel is a composer and a line in POSTS, and `want` wherever its state changes.
A new hour is a line each in CIRCLE_HANDLERS and CIRCLE_TIMES.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta

from bot.circle.model import Settings, Times
from bot.circle.welcome import WELCOME, welcome
from bot.circle.work import CircleHandler, Composer


@dataclass(frozen=True, slots=True)
class Hour:
    """When something is due, and how long after that it is still of use."""

    at: Callable[[Settings], time | None]
    """The wall time in the circle's zone; None while it is switched off."""
    keeps: timedelta
    weekday: int | None = None
    """Monday is 0; None is every day."""


CIRCLE_HANDLERS: Mapping[str, CircleHandler] = {}
"""By kind: what is done when its time has come."""

CIRCLE_TIMES: Mapping[str, Hour] = {}
"""By the same kinds: when that is."""

POSTS: Mapping[str, Composer] = {
    WELCOME: welcome,
}
"""By kind of post."""

assert set(CIRCLE_HANDLERS) == set(CIRCLE_TIMES)


def times_of(settings: Settings, hours: Mapping[str, Hour] = CIRCLE_TIMES) -> tuple[Times, ...]:
    """A circle's own times, as its settings have them."""
    found = ((kind, hour, hour.at(settings)) for kind, hour in hours.items())
    return tuple(Times(kind, at, hour.weekday) for kind, hour, at in found if at is not None)
