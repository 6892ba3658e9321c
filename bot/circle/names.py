"""What people are called in a circle: read strictly, since everybody there sees it and goes by it; and a name until one
is chosen."""

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
_MARKS = frozenset(" .'’-&+!")
_MARKS_OF_CIRCLES = _MARKS | frozenset(",()")
"""Members' names stand in lists, some with a word in brackets that only Pacer says, so they hold no commas or brackets."""
_RESERVED = (
    "Pacer", "admin", "admins", "administrator", "moderator",
    "somebody", "someone", "anybody", "nobody", "everybody", "everyone",
)  # fmt: skip
"""Words by which Pacer names itself, those who decide, and people it does not name."""
_ALIKE_ALPHABETS = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})
"""Alphabets with letters that look like another one's: a word that mixes them is made to be misread."""
_LOOKS = {
    **str.maketrans("авгеѕіјкмнорстухһԁԛԝүӏ", "abresljkmhopctyxhdqwyl"),
    **str.maketrans("αβγεζηικμνορτυχ", "abyezhlkmnoptyx"),
    **str.maketrans("iı10", "lllo"),
}
"""Small letters of other alphabets by the Latin ones that they, or their capitals, are mistaken for. Unicode's own table of
these is not in the standard library; words of one alphabet can only be misread by these few. The last are signs that
many typefaces draw alike."""
_UNSEEN = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
_BLANK = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs, as Unicode has it, that nothing is drawn for."""
_PILED = re.compile("([\u0300-\u036f]{2})[\u0300-\u036f]+")
"""More accents over one letter than any language has."""
_ACCENTS = re.compile("[\u0300-\u036f]")


def read_name(typed: str, today: date) -> str:
    """A member's name. Raises Unclear."""
    name = _read(typed, LONGEST, _MARKS)
    words = _words(name)
    if any(len(_alphabets(word) & _ALIKE_ALPHABETS) > 1 for word in words):
        raise Unclear("A word in it mixes letters of two alphabets. Write each word in one alphabet.")
    if {alike(each) for each in (name, *words)} & {alike(word) for word in _RESERVED}:
        raise Unclear(
            "That one would be taken for me, for an admin, or for nobody in particular. Pick another one."
        )
    return name


def read_circle_name(typed: str, today: date) -> str:
    """A circle's name. Raises Unclear."""
    return _read(typed, LONGEST_CIRCLE, _MARKS_OF_CIRCLES)


def _words(name: str) -> list[str]:
    """Its words, without what stands between them."""
    return "".join(c if c.isalnum() or _is_mark(c) else " " for c in name).split()


def _alphabets(word: str) -> set[str]:
    letters = (c for c in unicodedata.normalize("NFKD", word) if c.isalpha())
    return {unicodedata.name(c, "").partition(" ")[0] for c in letters}


def _read(typed: str, longest: int, marks: frozenset[str]) -> str:
    """One line without signs that call people, hide, or style the rest of a message."""
    whole = unicodedata.normalize("NFC", typed)
    if ping_in(whole) or "@" in whole:
        raise Unclear("A name cannot call people, so it holds no @. Pick one without it.")
    seen = "".join(" " if c.isspace() else c for c in whole if c.isspace() or _is_seen(c))
    name = " ".join(_PILED.sub(r"\1", seen).split())
    if not any(c.isalnum() for c in name) or len(name) > longest:
        raise Unclear(f"A name has one to {longest} characters, and a letter or digit among them.")
    if not all(c in marks or _may_stand(c) for c in name):
        said = " ".join(sorted(marks - {" ", "’"}))
        raise Unclear(f"A name is made of letters, digits and spaces; {said} may stand among them.")
    return name


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in _UNSEEN and sign not in _BLANK


def _may_stand(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return kind[0] in _HARMLESS or kind in ("Mc", "Mn", "So")


def _is_mark(sign: str) -> bool:
    """Whether it belongs to the letter before it, and is seen there."""
    is_style = unicodedata.name(sign, "").startswith("VARIATION SELECTOR")
    return unicodedata.category(sign)[0] == "M" and not is_style


def alike(name: str) -> str:
    """The same for names that people would mix up by capitals, width, accents, or letters that look like others."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", name)).casefold().translate(_LOOKS)
    return "".join(c for c in bare if c.isalnum() or _is_mark(c))


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
