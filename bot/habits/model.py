"""Nine habits of good interviews, of which she works on three at most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

MOST = 3
"""Habits worked on at a time."""
LONGEST_NOTE = 500
"""Characters of what she notes about a day."""


@dataclass(frozen=True, slots=True)
class Habit:
    """Something to do each time, small enough to tap when it was done."""

    id: str
    name: str
    about: str
    """What it asks, as one does it."""


HABITS: Mapping[str, Habit] = {
    habit.id: habit
    for habit in (
        Habit("aloud", "Explain aloud", "say an answer out loud, from start to end"),
        Habit("record", "Record myself", "record one answer and listen to it"),
        Habit("slow", "Slow down", "when it speeds up, speak slower"),
        Habit("clarify", "Clarify first", "ask before building"),
        Habit("hints", "Take the hint", "turn when the interviewer points elsewhere"),
        Habit("pause", "Pause", "three quiet seconds before the answer"),
        Habit("silence", "Let silence be", "stop when it is said; no filling up"),
        Habit("basics", "Fundamentals", "one basic thing, recalled without looking"),
        Habit("summary", "Close with a summary", "one sentence: the choice, the reason, the risk left"),
    )
}
"""By id, in the order they are shown."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A day on which a habit was kept, and what she noted about it."""

    habit: str
    day: date
    note: str = ""
