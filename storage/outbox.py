"""The `Outbox` port on SQL: everybody's timetable and letters. Every step is fenced by the claim it was made under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy
from sqlalchemy import ColumnElement, and_, bindparam, case, delete, func, or_, true, update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat.inbound import Sender
from bot.chat.message import Message
from bot.delivery.model import FINAL, Call, Change, Letter, State, Ticked
from bot.delivery.outbox import LEASE, MOST_FAULTS
from storage.circle_rows import CircleCodeRow
from storage.columns import Sealer, UnreadableSecret
from storage.inbox import ANSWERED, WAITING
from storage.mapping import from_json
from storage.rows import (
    AccountRow,
    InboxRow,
    LinkCodeRow,
    LinkTryRow,
    OutboxRow,
    PersonRow,
    ScheduleRow,
    UndeliveredRow,
)
from storage.settle import settle
from storage.sql import database_now, given, one_commit, rows_of, sessions_on, update_many
from storage.tick import VERSION, tick

UNHEARD = timedelta(minutes=10)
"""A letter for which a worker was called that long ago, and nobody came, is called for again."""
_TABLE = OutboxRow.__table__  # type: ignore[attr-defined]


class _Found(NamedTuple):
    """A letter to be claimed, and the account it goes to; none where the subject is gone.

    That is her account on the letter's own platform: whoever looks whether a letter arrived has to
    look where it was sent, also after her letters moved to another of her accounts.
    """

    dedup_key: str
    claims: int
    kind: str
    day: date
    due_at: datetime
    expires_at: datetime
    attempts: int
    claimed_at: datetime | None
    said: str
    sealed: str | None
    name: str
    resent: bool
    receipt: str
    circle_id: str
    platform: str | None
    account: str | None
    tenant: str | None


_OF_PERSON = ("platform", "account", "tenant")
_HERS, _FURTHER = PersonRow.__table__.c, AccountRow.__table__.c  # type: ignore[attr-defined]
_FURTHER_FITS = and_(_HERS.platform != _TABLE.c.platform, _FURTHER.account.is_not(None))
_FOUND = (
    sqlalchemy.select(
        *(_TABLE.c[name] for name in _Found._fields if name not in _OF_PERSON),
        *(case((_FURTHER_FITS, _FURTHER[name]), else_=_HERS[name]).label(name) for name in _OF_PERSON),
    )
    .join(PersonRow, _HERS.id == _TABLE.c.subject, isouter=True)
    .join(
        AccountRow,
        and_(_FURTHER.person_id == _TABLE.c.subject, _FURTHER.platform == _TABLE.c.platform),
        isouter=True,
    )
)


class SqlOutbox:
    """Claims and settles letters."""

    def __init__(self, engine: AsyncEngine, sealer: Sealer) -> None:
        self._sealer = sealer
        self._sessions = sessions_on(engine)

    def _session(self) -> AbstractAsyncContextManager[AsyncSession]:
        return one_commit(self._sessions)

    async def tick(self, *, now: datetime, platforms: Set[str], limit: int, window: timedelta) -> Ticked:
        """Claim due slots, advance them, write their letters: one commit."""
        async with self._session() as session:
            return await tick(session, now=now, platforms=platforms, limit=limit, window=window)

    async def claim(self, *, now: datetime, platforms: Set[str], limit: int) -> list[Letter]:
        """Claim letters whose time has come, the longest waiting first, under a lease."""
        ready = and_(
            col(OutboxRow.state) == State.READY.value,
            col(OutboxRow.platform).in_(sorted(platforms)),
            col(OutboxRow.not_before) <= now,
        )
        return await self._claim(ready, limit, now, State.SENDING)

    async def claim_handed_over(self, key: str, *, claims: int, now: datetime) -> Letter | None:
        """Claim one letter as it was handed over; None if it is not ready any more."""
        ready = and_(
            col(OutboxRow.dedup_key) == key,
            col(OutboxRow.state) == State.READY.value,
            col(OutboxRow.claims) == claims,
        )
        # Whoever called still holds the row for a moment; skipping it then would strand the letter.
        claimed = await self._claim(ready, 1, now, State.SENDING, skip_locked=False)
        return claimed[0] if claimed else None

    async def hand_over(self, *, now: datetime, platforms: Set[str], limit: int) -> list[Call]:
        """Letters whose time has come and for which no worker was called yet."""
        uncalled = or_(
            col(OutboxRow.handed_over).is_(None), col(OutboxRow.handed_over) != col(OutboxRow.claims)
        )
        suspected = and_(_TABLE.c.sealed.is_(None), _TABLE.c.attempts > 0)
        async with self._session() as session:
            found = await (await session.connection()).execute(
                sqlalchemy.select(_TABLE.c.dedup_key, _TABLE.c.claims, suspected)
                .where(
                    _TABLE.c.state == State.READY.value,
                    _TABLE.c.platform.in_(sorted(platforms)),
                    _TABLE.c.not_before <= now,
                    _TABLE.c.version <= VERSION,
                    uncalled,
                )
                .order_by(_TABLE.c.not_before)
                .limit(limit)
            )
            return [Call(key, claims, bool(alone)) for key, claims, alone in found]

    async def handed_over(self, letters: Sequence[Call]) -> None:
        """Workers were called for these."""
        called = (
            update(_TABLE)
            .where(_TABLE.c.dedup_key == bindparam("at_key"))
            .values(handed_over=bindparam("at_claims"))
        )
        async with self._session() as session:
            rows = [{"at_key": call.key, "at_claims": call.claims} for call in sorted(letters)]
            await (await session.connection()).execute(called, rows)

    async def claim_doubts(self, *, now: datetime, platforms: Set[str], limit: int) -> list[Letter]:
        """Take letters in doubt under a lease, to find out; they stay in doubt."""
        async with self._session() as session:
            free = or_(
                col(OutboxRow.lease_until).is_(None), col(OutboxRow.lease_until) < database_now(session)
            )
        doubtful = and_(
            col(OutboxRow.state) == State.DOUBT.value,
            col(OutboxRow.platform).in_(sorted(platforms)),
            col(OutboxRow.not_before) <= now,
            free,
        )
        return await self._claim(doubtful, limit, now, State.DOUBT)

    async def _claim(
        self,
        which: ColumnElement[bool],
        limit: int,
        now: datetime,
        state: State,
        *,
        skip_locked: bool = True,
    ) -> list[Letter]:
        async with self._session() as session:
            found = (
                _FOUND.where(which, col(OutboxRow.version) <= VERSION)
                .order_by(col(OutboxRow.not_before))
                .limit(limit)
                .with_for_update(of=_TABLE, skip_locked=skip_locked)
            )
            rows = [_Found(*row) for row in await rows_of(session, found)]
            if not rows:
                return []
            if state is State.SENDING:
                rows = _suspects_alone(rows)
            lease = database_now(session) + LEASE.total_seconds()
            same: dict[str, Any] = {"state": state.value, "lease_until": lease}
            if state is State.SENDING:  # a doubt counts from the sending that caused it
                same["claimed_at"] = now
            taken = [(row.dedup_key, row.claims + 1) for row in rows]
            many = given(session, OutboxRow, ("dedup_key", "claims"), taken)
            await update_many(session, ["dedup_key"], many, **same)
            claimed = now if state is State.SENDING else None
            return [self._letter(row, state, claimed) for row in rows]

    def _letter(self, row: _Found, state: State, claimed: datetime | None) -> Letter:
        (
            key,
            claims,
            kind,
            day,
            due,
            expires,
            attempts,
            before,
            said,
            sealed,
            name,
            resent,
            receipt,
            circle,
            *to,
        ) = row
        message = None
        if sealed:
            try:
                message = from_json(Message, self._sealer.open(sealed))
            except (UnreadableSecret, ValueError):  # written anew, with the key at hand
                said = ""
        platform, account, tenant = to
        return Letter(
            key=key,
            to=Sender(platform, account, tenant or "") if platform and account else None,
            kind=kind,
            day=day,
            due=due,
            expires=expires,
            state=state,
            attempts=attempts,
            claims=claims + 1,
            claimed=claimed or before,
            said=said,
            message=message,
            name=name,
            resent=resent,
            receipt=receipt,
            circle=circle,
        )

    async def settle(self, changes: Sequence[Change], *, now: datetime) -> list[bool]:
        """Write next states in one commit; False where the lease was lost and nothing was written."""
        async with self._session() as session:
            if await settle(session, changes, now) == len(changes):
                return [True] * len(changes)
            await session.rollback()
        # Rare: to say whose lease was lost, each is written alone.
        return [await self._settled(one, now) for one in changes]

    async def _settled(self, one: Change, now: datetime) -> bool:
        async with self._session() as session:
            return await settle(session, [one], now) == 1

    async def sweep(
        self, *, now: datetime, mine: Set[str], platforms: Set[str] | None = None, orphaned: bool = False
    ) -> Mapping[str, int]:
        """Give up leases that ran out, except those in `mine`; expire what is too late."""
        async with self._session() as session:
            steps = _sweeping(database_now(session), now, mine, orphaned=orphaned)
            counts = {}
            for name, (which, values) in steps.items():
                served = col(OutboxRow.platform).in_(sorted(platforms)) if platforms is not None else true()
                done = await session.exec(
                    update(OutboxRow)
                    .where(which, served)
                    .values(**values)
                    .execution_options(synchronize_session=False)
                )
                counts[name] = int(done.rowcount)
            forgotten = await session.exec(delete(UndeliveredRow).where(_of_no_use(now)))
            return counts | {"words forgotten": int(forgotten.rowcount)}

    async def moment(self, *, platforms: Set[str]) -> datetime | None:
        """The next instant at which something is due or waits to be sent, UTC."""
        async with self._session() as session:
            served = sorted(platforms)
            due = await session.exec(
                select(col(ScheduleRow.next_due_at))
                .where(col(ScheduleRow.platform).in_(served), col(ScheduleRow.next_due_at).is_not(None))
                .where(col(ScheduleRow.version) <= VERSION)
                .order_by(col(ScheduleRow.next_due_at))
                .limit(1)
            )
            waits = await session.exec(
                select(col(OutboxRow.not_before))
                .where(col(OutboxRow.platform).in_(served), col(OutboxRow.state) == State.READY.value)
                .where(col(OutboxRow.version) <= VERSION)
                .order_by(col(OutboxRow.not_before))
                .limit(1)
            )
            found = [at for at in (due.first(), waits.first()) if at is not None]
            return min(found, default=None)

    async def oldest_due(self) -> datetime | None:
        """Since when the longest waiting slot or letter of any platform has been due, UTC; None if nothing waits."""
        async with self._session() as session:
            due = await session.exec(
                select(col(ScheduleRow.next_due_at))
                .where(col(ScheduleRow.next_due_at).is_not(None), col(ScheduleRow.platform) != "console")
                .where(col(ScheduleRow.version) <= VERSION)
                .order_by(col(ScheduleRow.next_due_at))
                .limit(1)
            )
            return due.first()

    async def standing(self) -> Mapping[State, int]:
        """How many letters stand in each state that is not final, and how many are dead."""
        shown = [s for s in State if s not in FINAL or s is State.DEAD]
        async with self._session() as session:
            rows = await session.exec(
                select(col(OutboxRow.state), func.count())
                .where(col(OutboxRow.state).in_([s.value for s in shown]))
                .group_by(col(OutboxRow.state))
            )
            counts = dict(rows.all())
        return {s: counts.get(s.value, 0) for s in shown}

    async def purge(self, *, before: datetime) -> int:
        """Delete letters and handled inbound events from before an instant; how many. Old codes go unasked."""
        final = col(OutboxRow.state).in_([s.value for s in FINAL]) & (col(OutboxRow.settled_at) < before)
        handled = col(InboxRow.state).in_(["done", "failed"]) & (col(InboxRow.at) < before)
        async with self._session() as session:
            letters = await session.exec(delete(OutboxRow).where(final))
            events = await session.exec(delete(InboxRow).where(handled))
            await session.exec(delete(LinkCodeRow).where(col(LinkCodeRow.expires_at) < before))
            await session.exec(delete(CircleCodeRow).where(col(CircleCodeRow.expires_at) < before))
            await session.exec(delete(LinkTryRow).where(col(LinkTryRow.since) < before))
            await session.exec(delete(UndeliveredRow).where(col(UndeliveredRow.until) < before))
            return int(letters.rowcount + events.rowcount)


def _of_no_use(now: datetime) -> ColumnElement[bool]:
    """Words of undelivered letters that are over, or that an answer which reached her has shown."""
    under_way = select(InboxRow.event_id).where(
        col(InboxRow.event_id) == col(UndeliveredRow.shown_in), col(InboxRow.state).in_([WAITING, ANSWERED])
    )
    seen = and_(col(UndeliveredRow.shown_in) != "", ~under_way.exists())
    return or_(col(UndeliveredRow.until) <= now, seen)


def _sweeping(
    clock: ColumnElement[float], now: datetime, mine: Set[str], *, orphaned: bool
) -> dict[str, tuple[ColumnElement[bool], dict[str, Any]]]:
    """The steps of a sweep, in order: which letters, and what becomes of them."""
    out = or_(col(OutboxRow.lease_until).is_(None), col(OutboxRow.lease_until) < clock)
    held = and_(
        col(OutboxRow.state) == State.SENDING.value,
        col(OutboxRow.version) <= VERSION,
        col(OutboxRow.dedup_key).not_in(sorted(mine)),
    )
    lost = held if orphaned else and_(held, out)
    unwritten = and_(lost, col(OutboxRow.sealed).is_(None))
    poison = col(OutboxRow.attempts) + 1 >= MOST_FAULTS
    free = {"lease_until": None}
    return {
        "taken back": (
            unwritten,
            {
                **free,
                "attempts": col(OutboxRow.attempts) + 1,
                "state": case((poison, State.DEAD.value), else_=State.READY.value),
                "settled_at": case((poison, now), else_=None),
                "why": "lost",
            },
        ),
        "in doubt": (lost, {**free, "state": State.DOUBT.value, "why": "lost"}),
        "called again": (
            and_(
                col(OutboxRow.state) == State.READY.value,
                col(OutboxRow.handed_over) == col(OutboxRow.claims),
                col(OutboxRow.not_before) <= now - UNHEARD,
                col(OutboxRow.version) <= VERSION,
            ),
            {"claims": col(OutboxRow.claims) + 1, "handed_over": None, "not_before": now},
        ),
        "too late": (
            and_(
                col(OutboxRow.state) == State.READY.value,
                col(OutboxRow.expires_at) <= now,
                col(OutboxRow.version) <= VERSION,
            ),
            {"state": State.EXPIRED.value, "why": "too late", "settled_at": now, "sealed": None},
        ),
    }


def _suspects_alone(rows: list[_Found]) -> list[_Found]:
    """All but those whose writing may have ended a sender; if there are only such, one, the least tried."""
    return [r for r in rows if r.sealed or not r.attempts] or sorted(rows, key=lambda r: r.attempts)[:1]
