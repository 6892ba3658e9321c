"""Reads drills that people bring: YAML or CSV, by the reader of the shipped bank, without that bank's quotas.

A file is data from somebody who is not trusted. It is all read or not at all, and every fault has its line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from bot.content.drill_file import drill
from bot.content.proof import unproven
from bot.content.review_proof import unproven_review
from bot.content.rows import looks_like_rows, only_plain, row, rows_in
from bot.content.scene_file import SCENE
from bot.content.sheet import Fault, Sheet
from bot.drills.formats import OWN_SHAPES, PLAIN
from bot.drills.model import Drill
from bot.drills.scenes import Incident
from bot.feedback.checks import CHECKS
from bot.own_bank.model import MOST
from bot.profile.tracks import AREAS

if TYPE_CHECKING:
    from yaml import Node

LARGEST_IMPORT = 2_000_000
"""Bytes."""
DEEPEST = 12
"""Levels of lists and mappings; a drill file has six. libyaml's stack bears a few thousand."""
LARGEST_DRILL = 200_000
_SIGNS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LONGEST_ID, LONGEST_TOPIC = 80, 60
"""Characters."""


def read_drills(text: str, known: Collection[str] = ()) -> tuple[tuple[Drill, ...], tuple[Fault, ...]]:
    """The drills of a file, or what is wrong with it, by line. `known` are the ids she has already."""
    size = len(text.encode("utf-8", "replace"))
    if size > LARGEST_IMPORT:
        return (), (Fault(0, too_large(size)),)
    sheet = Sheet()
    nodes = list(_drills_in(sheet, text.removeprefix("\ufeff")))
    if len(nodes) > MOST:
        return (), (Fault(0, f"{len(nodes)} drills; {MOST} is the most"),)
    found = _read(sheet, nodes, known, in_rows=looks_like_rows(text))
    faults = tuple(sorted(sheet.faults, key=lambda fault: fault.line))
    return ((), faults) if faults else (tuple(found), ())


def read_one(cells: dict[str, str], known: Collection[str] = ()) -> tuple[Drill | None, tuple[Fault, ...]]:
    """A drill from a form, whose fields are those of a row; or what is wrong with it."""
    sheet = Sheet()
    _refuse_signs(sheet, "\n".join(cells.values()))
    found = _read(sheet, [row(cells)], known, in_rows=True)
    return (None, tuple(sheet.faults)) if sheet.faults else (found[0], ())


def too_large(size: int) -> str:
    """Why a file of so many bytes is not read."""
    return f"{size:,} bytes; {LARGEST_IMPORT:,} is the most"


def advice(drill: Drill) -> tuple[str, ...]:
    """What the reviewer does not bear out; the drill can be played all the same."""
    return (*unproven(drill), *unproven_review(drill))


def _drills_in(sheet: Sheet, text: str) -> Iterator[Node]:
    in_rows = looks_like_rows(text)
    if in_rows:
        _refuse_signs(sheet, text)
    found = list(rows_in(sheet, text)) if in_rows else _documents(sheet, text)
    if not found and not sheet.faults:
        sheet.fault(None, "no drill in it")
    yield from found


def _refuse_signs(sheet: Sheet, text: str) -> None:
    """What no keyboard types, and YAML refuses by itself."""
    if sign := _SIGNS.search(text):
        sheet.faults.append(Fault(text.count("\n", 0, sign.start()) + 1, "a control character"))


def _documents(sheet: Sheet, text: str) -> list[Node]:
    """One drill, or a list of them."""
    from yaml import SequenceNode

    data = text.encode("utf-8", "replace")
    if not _is_flat(sheet, data):
        return []
    root = sheet.root(data)
    if root is None:
        return []
    return list(root.value) if isinstance(root, SequenceNode) else [root]


def _is_flat(sheet: Sheet, data: bytes) -> bool:
    """Whether composing it is safe: no deep nesting, which ends libyaml's stack, and nothing that refers to itself."""
    import yaml

    depth = 0
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(data, Loader=loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST or isinstance(event, yaml.AliasEvent):
                why = "nested too deeply" if depth > DEEPEST else "a reference (*), which drills do without"
                sheet.faults.append(Fault(event.start_mark.line + 1 if event.start_mark else 0, why))
                return False
    except yaml.YAMLError:
        return True  # the reader says what is wrong
    return True


def _read(sheet: Sheet, nodes: list[Node], known: Collection[str], *, in_rows: bool) -> list[Drill]:
    found: list[Drill] = []
    lines = dict.fromkeys(known, 0)
    for node in nodes:
        before = len(sheet.faults)
        fields, made = drill(sheet, node, OWN_SHAPES)
        if len(sheet.faults) > before:
            if in_rows:  # as the column is called
                named = [Fault(f.line, re.sub("^rubric", "points", f.reason)) for f in sheet.faults[before:]]
                sheet.faults[before:] = named
            continue
        _check(sheet, node, made, in_rows=in_rows)
        if made.id in lines:
            first = f"in line {lines[made.id]}" if lines[made.id] else "in your bank"
            sheet.fault(fields.get("id", node), f"id: {made.id} is already {first}")
        lines.setdefault(made.id, fields.get("id", node).start_mark.line + 1)
        found.append(made)
    return found


def _check(sheet: Sheet, node: Node, made: Drill, *, in_rows: bool) -> None:
    if made.area not in AREAS:
        sheet.fault(node, f"area: {made.area[:40]} is no known area")
    for name, value, longest in (("id", made.id, LONGEST_ID), ("topic", made.topic, LONGEST_TOPIC)):
        if len(value) > longest:
            sheet.fault(node, f"{name}: {len(value)} characters, at most {longest}")
    if in_rows:
        only_plain(sheet, node, made.format)
    known = {*CHECKS} if made.format in PLAIN else {*CHECKS, SCENE}
    for name in {p.check.partition(" ")[0] for p in made.rubric} - known - {""}:
        sheet.fault(node, f"check: there is no {name}")
    if isinstance(made.scene, Incident) and (name := _circle(made.scene)):
        sheet.fault(node, f"needs: {name} needs itself, by way of others")
    span = node.end_mark.index - node.start_mark.index if node.end_mark else 0
    if span > LARGEST_DRILL:
        sheet.fault(node, f"{span} characters in one drill, at most {LARGEST_DRILL}")


def _circle(incident: Incident) -> str:
    """Evidence that can never be reached, because what it needs needs it."""
    left = {e.id: set(e.needs) for e in incident.evidence}
    while ready := [name for name, needs in left.items() if not needs & left.keys()]:
        for name in ready:
            del left[name]
    return next(iter(left), "")
