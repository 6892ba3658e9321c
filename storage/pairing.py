"""Pairs on SQL: wishes and meetings of a circle on one transaction. Who left has no row, and so is in no meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat.inbound import Sender
from bot.pairing.arranged import Arranged, Asked, Asking, Part, Seat, Stage
from bot.pairing.model import Earlier, Person, Wish
from storage import circle_ends
from storage.columns import Sealer
from storage.mapping import from_json, to_json
from storage.pairing_rows import PairMeetingRow, PairSeatRow, PairWishRow
from storage.rows import AccountRow, CardRow, PersonRow, SittingRow
from storage.sql import upsert
from storage.timetable import SqlTimetable


@dataclass(frozen=True, slots=True)
class _Plan:
    """What of a meeting is encrypted."""

    parts: tuple[Part, ...]
    minutes: int
    times: tuple[datetime, ...]
    begins: datetime | None
    second_round: bool


class SqlPairs:
    """The `Pairs` port on SQL."""

    def __init__(self, session: AsyncSession, sealer: Sealer) -> None:
        self._session, self._sealer = session, sealer

    async def hold(self, circle_id: str) -> None:
        """Let nobody else change this circle's pairs until the commit."""
        await circle_ends.locked(self._session, circle_id)

    async def asked(self, circle_id: str, person: Person) -> Asked | None:
        """Her newest word; None if she never said any."""
        return next(iter(await self._asked(circle_id, PairWishRow.person_id == person)), None)

    async def all_asked(self, circle_id: str) -> Sequence[Asked]:
        """Everybody's newest word, in order of their ids."""
        return await self._asked(circle_id)

    async def _asked(self, circle_id: str, *which: ColumnElement[bool] | bool) -> list[Asked]:
        rows = await self._session.exec(
            select(PairWishRow)
            .where(PairWishRow.circle_id == circle_id, *which)
            .order_by(col(PairWishRow.person_id))
            .execution_options(populate_existing=True)
        )
        return [self._read_asked(row) for row in rows]

    def _read_asked(self, row: PairWishRow) -> Asked:
        kept = self._sealer.open(row.sealed)
        wish = from_json(Wish, {**kept["wish"], "person": row.person_id}) if kept["wish"] else None
        return Asked(row.person_id, row.week, Asking(kept["asking"]), wish, kept["owed"])

    async def keep_asked(self, circle_id: str, asked: Asked) -> None:
        """Keep it, replacing an earlier one."""
        wish = to_json(Wish, replace(asked.wish, person="")) if asked.wish else None
        private = {"asking": asked.asking.value, "wish": wish, "owed": asked.owed}
        await upsert(
            self._session,
            PairWishRow,
            ["circle_id", "person_id"],
            circle_id=circle_id,
            person_id=asked.person,
            week=asked.week,
            sealed=self._sealer.seal(private),
        )

    async def meeting(self, meeting_id: str) -> Arranged | None:
        """A meeting by its id; None if there is none any more."""
        return next(iter(await self._meetings(PairMeetingRow.id == meeting_id)), None)

    async def meetings(self, circle_id: str, *, since: date) -> Sequence[Arranged]:
        """Those of weeks from a Monday on, in the order in which they were arranged."""
        return await self._meetings(PairMeetingRow.circle_id == circle_id, col(PairMeetingRow.week) >= since)

    async def _meetings(self, *which: ColumnElement[bool] | bool) -> list[Arranged]:
        rows = await self._session.exec(
            select(PairMeetingRow)
            .where(*which)
            .order_by(col(PairMeetingRow.told_at), col(PairMeetingRow.id))
            .execution_options(populate_existing=True)
        )
        found = rows.all()
        seats = await self._session.exec(
            select(PairSeatRow)
            .join(PairMeetingRow, col(PairMeetingRow.id) == col(PairSeatRow.meeting_id))
            .where(*which)
            .order_by(col(PairSeatRow.seat))
            .execution_options(populate_existing=True)
        )
        by_meeting: dict[str, list[Seat]] = defaultdict(list)
        for row in seats:
            by_meeting[row.meeting_id].append(self._read_seat(row))
        return [self._read(row, by_meeting[row.id]) for row in found]

    def _read(self, row: PairMeetingRow, seats: list[Seat]) -> Arranged:
        plan = from_json(_Plan, self._sealer.open(row.sealed))
        return Arranged(
            row.id,
            row.circle_id,
            row.week,
            row.told_at,
            Stage(row.stage),
            tuple(seats),
            plan.parts,
            plan.minutes,
            plan.times,
            plan.begins,
            plan.second_round,
        )

    def _read_seat(self, row: PairSeatRow) -> Seat:
        kept: dict[str, Any] = self._sealer.open(row.sealed)
        hers = {"person": row.person_id, "place": row.seat, "drills": row.drills.split()}
        return from_json(Seat, {**kept, **hers})

    async def earlier(self, circle_id: str, *, since: date) -> Sequence[Earlier]:
        """Who was put together with whom, also where it fell through, from the week of a Monday on."""
        rows = await self._session.exec(
            select(col(PairMeetingRow.id), col(PairMeetingRow.week), col(PairSeatRow.person_id))
            .join(PairSeatRow, col(PairSeatRow.meeting_id) == col(PairMeetingRow.id))
            .where(PairMeetingRow.circle_id == circle_id, col(PairMeetingRow.week) >= since)
            .order_by(col(PairMeetingRow.week), col(PairMeetingRow.id), col(PairSeatRow.person_id))
        )
        people: dict[tuple[str, date], list[str]] = defaultdict(list)
        for meeting_id, week, person in rows:
            people[meeting_id, week].append(person)
        return [Earlier(week, tuple(some)) for (_, week), some in people.items() if len(some) > 1]

    async def keep_meeting(self, meeting: Arranged) -> None:
        """Keep it with its seats, replacing an earlier version of it."""
        plan = _Plan(meeting.parts, meeting.minutes, meeting.times, meeting.begins, meeting.second_round)
        told = {"circle_id": meeting.circle_id, "week": meeting.week, "told_at": meeting.told}
        sealed = self._sealer.seal(to_json(_Plan, plan))
        stage = meeting.stage.value
        await upsert(self._session, PairMeetingRow, ["id"], id=meeting.id, **told, stage=stage, sealed=sealed)
        for seat in meeting.seats:
            await self._keep_seat(meeting, seat)

    async def _keep_seat(self, meeting: Arranged, seat: Seat) -> None:
        private = to_json(Seat, seat)
        for clear in ("person", "place", "drills"):
            del private[clear]
        await upsert(
            self._session,
            PairSeatRow,
            ["meeting_id", "person_id"],
            meeting_id=meeting.id,
            person_id=seat.person,
            circle_id=meeting.circle_id,
            seat=seat.place,
            drills=" ".join(seat.drills),
            sealed=self._sealer.seal(private),
        )

    async def forget(self, circle_id: str, *, before: date) -> None:
        """Delete meetings of weeks before a Monday."""
        of_it = (col(PairMeetingRow.circle_id) == circle_id) & (col(PairMeetingRow.week) < before)
        old = select(PairMeetingRow.id).where(of_it)
        await self._session.exec(delete(PairSeatRow).where(col(PairSeatRow.meeting_id).in_(old)))
        await self._session.exec(delete(PairMeetingRow).where(of_it))

    async def seen(self, people: Collection[Person]) -> frozenset[str]:
        """Drills that any of these did or had open, without saying who."""
        hers = sorted(people)
        found: set[str] = set()
        for row in (SittingRow, CardRow):
            ids = await self._session.exec(
                select(row.drill_id).where(col(row.person_id).in_(hers)).distinct()
            )
            found.update(ids)
        heard = await self._session.exec(
            select(PairSeatRow.drills).where(col(PairSeatRow.person_id).in_(hers))
        )
        return frozenset(found.union(*(drills.split() for drills in heard)))

    async def addresses(self, people: Collection[Person]) -> Mapping[Person, Sequence[Sender]]:
        """Their accounts; the one that letters go to before the others."""
        hers = sorted(people)
        first = await self._session.exec(select(PersonRow).where(col(PersonRow.id).in_(hers)))
        found = {row.id: [Sender(row.platform, row.account, row.tenant)] for row in first}
        more = await self._session.exec(select(AccountRow).where(col(AccountRow.person_id).in_(hers)))
        for row in more:
            found[row.person_id].append(Sender(row.platform, row.account, row.tenant))
        return found

    async def remind(
        self, person: Person, kind: str, *, about: str, at: datetime, now: datetime, expires: datetime
    ) -> None:
        """Let a letter of this kind come due to her at an instant, once for what it is about."""
        row = (await self._session.exec(select(PersonRow).where(PersonRow.id == person))).one_or_none()
        if row is not None:
            timetable = SqlTimetable(self._session, row, self._sealer)
            await timetable.remind(kind, about=about, at=at, now=now, expires=expires)
