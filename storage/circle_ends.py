"""Leaving a circle, and the end of one that nobody is left in; forgetting a person does both."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import delete, update
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.delivery.kinds import CIRCLE_NOTICES
from bot.delivery.model import State
from storage.circle_rows import CircleActRow, CircleMemberRow, CirclePostRow, CircleRow
from storage.rows import OutboxRow, ScheduleRow, UndeliveredRow

_KEPT = ("circle", "circle_post", "circle_act")


async def locked(session: AsyncSession, circle_id: str) -> CircleRow | None:
    """The circle's row, held until the commit, so that changes of one circle follow one another."""
    found = await session.exec(
        select(CircleRow)
        .where(CircleRow.id == circle_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.one_or_none()


async def leave(session: AsyncSession, circle_id: str, person_id: str) -> tuple[bool, str]:
    """Take a member out; whether the circle ended, and who became its admin. Nothing if she is none."""
    row = await locked(session, circle_id)
    hers = (CircleMemberRow.circle_id == circle_id, CircleMemberRow.person_id == person_id)
    if row is None or (await session.exec(select(CircleMemberRow.admin).where(*hers))).first() is None:
        return False, ""
    await _forget_there(session, circle_id, person_id)
    left = await session.exec(
        select(CircleMemberRow.person_id, CircleMemberRow.admin)
        .where(CircleMemberRow.circle_id == circle_id)
        .order_by(
            col(CircleMemberRow.admin).desc(), col(CircleMemberRow.since), col(CircleMemberRow.person_id)
        )
        .limit(1)
    )
    first = left.first()
    await want_all(session, circle_id)
    if first is None:
        await _end(session, row)
        return True, ""
    if first[1]:
        return False, ""
    heir = (col(CircleMemberRow.circle_id) == circle_id) & (col(CircleMemberRow.person_id) == first[0])
    await session.exec(update(CircleMemberRow).where(heir).values(admin=True))
    return False, first[0]


async def _forget_there(session: AsyncSession, circle_id: str, person_id: str) -> None:
    """Every row that is of her and of this circle, whichever table it stands in; acts stay, without a name."""
    connection = await session.connection()
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table.name not in _KEPT and {"circle_id", "person_id"} <= set(table.c.keys()):
            both = (table.c.circle_id == circle_id) & (table.c.person_id == person_id)
            await connection.execute(delete(table).where(both))
    waiting = (
        (col(OutboxRow.subject) == person_id)
        & (col(OutboxRow.state) == State.READY.value)
        & col(OutboxRow.kind).in_(CIRCLE_NOTICES)
        & col(OutboxRow.dedup_key).contains(f":{circle_id}.", autoescape=True)
    )
    gone = {"state": State.CANCELLED.value, "why": "left", "settled_at": datetime.now(UTC), "sealed": None}
    await session.exec(update(OutboxRow).where(waiting).values(**gone))
    missed = (col(UndeliveredRow.subject) == person_id) & col(UndeliveredRow.said).in_(CIRCLE_NOTICES)
    await session.exec(delete(UndeliveredRow).where(missed))


async def _end(session: AsyncSession, row: CircleRow) -> None:
    """Nobody is left: only the posts stay, until each of them says that it is over."""
    connection = await session.connection()
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table.name not in ("circle", "circle_post") and "circle_id" in table.c:
            await connection.execute(delete(table).where(table.c.circle_id == row.id))
    await session.exec(delete(ScheduleRow).where(col(ScheduleRow.subject) == row.id))
    await session.exec(
        update(CircleRow)
        .where(col(CircleRow.id) == row.id)
        .values(ended=True, sealed="", version=row.version + 1)
        .execution_options(synchronize_session=False)
    )


async def leave_everywhere(session: AsyncSession, person_id: str) -> None:
    """She is forgotten: out of every circle, and out of what admins did."""
    found = await session.exec(
        select(CircleMemberRow.circle_id).where(CircleMemberRow.person_id == person_id)
    )
    for circle_id in sorted(found.all()):  # in one order, so that two of these cannot wait for each other
        await leave(session, circle_id, person_id)
    await session.exec(delete(CircleActRow).where(col(CircleActRow.person_id) == person_id))


async def want_all(session: AsyncSession, circle_id: str) -> None:
    """Let every post of a circle be composed anew, those that wait for a later try at once."""
    more = {"wanted": col(CirclePostRow.wanted) + 1, "waiting": True}
    await session.exec(
        update(CirclePostRow)
        .where(col(CirclePostRow.circle_id) == circle_id)
        .values(**more)
        .execution_options(synchronize_session=False)
    )


async def purge(session: AsyncSession) -> int:
    """Forget circles that have ended, once none of their posts is to change any more; how many."""
    waits = select(CirclePostRow.circle_id).where(col(CirclePostRow.waiting).is_(True))
    found = await session.exec(
        select(CircleRow.id).where(col(CircleRow.ended).is_(True), col(CircleRow.id).not_in(waits))
    )
    over = found.all()
    for row, name in ((CirclePostRow, "circle_id"), (CircleRow, "id")):
        await session.exec(delete(row).where(col(getattr(row, name)).in_(over)))
    return len(over)
