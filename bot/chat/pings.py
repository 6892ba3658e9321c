"""Words that would notify people if a platform took them at their word."""

from __future__ import annotations

import re

PING = re.compile(r"@everyone|(?<!\w)@here\b|<!(?:channel|here|everyone|subteam)|<@")


def ping_in(text: str) -> str:
    """The first thing in a text that would notify people; empty if nothing would."""
    found = PING.search(text)
    return found.group() if found else ""
