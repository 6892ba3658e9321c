"""A message as Discord's content and components. Everything that Discord would read as markup is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, assert_never

import discord

from adapters.discord.limits import CONTENT, DISCORD, KEY, PLACEHOLDER, ROWS
from bot.chat.fit import fit, split_text
from bot.chat.markup import FENCE, Kind, Passage, Span, passages, rejoined_fences
from bot.chat.message import Block, Chart, Choices, Fields, Message, Option, Text

ASK = "Choose one:"
"""Discord takes no message of buttons alone."""
_UNFENCED = "`\u200b``"
"""A fence inside of code, parted by a character of no width so that it does not end it."""
_SPECIAL = re.compile(r"[\\*_~|`]|^(?:#{1,3}|-#|>{1,3})(?= )|\[(?=[^\]\n]*\]\()|<(?=[@#:/a-z])", re.M)


@dataclass(slots=True)
class Part:
    """What goes out as one Discord message."""

    content: str = ""
    rows: list[Choices] = field(default_factory=list)

    @property
    def keys(self) -> set[str]:
        """Keys under it; Discord refuses one that stands there twice."""
        return {option.key for row in self.rows for option in row.options}

    @property
    def view(self) -> discord.ui.View | None:
        """Its rows in the SDK's own classes."""
        if not self.rows:
            return None
        view = discord.ui.View(timeout=None)
        for number, row in enumerate(self.rows):
            for item in _items(row, number):
                view.add_item(item)
        return view


def parts(message: Message) -> list[Part]:
    """The message as one Discord message; more only where one cannot hold it."""
    fitted, _ = fit(message, DISCORD)
    found = [Part()]
    for piece in _pieces(fitted.blocks):
        if isinstance(piece, Choices):
            if len(found[-1].rows) == ROWS or found[-1].keys & {o.key for o in piece.options}:
                found.append(Part())
            found[-1].content = found[-1].content if found[-1].content.strip() else ASK
            found[-1].rows.append(piece)
        else:
            together = f"{found[-1].content}\n{piece}" if found[-1].content else piece
            if _units(together) > CONTENT:
                found.append(Part(piece))
            else:
                found[-1].content = together
    return [part for part in found if part.content.strip()]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _pieces(blocks: tuple[Block, ...]) -> Iterator[str | Choices]:
    mended = iter(rejoined_fences([b.text for b in blocks if isinstance(b, Text)]))
    for block in blocks:
        match block:
            case Text():
                yield from _prose(next(mended))
            case Fields():
                yield from _prose("\n".join(f"**{n}**  {v}" if n else v for n, v in block.rows))
            case Choices():
                yield from _choices(block)
            case Chart():
                yield from _prose(f"**{block.title}**\n{block.alt}")
            case _:
                assert_never(block)


def _prose(text: str) -> Iterator[str]:
    for passage in passages(text):
        yield from _written(passage)


def _written(passage: Passage) -> Iterator[str]:
    """A passage in Discord's markup; one that is too long in halves, each whole in itself."""
    written = _marked(passage)
    if _units(written) <= CONTENT:
        yield written
        return
    for half in split_text(passage.text, -(-len(passage.text) // 2)):
        yield from _written(Passage(passage.kind, half))


def _marked(passage: Passage) -> str:
    if passage.kind is Kind.CODE:
        inside = passage.text.replace(FENCE, _UNFENCED)
        return f"{FENCE}\n{inside}\n{FENCE}"
    written = "".join(_runs(bold, spans) for bold, spans in groupby(passage.spans, key=lambda s: s.bold))
    return written if passage.kind is Kind.PROSE else "\n".join(f"> {line}" for line in written.split("\n"))


def _runs(bold: bool, spans: Iterable[Span]) -> str:
    """Neighbours that are bold, or are not."""
    written = "".join(map(_run, spans))
    return f"**{written}**" if bold else written


def _run(span: Span) -> str:
    if span.link:
        return span.text
    text = f"`{span.text}`" if span.code else _SPECIAL.sub(r"\\\g<0>", span.text)
    return f"*{text}*" if span.italic else text


def _choices(block: Choices) -> Iterator[str | Choices]:
    options = tuple({option.key: option for option in reversed(block.options)}.values())[::-1]
    if any(len(o.key) > KEY or _units(o.label) > DISCORD.button_label for o in options):
        lines = "\n".join(f"{n}  {o.label}" for n, o in enumerate(block.options, 1))
        yield from _prose("\n".join(part for part in (block.prompt, lines) if part))
        return
    if block.prompt:
        yield from _prose(block.prompt)
    yield Choices(options, block.prompt)


def _items(row: Choices, number: int) -> list[discord.ui.Item[Any]]:
    if len(row.options) <= DISCORD.buttons:
        return [discord.ui.Button(label=o.label, custom_id=o.key, row=number) for o in row.options]
    return [
        discord.ui.Select(
            custom_id=f"1:select:{number}",
            placeholder=row.prompt if 0 < _units(row.prompt) <= PLACEHOLDER else "Pick one",
            options=[_select_option(o) for o in row.options],
            row=number,
        )
    ]


def _select_option(option: Option) -> discord.SelectOption:
    return discord.SelectOption(label=option.label, value=option.key)
