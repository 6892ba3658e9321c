"""What second opinions cost, kept so that no cap is ever passed, however many ask at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, delete, update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.feedback.ports import Account, Spent
from storage.opinion_rows import SpendRow
from storage.sql import insert_new, one_commit, sessions_on


class _OverCap(Exception):
    """One account has not enough left; everything taken so far is put back."""


class SqlPurse:
    """The `Purse` port on SQL."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = sessions_on(engine)

    async def reserve(self, caps: Mapping[Account, int], amount: int, *, day: date) -> bool:
        """Take the amount out of every account, or out of none if one would go over its cap. Raises StoreFault."""
        try:
            async with one_commit(self._sessions) as session:
                for account in _in_order(caps):
                    await self._take(session, account, amount, caps[account], day)
        except _OverCap:
            return False
        return True

    async def _take(self, session: AsyncSession, account: Account, amount: int, cap: int, day: date) -> None:
        # The condition is looked at under the row's lock, so that two who ask at once see each other.
        key = {"day": day, "scope": account.scope, "subject": account.subject}
        await insert_new(session, SpendRow, list(key), **key, reserved=0, settled=0)
        room = col(SpendRow.reserved) + col(SpendRow.settled) + amount <= cap
        taken = await session.exec(
            update(SpendRow)
            .where(_at(account, day), room)
            .values(reserved=col(SpendRow.reserved) + amount)
            .execution_options(synchronize_session=False)
        )
        if taken.rowcount == 0:
            raise _OverCap

    async def settle(self, accounts: Sequence[Account], reserved: int, cost: int, *, day: date) -> None:
        """Put what it did cost in the place of what was reserved. Raises StoreFault."""
        async with one_commit(self._sessions) as session:
            for account in _in_order(accounts):
                await session.exec(
                    update(SpendRow)
                    .where(_at(account, day))
                    .values(reserved=col(SpendRow.reserved) - reserved, settled=col(SpendRow.settled) + cost)
                    .execution_options(synchronize_session=False)
                )

    async def purge(self, *, before: date) -> int:
        """Forget what was spent before a day; how many lines. Raises StoreFault."""
        async with one_commit(self._sessions) as session:
            gone = await session.exec(delete(SpendRow).where(col(SpendRow.day) < before))
            return int(gone.rowcount)

    async def spent(self, account: Account, *, day: date) -> Spent:
        """What one account stands at. Raises StoreFault."""
        async with one_commit(self._sessions) as session:
            row = (await session.exec(select(SpendRow).where(_at(account, day)))).one_or_none()
            return Spent(row.settled, row.reserved) if row else Spent()


def _at(account: Account, day: date) -> ColumnElement[bool]:
    return and_(
        col(SpendRow.day) == day,
        col(SpendRow.scope) == account.scope,
        col(SpendRow.subject) == account.subject,
    )


def _in_order(accounts: Mapping[Account, int] | Sequence[Account]) -> list[Account]:
    """Everybody locks rows in the same order, so that nobody waits in a circle; the one that all share comes last."""
    return sorted(accounts, key=lambda a: (a.scope == "all", a.scope, a.subject))
