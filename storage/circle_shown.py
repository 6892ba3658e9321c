"""What a circle's channels show: letting a post stand there, and composing anew those that something changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat.inbound import Channel
from bot.circle.group_model import GROUP, Share
from bot.circle.model import WELCOME
from bot.circle.news_model import BOARD, COMPANY, RECAP, Standing
from bot.pairing.arranged import OPTED as PAIRS
from bot.pairing.arranged import TOGETHER
from storage.circle_news_rows import CircleNoticeRow, CircleOfferRow, CircleThanksRow
from storage.circle_rows import CirclePostRow
from storage.group_rows import CircleDrillAnswerRow, CircleDrillRow
from storage.mapping import to_json
from storage.pairing_rows import PairMeetingRow, PairSeatRow
from storage.sql import insert_new

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""A post that nothing holds back can be shown at once, whatever the clock says."""
Which = ColumnElement[bool]
"""Some of a circle's posts."""
_ROW, _KEYS = CirclePostRow, ["circle_id", "kind", "about", "platform", "tenant", "channel"]


async def want(
    session: AsyncSession, circle_id: str, kind: str, about: str, channels: Sequence[Channel]
) -> None:
    """Let a post stand in each of these, and be composed anew where it stands already."""
    newest = select(func.coalesce(func.max(_ROW.place), 0) + 1).where(_ROW.circle_id == circle_id)
    place = (await session.exec(newest)).one()
    fresh = {"wanted": 0, "shown": 0, "receipt": "", "edition": 1, "claims": 0, "tries": 0, "place": place}
    for channel in channels:
        keys = {"circle_id": circle_id, "kind": kind, "about": about, **to_json(Channel, channel)}
        await insert_new(session, _ROW, _KEYS, **keys, **fresh, waiting=True, not_before=LONG_AGO)
    await renew(session, circle_id, which(kind, [about]))


async def renew(session: AsyncSession, circle_id: str, *some: Which) -> None:
    """Let posts that stand, or are to stand, be composed anew: those that wait for a later try at once."""
    more = {"wanted": col(_ROW.wanted) + 1, "waiting": True, "not_before": LONG_AGO}
    await session.exec(
        update(_ROW)
        .where(col(_ROW.circle_id) == circle_id, or_(false(), *some))
        .values(**more)
        .execution_options(synchronize_session=False)
    )


def which(kind: str, about: Iterable[str | date] | None = None) -> Which:
    """Those of a kind: all, or about some things."""
    alike = col(_ROW.kind) == kind
    return alike if about is None else and_(alike, col(_ROW.about).in_([str(each) for each in about]))


async def naming(session: AsyncSession, circle_id: str, person_id: str) -> list[Which]:
    """Those that may say somebody's name."""
    shared = col(CircleDrillAnswerRow.share) == Share.NAMED.value
    return [
        which(BOARD),
        which(GROUP, await _answered(session, circle_id, person_id, shared)),
        which(GROUP, await _offered(session, circle_id, person_id, col(CircleOfferRow.named).is_(True))),
        which(RECAP, await _thanked(session, circle_id, person_id, col(CircleThanksRow.named).is_(True))),
        which(TOGETHER, await _meets(session, circle_id, person_id)),
        *await _told(session, circle_id, person_id, col(CircleNoticeRow.named).is_(True)),
    ]


async def holding(session: AsyncSession, circle_id: str, person_id: str) -> list[Which]:
    """Those that show anything of somebody, also without her name: words of hers, a drill, a count she is in."""
    shared = col(CircleDrillAnswerRow.share) != Share.KEPT.value
    counted = shared | col(CircleDrillRow.revealed).is_(False)
    return [
        which(WELCOME),
        which(BOARD),
        which(GROUP, await _answered(session, circle_id, person_id, counted)),
        which(GROUP, await _offered(session, circle_id, person_id)),
        which(RECAP, await _thanked(session, circle_id, person_id)),
        which(PAIRS, await _paired(session, circle_id, person_id)),
        which(TOGETHER, await _meets(session, circle_id, person_id)),
        *await _told(session, circle_id, person_id),
    ]


async def arranged(session: AsyncSession, circle_id: str) -> list[Which]:
    """Those that tell how the circle is arranged: an hour that is still to come, or whether there is a board."""
    unrevealed = (CircleDrillRow.circle_id == circle_id, col(CircleDrillRow.revealed).is_(False))
    days = await session.exec(select(col(CircleDrillRow.day)).where(*unrevealed))
    ending = (CircleNoticeRow.circle_id == circle_id, col(CircleNoticeRow.until).is_not(None))
    calls = await session.exec(select(col(CircleNoticeRow.id)).where(*ending))
    return [which(BOARD), which(GROUP, days), which(COMPANY, calls)]


async def of_drill(session: AsyncSession, circle_id: str, drill_id: str) -> list[Which]:
    """Those of the days that had a drill."""
    had = (CircleDrillRow.circle_id == circle_id, CircleDrillRow.drill_id == drill_id)
    days = await session.exec(select(col(CircleDrillRow.day)).where(*had))
    return [which(GROUP, days)]


async def _answered(session: AsyncSession, circle_id: str, person_id: str, how: Which) -> Sequence[date]:
    row = CircleDrillAnswerRow
    same_day = (col(row.circle_id) == col(CircleDrillRow.circle_id)) & (
        col(row.day) == col(CircleDrillRow.day)
    )
    hers = (row.circle_id == circle_id, row.person_id == person_id, col(row.late).is_(False))
    return (await session.exec(select(col(row.day)).join(CircleDrillRow, same_day).where(*hers, how))).all()


async def _offered(session: AsyncSession, circle_id: str, person_id: str, *how: Which) -> Sequence[date]:
    same = (col(CircleOfferRow.circle_id) == col(CircleDrillRow.circle_id)) & (
        col(CircleOfferRow.drill_id) == col(CircleDrillRow.drill_id)
    )
    hers = (CircleOfferRow.circle_id == circle_id, CircleOfferRow.person_id == person_id)
    return (
        await session.exec(select(col(CircleDrillRow.day)).join(CircleOfferRow, same).where(*hers, *how))
    ).all()


async def _thanked(session: AsyncSession, circle_id: str, person_id: str, *how: Which) -> Sequence[date]:
    row = CircleThanksRow
    hers = (row.circle_id == circle_id, row.person_id == person_id)
    return (await session.exec(select(col(row.week)).where(*hers, *how))).all()


async def _paired(session: AsyncSession, circle_id: str, person_id: str) -> Sequence[date]:
    hers = (PairSeatRow.circle_id == circle_id, PairSeatRow.person_id == person_id)
    same = col(PairSeatRow.meeting_id) == col(PairMeetingRow.id)
    return (await session.exec(select(col(PairMeetingRow.week)).join(PairSeatRow, same).where(*hers))).all()


async def _meets(session: AsyncSession, circle_id: str, person_id: str) -> Sequence[str]:
    hers = (PairSeatRow.circle_id == circle_id, PairSeatRow.person_id == person_id)
    return (await session.exec(select(PairSeatRow.meeting_id).where(*hers))).all()


async def _told(session: AsyncSession, circle_id: str, person_id: str, *how: Which) -> list[Which]:
    """Her good news and calls for company; what was taken back says nothing of her any more."""
    row = CircleNoticeRow
    hers = (row.circle_id == circle_id, row.person_id == person_id)
    stands = row.standing != Standing.TAKEN_BACK.value
    found = await session.exec(select(row.kind, row.id).where(*hers, stands, *how))
    return [which(kind, [notice]) for kind, notice in found]
