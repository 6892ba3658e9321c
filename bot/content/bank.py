"""Reads the bank of drills and checks every file: one drill a file, `drills/<area>/<id>.yaml`.

Nothing is guessed and nothing is skipped: a file that is not as described is refused, with its path
and line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.content.sheet import Fault, Sheet, Span
from bot.drills.model import Drill, Mistake, Point
from bot.pace.model import Kind
from bot.profile.tracks import AREAS, HEAVY, TRACKS

if TYPE_CHECKING:
    from yaml import Node

LARGEST = 200_000
"""Bytes of a file."""
TITLE = 60
"""Characters."""
TASK_WORDS: Span = (60, 220)
ANSWER_WORDS: Span = (120, 350)
HINTS: Span = (3, 3)
POINTS: Span = (4, 7)
WEIGHTS: Span = (1, 3)
MUSTS: Span = (1, 2)
MISTAKES: Span = (3, 5)
DIFFICULTIES: Span = (1, 5)
MINUTES: Mapping[Kind, Span] = {
    Kind.DRILL: (10, 30),
    Kind.STORY_POLISH: (10, 15),
    Kind.READ: (10, 15),
    Kind.SHORT_MOCK: (25, 30),
    Kind.FULL_MOCK: (45, 60),
}
"""Time boxes, multiples of five, of the kinds that can be authored."""
COVERAGE = 5
"""Drills that a heavy area of any role has at least."""
EASY_DIFFICULTY, EASY_MINUTES = 2, 15
"""Every area has a drill to start with that is no harder and no longer."""

_FIELDS = (
    "id",
    "title",
    "area",
    "topic",
    "kind",
    "minutes",
    "difficulty",
    "task",
    "hints",
    "rubric",
    "answer",
    "mistakes",
)
_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class BadDrill(Exception):
    """A drill file, or a folder of them, that is not as it has to be."""

    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")
        self.path = path
        """From the folder of the bank on."""
        self.line = line
        """From 1; 0 where no line is at fault."""
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Bank:
    """All drills."""

    drills: Mapping[str, Drill]
    """By id, in the order of ids."""
    by_area: Mapping[str, tuple[Drill, ...]]
    """In the order of ids; areas without drills are missing."""


def load(folder: Traversable | None = None) -> Bank:
    """The drills of a folder, else those that ship with Pacer. Raises BadDrill for the first fault."""
    drills, faults = _read_all(folder)
    if faults:
        raise faults[0]
    by_area: dict[str, tuple[Drill, ...]] = {}
    for drill in drills:
        by_area[drill.area] = (*by_area.get(drill.area, ()), drill)
    return Bank(MappingProxyType({d.id: d for d in drills}), MappingProxyType(by_area))


def lint(folder: Traversable | None = None) -> list[BadDrill]:
    """Every fault of every file, and what the bank as a whole lacks to prepare any role with."""
    drills, faults = _read_all(folder)
    return [*faults, *_thin(drills), *_hard_starts(drills)]


def _read_all(folder: Traversable | None) -> tuple[list[Drill], list[BadDrill]]:
    """The sound drills by id, and all faults by path and line."""
    root = files("bot.content").joinpath("drills") if folder is None else folder
    found: dict[str, Drill] = {}
    faults: list[BadDrill] = []
    for area in _visible(root):
        if area.name not in AREAS or not area.is_dir():
            faults.append(BadDrill(area.name, 0, "not the folder of a known area"))
            continue
        for file in _visible(area):
            path = f"{area.name}/{file.name}"
            drill, noted = _read(area.name, file, found)
            faults += [BadDrill(path, f.line, f.reason) for f in sorted(noted, key=lambda f: f.line)]
            if drill is not None and not noted:
                found[drill.id] = drill
    return [found[i] for i in sorted(found)], faults


def _visible(folder: Traversable) -> list[Traversable]:
    return sorted((f for f in folder.iterdir() if f.name[0] not in "._"), key=lambda f: f.name)


def _read(area: str, file: Traversable, earlier: Mapping[str, Drill]) -> tuple[Drill | None, list[Fault]]:
    if not file.name.endswith(".yaml") or not file.is_file():
        return None, [Fault(0, "not a .yaml file")]
    data = file.read_bytes()
    if len(data) > LARGEST:
        return None, [Fault(0, f"{len(data)} bytes, at most {LARGEST}")]
    sheet = Sheet()
    root = sheet.root(data)
    if root is None:
        return None, sheet.faults
    fields = sheet.fields(root, _FIELDS)
    drill = _drill(sheet, fields)
    _check_place(sheet, fields, drill, area, file.name.removesuffix(".yaml"), earlier)
    return drill, sheet.faults


def _drill(sheet: Sheet, fields: Mapping[str, Node]) -> Drill:
    kind = _kind(sheet, fields.get("kind"))
    rubric = _rubric(sheet, fields)
    return Drill(
        id=_kebab(sheet, fields.get("id"), "id"),
        title=sheet.line(fields.get("title"), "title", TITLE),
        area=sheet.line(fields.get("area"), "area"),
        topic=_kebab(sheet, fields.get("topic"), "topic"),
        kind=kind,
        minutes=_minutes(sheet, fields.get("minutes"), kind),
        difficulty=sheet.whole(fields.get("difficulty"), "difficulty", DIFFICULTIES),
        task=sheet.text(fields.get("task"), "task", TASK_WORDS),
        hints=tuple(sheet.line(n, "hint") for n in sheet.items(fields, "hints", HINTS)),
        rubric=rubric,
        answer=sheet.text(fields.get("answer"), "answer", ANSWER_WORDS),
        mistakes=_mistakes(sheet, fields, {p.id for p in rubric}),
    )


def _check_place(
    sheet: Sheet,
    fields: Mapping[str, Node],
    drill: Drill,
    area: str,
    stem: str,
    earlier: Mapping[str, Drill],
) -> None:
    """Id and area say where the file is, and no other file has the id."""
    if drill.area and drill.area not in AREAS:
        sheet.fault(fields["area"], f"area: {drill.area} is no known area")
    elif drill.area and drill.area != area:
        sheet.fault(fields["area"], f"area: {drill.area}, but the folder is {area}")
    if drill.id and drill.id != stem:
        sheet.fault(fields["id"], f"id: {drill.id}, but the file is {stem}.yaml")
    if drill.id in earlier:
        sheet.fault(fields["id"], f"id: {drill.id} is also in {earlier[drill.id].area}")


def _kebab(sheet: Sheet, node: Node | None, name: str) -> str:
    text = sheet.line(node, name)
    if text and not _KEBAB.fullmatch(text):
        sheet.fault(node, f"{name}: {text} is not small letters, digits and single hyphens")
    return text


def _kind(sheet: Sheet, node: Node | None) -> Kind:
    word = sheet.line(node, "kind")
    for kind in MINUTES:
        if kind.value == word:
            return kind
    if word:
        sheet.fault(node, f"kind: {word} is not one of {', '.join(MINUTES)}")
    return Kind.DRILL


def _minutes(sheet: Sheet, node: Node | None, kind: Kind) -> int:
    minutes = sheet.whole(node, "minutes", MINUTES[kind])
    if minutes % 5:
        sheet.fault(node, f"minutes: {minutes} is no multiple of five")
    return minutes


def _rubric(sheet: Sheet, fields: Mapping[str, Node]) -> tuple[Point, ...]:
    points: list[Point] = []
    musts = 0
    for node in sheet.items(fields, "rubric", POINTS):
        parts = sheet.fields(node, ("id", "point", "weight", "must"), optional=("must",))
        point = Point(
            _kebab(sheet, parts.get("id"), "point id"),
            sheet.line(parts.get("point"), "point"),
            sheet.whole(parts.get("weight"), "weight", WEIGHTS),
            sheet.true(parts.get("must"), "must"),
        )
        if point.id and any(p.id == point.id for p in points):
            sheet.fault(parts.get("id"), f"point id: {point.id} is there twice")
        points.append(point)
        musts += "must" in parts
    if points and not MUSTS[0] <= musts <= MUSTS[1]:
        sheet.fault(fields["rubric"], f"rubric: {musts} points with must, not {MUSTS[0]} to {MUSTS[1]}")
    return tuple(points)


def _mistakes(sheet: Sheet, fields: Mapping[str, Node], points: Iterable[str]) -> tuple[Mistake, ...]:
    known, mistakes = frozenset(points), []
    for node in sheet.items(fields, "mistakes", MISTAKES):
        parts = sheet.fields(node, ("mistake", "loses"))
        mistake = Mistake(
            sheet.line(parts.get("mistake"), "mistake"), sheet.line(parts.get("loses"), "loses")
        )
        if mistake.loses and mistake.loses not in known:
            sheet.fault(parts.get("loses"), f"loses: {mistake.loses} is no point of the rubric")
        mistakes.append(mistake)
    return tuple(mistakes)


def _thin(drills: Iterable[Drill]) -> Iterator[BadDrill]:
    counts = Counter(d.area for d in drills)
    for area in sorted({a for t in TRACKS.values() for a, w in t.weights.items() if w >= HEAVY}):
        if counts[area] < COVERAGE:
            yield BadDrill(area, 0, f"{counts[area]} drills, at least {COVERAGE} in an area that is heavy")


def _hard_starts(drills: Iterable[Drill]) -> Iterator[BadDrill]:
    listed = list(drills)
    easy = {d.area for d in listed if d.difficulty <= EASY_DIFFICULTY and d.minutes <= EASY_MINUTES}
    for area in sorted({d.area for d in listed} - easy):
        yield BadDrill(area, 0, f"nothing easy to start with in {EASY_MINUTES} minutes or less")
