"""What people are called in a circle: read strictly, since everybody there sees it; and a name until one is chosen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from hashlib import blake2s

from bot.chat.form import Unclear
from bot.chat.pings import ping_in

LONGEST = 30
LONGEST_CIRCLE = 40
_COLOURS = (
    "Amber", "Blue", "Bronze", "Coral", "Copper", "Green", "Grey", "Indigo", "Ivory", "Jade", "Lilac", "Olive",
    "Plum", "Red", "Rust", "Sand", "Silver", "Teal", "Violet", "White",
)  # fmt: skip
_BIRDS = (
    "Crane", "Curlew", "Dipper", "Dove", "Finch", "Gull", "Heron", "Ibis", "Jay", "Kestrel", "Kite", "Lark", "Linnet",
    "Martin", "Owl", "Petrel", "Plover", "Robin", "Rook", "Stork", "Swift", "Teal", "Tern", "Thrush", "Wren",
)  # fmt: skip
_HARMLESS = frozenset("LNZ")
_MARKS = frozenset(" .'’-&+,!()")
_UNSEEN = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
_PILED = re.compile("([\u0300-\u036f]{2})[\u0300-\u036f]+")
"""More accents over one letter than any language has."""
_ACCENTS = re.compile("[\u0300-\u036f]")


def read_name(typed: str, today: date) -> str:
    """A member's name. Raises Unclear."""
    return _read(typed, LONGEST)


def read_circle_name(typed: str, today: date) -> str:
    """A circle's name. Raises Unclear."""
    return _read(typed, LONGEST_CIRCLE)


def _read(typed: str, longest: int) -> str:
    """One line without signs that call people, hide, or style the rest of a message."""
    whole = unicodedata.normalize("NFC", typed)
    if ping_in(whole) or "@" in whole:
        raise Unclear("A name cannot call people, so it holds no @. Pick one without it.")
    seen = "".join(
        " " if c.isspace() else c for c in whole if c.isspace() or unicodedata.category(c) not in _UNSEEN
    )
    name = " ".join(_PILED.sub(r"\1", seen).split())
    if not any(c.isalnum() for c in name) or len(name) > longest:
        raise Unclear(f"A name has one to {longest} characters, and a letter or digit among them.")
    if not all(_may_stand(c) for c in name):
        raise Unclear("A name is made of letters, digits, spaces and . ' - & + , ! ( ).")
    return name


def _may_stand(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return sign in _MARKS or kind[0] in _HARMLESS or kind in ("Mc", "Mn", "So")


def alike(name: str) -> str:
    """The same for names that people would mix up by capitals, width or accents."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", name)).casefold()
    return "".join(c for c in bare if c.isalnum() or unicodedata.category(c)[0] == "M")


def is_taken(name: str, others: Iterable[str]) -> bool:
    """Whether somebody there is called so."""
    return alike(name) in {alike(other) for other in others}


def first_name(seed: str, others: Iterable[str]) -> str:
    """A name until she says one: a coloured bird that nobody there is."""
    taken = {alike(other) for other in others}
    for n in range(10_000):
        number = int.from_bytes(blake2s(f"{seed}:{n}".encode(), digest_size=4).digest(), "big")
        colour, bird = _COLOURS[number % len(_COLOURS)], _BIRDS[number // len(_COLOURS) % len(_BIRDS)]
        name = f"{colour} {bird}" if n < 20 else f"{colour} {bird} {n}"
        if alike(name) not in taken:
            return name
    raise AssertionError("a circle has fewer members than there are names")
