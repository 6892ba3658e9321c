"""The log of a circle on SQL: acts are kept without names and titles, which are filled in when they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, true
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.circle.model import Act, Deed
from storage import circle_ends
from storage.circle_rows import CircleActRow, CircleMemberRow
from storage.columns import Sealer

_EARLIER = (
    ("set ", Deed.SET),
    ("made ", Deed.ADMIN),
    ("approved ", Deed.APPROVED),
    ("left out ", Deed.LEFT_OUT),
    ("a channel ", Deed.BOUND),
)
"""How sentences began that were kept before revision 0016, with names and titles in them."""


async def note(
    session: AsyncSession, circle_id: str, person_id: str, *, subject: str | None, at: datetime, sealed: str
) -> None:
    """Keep an act at the end of the log."""
    await circle_ends.locked(session, circle_id)
    newest = select(func.max(CircleActRow.place)).where(CircleActRow.circle_id == circle_id)
    place = ((await session.exec(newest)).one() or 0) + 1
    act = CircleActRow(
        circle_id=circle_id, place=place, person_id=person_id, subject=subject, at=at, sealed=sealed
    )
    session.add(act)
    await session.flush()


async def newest(
    session: AsyncSession, circle_id: str, limit: int, before: int | None
) -> Sequence[tuple[CircleActRow, str | None, str | None]]:
    """Acts, the newest first, with the sealed names of who did it and to whom, if they are members."""
    by, whom = aliased(CircleMemberRow), aliased(CircleMemberRow)

    def is_member(member: type[CircleMemberRow], person: Mapped[Any]) -> ColumnElement[bool]:
        return and_(col(member.circle_id) == col(CircleActRow.circle_id), col(member.person_id) == person)

    rows = await session.exec(
        select(CircleActRow, col(by.sealed), col(whom.sealed))
        .outerjoin(by, is_member(by, col(CircleActRow.person_id)))
        .outerjoin(whom, is_member(whom, col(CircleActRow.subject)))
        .where(
            CircleActRow.circle_id == circle_id,
            true() if before is None else col(CircleActRow.place) < before,
        )
        .order_by(col(CircleActRow.place).desc())
        .limit(limit)
        .execution_options(populate_existing=True)
    )
    return list(rows)


def read(
    row: CircleActRow, by: str | None, whom: str | None, titles: Mapping[str, str], sealer: Sealer
) -> Act:
    """An act as members read it: names are of now, and so are the titles of offered drills, by their ids."""
    kept = sealer.open(row.sealed)
    deed, detail = _deed(kept["what"], kept.get("detail", ""))
    return Act(
        place=row.place,
        at=row.at,
        deed=deed,
        by=sealer.open(by)["name"] if by else "",
        detail=detail,
        whom=sealer.open(whom)["name"] if whom else "",
        drill=titles.get(kept.get("drill_id", ""), ""),
    )


def _deed(what: str, detail: str) -> tuple[Deed, str]:
    """What was done; of a sentence from before revision 0016 only what names nobody."""
    if what in tuple(Deed):
        return Deed(what), detail
    deed = next(deed for begins, deed in _EARLIER if what.startswith(begins))
    match deed:
        case Deed.SET:
            return deed, what.removeprefix("set ")
        case Deed.BOUND:
            return deed, what.removeprefix("a channel on ").removesuffix(" was bound with a code")
        case _:
            return deed, ""
