"""All communication signals of one answer, as one row. They describe an answer and never a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.feedback.clarifying import asked
from bot.feedback.closing import closing
from bot.feedback.fillers import fillers
from bot.feedback.impact import figures
from bot.feedback.jargon import jargon_peak
from bot.feedback.star import Part, story

KINDS = ("behavioral", "design", "coding", "explain")
COLUMNS = (
    "words",
    "fillers_core",
    "fillers_discourse",
    "clarifying_questions",
    "first_solution_at",
    "star_situation",
    "star_task",
    "star_action",
    "star_result",
    "quantified",
    "closing",
    "closing_antipattern",
    "jargon_peak",
)


def signals(kind: str, text: str) -> dict[str, str]:
    """The row of one answer. Shares are of words, 0-1; yes and no are 1 and 0; nothing found is empty."""
    heard, first, told, end = fillers(text), asked(text, kind), story(text), closing(text)
    shares = (told.share(p) for p in (Part.SITUATION, Part.TASK, Part.ACTION, Part.RESULT))
    counted = told.quantified if kind == "behavioral" else figures(text)
    row = (
        heard.words,
        heard.core,
        heard.discourse,
        first.questions,
        "" if first.solution_at is None else first.solution_at,
        *(f"{share:.3f}" for share in shares),
        counted,
        int(end.summary),
        int(end.trails_off),
        jargon_peak(text),
    )
    return dict(zip(COLUMNS, map(str, row), strict=True))


def signal_rows(rows: Iterable[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """Each row with its signals added, in order. Raises ValueError at a row whose kind is unknown."""
    for number, row in enumerate(rows, start=1):
        kind = row["kind"].strip().casefold().replace("behavioural", "behavioral")
        if kind not in KINDS:
            raise ValueError(f"row {number} has the kind {row['kind']!r}, not {', '.join(KINDS)}")
        yield {**row, **signals(kind, row["text"])}
