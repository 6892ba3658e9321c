"""The `Notices` port on SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, or_, true, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.circle.news_model import DAY, MOST_OF_HERS, MOST_THERE, Added, Notice, Standing
from storage import circle_ends
from storage.circle_news_rows import CircleAnswerRow, CircleNoticeRow, ToldByPersonRow, ToldInCircleRow
from storage.columns import Sealer
from storage.sql import insert_new

_ROW = CircleNoticeRow


class SqlNotices:
    """What people tell and ask in circles."""

    def __init__(self, session: AsyncSession, sealer: Sealer, me: str) -> None:
        self._session, self._sealer, self._me = session, sealer, me

    async def add(self, notice: Notice) -> Added:
        """Keep a notice of hers, if neither she nor the circle had enough of them within a day."""
        await circle_ends.locked(self._session, notice.circle_id)
        if await self.notice(notice.circle_id, notice.id):
            return Added.THERE
        since = notice.at - DAY
        if await self._of_hers(notice.kind, since) >= MOST_OF_HERS[notice.kind]:
            return Added.ENOUGH_OF_HERS
        if await self._there(notice.circle_id, since) >= MOST_THERE:
            return Added.ENOUGH_THERE
        await insert_new(
            self._session,
            _ROW,
            ["circle_id", "id"],
            circle_id=notice.circle_id,
            id=notice.id,
            person_id=self._me,
            kind=notice.kind,
            at=notice.at,
            until=notice.until,
            named=notice.named,
            standing=notice.standing.value,
            sealed=self._sealer.seal({"text": notice.text}),
        )
        await self._count(notice)
        return Added.NEW

    async def _of_hers(self, kind: str, since: datetime) -> int:
        row = ToldByPersonRow
        hers = (row.person_id == self._me, row.kind == kind, col(row.at) > since)
        return (await self._session.exec(select(func.count()).select_from(row).where(*hers))).one()

    async def _there(self, circle_id: str, since: datetime) -> int:
        row = ToldInCircleRow
        lately = (row.circle_id == circle_id, col(row.at) > since)
        return (await self._session.exec(select(func.count()).select_from(row).where(*lately))).one()

    async def _count(self, notice: Notice) -> None:
        """In rows of their own, of her and of the circle: leaving takes the notice away, and gives nobody more of them."""
        one = {"notice_id": notice.id, "at": notice.at}
        hers, there = ["person_id", "notice_id"], ["circle_id", "notice_id"]
        of_her = {"person_id": self._me, "kind": notice.kind}
        await insert_new(self._session, ToldByPersonRow, hers, **of_her, **one)
        await insert_new(self._session, ToldInCircleRow, there, circle_id=notice.circle_id, **one)

    async def notice(self, circle_id: str, notice_id: str) -> Notice | None:
        """One of a circle's; None once its author has left."""
        row = await self._session.exec(
            select(_ROW).where(_is(circle_id, notice_id)).execution_options(populate_existing=True)
        )
        return self._read(found) if (found := row.one_or_none()) else None

    def _read(self, row: CircleNoticeRow) -> Notice:
        return Notice(
            circle_id=row.circle_id,
            id=row.id,
            kind=row.kind,
            person_id=row.person_id,
            text=self._sealer.open(row.sealed)["text"],
            named=row.named,
            at=row.at,
            until=row.until,
            standing=Standing(row.standing),
        )

    async def newest_of_hers(self, circle_id: str, kind: str) -> Notice | None:
        """Her newest one that stands."""
        hers = (_ROW.circle_id == circle_id, _ROW.person_id == self._me, _ROW.kind == kind)
        found = await self._session.exec(
            select(_ROW)
            .where(*hers, _ROW.standing == Standing.OPEN.value)
            .order_by(col(_ROW.at).desc(), col(_ROW.id))
            .limit(1)
            .execution_options(populate_existing=True)
        )
        return self._read(row) if (row := found.one_or_none()) else None

    async def standing(self, circle_id: str, *, limit: int, before: str = "") -> Sequence[Notice]:
        """A circle's newest ones that stand, whoever wrote them; only older ones than a notice, if one is named."""
        last = await self.notice(circle_id, before) if before else None
        older = (
            or_(col(_ROW.at) < last.at, and_(col(_ROW.at) == last.at, col(_ROW.id) > last.id))
            if last
            else true()
        )
        rows = await self._session.exec(
            select(_ROW)
            .where(_ROW.circle_id == circle_id, _ROW.standing == Standing.OPEN.value, older)
            .order_by(col(_ROW.at).desc(), col(_ROW.id))
            .limit(limit)
            .execution_options(populate_existing=True)
        )
        return [self._read(row) for row in rows]

    async def end(self, circle_id: str, notice_id: str, *, taken_back: bool) -> bool:
        """Close one, or take it back with its words; who answered it is forgotten. Whether it was open."""
        standing = Standing.TAKEN_BACK if taken_back else Standing.CLOSED
        empty = {"sealed": self._sealer.seal({"text": ""})} if taken_back else {}
        done = await self._session.exec(
            update(_ROW)
            .where(_is(circle_id, notice_id), col(_ROW.standing) == Standing.OPEN.value)
            .values(standing=standing.value, until=None, **empty)
            .execution_options(synchronize_session=False)
        )
        of_it = (
            col(CircleAnswerRow.circle_id) == circle_id,
            col(CircleAnswerRow.notice_id) == notice_id,
        )
        await self._session.exec(delete(CircleAnswerRow).where(*of_it))
        return bool(done.rowcount)

    async def answer(self, circle_id: str, notice_id: str, *, now: datetime) -> bool:
        """She is in; False if she was before."""
        keys = {"circle_id": circle_id, "notice_id": notice_id, "person_id": self._me}
        return await insert_new(self._session, CircleAnswerRow, list(keys), **keys, at=now)

    async def answers(self, circle_id: str, notice_id: str) -> Sequence[str]:
        """Ids of those who are in, the first first."""
        row = CircleAnswerRow
        found = await self._session.exec(
            select(row.person_id)
            .where(row.circle_id == circle_id, row.notice_id == notice_id)
            .order_by(col(row.at), col(row.person_id))
        )
        return list(found.all())


def _is(circle_id: str, notice_id: str) -> ColumnElement[bool]:
    return and_(col(_ROW.circle_id) == circle_id, col(_ROW.id) == notice_id)


async def forget_counted(session: AsyncSession, now: datetime) -> int:
    """What was told a day ago or earlier counts for no limit any more; how many rows."""
    count = 0
    for row in (ToldByPersonRow, ToldInCircleRow):
        done = await session.exec(delete(row).where(col(row.at) <= now - DAY))
        count += int(done.rowcount)
    return count


async def overdue(session: AsyncSession, now: datetime, limit: int) -> Sequence[tuple[str, str]]:
    """Circle and id of open calls whose time is over."""
    found = await session.exec(
        select(_ROW.circle_id, _ROW.id).where(col(_ROW.until) <= now).order_by(col(_ROW.until)).limit(limit)
    )
    return list(found.all())


async def next_end(session: AsyncSession) -> datetime | None:
    """When the next open call ends by itself."""
    until = col(_ROW.until)
    return (await session.exec(select(until).where(until.is_not(None)).order_by(until).limit(1))).first()
