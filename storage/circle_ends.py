"""Leaving a circle, and the end of one that nobody is left in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, true, update
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import circle_letters, circle_shown
from storage.circle_rows import CircleMemberRow, CirclePostRow, CircleRow
from storage.rows import ScheduleRow

_KEPT = ("circle", "circle_post", "circle_act")
"""What stays when a member leaves."""
_STAYS = ("circle", "circle_post", "outbox")
"""What stays when the last one leaves: posts that are to say so, and letters that were settled."""


async def locked(session: AsyncSession, circle_id: str) -> CircleRow | None:
    """The circle's row, held until the commit, so that changes of one circle follow one another."""
    found = await session.exec(
        select(CircleRow)
        .where(CircleRow.id == circle_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.one_or_none()


async def leave(session: AsyncSession, circle_id: str, person_id: str, now: datetime) -> tuple[bool, str]:
    """Take a member out; whether the circle ended, and who became its admin. Nothing if she is none."""
    row = await locked(session, circle_id)
    hers = (CircleMemberRow.circle_id == circle_id, CircleMemberRow.person_id == person_id)
    if row is None or (await session.exec(select(CircleMemberRow.admin).where(*hers))).first() is None:
        return False, ""
    showing_her = await circle_shown.holding(session, circle_id, person_id)
    await _forget_there(session, circle_id, person_id)
    await circle_letters.cancel(session, circle_id, person_id, now)
    left = await session.exec(
        select(CircleMemberRow.person_id, CircleMemberRow.admin)
        .where(CircleMemberRow.circle_id == circle_id)
        .order_by(
            col(CircleMemberRow.admin).desc(), col(CircleMemberRow.since), col(CircleMemberRow.person_id)
        )
        .limit(1)
    )
    first = left.first()
    await circle_shown.renew(session, circle_id, *showing_her)
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


async def _end(session: AsyncSession, row: CircleRow) -> None:
    """Nobody is left: only the posts stay, until each of them says that it is over."""
    await circle_shown.renew(session, row.id, true())
    connection = await session.connection()
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table.name not in _STAYS and "circle_id" in table.c:
            await connection.execute(delete(table).where(table.c.circle_id == row.id))
    await session.exec(delete(ScheduleRow).where(col(ScheduleRow.subject) == row.id))
    await session.exec(
        update(CircleRow)
        .where(col(CircleRow.id) == row.id)
        .values(ended=True, sealed="", version=row.version + 1)
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
