"""The goals of delivery, one after the other; see docs/benchmarks.md for what came out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from tests.bench import discord_minute, due, idle, local_time, memory, outage, real, report
from tests.bench.databases import Databases, databases


def measure(*, quick: bool) -> str:
    """Print the table line by line; the page."""
    part = 10 if quick else 1
    with databases() as both:
        on, load = report.machine(both.version()), [os.getloadavg()[0]]
        print(on)
        report.printed()
        lines = list(_shown(_all(both, part)))
        load.append(os.getloadavg()[0])
    words = f"Load of the machine before and after: {load[0]:.1f} and {load[1]:.1f}."
    print(words)
    return report.page(lines, on, words)


def _all(both: Databases, part: int) -> Iterator[report.Line]:
    yield from due.lines(both, 10_000 // part)
    yield from local_time.lines(100_000 // part)
    yield from memory.lines(both, 100_000 // part)
    yield from idle.lines(both, 1_000_000 // part)
    yield from discord_minute.lines(both, 10_000 // part)
    yield from outage.lines(both, 10_000 // part)
    yield from real.lines(both, 1_000 // part)


def _shown(lines: Iterable[report.Line]) -> Iterator[report.Line]:
    for line in lines:
        report.printed(line)
        yield line
