"""Letters of a circle, written by it or waiting to leave, and its undelivered words: whoever leaves gets none of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2s

from sqlalchemy import delete, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat.message import Message
from bot.circle.model import CircleLetter
from bot.delivery.kinds import CIRCLE, NOTICES
from bot.delivery.model import FINAL, State
from bot.profile.codes import LIFE
from storage.circle_rows import CircleMemberRow
from storage.columns import Sealer
from storage.mapping import to_json
from storage.rows import OutboxRow, PersonRow, UndeliveredRow
from storage.sql import given, insert_many_new
from storage.timetable import letter_key


def mark(circle_id: str, person_id: str) -> str:
    """How the key of a letter ends that speaks of a member; who she is cannot be read from it."""
    return "." + blake2s(f"{circle_id} {person_id}".encode(), digest_size=8).hexdigest()


async def tell(
    session: AsyncSession, sealer: Sealer, circle_id: str, letters: Sequence[CircleLetter], now: datetime
) -> None:
    """Let letters leave by themselves to those who are members, each once for what it is about."""
    wanted = sorted({letter.person_id for letter in letters})
    found = await session.exec(
        select(PersonRow)
        .join(CircleMemberRow, col(CircleMemberRow.person_id) == col(PersonRow.id))
        .where(CircleMemberRow.circle_id == circle_id, col(PersonRow.id).in_(wanted))
    )
    people = {person.id: person for person in found}
    rows = [
        (
            letter_key(person, CIRCLE, _about(circle_id, letter)),
            person.tenant,
            person.id,
            person.platform,
            sealer.seal(to_json(Message, letter.message)),
        )
        for letter in letters
        if (person := people.get(letter.person_id))
    ]
    if rows:
        alike = {"kind": CIRCLE, "said": CIRCLE, "day": now.date(), "due_at": now, "not_before": now}
        expires, state = now + (NOTICES[CIRCLE].keeps or LIFE), State.READY.value
        many = given(session, OutboxRow, ("dedup_key", "tenant", "subject", "platform", "sealed"), rows)
        await insert_many_new(
            session, ["dedup_key"], many, **alike, expires_at=expires, state=state, circle_id=circle_id
        )


def _about(circle_id: str, letter: CircleLetter) -> str:
    return f"{circle_id}.{letter.about}{mark(circle_id, letter.of) if letter.of else ''}"


async def cancel(session: AsyncSession, circle_id: str, person_id: str, now: datetime) -> None:
    """She has left: what the circle had to tell her is cancelled, also where it would be sent again, and what tells of her.

    A letter that somebody writes to her this very moment is not seen here; whoever brings one asks whether she
    is a member.
    """
    not_settled = col(OutboxRow.state).not_in([state.value for state in FINAL])
    hers = or_(
        col(OutboxRow.subject) == person_id,
        col(OutboxRow.dedup_key).endswith(mark(circle_id, person_id), autoescape=True),
    )
    found = await session.exec(
        select(col(OutboxRow.dedup_key))
        .where(not_settled, col(OutboxRow.circle_id) == circle_id, hers)
        .order_by(
            col(OutboxRow.dedup_key)
        )  # in one order, or two who write letters would wait for each other
        .with_for_update()
    )
    gone = {"state": State.CANCELLED.value, "why": "left", "settled_at": now, "sealed": None}
    await session.exec(
        update(OutboxRow)
        .where(not_settled, col(OutboxRow.dedup_key).in_(found.all()))
        .values(**gone)
        .execution_options(synchronize_session=False)
    )
    missed = (col(UndeliveredRow.subject) == person_id) & (col(UndeliveredRow.circle_id) == circle_id)
    await session.exec(delete(UndeliveredRow).where(missed))
