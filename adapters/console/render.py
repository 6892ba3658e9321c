"""A message as lines of a terminal: plain text when piped, rich when somebody looks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from bot.chat.message import Block, Chart, Choices, Contact, Fields, File, Heading, Message, Text

if TYPE_CHECKING:
    from rich.console import Group
    from rich.text import Text as Styled

WIDTH = 76
BAR_CELLS = 16
_MARKS = re.compile(r"\*\*(.+?)\*\*|(?<![\w*)])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*(])|`([^`\n]+)`")
"""Bold, italic, code; a star between letters or brackets is a multiplication."""


def plain(message: Message) -> list[str]:
    """Lines without any styling; options are numbered through the whole message."""
    lines: list[str] = []
    number = 1
    for block in message.blocks:
        lines += _plain_block(block, number)
        if isinstance(block, Choices):
            number += len(block.options)
    return lines


def _plain_block(block: Block, number: int) -> list[str]:
    match block:
        case Text():
            return _without_marks(block.text).split("\n")
        case Heading():
            return [line for line in (block.heading, block.about) if line]
        case Fields():
            return _columns(block)
        case Choices():
            return _numbered(block, number)
        case Chart():
            return _bars(block)
        case File():
            return [*_without_marks(block.about).split("\n"), f"  {block.told}"]
        case Contact():
            return [f"  {block.name}: {block.who.account}"]
        case _:
            assert_never(block)


def _without_marks(text: str) -> str:
    """The small markup taken off, outside of code that stands on lines of its own."""
    lines = [
        line if line.startswith("    ") else _MARKS.sub(lambda m: m[1] or m[2] or m[3], line)
        for line in text.split("\n")
    ]
    return "\n".join(line for line in lines if not line.startswith("```"))


def _columns(block: Fields) -> list[str]:
    if not block.rows:
        return []
    width = min(max(len(name) for name, _ in block.rows), 28)
    return [f"  {name:<{width}}  {_without_marks(value)}" for name, value in block.rows]


def _numbered(block: Choices, number: int) -> list[str]:
    shown = [o.label if o.label == str(n) else f"{n} {o.label}" for n, o in enumerate(block.options, number)]
    one_line = "  " + "   ".join(shown)
    lines = [_without_marks(block.prompt)] if block.prompt else []
    if all(o.label.isdecimal() for o in block.options):
        return [*lines, "  " + "  ".join(o.label for o in block.options)]
    if len(one_line) <= WIDTH:
        return [*lines, one_line]
    return [*lines, *(f"  {line}" for line in shown)]


def _bars(block: Chart) -> list[str]:
    width = max((len(bar.label) for bar in block.bars), default=0)
    lines = [f"{block.title}"]
    for bar in block.bars:
        filled = round(BAR_CELLS * max(0.0, min(1.0, bar.value / block.top))) if block.top > 0 else 0
        lines.append(f"  {bar.label:<{width}}  {'█' * filled}{'·' * (BAR_CELLS - filled)}  {bar.words}")
    return [*lines, f"  ({block.alt})"] if block.alt else lines


def styled(message: Message) -> Group:
    """The message for rich: the same words in the same order, with one accent colour."""
    from rich.console import Group
    from rich.text import Text as Styled

    parts: list[Styled] = []
    number = 1
    for block in message.blocks:
        match block:
            case Text():
                parts += [_styled_line(line) for line in block.text.split("\n") if not line.startswith("```")]
            case Heading():
                parts += [
                    Styled(block.heading, style="bold"),
                    *([Styled(block.about)] if block.about else []),
                ]
            case Fields() | Chart() | File() | Contact():
                parts += [Styled(line) for line in _plain_block(block, number)]
            case Choices():
                parts += _styled_options(block, number)
                number += len(block.options)
            case _:
                assert_never(block)
    return Group(*parts)


def _styled_line(line: str) -> Styled:
    from rich.text import Text as Styled

    if line.startswith("    "):
        return Styled(line, style="cyan")
    styled, at = Styled(), 0
    for mark in _MARKS.finditer(line):
        styled.append(line[at : mark.start()])
        style = "bold" if mark[1] else "italic" if mark[2] else "cyan"
        styled.append(mark[1] or mark[2] or mark[3], style=style)
        at = mark.end()
    styled.append(line[at:])
    return styled


def _styled_options(block: Choices, number: int) -> list[Styled]:
    from rich.text import Text as Styled

    return [Styled(line, style="cyan") for line in _numbered(block, number)]
