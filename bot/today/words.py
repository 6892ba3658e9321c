"""How today is said: the battery, drawn the same way everywhere, and the day in one line."""

from __future__ import annotations

from bot.pace.model import Level
from bot.today.ask import BATTERY_WORDS

LEVELS = {
    Level.REST: "a rest day",
    Level.EASE: "an easy day",
    Level.STEADY: "a steady day",
    Level.FULL: "a full day",
}
_BATTERIES = {
    "flat": "Flat",
    "low": "Low",
    "half": "Half a battery",
    "good": "A good battery",
    "full": "A full battery",
}
NOTHING_FITS = "Nothing in the bank fits this day. `/pacer drill coding` or another area picks one anyway."
DONE_FOR_TODAY = "That was today's. The rest of the day is yours."


COUNTED = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def cards(count: int) -> str:
    """Cards of the glossary that are for today; empty if there are none."""
    if not count:
        return ""
    return f"– {COUNTED[count]} card{'s' if count > 1 else ''} of your glossary"


def cells(battery: float) -> str:
    """The battery in five cells."""
    filled = min(5, max(0, round(battery / 20 + 1e-9)))
    return "▮" * filled + "▯" * (5 - filled)


def battery_word(battery: float) -> str:
    """The nearest of the five words."""
    return min(BATTERY_WORDS, key=lambda w: abs(BATTERY_WORDS[w] - battery))


def headline(level: Level, minutes: int, battery: float | None) -> str:
    """Today in one line."""
    start = "Today" if battery is None else f"{cells(battery)}  {_BATTERIES[battery_word(battery)]}"
    if minutes == 0:
        return f"{start}: nothing to do. It counts."
    return f"{start}: {LEVELS[level]}, {minutes} minutes."
