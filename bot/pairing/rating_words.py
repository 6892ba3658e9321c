"""What each of two who met is told in private about how their views differ: two sentences, no marks, no winner."""

from __future__ import annotations

from bot.chat.saying import listed
from bot.pairing.ratings import Gap, Row, Side

NOTHING_SHARED = "There is no row that you both rated, so there is nothing to compare. What you two said to each other stands."
ALL_ALIKE = "You two saw it alike, on everything that both of you rated."
ALL_ALIKE_NEXT = "Ask for one example all the same; it is what stays."
SOME_ALIKE = "You two saw {rows} alike."
NONE_ALIKE = "You two saw no row quite alike, and that is worth a few words."
WIDEST = "Furthest apart is *{row}*: you said {own}, your partner {partners}; {so}."
_SO = {
    (Side.CANDIDATE, True): "more came across than you felt",
    (Side.CANDIDATE, False): "ask for the moment where it did not come across",
    (Side.INTERVIEWER, True): "they saw more in it than you heard, so ask what you missed",
    (Side.INTERVIEWER, False): "they see less in it than you heard, so tell them the words you heard",
}
"""By the reader's side, and whether the partner rated higher. About the candidate's part."""
_SO_INTERVIEWING = {
    (Side.INTERVIEWER, True): "it did more good than you felt",
    (Side.INTERVIEWER, False): "ask what would have helped",
    (Side.CANDIDATE, True): "they see more in it than reached you, so tell them what you missed",
    (Side.CANDIDATE, False): "it helped more than they think, so tell them",
}
"""The same about the interviewer's part."""


def told(reader: Side, about: Side, found: Gap) -> str:
    """Two sentences for one of the two about one part; the other one reads her own."""
    if not found.compared:
        return NOTHING_SHARED
    if found.widest is None or found.own is None or found.partners is None:
        return f"{ALL_ALIKE} {ALL_ALIKE_NEXT}"
    alike = SOME_ALIKE.format(rows=_named(found.alike)) if found.alike else NONE_ALIKE
    so = (_SO if about is Side.CANDIDATE else _SO_INTERVIEWING)[reader, found.partners > found.own]
    apart = WIDEST.format(row=found.widest.name, own=found.own.word, partners=found.partners.word, so=so)
    return f"{alike} {apart}"


def _named(rows: tuple[Row, ...]) -> str:
    return listed([f"*{r.name}*" for r in rows])
