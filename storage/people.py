"""Profiles and conversations of one person."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat.talk import SCHEMA, Talk
from bot.profile.model import Profile
from bot.turn import StaleTalk
from storage.columns import Sealer
from storage.mapping import from_json, to_json
from storage.rows import PersonRow, TalkRow
from storage.sql import insert_new


class SqlPeople:
    """The `People` port on SQL."""

    def __init__(self, session: AsyncSession, person: PersonRow, sealer: Sealer) -> None:
        self._session, self._person, self._sealer = session, person, sealer

    async def profile(self) -> Profile | None:
        """Her profile; None before set-up is finished."""
        sealed = self._person.profile
        return from_json(Profile, self._sealer.open(sealed)) if sealed else None

    @property
    def unreachable(self) -> bool:
        """Whether delivery gave her up, because the platform took nothing for her any more."""
        return self._person.unreachable

    async def save_profile(self, profile: Profile) -> None:
        """Keep the profile, replacing an earlier one."""
        sealed = self._sealer.seal(to_json(Profile, profile))
        own = col(PersonRow.id) == self._person.id
        await self._session.exec(update(PersonRow).where(own).values(profile=sealed))


class SqlTalks:
    """The `Talks` port on SQL; writes are fenced by the version that was read."""

    def __init__(self, session: AsyncSession, person_id: str, sealer: Sealer, row: TalkRow | None) -> None:
        self._session, self._person_id, self._sealer, self._row = session, person_id, sealer, row

    async def talk(self) -> Talk:
        """Where the conversation stood when the transaction began; a fresh one if there was none.

        One that an older program wrote starts afresh too.
        """
        row = self._row
        if row is None:
            return Talk()
        data = self._sealer.open(row.sealed)
        if data.get("schema") != SCHEMA:
            return Talk(version=row.version)
        return from_json(Talk, {**data, "version": row.version})

    async def save_talk(self, talk: Talk) -> None:
        """Keep it. Raises StaleTalk if it was written since it was read."""
        sealed = self._sealer.seal(to_json(Talk, talk))
        if talk.version == 0:
            mine = {"person_id": self._person_id, "sealed": sealed, "version": 1}
            if await insert_new(self._session, TalkRow, ["person_id"], **mine):
                return
            raise StaleTalk
        read = (col(TalkRow.person_id) == self._person_id) & (col(TalkRow.version) == talk.version)
        written = await self._session.exec(
            update(TalkRow).where(read).values(sealed=sealed, version=talk.version + 1)
        )
        if written.rowcount == 0:
            raise StaleTalk
