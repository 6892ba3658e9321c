"""One line for each goal, as a table for the terminal and as a page."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

NAMES = ("apscheduler", "sqlalchemy", "aiosqlite", "asyncpg", "psycopg", "dbos", "discord.py")
HEAD = ("what", "theirs", "ours", "ratio", "goal", "met")
WIDTHS = (88, 11, 12, 7, 8, 3)


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison; `met` is None where nothing was aimed at."""

    what: str
    theirs: str
    ours: str
    ratio: str = ""
    goal: str = ""
    met: bool | None = None

    def cells(self) -> tuple[str, ...]:
        """As words."""
        met = {True: "yes", False: "no", None: ""}[self.met]
        return (self.what, self.theirs, self.ours, self.ratio, self.goal, met)


def faster(what: str, theirs: float, ours: float, least: float | None, *, unit: float = 1.0) -> Line:
    """How many times our seconds go into theirs; `unit` is what a second is shown as."""
    ratio = theirs / ours
    shown = [f"{seconds * unit:.3g} {'s' if unit == 1.0 else 'ms'}" for seconds in (theirs, ours)]
    goal, met = (f">= {least:g}x", ratio >= least) if least else ("", None)
    return Line(what, *shown, f"{ratio:.1f}x", goal, met)


def at_most(what: str, other: str, ours: str, ratio: float, most: float) -> Line:
    """A ratio that is better the smaller it is."""
    return Line(what, other, ours, f"{ratio:.2f}x", f"<= {most:.3g}x", ratio <= most)


def printed(line: Line | None = None) -> None:
    """One line of the table for the terminal; its head without one."""
    cells = line.cells() if line else HEAD
    print(
        "  ".join(f"{cell:{width}}" for cell, width in zip(cells, WIDTHS, strict=True)).rstrip(), flush=True
    )


def machine(postgresql: str = "") -> str:
    """What it ran on."""
    found = [line.partition(": ")[2] for line in _cpu_lines()]
    parts = [
        f"{platform.system()} {platform.machine()}",
        f"{os.cpu_count()} cores ({found[0] if found else 'unknown'})",
        f"Python {platform.python_version()}",
    ]
    if postgresql:
        parts += [f"PostgreSQL {postgresql}", f"SQLite {_sqlite()}"]
        parts += [f"{name} {version(name)}" for name in NAMES]
    return ", ".join(parts)


def _cpu_lines() -> list[str]:
    try:
        return [n for n in Path("/proc/cpuinfo").read_text().splitlines() if n.startswith("model name")]
    except OSError:
        return []


def _sqlite() -> str:
    import sqlite3

    return sqlite3.sqlite_version


PAGE = """# Benchmarks

What delivery costs, beside what the same work costs with APScheduler 3 and one cron job for each person. Both sides
ran in the same minutes on the same machine and databases. The machine was shared, so the ratios say more than the
seconds. "Not met" stays in the table: these are goals, not tests, and no test asserts on time.

Machine: {machine}.

{load}

{table}

- Where SQLite is compared, "its own settings" is the job store as its manual shows it, and "our settings" gives its
  connections the same journal and synchronous modes as ours.
- Filling either side is not measured: their jobs are written in one transaction, which is far faster than `add_job`.
- The outage is run on an event loop whose clock is four times as fast, so a stall of the machine counts four times in
  its sliding second. Sends that a stall held up leave together: on a busy machine that is more than the fifty a
  second that Discord takes, it answers 429, and the letter waits and is sent later.
- Their jobs do nothing. Ours go through the timetable, the outbox, a claim, a courier that carries nowhere, and the
  next state, each committed, so that a crash at any point loses no message; theirs would be lost.

Repeat it with `python -m tests.bench delivery` (a quarter of an hour), or `--quick` with a tenth of the people. The
page is written by `python -m tests.bench delivery --write docs/benchmarks.md`.
"""


def page(lines: Sequence[Line], on: str, load: str) -> str:
    """The whole page."""
    return PAGE.format(machine=on, load=load, table=_table(lines))


def _table(lines: Sequence[Line]) -> str:
    return table(HEAD, [line.cells() for line in lines])


def table(head: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """A table of a page."""
    rows = [head, ("---",) * len(head), *cells]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


PLATFORMS_TITLE = "## What Slack and Discord cost"
PLATFORMS = """{title}

What Pacer adds to the libraries themselves, both sides in one run, medians. "Not met" stays in the table here too.

Machine: {machine}.

{table}

- "No database": what the store answers in a real turn was recorded and is played from memory; nothing is subtracted.
- "Event to rendered answer" is the whole turn as it runs in earnest: translating, the safety gate, the reception, routing,
  the handler, fitting, rendering; on Discord also what discord.py does with our answer up to its request. Sending is left
  out on both sides. Beside it stands a listener that acknowledges and does nothing.

Repeat it with `python -m tests.bench platforms`; `--write docs/benchmarks.md` puts it here, and leaves the rest as it is.
"""


def write_platforms(page_of: Path, lines: Sequence[Line]) -> None:
    """Put the platforms' figures into the page, in the place of older ones."""
    found = PLATFORMS.format(title=PLATFORMS_TITLE, machine=machine(), table=_table(lines))
    write_section(page_of, PLATFORMS_TITLE, found)


def write_delivery(page_of: Path, delivery: str) -> None:
    """Put delivery's page before all other figures."""
    _, sections = _parts_of(page_of)
    _write(page_of, delivery, sections)


def write_section(page_of: Path, title: str, text: str) -> None:
    """Put a section into the page in the place of an older one of that title, else at the end."""
    delivery, sections = _parts_of(page_of)
    _write(page_of, delivery, {**sections, title: text})


def _write(page_of: Path, delivery: str, sections: Mapping[str, str]) -> None:
    parts = [part.strip() + "\n" for part in (delivery, *sections.values()) if part.strip()]
    page_of.write_text("\n".join(parts), encoding="utf-8")


def _parts_of(page_of: Path) -> tuple[str, dict[str, str]]:
    """What stands in the page of delivery, and the sections after it by title, in their order."""
    try:
        text = page_of.read_text(encoding="utf-8")
    except FileNotFoundError:
        return "", {}
    delivery, *sections = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    return delivery, {section.partition("\n")[0]: section for section in sections}
