"""What the bank covers, as tables for a terminal: areas by format, areas by difficulty, tracks; and what is thin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from bot.content.bank_lint import thin
from bot.drills.formats import Format
from bot.drills.model import Drill
from bot.profile.tracks import AREAS, TRACKS, Track

WIDTH = 100
"""Columns; no line is longer."""
FEW = 5
"""Drills of a format below which it is named as thin."""
_NAME, _CELL = 20, 4
_DIFFICULTIES = range(1, 6)


def lines(drills: Sequence[Drill]) -> Iterator[str]:
    """The whole page."""
    yield f"{len(drills)} drills, {_hours(drills)} hours. Formats by their first letters."
    yield ""
    yield from _table("area", [f.value[:3] for f in Format], _areas(drills, _by_format))
    yield ""
    yield from _table("area", [*map(str, _DIFFICULTIES), "h", "topics"], _areas(drills, _by_difficulty))
    yield ""
    yield from _tracks(drills)
    yield ""
    yield from _thin(drills)


def _areas(
    drills: Sequence[Drill], cells: Callable[[Sequence[Drill]], list[int]]
) -> Iterator[tuple[str, list[int]]]:
    """A row of each area and one of all, each with its whole number first."""
    for area in AREAS:
        own = [d for d in drills if d.area == area]
        yield area, [len(own), *cells(own)]
    yield "all", [len(drills), *cells(drills)]


def _by_format(drills: Sequence[Drill]) -> list[int]:
    counts = Counter(d.format for d in drills)
    return [counts[form] for form in Format]


def _by_difficulty(drills: Sequence[Drill]) -> list[int]:
    counts = Counter(d.difficulty for d in drills)
    topics = {(d.area, d.topic) for d in drills}
    return [*(counts[n] for n in _DIFFICULTIES), _hours(drills), len(topics)]


def _table(first: str, names: Sequence[str], rows: Iterator[tuple[str, list[int]]]) -> Iterator[str]:
    widths = [max(_CELL, len(n) + 1) for n in ("all", *names)]
    yield _row(first, ("all", *names), widths)
    for name, numbers in rows:
        yield _row(name, [str(n or "·") for n in numbers], widths)


def _row(name: str, cells: Sequence[str], widths: Sequence[int]) -> str:
    return f"{name:{_NAME}}" + "".join(f"{c:>{w}}" for c, w in zip(cells, widths, strict=True))


def _tracks(drills: Sequence[Drill]) -> Iterator[str]:
    names = [*map(str, _DIFFICULTIES), "h", "topics"]
    widths = [max(_CELL, len(n) + 1) for n in ("all", *names)]
    yield _row("track", ("all", *names), widths) + "  fewest in a heavy area"
    for track in TRACKS.values():
        own = [d for d in drills if d.area in track.weights]
        cells = [str(n or "·") for n in (len(own), *_by_difficulty(own))]
        yield f"{_row(track.id, cells, widths)}  {_fewest(track, drills)}"


def _fewest(track: Track, drills: Sequence[Drill]) -> str:
    counts = Counter(d.area for d in drills)
    area = min(track.heavy, key=lambda a: counts[a])
    return f"{area} {counts[area]}"


def _thin(drills: Sequence[Drill]) -> Iterator[str]:
    yield "Thin:"
    found = [f"{f.path}: {f.reason}" for f in thin(drills)]
    formats = Counter(d.format for d in drills)
    found += [f"format {f}: {formats[f]} drills" for f in Format if formats[f] < FEW]
    for area in AREAS:
        graded = {d.difficulty for d in drills if d.area == area}
        if lacking := [str(n) for n in _DIFFICULTIES if n not in graded]:
            found.append(f"{area}: nothing of difficulty {', '.join(lacking)}")
    yield from (f"  {line}" for line in found or ["nothing"])


def _hours(drills: Sequence[Drill]) -> int:
    return round(sum(d.minutes for d in drills) / 60)
