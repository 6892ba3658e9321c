"""Pairs on SQL: wishes and meetings of a circle on one transaction. Who left has no row, and so is in no meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat.inbound import Sender
from bot.pairing.arranged import TOGETHER, Arranged, Asked, Asking, Part, Seat, Stage
from bot.pairing.model import Earlier, Engagement, Person, Wish
from storage import circle_ends
from storage.circle_rows import CirclePostRow
from storage.columns import Sealer
from storage.mapping import from_json, to_json
from storage.pairing_rows import PairMeetingRow, PairSeatRow, PairWeekRow, PairWishRow
from storage.rows import AccountRow, CardRow, PersonRow, SittingRow
from storage.sql import given, insert_new, upsert_many
from storage.timetable import SqlTimetable, take_back

_MEETING = ("id", "circle_id", "week", "told_at", "stage", "sealed")
_SEAT = ("meeting_id", "person_id", "circle_id", "seat", "drills", "sealed")
_AHEAD = timedelta(days=28)
"""A meeting is agreed in its week, for two weeks ahead at most."""


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

    async def all_asked(self, circle_id: str) -> Sequence[Asked]:
        """Every word that is kept, in order of people's ids and of weeks."""
        rows = await self._session.exec(
            select(PairWishRow)
            .where(PairWishRow.circle_id == circle_id)
            .order_by(col(PairWishRow.person_id), col(PairWishRow.week))
            .execution_options(populate_existing=True)
        )
        return [self._read_asked(row) for row in rows]

    def _read_asked(self, row: PairWishRow) -> Asked:
        kept = self._sealer.open(row.sealed)
        wish = from_json(Wish, {**kept["wish"], "person": row.person_id}) if kept["wish"] else None
        return Asked(row.person_id, row.week, Asking(kept["asking"]), wish, kept["owed"])

    async def keep_asked(self, circle_id: str, asked: Sequence[Asked]) -> None:
        """Keep these, each in the place of what she said about that week before."""
        if asked:
            rows = [(circle_id, a.person, a.week, self._sealed_asked(a)) for a in asked]
            many = given(self._session, PairWishRow, ("circle_id", "person_id", "week", "sealed"), rows)
            await upsert_many(self._session, ["circle_id", "person_id", "week"], many)

    def _sealed_asked(self, asked: Asked) -> str:
        wish = to_json(Wish, replace(asked.wish, person="", engaged=())) if asked.wish else None
        return self._sealer.seal({"asking": asked.asking.value, "wish": wish, "owed": asked.owed})

    async def keep_count(self, circle_id: str, week: date, people: int) -> None:
        """How many were put together for a week; what was kept first stays."""
        keys = {"circle_id": circle_id, "week": week}
        await insert_new(self._session, PairWeekRow, list(keys), **keys, people=people)

    async def count(self, circle_id: str, week: date) -> int | None:
        """How many were put together for a week; None where that was not kept."""
        row = PairWeekRow
        found = await self._session.exec(
            select(row.people).where(row.circle_id == circle_id, row.week == week)
        )
        return found.one_or_none()

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
        await self.keep_meetings([meeting])

    async def keep_meetings(self, meetings: Sequence[Arranged]) -> None:
        """Keep these with their seats, as `keep_meeting` does, in few statements."""
        seats = [self._seat_values(meeting, seat) for meeting in meetings for seat in meeting.seats]
        if meetings:
            rows = [self._meeting_values(meeting) for meeting in meetings]
            await upsert_many(self._session, ["id"], given(self._session, PairMeetingRow, _MEETING, rows))
        if seats:
            many = given(self._session, PairSeatRow, _SEAT, seats)
            await upsert_many(self._session, ["meeting_id", "person_id"], many)

    def _meeting_values(self, kept: Arranged) -> tuple[Any, ...]:
        """Values of `_MEETING`."""
        plan = _Plan(kept.parts, kept.minutes, kept.times, kept.begins, kept.second_round)
        sealed = self._sealer.seal(to_json(_Plan, plan))
        return kept.id, kept.circle_id, kept.week, kept.told, kept.stage.value, sealed

    def _seat_values(self, meeting: Arranged, seat: Seat) -> tuple[Any, ...]:
        """Values of `_SEAT`."""
        private = to_json(Seat, seat)
        for clear in ("person", "place", "drills"):
            del private[clear]
        drills = " ".join(seat.drills)
        return meeting.id, seat.person, meeting.circle_id, seat.place, drills, self._sealer.seal(private)

    async def engaged(
        self, people: Collection[Person], *, since: datetime
    ) -> Mapping[Person, Sequence[Engagement]]:
        """When each of these meets somebody in any circle, as agreed, if it ends after an instant."""
        rows = await self._session.exec(
            select(col(PairSeatRow.person_id), col(PairMeetingRow.sealed))
            .join(PairMeetingRow, col(PairMeetingRow.id) == col(PairSeatRow.meeting_id))
            .where(
                col(PairSeatRow.person_id).in_(sorted(people)),
                PairMeetingRow.stage == Stage.AGREED.value,
                col(PairMeetingRow.week) > since.date() - _AHEAD,
            )
        )
        found: dict[Person, list[Engagement]] = defaultdict(list)
        for person, sealed in rows:
            plan = from_json(_Plan, self._sealer.open(sealed))
            ends = plan.begins + timedelta(minutes=plan.minutes) if plan.begins else None
            if plan.begins and ends and ends > since:
                found[person].append(Engagement(plan.begins, ends))
        return found

    async def forget_asked(self, circle_id: str, *, before: date) -> None:
        """Delete words on weeks before a Monday, but for everybody's newest one."""
        row, newer = PairWishRow, aliased(PairWishRow)
        replaced = exists().where(
            col(newer.circle_id) == row.circle_id,
            col(newer.person_id) == row.person_id,
            col(newer.week) > row.week,
        )
        old = (col(row.circle_id) == circle_id) & (col(row.week) < before) & replaced
        await self._session.exec(delete(row).where(old).execution_options(synchronize_session=False))

    async def forget(self, circle_id: str, *, before: date) -> None:
        """Delete meetings and counts of weeks before a Monday."""
        counted = (col(PairWeekRow.circle_id) == circle_id) & (col(PairWeekRow.week) < before)
        await self._session.exec(delete(PairWeekRow).where(counted))
        of_it = (col(PairMeetingRow.circle_id) == circle_id) & (col(PairMeetingRow.week) < before)
        old = select(PairMeetingRow.id).where(of_it)
        shown = (col(CirclePostRow.kind) == TOGETHER) & col(CirclePostRow.about).in_(old)
        await self._session.exec(
            delete(CirclePostRow).where(col(CirclePostRow.circle_id) == circle_id, shown)
        )
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

    async def zones(self, people: Collection[Person]) -> Mapping[Person, str]:
        """The zone that each of them lives in now; nobody who has not set up."""
        rows = await self._session.exec(
            select(col(PersonRow.id), col(PersonRow.profile)).where(
                col(PersonRow.id).in_(sorted(people)), col(PersonRow.profile).is_not(None)
            )
        )
        return {person: self._sealer.open(profile)["zone"] for person, profile in rows if profile}

    async def remind(
        self,
        circle_id: str,
        person: Person,
        kind: str,
        *,
        about: str,
        at: datetime,
        now: datetime,
        expires: datetime,
    ) -> None:
        """Let a letter of this kind come due to a member at an instant, once for what it is about."""
        row = (await self._session.exec(select(PersonRow).where(PersonRow.id == person))).one_or_none()
        if row is not None:
            timetable = SqlTimetable(self._session, row, self._sealer)
            await timetable.remind(kind, about=about, at=at, now=now, expires=expires, circle_id=circle_id)

    async def take_back(self, meeting_id: str, people: Collection[Person], *, now: datetime) -> None:
        """Nothing about a meeting that waits to be sent to these is sent any more."""
        await take_back(self._session, meeting_id, people, now=now)
