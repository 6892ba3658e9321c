"""Forms: at most five fields, each of which reads what was typed and says kindly when it cannot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

MAX_FIELDS = 5
"""Discord's modal holds five."""


class Unclear(ValueError):
    """What was typed cannot be read; the message is the sentence that says what is expected."""


Read = Callable[[str, date], str]
"""Takes what was typed and today's date; returns the value in its stored form or raises Unclear."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of a form."""

    id: str
    label: str
    read: Read
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """Label and value of each answer that can be picked; `read` takes either."""
    default: str = ""
    """Used when nothing is typed; empty: an answer is needed."""
    optional: bool = False
    long: bool = False
    """Whether it takes several lines."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form by its id, under which its answers come back."""

    id: str
    title: str
    fields: tuple[FormField, ...]

    def __post_init__(self) -> None:
        if not 0 < len(self.fields) <= MAX_FIELDS:
            raise ValueError(f"form {self.id}: one to {MAX_FIELDS} fields, not {len(self.fields)}")

    def about(self, *what: str) -> Form:
        """The same form about one thing. Its id then is the key of the button that opens it, without the version."""
        return replace(self, id=":".join((self.id, *what)))


def read_field(field: FormField, typed: str, today: date) -> str:
    """The stored form of an answer. Raises Unclear."""
    words = typed.strip()
    if not words:
        if field.default or field.optional:
            return field.default
        raise Unclear(f"{field.label} I need an answer here; *cancel* leaves it.")
    if field.options:
        words = _picked(field, words)
    return field.read(words, today)


def _picked(field: FormField, words: str) -> str:
    for label, value in field.options:
        if words.casefold() in (label.casefold(), value.casefold()):
            return value
    if words.isdecimal() and len(words) < 4 and 1 <= int(words) <= len(field.options):
        return field.options[int(words) - 1][1]
    near = [v for label, v in field.options if label.casefold().startswith(words.casefold())]
    return near[0] if len(near) == 1 else words
