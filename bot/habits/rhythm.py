"""A week of habits: the days on which one was kept, and the days that asked for nothing, which count."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.chat.form import Unclear
from bot.habits.model import HABITS, LONGEST_NOTE, Habit, Kept


class Mark(StrEnum):
    """One day of one habit."""

    KEPT = "●"
    REST = "○"
    """Nothing was asked."""
    OPEN = "·"
    BEFORE = " "
    """She had not taken it up yet."""


@dataclass(frozen=True, slots=True)
class Row:
    """One habit this week, Monday to today."""

    habit: Habit
    marks: tuple[Mark, ...]

    @property
    def today(self) -> bool:
        """Whether it was kept today."""
        return self.marks[-1] is Mark.KEPT

    @property
    def rhythm(self) -> tuple[int, int]:
        """Days in rhythm, and days that count: today counts once it is in rhythm."""
        over = self.marks[:-1] if self.marks[-1] is Mark.OPEN else self.marks
        over = tuple(m for m in over if m is not Mark.BEFORE)
        return sum(m is not Mark.OPEN for m in over), len(over)


def rows(
    chosen: Mapping[str, date], kept: Sequence[Kept], days: Sequence[date], free: Collection[date]
) -> tuple[Row, ...]:
    """A row for each habit she works on, with the day since when, over these days; `free` asked for nothing."""
    done = {(k.habit, k.day) for k in kept}

    def mark(habit: str, day: date) -> Mark:
        if (habit, day) in done:
            return Mark.KEPT
        if day < chosen[habit]:
            return Mark.BEFORE
        return Mark.REST if day in free else Mark.OPEN

    return tuple(Row(HABITS[h], tuple(mark(h, d) for d in days)) for h in chosen if h in HABITS)


def read(typed: str) -> tuple[Habit, str]:
    """A habit by its name, or the beginning of it, and the note after it. Raises Unclear."""
    words = typed.split()
    for length in range(len(words), 0, -1):
        wanted = " ".join(words[:length]).casefold().rstrip(":")
        for habit in HABITS.values():
            exact = wanted in (habit.id, habit.name.casefold())
            if exact or (len(wanted) >= 3 and habit.name.casefold().startswith(wanted)):
                return habit, _note(" ".join(words[length:]))
    names = ", ".join(f"*{h.name.lower()}*" for h in HABITS.values())
    raise Unclear(f"I did not get that habit. There are {names}.")


def _note(text: str) -> str:
    note = text.lstrip(":-– ").strip()
    if len(note) > LONGEST_NOTE:
        raise Unclear(
            f"A note holds {LONGEST_NOTE} characters, and this one has {len(note):,}. Nothing was changed."
        )
    return note
