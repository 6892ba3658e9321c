"""Reading Pacer's small markup, so that each platform can write it in its own.

**bold**, *italic*, `code`, fenced or indented code, "> " quotes, and bare links; all else is plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from bot.chat.units import tied

FENCE = "```"
_INDENT = "    "
AUTHORED = 72
"""Characters after which an author's editor breaks a line at the earliest."""
_MAY_BE_MARKED = re.compile(r"[`*>\n]|^    ")
_STANDS_ALONE = re.compile(r"    |```|> ")
_ITEM = re.compile(r"(?:[-–*•]|\d{1,2}[.)]|\d+(?:[-–]\d+)?:) ")
_SPANS = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|(?P<link>https?://[^\s<>`*]+[^\s<>`*.,;:!?)\]'\"])"
    r"|\*\*(?P<bold>.+?)\*\*(?!\*)"
    r"|(?<![\w*)])\*(?P<italic>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*(])"
)
"""A star between letters or brackets is a multiplication."""


class Kind(StrEnum):
    """What a passage is."""

    PROSE = "prose"
    QUOTE = "quote"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters in one style. Code and links hold no other style's marks."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of one kind, without the marks that made them so."""

    kind: Kind
    text: str

    @property
    def spans(self) -> tuple[Span, ...]:
        """Its runs, numbers tied to their units; code is one plain run."""
        if self.kind is Kind.CODE:
            return (Span(self.text),)
        return tuple(s if s.code or s.link else replace(s, text=tied(s.text)) for s in _spans(self.text))

    @property
    def words(self) -> str:
        """What it says without any style."""
        return self.text if self.kind is Kind.CODE else "".join(s.text for s in _spans(self.text))


def passages(text: str) -> list[Passage]:
    """The text as passages in order. A fence that is not closed reaches to the end."""
    found = groupby(_kinds(text), key=lambda line: line[:2])
    return [Passage(kind, "\n".join(line for _, _, line in lines)) for (kind, _), lines in found]


def flowing(text: str) -> str:
    """Authored text without the breaks of an editor, so that a phone can break its lines anew.

    A line goes on where the next one's first word had no room on it; lists, code and quotes stay as they are.
    """
    lines: list[str] = []
    before, inside = "", False
    for line in text.split("\n"):
        inside ^= _toggles(line)
        if not inside and lines and _goes_on(before, line):
            lines[-1] = f"{lines[-1]} {line.strip()}"
        else:
            lines.append(line)
        before = "" if inside else line
    return "\n".join(lines)


def _goes_on(before: str, line: str) -> bool:
    if any(not part.strip() or _STANDS_ALONE.match(part) for part in (before, line)) or _ITEM.match(line):
        return False
    hangs = line.startswith("  ") and (before.startswith("  ") or bool(_ITEM.match(before)))
    full = len(before) + 1 + len(line.split()[0]) > AUTHORED and not before.endswith(":")
    return hangs or full


def plain(text: str) -> str:
    """The text without any marks, for places that know no styles."""
    if not _MAY_BE_MARKED.search(text):
        return text
    return "\n".join(passage.words for passage in passages(text))


def close_up(found: Sequence[Passage]) -> list[Passage]:
    """The passages without the empty lines next to code, which platforms set apart by themselves."""
    code = [False, *(p.kind is Kind.CODE for p in found), False]
    closed = []
    for passage, before, after in zip(found, code, code[2:], strict=False):
        text = passage.text
        if passage.kind is not Kind.CODE:
            text = text.lstrip("\n") if before else text
            text = text.rstrip("\n") if after else text
        closed.append(Passage(passage.kind, text))
    return [p for p in closed if p.text.strip()]


def _kinds(text: str) -> Iterator[tuple[Kind, int, str]]:
    """Each line with its kind, and a number that tells one fence from the next."""
    inside, number = False, 0
    for line in text.split("\n"):
        if line.startswith(FENCE):
            inside, number = not inside, number + 1
            if inside and (whole := line.removeprefix(FENCE)).endswith(FENCE):
                yield Kind.CODE, number, whole.removesuffix(FENCE)
                inside = False
        elif inside:
            yield Kind.CODE, number, line
        elif line.startswith(_INDENT):
            yield Kind.CODE, 0, line.removeprefix(_INDENT)
        elif line.startswith("> "):
            yield Kind.QUOTE, 0, line.removeprefix("> ")
        else:
            yield Kind.PROSE, 0, line


def _spans(text: str, bold: bool = False, italic: bool = False) -> Iterator[Span]:
    at = 0
    for mark in _SPANS.finditer(text):
        if plain := text[at : mark.start()]:
            yield Span(plain, bold, italic)
        at = mark.end()
        match mark.lastgroup:
            case "bold":
                yield from _spans(mark["bold"], True, italic)
            case "italic":
                yield from _spans(mark["italic"], bold, True)
            case "code":
                yield Span(mark["code"], bold, italic, code=True)
            case _:
                yield Span(mark["link"], bold, italic, link=True)
    if rest := text[at:]:
        yield Span(rest, bold, italic)


def rejoined_fences(texts: Sequence[str]) -> list[str]:
    """Texts that were cut out of one: a fence that a cut went through is closed before and opened after it."""
    mended: list[str] = []
    inside = False
    for text in texts:
        whole = f"{FENCE}\n{text}" if inside else text
        inside = sum(_toggles(line) for line in whole.split("\n")) % 2 == 1
        mended.append(f"{whole}\n{FENCE}" if inside else whole)
    return mended


def _toggles(line: str) -> bool:
    """Whether a line opens or closes a fence; one that does both on one line does neither."""
    return line.startswith(FENCE) and not (len(line) >= 2 * len(FENCE) and line.endswith(FENCE))
