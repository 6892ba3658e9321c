"""Reads rubrics and common mistakes, of a whole drill or of one question in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from bot.content.sheet import Sheet, Span
from bot.drills.formats import SAYS
from bot.drills.model import Mistake, Point

if TYPE_CHECKING:
    from yaml import Node

WEIGHTS: Span = (1, 3)
MOST_MUSTS = 2
CHECKS = re.compile(r"[a-z]+(?:-[a-z]+)*(?: [0-9]{1,4})?")
"""How the name of a check looks; `bot/feedback/checks.py` knows which there are."""
_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_POINT = ("id", "point", "weight", "must", "says", "check", "self")
_OPTIONAL = ("must", "says", "check", "self")


def kebab(sheet: Sheet, node: Node | None, name: str) -> str:
    """A name of small letters, digits and single hyphens."""
    text = sheet.line(node, name)
    if text and not _KEBAB.fullmatch(text):
        sheet.fault(node, f"{name}: {text} is not small letters, digits and single hyphens")
    return text


def rubric(sheet: Sheet, fields: Mapping[str, Node], count: Span) -> tuple[Point, ...]:
    """The points of a rubric; one or two of them decide the round."""
    points: list[Point] = []
    musts = 0
    for node in sheet.items(fields, "rubric", count):
        parts = sheet.fields(node, _POINT, optional=_OPTIONAL)
        point = _point(sheet, parts)
        if point.id and any(p.id == point.id for p in points):
            sheet.fault(parts.get("id"), f"point id: {point.id} is there twice")
        points.append(point)
        musts += "must" in parts
    fewest = 1 if count[0] >= 4 else 0
    if points and not fewest <= musts <= MOST_MUSTS:
        sheet.fault(fields["rubric"], f"rubric: {musts} points with must, not {fewest} to {MOST_MUSTS}")
    return tuple(points)


def _point(sheet: Sheet, parts: Mapping[str, Node]) -> Point:
    point = Point(
        kebab(sheet, parts.get("id"), "point id"),
        sheet.line(parts.get("point"), "point"),
        sheet.whole(parts.get("weight"), "weight", WEIGHTS),
        must=sheet.true(parts.get("must"), "must"),
        says=phrases(sheet, parts, "says", SAYS),
        check=sheet.line(parts.get("check"), "check"),
        self_judged=sheet.true(parts.get("self"), "self"),
    )
    if point.check and not CHECKS.fullmatch(point.check):
        sheet.fault(parts["check"], f"check: {point.check} is no name of a check")
    if sum((bool(point.says), bool(point.check), point.self_judged)) > 1:
        sheet.fault(parts.get("id"), f"point {point.id}: only one of says, check and self")
    return point


def mistakes(
    sheet: Sheet, fields: Mapping[str, Node], count: Span, points: Collection[str]
) -> tuple[Mistake, ...]:
    """Common mistakes, each with the point it loses."""
    found = []
    for node in sheet.items(fields, "mistakes", count):
        parts = sheet.fields(node, ("mistake", "loses", "says"), optional=("says",))
        mistake = Mistake(
            sheet.line(parts.get("mistake"), "mistake"),
            sheet.line(parts.get("loses"), "loses"),
            sheet.line(parts.get("says"), "says"),
        )
        if mistake.loses and mistake.loses not in points:
            sheet.fault(parts.get("loses"), f"loses: {mistake.loses} is no point of the rubric")
        found.append(mistake)
    return tuple(found)


def phrases(sheet: Sheet, fields: Mapping[str, Node], name: str, count: Span) -> tuple[str, ...]:
    """A list of phrases, each on one line."""
    return tuple(sheet.line(n, name) for n in sheet.items(fields, name, count))
