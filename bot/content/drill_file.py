"""Reads what every drill has; what its format adds is read in `scene_file`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.content.rubric_file import kebab, mistakes, rubric
from bot.content.scene_file import EXTRA, OPTIONAL, scene
from bot.content.sheet import Sheet, Span
from bot.drills.formats import SHAPES, STEPPED, Format, Shape
from bot.drills.model import Drill, Mistake, Point
from bot.drills.scenes import Scene, Steps
from bot.pace.model import Kind
from bot.profile.tracks import AREAS

if TYPE_CHECKING:
    from yaml import Node

TITLE, FOLLOW_UP = 60, 240
"""Characters."""
DIFFICULTIES: Span = (1, 5)
MINUTES: Mapping[Kind, Span] = {
    Kind.DRILL: (5, 30),
    Kind.STORY_POLISH: (5, 15),
    Kind.READ: (10, 15),
    Kind.SHORT_MOCK: (25, 30),
    Kind.FULL_MOCK: (45, 60),
}
"""Time boxes, multiples of five, of the kinds that can be authored."""

_HEAD = ("id", "title", "area", "topic", "kind", "minutes", "difficulty", "format", "task")
_BODY = ("hints", "rubric", "answer", "mistakes")
_FOLLOW_UP = "follow_up"


def drill(
    sheet: Sheet, root: Node, shapes: Mapping[Format, Shape] = SHAPES
) -> tuple[Mapping[str, Node], Drill]:
    """The fields of a file and the drill they make; faults are noted on the sheet."""
    form = _format(sheet, root)
    shape = shapes[form]
    known = (*_HEAD, *(() if form in STEPPED else (*_BODY, _FOLLOW_UP)), *EXTRA.get(form, ()))
    left_out = [n for n, few in zip(_BODY, _fewest(shape), strict=True) if few == 0]
    fields = sheet.fields(root, known, optional=("format", _FOLLOW_UP, *left_out, *OPTIONAL))
    kind = _kind(sheet, fields.get("kind"))
    points = rubric(sheet, fields, shape.points) if "rubric" in fields else ()
    played, earned = scene(sheet, fields, form)
    own = (*earned, *points)
    _check_once(sheet, fields, earned, points)
    return fields, Drill(
        id=kebab(sheet, fields.get("id"), "id"),
        title=sheet.line(fields.get("title"), "title", TITLE),
        area=sheet.line(fields.get("area"), "area"),
        topic=kebab(sheet, fields.get("topic"), "topic"),
        kind=kind,
        minutes=_minutes(sheet, fields.get("minutes"), kind, shape),
        difficulty=sheet.whole(fields.get("difficulty"), "difficulty", DIFFICULTIES),
        task=sheet.text(fields.get("task"), "task", shape.task),
        hints=tuple(sheet.line(n, "hint") for n in sheet.items(fields, "hints", shape.hints)),
        rubric=own,
        answer=_answer(sheet, fields, shape, played),
        mistakes=_mistakes(sheet, fields, shape, own, played),
        format=form,
        scene=played,
        follow_up=sheet.line(fields.get(_FOLLOW_UP), _FOLLOW_UP, FOLLOW_UP),
    )


def check_place(
    sheet: Sheet,
    fields: Mapping[str, Node],
    made: Drill,
    area: str,
    stem: str,
    earlier: Mapping[str, Drill],
) -> None:
    """Id and area say where the file is, and no other file has the id."""
    if made.area and made.area not in AREAS:
        sheet.fault(fields["area"], f"area: {made.area} is no known area")
    elif made.area and made.area != area:
        sheet.fault(fields["area"], f"area: {made.area}, but the folder is {area}")
    if made.id and made.id != stem:
        sheet.fault(fields["id"], f"id: {made.id}, but the file is {stem}.yaml")
    if made.id in earlier:
        sheet.fault(fields["id"], f"id: {made.id} is also in {earlier[made.id].area}")


def _fewest(shape: Shape) -> tuple[int, int, int, int]:
    return shape.hints[0], shape.points[0], shape.answer[0], shape.mistakes[0]


def _format(sheet: Sheet, root: Node) -> Format:
    from yaml import MappingNode

    pairs = root.value if isinstance(root, MappingNode) else []
    node = next((v for k, v in pairs if k.value == "format"), None)
    word = sheet.line(node, "format")
    for form in Format:
        if form.value == word:
            return form
    if word:
        sheet.fault(node, f"format: {word} is not one of {', '.join(Format)}")
    return Format.DRILL


def _kind(sheet: Sheet, node: Node | None) -> Kind:
    word = sheet.line(node, "kind")
    for kind in MINUTES:
        if kind.value == word:
            return kind
    if word:
        sheet.fault(node, f"kind: {word} is not one of {', '.join(MINUTES)}")
    return Kind.DRILL


def _minutes(sheet: Sheet, node: Node | None, kind: Kind, shape: Shape) -> int:
    of_kind = MINUTES[kind]
    both = (max(of_kind[0], shape.minutes[0]), min(of_kind[1], shape.minutes[1]))
    minutes = sheet.whole(node, "minutes", both if both[0] <= both[1] else of_kind)
    if minutes % 5:
        sheet.fault(node, f"minutes: {minutes} is no multiple of five")
    return minutes


def _check_once(
    sheet: Sheet, fields: Mapping[str, Node], earned: Sequence[Point], points: Sequence[Point]
) -> None:
    """What is earned on the way has names of its own; a rubric looks after its own."""
    seen = {p.id for p in points}
    for point in earned:
        if point.id and point.id in seen:
            node = next((fields[n] for n in ("rubric", "steps") if n in fields), None)
            sheet.fault(node, f"point id: {point.id} is there twice")
        seen.add(point.id)


def _answer(sheet: Sheet, fields: Mapping[str, Node], shape: Shape, played: Scene | None) -> str:
    if isinstance(played, Steps):
        return "\n\n".join(s.answer for s in played.steps)
    return sheet.text(fields.get("answer"), "answer", shape.answer)


def _mistakes(
    sheet: Sheet, fields: Mapping[str, Node], shape: Shape, points: Iterable[Point], played: Scene | None
) -> tuple[Mistake, ...]:
    if isinstance(played, Steps):
        return tuple(m for s in played.steps for m in s.mistakes)
    return mistakes(sheet, fields, shape.mistakes, {p.id for p in points})
