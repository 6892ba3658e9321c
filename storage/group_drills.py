"""The drill of the day, answers to it, and the pulse, on SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import SystemRandom
from typing import Any

from sqlalchemy import ColumnElement, delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.circle.group_model import GroupAnswer, GroupDrill, Share, Shared, landed
from bot.circle.pulse import Band, Contributor, Pulse, weigh
from bot.pace.ports import DayEntry
from storage import circle_ends
from storage.circle_rows import CircleMemberRow
from storage.columns import Sealer
from storage.group_rows import CircleDrillAnswerRow, CircleDrillRow, CirclePulseRow, CirclePulseYesRow
from storage.mapping import from_json, to_json
from storage.rows import DayRow
from storage.sql import insert_new, upsert

_WEEK = timedelta(days=7)


class SqlGroupDrills:
    """The `GroupDrills` port on SQL."""

    def __init__(self, session: AsyncSession, sealer: Sealer, me: str) -> None:
        self._session, self._sealer, self._me = session, sealer, me

    async def had(self, circle_id: str) -> Sequence[str]:
        """Ids of all drills it had, the oldest first."""
        found = await self._session.exec(
            select(CircleDrillRow.drill_id)
            .where(CircleDrillRow.circle_id == circle_id)
            .order_by(col(CircleDrillRow.day))
        )
        return list(found.all())

    async def begin(self, circle_id: str, given: GroupDrill) -> bool:
        """Let it be the drill of its day; False if the day has one."""
        told = {"day": given.day, "drill_id": given.drill_id, "revealed": given.revealed}
        return await insert_new(
            self._session, CircleDrillRow, ["circle_id", "day"], circle_id=circle_id, **told
        )

    async def drill(self, circle_id: str, day: date) -> GroupDrill | None:
        """The drill of a day."""
        return next(iter(await self._drills(circle_id, col(CircleDrillRow.day) == day)), None)

    async def between(self, circle_id: str, first: date, last: date) -> Sequence[GroupDrill]:
        """Those of some days, both included."""
        return await self._drills(circle_id, col(CircleDrillRow.day).between(first, last))

    async def unrevealed(self, circle_id: str) -> Sequence[GroupDrill]:
        """Those whose reveal has not come, the oldest first."""
        return await self._drills(circle_id, col(CircleDrillRow.revealed).is_(False))

    async def _drills(self, circle_id: str, which: ColumnElement[bool]) -> list[GroupDrill]:
        found = await self._session.exec(
            select(CircleDrillRow)
            .where(CircleDrillRow.circle_id == circle_id, which)
            .order_by(col(CircleDrillRow.day))
            .execution_options(populate_existing=True)
        )
        return [GroupDrill(row.day, row.drill_id, row.revealed) for row in found]

    async def reveal(self, circle_id: str, day: date) -> None:
        """Its reveal has come."""
        await self._session.exec(
            update(CircleDrillRow)
            .where(col(CircleDrillRow.circle_id) == circle_id, col(CircleDrillRow.day) == day)
            .values(revealed=True)
            .execution_options(synchronize_session=False)
        )

    async def count(self, circle_id: str, day: date) -> int:
        """How many people answered before the reveal."""
        in_time = (*_of(circle_id, day), col(CircleDrillAnswerRow.late).is_(False))
        found = await self._session.exec(
            select(func.count()).select_from(CircleDrillAnswerRow).where(*in_time)
        )
        return found.one()

    async def shared(self, circle_id: str, day: date) -> Sequence[Shared]:
        """What people let the circle see."""
        told = col(CircleDrillAnswerRow.share) != Share.KEPT.value
        in_time = col(CircleDrillAnswerRow.late).is_(False)
        rows = await self._session.exec(
            select(CircleDrillAnswerRow)
            .where(*_of(circle_id, day), told, in_time)
            .order_by(col(CircleDrillAnswerRow.person_id))
            .execution_options(populate_existing=True)
        )
        return [self._shared(row) for row in rows]

    def _shared(self, row: CircleDrillAnswerRow) -> Shared:
        named = row.share == Share.NAMED.value
        return Shared(row.person_id, named, landed(self._answer(row).findings))

    def _answer(self, row: CircleDrillAnswerRow) -> GroupAnswer:
        kept: dict[str, Any] = self._sealer.open(row.sealed)
        return from_json(GroupAnswer, {**kept, "share": row.share, "late": row.late})

    async def hold(self, circle_id: str) -> None:
        """Let nobody else change the circle until this transaction ends: what is read from here on stays true."""
        await circle_ends.locked(self._session, circle_id)

    async def mine(self, circle_id: str, day: date, *, late: bool) -> GroupAnswer | None:
        """Her own answer from before the reveal, or the one that came after it."""
        hers = (CircleDrillAnswerRow.person_id == self._me, col(CircleDrillAnswerRow.late).is_(late))
        found = await self._session.exec(
            select(CircleDrillAnswerRow)
            .where(*_of(circle_id, day), *hers)
            .execution_options(populate_existing=True)
        )
        row = found.one_or_none()
        return self._answer(row) if row else None

    async def keep(self, circle_id: str, day: date, answer: GroupAnswer) -> None:
        """Keep her answer; of each sort it replaces the one before."""
        kept = to_json(GroupAnswer, answer)
        share, late = kept.pop("share"), kept.pop("late")
        await upsert(
            self._session,
            CircleDrillAnswerRow,
            ["circle_id", "day", "person_id", "late"],
            circle_id=circle_id,
            day=day,
            person_id=self._me,
            late=late,
            share=share,
            sealed=self._sealer.seal(kept),
        )


class SqlPulses:
    """The `Pulses` port on SQL."""

    def __init__(self, session: AsyncSession, sealer: Sealer, me: str) -> None:
        self._session, self._sealer, self._me = session, sealer, me

    async def since(self, circle_id: str) -> date | None:
        """The day since which she takes part; None if she does not."""
        hers = (CirclePulseYesRow.circle_id == circle_id, CirclePulseYesRow.person_id == self._me)
        row = (await self._session.exec(select(CirclePulseYesRow).where(*hers))).one_or_none()
        return row.since if row else None

    async def opt(self, circle_id: str, since: date | None) -> None:
        """Let her take part from a day on, or no more; a day that is kept already stays."""
        # A week is weighed under the same lock, so that nobody is half in it.
        await circle_ends.locked(self._session, circle_id)
        keys = {"circle_id": circle_id, "person_id": self._me}
        if since is not None:
            await insert_new(self._session, CirclePulseYesRow, [*keys], **keys, since=since)
            return
        hers = (col(CirclePulseYesRow.circle_id) == circle_id, col(CirclePulseYesRow.person_id) == self._me)
        await self._session.exec(delete(CirclePulseYesRow).where(*hers))

    async def kept(self, circle_id: str, monday: date) -> Pulse | None:
        """What was said of the week that began then; None if it was not weighed."""
        found = await self._session.exec(
            select(CirclePulseRow.band).where(
                CirclePulseRow.circle_id == circle_id, CirclePulseRow.monday == monday
            )
        )
        band = found.one_or_none()
        return None if band is None else Pulse(monday, Band(band) if band else None)

    async def weigh(self, circle_id: str, monday: date, *, today: date) -> Pulse:
        """What is said of that week: drawn and kept now, by the system's own chance, or as it was drawn before."""
        await circle_ends.locked(self._session, circle_id)
        kept = await self.kept(circle_id, monday)
        people = [] if kept else await self._contributors(circle_id, monday)
        pulse = weigh(monday, people, today=today, kept=kept, chance=SystemRandom())
        if kept is None:
            band = pulse.band.value if pulse.band else ""
            row = CirclePulseRow(circle_id=circle_id, monday=monday, band=band)
            self._session.add(row)  # a second one would fail, and its draw with it
            await self._session.flush()
        return pulse

    async def _contributors(self, circle_id: str, monday: date) -> list[Contributor]:
        """Members who said yes, each with the batteries of the week."""
        yes = await self._session.exec(
            select(CirclePulseYesRow)
            .join(
                CircleMemberRow,
                (col(CircleMemberRow.circle_id) == col(CirclePulseYesRow.circle_id))
                & (col(CircleMemberRow.person_id) == col(CirclePulseYesRow.person_id)),
            )
            .where(CirclePulseYesRow.circle_id == circle_id)
        )
        since = {row.person_id: row.since for row in yes}
        batteries: dict[str, list[float]] = {person: [] for person in since}
        days = await self._session.exec(
            select(DayRow.person_id, DayRow.sealed)
            .join(CirclePulseYesRow, col(CirclePulseYesRow.person_id) == col(DayRow.person_id))
            .where(
                CirclePulseYesRow.circle_id == circle_id,
                col(DayRow.day) >= monday,
                col(DayRow.day) < monday + _WEEK,
            )
        )
        for person, sealed in days:
            checkin = from_json(DayEntry, self._sealer.open(sealed)).checkin
            if person in since and checkin is not None and checkin.battery is not None:
                batteries[person].append(checkin.battery)
        return [Contributor(day, tuple(batteries[person])) for person, day in since.items()]


def _of(circle_id: str, day: date) -> tuple[ColumnElement[bool], ...]:
    return (col(CircleDrillAnswerRow.circle_id) == circle_id, col(CircleDrillAnswerRow.day) == day)
