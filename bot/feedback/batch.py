"""Judge many answers against their reference answers at once, so that it can be measured on graded sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.feedback.reference import compare

BETWEEN = " | "
"""Between two quotes."""


def review_rows(rows: Iterable[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """Each row with `score` (0-1) and `evidence` added, in order; each is judged by itself."""
    for row in rows:
        found = compare(row["question"], row["reference"], row["answer"])
        yield {**row, "score": f"{found.score:.4f}", "evidence": BETWEEN.join(found.evidence)}
