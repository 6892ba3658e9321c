"""Between frozen values of the core and plain JSON, by their own type annotations."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from bot.chat.message import Message
from bot.turn import Answer

T = TypeVar("T")
_WITH_BLOCKS: tuple[type, ...] = (Message, Answer)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def to_json(kind: Any, value: Any) -> Any:
    """The value as JSON-ready data; enums by value, dates in ISO form, tuples as lists."""
    return _adapter(kind).dump_python(value, mode="json")


def from_json(kind: type[T], data: Any) -> T:
    """The value again. Raises pydantic's ValidationError for data of another shape."""
    if kind in _WITH_BLOCKS:
        data = _renewed(data)
    # mypy takes a type for unhashable here; every type is hashable.
    value: T = _adapter(kind).validate_python(data)  # type: ignore[arg-type]
    return value


def _renewed(data: Any) -> Any:
    """What an older program kept: the bars of its charts were bare lists, and may still wait to be sent."""
    if isinstance(data, list):
        return [_renewed(each) for each in data]
    if not isinstance(data, dict):
        return data
    if set(data) == {"title", "bars", "top", "alt"}:
        bars = [dict(zip(_BAR, b, strict=False)) if isinstance(b, list) else b for b in data["bars"]]
        return {**data, "bars": bars}
    return {key: _renewed(value) for key, value in data.items()}


_BAR = ("label", "value", "words")
