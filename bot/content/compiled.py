"""The bank in one file that opens at once: a line about itself, an index, the texts.

The index is enough to choose drills; the texts of a drill are read when it is played. A file is trusted only if it
was made of exactly these sources and is whole to the last byte.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from bot.content.bank import Bank
from bot.content.compiled_values import IN_SHORT, listed, packed, unpacked
from bot.drills.model import Drill, Listed


class Damaged(Exception):
    """What was read is no compiled bank, or not all of one."""


@dataclass(frozen=True, slots=True)
class About:
    """What a compiled bank was made of. Signatures are hex; an empty one fits nothing."""

    contents: str = ""
    """Of the bytes of all sources."""
    stand: str = ""
    """Of their names, sizes and times in one place."""


def compiled(drills: Sequence[Drill], about: About) -> bytes:
    """Drills, which come by id, as such a file."""
    index: list[list[Any]] = []
    texts: list[bytes] = []
    at = 0
    for drill in drills:
        short, rest = packed(drill)
        texts.append(_json(rest))
        index.append([*short, at, len(texts[-1])])
        at += len(texts[-1])
    return _framed(_json(index), b"".join(texts), about)


def renamed(data: bytes, about: About) -> bytes:
    """The same file said to be made of something else. Raises Damaged."""
    index, texts = _parts(data)
    return _framed(bytes(index), bytes(texts), about)


def about(data: bytes) -> About:
    """What a file says it was made of. Raises Damaged."""
    said = _head(data)
    return About(str(said.get("contents", "")), str(said.get("stand", "")))


def opened(data: bytes) -> Bank:
    """The bank in such a file. Raises Damaged."""
    index, texts = _parts(data)
    try:
        rows = json.loads(bytes(index))
        places = {row[0]: (row[IN_SHORT], row[IN_SHORT] + row[IN_SHORT + 1]) for row in rows}
        shorts = {short.id: short for short in listed([row[:IN_SHORT] for row in rows])}
    except (ValueError, TypeError, LookupError) as wrong:
        raise Damaged("its index cannot be read") from wrong
    shelf = _Shelf(shorts, lambda name: json.loads(bytes(texts[slice(*places[name])])))
    return Bank(shelf, _Areas(shelf), tuple(shorts.values()))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _framed(index: bytes, texts: bytes, about: About) -> bytes:
    head = {
        "contents": about.contents,
        "stand": about.stand,
        "index": len(index),
        "whole": [len(index) + len(texts), _checksum(index, texts)],
    }
    return b"".join((_json(head), b"\n", index, texts))


def _checksum(*parts: bytes | memoryview) -> int:
    """Shows what a disk or a cut can do to a file; who may write the file is not the question."""
    found = 0
    for part in parts:
        found = crc32(part, found)
    return found


def _head(data: bytes) -> dict[str, Any]:
    try:
        said = json.loads(data[: data.index(b"\n")])
    except (ValueError, RecursionError) as wrong:
        raise Damaged("it does not begin as one") from wrong
    if not isinstance(said, dict):
        raise Damaged("it does not begin as one")
    return said


def _parts(data: bytes) -> tuple[memoryview, memoryview]:
    """Index and texts."""
    said = _head(data)
    rest = memoryview(data)[data.index(b"\n") + 1 :]
    size = said.get("index")
    if not isinstance(size, int) or said.get("whole") != [len(rest), _checksum(rest)]:
        raise Damaged("it is not whole")
    return rest[:size], rest[size:]


@dataclass(frozen=True, slots=True)
class _Shelf(Mapping[str, Drill]):
    """Drills by id, each made when it is first asked for."""

    shorts: Mapping[str, Listed]
    rest: Callable[[str], Sequence[Any]]
    made: dict[str, Drill] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Drill:
        if name not in self.made:
            self.made[name] = unpacked(self.shorts[name], self.rest(name))
        return self.made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.shorts)

    def __len__(self) -> int:
        return len(self.shorts)

    def __contains__(self, name: object) -> bool:
        return name in self.shorts


class _Areas(Mapping[str, tuple[Drill, ...]]):
    """Drills by area."""

    def __init__(self, shelf: _Shelf) -> None:
        self._shelf = shelf
        self._names: dict[str, list[str]] = {}
        for short in shelf.shorts.values():
            self._names.setdefault(short.area, []).append(short.id)

    def __getitem__(self, area: str) -> tuple[Drill, ...]:
        return tuple(self._shelf[name] for name in self._names[area])

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
