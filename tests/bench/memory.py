"""The memory of a process that a hundred thousand people wait in, each side in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.databases import Databases
from tests.bench.report import Line, at_most

ROOT = Path(__file__).parents[2]


def lines(databases: Databases, count: int) -> Iterator[Line]:
    """Ours with its rows in a file, theirs in its memory job store."""
    url = databases.fresh("SQLite")
    _child("fill", url, count)
    mine, other = _child("ours", url, count), _child("theirs", url, count)
    what = f"memory of the process after ticks, {count:,} people"
    yield at_most(what, f"{other:.0f} MB", f"{mine:.0f} MB", mine / other, 1 / 6)


def _child(role: str, url: str, count: int) -> float:
    command = [sys.executable, "-m", "tests.bench.memory_process", role, url, str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout or 0)
