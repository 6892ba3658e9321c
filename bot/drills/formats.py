"""The formats interviews use today, and what a drill of each looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

Span = tuple[int, int]
"""Fewest and most, both included."""


class Format(StrEnum):
    """How a drill is played."""

    DRILL = "drill"
    """A task, hints, an answer."""
    CARD = "card"
    """One question about one thing, such as a component, answered in a few sentences."""
    ROUND = "round"
    """The 45-minute coding round with its clock."""
    DESIGN = "design"
    """System design on the frame."""
    EXPLAIN = "explain"
    """Something explained so that it lands: a project, a topic, a closing summary, a story."""
    REWRITE = "rewrite"
    """A weak text made better: fillers, vague impact, a cold email, an ask."""
    DECODE = "decode"
    """What is this question testing? And which story fits."""
    CLARIFY = "clarify"
    """A vague task that hides facts until somebody asks."""
    REDIRECT = "redirect"
    """Hints that ask for another direction, plainer each time."""
    GRILL = "grill"
    """Every decision is questioned."""
    DIG = "dig"
    """One narrow thing, ever deeper."""
    LEVELS = "levels"
    """A component built in levels, each with its own tests."""
    TAKEHOME = "takehome"
    """Work that a model wrote, to be defended."""
    CASE = "case"
    """A product, strategy, process or founder conversation in several questions."""
    CODE_REVIEW = "code_review"
    """A diff with seeded defects."""
    INCIDENT = "incident"
    """A production incident: each question reveals evidence and costs time."""
    SQL = "sql"
    """A query against a real database."""


STEPPED = frozenset({Format.GRILL, Format.DIG, Format.LEVELS, Format.TAKEHOME, Format.CASE})
"""Formats that go question by question."""


ONE_ANSWER = frozenset({Format.CARD, Format.DRILL, Format.EXPLAIN, Format.REWRITE})
"""Formats that are a task and one answer. Others go to and fro, or need taps before the answer."""


FACTS_ASKED = frozenset({Format.CARD})
"""Formats that ask for single facts."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How much of what a drill of a format holds: words, items, minutes."""

    minutes: Span
    task: Span
    answer: Span
    hints: Span
    points: Span
    mistakes: Span


_TALK = Shape((10, 30), (25, 220), (60, 350), (0, 3), (3, 7), (2, 5))

SHAPES: Mapping[Format, Shape] = {
    Format.DRILL: Shape((10, 60), (60, 220), (120, 350), (3, 3), (4, 7), (3, 5)),
    Format.CARD: Shape((5, 5), (8, 80), (35, 160), (0, 1), (2, 4), (1, 3)),
    Format.ROUND: Shape((45, 45), (80, 260), (150, 450), (3, 3), (5, 8), (3, 5)),
    Format.DESIGN: Shape((25, 60), (40, 220), (200, 500), (3, 3), (6, 10), (3, 5)),
    Format.EXPLAIN: _TALK,
    Format.REWRITE: Shape((5, 15), (25, 220), (20, 250), (0, 2), (3, 6), (2, 4)),
    Format.DECODE: Shape((5, 10), (10, 120), (40, 200), (0, 1), (2, 4), (1, 3)),
    Format.CLARIFY: Shape((15, 30), (15, 120), (120, 350), (0, 3), (3, 6), (2, 5)),
    Format.REDIRECT: Shape((10, 20), (40, 220), (100, 300), (3, 3), (3, 6), (2, 4)),
    Format.CODE_REVIEW: Shape((15, 25), (20, 120), (60, 350), (0, 2), (0, 0), (0, 0)),
    Format.INCIDENT: Shape((20, 30), (30, 160), (60, 300), (0, 2), (3, 5), (2, 4)),
    Format.SQL: Shape((10, 25), (30, 220), (15, 250), (1, 3), (1, 4), (1, 3)),
    **dict.fromkeys(STEPPED, Shape((10, 45), (15, 220), (0, 0), (0, 0), (0, 0), (0, 0))),
}
"""A drill that goes question by question carries answer, points and mistakes with each question instead."""

PLAIN = frozenset({Format.DRILL, Format.CARD, Format.ROUND, Format.DESIGN, Format.EXPLAIN, Format.REWRITE})
"""Formats that need nothing beside task, rubric and answer."""


def _own(form: Format, shape: Shape) -> Shape:
    words = (1, 900)
    if form in STEPPED:
        return shape
    if form not in PLAIN:
        return replace(shape, task=words, answer=words)
    minutes = shape.minutes if form is Format.ROUND else (5, 60)
    return Shape(minutes, words, words, hints=(0, 3), points=(1, 10), mistakes=(0, 5))


OWN_SHAPES: Mapping[Format, Shape] = {form: _own(form, shape) for form, shape in SHAPES.items()}
"""The same for drills that people add: what a play cannot do without, and none of the shipped bank's quotas."""

STEP = Shape((0, 0), (5, 90), (25, 200), (0, 1), (2, 4), (1, 3))
"""One question of a stepped drill."""
STEPS: Span = (3, 6)
FACTS: Span = (4, 8)
TWISTS: Span = (1, 2)
DEFECTS: Span = (3, 7)
DECOYS: Span = (1, 3)
EVIDENCE: Span = (6, 14)
READINGS: Span = (3, 5)
HEARD: Span = (2, 6)
SAYS: Span = (1, 6)
