"""Everybody is due at the same minute: how long it takes, and how long the event loop answers nobody."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from statistics import median

from tests.bench import ours, theirs
from tests.bench.databases import KINDS, Databases
from tests.bench.report import Line, faster
from tests.bench.timing import Took

ROUNDS = 3
LEAST = {"SQLite": 25.0, "PostgreSQL": 10.0}


def lines(databases: Databases, count: int) -> Iterator[Line]:
    """Both sides in turn, medians."""
    due = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=1)

    def run(kind: str, side: Callable[[str], Awaitable[Took]]) -> Took:
        async def once() -> Took:
            return await side(databases.fresh(kind))

        return asyncio.run(once())

    gc.freeze()  # as `pacer run` does once it has started
    for kind in KINDS:
        sides: dict[str, list[Took]] = {"own": [], "tuned": [], "ours": []}
        for _ in range(ROUNDS):
            sides["ours"].append(run(kind, lambda url: ours.fire(url, due, count)))
            sides["own"].append(run(kind, lambda url: theirs.fire(url, due, count, tuned=False)))
            if kind == "SQLite":
                sides["tuned"].append(run(kind, lambda url: theirs.fire(url, due, count, tuned=True)))
        yield from _compared(kind, count, sides)


def _compared(kind: str, count: int, sides: dict[str, list[Took]]) -> Iterator[Line]:
    mine = sides["ours"]
    for name, taken in sides.items():
        if name == "ours" or not taken:
            continue
        settings = {"own": "its own settings", "tuned": "our settings"}[name] if kind == "SQLite" else ""
        on = f"{kind}, {settings}" if settings else kind
        least = LEAST[kind] if name == "own" else None
        seconds = [median(t.seconds for t in each) for each in (taken, mine)]
        yield faster(f"{count:,} due: ticked and delivered, {on}", *seconds, least)
        stalls = [median(t.stall for t in each) for each in (taken, mine)]
        goal = 100 if name == "own" else None
        yield faster(f"{count:,} due: longest stall of the event loop, {on}", *stalls, goal, unit=1000)
