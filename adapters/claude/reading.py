"""Reading a reply while it comes in: each point of it, as soon as it is whole."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.feedback.second_opinion import Claimed

_BEGINS = re.compile(r"\s*\{\s*\"points\"\s*:\s*\[")
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


def claimed(entry: Any) -> Claimed:
    """One point of a reply. Raises ValueError, TypeError or KeyError for anything else."""
    point, verdict, quote = entry["id"], entry["verdict"], entry["quote"]
    if not (isinstance(point, str) and isinstance(verdict, str) and isinstance(quote, str)):
        raise ValueError
    return Claimed(point, verdict, quote)


class Points:
    """What is whole so far of `{"points": [...]}`. A reply of another shape has none."""

    def __init__(self) -> None:
        self.read: list[Claimed] = []
        self._text, self._at = "", -1

    def feed(self, more: str) -> bool:
        """Take more of the reply; whether a point became whole."""
        self._text += more
        if self._at < 0:
            begun = _BEGINS.match(self._text)
            if begun is None:
                return False
            self._at = begun.end()
        before = len(self.read)
        while "}" in more and self._next():
            pass
        return len(self.read) > before

    def _next(self) -> bool:
        between = _BETWEEN.match(self._text, self._at)
        at = between.end() if between else self._at
        if not self._text.startswith("{", at):
            return False
        try:
            entry, self._at = _DECODER.raw_decode(self._text, at)
            self.read.append(claimed(entry))
        except (ValueError, TypeError, KeyError, RecursionError):
            return False
        return True
