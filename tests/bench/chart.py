"""One chart as a picture: how long it takes beside the event loop, and how long the loop answers nobody meanwhile."""

from __future__ import annotations

import asyncio
from statistics import median

from adapters.charts.worker import Drawing
from bot.chat.message import Bar, Chart
from tests.bench.timing import Stall, Took, now

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEK = Chart(
    "Seven days, Mon 5 Jan to Sun 11 Jan",
    tuple(
        Bar(day, 6.0 * n, f"{6 * n} of 40 min · battery 60", 5.0 * n, 7.0 * n) for n, day in enumerate(DAYS)
    ),
    40.0,
    "",
)
TIMES = 30


def lines() -> list[tuple[str, str]]:
    """The first picture of a process, with all that is loaded for it, and those after it."""
    first, rest = asyncio.run(_measure())
    took, stalls = [t.seconds for t in rest], [t.stall for t in rest]
    return [
        ("chart: the first picture, with its imports", _said(first.seconds, first.stall)),
        (f"chart: one picture, median of {TIMES} (goal 400 ms, 50 ms)", _said(median(took), median(stalls))),
        ("chart: the slowest of them", _said(max(took), max(stalls))),
    ]


def _said(seconds: float, stall: float) -> str:
    return f"{seconds * 1000:.0f} ms beside the loop, which stood still {stall * 1000:.0f} ms at most"


async def _measure() -> tuple[Took, list[Took]]:
    drawing = Drawing()
    taken = [await _one(drawing) for _ in range(1 + TIMES)]
    drawing.close()
    return taken[0], taken[1:]


async def _one(drawing: Drawing) -> Took:
    async with Stall() as stall:
        begun = now()
        await drawing(WEEK)
        seconds = now() - begun
    return Took(seconds, stall.longest)
