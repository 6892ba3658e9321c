"""Second opinions on SQL: what one person asked for, and what waits for whoever gives them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat.inbound import Sender
from bot.drills.consequence import Stood
from bot.feedback.ports import Asked, Outcome, Standing
from storage.columns import Sealer
from storage.mapping import from_json, to_json
from storage.opinion_rows import SecondOpinionRow
from storage.rows import PersonRow
from storage.sql import database_now, insert_new, one_commit, sessions_on

LEASE_SECONDS = 90.0
"""Twice as long as asking takes at most."""

_WAITS = col(SecondOpinionRow.state) == Standing.WAITING.value


class SqlOpinions:
    """The `Opinions` port on SQL."""

    def __init__(self, session: AsyncSession, person_id: str, sealer: Sealer) -> None:
        self._session, self._person_id, self._sealer = session, person_id, sealer

    async def ask(self, sitting: str, stood: Stood | None = None, *, now: datetime) -> None:
        """Let one be given about a sitting, once; how memory and skill stood around it is kept until then."""
        await insert_new(
            self._session,
            SecondOpinionRow,
            ["sitting_id"],
            sitting_id=sitting,
            person_id=self._person_id,
            asked_at=now,
            state=Standing.WAITING.value,
            tries=0,
            sealed=self._sealer.seal(to_json(Stood, stood)) if stood else None,
        )

    async def stood(self, sitting: str) -> Stood | None:
        """How they stood around a sitting that waits for one; None if nobody kept that."""
        mine = col(SecondOpinionRow.person_id) == self._person_id
        this = col(SecondOpinionRow.sitting_id) == sitting
        found = await self._session.exec(select(col(SecondOpinionRow.sealed)).where(mine, this, _WAITS))
        sealed = found.one_or_none()
        return from_json(Stood, self._sealer.open(sealed)) if sealed else None

    async def withdraw(self) -> None:
        """Nothing that waits is sent any more."""
        mine = col(SecondOpinionRow.person_id) == self._person_id
        await self._session.exec(
            update(SecondOpinionRow).where(mine, _WAITS).values(state=Standing.WITHDRAWN.value, sealed=None)
        )

    async def close(self, asked: Asked, outcome: Outcome) -> bool:
        """Keep how it ended; False, and nothing is changed, if it ended before or somebody else is at it."""
        claim = (
            (col(SecondOpinionRow.sitting_id) == asked.sitting)
            & (col(SecondOpinionRow.person_id) == self._person_id)
            & (col(SecondOpinionRow.tries) == asked.tries)
        )
        sealed = self._sealer.seal(to_json(Outcome, outcome))
        written = await self._session.exec(
            update(SecondOpinionRow)
            .where(claim, _WAITS)
            .values(state=outcome.standing.value, sealed=sealed, lease_until=None)
        )
        return bool(written.rowcount)


class SqlWaiting:
    """The `Waiting` port on SQL."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = sessions_on(engine)

    async def claim(self, *, limit: int) -> Sequence[Asked]:
        """The longest waiting, for ninety seconds. Raises StoreFault."""
        async with one_commit(self._sessions) as session:
            now = database_now(session)
            free = or_(col(SecondOpinionRow.lease_until).is_(None), col(SecondOpinionRow.lease_until) < now)
            found = await session.exec(
                select(SecondOpinionRow, PersonRow)
                .join(PersonRow, col(PersonRow.id) == col(SecondOpinionRow.person_id))
                .where(_WAITS, free)
                .order_by(col(SecondOpinionRow.asked_at), col(SecondOpinionRow.sitting_id))
                .limit(limit)
                .with_for_update(of=SecondOpinionRow, skip_locked=True)
            )
            rows = found.all()
            taken = col(SecondOpinionRow.sitting_id).in_([row.sitting_id for row, _ in rows])
            if rows:
                until = {"lease_until": now + LEASE_SECONDS, "tries": col(SecondOpinionRow.tries) + 1}
                await session.exec(
                    update(SecondOpinionRow)
                    .where(taken)
                    .values(**until)
                    .execution_options(synchronize_session=False)
                )
            return [
                Asked(
                    row.sitting_id,
                    Sender(her.platform, her.account, her.tenant),
                    her.id,
                    row.tries + 1,
                )
                for row, her in rows
            ]
