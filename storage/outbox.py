"""The `Outbox` port on SQL: everybody's timetable and letters. Every step is fenced by the claim it was made under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, and_, bindparam, case, delete, func, or_, true, update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat.inbound import Sender
from bot.chat.message import Message
from bot.delivery.model import FINAL, Call, Change, Letter, State, Ticked
from bot.delivery.outbox import LEASE, MOST_FAULTS
from storage.columns import Sealer, UnreadableSecret
from storage.mapping import from_json
from storage.rows import InboxRow, OutboxRow, PersonRow, ScheduleRow
from storage.sql import database_now, given, is_postgresql, one_commit, sessions_on, update_many
from storage.tick import VERSION, tick

UNHEARD = timedelta(minutes=10)
"""A letter for which a worker was called that long ago, and nobody came, is called for again."""
GIVE_UP_AFTER = 3
"""Letters in a row that a platform refused for good, after which nothing is due to a person."""
_TABLE = OutboxRow.__table__  # type: ignore[attr-defined]
_WITH_ACCOUNT = sqlalchemy.select(
    *(_TABLE.c[name] for name in ("dedup_key", "claims", "kind", "day", "due_at", "expires_at")),
    *(_TABLE.c[name] for name in ("attempts", "claimed_at", "said", "sealed", "name", "resent")),
    col(PersonRow.platform),
    col(PersonRow.account),
    col(PersonRow.tenant),
).join(PersonRow, col(PersonRow.id) == col(OutboxRow.subject), isouter=True)
"""Letters with the account they go to; none where the subject is gone."""


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
                _WITH_ACCOUNT.add_columns(database_now(session))
                .where(which, col(OutboxRow.version) <= VERSION)
                .order_by(col(OutboxRow.not_before))
                .limit(limit)
                .with_for_update(of=_TABLE, skip_locked=skip_locked)
            )
            rows: Sequence[Any] = (await (await session.connection()).execute(found)).all()
            if not rows:
                return []
            if state is State.SENDING:
                rows = _suspects_alone(rows)
            lease = rows[0][-1] + LEASE.total_seconds()
            values: dict[str, Any] = {"state": state.value, "lease_until": lease}
            if state is State.SENDING:  # a doubt counts from the sending that caused it
                values["claimed_at"] = now
            taken = [{"dedup_key": row[0], "claims": row[1] + 1, **values} for row in rows]
            await update_many(session, OutboxRow, ["dedup_key"], taken)
            claimed = now if state is State.SENDING else None
            return [self._letter(row, state, claimed) for row in rows]

    def _letter(self, row: Any, state: State, claimed: datetime | None) -> Letter:
        key, claims, kind, day, due, expires, attempts, before, said, sealed, name, resent, *to, _ = row
        message = None
        if sealed:
            try:
                message = from_json(Message, self._sealer.open(sealed))
            except (UnreadableSecret, ValueError):  # written anew, with the key at hand
                said = ""
        platform, account, tenant = to
        return Letter(
            key=key,
            to=Sender(platform, account, tenant) if account else None,
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
        )

    async def settle(self, changes: Sequence[Change], *, now: datetime) -> list[bool]:
        """Write next states in one commit; False where the lease was lost and nothing was written."""
        async with self._session() as session:
            if is_postgresql(
                session
            ):  # in one order, or two writers of the same letters would wait for each other
                keys = sorted(c.key for c in changes)
                in_order = sqlalchemy.select(_TABLE.c.dedup_key).where(_TABLE.c.dedup_key.in_(keys))
                await (await session.connection()).execute(
                    in_order.order_by(_TABLE.c.dedup_key).with_for_update()
                )
            many = given(session, OutboxRow, [_values(c, now) for c in changes])
            written: Sequence[Any] = (await many.run(session, _SETTLE.format(given=many.rows))).all()
            won = {(key, claims) for key, claims in written}
            ours = [(c.key, c.claims) in won for c in changes]
            for c, holds in zip(changes, ours, strict=True):
                if holds and c.state is State.DEAD:
                    await _give_up(session, c.key)
            return ours

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
            return counts

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
        """Delete letters and handled inbound events from before an instant; how many."""
        final = col(OutboxRow.state).in_([s.value for s in FINAL]) & (col(OutboxRow.settled_at) < before)
        handled = (col(InboxRow.state) != "waiting") & (col(InboxRow.at) < before)
        async with self._session() as session:
            letters = await session.exec(delete(OutboxRow).where(final))
            events = await session.exec(delete(InboxRow).where(handled))
            return int(letters.rowcount + events.rowcount)


# The state is compared as an expression: SQLite would look through its index for each row.
_SETTLE = """
    UPDATE outbox SET
        state = given.state, attempts = given.attempts, why = given.why, receipt = given.receipt,
        not_before = coalesce(given.not_before, outbox.not_before),
        resent = (outbox.resent OR given.resent),
        sealed = CASE WHEN given.settled_at IS NULL THEN outbox.sealed END,
        settled_at = given.settled_at, lease_until = NULL
    FROM {given}
    WHERE outbox.dedup_key = given.dedup_key AND outbox.claims = given.claims
        AND outbox.state || '' = given.was_state  -- found by key: the index on states would be a detour
    RETURNING outbox.dedup_key, outbox.claims
"""
"""Only the claim that a change was made under may write it."""


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


def _suspects_alone(rows: Sequence[Any]) -> Sequence[Any]:
    """All but those whose writing may have ended a sender; if there are only such, one, the least tried."""
    return [r for r in rows if r.sealed or not r.attempts] or sorted(rows, key=lambda r: r.attempts)[:1]


def _values(change: Change, now: datetime) -> dict[str, Any]:
    return {
        "dedup_key": change.key,
        "claims": change.claims,
        "was_state": change.was.value,
        "state": change.state.value,
        "attempts": change.attempts,
        "not_before": change.not_before,
        "why": change.why[:64],
        "receipt": change.receipt[:200],
        "resent": change.resent,
        "settled_at": now if change.state in FINAL else None,
    }


async def _give_up(session: AsyncSession, key: str) -> None:
    """After several refusals in a row nothing more is due to this letter's person, until she speaks."""
    own = select(col(OutboxRow.subject)).where(col(OutboxRow.dedup_key) == key)
    subject = (await session.exec(own)).one()
    newest = await session.exec(
        select(col(OutboxRow.state), col(OutboxRow.why))
        .where(
            col(OutboxRow.subject) == subject, col(OutboxRow.state).in_([State.SENT.value, State.DEAD.value])
        )
        .order_by(col(OutboxRow.settled_at).desc())
        .limit(GIVE_UP_AFTER)
    )
    last = newest.all()
    if len(last) == GIVE_UP_AFTER and all(state == State.DEAD.value for state, _ in last):
        await session.exec(update(PersonRow).where(col(PersonRow.id) == subject).values(unreachable=True))
        gone = {"next_due_at": None, "fault": "unreachable"}
        await session.exec(update(ScheduleRow).where(col(ScheduleRow.subject) == subject).values(**gone))
