"""Reading what people type: numbers, days, hours, times, durations. Strict, and kind when it cannot.

Each function raises Unclear with the one sentence that says what is expected. Dates are days in
the person's own zone.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from bot.chat.form import Unclear

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
A_YEAR = timedelta(days=366)
_CLOCK = re.compile(r"^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?$", re.I)
_DURATION = re.compile(
    r"^(?:(\d{1,4})\s*w)?\s*(?:(\d{1,4})\s*d)?\s*(?:(\d{1,4})\s*h)?\s*(?:(\d{1,5})\s*m(?:in)?)?$", re.I
)
_UNITS = re.compile(r"^(?:in\s+)?(\d{1,3})\s*(d|days?|w|weeks?)$", re.I)


def number(typed: str, low: float, high: float, what: str) -> float:
    """A number in a range, both ends included."""
    words = typed.strip().replace(",", ".")
    try:
        value = float(words) if len(words) < 20 else float("nan")
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise Unclear(f"I did not get that. {what} is a number from {low:g} to {high:g}.")
    return value + 0.0  # "-0" is nothing else than 0


def whole(word: str) -> int | None:
    """A whole number as a button carries it, of nine digits at most; None for anything else."""
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else None


def weekday(word: str) -> int | None:
    """Monday is 0; three letters are enough. None for anything else."""
    lower = word.casefold()
    return next((n for n, d in enumerate(WEEKDAYS) if len(lower) >= 3 and d.startswith(lower)), None)


def weekdays(typed: str) -> frozenset[int]:
    """A list of weekdays; "none" is the empty set."""
    words = [w for w in re.split(r"[\s,;&/]+|\band\b", typed.strip()) if w]
    if [w.casefold() for w in words] in (["none"], ["no"]):
        return frozenset()
    days = [weekday(w) for w in words]
    found = frozenset(d for d in days if d is not None)
    if not words or None in days or len(found) > 6:
        raise Unclear(
            "I did not get that. Name weekdays such as *Sunday* or *sat, sun*, six at most, or *none*."
        )
    return found


def clock(typed: str) -> time:
    """A wall time such as 8, 8:30, 20.15 or 8pm."""
    match = _CLOCK.match(typed.strip())
    if match:
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half:
            hour = 99
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise Unclear("I did not get that. A time looks like *8:00* or *20:30*.")


def duration(typed: str) -> timedelta:
    """A span such as 1d, 90m, 2h, 1d 4h or 1w, more than zero and at most a year."""
    match = _DURATION.match(" ".join(typed.split()))  # one space each: else time grows with their cube
    if match and any(match.groups()):
        weeks, days, hours, minutes = (int(g or 0) for g in match.groups())
        span = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
        if timedelta(0) < span <= A_YEAR:
            return span
    raise Unclear("I did not get that. A span looks like *1d*, *90m* or *2h*, a year at most.")


def day(typed: str, today: date) -> date:
    """A calendar day: 2026-02-03, 3 Feb, 3 February 2027, monday, tomorrow, in 5 days, 2 weeks.

    Without a year the next such day is meant.
    """
    words = " ".join(typed.casefold().replace(",", " ").split())
    words = words.removeprefix("on ").removeprefix("next ")
    if words in ("today", "tomorrow"):
        return today + timedelta(days=words == "tomorrow")
    if (wanted := weekday(words)) is not None:
        return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)
    if match := _UNITS.match(words):
        return today + timedelta(days=int(match[1]) * (7 if match[2][0] == "w" else 1))
    found = _iso(words) or _named(words, today)
    if found is None:
        raise Unclear("I did not get that. A day looks like *2026-02-03*, *3 Feb*, *Friday* or *in 10 days*.")
    return found


def _iso(words: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", words):
        return None
    try:
        return date(*(int(p) for p in words.split("-")))
    except ValueError as impossible:
        raise Unclear("That day does not exist. A day looks like *2026-02-03* or *3 Feb*.") from impossible


def _named(words: str, today: date) -> date | None:
    parts = [re.sub(r"(?<=\d)(st|nd|rd|th)$", "", p.rstrip(".")) for p in words.split()]
    numbers = [int(p) for p in parts if p.isdecimal() and len(p) <= 4]
    months = [n for n, m in enumerate(MONTHS, 1) for p in parts if len(p) >= 3 and m.startswith(p)]
    if len(months) != 1 or len(numbers) + 1 != len(parts) or not 1 <= len(numbers) <= 2:
        return None
    years = [n for n in numbers if n > 31]
    if len(years) != len(numbers) - 1:
        return None
    dom = next(n for n in numbers if n <= 31)
    for year in years or range(today.year, today.year + 9):  # leap days may lie eight years apart
        try:
            found = date(year, months[0], dom)
        except ValueError:
            continue
        if years or found >= today:
            return found
    raise Unclear("That day does not exist. A day looks like *2026-02-03* or *3 Feb*.")


def when(typed: str, today: date) -> tuple[date, time | None]:
    """A day, with a wall time after it if one was given ("Monday 14:00", "2026-02-03 9:30")."""
    words = (
        typed.strip().replace("T", " ", 1) if re.match(r"^\d{4}-\d\d-\d\dT", typed.strip()) else typed.strip()
    )
    head, _, tail = words.rpartition(" ")
    if head and (":" in tail or re.fullmatch(r"\d{1,2}(am|pm)", tail, re.I)):
        return day(head.removesuffix(" at"), today), clock(tail)
    return day(words, today), None


def future_day(typed: str, today: date) -> date:
    """A day from today on."""
    found = day(typed, today)
    if found < today:
        raise Unclear("That day is in the past; I need a day from today on.")
    return found


def moment(typed: str, now: datetime) -> datetime:
    """A moment after `now` (aware, local): a span ahead, or a day with an optional time (8:00 if none).

    A year ahead at most. When clocks change, whole days keep the wall time; hours and minutes are real ones.
    """
    try:
        span = duration(typed)
        whole = timedelta(days=span.days)
        start = now + whole if whole else now
        return (start.astimezone(UTC) + (span - whole)).astimezone(now.tzinfo)
    except Unclear:
        pass
    try:
        found, at = when(typed, now.date())
    except Unclear as problem:
        raise Unclear("I did not get that. Say *1d*, *90m*, *tomorrow 8:00* or *2026-02-03*.") from problem
    if found > now.date() + A_YEAR:
        raise Unclear("That is too far ahead; a year is the most.")
    target = datetime.combine(found, at or time(8), tzinfo=now.tzinfo)
    if found < now.date() or target.astimezone(UTC) <= now.astimezone(UTC):
        raise Unclear("That is in the past; the clock only goes forward.")
    return target
