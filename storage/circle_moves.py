"""Two accounts become one person: what circles keep of the one is the other's from then on, and nothing counts twice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Table, delete, exists, update
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.circle.model import Deed
from bot.delivery.model import State
from storage import circle_ends, circle_shown
from storage.circle_letters import mark
from storage.circle_members import her
from storage.circle_news_rows import CircleAnswerRow, CircleNoticeRow, ToldByPersonRow
from storage.circle_rows import CircleMemberRow
from storage.circles import SqlCircles
from storage.columns import Sealer
from storage.rows import OutboxRow, PersonRow, UndeliveredRow


async def move(session: AsyncSession, sealer: Sealer, left: str, kept: PersonRow, *, now: datetime) -> None:
    """Let everything that circles keep of one person, by her id, be another's.

    Where both are members she stays one, as long as the longer of them, with what either agreed to,
    and as an admin if either was. Of two answers to one thing the one that is kept stays.
    """
    mine = select(CircleMemberRow.circle_id).where(CircleMemberRow.person_id == left)
    # In one order, so that two of these cannot wait for each other.
    there = sorted((await session.exec(mine)).all())
    for circle_id in there:
        await circle_ends.locked(session, circle_id)
    showing = {each: await circle_shown.holding(session, each, left) for each in there}
    for circle_id in there:
        if await _merge(session, circle_id, left, kept.id):
            await SqlCircles(session, sealer).note(circle_id, kept.id, Deed.LINKED, now=now)
    for table in SQLModel.metadata.sorted_tables:
        for column in table.c if "circle_id" in table.c else ():
            if any(key.column.table.name == PersonRow.__tablename__ for key in column.foreign_keys):
                await _move_rows(session, table, column, left, kept.id)
    # It is of no circle, so that leaving keeps it.
    told = SQLModel.metadata.tables[str(ToldByPersonRow.__tablename__)]
    await _move_rows(session, told, told.c.person_id, left, kept.id)
    await _no_answer_to_herself(session, kept.id)
    await _move_letters(session, left, kept)
    for circle_id in there:
        await _mark_anew(session, circle_id, left, kept.id)
        await circle_shown.renew(session, circle_id, *showing[circle_id])


async def _merge(session: AsyncSession, circle_id: str, left: str, kept: str) -> bool:
    """Two members of a circle become one; whether she is an admin by that, and was none before."""
    rows = {
        row.person_id: row
        for row in await session.exec(
            select(CircleMemberRow)
            .where(CircleMemberRow.circle_id == circle_id, col(CircleMemberRow.person_id).in_([left, kept]))
            .execution_options(populate_existing=True)
        )
    }
    if kept not in rows:
        return False
    one, other = rows[kept], rows[left]
    both = {*one.opted.split(","), *other.opted.split(",")} - {""}
    merged = {
        "admin": one.admin or other.admin,
        "since": min(one.since, other.since),
        "opted": ",".join(sorted(both)),
    }
    await session.exec(
        update(CircleMemberRow)
        .where(her(circle_id, kept))
        .values(**merged)
        .execution_options(synchronize_session=False)
    )
    return other.admin and not one.admin


async def _move_rows(session: AsyncSession, table: Table, column: Column[str], left: str, kept: str) -> None:
    """Rows that name her in this column; one that the other person has as well is dropped."""
    connection = await session.connection()
    if column.primary_key:
        twin = table.alias()
        same = [twin.c[key.name] == key for key in table.primary_key if key is not column]
        there = exists().where(twin.c[column.name] == kept, *same)
        await connection.execute(delete(table).where(column == left, there))
    await connection.execute(update(table).where(column == left).values({column.name: kept}))


async def _no_answer_to_herself(session: AsyncSession, person_id: str) -> None:
    """Whoever answered her own call from her other account is not company."""
    own = exists().where(
        col(CircleNoticeRow.circle_id) == col(CircleAnswerRow.circle_id),
        col(CircleNoticeRow.id) == col(CircleAnswerRow.notice_id),
        col(CircleNoticeRow.person_id) == person_id,
    )
    await session.exec(delete(CircleAnswerRow).where(col(CircleAnswerRow.person_id) == person_id, own))


async def _move_letters(session: AsyncSession, left: str, kept: PersonRow) -> None:
    """Letters of circles that wait, and words that could not be brought; the rest was about the account."""
    waiting = select(OutboxRow).where(
        OutboxRow.subject == left,
        OutboxRow.circle_id != "",
        OutboxRow.state == State.READY.value,
    )
    for letter in (await session.exec(waiting)).all():
        about = letter.dedup_key.partition(f":{left}:")[2]
        address = {"subject": kept.id, "platform": kept.platform, "tenant": kept.tenant}
        await _rename(session, letter.dedup_key, f"{kept.tenant}:{kept.id}:{about}", **address)
    twin = UndeliveredRow.__table__.alias()  # type: ignore[attr-defined]
    same = (twin.c[name] == col(getattr(UndeliveredRow, name)) for name in ("said", "circle_id"))
    words = (col(UndeliveredRow.subject) == left, col(UndeliveredRow.circle_id) != "")
    there = exists().where(twin.c.subject == kept.id, *same)
    await session.exec(update(UndeliveredRow).where(*words, ~there).values(subject=kept.id))


async def _mark_anew(session: AsyncSession, circle_id: str, left: str, kept: str) -> None:
    """Letters to others that speak of her end with her from now on."""
    end = mark(circle_id, left)
    of_her = select(OutboxRow.dedup_key).where(
        OutboxRow.circle_id == circle_id,
        OutboxRow.state == State.READY.value,
        col(OutboxRow.dedup_key).endswith(end, autoescape=True),
    )
    for key in (await session.exec(of_her)).all():
        await _rename(session, key, key.removesuffix(end) + mark(circle_id, kept))


async def _rename(session: AsyncSession, key: str, new: str, **values: str) -> None:
    """Let a waiting letter have another key, for which a worker is called anew; one with that key makes it needless."""
    there = await session.exec(select(OutboxRow.dedup_key).where(OutboxRow.dedup_key == new))
    one = col(OutboxRow.dedup_key) == key
    if there.first() is not None:
        await session.exec(delete(OutboxRow).where(one))
        return
    changed = {"dedup_key": new, "handed_over": None, **values}
    await session.exec(
        update(OutboxRow).where(one).values(**changed).execution_options(synchronize_session=False)
    )
