"""Numbers and lists as people say them."""

from __future__ import annotations

from collections.abc import Sequence

_NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]


def counted(number: int) -> str:
    """Four, or 13."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def ordinal(number: int) -> str:
    """The fourth, from 1."""
    return _ORDINALS[number - 1] if 1 <= number <= len(_ORDINALS) else f"{number}th"


def times(number: int) -> str:
    """Once, twice, four times."""
    return {1: "once", 2: "twice"}.get(number, f"{counted(number)} times")


def going_on(text: str) -> str:
    """A sentence of its own as part of another: its first word small, unless that is a name or an abbreviation."""
    bare = text.rstrip(".")
    return bare[0].lower() + bare[1:] if bare[1:2].islower() or bare.startswith("A ") else bare


def listed(parts: Sequence[str], last: str = "and") -> str:
    """One, two and three."""
    return f" {last} ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)
