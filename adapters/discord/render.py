"""A message as Discord's components (version 2). Everything that Discord would read as markup is escaped.

Every message is made of components, also one of words alone: the flag that says so can never be
taken back, so that otherwise some edit would some day be refused. Such a message has no content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from typing import Any, assert_never

import discord

from adapters.discord.limits import (
    ALT,
    ATTACHED,
    ATTACHMENTS,
    COLUMNS,
    COMPONENTS,
    DISCORD,
    HEADING,
    IN_A_ROW,
    PLACEHOLDER,
    TEXT,
)
from bot.chat import draw
from bot.chat.fit import are_buttons, fit, rows_of, split_text, units
from bot.chat.markup import FENCE, Kind, Passage, Span, close_up, passages, rejoined_fences
from bot.chat.message import Block, Chart, Choices, Contact, Fields, File, Heading, Message, Option, Text

ACCENT = 0x1F6F5C
_UNFENCED = "`\u200b``"
"""A fence inside of code, parted by a character of no width so that it does not end it."""
_SPECIAL = re.compile(r"[\\*_~|`]|^(?:#{1,3}|-#|>{1,3})(?= )|\[(?=[^\]\n]*\]\()|<(?=[@#:/a-z])", re.M)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart under the name that it is attached by."""

    name: str
    data: bytes
    """PNG."""
    alt: str


Piece = str | Choices | Heading | Picture | File


@dataclass(slots=True)
class Part:
    """What goes out as one Discord message."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that it says, in Discord's markup."""
        return "\n".join(_said(piece) for piece in self.pieces if isinstance(piece, str | Heading))

    @property
    def keys(self) -> set[str]:
        """Keys of its options; Discord refuses one that stands there twice."""
        return {o.key for piece in self.pieces if isinstance(piece, Choices) for o in piece.options}

    @property
    def files(self) -> list[discord.File]:
        """What is attached to it; to be made anew for each sending, which reads them to their end."""
        return [discord.File(BytesIO(piece.data), piece.name) for piece in self._attached]

    @property
    def _attached(self) -> list[Picture | File]:
        return [piece for piece in self.pieces if isinstance(piece, Picture | File)]

    @property
    def view(self) -> discord.ui.LayoutView:
        """It in the SDK's own classes."""
        view = discord.ui.LayoutView(timeout=None)
        items = [item for number, piece in enumerate(self.pieces) for item in _items(piece, number)]
        if any(isinstance(piece, Heading) for piece in self.pieces):
            items = [discord.ui.Container(*items, accent_colour=ACCENT)]
        for item in items:
            view.add_item(item)
        return view

    def takes(self, piece: Piece) -> bool:
        """Whether there is room for one more."""
        if isinstance(piece, Choices) and self.keys & {o.key for o in piece.options}:
            return False
        if isinstance(piece, Picture | File) and not self._attaches(piece):
            return False
        texts = sum(units(_said(p)) for p in (*self.pieces, piece) if isinstance(p, str | Heading))
        return texts <= TEXT and 1 + sum(map(_weight, (*self.pieces, piece))) <= COMPONENTS

    def _attaches(self, piece: Picture | File) -> bool:
        """Whether one more can be attached, under a name of its own."""
        there = self._attached
        return (
            len(there) < ATTACHMENTS
            and piece.name not in {p.name for p in there}
            and sum(len(p.data) for p in (*there, piece)) <= ATTACHED
        )


def _said(piece: str | Heading) -> str:
    if isinstance(piece, str):
        return piece
    return "\n".join((f"### {_flat(piece.heading)}", *([f"-# {_flat(piece.about)}"] if piece.about else [])))


def _flat(text: str) -> str:
    return _escaped(" ".join(text.split()))


def _weight(piece: Piece) -> int:
    """Components that it takes."""
    match piece:
        case str() | Picture() | File():
            return 1
        case Heading():
            return 2
        case Choices() if are_buttons(piece, DISCORD):
            return len(piece.options) + len(rows_of(piece.options, IN_A_ROW))
        case Choices():
            return 2
        case _:
            assert_never(piece)


def _items(piece: Piece, number: int) -> list[discord.ui.Item[Any]]:
    match piece:
        case str():
            return [discord.ui.TextDisplay(piece)]
        case Heading():
            return [discord.ui.TextDisplay(_said(piece)), discord.ui.Separator()]
        case Choices() if are_buttons(piece, DISCORD):
            rows = rows_of(piece.options, IN_A_ROW)
            return [discord.ui.ActionRow(*map(_button, row)) for row in rows]
        case Choices():
            return [discord.ui.ActionRow(_select(piece, number))]
        case Picture():
            shown = discord.MediaGalleryItem(_uri(piece.name), description=piece.alt)
            return [discord.ui.MediaGallery(shown)]
        case File():
            return [discord.ui.File(_uri(piece.name))]
        case _:
            assert_never(piece)


def _uri(name: str) -> str:
    return f"attachment://{name}"


def _button(option: Option) -> discord.ui.Button[Any]:
    return discord.ui.Button(label=option.label, custom_id=option.key)


def _select(row: Choices, number: int) -> discord.ui.Select[Any]:
    return discord.ui.Select(
        custom_id=f"1:select:{number}",
        placeholder=row.prompt if 0 < units(row.prompt) <= PLACEHOLDER else "Pick one",
        options=[discord.SelectOption(label=o.label, value=o.key) for o in row.options],
    )


def parts(message: Message, pictures: Mapping[Chart, bytes] | None = None) -> list[Part]:
    """The message as one Discord message; more only where one cannot hold it.

    Charts that were drawn are `pictures`, others are text.
    """
    fitted, _ = fit(message, DISCORD)
    found: list[Part] = []
    for piece in _pieces(fitted.blocks, pictures or {}):
        if isinstance(piece, str) and not piece.strip():
            continue
        if not found or not found[-1].takes(piece):
            found.append(Part())
        found[-1].pieces.append(piece)
    return found


def _pieces(blocks: tuple[Block, ...], pictures: Mapping[Chart, bytes]) -> Iterator[Piece]:
    mended = iter(rejoined_fences([b.text for b in blocks if isinstance(b, Text)]))
    for number, block in enumerate(blocks):
        match block:
            case Text():
                yield from _prose(next(mended))
            case Heading() if block.heading.strip() and units(_said(block)) <= HEADING:
                yield block
            case Heading():
                yield from _prose("\n".join(part for part in (block.heading, block.about) if part))
            case Fields():
                yield from _drawn(draw.table(block, COLUMNS))
            case Choices():
                yield from _prose(block.prompt)
                yield Choices(_once(block.options), block.prompt)
            case Contact():
                # Whatever is sent allows no mention to notify anybody.
                yield f"{_flat(block.name)}: <@{block.who.account}>"
            case Chart() if block in pictures:
                yield Picture(f"chart-{number}.png", pictures[block], _short(block.alt or block.title, ALT))
            case Chart():
                yield from _drawn(draw.bars(block, COLUMNS))
            case File():
                yield from _prose(block.about)
                yield block
            case _:
                assert_never(block)


def _short(text: str, most: int) -> str:
    line = " ".join(text.split()) or "A chart"
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _once(options: Sequence[Option]) -> tuple[Option, ...]:
    """Each key once: where two options share one, the first is shown."""
    return tuple({option.key: option for option in reversed(options)}.values())[::-1]


def _drawn(text: str) -> Iterator[str]:
    for piece in rejoined_fences(split_text(text, DISCORD.text)):
        yield from _prose(piece)


def _prose(text: str) -> Iterator[str]:
    """A text's passages under one another, as many in one piece as it holds."""
    together = ""
    for written in (w for passage in close_up(passages(text)) for w in _written(passage)):
        joined = f"{together}\n{written}" if together else written
        if units(joined) > TEXT:
            yield together
            joined = written
        together = joined
    yield together


def _written(passage: Passage) -> Iterator[str]:
    """A passage in Discord's markup; one that is too long in halves, each whole in itself."""
    written = _marked(passage)
    if units(written) <= TEXT:
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
    text = f"`{span.text}`" if span.code else _escaped(span.text)
    return f"*{text}*" if span.italic else text


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
