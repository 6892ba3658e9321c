"""The accounts of one person, the codes that join another one, and moving her letters between them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, union_all, update
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat.inbound import Sender
from bot.delivery.kinds import NOTICES
from bot.delivery.model import State
from bot.profile.codes import COMBINATIONS, LIFE, WRONG_SPAN, digest, spelled
from bot.profile.ports import Linked, Offer
from storage import circle_moves
from storage.circles import SqlCircles
from storage.columns import Sealer
from storage.rows import (
    AccountRow,
    LinkCodeRow,
    LinkTryRow,
    OutboxRow,
    PaceStateRow,
    PersonRow,
    ScheduleRow,
    TalkRow,
    UndeliveredRow,
)
from storage.sql import insert_new, upsert


class Known(NamedTuple):
    """What nearly every turn needs of a person, read in one statement: each one costs two thread changes."""

    person: PersonRow
    talk: TalkRow | None
    state: PaceStateRow | None
    missed: bool
    """Words are kept for her that no letter could bring."""
    new: bool = False
    """She was made just now."""


_WITH_TALK = (
    select(
        PersonRow,
        TalkRow,
        PaceStateRow,
        exists(
            select(UndeliveredRow.subject).where(
                col(UndeliveredRow.subject) == col(PersonRow.id), UndeliveredRow.shown_in == ""
            )
        ),
    )
    .outerjoin(TalkRow, col(TalkRow.person_id) == col(PersonRow.id))
    .outerjoin(PaceStateRow, col(PaceStateRow.person_id) == col(PersonRow.id))
    # Turns of one person follow one another, on whatever machine. Rows that name her can be written meanwhile:
    # whoever holds her circle and writes to her would otherwise wait for her, while she waits for the circle.
    .with_for_update(of=PersonRow, key_share=True)
)


def _at(row: type[PersonRow | AccountRow]) -> ColumnElement[bool]:
    names = ("platform", "tenant", "account")
    return and_(*(col(getattr(row, name)) == bindparam(f"at_{name}") for name in names))


# While somebody waits for the person's row her address may move. The ids are compared with what was true
# when the waiting began, so that it still finds her; a comparison with her address would not.
_BEHIND = _WITH_TALK.where(
    col(PersonRow.id).in_(
        union_all(
            select(PersonRow.id).where(_at(PersonRow)), select(AccountRow.person_id).where(_at(AccountRow))
        )
    )
)


async def behind(session: AsyncSession, sender: Sender) -> list[Known]:
    """Everybody behind an account: the one whose letters go there, and who has it beside that one."""
    at = {"at_platform": sender.platform, "at_tenant": sender.tenant, "at_account": sender.account}
    return [Known(*row) for row in await session.exec(_BEHIND, params=at)]


class SqlAccounts:
    """The `Accounts` port on SQL."""

    def __init__(
        self,
        session: AsyncSession,
        sealer: Sealer,
        person: PersonRow,
        sender: Sender,
        become: Callable[[Known], None],
    ) -> None:
        self._session, self._sealer = session, sealer
        self._person, self._sender, self._become = person, sender, become

    async def linked(self) -> Sequence[Linked]:
        """All her accounts, the one that letters go to before the others."""
        return await self._accounts_of(self._person)

    async def _accounts_of(self, person: PersonRow) -> list[Linked]:
        rows = await self._session.exec(
            select(AccountRow)
            .where(AccountRow.person_id == person.id)
            .order_by(col(AccountRow.since), col(AccountRow.platform))
        )
        others = [Linked(Sender(r.platform, r.account, r.tenant), r.first) for r in rows]
        address = Sender(person.platform, person.account, person.tenant)
        return [Linked(address, not any(one.first for one in others)), *others]

    async def offer(self, *, now: datetime) -> str:
        """Make a code, good for ten minutes and once; the one made before is good no more."""
        await self._session.exec(delete(LinkCodeRow).where(col(LinkCodeRow.expires_at) <= now))
        code = spelled(secrets.randbelow(COMBINATIONS))
        mine = {"person_id": self._person.id, "digest": digest(code), "expires_at": now + LIFE}
        await upsert(self._session, LinkCodeRow, ["person_id"], **mine)
        return code

    async def offered(self, reference: str, *, now: datetime) -> Offer | None:
        """The offer behind a code's digest; None if there never was one, or it is used or over."""
        good = (LinkCodeRow.digest == reference, col(LinkCodeRow.expires_at) > now)
        found = await self._session.exec(
            select(PersonRow).join(LinkCodeRow, col(LinkCodeRow.person_id) == col(PersonRow.id)).where(*good)
        )
        maker = found.one_or_none()
        if maker is None:
            return None
        platforms = frozenset(one.sender.platform for one in await self._accounts_of(maker))
        return Offer(reference, maker.id == self._person.id, platforms)

    async def wrong_tries(self, *, now: datetime) -> int:
        """How many wrong codes she said within the last hour."""
        row = await self._tries(now)
        return row.wrong if row else 0

    async def _tries(self, now: datetime) -> LinkTryRow | None:
        mine = (LinkTryRow.person_id == self._person.id, col(LinkTryRow.since) > now - WRONG_SPAN)
        return (await self._session.exec(select(LinkTryRow).where(*mine))).one_or_none()

    async def note_wrong(self, *, now: datetime) -> None:
        """She said a wrong code; the hour begins with the first of them."""
        row = await self._tries(now)
        counted = {"wrong": row.wrong + 1 if row else 1, "since": row.since if row else now}
        await upsert(self._session, LinkTryRow, ["person_id"], person_id=self._person.id, **counted)

    async def join(self, offer: Offer, *, now: datetime) -> bool:
        """Let the account that speaks belong to the person who made the offer, and go on as her, in its circles too."""
        maker = select(LinkCodeRow.person_id).where(
            LinkCodeRow.digest == offer.reference, col(LinkCodeRow.expires_at) > now
        )
        found = (await self._session.exec(_WITH_TALK.where(col(PersonRow.id).in_(maker)))).one_or_none()
        if found is None or not await self._take(offer, found[0], now):
            return False
        left, self._person = self._person, found[0]
        await circle_moves.move(self._session, self._sealer, left.id, self._person, now=now)
        await forget(self._session, self._sealer, left.id, now=now)
        await insert_new(
            self._session,
            AccountRow,
            ["platform", "tenant", "account"],
            platform=self._sender.platform,
            tenant=self._sender.tenant,
            account=self._sender.account,
            person_id=self._person.id,
            first=False,
            since=now,
        )
        self._become(Known(*found))
        return True

    async def _take(self, offer: Offer, maker: PersonRow, now: datetime) -> bool:
        """Use the code up; False if it is gone, or if her accounts are not what they were."""
        platforms = frozenset(one.sender.platform for one in await self._accounts_of(maker))
        if platforms != offer.platforms or self._sender.platform in platforms:
            return False
        taken = await self._session.exec(
            delete(LinkCodeRow).where(
                col(LinkCodeRow.person_id) == maker.id, col(LinkCodeRow.digest) == offer.reference
            )
        )
        return bool(taken.rowcount)

    async def prefer(self, platform: str) -> None:
        """Let letters go to her account there: what is due and what waits moves with the same commit."""
        accounts = await self.linked()
        old, new = accounts[0], next(one for one in accounts if one.sender.platform == platform)
        if new is old:
            return
        await self._drop(platform)
        address = {"platform": platform, "tenant": new.sender.tenant, "account": new.sender.account}
        own = col(PersonRow.id) == self._person.id
        await self._session.exec(update(PersonRow).where(own).values(**address))
        await insert_new(
            self._session,
            AccountRow,
            ["platform", "tenant", "account"],
            platform=old.sender.platform,
            tenant=old.sender.tenant,
            account=old.sender.account,
            person_id=self._person.id,
            first=old.first,
            since=self._person.created_at,
        )
        await self._move_letters(platform, new.sender.tenant)

    async def _drop(self, platform: str) -> None:
        mine = col(AccountRow.person_id) == self._person.id
        await self._session.exec(delete(AccountRow).where(mine, col(AccountRow.platform) == platform))

    async def _move_letters(self, platform: str, tenant: str) -> None:
        """The timetable before the letters: a tick that holds a slot has written its letter once we get it.

        A letter on its way, or of which nobody knows whether it arrived, stays where it was sent.
        """
        there = {"platform": platform, "tenant": tenant}
        await self._session.exec(
            update(ScheduleRow).where(col(ScheduleRow.subject) == self._person.id).values(**there)
        )
        waiting = (col(OutboxRow.subject) == self._person.id) & (col(OutboxRow.state) == State.READY.value)
        waiting &= col(OutboxRow.kind).not_in(list(NOTICES))  # about the account it was written for
        await self._session.exec(update(OutboxRow).where(waiting).values(**there))

    async def leave(self, platform: str, *, then: str, now: datetime) -> None:
        """Take her account on a platform off; letters that went there go to the one on `then`."""
        if self._person.platform == platform:
            await self.prefer(then)
        await self._drop(platform)
        # Nobody can look any more whether these arrived, and saying them elsewhere might say them twice.
        doubtful = (
            (col(OutboxRow.subject) == self._person.id)
            & (col(OutboxRow.platform) == platform)
            & (col(OutboxRow.state) == State.DOUBT.value)
        )
        gone = {"state": State.CANCELLED.value, "why": "unlinked", "settled_at": now, "sealed": None}
        await self._session.exec(update(OutboxRow).where(doubtful).values(**gone))
        await self._move_letters(self._person.platform, self._person.tenant)


async def forget(session: AsyncSession, sealer: Sealer, person_id: str, *, now: datetime) -> None:
    """Delete a person and all that is kept of her, in every table that knows of people; she leaves her circles."""
    await SqlCircles(session, sealer, person_id).leave_everywhere(now=now)
    connection = await session.connection()
    for table in reversed(SQLModel.metadata.sorted_tables):
        for name in ("person_id", "subject"):
            if name not in table.c:
                continue
            hers = table.c[name] == person_id
            # What somebody else did to her stays, and is about nobody.
            gone = update(table).values({name: None}) if table.c[name].nullable else delete(table)
            await connection.execute(gone.where(hers))
    await session.exec(delete(PersonRow).where(col(PersonRow.id) == person_id))
