"""The tables of the circle: what a circle does at which hour, and how each kind of post is composed.

A new thing in the channel is a composer and a line in POSTS, and `want` wherever its state changes.
A new hour is a line each in CIRCLE_HANDLERS and CIRCLE_TIMES.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta

from bot.circle.board_turns import hour as of_the_board
from bot.circle.board_turns import look_again
from bot.circle.board_turns import shown as board
from bot.circle.company_turns import asked
from bot.circle.group_hours import give, reveal, weigh
from bot.circle.group_model import GROUP, REVEAL
from bot.circle.group_post import group_post
from bot.circle.model import WELCOME, Settings, Times
from bot.circle.news_model import BOARD, COMPANY, RECAP, WIN
from bot.circle.pulse_post import PULSE, pulse_post
from bot.circle.recap import FRIDAY, recap, recapitulate
from bot.circle.recap import KEEPS as RECAP_KEEPS
from bot.circle.welcome import welcome
from bot.circle.win_turns import told
from bot.circle.work import Addressed, CircleHandler, Composer
from bot.pairing import group_message
from bot.pairing.arranged import OPTED, TOGETHER
from bot.pairing.circle_hours import (
    LOOKS,
    LOOKS_APART,
    MONDAY,
    SUNDAY,
    ask_members,
    at_drill,
    at_look,
    look_after,
    match_week,
    pairs_post,
)


@dataclass(frozen=True, slots=True)
class Hour:
    """When something is due, and how long after that it is still of use."""

    at: Callable[[Settings], time | None]
    """The wall time in the circle's zone; None while it is switched off."""
    keeps: timedelta
    weekday: int | None = None
    """Monday is 0; None is every day."""


CIRCLE_HANDLERS: Mapping[str, CircleHandler] = {
    PULSE: weigh,
    GROUP: give,
    REVEAL: reveal,
    RECAP: recapitulate,
    BOARD: look_again,
    "pairs ask": ask_members,
    "pairs": match_week,
    **dict.fromkeys(LOOKS, look_after),
}
"""By kind: what is done when its time has come."""

CIRCLE_TIMES: Mapping[str, Hour] = {
    PULSE: Hour(lambda s: s.drill_at, timedelta(days=3), weekday=0),
    GROUP: Hour(lambda s: s.drill_at, timedelta(hours=12)),
    REVEAL: Hour(lambda s: s.reveal_at, timedelta(days=7)),
    RECAP: Hour(lambda s: s.reveal_at, RECAP_KEEPS, weekday=FRIDAY),
    BOARD: Hour(of_the_board, timedelta(days=7)),
    "pairs ask": Hour(at_drill, timedelta(hours=20), weekday=SUNDAY),
    "pairs": Hour(at_drill, timedelta(days=2), weekday=MONDAY),
    **{kind: Hour(at_look(n), timedelta(hours=LOOKS_APART)) for n, kind in enumerate(LOOKS)},
}
"""By the same kinds: when that is."""

POSTS: Mapping[str, Composer] = {
    WELCOME: welcome,
    GROUP: group_post,
    PULSE: pulse_post,
    RECAP: recap,
    BOARD: board,
    WIN: told,
    COMPANY: asked,
    OPTED: pairs_post,
    TOGETHER: group_message.shown,
}
"""By kind of post."""

ADDRESSED: Mapping[str, Addressed] = {TOGETHER: Addressed(group_message.addressed, group_message.refused)}
"""Kinds of post that go to some people together."""

assert set(CIRCLE_HANDLERS) == set(CIRCLE_TIMES)


def times_of(settings: Settings, hours: Mapping[str, Hour] = CIRCLE_TIMES) -> tuple[Times, ...]:
    """A circle's own times, as its settings have them."""
    found = ((kind, hour, hour.at(settings)) for kind, hour in hours.items())
    return tuple(Times(kind, at, hour.weekday) for kind, hour, at in found if at is not None)
