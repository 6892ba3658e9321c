"""The timetable and the waiting letters of one person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat.message import Message
from bot.delivery.model import Letter, Slot, State, Undelivered
from bot.delivery.ports import LostLease
from bot.delivery.recurrence import UnknownZone, next_due
from storage.columns import Sealer, UnreadableSecret
from storage.mapping import from_json, to_json
from storage.rows import OutboxRow, PersonRow, ScheduleRow, UndeliveredRow
from storage.sql import insert_new, upsert


class SqlTimetable:
    """The `Timetable` port on SQL."""

    def __init__(
        self, session: AsyncSession, person: PersonRow, sealer: Sealer, *, missed: bool = False
    ) -> None:
        self._session, self._person, self._sealer, self.missed = session, person, sealer, missed

    async def keep(self, slots: Sequence[Slot], *, now: datetime, away: bool) -> None:
        """Let these be her slots, and no others; while she is away nothing is due."""
        mine = col(ScheduleRow.subject) == self._person.id
        known = {row.kind: row for row in await self._session.exec(select(ScheduleRow).where(mine))}
        for slot in slots:
            row = known.pop(slot.kind, None)
            if away or row is None or row.fault or row.next_due_at is None or _slot(row) != slot:
                await self._put(slot, now, away=away)
        await self._session.exec(delete(ScheduleRow).where(mine, col(ScheduleRow.kind).in_(list(known))))
        await self._cancel(None if away else list(known), now, "away" if away else "unwanted")
        if away and self.missed:
            await self._forget_undelivered()
        if self._person.unreachable:
            own = col(PersonRow.id) == self._person.id
            await self._session.exec(update(PersonRow).where(own).values(unreachable=False))

    async def _put(self, slot: Slot, now: datetime, *, away: bool) -> None:
        fault, due = "", None
        try:
            due = next_due(slot.zone, slot.minute, slot.weekday, now).due
        except UnknownZone:
            fault = "zone"
        await upsert(
            self._session,
            ScheduleRow,
            ["subject", "kind"],
            subject=self._person.id,
            kind=slot.kind,
            tenant=self._person.tenant,
            platform=self._person.platform,
            zone=slot.zone,
            minute=slot.minute,
            weekday=slot.weekday,
            next_due_at=None if away else due,
            fault=fault,
            version=1,
        )

    async def _cancel(self, kinds: Sequence[str] | None, now: datetime, why: str) -> None:
        """Cancel letters that wait: of these kinds, or all of them."""
        waiting = (col(OutboxRow.subject) == self._person.id) & (col(OutboxRow.state) == State.READY.value)
        if kinds is not None:
            if not kinds:
                return
            waiting &= col(OutboxRow.kind).in_(kinds)
        gone = {"state": State.CANCELLED.value, "why": why, "settled_at": now, "sealed": None}
        await self._session.exec(update(OutboxRow).where(waiting).values(**gone))

    async def compose(
        self, letter: Letter, message: Message, *, said: str, name: str, expires: datetime
    ) -> None:
        """Keep what a claimed letter says, encrypted. Raises LostLease if the claim is another's by now."""
        claim = (
            (col(OutboxRow.dedup_key) == letter.key)
            & (col(OutboxRow.claims) == letter.claims)
            & (col(OutboxRow.state) == letter.state.value)
        )
        sealed = self._sealer.seal(to_json(Message, message))
        written = await self._session.exec(
            update(OutboxRow).where(claim).values(sealed=sealed, said=said, name=name, expires_at=expires)
        )
        if written.rowcount == 0:
            raise LostLease

    async def tell(
        self, said: str, message: Message, *, about: str, now: datetime, expires: datetime, receipt: str = ""
    ) -> None:
        """Let this leave by itself, once for what it is about; it stays on the platform it is written for."""
        sealed = self._sealer.seal(to_json(Message, message))
        await self._put_letter(
            said, about, now, now, expires, said=said, sealed=sealed, receipt=receipt[:200]
        )

    async def remind(
        self,
        kind: str,
        *,
        about: str,
        at: datetime,
        now: datetime,
        expires: datetime,
        circle_id: str = "",
    ) -> None:
        """Let a letter of this kind come due at an instant, once for what it is about; it is written then.

        One of a circle is for its members alone.
        """
        await self._put_letter(kind, about, now, at, expires, circle_id=circle_id)

    async def _put_letter(
        self, kind: str, about: str, now: datetime, at: datetime, expires: datetime, **written: str
    ) -> None:
        person = self._person
        await insert_new(
            self._session,
            OutboxRow,
            ["dedup_key"],
            dedup_key=letter_key(person, kind, about),
            tenant=person.tenant,
            subject=person.id,
            platform=person.platform,
            kind=kind,
            day=now.date(),
            due_at=at,
            not_before=at,
            expires_at=expires,
            state=State.READY.value,
            **written,
        )

    async def undelivered(self) -> Sequence[Undelivered]:
        """Words that found the way to her closed, in the order they were due; what no key opens is left out."""
        mine = (col(UndeliveredRow.subject) == self._person.id) & (col(UndeliveredRow.shown_in) == "")
        rows = await self._session.exec(
            select(UndeliveredRow)
            .where(mine)
            .order_by(col(UndeliveredRow.due_at), col(UndeliveredRow.said), col(UndeliveredRow.circle_id))
        )
        return [found for row in rows if (found := self._undelivered(row))]

    def _undelivered(self, row: UndeliveredRow) -> Undelivered | None:
        try:
            words = from_json(Message, self._sealer.open(row.sealed))
        except (UnreadableSecret, ValueError):
            return None
        return Undelivered(row.said, row.day, row.due_at, row.expires_at, words, row.name)

    async def show_undelivered(self, kinds: Sequence[str], *, event_id: str) -> None:
        """The answer to this event shows these message kinds; what else waited is forgotten."""
        await self._forget_undelivered(but=kinds)
        mine = (col(UndeliveredRow.subject) == self._person.id) & (col(UndeliveredRow.shown_in) == "")
        await self._session.exec(update(UndeliveredRow).where(mine).values(shown_in=event_id))

    async def _forget_undelivered(self, *, but: Sequence[str] = ()) -> None:
        """They are of no use to anybody any more."""
        mine = (col(UndeliveredRow.subject) == self._person.id) & (col(UndeliveredRow.shown_in) == "")
        rest = mine & col(UndeliveredRow.said).not_in(list(but))
        await self._session.exec(delete(UndeliveredRow).where(rest))
        self.missed = False


async def take_back(session: AsyncSession, about: str, people: Collection[str], *, now: datetime) -> None:
    """Cancel letters to these people whose keys name something that is over, also those that may have arrived."""
    waits = [State.READY.value, State.DOUBT.value]
    found = await session.exec(
        select(col(OutboxRow.dedup_key))
        .where(
            col(OutboxRow.subject).in_(sorted(people)),
            col(OutboxRow.state).in_(waits),
            col(OutboxRow.dedup_key).contains(about, autoescape=True),
        )
        .order_by(
            col(OutboxRow.dedup_key)
        )  # in one order, or two who write letters would wait for each other
        .with_for_update()
    )
    if keys := found.all():
        gone = {"state": State.CANCELLED.value, "why": "over", "settled_at": now, "sealed": None}
        waiting = col(OutboxRow.dedup_key).in_(keys) & col(OutboxRow.state).in_(waits)
        await session.exec(update(OutboxRow).where(waiting).values(**gone))


def letter_key(person: PersonRow, kind: str, about: str) -> str:
    """What a letter that is written for somebody by itself is known by."""
    return f"{person.tenant}:{person.id}:{kind}:{about}"


def _slot(row: ScheduleRow) -> Slot:
    return Slot(row.kind, row.zone, row.minute, row.weekday)
