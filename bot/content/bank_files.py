"""Reads drill files: one drill a file, `drills/<area>/<id>.yaml`.

Nothing is guessed and nothing is skipped: a file that is not as described is refused, with its path
and line.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from bot.content.bank import LARGEST, BadDrill
from bot.content.drill_file import check_place, drill
from bot.content.sheet import Fault, Sheet
from bot.drills.model import Drill
from bot.profile.tracks import AREAS


def shipped_folder() -> Traversable:
    """Where the drills are that ship with Pacer."""
    return files("bot.content").joinpath("drills")


def read_all(folder: Traversable) -> tuple[list[Drill], list[BadDrill]]:
    """The sound drills by id, and all faults by path and line."""
    found: dict[str, Drill] = {}
    faults: list[BadDrill] = []
    for area in _visible(folder):
        if area.name not in AREAS or not area.is_dir():
            faults.append(BadDrill(area.name, 0, "not the folder of a known area"))
            continue
        for file in _visible(area):
            path = f"{area.name}/{file.name}"
            made, noted = _read(area.name, file, found)
            faults += [BadDrill(path, f.line, f.reason) for f in sorted(noted, key=lambda f: f.line)]
            if made is not None and not noted:
                found[made.id] = made
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
    fields, made = drill(sheet, root)
    check_place(sheet, fields, made, area, file.name.removesuffix(".yaml"), earlier)
    return made, sheet.faults
