"""The glossary of one person; terms and meanings are encrypted."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.drills.model import Card
from bot.glossary.model import Held, Term
from storage.columns import Sealer
from storage.rows import GlossaryRow


class SqlGlossary:
    """The `Glossary` port on SQL."""

    def __init__(self, session: AsyncSession, person_id: str, sealer: Sealer) -> None:
        self._session, self._person_id, self._sealer = session, person_id, sealer

    async def held(self) -> Sequence[Held]:
        """Every term without its words, in the order of adding."""
        row = GlossaryRow
        rows = await self._session.exec(
            select(row.id, row.place, row.stability, row.difficulty, row.due, row.last, row.reps, row.lapses)  # type: ignore[call-overload]
            .where(row.person_id == self._person_id)
            .order_by(col(row.place))
        )
        return [
            Held(term_id, place, None if memory[0] is None else Card(term_id, *memory))
            for term_id, place, *memory in rows
        ]

    async def terms(self) -> Sequence[Term]:
        """Every term, in the order of adding."""
        rows = await self._session.exec(
            select(GlossaryRow)
            .where(GlossaryRow.person_id == self._person_id)
            .order_by(col(GlossaryRow.place))
        )
        return [self._term(row) for row in rows]

    async def term(self, term_id: str) -> Term | None:
        """One term; None if it is not in her deck."""
        rows = await self._session.exec(
            select(GlossaryRow).where(GlossaryRow.person_id == self._person_id, GlossaryRow.id == term_id)
        )
        row = rows.one_or_none()
        return self._term(row) if row else None

    def _term(self, row: GlossaryRow) -> Term:
        words = self._sealer.open(row.sealed)
        return Term(row.id, words["term"], words["meaning"], row.added)

    async def add(self, terms: Sequence[Term]) -> None:
        """Put terms behind those that are there."""
        rows = await self._session.exec(
            select(func.max(GlossaryRow.place)).where(GlossaryRow.person_id == self._person_id)
        )
        last = rows.one_or_none() or 0
        for place, term in enumerate(terms, last + 1):
            self._session.add(
                GlossaryRow(
                    person_id=self._person_id,
                    id=term.id,
                    place=place,
                    added=term.added,
                    sealed=self._sealer.seal({"term": term.term, "meaning": term.meaning}),
                )
            )
        await self._session.flush()

    async def remember(self, card: Card) -> None:
        """Keep what memory knows of a term, under the term's id."""
        mine = (col(GlossaryRow.person_id) == self._person_id) & (col(GlossaryRow.id) == card.drill_id)
        await self._session.exec(
            update(GlossaryRow)
            .where(mine)
            .values(
                stability=card.stability,
                difficulty=card.difficulty,
                due=card.due,
                last=card.last,
                reps=card.reps,
                lapses=card.lapses,
            )
            .execution_options(synchronize_session=False)
        )

    async def remove(self, term_id: str) -> None:
        """Take a term out, with its memory."""
        mine = (col(GlossaryRow.person_id) == self._person_id) & (col(GlossaryRow.id) == term_id)
        await self._session.exec(delete(GlossaryRow).where(mine))
