"""A person's archive as JSON files, none larger than a file may be."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.chat.message import MOST_IN_A_FILE, File
from bot.privacy import words

NAME = "pacer-export"
ROOM = MOST_IN_A_FILE - 10_000
"""Bytes for rows; the rest is for the head of each file."""


def files(kept: Mapping[str, Any], *, now: datetime, most: int = ROOM) -> tuple[File, ...]:
    """One file, or several that each can be read alone. `now` is UTC."""
    packed = _packed(kept, most)
    head = {"about": words.ABOUT, "made_at": now.isoformat()}
    if len(packed) == 1:
        return (File(f"{NAME}.json", _dumped({**head, **packed[0]}), words.HERE),)
    count = len(packed)
    return tuple(
        File(
            f"{NAME}-{number}-of-{count}.json",
            _dumped({**head, "part": number, "of": count, **rows}),
            words.PART.format(number=number, count=count),
        )
        for number, rows in enumerate(packed, 1)
    )


def _packed(kept: Mapping[str, Any], most: int) -> list[dict[str, Any]]:
    """The sections in their order; what has no room in a file goes on in the next."""
    packed: list[dict[str, Any]] = [{}]
    used = 0
    for section, row in _rows(kept):
        size = len(_dumped({section: [row]}).encode("utf-8", "replace"))
        if used and used + size > most:
            packed.append({})
            used = 0
        used += size
        if isinstance(kept[section], list):
            packed[-1].setdefault(section, []).extend(row)
        else:
            packed[-1][section] = row
    return packed


def _rows(kept: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Sections whole, and lists one by one, each in a list of its own; an empty list stays to be seen."""
    for section, value in kept.items():
        if isinstance(value, list) and value:
            yield from ((section, [row]) for row in value)
        else:
            yield section, value


def _dumped(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
