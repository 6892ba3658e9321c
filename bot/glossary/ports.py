"""What the glossary needs from storage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.drills.model import Card
from bot.glossary.model import Held, Term


class Glossary(Protocol):
    """The deck of one person."""

    async def held(self) -> Sequence[Held]:
        """Every term without its words, in the order of adding."""

    async def terms(self) -> Sequence[Term]:
        """Every term, in the order of adding."""

    async def term(self, term_id: str) -> Term | None:
        """One term; None if it is not in her deck."""

    async def add(self, terms: Sequence[Term]) -> None:
        """Put terms behind those that are there."""

    async def remember(self, card: Card) -> None:
        """Keep what memory knows of a term, under the term's id."""

    async def remove(self, term_id: str) -> None:
        """Take a term out, with its memory."""
