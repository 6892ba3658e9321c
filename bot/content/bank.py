"""The bank of drills, and what is refused as a drill file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from types import MappingProxyType

from bot.drills.model import Drill, Listed

LARGEST = 200_000
"""Bytes of a file."""


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
    index: tuple[Listed, ...] = ()
    """The same in short, where a drill is only made when it is asked for."""

    @property
    def listed(self) -> tuple[Listed, ...]:
        """Every drill in short, in the order of ids."""
        return self.index or tuple(self.drills.values())


def load(folder: Traversable | None = None) -> Bank:
    """The drills of a folder, else those that ship with Pacer, from their files. Raises BadDrill for the first fault."""
    # What reads files is not loaded where the compiled bank is used.
    from bot.content.bank_files import read_all, shipped_folder

    drills, faults = read_all(folder or shipped_folder())
    if faults:
        raise faults[0]
    by_area: dict[str, tuple[Drill, ...]] = {}
    for each in drills:
        by_area[each.area] = (*by_area.get(each.area, ()), each)
    return Bank(MappingProxyType({d.id: d for d in drills}), MappingProxyType(by_area))
