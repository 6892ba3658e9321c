"""A line of somebody's own that a circle reads: without signs that call people, hide, or style what stands around it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from bot.chat.form import Unclear
from bot.chat.pings import ping_in
from bot.turn import Turn

LONGEST = 300
_UNSEEN = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
_STYLES = str.maketrans({"*": "∗", "`": "'", ">": "›", "<": "‹"})


def read_line(typed: str) -> str:
    """One line as it may stand in a post; empty if nothing is left of it. Raises Unclear."""
    whole = unicodedata.normalize("NFC", typed)
    bare = "".join(
        " " if c.isspace() else c for c in whole if c.isspace() or unicodedata.category(c) not in _UNSEEN
    )
    line = " ".join(bare.split())
    if ping_in(whole) or ping_in(line):
        raise Unclear(
            "What I post calls nobody, so it holds no @everyone, @here and the like. Nothing was posted."
        )
    if len(line) > LONGEST:
        raise Unclear(
            f"{LONGEST} characters is the most I post in your name; the thread under it holds more."
        )
    if line and not any(c.isalnum() or unicodedata.category(c) == "So" for c in line):
        raise Unclear("I see no words in that. Say it again with some, or with none at all.")
    return line.translate(_STYLES)


def remember(turn: Turn, what: str, text: str) -> str:
    """Keep a line in her conversation until she has answered the question about it; the name it goes by."""
    values = {**turn.talk.values, what: text, f"{what}_id": turn.new_id}
    turn.talk = replace(turn.talk, values=values)
    return turn.new_id


def recall(turn: Turn, what: str, name: str) -> str | None:
    """The line of that name; None if it is another one's turn by now."""
    values = turn.talk.values
    return values.get(what, "") if name and values.get(f"{what}_id") == name else None


def let_go(turn: Turn, what: str) -> None:
    """The question about it is answered."""
    left = {k: v for k, v in turn.talk.values.items() if k not in (what, f"{what}_id")}
    turn.talk = replace(turn.talk, values=left)
