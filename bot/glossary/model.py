"""Values of the glossary: a word of the field with its meaning, and what memory knows of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.drills.model import Card


@dataclass(frozen=True, slots=True)
class Term:
    """A word of hers and what it means. `added` is a local day."""

    id: str
    term: str
    meaning: str
    added: date


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of a term without its words: its place in the deck, counted as it was built, and its memory."""

    id: str
    place: int
    card: Card | None = None
    """None while it was never asked."""
