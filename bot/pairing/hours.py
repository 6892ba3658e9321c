"""Free hours as people write them: "tue 18-20, sat 10-12"; and written back in one way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from bot.chat.form import Unclear
from bot.chat.reading import WEEKDAYS, weekday
from bot.pairing.model import MIDNIGHT, Free

AN_HOUR = 60
LATEST = 22 * 60
"""How long an evening goes to which nobody gave an end."""
LONGEST = 300
"""Characters."""
LOOKS = "Free hours look like *tue 18-20, sat 10-12*, on your own clock."
NO_HOUR = f"A meeting takes an hour in one piece, and I did not find any. {LOOKS}"
Span = tuple[int, int]
"""Minutes after midnight; an end that is not later is one of the next day."""
_GROUPS = {
    "weekdays": range(5),
    "weekday": range(5),
    "workdays": range(5),
    "weekend": range(5, 7),
    "weekends": range(5, 7),
    "daily": range(7),
    "everyday": range(7),
}
_PARTS: dict[str, Span] = {
    "morning": (8 * 60, 12 * 60),
    "noon": (12 * 60, 14 * 60),
    "lunch": (12 * 60, 14 * 60),
    "afternoon": (12 * 60, 18 * 60),
    "evening": (18 * 60, LATEST),
}
_SPAN = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2}))?\s?(am|pm)?\s?(?:-|–|—|to|until|till)\s?(\d{1,2})(?:[:.h](\d{2}))?\s?(am|pm)?(?!\w)"
)
_AFTER = re.compile(r"(?:after|from)\s(\d{1,2})(?:[:.h](\d{2}))?\s?(am|pm)?(?!\w)")
_DAYS = re.compile(r"([a-z]{3,9})\s?(?:-|–|—|to)\s?([a-z]{3,9})")
_LINKS = frozenset({"or", "on", "at", "between", "in", "the", "from", "&"})


def read_hours(typed: str, today: date) -> str:
    """The hours, written in one way. Raises Unclear."""
    return written(hours(typed))


def hours(typed: str) -> tuple[Free, ...]:
    """Spans of weekdays, in order and merged; one that goes past midnight counts for both days. Raises Unclear."""
    words = " ".join(typed.casefold().replace("every day", "everyday").split())
    if len(words) > LONGEST:
        raise Unclear(f"That is more than I can read. {LOOKS}")
    found: list[Free] = []
    days: list[int] = []
    open_ = False
    for piece in filter(None, (p.strip() for p in re.split(r"[,;+\n]|\band\b", words))):
        own, spans = _piece(piece)
        if own:
            days = [*days, *own] if open_ else own
        if spans and not days:
            raise Unclear(f"I need a day with each span. {LOOKS}")
        found += [free for day in days for span in spans for free in _on(day, span)]
        open_ = not spans
    merged = _merged(found)
    if open_ or not any(f.end - f.start >= AN_HOUR for f in merged):
        raise Unclear(NO_HOUR)
    return merged


def written(free: Iterable[Free]) -> str:
    """As a person reads them, and as `hours` reads them again."""
    return ", ".join(f"{WEEKDAYS[f.weekday][:3].capitalize()} {_at(f.start)}-{_at(f.end)}" for f in free)


def _at(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _piece(piece: str) -> tuple[list[int], list[Span]]:
    """The days and the spans of "tue thu 18-20", either of which may be missing."""
    spans: list[Span] = []
    for match in _SPAN.finditer(piece):
        spans.append(_span(*match.groups()))
    rest = _SPAN.sub(" ", piece)
    for match in _AFTER.finditer(rest):
        begins = _minute(match[1], match[2], match[3])
        spans.append((begins, LATEST if begins < LATEST else MIDNIGHT))
    rest = _AFTER.sub(" ", rest)
    days: list[int] = []
    for match in _DAYS.finditer(rest):
        days += _between(match[1], match[2])
    for word in _DAYS.sub(" ", rest).replace(":", " ").split():
        part = _PARTS.get(word.removesuffix("s"))
        if part:
            spans.append(part)
        elif word not in _LINKS:
            days += _day(word)
    return days, spans


def _day(word: str) -> Sequence[int]:
    if word in _GROUPS:
        return _GROUPS[word]
    one = weekday(word) if word.isalpha() else None
    if one is None and word.endswith("s"):
        one = weekday(word[:-1])
    if one is None:
        raise Unclear(f"I did not get that. {LOOKS}")
    return (one,)


def _between(first: str, last: str) -> Sequence[int]:
    """Weekdays from one to another, over the weekend if need be."""
    a, b = weekday(first), weekday(last)
    if a is None or b is None:
        raise Unclear(f"I did not get that. {LOOKS}")
    return [(a + n) % 7 for n in range((b - a) % 7 + 1)]


def _span(a: str, am: str | None, ah: str | None, b: str, bm: str | None, bh: str | None) -> Span:
    end = _minute(b, bm, bh)
    begin = _minute(a, am, ah or bh)
    if not ah and bh and begin >= end:  # "10-2pm" begins in the morning
        begin = _minute(a, am, None)
    return begin, end or MIDNIGHT


def _minute(hour: str, minute: str | None, half: str | None) -> int:
    h, m = int(hour), int(minute or 0)
    if half:
        h = h % 12 + (12 if half == "pm" else 0) if 1 <= h <= 12 else 99
    if m >= 60 or h * 60 + m > MIDNIGHT:
        raise Unclear(f"I did not get that. {LOOKS}")
    return h * 60 + m


def _on(day: int, span: Span) -> list[Free]:
    begin, end = span[0] % MIDNIGHT, span[1]
    if begin < end:
        return [Free(day, begin, end)]
    parts = [Free(day, begin, MIDNIGHT)]
    return [*parts, Free((day + 1) % 7, 0, end)] if end else parts


def _merged(found: Iterable[Free]) -> tuple[Free, ...]:
    merged: list[Free] = []
    for free in sorted(found):
        if merged and merged[-1].weekday == free.weekday and free.start <= merged[-1].end:
            merged[-1] = Free(free.weekday, merged[-1].start, max(merged[-1].end, free.end))
        else:
            merged.append(free)
    return tuple(merged)
