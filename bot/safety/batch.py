"""Run the safety gate over many texts at once, so that it can be measured on labelled sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.safety.gate import check


def judge_rows(rows: Iterable[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """Each row with `tier` (0 none, 1 crisis, 2 distress) and `rule` added, in order.

    Raises ValueError, when it gets there, at a row without `text`; the first row is number 1.
    """
    for number, row in enumerate(rows, start=1):
        text = row.get("text")
        if text is None:
            raise ValueError(f"Row {number} has no `text`: every row needs one to be judged.")
        verdict = check(text)
        yield {**row, "tier": str(int(verdict.tier)), "rule": verdict.rule}
