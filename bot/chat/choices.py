"""The way back from a typed answer to an option: its number, its label, or the start of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.chat.message import Option

_MARKS = re.compile(r" ?(?:,|;|/|\band\b|&) ?")
_MARKS_OR_SPACES = re.compile(rf"{_MARKS.pattern}| ")


def recognise(typed: str, offered: Sequence[Option]) -> Option | None:
    """The one option that was meant, or None. Never guesses between two."""
    words = _one_line(typed.strip().strip("`*\"'."))
    if not words:
        return None
    # The label goes before the position: on a scale from 0 to 10, "7" is the option named 7.
    exact = [o for o in offered if words in (_one_line(o.label), o.key.casefold())]
    if exact:
        return exact[0] if len({o.key for o in exact}) == 1 else None
    if words.isdecimal():
        return offered[int(words) - 1] if len(words) < 4 and 1 <= int(words) <= len(offered) else None
    starts = [o for o in offered if _one_line(o.label).startswith(words)] if len(words) >= 2 else []
    return starts[0] if len(starts) == 1 else None


def _one_line(text: str) -> str:
    """Compared like this: spaces that no line breaks at are spaces, capitals are small."""
    return " ".join(text.split()).casefold()


def several(typed: str, offered: Sequence[Option]) -> list[Option]:
    """The options named in one line, if it names two or more and nothing but options; else empty."""
    words = " ".join(typed.split())
    for between in (_MARKS, _MARKS_OR_SPACES):  # a label may hold spaces
        parts = [p for p in between.split(words) if p]
        named = [o for p in parts if (o := recognise(p, offered)) is not None]
        if len(named) >= 2 and len(named) == len(parts):
            return named
    return []
