"""Reads what a format adds to a drill, and the points that are earned on the way and not by the final words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.content.rubric_file import WEIGHTS, kebab, mistakes, phrases, rubric
from bot.content.sheet import Sheet, Span
from bot.drills.formats import (
    DECOYS,
    DEFECTS,
    EVIDENCE,
    FACTS,
    HEARD,
    READINGS,
    STEP,
    STEPPED,
    STEPS,
    TWISTS,
    Format,
)
from bot.drills.model import Point
from bot.drills.scenes import (
    Clarify,
    CodeReview,
    Decode,
    Decoy,
    Defect,
    Evidence,
    Fact,
    Incident,
    Query,
    Reading,
    Redirect,
    Scene,
    Severity,
    Step,
    Steps,
    Twist,
)

if TYPE_CHECKING:
    from yaml import Node

SCENE = "scene"
"""The check of points that the play itself decides."""
MINUTE: Span = (1, 60)
COST: Span = (1, 15)
BUDGET: Span = (15, 90)
SCRIPT_WORDS: Span = (10, 1500)
SHOWN_WORDS: Span = (20, 500)

EXTRA: Mapping[Format, tuple[str, ...]] = {
    Format.CLARIFY: ("facts", "twists"),
    Format.REDIRECT: ("pivot", "defend"),
    Format.CODE_REVIEW: ("diff", "defects", "decoys"),
    Format.INCIDENT: ("budget", "evidence", "path"),
    Format.SQL: ("database", "query", "ordered"),
    Format.DECODE: ("readings", "right", "trap"),
    **dict.fromkeys(STEPPED, ("shows", "steps")),
}
"""Fields of a format beside those of every drill."""
OPTIONAL = frozenset({"shows", "ordered"})

_LINES = re.compile(r"([1-9][0-9]{0,2})(?:-([1-9][0-9]{0,2}))?")
_DEFECT_WEIGHT = {Severity.BLOCKER: 3, Severity.MAJOR: 2, Severity.MINOR: 1, Severity.NIT: 1}

Made = tuple[Scene | None, tuple[Point, ...]]


def scene(sheet: Sheet, fields: Mapping[str, Node], form: Format) -> Made:
    """The scene of a format, and the points it earns."""
    if form in STEPPED:
        return _steps(sheet, fields)
    match form:
        case Format.CLARIFY:
            return _clarify(sheet, fields)
        case Format.REDIRECT:
            turned = Point("turn", "Takes the hint: turns instead of defending", 3, must=True, check=SCENE)
            return Redirect(
                phrases(sheet, fields, "pivot", HEARD), phrases(sheet, fields, "defend", HEARD)
            ), (turned,)
        case Format.CODE_REVIEW:
            return _code_review(sheet, fields)
        case Format.INCIDENT:
            return _incident(sheet, fields)
        case Format.SQL:
            right = Point("result", "The query returns the right rows", 3, must=True, check=SCENE)
            database = sheet.text(fields.get("database"), "database", SCRIPT_WORDS)
            query = sheet.text(fields.get("query"), "query")
            return Query(database, query, sheet.true(fields.get("ordered"), "ordered")), (right,)
        case Format.DECODE:
            return _decode(sheet, fields)
        case _:
            return None, ()


def _clarify(sheet: Sheet, fields: Mapping[str, Node]) -> Made:
    facts, points = [], []
    for node in sheet.items(fields, "facts", FACTS):
        parts = sheet.fields(node, ("id", "asks", "heard", "tells", "weight", "must"), optional=("must",))
        name = kebab(sheet, parts.get("id"), "fact id")
        heard = phrases(sheet, parts, "heard", HEARD)
        facts.append(Fact(name, heard, sheet.line(parts.get("tells"), "tells")))
        points.append(
            Point(
                name,
                sheet.line(parts.get("asks"), "asks"),
                sheet.whole(parts.get("weight"), "weight", WEIGHTS),
                must=sheet.true(parts.get("must"), "must"),
                check=SCENE,
            )
        )
    twists = []
    for node in sheet.items(fields, "twists", TWISTS):
        parts = sheet.fields(node, ("says", "minute"), optional=("minute",))
        minute = sheet.whole(parts["minute"], "minute", MINUTE) if "minute" in parts else None
        twists.append(Twist(sheet.line(parts.get("says"), "says"), minute))
    return Clarify(tuple(facts), tuple(twists)), tuple(points)


def _steps(sheet: Sheet, fields: Mapping[str, Node]) -> Made:
    steps = []
    for node in sheet.items(fields, "steps", STEPS):
        parts = sheet.fields(node, ("id", "asks", "rubric", "answer", "mistakes", "hint"), optional=("hint",))
        name = kebab(sheet, parts.get("id"), "step id")
        points = rubric(sheet, parts, STEP.points)
        steps.append(
            Step(
                name,
                sheet.text(parts.get("asks"), "asks", STEP.task),
                points,
                sheet.text(parts.get("answer"), "answer", STEP.answer),
                mistakes(sheet, parts, STEP.mistakes, {p.id for p in points}),
                sheet.line(parts.get("hint"), "hint"),
            )
        )
    shows = sheet.text(fields.get("shows"), "shows", SHOWN_WORDS)
    return Steps(tuple(steps), shows), tuple(p for s in steps for p in s.rubric)


def _code_review(sheet: Sheet, fields: Mapping[str, Node]) -> Made:
    diff = sheet.text(fields.get("diff"), "diff", SCRIPT_WORDS)
    last = diff.count("\n") + 1
    defects, points = [], []
    for node in sheet.items(fields, "defects", DEFECTS):
        parts = sheet.fields(node, ("id", "lines", "severity", "defect", "heard"))
        name = kebab(sheet, parts.get("id"), "defect id")
        lines = _lines(sheet, parts.get("lines"), last)
        severity = _severity(sheet, parts.get("severity"))
        text = sheet.line(parts.get("defect"), "defect")
        defects.append(Defect(name, lines, severity, text, phrases(sheet, parts, "heard", HEARD)))
        must = severity is Severity.BLOCKER
        points.append(Point(name, text, _DEFECT_WEIGHT[severity], must=must, check=SCENE))
    decoys = []
    for node in sheet.items(fields, "decoys", DECOYS):
        parts = sheet.fields(node, ("lines", "heard", "fine"))
        where = _lines(sheet, parts.get("lines"), last)
        decoys.append(
            Decoy(where, phrases(sheet, parts, "heard", HEARD), sheet.line(parts.get("fine"), "fine"))
        )
    points.append(Point("order", "Puts the worst first", 1, check=SCENE))
    points.append(Point("calm", "Raises no false alarm", 1, check=SCENE))
    return CodeReview(diff, tuple(defects), tuple(decoys)), tuple(points)


def _lines(sheet: Sheet, node: Node | None, last: int) -> tuple[int, int]:
    if node is None:
        return 1, 1
    found = _LINES.fullmatch(str(node.value))
    first = int(found[1]) if found else 0
    after = int(found[2] or found[1]) if found else 0
    if not 1 <= first <= after <= last:
        sheet.fault(node, f"lines: {node.value}, not a line or two like 3-5 within 1 to {last}")
        return 1, 1
    return first, after


def _severity(sheet: Sheet, node: Node | None) -> Severity:
    word = sheet.line(node, "severity").upper()
    if word in Severity.__members__:
        return Severity[word]
    if word:
        sheet.fault(node, f"severity: not one of {', '.join(s.name.lower() for s in Severity)}")
    return Severity.MINOR


def _incident(sheet: Sheet, fields: Mapping[str, Node]) -> Made:
    evidence = []
    for node in sheet.items(fields, "evidence", EVIDENCE):
        parts = sheet.fields(node, ("id", "heard", "shows", "costs", "needs"), optional=("needs",))
        evidence.append(
            Evidence(
                kebab(sheet, parts.get("id"), "evidence id"),
                phrases(sheet, parts, "heard", HEARD),
                sheet.text(parts.get("shows"), "shows"),
                sheet.whole(parts.get("costs"), "costs", COST),
                phrases(sheet, parts, "needs", (1, 4)),
            )
        )
    known = {e.id for e in evidence}
    for item in evidence:
        for name in {*item.needs} - known:
            sheet.fault(fields.get("evidence"), f"needs: {name} is no evidence")
    path = phrases(sheet, fields, "path", (2, EVIDENCE[1]))
    for name in {*path} - known:
        sheet.fault(fields.get("path"), f"path: {name} is no evidence")
    budget = sheet.whole(fields.get("budget"), "budget", BUDGET)
    in_time = Point("clock", f"Names the cause within {budget} minutes of the incident", 2, check=SCENE)
    return Incident(budget, tuple(evidence), path), (in_time,)


def _decode(sheet: Sheet, fields: Mapping[str, Node]) -> Made:
    readings = []
    for node in sheet.items(fields, "readings", READINGS):
        parts = sheet.fields(node, ("theme", "why"))
        readings.append(
            Reading(sheet.line(parts.get("theme"), "theme", 40), sheet.line(parts.get("why"), "why"))
        )
    themes = {r.theme for r in readings}
    right, trap = (sheet.line(fields.get(n), n) for n in ("right", "trap"))
    for name, theme in (("right", right), ("trap", trap)):
        if theme and theme not in themes:
            sheet.fault(fields.get(name), f"{name}: {theme} is none of the readings")
    if right and right == trap:
        sheet.fault(fields.get("trap"), "trap: the right reading is no trap")
    reads = Point("reading", "Reads what the question tests", 3, must=True, check=SCENE)
    return Decode(tuple(readings), right, trap), (reads,)
