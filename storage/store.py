"""The `Store` port on SQL: the inbox, and one transaction per turn."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import func, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat.inbound import (
    AnyInbound,
    ChoicePicked,
    CommandGiven,
    CrisisSeen,
    FormSent,
    Sender,
    TextSaid,
)
from bot.turn import Answer, StaleTalk
from storage.accounts import Known, SqlAccounts, behind
from storage.agenda import SqlAgenda
from storage.archive import SqlArchive
from storage.circle_posts import SqlCircleWork, SqlPosts, about_circle
from storage.circles import SqlCircles
from storage.columns import Sealer, UnreadableSecret
from storage.diary import SqlDiary
from storage.faults import StoreFault, explain
from storage.glossary import SqlGlossary
from storage.habits import SqlHabits
from storage.inbox import ANSWERED, DONE, FAILED, WAITING, Arrived, Closed, SqlInbox
from storage.installations import SqlInstallations
from storage.mapping import from_json, to_json
from storage.opinions import SqlOpinions
from storage.outbox import SqlOutbox
from storage.own_bank import SqlOwnBank
from storage.pairing import SqlPairs
from storage.people import SqlPeople, SqlTalks
from storage.practice import SqlPractice
from storage.rows import InboxRow, OutboxRow, PersonRow
from storage.speaking import SqlSpeaking
from storage.sql import insert_new, one_commit, sessions_on
from storage.timetable import SqlTimetable

_KINDS: dict[str, Any] = {
    kind.__name__: kind for kind in (CommandGiven, ChoicePicked, FormSent, TextSaid, CrisisSeen)
}


class SqlWork:
    """The `Work` port: repositories of one person on one transaction."""

    def __init__(self, session: AsyncSession, sender: Sender, known: Known, sealer: Sealer) -> None:
        self._session, self._sealer = session, sealer
        self.known = not known.new
        self.accounts = SqlAccounts(session, sealer, known.person, sender, self._become)
        self._become(known)

    def _become(self, known: Known) -> None:
        """Be about this person from here on."""
        session, sealer, person = self._session, self._sealer, known.person
        self.people = SqlPeople(session, person, sealer)
        self.talks = SqlTalks(session, person.id, sealer, known.talk)
        self.diary = SqlDiary(session, person.id, sealer, known.state)
        self.agenda = SqlAgenda(session, person.id)
        self.practice = SqlPractice(session, person.id, sealer)
        self.habits = SqlHabits(session, person.id, sealer)
        self.glossary = SqlGlossary(session, person.id, sealer)
        self.own_bank = SqlOwnBank(session, person.id, sealer)
        self.speaking = SqlSpeaking(session, person.id, sealer)
        self.archive = SqlArchive(session, person, sealer)
        self.opinions = SqlOpinions(session, person.id, sealer)
        self.timetable = SqlTimetable(session, person, sealer, missed=known.missed)
        self.circles = SqlCircles(session, sealer, person.id)
        self.pairs = SqlPairs(session, sealer)

    async def finish(self, event_id: str, answer: Answer | None = None) -> None:
        """Mark an inbound event as handled and forget what it said; an answer takes its place until delivered."""
        kept = self._sealer.seal(to_json(Answer, answer)) if answer else None
        await self._session.exec(
            update(InboxRow)
            .where(col(InboxRow.event_id) == event_id)
            .values(state=ANSWERED if kept else DONE, payload=kept)
            .execution_options(synchronize_session=False)
        )


class SqlStore:
    """All of Pacer's data in one database."""

    def __init__(self, engine: AsyncEngine, sealer: Sealer) -> None:
        self.engine, self._sealer = engine, sealer
        self._sessions = sessions_on(engine)
        self.outbox = SqlOutbox(engine, sealer)
        self._inbox = SqlInbox(engine)
        self.installations = SqlInstallations(engine, sealer)
        self.posts = SqlPosts(engine)

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[AsyncSession]:
        try:
            async with one_commit(self._sessions) as session:
                yield session
        except UnreadableSecret as wrong:
            raise StoreFault(
                "What is stored was encrypted with another key. "
                "Put the right PACER_SECRET_KEY or key file back; nothing was changed."
            ) from wrong

    @asynccontextmanager
    async def work(self, sender: Sender) -> AsyncIterator[SqlWork]:
        """One transaction: committed when the block ends well, else nothing of it happened."""
        async with self._session() as session:
            yield SqlWork(session, sender, await _known(session, sender), self._sealer)

    @asynccontextmanager
    async def circle(self, circle_id: str) -> AsyncIterator[SqlCircleWork]:
        """One transaction about a circle, with no person in it."""
        async with self._session() as session, about_circle(session, circle_id, self._sealer) as work:
            yield work

    async def receive(self, inbound: AnyInbound) -> bool:
        """Keep an inbound value until its turn is finished; False if its event id is known already."""
        kind = type(inbound)
        payload = self._sealer.seal([kind.__name__, to_json(kind, inbound)])
        who = inbound.sender
        if inbound.at.tzinfo is None:
            raise ValueError("an instant without a time zone cannot be stored")
        arrived = Arrived(inbound.event_id, who.platform, who.tenant, who.account, inbound.at, payload)
        return await self._inbox.write(arrived)

    async def give_up(self, event_id: str) -> None:
        """Mark an event whose turn failed, so that it is not tried for ever."""
        await self._inbox.write(Closed(event_id, FAILED))

    async def delivered(self, event_id: str) -> None:
        """An answer has reached its platform, or never will; it is forgotten."""
        await self._inbox.write(Closed(event_id, DONE))

    async def unfinished(self, platform: str) -> list[AnyInbound]:
        """A platform's inbound values that were kept and whose turn was never finished, oldest first."""
        return [self._inbound(payload) for payload in await self._inbox.left(platform, WAITING)]

    async def undelivered(self, platform: str) -> list[Answer]:
        """A platform's answers that were kept and never delivered, oldest first."""
        return [
            from_json(Answer, self._sealer.open(payload))
            for payload in await self._inbox.left(platform, ANSWERED)
        ]

    def _inbound(self, sealed: str) -> AnyInbound:
        name, data = self._sealer.open(sealed)
        inbound: AnyInbound = from_json(_KINDS[name], data)
        return inbound

    async def last_seen(self, sender: Sender) -> datetime | None:
        """When the sender's newest event was, or the newest letter to her, UTC; None for a stranger."""
        said = select(func.max(InboxRow.at)).where(
            InboxRow.platform == sender.platform,
            InboxRow.tenant == sender.tenant,
            InboxRow.account == sender.account,
        )
        heard = (
            select(func.max(OutboxRow.settled_at))
            .join(PersonRow, col(PersonRow.id) == col(OutboxRow.subject))
            .where(
                PersonRow.platform == sender.platform,
                PersonRow.tenant == sender.tenant,
                PersonRow.account == sender.account,
            )
        )
        async with self._session() as session:
            found = [(await session.exec(newest)).one_or_none() for newest in (said, heard)]
        return max((_utc(at) for at in found if at is not None), default=None)

    async def check(self) -> tuple[bool, str]:
        """Whether the database answers, and one sentence about it."""
        try:
            async with self.engine.connect() as connection:
                await connection.exec_driver_sql("SELECT 1")
        except (DBAPIError, OSError) as problem:
            return False, str(explain(problem))
        return True, "The database answers."

    async def can_read(self) -> bool:
        """Whether the key at hand opens the profile that is looked at; True where there is none."""
        async with one_commit(self._sessions) as session:
            found = await session.exec(
                select(PersonRow.profile).where(col(PersonRow.profile).is_not(None)).limit(1)
            )
            sealed = found.first()
        try:
            return sealed is None or bool(self._sealer.open(sealed))
        except UnreadableSecret:
            return False

    async def close(self) -> None:
        """Let go of every connection; without it the driver's threads keep the process alive."""
        await self.engine.dispose()


def _utc(at: datetime) -> datetime:
    # SQLite gives the maximum of a column back without its type.
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


async def _known(session: AsyncSession, sender: Sender) -> Known:
    """The person behind an account, made on first contact. Raises StaleTalk if the account was joined meanwhile."""
    if known := await behind(session, sender):
        return known[0]
    await insert_new(
        session,
        PersonRow,
        ["platform", "tenant", "account"],
        id=uuid4().hex,
        platform=sender.platform,
        tenant=sender.tenant,
        account=sender.account,
        created_at=datetime.now(UTC),
    )
    known = await behind(session, sender)
    if len(known) > 1:  # whom we just made is nobody: the account became somebody else's while we waited
        raise StaleTalk
    return known[0]._replace(new=True)
