"""A drill that somebody brought herself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.drills.model import Drill, Listed

MOST = 500
"""Drills of one person."""
OWN = "own"
"""What she says to get one of them."""
PREFIX = "own-"
"""How the id of such a drill begins; no shipped drill's does. The rest tells nothing of what is in it."""
TOPIC = "own"
"""Stands for its topic wherever that is kept in clear."""


def is_own(drill_id: str) -> bool:
    """Whether the id is that of a drill somebody brought."""
    return drill_id.startswith(PREFIX)


@dataclass(frozen=True, slots=True)
class Entry:
    """One of her drills as a list shows it."""

    name: str
    """The id she gave it; the drill's own is ours."""
    drill: Listed
    added: date
    shared: bool = False
    """She offered it to her group. Nobody sees it for that alone."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A drill on its way into her bank, under an id of ours."""

    name: str
    drill: Drill
