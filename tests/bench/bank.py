"""The bank: how fast it opens, how long all of it takes to check, and whether half a year has enough to do."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROUNDS = 9
Taken = tuple[float, float]
"""Milliseconds by the clock, and of the processor; on a busy machine only the second says something."""
COLD = """
import sys, time
sys.path.insert(0, sys.argv[1])
begun, worked = time.perf_counter(), time.process_time()
from pathlib import Path
from bot.content.compiled_place import bank
found = bank(Path(sys.argv[2]) if sys.argv[2] else None)
drill = found.drills[found.listed[0].id]
print((time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000)
"""
"""A fresh process, its imports with it, to the first whole drill."""


def lines() -> Iterator[tuple[str, str]]:
    """What was measured, and the figure with its goal. The sources are copied, so that nobody writes to them meanwhile."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        shutil.copytree(Path(__file__).parents[2] / "bot", root / "bot")
        yield from _opening(root)
    yield from _linting()
    yield from _seasons()


def _opening(root: Path) -> Iterator[tuple[str, str]]:
    cache = root / "cache"
    yield "bank, first run of all, without a wheel (reads every file)", _said([_cold(root, cache)])
    yield "bank cold, kept in the cache", _said([_cold(root, cache) for _ in range(ROUNDS)], 150)
    yield "bank cached", _said(_cached(root, cache), 10)
    from bot.content.compiled_place import SHIPPED, for_a_wheel

    (root / "bot" / "content" / SHIPPED).write_bytes(for_a_wheel(root / "bot"))
    yield "bank cold, from a wheel, nothing writable", _said([_cold(root, None) for _ in range(ROUNDS)], 150)


def _cold(root: Path, cache: Path | None) -> Taken:
    command = [sys.executable, "-c", COLD, str(root), str(cache or "")]
    env = {**os.environ, "PYTHONPATH": str(root)}
    out = subprocess.run(command, env=env, capture_output=True, text=True, check=True, cwd=root)
    wall, own = map(float, out.stdout.split())
    return wall, own


def _cached(root: Path, cache: Path) -> list[Taken]:
    """Opening it again in a process that has the code, but forgot the bank."""
    from bot.content.compiled_place import bank

    taken = []
    for _ in range(ROUNDS):
        begun, worked = time.perf_counter(), time.process_time()
        bank(cache, bot=root / "bot")
        taken.append(((time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000))
    return taken


def _linting() -> Iterator[tuple[str, str]]:
    from adapters.sql_sandbox.runner import SqlSandbox
    from bot.content.bank_lint import lint

    begun, worked = time.perf_counter(), time.process_time()
    found = lint(run=SqlSandbox().run_now)
    took, own = time.perf_counter() - begun, time.process_time() - worked
    yield "bank lint, all of it", f"{took:.1f} s, {own:.1f} s of it own work (goal 20 s); {len(found)} faults"


def _seasons() -> Iterator[tuple[str, str]]:
    """26 weeks of each track, ten hours a week, done by a seeded chance."""
    from unit.content.season import season

    from bot.content.bank import Bank
    from bot.content.bank_files import read_all, shipped_folder
    from bot.profile.tracks import TRACKS

    bank = Bank({d.id: d for d in read_all(shipped_folder())[0]}, {})
    for track in TRACKS.values():
        found = [season(bank, track, seed=seed) for seed in (1, 2, 3)]
        soon = sum(len(f.too_soon) for f in found)
        filled = statistics.mean(f.filled for f in found)
        empty = statistics.mean(len(f.empty) for f in found)
        asked = statistics.mean(f.days for f in found)
        yield (
            f"26 weeks of {track.id}",
            f"{soon} too soon (goal 0), {filled:.0%} of the minutes filled, {empty:.0f} of {asked:.0f} days with nothing",
        )


def _said(taken: list[Taken], goal: float | None = None) -> str:
    aim = f" (goal {goal:g} ms)" if goal else ""
    walls, own = zip(*taken, strict=True)
    return f"median {statistics.median(walls):.1f} ms, best {min(walls):.1f} ms, {statistics.median(own):.1f} ms of it own work{aim}"
