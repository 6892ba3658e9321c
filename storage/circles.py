"""Circles on SQL: one transaction's view of them, of a person or of a circle alone."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat.inbound import Channel
from bot.chat.message import Message, message
from bot.circle.model import (
    Act,
    Binding,
    Circle,
    CircleLetter,
    Deed,
    Left,
    Member,
    Settings,
    Times,
)
from bot.circle.ports import StaleCircle
from bot.circle.words import HEIR
from bot.profile.codes import COMBINATIONS, LIFE, digest, spelled
from storage import circle_acts, circle_ends, circle_letters, circle_shown
from storage.circle_members import SqlMembers, fresh
from storage.circle_news import SqlNotices
from storage.circle_offers import SqlOffers
from storage.circle_rows import (
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
from storage.sql import insert_new, upsert

_CHANNEL = ["platform", "tenant", "channel"]


class SqlCircles(SqlMembers):
    """The `Circles` port on SQL."""

    def __init__(self, session: AsyncSession, sealer: Sealer, me: str = "") -> None:
        super().__init__(session, sealer)
        self.me = me
        self.group = SqlGroupDrills(session, sealer, me)
        self.pulses = SqlPulses(session, sealer, me)
        self.notices = SqlNotices(session, sealer, me)
        self.offers = SqlOffers(session, sealer, me)
        self.rhythms = SqlRhythms(session, sealer, me)
        self.recaps = SqlRecaps(session, sealer, me)

    async def mine(self) -> Sequence[Circle]:
        """The circles she belongs to, the oldest membership first."""
        rows = await self._session.exec(
            fresh(CircleRow)
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
            fresh(CircleRow)
            .join(CircleChannelRow, col(CircleChannelRow.circle_id) == col(CircleRow.id))
            .where(*_at(channel))
        )
        row = found.one_or_none()
        return self._read(row) if row else None

    async def circle(self, circle_id: str) -> Circle | None:
        """A circle by its id, also one that has ended."""
        found = await self._session.exec(fresh(CircleRow).where(CircleRow.id == circle_id))
        row = found.one_or_none()
        return self._read(row) if row else None

    async def create(self, circle: Circle, channel: Channel, name: str, *, now: datetime) -> bool:
        """Begin one in a channel, with her as its admin of that name; False if the channel has one."""
        made = {"version": circle.version, "ended": False, "sealed": self._seal(circle), "created_at": now}
        await insert_new(self._session, CircleRow, ["id"], id=circle.id, **made)
        if not await self.bind(circle.id, channel):
            await self._session.exec(delete(CircleRow).where(col(CircleRow.id) == circle.id))
            return False
        await self._enter(circle.id, Member(self.me, name, True, now))
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
            fresh(CircleChannelRow)
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

    async def leave(self, circle_id: str, person_id: str, *, now: datetime) -> Left:
        """Take her out, with all that is kept of her; who becomes admin for that is told, and it is noted."""
        ended, heir = await circle_ends.leave(self._session, circle_id, person_id, now)
        if not heir:
            return Left(ended)
        await self.note(circle_id, heir, Deed.FOLLOWED, now=now)
        circle = await self.circle(circle_id)
        letter = message(HEIR.format(name=circle.name if circle else ""))
        await self.tell(circle_id, heir, letter, about=f"heir.{int(now.timestamp())}", now=now)
        return Left(heir=await self.member(circle_id, heir))

    async def leave_everywhere(self, *, now: datetime) -> None:
        """Take her out of every circle she is in."""
        mine = select(CircleMemberRow.circle_id).where(CircleMemberRow.person_id == self.me)
        # In one order, so that two of these cannot wait for each other.
        for circle_id in sorted((await self._session.exec(mine)).all()):
            await self.leave(circle_id, self.me, now=now)

    async def note(
        self,
        circle_id: str,
        person_id: str,
        deed: Deed,
        *,
        now: datetime,
        detail: str = "",
        whom: str = "",
        drill_id: str = "",
    ) -> None:
        """An admin did something, to somebody or with an offered drill; members can read it."""
        about = {"what": deed.value, "detail": detail, "drill_id": drill_id}
        sealed = self._sealer.seal({name: value for name, value in about.items() if value})
        await circle_acts.note(
            self._session, circle_id, person_id, subject=whom or None, at=now, sealed=sealed
        )

    async def acts(self, circle_id: str, *, limit: int, before: int | None = None) -> Sequence[Act]:
        """What admins did, the newest first; only what was done before the act of that place, if one is named."""
        titles = {offer.drill_id: offer.title for offer in await self.offers.offered(circle_id)}
        rows = await circle_acts.newest(self._session, circle_id, limit, before)
        return [circle_acts.read(row, by, whom, titles, self._sealer) for row, by, whom in rows]

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
        channels = [binding.channel for binding in await self.bindings(circle_id)]
        await circle_shown.want(self._session, circle_id, kind, about, channels)

    async def want_in(self, circle_id: str, kind: str, about: str, channel: Channel) -> None:
        """As `want`, in one place alone, which need not be a channel of the circle."""
        await circle_shown.want(self._session, circle_id, kind, about, [channel])

    async def renew(self, circle_id: str, kind: str, about: str = "") -> None:
        """Let a post be composed anew where it stands, or is to stand; no other channel gets it."""
        await circle_shown.renew(self._session, circle_id, circle_shown.which(kind, [about]))

    async def renew_naming(self, circle_id: str, person_id: str) -> None:
        """Let the posts be composed anew that may say somebody's name."""
        naming = await circle_shown.naming(self._session, circle_id, person_id)
        await circle_shown.renew(self._session, circle_id, *naming)

    async def renew_arranged(self, circle_id: str) -> None:
        """Let the posts be composed anew that tell how the circle is arranged."""
        await circle_shown.renew(
            self._session, circle_id, *await circle_shown.arranged(self._session, circle_id)
        )

    async def renew_drill(self, circle_id: str, drill_id: str) -> None:
        """Let the posts of the days be composed anew that had this drill."""
        of_drill = await circle_shown.of_drill(self._session, circle_id, drill_id)
        await circle_shown.renew(self._session, circle_id, *of_drill)

    async def post_again(self, circle_id: str) -> int:
        """Post anew what nobody knows whether it was posted; how many."""
        anew = {
            "edition": col(CirclePostRow.edition) + 1,
            "doubt": None,
            "tries": 0,
            "not_before": circle_shown.LONG_AGO,
        }
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
        self, circle_id: str, person_id: str, message: Message, *, about: str, now: datetime, of: str = ""
    ) -> None:
        """Let a letter to one member leave by itself, once for what it is about, while she is one.

        One that speaks `of` a member, by her id, is taken back when that one leaves.
        """
        await self.tell_all(circle_id, [CircleLetter(person_id, message, about, of)], now=now)

    async def tell_all(self, circle_id: str, letters: Sequence[CircleLetter], *, now: datetime) -> None:
        """As `tell`, to many members in few statements."""
        await circle_letters.tell(self._session, self._sealer, circle_id, letters, now)


def _at(channel: Channel) -> tuple[ColumnElement[bool], ...]:
    return (
        col(CircleChannelRow.platform) == channel.platform,
        col(CircleChannelRow.tenant) == channel.tenant,
        col(CircleChannelRow.channel) == channel.channel,
    )
