"""Who is in a circle. Whatever changes a member holds the circle's row first, and only joining makes one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, func, update
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from bot.circle.model import MOST_MEMBERS, Member
from storage import circle_ends
from storage.circle_rows import CircleMemberRow
from storage.columns import Sealer
from storage.sql import insert_new

T = TypeVar("T", bound=SQLModel)


class SqlMembers:
    """The part of the `Circles` port that is about members."""

    def __init__(self, session: AsyncSession, sealer: Sealer) -> None:
        self._session, self._sealer = session, sealer

    async def hold(self, circle_id: str) -> None:
        """Let nobody else change the circle until this transaction ends: what is read from here on stays true."""
        await circle_ends.locked(self._session, circle_id)

    async def member(self, circle_id: str, person_id: str) -> Member | None:
        """Somebody as a member, if she is one."""
        found = await self._session.exec(fresh(CircleMemberRow).where(her(circle_id, person_id)))
        row = found.one_or_none()
        return self._member(row) if row else None

    def _member(self, row: CircleMemberRow) -> Member:
        return Member(row.person_id, self._sealer.open(row.sealed)["name"], row.admin, row.since, opted(row))

    async def members(self, circle_id: str) -> Sequence[Member]:
        """All of them, the longest there first."""
        rows = await self._session.exec(
            fresh(CircleMemberRow)
            .where(CircleMemberRow.circle_id == circle_id)
            .order_by(col(CircleMemberRow.since), col(CircleMemberRow.person_id))
        )
        return [self._member(row) for row in rows]

    async def count(self, circle_id: str) -> int:
        """How many they are."""
        of_it = CircleMemberRow.circle_id == circle_id
        found = await self._session.exec(select(func.count()).select_from(CircleMemberRow).where(of_it))
        return found.one()

    async def join(self, circle_id: str, person_id: str, name: str, *, now: datetime) -> bool:
        """Make her a member; False if the circle has ended or is full. Joining twice changes nothing."""
        row = await circle_ends.locked(self._session, circle_id)
        if row is None or row.ended:
            return False
        if await self.member(circle_id, person_id) is not None:
            return True
        if await self.count(circle_id) >= MOST_MEMBERS:
            return False
        await self._enter(circle_id, Member(person_id, name, False, now))
        return True

    async def _enter(self, circle_id: str, member: Member) -> None:
        await insert_new(
            self._session,
            CircleMemberRow,
            ["circle_id", "person_id"],
            circle_id=circle_id,
            person_id=member.person_id,
            since=member.since,
            **self._changing(member),
        )

    def _changing(self, member: Member) -> dict[str, object]:
        """What of a member can change, as it is kept."""
        sealed = self._sealer.seal({"name": member.name})
        return {"admin": member.admin, "opted": ",".join(sorted(member.opted)), "sealed": sealed}

    async def change_member(
        self, circle_id: str, person_id: str, change: Callable[[Member], Member]
    ) -> Member | None:
        """Let a member be what this makes of how she is now; None, and nothing is kept, if she is none any more."""
        await self.hold(circle_id)
        member = await self.member(circle_id, person_id)
        if member is None:
            return None
        changed = change(member)
        await self._session.exec(
            update(CircleMemberRow)
            .where(her(circle_id, person_id))
            .values(**self._changing(changed))
            .execution_options(synchronize_session=False)
        )
        return changed


def opted(row: CircleMemberRow) -> frozenset[str]:
    """What she opted in to."""
    return frozenset(filter(None, row.opted.split(",")))


def fresh(row: type[T]) -> SelectOfScalar[T]:
    """Rows as they are by now: they are written beside the session, which would give back what it read before."""
    return select(row).execution_options(populate_existing=True)


def her(circle_id: str, person_id: str) -> ColumnElement[bool]:
    """The row of somebody as a member."""
    return (col(CircleMemberRow.circle_id) == circle_id) & (col(CircleMemberRow.person_id) == person_id)
