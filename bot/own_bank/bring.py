"""What somebody brings: drills under ids of ours, and advice on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.drills.model import Drill
from bot.own_bank.model import PREFIX, Brought

PROVED = 10
"""Drills of a file that are proved at once: each takes a few hundredths of a second."""


def brought(drills: Sequence[Drill], stem: str) -> tuple[Brought, ...]:
    """Drills under ids made of a stem that is there once."""
    return tuple(
        Brought(drill.id, replace(drill, id=f"{PREFIX}{stem}-{number}"))
        for number, drill in enumerate(drills, 1)
    )


def advice_on(drills: Sequence[Drill], most: int = PROVED) -> tuple[str, ...]:
    """What the reviewer does not bear out in the first of them."""
    # What proves drills takes time to load, and only who brings some needs it.
    from bot.content.imports import advice

    alone = len(drills) == 1
    return tuple(
        said if alone else f"{drill.id}: {said}" for drill in drills[:most] for said in advice(drill)
    )
