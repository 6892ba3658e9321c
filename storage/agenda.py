"""Interviews, breaks, companies and milestones of one person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.pace.model import Break
from bot.plan.model import Booked, Company
from storage.rows import BreakRow, CompanyRow, InterviewRow, MilestoneRow
from storage.sql import insert_new, upsert


class SqlAgenda:
    """The `Agenda` port on SQL."""

    def __init__(self, session: AsyncSession, person_id: str) -> None:
        self._session, self._person_id = session, person_id

    async def booked(self) -> Sequence[Booked]:
        """All interviews, past ones included, by day."""
        rows = await self._session.exec(
            select(InterviewRow)
            .where(InterviewRow.person_id == self._person_id)
            .order_by(col(InterviewRow.day), col(InterviewRow.starts), col(InterviewRow.id))
        )
        return [Booked(r.id, r.company, r.kind, r.day, r.starts) for r in rows]

    async def book(self, interview: Booked) -> None:
        """Add an interview."""
        await insert_new(
            self._session,
            InterviewRow,
            ["id"],
            id=interview.id,
            person_id=self._person_id,
            company=interview.company,
            kind=interview.kind,
            day=interview.day,
            starts=interview.at,
        )

    async def unbook(self, interview_id: str) -> None:
        """Take an interview out; nothing happens if it is gone already."""
        mine = (col(InterviewRow.id) == interview_id) & (col(InterviewRow.person_id) == self._person_id)
        await self._session.exec(delete(InterviewRow).where(mine))

    async def breaks(self) -> Sequence[Break]:
        """All planned breaks, by first day."""
        rows = await self._session.exec(
            select(BreakRow).where(BreakRow.person_id == self._person_id).order_by(col(BreakRow.first))
        )
        return [Break(r.first, r.last) for r in rows]

    async def save_breaks(self, breaks: Sequence[Break]) -> None:
        """Replace all planned breaks."""
        await self._session.exec(delete(BreakRow).where(col(BreakRow.person_id) == self._person_id))
        for b in breaks:
            mine = {"person_id": self._person_id, "first": b.first, "last": b.last}
            await upsert(self._session, BreakRow, ["person_id", "first"], **mine)

    async def companies(self) -> Sequence[Company]:
        """All companies aimed at, by name."""
        rows = await self._session.exec(
            select(CompanyRow).where(CompanyRow.person_id == self._person_id).order_by(col(CompanyRow.name))
        )
        return [Company(r.name, r.stakes) for r in rows]

    async def save_company(self, company: Company) -> None:
        """Add a company or change its stakes."""
        mine = {"person_id": self._person_id, "name": company.name, "stakes": company.stakes}
        await upsert(self._session, CompanyRow, ["person_id", "name"], **mine)

    async def remove_company(self, name: str) -> None:
        """Take a company out; nothing happens if it is gone already."""
        mine = (col(CompanyRow.name) == name) & (col(CompanyRow.person_id) == self._person_id)
        await self._session.exec(delete(CompanyRow).where(mine))

    async def reached(self) -> frozenset[str]:
        """Ids of the milestones that are done."""
        rows = await self._session.exec(
            select(MilestoneRow.milestone).where(MilestoneRow.person_id == self._person_id)
        )
        return frozenset(rows)

    async def reach(self, milestone_id: str) -> None:
        """Mark a milestone as done."""
        mine = {"person_id": self._person_id, "milestone": milestone_id}
        await insert_new(self._session, MilestoneRow, ["person_id", "milestone"], **mine)
