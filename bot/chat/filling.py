"""A form filled question by question, where a platform cannot open one. It is data: a restart goes on with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.chat.form import Form, FormField, Unclear, read_field
from bot.chat.message import Message, message, option

BACK, CANCEL = "back", "cancel"


@dataclass(frozen=True, slots=True)
class Filling:
    """How far a form has been filled: the field that is asked now, and what was entered before."""

    form: str
    at: int = 0
    values: Mapping[str, str] = field(default_factory=dict)
    """What was entered or known, by field id."""


def ask(form: Form, filling: Filling, problem: str = "") -> Message:
    """The question of the current field, or a calm sentence before it."""
    asked = form.fields[filling.at]
    known = filling.values.get(asked.id) or asked.default
    place = problem or f"**{form.title}** ({filling.at + 1} of {len(form.fields)})"
    enter = f"Enter keeps *{_shown(asked, known)}*." if known else "Enter skips it." if asked.optional else ""
    line = " ".join(part for part in (asked.label, asked.hint, enter) if part)
    picks = tuple(option(label, "fill", value) for label, value in asked.options)
    ways = "(*back* · *cancel*)" if filling.at else "(*cancel*)"
    return message(f"{place}\n{line} {ways}", options=picks)


def _shown(asked: FormField, value: str) -> str:
    return next((label for label, v in asked.options if v == value), value)


def answer(form: Form, filling: Filling, typed: str, today: date) -> Filling:
    """The filling after an answer to the current field. Raises Unclear and then nothing is changed."""
    asked = form.fields[filling.at]
    known = filling.values.get(asked.id, "")
    value = read_field(asked, typed if typed.strip() else known, today)
    return replace(filling, at=filling.at + 1, values={**filling.values, asked.id: value})


def back(filling: Filling) -> Filling:
    """One question back; what was entered stays."""
    return replace(filling, at=max(0, filling.at - 1))


def finished(form: Form, filling: Filling) -> bool:
    """Whether every field has been asked."""
    return filling.at >= len(form.fields)


def read_all(form: Form, values: Mapping[str, str], today: date) -> tuple[dict[str, str], dict[str, str]]:
    """A form that came back whole: the values that could be read, and a sentence for each that could not."""
    read: dict[str, str] = {}
    faults: dict[str, str] = {}
    for asked in form.fields:
        try:
            read[asked.id] = read_field(asked, values.get(asked.id, ""), today)
        except Unclear as problem:
            faults[asked.id] = str(problem)
    return read, faults
