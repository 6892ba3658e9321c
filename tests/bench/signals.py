"""How well the detectors of communication signals find what was labelled by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.feedback.clarifying import asked
from bot.feedback.closing import closing
from bot.feedback.fillers import fillers
from bot.feedback.jargon import jargon_peak
from bot.feedback.star import story
from tests.bench import report

HERE = Path(__file__).parents[1] / "unit" / "feedback"
SPLITS = {"tuned": "snippets.yaml", "blind": "snippets_blind.yaml", "fresh": "snippets_fresh.yaml"}
"""What the detectors were tuned on; what was written blind and the detectors then mended on; what came last and was
looked at once."""
HEAD = (
    "detector",
    *(f"{figure}, {split}" for split in SPLITS for figure in ("precision", "recall", "labelled")),
)
TITLE = "## How well communication signals are found"
SECTION = """{title}

On {tuned} short answers labelled by hand and tuned on; on {blind} written from the definitions by somebody who had not
seen the detectors, which were mended on them afterwards (what they reached before stands at the head of
`tests/unit/feedback/snippets_blind.yaml`); and on {fresh} written and labelled last and measured once. Only the last are a
fair measure, and they too are this project's own: on real talk it will be worse. What is labelled is a sentence for STAR,
else a count or yes and no for an answer.

{table}

Repeat it with `python -m tests.bench signals`; `--write docs/benchmarks.md` puts it here.
"""
Counts = dict[str, list[int]]
"""Of each detector: rightly found, wrongly found, not found."""


def snippets(split: str) -> list[Mapping[str, Any]]:
    """One split of the labelled snippets."""
    rows: list[Mapping[str, Any]] = yaml.safe_load((HERE / SPLITS[split]).read_text(encoding="utf-8"))
    return rows


def count(rows: Iterable[Mapping[str, Any]], wrong: list[str] | None = None) -> Counts:
    """Compare each label with what is found; `wrong` collects what differs."""
    counts: Counts = {}
    for row in rows:
        for name, expected, found in _pairs(row):
            tally = counts.setdefault(name, [0, 0, 0])
            right = min(expected, found)
            for place, more in enumerate((right, found - right, expected - right)):
                tally[place] += more
            if wrong is not None and expected != found:
                wrong.append(f"{name}: {expected} expected, {found} found: {row['text']}")
    return counts


def _pairs(row: Mapping[str, Any]) -> Iterable[tuple[str, int, int]]:
    text = row["text"]
    if "star" in row:
        for label, (_, part) in zip(row["star"], story(text).parts, strict=True):
            for letter in {label, part.value} - {"-"}:
                yield f"STAR {letter}", int(label == letter), int(part.value == letter)
    if "core" in row:
        heard = fillers(text)
        yield "fillers, core", row["core"], heard.core
        yield "fillers, discourse", row["discourse"], heard.discourse
    if "ask" in row:
        yield "clarifying questions", row["ask"], asked(text, row["kind"]).questions
    if "closing" in row:
        end = closing(text)
        yield "closing", int(row["closing"] == "yes"), int(end.summary)
        yield "closing, trailing off", int(row["closing"] == "bad"), int(end.trails_off)
    if "quantified" in row:
        yield "quantified", int(row["quantified"]), int(story(text).quantified > 0)
    if "jargon" in row:
        yield "jargon", row["jargon"], jargon_peak(text)


def precision_recall(tally: list[int]) -> tuple[float, float]:
    """Of one detector."""
    right, wrong, missed = tally
    return right / max(1, right + wrong), right / max(1, right + missed)


def told() -> str:
    """The section of the page."""
    rows = {split: snippets(split) for split in SPLITS}
    counts = {split: count(found) for split, found in rows.items()}
    cells = [
        (name, *(cell for split in SPLITS for cell in _cells(counts[split].get(name))))
        for name in sorted(counts["tuned"])
    ]
    sizes = {split: len(found) for split, found in rows.items()}
    return SECTION.format(title=TITLE, table=report.table(HEAD, cells), **sizes)


def _cells(tally: list[int] | None) -> tuple[str, str, str]:
    if tally is None:
        return "", "", ""
    precision, recall = precision_recall(tally)
    return f"{precision:.3f}", f"{recall:.3f}", str(tally[0] + tally[2])
