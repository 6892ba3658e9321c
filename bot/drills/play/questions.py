"""Tells what she asks from what she states, sentence by sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.feedback.terms import sentences

LONGEST_ASKED = 16
"""Words up to which a line that begins like a question is one without its mark."""
LONGEST_COMMAND = 25
TERSE = 12
"""Words up to which a line at an incident is something to look at, unless it states something."""
SENTENCE = 5
"""Words from which a line with a full stop states something."""
PROSE = 30
"""Words from which a message of whole sentences is an account, however its lines are broken."""

_LEAD = r"(?:(?:and|but|so|also|ok|okay|then|well|hm+|first|next|now|alright|great|thanks|hi|hello|one more)\b[,: ]*)*"
_SUBJECT = r"(?:i|we|you|they|it|she|he|the|this|that|there|users|people|customers|any|these|those|all)"
_WONDERS = re.compile(
    _LEAD + r"(?:"
    rf"(?:is|are|was|were|do|does|did|can|could|may|might|must|should|shall|will|would|has)(?:n['’]t)? {_SUBJECT}\b"
    r"|what(?! (?:we|i|you see)\b)|which(?! (?:means|is why|gives|makes)\b)|who\b|whose\b|whom\b|why\b"
    r"|how(?! (?:it|we|i|this|the)\b)|(?:when|where) (?:do|does|did|is|are|was|were|will|must|should|can)\b"
    r"|any \w+"
    r")\b.*",
    re.IGNORECASE | re.DOTALL,
)
_ASKS = re.compile(
    _LEAD + r"(?:"
    r"i(?:['’]d| would|['’]ll| will)? (?:also )?(?:like|want|need|wish|have) to (?:ask|know|confirm|check|clarify|hear|be sure)\b"
    r"|i(?: am|['’]m) (?:wondering|curious|asking|not sure (?:if|whether|how|what))\b|i wonder\b"
    r"|(?:let me|let us|let['’]s|may i|can i|could i) (?:just |first )?(?:ask|confirm|clarify|know)\b"
    r"|(?:please )?(?:could you )?(?:tell me|confirm|clarify)\b|just to (?:confirm|clarify|check|be sure)\b"
    r"|(?:quick |one |my )?questions?\b|am i right\b|do i understand\b|to confirm\b"
    r").*",
    re.IGNORECASE | re.DOTALL,
)
_LOOKS = (
    r"look|check|see|ask|run|open|inspect|compare|get|query|grep|tail|pull|read|list|count|measure|trace|profile|ping|dig"
    r"|curl|show|find|watch|examine|test|try|describe|explain|decode|capture|verify|print|cat|top|ls|df|du|ps|kubectl|ssh"
)
_COMMANDS = re.compile(
    _LEAD
    + r"(?:(?:i(?:['’]d| would|['’]ll| will| want to| need to)?|let me|let us|let['’]s|please|can i|go and)"
    rf" (?:like to |want to )?)*(?:{_LOOKS})\b.*|[$>#] ?\w.*",
    re.IGNORECASE | re.DOTALL,
)
_STATES = re.compile(
    _LEAD
    + r"(?:it is|it['’]s|it was|this is|that is|that['’]s|the (?:root )?cause|the problem|the reason|because|therefore|hence"
    r"|i(?: am|['’]m)? (?:think|believe|suspect|sure|conclude|guess|would|will|want|propose)|i['’](?:d|ll)|we(?:['’]ll)? |my |to prevent)",
    re.IGNORECASE,
)
_TWO = re.compile(
    r",? (?:and|or) (?:also )?(?=(?:how|what|which|who|whose|when|where|why|is|are|do|does|can|may|should|must)\b)",
    re.IGNORECASE,
)
"""Where one sentence goes on to a second question."""
CAUSE = re.compile(
    r"^[ \t>*_-]*(?:(?:root|the|my|likely|probable) )*(?:cause|diagnosis|conclusion|closing(?: statement)?)[*_ ]*:[*_ ]*",
    re.IGNORECASE | re.MULTILINE,
)
"""How a diagnosis begins."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message asks and what it states, each in its order."""

    asked: tuple[str, ...]
    stated: tuple[str, ...]


def asks(sentence: str) -> bool:
    """Whether a sentence is a question, or says that it wants to know something."""
    clean = sentence.strip().rstrip("\"')]*_` ").lstrip("-*•>– \t")
    if clean.endswith("?") or _ASKS.match(clean):
        return True
    open_ended = not clean.endswith((".", "!", ":"))
    return open_ended and count(clean) <= LONGEST_ASKED and bool(_WONDERS.match(clean))


def in_talk(text: str) -> Heard:
    """Questions and statements of a message in a conversation."""
    cut = [s.text for line in _blocks(text) for s in sentences(line)]
    asked = (q.strip() for s in cut if asks(s) for q in _TWO.split(s))
    return Heard(tuple(q for q in asked if q), tuple(s for s in cut if not asks(s)))


def at_incident(text: str) -> Heard:
    """Things to look at, and what is stated; from "cause:" on everything is stated."""
    begins = CAUSE.search(text)
    if begins:
        before = at_incident(text[: begins.start()])
        named = text[begins.end() :].strip()
        return Heard(before.asked, (*before.stated, named) if named else before.stated)
    whole = [s.text for s in sentences(text)]
    if count(text) > PROSE and sum(s.endswith(".") for s in whole) >= 2:
        return Heard(
            tuple(s for s in whole if s.endswith("?")), tuple(s for s in whole if not s.endswith("?"))
        )
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    cut = [s.text for line in lines for s in sentences(line)]
    return Heard(tuple(s for s in cut if _looked_at(s)), tuple(s for s in cut if not _looked_at(s)))


def count(text: str) -> int:
    """Words."""
    return len(text.split())


def _blocks(text: str) -> list[str]:
    """A message by its lines where they are short and each for itself, else by its paragraphs."""
    lines = [line for line in text.splitlines() if line.strip()]
    if any(asks(line) for line in lines) and all(count(line) <= LONGEST_COMMAND for line in lines):
        return lines
    return [text]


def _is_asked(line: str) -> bool:
    return asks(line) or (bool(_COMMANDS.match(line)) and count(line) <= LONGEST_COMMAND)


def _looked_at(sentence: str) -> bool:
    if _is_asked(sentence):
        return True
    tells = sentence.rstrip().endswith((".", "!")) and count(sentence) >= SENTENCE
    return count(sentence) <= TERSE and not tells and not _STATES.match(sentence)
