"""Finds the line in a drill file that a fault of the whole drill is about."""

from __future__ import annotations

import re
from importlib.resources.abc import Traversable

from bot.content.bank import BadDrill
from bot.drills.model import Drill

_NAMED = re.compile(r"(?:point|fact|evidence|defect|step) ([a-z0-9-]+):")
_LOSES = re.compile(r"mistake: ([a-z0-9-]+) is ")
_FIELD = re.compile(r"([a-z]+)(?: [0-9]+)?: ")
_OF_ANSWER = ("the model answer ", "the model review ")
_PLURAL = {"decoy": "decoys", "mistake": "mistakes"}


class Lines:
    """The files of a folder of drills, each read when something in it is at fault."""

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        self._texts: dict[str, str] = {}

    def fault(self, drill: Drill, reason: str) -> BadDrill:
        """The fault with its file, and its line where the reason names something that stands in one."""
        path = f"{drill.area}/{drill.id}.yaml"
        if path not in self._texts:
            file = self._folder.joinpath(drill.area, f"{drill.id}.yaml")
            self._texts[path] = file.read_text(encoding="utf-8")
        return BadDrill(path, _line(self._texts[path], reason), reason)


def _line(text: str, reason: str) -> int:
    """From 1; 0 where nothing is found."""
    if named := _NAMED.match(reason):
        return _first(text, f"id: {named[1]}")
    if loses := _LOSES.match(reason):
        return _first(text, f"loses: {loses[1]}")
    if reason.startswith(_OF_ANSWER):
        return _first(text, "answer:")
    field = _FIELD.match(reason)
    return _first(text, f"{_PLURAL.get(field[1], field[1])}:") if field else 0


def _first(text: str, begins: str) -> int:
    """The first line that begins with these words, in a list or not."""
    found = re.search(rf"^ *(?:- )?{begins}(?![\w-])", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 0
