"""Next states of letters, written many at a time, each only by the claim it was made under."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.delivery.kinds import words_until
from bot.delivery.model import FINAL, Change, State
from storage.rows import OutboxRow, PersonRow, ScheduleRow, UndeliveredRow
from storage.sql import given, is_postgresql, upsert

GIVE_UP_AFTER = 3
"""Letters in a row that a platform refused for good, after which nothing is due to a person."""
_CHANGE = (
    "dedup_key",
    "claims",
    "was_state",
    "state",
    "attempts",
    "not_before",
    "why",
    "receipt",
    "resent",
    "settled_at",
)
# The state is compared as an expression: SQLite would look through its index for each row.
_SETTLE = """
    UPDATE outbox SET
        state = given.state, attempts = given.attempts, why = given.why,
        receipt = CASE WHEN given.receipt = '' THEN outbox.receipt ELSE given.receipt END,
        not_before = coalesce(given.not_before, outbox.not_before),
        resent = (outbox.resent OR given.resent),
        sealed = CASE WHEN given.settled_at IS NULL THEN outbox.sealed END,
        settled_at = given.settled_at, lease_until = NULL
    FROM {given}
    WHERE outbox.dedup_key = given.dedup_key AND outbox.claims = given.claims
        AND outbox.state || '' = given.was_state  -- found by key: the index on states would be a detour
"""
"""Only the claim that a change was made under may write it."""
_LOCK = """
    SELECT FROM outbox JOIN {given} ON outbox.dedup_key = given.dedup_key
    ORDER BY outbox.dedup_key FOR UPDATE OF outbox
"""


async def settle(session: AsyncSession, changes: Sequence[Change], now: datetime) -> int:
    """Write next states; how many still were ours to write."""
    many = given(session, OutboxRow, _CHANGE, [_values(c, now) for c in changes])
    if is_postgresql(session):  # in one order, or two writers of the same letters would wait for each other
        await many.run(session, _LOCK.format(given=many.rows))
    for missed in (c for c in changes if c.words_stay):
        await _keep_words(session, missed, now)
    written = (await many.run(session, _SETTLE.format(given=many.rows))).rowcount
    if written == len(changes):
        for dead in (c for c in changes if c.state is State.DEAD):
            await _give_up(session, dead.key)
    return int(written)


def _values(change: Change, now: datetime) -> tuple[Any, ...]:
    """Values of `_CHANGE`."""
    return (
        change.key,
        change.claims,
        change.was.value,
        change.state.value,
        change.attempts,
        change.not_before,
        change.why[:64],
        change.receipt[:200],
        change.resent,
        now if change.state in FINAL else None,
    )


async def _keep_words(session: AsyncSession, change: Change, now: datetime) -> None:
    """What a letter says goes where it waits for her next command, instead of being emptied with the letter.

    Of each message kind, and of each circle, only the newest waits. Nothing is kept of a letter whose claim is
    another's by now.
    """
    found = await session.exec(
        select(OutboxRow)
        .join(PersonRow, col(PersonRow.id) == col(OutboxRow.subject))
        .where(
            and_(
                col(OutboxRow.dedup_key) == change.key,
                col(OutboxRow.claims) == change.claims,
                col(OutboxRow.state) == change.was.value,
            )
        )
    )
    letter = found.one_or_none()
    until = words_until(letter.said, letter.day, letter.expires_at) if letter and letter.sealed else None
    if letter is None or until is None or until <= now:
        return
    same = {"subject": letter.subject, "said": letter.said, "circle_id": letter.circle_id}
    mine = (col(getattr(UndeliveredRow, name)) == value for name, value in same.items())
    newer = await session.exec(select(col(UndeliveredRow.due_at)).where(*mine))
    if (due := newer.one_or_none()) is not None and due > letter.due_at:
        return
    await upsert(
        session,
        UndeliveredRow,
        list(same),
        **same,
        day=letter.day,
        due_at=letter.due_at,
        expires_at=letter.expires_at,
        until=until,
        name=letter.name,
        sealed=letter.sealed,
        shown_in="",
    )


async def _give_up(session: AsyncSession, key: str) -> None:
    """After several refusals in a row nothing more is due to this letter's person, until she speaks."""
    own = select(col(OutboxRow.subject)).where(col(OutboxRow.dedup_key) == key)
    subject = (await session.exec(own)).one()
    newest = await session.exec(
        select(col(OutboxRow.state), col(OutboxRow.why))
        .where(
            col(OutboxRow.subject) == subject, col(OutboxRow.state).in_([State.SENT.value, State.DEAD.value])
        )
        .order_by(col(OutboxRow.settled_at).desc())
        .limit(GIVE_UP_AFTER)
    )
    last = newest.all()
    if len(last) == GIVE_UP_AFTER and all(state == State.DEAD.value for state, _ in last):
        await session.exec(update(PersonRow).where(col(PersonRow.id) == subject).values(unreachable=True))
        gone = {"next_due_at": None, "fault": "unreachable"}
        await session.exec(update(ScheduleRow).where(col(ScheduleRow.subject) == subject).values(**gone))
