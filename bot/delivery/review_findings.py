"""What a week's judged drills say: where skill moved, and which points stay open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.drills.judging import met_and_partly
from bot.drills.model import Drill, Point, Sitting, Skill, Stage
from bot.drills.skill import DIFFICULTY_SHARE, is_early, probability, spread, step_size

DRILLS_NEEDED = 3
"""Judged drills of a week below which nothing is said about an area's skill."""
TWICE = 2
"""Times that something has to be seen before it is named."""
NOTICEABLE = 0.1
"""Logits; a smaller move of skill is none."""
HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Moved:
    """An area whose estimated skill moved, with how far that can be trusted."""

    area: str
    by: float
    """Logits."""
    drills: int
    """Judged in the week."""
    early: bool
    """The estimate is an early guess."""
    clear: bool
    """It moved by more than the estimate's own spread."""


@dataclass(frozen=True, slots=True)
class StillOpen:
    """A rubric point, or an area where `point` is empty, that was not met, with its count."""

    area: str
    missed: int
    of: int
    """Points looked at, or goes at the one point."""
    drills: int
    point: str = ""


def judged(sittings: Sequence[Sitting]) -> list[Sitting]:
    """Those whose every point was judged."""
    return [s for s in sittings if s.score is not None and s.stage in (Stage.EFFORT, Stage.DONE)]


def before(skill: Skill, b: float, score: float) -> tuple[Skill, float]:
    """The skill and the drill's difficulty before an answer that scored 0-1: `learned` told backwards.

    The surprise is a root of an increasing function, so that halving finds the only one.
    """
    step = step_size(skill.count - 1)
    low, high = -step, step
    for _ in range(HALVINGS):
        surprise = (low + high) / 2
        expected = probability(skill.theta - surprise, b + DIFFICULTY_SHARE * surprise)
        if surprise < step * (score - expected):
            low = surprise
        else:
            high = surprise
    earlier = replace(skill, theta=skill.theta - low, count=skill.count - 1)
    return earlier, b + DIFFICULTY_SHARE * low


def moved_most(
    sittings: Sequence[Sitting], last: date, skills: Mapping[str, Skill], difficulties: Mapping[str, float]
) -> Moved | None:
    """The area whose skill moved most up to a day; None if none was judged often enough or moved.

    `sittings` are all since the week's first day, also those after its last, oldest first;
    `skills` and `difficulties` (logits by drill id) are what they are now.
    """
    by_area = defaultdict[str, list[Sitting]](list)
    for sitting in judged(sittings):
        by_area[sitting.area].append(sitting)
    found = [
        m for a, own in by_area.items() if a in skills and (m := _moved(own, last, skills[a], difficulties))
    ]
    found = [m for m in found if m.drills >= DRILLS_NEEDED and abs(m.by) >= NOTICEABLE]
    return min(found, key=lambda m: (-abs(m.by), m.area), default=None)


def _moved(
    own: Sequence[Sitting], last: date, skill: Skill, difficulties: Mapping[str, float]
) -> Moved | None:
    known = dict(difficulties)
    end: Skill | None = None
    for sitting in reversed(own):
        if sitting.drill_id not in known or skill.count < 1 or sitting.score is None:
            return None
        if end is None and sitting.day <= last:
            end = skill
        skill, known[sitting.drill_id] = before(skill, known[sitting.drill_id], sitting.score)
    if end is None:
        return None
    by = end.theta - skill.theta
    return Moved(skill.area, by, end.count - skill.count, is_early(end), abs(by) >= spread(end))


def as_of(
    sittings: Sequence[Sitting], last: date, skills: Mapping[str, Skill], difficulties: Mapping[str, float]
) -> dict[str, Skill]:
    """The skills as they were at the end of a day; areas first judged later are missing.

    The arguments are those of `moved_most`.
    """
    then, known = dict(skills), dict(difficulties)
    for sitting in reversed(judged(sittings)):
        skill = then.get(sitting.area)
        if sitting.day <= last or skill is None or sitting.drill_id not in known or sitting.score is None:
            continue
        earlier, known[sitting.drill_id] = before(skill, known[sitting.drill_id], sitting.score)
        then[sitting.area] = earlier
        if not earlier.count:
            del then[sitting.area]
    return then


def most_open(sittings: Sequence[Sitting], drills: Mapping[str, Drill]) -> StillOpen | None:
    """What was missed most in a week: a point missed twice, else the area with most points missed.

    None without two goes that say so. Points met partly are not missed.
    """
    seen = [
        (drills[s.drill_id], _missed(drills[s.drill_id], s)) for s in judged(sittings) if s.drill_id in drills
    ]
    return _open_point(seen) or _open_area(seen)


Seen = Sequence[tuple[Drill, Sequence[Point]]]
"""Drills that were judged, each with the points missed."""


def _missed(drill: Drill, sitting: Sitting) -> list[Point]:
    met, partly = met_and_partly(sitting)
    return [p for p in drill.rubric if p.id not in met | partly]


def _open_point(seen: Seen) -> StillOpen | None:
    goes = defaultdict[str, int](int)
    missed = defaultdict[tuple[str, str], int](int)
    points: dict[tuple[str, str], tuple[Drill, Point]] = {}
    for drill, gone in seen:
        goes[drill.id] += 1
        for point in gone:
            missed[drill.id, point.id] += 1
            points[drill.id, point.id] = (drill, point)
    often = [k for k, n in missed.items() if n >= TWICE]
    if not often:
        return None
    found = min(often, key=lambda k: (-missed[k], -points[k][1].weight, k))
    drill, point = points[found]
    return StillOpen(drill.area, missed[found], goes[drill.id], goes[drill.id], point.text)


def _open_area(seen: Seen) -> StillOpen | None:
    by_area = defaultdict[str, list[tuple[Drill, Sequence[Point]]]](list)
    for drill, gone in seen:
        by_area[drill.area].append((drill, gone))
    found = [
        StillOpen(area, sum(len(gone) for _, gone in own), sum(len(d.rubric) for d, _ in own), len(own))
        for area, own in by_area.items()
        if sum(bool(gone) for _, gone in own) >= TWICE
    ]
    return min(found, key=lambda o: (-o.missed, o.of, o.area), default=None)
