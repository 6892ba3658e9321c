"""Everything that is wrong with a bank: files, proofs, weights, checks, twins, and what it does not cover."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable

from bot.content.bank import BadDrill
from bot.content.bank_files import read_all, shipped_folder
from bot.content.bank_lines import Lines
from bot.content.likeness import twins
from bot.content.proof import unproven
from bot.content.query_proof import RunQueries, unproven_query
from bot.content.review_proof import unproven_review
from bot.content.scene_file import SCENE
from bot.drills.formats import ONE_ANSWER, Format
from bot.drills.model import Drill
from bot.feedback.checks import CHECKS
from bot.profile.tracks import HEAVY, TRACKS

COVERAGE = 25
"""Drills that a heavy area of any role has at least."""
LEAST_OF_FORMAT = 12
WANTED = (Format.CLARIFY, Format.REDIRECT, Format.INCIDENT, Format.CODE_REVIEW)
"""Formats that teach only if they come again and again with something new."""
LEAST = 400
"""Drills in all."""
EASY_DIFFICULTY, EASY_MINUTES = 2, 15
"""Every area has a drill to start with that is no harder and no longer."""
LEAST_MUST = 2
"""Weight of a point that decides the round."""
LARGEST_SHARE = 0.5
"""Of a rubric's weight, for any one of its points."""
NUMBERED = frozenset({"words-at-most", "words-at-least"})
"""Checks that mean nothing without a number."""


def lint(folder: Traversable | None = None, *, run: RunQueries | None = None) -> list[BadDrill]:
    """Every fault of every file, and what the bank as a whole lacks to prepare any role with.

    Queries are proved only where something is given to `run` them.
    """
    root = folder or shipped_folder()
    drills, faults = read_all(root)
    lines = Lines(root)
    unproved = [lines.fault(d, reason) for d in drills for reason in _of_one(d, run)]
    alike = [lines.fault(d, reason) for d, reason in (*_same_titles(drills), *_twins(drills))]
    return [*faults, *unproved, *alike, *thin(drills)]


def _of_one(drill: Drill, run: RunQueries | None) -> Iterator[str]:
    yield from _weights(drill)
    yield from _checks(drill)
    if drill.format in ONE_ANSWER and not drill.follow_up:
        yield "follow_up: a circle may get this drill, so it needs what to argue about afterwards"
    yield from unproven(drill)
    yield from unproven_review(drill)
    if run is not None:
        yield from unproven_query(drill, run)


def _weights(drill: Drill) -> Iterator[str]:
    whole = sum(p.weight for p in drill.rubric)
    for point in drill.rubric:
        if point.weight > LARGEST_SHARE * whole:
            yield f"point {point.id}: weighs {point.weight} of {whole}, more than half"
        if point.must and point.weight < LEAST_MUST:
            yield f"point {point.id}: a must weighs at least {LEAST_MUST}, not {point.weight}"


def _checks(drill: Drill) -> Iterator[str]:
    for point in drill.rubric:
        name, _, number = point.check.partition(" ")
        if name == SCENE and drill.scene is None:
            yield f"point {point.id}: check {SCENE}, and nothing is played in this format"
        elif name and name != SCENE and name not in CHECKS:
            yield f"point {point.id}: check {name} is none of {', '.join(sorted(CHECKS))}"
        elif name in NUMBERED and not number:
            yield f"point {point.id}: check {name} says no number"


def _same_titles(drills: Sequence[Drill]) -> Iterator[tuple[Drill, str]]:
    seen: dict[str, Drill] = {}
    for drill in drills:
        first = seen.setdefault(drill.title.casefold(), drill)
        if first is not drill:
            yield drill, f"title: {first.area}/{first.id}.yaml has the same one"


def _twins(drills: Sequence[Drill]) -> Iterator[tuple[Drill, str]]:
    for one, other, alike in twins(drills):
        yield other, f"id: the same task as {one.area}/{one.id}.yaml in other words (likeness {alike:.2f})"


def thin(drills: Sequence[Drill]) -> Iterator[BadDrill]:
    """What there is too little of, in areas, formats, and all."""
    areas = Counter(d.area for d in drills)
    for area in sorted({a for t in TRACKS.values() for a, w in t.weights.items() if w >= HEAVY}):
        if areas[area] < COVERAGE:
            yield BadDrill(area, 0, f"{areas[area]} drills, at least {COVERAGE} in an area that is heavy")
    easy = {d.area for d in drills if d.difficulty <= EASY_DIFFICULTY and d.minutes <= EASY_MINUTES}
    for area in sorted(set(areas) - easy):
        yield BadDrill(area, 0, f"nothing easy to start with in {EASY_MINUTES} minutes or less")
    formats = Counter(d.format for d in drills)
    for form in WANTED:
        if formats[form] < LEAST_OF_FORMAT:
            yield BadDrill(f"format {form}", 0, f"{formats[form]} drills, at least {LEAST_OF_FORMAT}")
    if len(drills) < LEAST:
        yield BadDrill("the bank", 0, f"{len(drills)} drills, at least {LEAST}")
