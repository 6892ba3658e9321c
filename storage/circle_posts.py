"""The posts and times of all circles on SQL, for whoever brings them up to date."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence, Set
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, tuple_, update
from sqlalchemy import select as sa_select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import Mapped
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat.inbound import Channel
from bot.chat.message import Message
from bot.circle.model import Circle, Post, Settled
from bot.delivery.model import Occurrence
from storage import circle_ends, circle_news, circle_times
from storage.circle_rows import CircleChannelRow, CirclePostRow, CircleRow
from storage.circles import SqlCircles
from storage.columns import Sealer
from storage.pairing import SqlPairs
from storage.rows import ScheduleRow
from storage.sql import database_now, one_commit, sessions_on
from storage.tick import VERSION

_ROW = CirclePostRow
_CHANNEL: tuple[Mapped[str], ...] = (col(_ROW.platform), col(_ROW.tenant), col(_ROW.channel))
_KEYS: tuple[Mapped[str], ...] = (col(_ROW.circle_id), col(_ROW.kind), col(_ROW.about), *_CHANNEL)
LEASE_SECONDS = 60.0
"""Longer than waiting for a place, composing and sending take together at most."""


class SqlCircleWork:
    """The `CircleWork` port on SQL."""

    def __init__(self, session: AsyncSession, circle_id: str, sealer: Sealer, circle: Circle | None) -> None:
        self._session, self._id, self.circle = session, circle_id, circle
        self.circles = SqlCircles(session, sealer)
        self.pairs = SqlPairs(session, sealer)

    async def wanted(self, post: Post) -> int:
        """The number that a post is to show; zero if it is gone."""
        found = await self._session.exec(select(CirclePostRow.wanted).where(_is(post)))
        return found.one_or_none() or 0

    async def take(self, kind: str, *, now: datetime) -> Occurrence | None:
        """Move a due time of the circle to its next instant: the newest occurrence, None if it is not due."""
        return await circle_times.take(self._session, self._id, kind, now)

    async def tell(self, person_id: str, message: Message, *, about: str, now: datetime) -> None:
        """Let a letter to one member leave by itself, once for what it is about."""
        await self.circles.tell(self._id, person_id, message, about=about, now=now)


@asynccontextmanager
async def about_circle(session: AsyncSession, circle_id: str, sealer: Sealer) -> AsyncIterator[SqlCircleWork]:
    """The work of one circle on an open transaction; nobody else changes the circle meanwhile."""
    await circle_ends.locked(session, circle_id)
    circle = await SqlCircles(session, sealer).circle(circle_id)
    yield SqlCircleWork(session, circle_id, sealer, circle)


class SqlPosts:
    """The `Posts` port on SQL."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = sessions_on(engine)

    async def claim(self, *, now: datetime, platforms: Set[str], limit: int) -> Sequence[Post]:
        """Take posts that do not show what is wanted under a lease: of each channel that is awake the first one.

        Channels have a pace of their own, so what is claimed beyond that would only wait, before whatever comes
        to be wanted meanwhile. New posts come in their order, then changes, the newest post's first.
        """
        async with one_commit(self._sessions) as session:
            clock = database_now(session)
            free = _waits(platforms) & _is_free(clock)
            first = _first_of_channels(
                free & (col(_ROW.not_before) <= now), _waits(platforms) & ~_is_free(clock)
            )
            found = await session.exec(
                select(_ROW)
                .where(free, tuple_(*_KEYS).in_(first))
                .order_by(col(_ROW.receipt) != "", col(_ROW.not_before), col(_ROW.circle_id))
                .limit(limit)
                .with_for_update(skip_locked=True)
            )
            taken = [_post(row, now) for row in found]
            for post in taken:
                held = {"lease_until": clock + LEASE_SECONDS, "claims": post.claims}
                # From here on until it is settled, nobody knows whether it was posted.
                unsure = {} if post.receipt or post.doubt else {"doubt": now}
                await _write(session, _is(post), **held, **unsure)
            return taken

    async def settle(self, settled: Settled) -> bool:
        """Write a next state; False where the lease was lost, and nothing was written."""
        async with one_commit(self._sessions) as session:
            post = settled.post
            ours = _is(post) & (col(CirclePostRow.claims) == post.claims)
            later = {} if settled.not_before is None else {"not_before": settled.not_before}
            return await _write(
                session,
                ours,
                shown=settled.shown,
                waiting=col(CirclePostRow.wanted) > settled.shown,
                receipt=settled.receipt[:200],
                tries=settled.tries,
                doubt=settled.doubt,
                lease_until=None,
                **later,
            )

    async def due(self, *, now: datetime, limit: int) -> Sequence[tuple[str, str]]:
        """Circle and kind of times that have come."""
        async with one_commit(self._sessions) as session:
            found = await session.exec(
                select(ScheduleRow.subject, ScheduleRow.kind)
                .where(_times(), col(ScheduleRow.next_due_at) <= now)
                .order_by(col(ScheduleRow.next_due_at), col(ScheduleRow.subject))
                .limit(limit)
            )
            return list(found.all())

    async def overdue(self, *, now: datetime, limit: int) -> Sequence[tuple[str, str]]:
        """Circle and id of open calls for company whose time is over."""
        async with one_commit(self._sessions) as session:
            return await circle_news.overdue(session, now, limit)

    async def moment(self) -> datetime | None:
        """The next instant at which a circle's time comes, or a call for company ends, UTC."""
        times = select(ScheduleRow.next_due_at).where(_times(), col(ScheduleRow.next_due_at).is_not(None))
        async with one_commit(self._sessions) as session:
            first = (await session.exec(times.order_by(col(ScheduleRow.next_due_at)).limit(1))).first()
            both = (first, await circle_news.next_end(session))
            return min((at for at in both if at is not None), default=None)

    async def living(self, *, after: str, limit: int) -> Sequence[str]:
        """Ids of circles beyond one, by id."""
        async with one_commit(self._sessions) as session:
            found = await session.exec(
                select(CircleRow.id)
                .where(col(CircleRow.id) > after, col(CircleRow.ended).is_(False))
                .order_by(col(CircleRow.id))
                .limit(limit)
            )
            return list(found.all())

    async def purge(self, *, now: datetime) -> int:
        """Forget circles that have ended, once their posts say so, and what limits count no more; how many rows."""
        async with one_commit(self._sessions) as session:
            return await circle_news.forget_counted(session, now) + await circle_ends.purge(session)


def _waits(platforms: Set[str]) -> ColumnElement[bool]:
    return and_(col(_ROW.waiting).is_(True), col(_ROW.platform).in_(sorted(platforms)))


def _is_free(clock: ColumnElement[float]) -> ColumnElement[bool]:
    return or_(col(_ROW.lease_until).is_(None), col(_ROW.lease_until) < clock)


def _first_of_channels(ready: ColumnElement[bool], under_way: ColumnElement[bool]) -> Select[Any]:
    """The keys of the post that is next in each channel in which none is under way."""
    row = CircleChannelRow
    asleep = select(row.platform, row.tenant, row.channel).where(col(row.asleep) != "")
    is_new = col(_ROW.receipt) == ""
    by_age = case((is_new, col(_ROW.place)), else_=-col(_ROW.place))
    order = (is_new.desc(), by_age, col(_ROW.about).desc(), col(_ROW.kind))
    turn = func.row_number().over(partition_by=_CHANNEL, order_by=order)
    closed = tuple_(*_CHANNEL).in_(asleep) | tuple_(*_CHANNEL).in_(sa_select(*_CHANNEL).where(under_way))
    lined_up = sa_select(*_KEYS, turn).where(ready, ~closed).subquery()
    *keys, place = lined_up.c
    return sa_select(*keys).where(place == 1)


def _times() -> ColumnElement[bool]:
    mine = col(ScheduleRow.platform) == circle_times.PLATFORM
    return and_(mine, col(ScheduleRow.version) <= VERSION)


def _post(row: CirclePostRow, now: datetime) -> Post:
    return Post(
        circle_id=row.circle_id,
        kind=row.kind,
        about=row.about,
        channel=Channel(row.platform, row.tenant, row.channel),
        shown=row.shown,
        receipt=row.receipt,
        edition=row.edition,
        claims=row.claims + 1,
        claimed=now,
        tries=row.tries,
        doubt=row.doubt,
    )


def _is(post: Post) -> ColumnElement[bool]:
    return and_(
        col(CirclePostRow.circle_id) == post.circle_id,
        col(CirclePostRow.kind) == post.kind,
        col(CirclePostRow.about) == post.about,
        col(CirclePostRow.platform) == post.channel.platform,
        col(CirclePostRow.tenant) == post.channel.tenant,
        col(CirclePostRow.channel) == post.channel.channel,
    )


async def _write(session: AsyncSession, which: ColumnElement[bool], **values: object) -> bool:
    done = await session.exec(
        update(CirclePostRow).where(which).values(**values).execution_options(synchronize_session=False)
    )
    return bool(done.rowcount)
