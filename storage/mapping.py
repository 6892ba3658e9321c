"""Between frozen values of the core and plain JSON, by their own type annotations."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def to_json(kind: Any, value: Any) -> Any:
    """The value as JSON-ready data; enums by value, dates in ISO form, tuples as lists."""
    return _adapter(kind).dump_python(value, mode="json")


def from_json(kind: type[T], data: Any) -> T:
    """The value again. Raises pydantic's ValidationError for data of another shape."""
    # mypy takes a type for unhashable here; every type is hashable.
    value: T = _adapter(kind).validate_python(data)  # type: ignore[arg-type]
    return value
