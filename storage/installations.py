"""The Slack workspaces that Pacer is installed in, on SQL; tokens only encrypted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select

from storage.columns import Sealer, UnreadableSecret
from storage.faults import PoolExhausted, StoreFault, explain
from storage.rows import SlackInstallationRow, SlackStateRow
from storage.sql import insert_new, one_commit, sessions_on, upsert

# A lock of the server that ends with its transaction, and so with the process that held it.
_ALONE = text("SELECT pg_advisory_xact_lock(7223702, hashtext(:tenant))")
_BOT = ""


class SqlInstallations:
    """The port `Installations` of the Slack adapter."""

    def __init__(self, engine: AsyncEngine, sealer: Sealer) -> None:
        self._engine, self._sealer = engine, sealer
        self._sessions = sessions_on(engine)
        self._renewing = asyncio.Lock()

    async def keep(
        self,
        tenant: str,
        account: str,
        values: Mapping[str, Any],
        *,
        enterprise: str,
        scopes: Sequence[str],
        expires: datetime | None,
        installed: datetime,
    ) -> None:
        """Keep what a workspace gave, in place of what it gave before."""
        async with one_commit(self._sessions) as session:
            await upsert(
                session,
                SlackInstallationRow,
                ["tenant", "account"],
                tenant=tenant,
                account=account,
                enterprise=enterprise,
                sealed=self._sealer.seal(dict(values)),
                scopes=",".join(scopes),
                expires_at=expires,
                installed_at=installed,
            )

    async def renew(
        self,
        tenant: str,
        account: str,
        values: Mapping[str, Any],
        *,
        expires: datetime | None,
        installed: datetime,
    ) -> bool:
        """Keep new tokens of this very installation; False if it is gone or a newer one took its place."""
        row = SlackInstallationRow
        async with one_commit(self._sessions) as session:
            done = await session.exec(
                update(row)
                .where(
                    col(row.tenant) == tenant,
                    col(row.account) == account,
                    col(row.installed_at) == installed,
                )
                .values(sealed=self._sealer.seal(dict(values)), expires_at=expires)
                .execution_options(synchronize_session=False)
            )
            return bool(done.rowcount)

    async def find(self, tenant: str, account: str = _BOT) -> dict[str, Any] | None:
        """What a workspace gave; None if Pacer is not installed there. Raises StoreFault."""
        row = SlackInstallationRow
        async with one_commit(self._sessions) as session:
            found = await session.exec(select(row.sealed).where(row.tenant == tenant, row.account == account))
            sealed = found.one_or_none()
        try:
            return None if sealed is None else dict(self._sealer.open(sealed))
        except UnreadableSecret as wrong:
            raise StoreFault(
                "A workspace's token was encrypted with another key. "
                "Put the right PACER_SECRET_KEY or key file back; nothing was changed."
            ) from wrong

    async def forget(self, tenant: str, account: str | None = None, *, before: datetime | None = None) -> int:
        """Forget one account of a workspace, or all of it; what was installed after an instant stays. How many."""
        row = SlackInstallationRow
        gone = delete(row).where(col(row.tenant) == tenant)
        if account is not None:
            gone = gone.where(col(row.account) == account)
        if before is not None:
            gone = gone.where(col(row.installed_at) <= before)
        async with one_commit(self._sessions) as session:
            return int((await session.exec(gone)).rowcount)

    async def count(self) -> int:
        """In how many workspaces Pacer is installed."""
        bots = select(func.count()).where(col(SlackInstallationRow.account) == _BOT)
        async with one_commit(self._sessions) as session:
            return int((await session.exec(bots)).one())

    @asynccontextmanager
    async def alone(self, tenant: str) -> AsyncIterator[None]:
        """While in here, nobody else in here has this workspace, on whatever machine."""
        # One at a time also over workspaces: each holds a connection and needs a second one.
        async with self._renewing:
            if self._engine.dialect.name != "postgresql":
                yield  # one file, one program
                return
            try:
                connection = await self._engine.connect()
            except (DBAPIError, PoolExhausted, OSError) as problem:
                raise explain(problem) from problem
            try:
                try:
                    await connection.execute(_ALONE, {"tenant": tenant})
                except (DBAPIError, OSError) as problem:
                    raise explain(problem) from problem
                yield
            finally:
                await connection.close()

    async def keep_state(self, digest: str, *, now: datetime, expires: datetime) -> None:
        """Keep that an installation was begun, and forget those that were never finished."""
        async with one_commit(self._sessions) as session:
            await session.exec(_expired(now))
            await insert_new(session, SlackStateRow, ["digest"], digest=digest, expires_at=expires)

    async def take_state(self, digest: str, *, now: datetime) -> bool:
        """Whether this installation was begun, lately and not taken before; it is forgotten with that."""
        row = SlackStateRow
        taken = delete(row).where(col(row.digest) == digest, col(row.expires_at) > now)
        async with one_commit(self._sessions) as session:
            return bool((await session.exec(taken)).rowcount)

    async def purge(self, *, before: datetime) -> int:
        """Forget installations that were begun and could be finished until then only; how many."""
        async with one_commit(self._sessions) as session:
            return int((await session.exec(_expired(before))).rowcount)


def _expired(before: datetime) -> Any:
    return delete(SlackStateRow).where(col(SlackStateRow.expires_at) <= before)
