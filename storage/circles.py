"""Circles on SQL: one transaction's view of them, of a person or of a circle alone."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, delete, func, update
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from bot.chat.inbound import Channel
from bot.chat.message import Message
from bot.circle.model import (
    MOST_MEMBERS,
    Act,
    Binding,
    Circle,
    Left,
    Member,
    Settings,
    Times,
)
from bot.circle.ports import StaleCircle
from bot.delivery.kinds import CIRCLE, NOTICES
from bot.profile.codes import COMBINATIONS, LIFE, digest, spelled
from storage import circle_ends
from storage.circle_news import SqlNotices
from storage.circle_offers import SqlOffers
from storage.circle_rows import (
    CircleActRow,
    CircleChannelRow,
    CircleCodeRow,
    CircleMemberRow,
    CirclePostRow,
    CircleRow,
)
from storage.circle_times import keep_times
from storage.circle_weeks import SqlRecaps, SqlRhythms
from storage.columns import Sealer
from storage.group_drills import SqlGroupDrills, SqlPulses
from storage.mapping import from_json, to_json
from storage.rows import PersonRow
from storage.sql import insert_new, upsert
from storage.timetable import SqlTimetable

T = TypeVar("T", bound=SQLModel)
_CHANNEL = ["platform", "tenant", "channel"]
_POST = ["circle_id", "kind", "about", *_CHANNEL]


class SqlCircles:
    """The `Circles` port on SQL."""

    def __init__(self, session: AsyncSession, sealer: Sealer, me: str = "") -> None:
        self._session, self._sealer, self.me = session, sealer, me
        self.group = SqlGroupDrills(session, sealer, me)
        self.pulses = SqlPulses(session, sealer, me)
        self.notices = SqlNotices(session, sealer, me)
        self.offers = SqlOffers(session, sealer, me)
        self.rhythms = SqlRhythms(session, sealer, me)
        self.recaps = SqlRecaps(session, sealer)

    async def mine(self) -> Sequence[Circle]:
        """The circles she belongs to, the oldest membership first."""
        rows = await self._session.exec(
            _fresh(CircleRow)
            .join(CircleMemberRow, col(CircleMemberRow.circle_id) == col(CircleRow.id))
            .where(CircleMemberRow.person_id == self.me)
            .order_by(col(CircleMemberRow.since), col(CircleRow.id))
        )
        return [self._read(row) for row in rows]

    def _read(self, row: CircleRow) -> Circle:
        if row.ended:
            return Circle(row.id, "", Settings(), row.version, ended=True)
        kept = self._sealer.open(row.sealed)
        return Circle(row.id, kept["name"], from_json(Settings, kept["settings"]), row.version)

    def _seal(self, circle: Circle) -> str:
        return self._sealer.seal({"name": circle.name, "settings": to_json(Settings, circle.settings)})

    async def at(self, channel: Channel) -> Circle | None:
        """The circle of a channel."""
        found = await self._session.exec(
            _fresh(CircleRow)
            .join(CircleChannelRow, col(CircleChannelRow.circle_id) == col(CircleRow.id))
            .where(*_at(channel))
        )
        row = found.one_or_none()
        return self._read(row) if row else None

    async def circle(self, circle_id: str) -> Circle | None:
        """A circle by its id, also one that has ended."""
        found = await self._session.exec(_fresh(CircleRow).where(CircleRow.id == circle_id))
        row = found.one_or_none()
        return self._read(row) if row else None

    async def create(self, circle: Circle, channel: Channel, name: str, *, now: datetime) -> bool:
        """Begin one in a channel, with her as its admin of that name; False if the channel has one."""
        made = {"version": circle.version, "ended": False, "sealed": self._seal(circle), "created_at": now}
        await insert_new(self._session, CircleRow, ["id"], id=circle.id, **made)
        if not await self.bind(circle.id, channel):
            await self._session.exec(delete(CircleRow).where(col(CircleRow.id) == circle.id))
            return False
        await self.keep_member(circle.id, Member(self.me, name, True, now))
        return True

    async def save(self, circle: Circle) -> None:
        """Keep name and settings. Raises StaleCircle if its version is not the one that is kept."""
        saved = await self._session.exec(
            update(CircleRow)
            .where(
                col(CircleRow.id) == circle.id,
                col(CircleRow.version) == circle.version,
                col(CircleRow.ended).is_(False),
            )
            .values(sealed=self._seal(circle), version=circle.version + 1)
            .execution_options(synchronize_session=False)
        )
        if not saved.rowcount:
            raise StaleCircle

    async def keep_times(
        self, circle_id: str, settings: Settings, times: Sequence[Times], *, now: datetime
    ) -> None:
        """Let these be the circle's times, and no others; one that did not change keeps its next instant."""
        await keep_times(self._session, circle_id, settings.zone, times, now)

    async def bindings(self, circle_id: str) -> Sequence[Binding]:
        """Its channels."""
        rows = await self._session.exec(
            _fresh(CircleChannelRow)
            .where(CircleChannelRow.circle_id == circle_id)
            .order_by(*(col(getattr(CircleChannelRow, name)) for name in _CHANNEL))
        )
        return [Binding(Channel(r.platform, r.tenant, r.channel), r.asleep) for r in rows]

    async def bind(self, circle_id: str, channel: Channel) -> bool:
        """Let a channel be one of its; False if it belongs to a circle already."""
        return await insert_new(
            self._session,
            CircleChannelRow,
            _CHANNEL,
            platform=channel.platform,
            tenant=channel.tenant,
            channel=channel.channel,
            circle_id=circle_id,
            asleep="",
        )

    async def sleep(self, channel: Channel, why: str) -> bool:
        """Post nothing there until `wake`; whether it was awake until now."""
        return await self._set_asleep(channel, why[:64] or "closed", was_asleep=False)

    async def wake(self, channel: Channel) -> bool:
        """Something was heard from there, so post again; whether it slept."""
        return await self._set_asleep(channel, "", was_asleep=True)

    async def _set_asleep(self, channel: Channel, why: str, *, was_asleep: bool) -> bool:
        was = col(CircleChannelRow.asleep) != "" if was_asleep else col(CircleChannelRow.asleep) == ""
        done = await self._session.exec(
            update(CircleChannelRow)
            .where(*_at(channel), was)
            .values(asleep=why)
            .execution_options(synchronize_session=False)
        )
        return bool(done.rowcount)

    async def member(self, circle_id: str, person_id: str) -> Member | None:
        """Somebody as a member, if she is one."""
        found = await self._session.exec(_fresh(CircleMemberRow).where(*_her(circle_id, person_id)))
        row = found.one_or_none()
        return self._member(row) if row else None

    def _member(self, row: CircleMemberRow) -> Member:
        opted = frozenset(filter(None, row.opted.split(",")))
        return Member(row.person_id, self._sealer.open(row.sealed)["name"], row.admin, row.since, opted)

    async def members(self, circle_id: str) -> Sequence[Member]:
        """All of them, the longest there first."""
        rows = await self._session.exec(
            _fresh(CircleMemberRow)
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
        await self.keep_member(circle_id, Member(person_id, name, False, now))
        return True

    async def leave(self, circle_id: str, person_id: str) -> Left:
        """Take her out, with all that the circle keeps of her and every letter of its that waits for her."""
        ended, heir = await circle_ends.leave(self._session, circle_id, person_id)
        return Left(ended, await self.member(circle_id, heir) if heir else None)

    async def keep_member(self, circle_id: str, member: Member) -> None:
        """Her name, what she opted in to, whether she is an admin."""
        await upsert(
            self._session,
            CircleMemberRow,
            ["circle_id", "person_id"],
            circle_id=circle_id,
            person_id=member.person_id,
            admin=member.admin,
            since=member.since,
            opted=",".join(sorted(member.opted)),
            sealed=self._sealer.seal({"name": member.name}),
        )

    async def note(self, circle_id: str, person_id: str, what: str, *, now: datetime) -> None:
        """An admin did something; members can read it."""
        await circle_ends.locked(self._session, circle_id)
        newest = select(func.max(CircleActRow.place)).where(CircleActRow.circle_id == circle_id)
        place = ((await self._session.exec(newest)).one() or 0) + 1
        sealed = self._sealer.seal({"what": what})
        act = CircleActRow(circle_id=circle_id, place=place, person_id=person_id, at=now, sealed=sealed)
        self._session.add(act)
        await self._session.flush()

    async def acts(self, circle_id: str, *, limit: int) -> Sequence[Act]:
        """What admins did, the newest first."""
        rows = await self._session.exec(
            select(CircleActRow, CircleMemberRow)
            .outerjoin(
                CircleMemberRow,
                (col(CircleMemberRow.circle_id) == col(CircleActRow.circle_id))
                & (col(CircleMemberRow.person_id) == col(CircleActRow.person_id)),
            )
            .where(CircleActRow.circle_id == circle_id)
            .order_by(col(CircleActRow.place).desc())
            .limit(limit)
            .execution_options(populate_existing=True)
        )
        return [
            Act(act.at, self._member(by).name if by else "", self._sealer.open(act.sealed)["what"])
            for act, by in rows
        ]

    async def offer(self, circle_id: str, *, now: datetime) -> str:
        """Make a code that binds a channel, good for ten minutes and once; the one before is good no more."""
        code = spelled(secrets.randbelow(COMBINATIONS))
        made = {"digest": digest(code), "expires_at": now + LIFE}
        await upsert(self._session, CircleCodeRow, ["circle_id"], circle_id=circle_id, **made)
        return code

    async def offered(self, digest: str, *, now: datetime) -> str | None:
        """The id of the circle behind a code's digest; None if it is used, over, or never was."""
        good = (CircleCodeRow.digest == digest, col(CircleCodeRow.expires_at) > now)
        return (await self._session.exec(select(CircleCodeRow.circle_id).where(*good))).one_or_none()

    async def use_up(self, circle_id: str) -> None:
        """Its code is good no more."""
        await self._session.exec(delete(CircleCodeRow).where(col(CircleCodeRow.circle_id) == circle_id))

    async def want(self, circle_id: str, kind: str, about: str = "") -> None:
        """Let a post of this kind stand in each of its channels, and be composed anew where it stands already."""
        for binding in await self.bindings(circle_id):
            where = to_json(Channel, binding.channel)
            one = {"circle_id": circle_id, "kind": kind, "about": about, **where}
            if not await insert_new(self._session, CirclePostRow, _POST, **one, **_new_post()):
                await self._session.exec(
                    update(CirclePostRow)
                    .where(*(col(getattr(CirclePostRow, name)) == value for name, value in one.items()))
                    .values(wanted=col(CirclePostRow.wanted) + 1, waiting=True)
                    .execution_options(synchronize_session=False)
                )

    async def want_all(self, circle_id: str) -> None:
        """Let every post it has be composed anew."""
        await circle_ends.want_all(self._session, circle_id)

    async def post_again(self, circle_id: str) -> int:
        """Post anew what nobody knows whether it was posted; how many."""
        anew = {"edition": col(CirclePostRow.edition) + 1, "doubt": None, "tries": 0, "not_before": _LONG_AGO}
        done = await self._session.exec(
            update(CirclePostRow)
            .where(
                col(CirclePostRow.circle_id) == circle_id,
                col(CirclePostRow.doubt).is_not(None),
                col(CirclePostRow.lease_until).is_(None),
            )
            .values(**anew, waiting=True, wanted=col(CirclePostRow.wanted) + 1)
            .execution_options(synchronize_session=False)
        )
        return int(done.rowcount)

    async def tell(
        self, circle_id: str, person_id: str, message: Message, *, about: str, now: datetime
    ) -> None:
        """Let a letter to one member leave by itself, once for what it is about, while she is one."""
        found = await self._session.exec(
            select(PersonRow)
            .join(CircleMemberRow, col(CircleMemberRow.person_id) == col(PersonRow.id))
            .where(*_her(circle_id, person_id))
        )
        person = found.one_or_none()
        if person is not None:
            expires = now + (NOTICES[CIRCLE].keeps or LIFE)
            timetable = SqlTimetable(self._session, person, self._sealer)
            await timetable.tell(CIRCLE, message, about=f"{circle_id}.{about}", now=now, expires=expires)


_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""A post that nothing holds back can be shown at once, whatever the clock says."""


def _fresh(row: type[T]) -> SelectOfScalar[T]:
    """Rows as they are by now: they are written beside the session, which would give back what it read before."""
    return select(row).execution_options(populate_existing=True)


def _new_post() -> dict[str, object]:
    fresh = {"wanted": 1, "shown": 0, "waiting": True, "not_before": _LONG_AGO, "receipt": ""}
    return {**fresh, "edition": 1, "claims": 0, "tries": 0}


def _at(channel: Channel) -> tuple[ColumnElement[bool], ...]:
    return (
        col(CircleChannelRow.platform) == channel.platform,
        col(CircleChannelRow.tenant) == channel.tenant,
        col(CircleChannelRow.channel) == channel.channel,
    )


def _her(circle_id: str, person_id: str) -> tuple[bool, bool]:
    return (CircleMemberRow.circle_id == circle_id, CircleMemberRow.person_id == person_id)
