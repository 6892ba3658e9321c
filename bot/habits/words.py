"""What Pacer says about habits: today and this week, never a streak."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.habits.model import HABITS, MOST, Habit, Kept
from bot.habits.rhythm import Row

LONGEST_SHOWN = 120
LEGEND = "● done   ○ rest, which counts   · open"
CHOOSE = f"Which ones do you want to work on? {MOST} at most; a tap takes one up or lets it go."
FULL = f"{MOST} at a time are enough. Let one go first, then take up the next."
NONE = "You work on no habit right now."


def week(row: Row) -> tuple[str, str]:
    """A habit's week in one line."""
    kept, of = row.rhythm
    rhythm = f"   {kept} of {of} in rhythm" if of else ""
    return row.habit.name, " ".join(row.marks) + rhythm


def tap(row: Row) -> str:
    """What a habit's button says: a tap is today's."""
    return f"✓ {row.habit.name}" if row.today else row.habit.name


def noticed(found: Mapping[str, str]) -> str:
    """What drills showed today; it counts only with a tap."""
    lines = [f"Today you {said}. A tap on *{HABITS[h].name}* counts it." for h, said in found.items()]
    return "\n".join(lines)


def newest_note(kept: Sequence[Kept]) -> str:
    """What she noted last this week."""
    noted = [k for k in kept if k.note and k.habit in HABITS]
    if not noted:
        return ""
    line = " ".join(noted[-1].note.split())
    short = line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1].rstrip() + "…"
    return f"Noted on {noted[-1].day:%A}, {HABITS[noted[-1].habit].name.lower()}: “{short}”"


def listed(chosen: Collection[str]) -> str:
    """All nine, with those she works on marked."""
    return "\n".join(f"{'●' if h.id in chosen else '·'} **{h.name}**: {h.about}" for h in HABITS.values())


def not_hers(habit: Habit) -> str:
    """She named one that she does not work on."""
    return f"*{habit.name}* is not one you work on right now. Take it up?"
