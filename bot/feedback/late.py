"""A pattern that is built when it is first looked for; all those of the detectors together take a fifth of a second."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property


class Late:
    """What `re.compile` gives, later."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._pattern, self._flags = pattern, flags

    @cached_property
    def _built(self) -> re.Pattern[str]:
        return re.compile(self._pattern, self._flags)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """As in `re`."""
        return self._built.search(text, start)

    def match(self, text: str) -> re.Match[str] | None:
        """As in `re`."""
        return self._built.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As in `re`."""
        return self._built.fullmatch(text)

    def findall(self, text: str) -> list[str]:
        """As in `re`."""
        return self._built.findall(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As in `re`."""
        return self._built.finditer(text)

    def split(self, text: str) -> list[str]:
        """As in `re`, for patterns without groups."""
        return self._built.split(text)

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """As in `re`."""
        return self._built.sub(by, text)
