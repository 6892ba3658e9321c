"""A number and its unit stay on one line."""

from __future__ import annotations

import re

_APART = re.compile(r"(?<=\d) (?=(?:min|h|kB|MB)\b)")
NO_BREAK = "\u00a0"


def tied(text: str) -> str:
    """The text with a space that no line breaks at between a number and its unit: 10 min, 5 h, 100 kB."""
    return _APART.sub(NO_BREAK, text)
