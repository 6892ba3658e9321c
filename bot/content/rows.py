"""Reads drills from a table in CSV: one drill a row, brought into the form of a drill file, so that one reader judges both.

A cell with several things holds one a line. A line may begin with a number in brackets: the weight of
a point, with an exclamation mark where it decides the round; the point a mistake loses. Phrases stand
behind the text, each after a bar.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.content.sheet import Sheet
from bot.drills.formats import PLAIN, Format

if TYPE_CHECKING:
    from yaml import Mark, Node

NEEDED = ("title", "area", "task", "points", "answer")
_MORE = ("id", "topic", "kind", "minutes", "difficulty", "format", "hints", "mistakes", "follow_up")
COLUMNS = (*NEEDED, *_MORE)
USUAL: Mapping[str, str] = {"kind": "drill", "minutes": "15", "difficulty": "2", "format": "drill"}
"""What an empty cell, or a column that is not there, stands for."""
CARD_MINUTES = "5"
LONGEST_ID = 60
_ITEM = re.compile(r"^(?:[-*•]|\d{1,2}[.)])\s+")
_NUMBERED = re.compile(r"^\((\d{1,2})(!?)\)\s*(.*)$")
_TAG = "tag:yaml.org,2002:"


def looks_like_rows(text: str) -> bool:
    """Whether the text begins with the names of columns."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    names = {cell.strip().strip('"').casefold() for cell in re.split(r"[,;\t]", head)}
    return len(names & set(COLUMNS)) >= 2


def rows_in(sheet: Sheet, text: str) -> Iterator[Node]:
    """A drill for each row; faults are noted on the sheet."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    between = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    names: list[str] = []
    before = 0
    try:
        for cells in reader:
            line, before = before, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if not names:
                names = [cell.strip().casefold() for cell in cells]
                if not _columns_are_right(sheet, names, line):
                    return
            elif len(cells) > len(names):
                sheet.fault(_text("", line), f"{len(cells)} cells, but {len(names)} columns")
            else:
                yield row({n: c.strip() for n, c in zip(names, cells, strict=False)}, line)
    except csv.Error as error:
        sheet.fault(_text("", before), f"not CSV: {error}")


def _columns_are_right(sheet: Sheet, names: Sequence[str], line: int) -> bool:
    where, faults = _text("", line), len(sheet.faults)
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            sheet.fault(where, f"unknown column {name[:40] or '(without a name)'}")
        elif names.count(name) > 1:
            sheet.fault(where, f"the column {name} is there twice")
    for name in NEEDED:
        if name not in names:
            sheet.fault(where, f"the column {name} is missing")
    return len(sheet.faults) == faults


def row(cells: Mapping[str, str], line: int = 0) -> Node:
    """A row as a drill file would have it. `line` counts from 0."""
    given = {name: cell for name, cell in cells.items() if cell}
    name = given.get("id") or id_from(given.get("title", ""))
    form = given.get("format", USUAL["format"])
    usual = {**USUAL, "minutes": CARD_MINUTES} if form == Format.CARD else USUAL
    plain = {**usual, "topic": name, **given, "id": name}
    fields: dict[str, Node] = {}
    for field in ("id", "title", "area", "topic", "kind", "format", "task", "answer", "follow_up"):
        if field in plain:
            fields[field] = _text(plain[field], line)
    for field in ("minutes", "difficulty"):
        fields[field] = _whole(plain[field], line)
    lists: tuple[tuple[str, str, Callable[[int, str, int], Node]], ...] = (
        ("points", "rubric", _point),
        ("mistakes", "mistakes", _mistake),
        ("hints", "hints", lambda _, words, at: _text(words, at)),
    )
    for column, field, made in lists:
        if column in given:
            items = enumerate(lines_of(given[column]), 1)
            fields[field] = _list([made(n, words, line) for n, words in items], line)
    return _mapping(fields, line)


def only_plain(sheet: Sheet, node: Node, form: Format) -> None:
    """A format with parts of its own does not fit into a row."""
    if form not in PLAIN:
        sheet.fault(node, f"format: {form.value} has parts that no row holds; write it as YAML")


def lines_of(cell: str) -> list[str]:
    """The things in a cell: one a line, or with semicolons between where it is a single line."""
    parts = cell.splitlines() if "\n" in cell.strip() else cell.split(";")
    return [words for part in parts if (words := _ITEM.sub("", part.strip()).strip())]


def id_from(title: str) -> str:
    """A name of small letters, digits and hyphens, made from a title."""
    words = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")
    return words[:LONGEST_ID].strip("-") or ("drill" if title else "")


def _point(number: int, words: str, line: int) -> Node:
    weight, must, text, says = _taken_apart(words)
    fields = {
        "id": _text(f"p{number}", line),
        "point": _text(text, line),
        "weight": _whole(weight or "1", line),
    }
    if must:
        fields["must"] = _scalar("true", "bool", line)
    if says:
        fields["says"] = _list([_text(each, line) for each in says], line)
    return _mapping(fields, line)


def _mistake(_: int, words: str, line: int) -> Node:
    point, _, text, says = _taken_apart(words)
    fields = {"mistake": _text(text, line), "loses": _text(f"p{point}" if point else "(no number)", line)}
    if says:
        fields["says"] = _text(says[0], line)
    return _mapping(fields, line)


def _taken_apart(words: str) -> tuple[str, bool, str, list[str]]:
    found = _NUMBERED.match(words)
    number, must, rest = (found[1], bool(found[2]), found[3]) if found else ("", False, words)
    text, *says = (part.strip() for part in rest.split("|"))
    return number, must, text, [each for each in says if each]


def _text(value: str, line: int) -> Node:
    return _scalar(value, "str", line)


def _whole(value: str, line: int) -> Node:
    return _scalar(value, "int" if value.isdecimal() else "str", line)


def _scalar(value: str, kind: str, line: int) -> Node:
    from yaml import ScalarNode

    return ScalarNode(f"{_TAG}{kind}", value, _mark(line))


def _list(items: list[Node], line: int) -> Node:
    from yaml import SequenceNode

    return SequenceNode(f"{_TAG}seq", items, _mark(line))


def _mapping(fields: Mapping[str, Node], line: int) -> Node:
    from yaml import MappingNode

    return MappingNode(f"{_TAG}map", [(_text(n, line), v) for n, v in fields.items()], _mark(line))


def _mark(line: int) -> Mark:
    from yaml import Mark

    return Mark("", 0, line, 0, None, 0)
