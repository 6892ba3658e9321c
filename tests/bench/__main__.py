"""Measurements, printed and never asserted: `make bench`, or `python -m tests.bench core|platforms|delivery`.

Both sides of a ratio run in one go, on one machine and one database.
"""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = ("core", "platforms", "delivery")


def main() -> None:
    """Measure, print, and write the page if asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("part", nargs="?", choices=PARTS, help="only this part")
    parser.add_argument("--quick", action="store_true", help="a tenth of the people; ratios come out smaller")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table of delivery into this page")
    given = parser.parse_args()
    logging.getLogger().setLevel(logging.ERROR)
    if given.part in (None, "core"):
        from tests.bench import core, report

        print(report.machine())
        for name, said in core.lines():
            print(f"{name:58} {said}")
    if given.part in (None, "platforms"):
        from tests.bench import both, busy, discord_command, platforms, report

        print(report.machine())
        report.printed()
        for line in (*platforms.lines(), *both.lines(), *busy.lines(), *discord_command.lines()):
            report.printed(line)
    if given.part in (None, "delivery"):
        from tests.bench import delivery

        page = delivery.measure(quick=given.quick)
        if given.write:
            given.write.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]
    main()
