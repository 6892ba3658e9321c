"""Measurements, printed and never asserted: `make bench`, or `python -m tests.bench core|bank|chart|circle|platforms|delivery|pairing|review|signals`.

Both sides of a ratio run in one go, on one machine and one database.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = ("core", "bank", "chart", "circle", "platforms", "delivery", "pairing", "review", "signals")


def main() -> None:
    """Measure, print, and write the page if asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("part", nargs="?", choices=PARTS, help="only this part")
    parser.add_argument("--quick", action="store_true", help="a tenth of the people; ratios come out smaller")
    parser.add_argument(
        "--write",
        type=Path,
        metavar="PAGE",
        help="put the figures of one part into this page; core and chart are only printed",
    )
    parser.add_argument("--data", type=Path, metavar="FILE", help="graded answers for `review`, a CSV file")
    given = parser.parse_args()
    logging.getLogger().setLevel(logging.ERROR)
    if given.part in (None, "core"):
        from tests.bench import core, report

        print(report.machine())
        for name, said in core.lines():
            print(f"{name:58} {said}")
    if given.part in (None, "bank"):
        from tests.bench import bank

        _told(bank.lines(), "bank", given.write)
    if given.part in (None, "chart"):
        from tests.bench import chart

        _told(chart.lines(), "chart", given.write)
    if given.part in (None, "pairing"):
        from tests.bench import pairing

        _told(pairing.lines(), "pairing", given.write)
    if given.part in (None, "circle"):
        from tests.bench import circle

        _told(circle.lines(), "circle", given.write)
    if given.part in ("review", "signals"):
        _reviewer(given.part, given.data, given.write)
    if given.part in (None, "platforms"):
        from tests.bench import platforms, report

        print(report.machine())
        report.printed()
        lines = []
        for line in platforms.everything():
            report.printed(line)
            lines.append(line)
        if given.write and given.part == "platforms":
            report.write_platforms(given.write, lines)
    if given.part in (None, "delivery"):
        from tests.bench import delivery, report

        page = delivery.measure(quick=given.quick)
        if given.write:
            report.write_delivery(given.write, page)


TITLES = {"pairing": "## Pairs", "circle": "## Circles"}
"""Parts that have a section of the page, by name."""


def _told(lines: Iterable[tuple[str, str]], part: str, page: Path | None) -> None:
    """Print what was measured as it comes, and write it down where the part has a section."""
    from tests.bench import report

    print(report.machine())
    rows = []
    for name, said in lines:
        print(f"{name:58} {said}", flush=True)
        rows.append(f"| {name} | {said} |")
    if page and (title := TITLES.get(part)):
        head = [title, "", report.machine(), "", "| what | measured |", "| --- | --- |"]
        report.write_section(page, title, "\n".join((*head, *rows)))


def _reviewer(part: str, data: Path | None, page: Path | None) -> None:
    from tests.bench import report, review, signals

    text, title = (review.told(data), review.TITLE) if part == "review" else (signals.told(), signals.TITLE)
    print(text)
    if page:
        report.write_section(page, title, text)


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]
    main()
