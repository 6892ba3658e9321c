"""A tick when nothing is due: it has to cost the same however many people there are."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import median

from storage.outbox import SqlOutbox
from tests.bench import ours
from tests.bench.databases import KINDS, Databases
from tests.bench.population import SCHEDULE, fill, slot
from tests.bench.report import Line, at_most
from tests.bench.timing import now

FEW = 10_000
TICKS = 300


def lines(databases: Databases, many: int) -> Iterator[Line]:
    """Ticks on both sizes in turn, medians."""
    for kind in KINDS:
        few, lots = asyncio.run(_ticks([databases.fresh(kind), databases.fresh(kind)], (FEW, many)))
        what = f"idle tick, {many:,} rows beside {FEW:,}, {kind}"
        yield at_most(what, f"{few * 1000:.2f} ms", f"{lots * 1000:.2f} ms", lots / few, 1.5)


async def _ticks(urls: list[str], counts: tuple[int, int]) -> list[float]:
    start = datetime.now(UTC).replace(second=0, microsecond=0)
    engines = [await ours.opened(url) for url in urls]
    posts = []
    for engine, count in zip(engines, counts, strict=True):
        rows = (slot(n, start + timedelta(minutes=10 + n % 1400)) for n in range(count))
        await fill(engine, SCHEDULE, rows)
        posts.append(ours.post_and_drain(SqlOutbox(engine, ours.sealer()), lambda: start)[0])
    taken: list[list[float]] = [[], []]
    for number in range(TICKS):
        for post, each in zip(posts, taken, strict=True):
            begun = now()
            await post.tick()
            if number >= TICKS // 10:
                each.append(now() - begun)
    for engine in engines:
        await engine.dispose()
    return [median(each) for each in taken]
