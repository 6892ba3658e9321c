"""The `Offers` port on SQL: drills that members offer their circle, encrypted as they were then."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.circle.news_model import MOST_WAITING, Offer, State
from bot.drills.model import Drill
from storage import circle_ends
from storage.circle_news_rows import CircleOfferRow
from storage.columns import Sealer
from storage.own_bank import drills
from storage.sql import upsert

_ROW = CircleOfferRow


class SqlOffers:
    """Drills that members offer their circle."""

    def __init__(self, session: AsyncSession, sealer: Sealer, me: str) -> None:
        self._session, self._sealer, self._me = session, sealer, me

    async def offer(self, offer: Offer, drill: Drill) -> bool:
        """Offer one of hers, anew after it was declined; False if too many wait there."""
        await circle_ends.locked(self._session, offer.circle_id)
        waiting = (_ROW.circle_id == offer.circle_id, _ROW.state == State.WAITING.value)
        others = (*waiting, col(_ROW.drill_id) != offer.drill_id)
        count = await self._session.exec(select(func.count()).select_from(_ROW).where(*others))
        if count.one() >= MOST_WAITING:
            return False
        whole = drills().dump_python(drill, mode="json")
        await upsert(
            self._session,
            _ROW,
            ["circle_id", "drill_id"],
            circle_id=offer.circle_id,
            drill_id=offer.drill_id,
            person_id=self._me,
            state=offer.state.value,
            named=offer.named,
            at=offer.at,
            sealed=self._sealer.seal({"title": offer.title, "drill": whole}),
        )
        return True

    async def withdraw(self, drill_id: str) -> Sequence[str]:
        """Take one of hers out of every circle; ids of those it was in."""
        hers = (col(_ROW.person_id) == self._me) & (col(_ROW.drill_id) == drill_id)
        found = await self._session.exec(select(_ROW.circle_id).where(hers))
        there = list(found.all())
        await self._session.exec(delete(_ROW).where(hers))
        return there

    async def offered(self, circle_id: str) -> Sequence[Offer]:
        """All of a circle's, the oldest first."""
        rows = await self._session.exec(
            select(_ROW)
            .where(_ROW.circle_id == circle_id)
            .order_by(col(_ROW.at), col(_ROW.drill_id))
            .execution_options(populate_existing=True)
        )
        return [
            Offer(
                row.circle_id,
                row.drill_id,
                row.person_id,
                self._sealer.open(row.sealed)["title"],
                row.named,
                row.at,
                State(row.state),
            )
            for row in rows
        ]

    async def drill(self, circle_id: str, drill_id: str) -> Drill | None:
        """An offered drill, whole; None if it is not offered there any more."""
        return await self._one(_is(circle_id, drill_id))

    async def approved(self, circle_id: str, drill_id: str) -> Drill | None:
        """The same, of one that is approved: no other may stand in the channel."""
        return await self._one(_is(circle_id, drill_id) & (col(_ROW.state) == State.APPROVED.value))

    async def _one(self, which: ColumnElement[bool]) -> Drill | None:
        sealed = (await self._session.exec(select(_ROW.sealed).where(which))).one_or_none()
        return self._open(sealed) if sealed else None

    def _open(self, sealed: str) -> Drill:
        return drills().validate_python(self._sealer.open(sealed)["drill"])

    async def decide(self, circle_id: str, drill_id: str, state: State, *, was: State) -> bool:
        """Let a drill be approved, or left out; False if it is not any more what it was, as somebody else decided."""
        done = await self._session.exec(
            update(_ROW)
            .where(_is(circle_id, drill_id), col(_ROW.state) == was.value)
            .values(state=state.value)
            .execution_options(synchronize_session=False)
        )
        return bool(done.rowcount)

    async def pool(self, circle_id: str) -> Sequence[tuple[Drill, str]]:
        """The approved ones, and the author's id where she wants to be named."""
        rows = await self._session.exec(
            select(col(_ROW.sealed), col(_ROW.named), col(_ROW.person_id))
            .where(_ROW.circle_id == circle_id, _ROW.state == State.APPROVED.value)
            .order_by(col(_ROW.drill_id))
        )
        return [(self._open(sealed), person_id if named else "") for sealed, named, person_id in rows]


def _is(circle_id: str, drill_id: str) -> ColumnElement[bool]:
    return and_(col(_ROW.circle_id) == circle_id, col(_ROW.drill_id) == drill_id)
