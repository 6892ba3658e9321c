"""Rules of the deck: what may be in it, and which cards today asks for.

Words come in one block and in the order of the deck, not mixed among other things: for word lists
blocking serves better than interleaving (Brunmair & Richter 2019, doi 10.1037/bul0000209).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from bot.chat.form import Unclear
from bot.chat.pings import ping_in
from bot.glossary.model import Held

MOST = 1_000
"""Cards of a deck."""
LONGEST_TERM, LONGEST_MEANING = 80, 600
"""Characters."""
ROUND = 10
"""Cards a day at most; whatever else is due has time."""
NEW = 5
"""Cards a day that were never asked before."""
LOOKS_LIKE = "A card looks like *quorum = more than half of the replicas*."


def todays(deck: Sequence[Held], today: date) -> tuple[str, ...]:
    """Ids of the cards that today still asks for: what is due, the longest due first, then new ones."""
    asked = [h.card for h in deck if h.card and h.card.last == today]
    due = sorted(
        (h for h in deck if h.card and h.card.due <= today and h.card.last < today),
        key=lambda h: (h.card.due if h.card else today, h.place),
    )
    begun = sum(card.reps == 1 for card in asked)
    new = sorted((h for h in deck if h.card is None), key=lambda h: h.place)[: max(0, NEW - begun)]
    return tuple(h.id for h in (*due, *new))[: max(0, ROUND - len(asked))]


def next_day(deck: Sequence[Held], today: date) -> date | None:
    """The next day after today on which a card comes; None for an empty deck."""
    days = [max(h.card.due, today) if h.card else today for h in deck]
    later = [d for d in days if d > today]
    return min(later, default=None)


def read_pairs(text: str, known: Collection[str], room: int) -> tuple[tuple[str, str], ...]:
    """Terms and meanings, one a line. `known` are terms already there, `room` is how many more fit.

    Raises Unclear for the first line that is no card; then nothing is taken.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise Unclear(f"There is no card in that. {LOOKS_LIKE}")
    if len(lines) > room:
        raise Unclear(
            f"That is {len(lines):,} cards, and a deck holds {MOST:,}; yours has room for {room:,}. "
            "Nothing was added. A few that matter teach more than all of them."
        )
    seen = {folded(term): 0 for term in known}
    found = []
    for number, line in lines:
        where = f"Line {number}: " if len(lines) > 1 else ""
        term, meaning = _pair(line, where)
        if folded(term) in seen:
            twice = (
                f"is in line {seen[folded(term)]} too" if seen[folded(term)] else "is in your deck already"
            )
            raise Unclear(f"{where}*{term}* {twice}.{_nothing(where)}")
        seen[folded(term)] = number
        found.append((term, meaning))
    return tuple(found)


def folded(term: str) -> str:
    """A term as it is compared with others."""
    return " ".join(term.split()).casefold()


def _pair(line: str, where: str) -> tuple[str, str]:
    between = next((mark for mark in ("\t", " = ", "=") if mark in line), "=")
    term, _, meaning = (part.strip() for part in line.partition(between))
    if not term or not meaning:
        raise Unclear(f"{where}that is no card. {LOOKS_LIKE}{_nothing(where)}")
    for name, part, longest in (("term", term, LONGEST_TERM), ("meaning", meaning, LONGEST_MEANING)):
        if len(part) > longest:
            raise Unclear(
                f"{where}the {name} has {len(part):,} characters; {longest} is the most.{_nothing(where)}"
            )
    if ping := ping_in(line):
        raise Unclear(f"{where}`{ping}` would notify people; write it without.{_nothing(where)}")
    return term, meaning


def _nothing(where: str) -> str:
    return " Nothing was added." if where else ""
