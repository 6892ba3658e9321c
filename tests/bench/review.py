"""How near the offline reviewer comes to human graders, and how long it takes."""

from __future__ import annotations

import csv
import math
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.content.shipped import shipped
from bot.feedback.reference import compare
from bot.feedback.review import of_drill
from tests.bench import report
from tests.bench.report import Line

PUBLISHED = 0.518
"""Pearson r of the best supervised hybrid on the whole set (Mohler, Bunescu and Mihalcea, ACL 2011)."""
WORDS, TIMES = 400, 400
HEAD = ("question", "answers", "Pearson r", "Spearman", "RMSE")
TITLE = "## How near the offline reviewer comes to human graders"
SECTION = """{title}

Machine: {machine}.

{speed}

The machine was shared: by the clock other work counts too.
{graded}
Repeat it with `python -m tests.bench review --data FILE`; `--write docs/benchmarks.md` puts it here. FILE is a CSV of the
columns id, question, reference, answer, score_0_5.
"""
GRADED = """
Answers of students to questions of a first computer science course, each against the instructor's one reference answer,
beside the mean of two human graders (0-5); ours is scaled to that. The answers are a part of the short-answer set 2.0 of
the University of North Texas (Mohler, Bunescu and Mihalcea, ACL 2011), which is research data and no part of this
project. Nothing is learnt from it; the thresholds and the word groups of `bot/feedback/first_course.py` were chosen with
these figures in view, so that on other questions they may be lower. Published on the whole set: tf-idf cosine r = 0.327,
the best supervised hybrid of that paper r = 0.518 and RMSE 0.978. Our RMSE is larger, as rules that want to see the
words are stricter than the graders were.

{table}
"""
"""What stands in the page about graded answers, where there were any."""


def told(data: Path | None) -> str:
    """The section of the page, speed first, then the graded answers if there are any."""
    graded = ""
    if data:
        cells = [(name, str(n), *(f"{x:.3f}" for x in found)) for name, n, *found in against_graders(data)]
        graded = GRADED.format(table=report.table(HEAD, cells))
    lines = report.table(report.HEAD, [line.cells() for line in speed()])
    return SECTION.format(title=TITLE, machine=report.machine(), speed=lines, graded=graded)


def against_graders(data: Path) -> Iterator[tuple[str, int, float, float, float]]:
    """By question and overall: how many answers, Pearson r, Spearman, and RMSE on the scale 0-5."""
    with data.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    scored = [
        (
            row["id"],
            5 * compare(row["question"], row["reference"], row["answer"]).score,
            float(row["score_0_5"]),
        )
        for row in rows
    ]
    for name in dict.fromkeys(s[0] for s in scored):
        yield _measured(name, [(ours, theirs) for n, ours, theirs in scored if n == name])
    yield _measured("all", [(ours, theirs) for _, ours, theirs in scored])


def _measured(name: str, pairs: Sequence[tuple[float, float]]) -> tuple[str, int, float, float, float]:
    ours, theirs = [p[0] for p in pairs], [p[1] for p in pairs]
    rmse = math.sqrt(sum((a - b) ** 2 for a, b in pairs) / len(pairs))
    return name, len(pairs), pearson(ours, theirs), pearson(_ranks(ours), _ranks(theirs)), rmse


def pearson(one: Sequence[float], other: Sequence[float]) -> float:
    """Correlation; 0 where one side never differs."""
    m, n = sum(one) / len(one), sum(other) / len(other)
    covariance = sum((a - m) * (b - n) for a, b in zip(one, other, strict=True))
    spread = math.sqrt(sum((a - m) ** 2 for a in one) * sum((b - n) ** 2 for b in other))
    return covariance / spread if spread else 0.0


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(values)
    first = {value: place for place, value in reversed(list(enumerate(order)))}
    last = {value: place for place, value in enumerate(order)}
    return [(first[v] + last[v]) / 2 for v in values]


def speed() -> tuple[Line, Line]:
    """The 99th percentile of judging a 400-word answer to a drill, by the clock and in processor time."""
    drills = sorted(shipped().bank().drills.values(), key=lambda d: (-len(d.rubric), d.id))[:20]
    answers = [
        (d, " ".join((d.answer + "\n\n" + " ".join(o.answer for o in drills)).split()[:WORDS]))
        for d in drills
        if d.rubric
    ]
    clock, processor = [], []
    for number in range(TIMES):
        drill, answer = answers[number % len(answers)]
        # A different word each time, so that nothing kept from the last time helps.
        began, began_working = time.perf_counter(), time.thread_time()
        of_drill(drill, f"{answer} {number}.")
        clock.append(time.perf_counter() - began)
        processor.append(time.thread_time() - began_working)
    return _p99("", clock[len(answers) :]), _p99(" of processor time", processor[len(answers) :])


def _p99(of: str, took: Sequence[float]) -> Line:
    p99 = sorted(took)[int(0.99 * len(took))]
    return Line(
        f"review of a 400-word answer, p99{of}", "", f"{p99 * 1000:.1f} ms", "", "< 20 ms", p99 < 0.020
    )
