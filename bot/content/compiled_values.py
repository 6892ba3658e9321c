"""Turns drills into values that JSON can hold, and back.

Both ways follow the declared types of the fields, so that a new field of a drill or a scene is carried at once. A
record is the list of its fields; where one of several records may stand, its name comes first.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from bot.drills.model import Drill, Listed

Turned = Callable[[Any], Any]
IN_SHORT = len(fields(Listed))
"""How many fields of a drill come first and are enough to choose it."""


def packed(drill: Drill) -> tuple[list[Any], list[Any]]:
    """A drill as two lists: what a list knows of it, and the rest."""
    whole = _pack(Drill)(drill)
    return whole[:IN_SHORT], whole[IN_SHORT:]


def listed(rows: Sequence[Sequence[Any]]) -> list[Listed]:
    """Drills in short."""
    made = [(f.name, make) for f, make in zip(fields(Listed), _makers(Listed), strict=True)]
    return [Listed(**{n: make(v) for (n, make), v in zip(made, row, strict=True)}) for row in rows]


def unpacked(short: Listed, rest: Sequence[Any]) -> Drill:
    """The whole drill."""
    names = [f.name for f in fields(Drill)][IN_SHORT:]
    made = zip(names, _makers(Drill)[IN_SHORT:], rest, strict=True)
    known = {f.name: getattr(short, f.name) for f in fields(Listed)}
    return Drill(**known, **{name: make(value) for name, make, value in made})


def _types(record: Any) -> list[Any]:
    """The declared types of a record's fields, in their order."""
    names = {}
    if record is Drill:
        # It names its scenes only for the type checker, since they name the drill's own parts.
        from bot.drills.scenes import Scene

        names = {"Scene": Scene}
    hints = get_type_hints(record, localns=names)
    return [hints[f.name] for f in fields(record)]


@cache
def _makers(record: type) -> list[Turned]:
    return [_unpack(kind) for kind in _types(record)]


@cache
def _pack(kind: Any) -> Turned:
    """How a value of a type is written."""
    if kind in (str, int, bool):
        return _same
    if get_origin(kind) is tuple:
        item = _pack(_item(kind))
        return lambda value: [item(v) for v in value]
    if isinstance(kind, types.UnionType) or get_origin(kind) is Union:
        known = {member: _pack(member) for member in get_args(kind) if member is not type(None)}
        named = any(map(is_dataclass, known))
        return lambda value: _packed_one(value, known, named=named)
    if issubclass(kind, Enum):
        return lambda value: value.value
    if not is_dataclass(kind):
        raise TypeError(f"{kind} cannot be kept in the compiled bank")
    names = [f.name for f in fields(kind)]
    parts = [_pack(t) for t in _types(kind)]
    return lambda value: [write(getattr(value, n)) for n, write in zip(names, parts, strict=True)]


def _packed_one(value: Any, known: dict[Any, Turned], *, named: bool) -> Any:
    if value is None:
        return None
    written = known[type(value)](value)
    return [type(value).__name__, written] if named else written


@cache
def _unpack(kind: Any) -> Turned:
    """How a value of a type is made of what was written."""
    if kind in (str, int, bool):
        return _same
    if get_origin(kind) is tuple:
        item = _unpack(_item(kind))
        return tuple if item is _same else lambda value: tuple([item(v) for v in value])
    if isinstance(kind, types.UnionType) or get_origin(kind) is Union:
        makers = {m.__name__: _unpack(m) for m in get_args(kind) if m is not type(None)}
        if any(map(is_dataclass, get_args(kind))):
            return lambda value: None if value is None else makers[value[0]](value[1])
        (only,) = makers.values()
        return lambda value: None if value is None else only(value)
    if issubclass(kind, Enum):
        by_value = {member.value: member for member in kind}
        return by_value.__getitem__
    return lambda value: kind(*[make(v) for make, v in zip(_makers(kind), value, strict=True)])


def _item(kind: Any) -> Any:
    """What a tuple holds; all its items are of one type."""
    of = [a for a in get_args(kind) if a is not Ellipsis]
    if len(set(of)) != 1:
        raise TypeError(f"{kind} cannot be kept in the compiled bank")
    return of[0]


def _same(value: Any) -> Any:
    return value
