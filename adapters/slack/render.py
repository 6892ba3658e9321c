"""A message as Block Kit. Text becomes rich text, which is structure: nothing in it is read as markup or mention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, assert_never

from adapters.slack.attach import NOTHING, Attached
from adapters.slack.inbound import BEGINS
from adapters.slack.limits import (
    ABOUT,
    ALT,
    BLOCKS,
    CHARACTERS,
    COLUMNS,
    FALLBACK,
    HEADING,
    IN_A_ROW,
    PLACEHOLDER,
    SLACK,
)
from bot.chat import draw
from bot.chat.fit import are_buttons, fit, rows_of, split_text, without_file
from bot.chat.markup import Kind, Passage, Span, close_up, passages, plain, rejoined_fences
from bot.chat.message import Block, Chart, Choices, Contact, Fields, File, Heading, Message, Option, Text

Json = dict[str, Any]
_ELEMENT = {
    Kind.PROSE: "rich_text_section",
    Kind.QUOTE: "rich_text_quote",
    Kind.CODE: "rich_text_preformatted",
}


@dataclass(frozen=True, slots=True)
class Part:
    """What goes out as one Slack message."""

    text: str
    """For notifications, screen readers and clients that cannot show the blocks."""
    blocks: list[Json]
    instead: list[Json] | None = None
    """The same without any picture, for when Slack refuses one; None where there is none."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A few blocks that must not be parted, and what they say in plain words."""

    words: str
    blocks: list[Json]
    instead: list[Json] | None = None
    """The same without a picture."""

    @property
    def without(self) -> list[Json]:
        """Its blocks without any picture."""
        return self.blocks if self.instead is None else self.instead


def parts(message: Message, attached: Attached = NOTHING) -> list[Part]:
    """The message as one Slack message; more only where one cannot hold it.

    Charts that were uploaded are pictures, others are drawn in text.
    """
    fitted, _ = fit(message, SLACK)
    found: list[list[_Piece]] = []
    size = (0, 0)
    for piece in _pieces(fitted.blocks, attached):
        size = (size[0] + _height(piece), size[1] + len(piece.words))
        if not found or size[0] > BLOCKS or size[1] > CHARACTERS:
            found.append([])
            size = (_height(piece), len(piece.words))
        found[-1].append(piece)
    made = [part for pieces in found if (part := _part(pieces)).text and part.blocks]
    if message.topic:
        _begin_a_thread(made)
    return made


def _begin_a_thread(made: list[Part]) -> None:
    """Mark the buttons, so that a click on one leads into the thread under its message."""
    for part in made:
        for number, block in enumerate(part.blocks):
            if block["type"] == "actions":
                block["block_id"] = f"{BEGINS}{number}"


def _part(pieces: Iterable[_Piece]) -> Part:
    held = list(pieces)
    fallback = split_text(_escaped("\n".join(p.words for p in held).strip()), FALLBACK)[0]
    blocks = [block for piece in held for block in piece.blocks]
    without = [block for piece in held for block in piece.without]
    return Part(fallback, blocks, without if any(p.instead is not None for p in held) else None)


def _height(piece: _Piece) -> int:
    return max(len(piece.blocks), len(piece.without))


def _escaped(text: str) -> str:
    """The three characters that Slack reads in `text`: docs.slack.dev, formatting message text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _pieces(blocks: tuple[Block, ...], attached: Attached) -> Iterator[_Piece]:
    mended = iter(rejoined_fences([b.text for b in blocks if isinstance(b, Text)]))
    for number, block in enumerate(blocks):
        match block:
            case Text():
                yield _prose(next(mended))
            case Heading():
                yield _heading(block)
            case Fields():
                words = "\n".join(f"{name}: {value}" if name else value for name, value in block.rows)
                yield from _drawn(draw.table(block, COLUMNS), plain(words))
            case Choices():
                yield from _choices(block, number)
            case Contact():
                yield _contact(block)
            case Chart() if block in attached.pictures:
                yield _picture(block, attached.pictures[block])
            case Chart():
                yield from _drawn(draw.bars(block, COLUMNS), f"{block.title}\n{block.alt}")
            case File() if block in attached.files:
                yield _prose(f"{block.about}\n`{block.told}`")
            case File():
                yield from map(_prose, split_text(without_file(block), SLACK.text))
            case _:
                assert_never(block)


def _prose(text: str) -> _Piece:
    found = close_up(passages(text))
    elements = [_element(p, last=p is found[-1]) for p in found]
    words = "\n".join("".join(s.text for s in p.spans) for p in found)
    return _Piece(words, [{"type": "rich_text", "elements": elements}] if elements else [])


def _element(passage: Passage, *, last: bool) -> Json:
    runs = [_run(span) for span in passage.spans]
    # Sections follow one another on one line unless the first ends it; quotes and code end theirs themselves.
    if passage.kind is Kind.PROSE and not last:
        runs.append({"type": "text", "text": "\n"})
    return {"type": _ELEMENT[passage.kind], "elements": runs}


def _run(span: Span) -> Json:
    style = {name: True for name in ("bold", "italic", "code") if getattr(span, name)}
    run: Json = {"type": "link", "url": span.text} if span.link else {"type": "text", "text": span.text}
    return {**run, "style": style} if style else run


def _heading(block: Heading) -> _Piece:
    words = "\n".join(part for part in (block.heading, block.about) if part)
    title = " ".join(block.heading.split())
    if not 0 < len(title) <= HEADING or len(block.about) > ABOUT:
        return _prose(words)
    header: Json = {"type": "header", "text": _plain(title)}
    about: Json = {"type": "context", "elements": [_plain(block.about)]}
    return _Piece(words, [header, about] if block.about.strip() else [header])


def _contact(block: Contact) -> _Piece:
    """A mention. Slack notifies nobody who is not in the conversation, and this one is private."""
    runs: list[Json] = [
        {"type": "text", "text": f"{block.name}: "},
        {"type": "user", "user_id": block.who.account},
    ]
    section: Json = {"type": "rich_text_section", "elements": runs}
    return _Piece(block.name, [{"type": "rich_text", "elements": [section]}])


def _drawn(text: str, words: str) -> Iterator[_Piece]:
    """What is drawn in text; a notification and a screen reader get the words for it."""
    for number, piece in enumerate(rejoined_fences(split_text(text, SLACK.text))):
        yield _Piece(words if number == 0 else "", _prose(piece).blocks)


def _picture(block: Chart, uploaded: str) -> _Piece:
    image: Json = {
        "type": "image",
        "slack_file": {"id": uploaded},
        "alt_text": (block.alt or block.title)[:ALT],
    }
    words = f"{block.title}\n{block.alt}"
    drawn = list(_drawn(draw.bars(block, COLUMNS), words))
    return _Piece(words, [image], [b for piece in drawn for b in piece.blocks])


def _choices(block: Choices, number: int) -> Iterator[_Piece]:
    options = list({option.key: option for option in reversed(block.options)}.values())[::-1]
    asked = _prose(block.prompt) if block.prompt else _Piece("", [])
    labels = " · ".join(o.label for o in options)
    if are_buttons(block, SLACK):
        rows = [[_button(o) for o in row] for row in rows_of(options, IN_A_ROW)]
    else:
        rows = [[_select(block.prompt, options, number)]]
    actions: list[Json] = [{"type": "actions", "elements": row} for row in rows]
    yield _Piece("\n".join(filter(None, (asked.words, labels))), [*asked.blocks, *actions])


def _button(option: Option) -> Json:
    return {"type": "button", "text": _plain(option.label), "action_id": option.key, "value": option.key}


def _select(prompt: str, options: list[Option], number: int) -> Json:
    first_line = "".join(takewhile(lambda c: c != "\n", prompt))
    return {
        "type": "static_select",
        "action_id": f"1:select:{number}",
        "placeholder": _plain(first_line if 0 < len(first_line) <= PLACEHOLDER else "Pick one"),
        "options": [{"text": _plain(o.label), "value": o.key} for o in options],
    }


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}
