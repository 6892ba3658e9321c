"""What is kept of the workspaces that Pacer is installed in, and how bolt asks for it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

BEGUN = timedelta(minutes=10)
"""How long an installation that was begun may be finished; bolt's cookie lasts as long."""
BOT = ""
"""The account that stands for the bot itself."""


class Installations(Protocol):
    """Where the workspaces' tokens are kept. The account is empty for the bot's own."""

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

    async def find(self, tenant: str, account: str = "") -> dict[str, Any] | None:
        """What a workspace gave; None if Pacer is not installed there."""

    async def forget(self, tenant: str, account: str | None = None, *, before: datetime | None = None) -> int:
        """Forget one account of a workspace, or all of it; what was installed after an instant stays. How many."""

    async def count(self) -> int:
        """In how many workspaces Pacer is installed."""

    def alone(self, tenant: str) -> AbstractAsyncContextManager[None]:
        """While in here, nobody else in here has this workspace, on whatever machine."""

    async def keep_state(self, digest: str, *, now: datetime, expires: datetime) -> None:
        """Keep that an installation was begun."""

    async def take_state(self, digest: str, *, now: datetime) -> bool:
        """Whether this installation was begun, lately and not taken before; it is forgotten with that."""


class InstallationStore(AsyncInstallationStore):
    """What bolt asks of a place for installations. The bot's token and a person's own never lie in one row."""

    def __init__(self, installations: Installations) -> None:
        self._kept = installations

    async def async_save(self, installation: Installation) -> None:
        """Keep the bot's part, and the installer's own tokens if there are any."""
        tenant = tenant_of(
            installation.enterprise_id, installation.team_id, installation.is_enterprise_install
        )
        values = vars(installation)
        if installation.bot_token:
            await self._save(tenant, BOT, "bot", {**values, **_none_of(values, "user_")})
        if installation.user_token:
            await self._save(tenant, installation.user_id, "user", {**values, **_none_of(values, "bot_")})

    async def async_save_bot(self, bot: Bot) -> None:
        """Keep the bot's part; what else is known of the workspace stays."""
        tenant = tenant_of(bot.enterprise_id, bot.team_id, bot.is_enterprise_install)
        before = await self._kept.find(tenant) or vars(Installation(user_id=""))
        await self._save(tenant, BOT, "bot", {**before, **vars(bot)})

    async def _save(self, tenant: str, account: str, part: str, values: dict[str, Any]) -> None:
        await self._kept.keep(
            tenant,
            account,
            values,
            enterprise=values.get("enterprise_id") or "",
            scopes=values.get(f"{part}_scopes") or (),
            expires=instant(values.get(f"{part}_token_expires_at")),
            installed=installed_at(values),
        )

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The bot of a workspace."""
        found = await self._kept.find(tenant_of(enterprise_id, team_id, is_enterprise_install))
        return None if found is None else _installation(found).to_bot()

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """The newest of a workspace, or a person's own with the workspace's bot in it."""
        tenant = tenant_of(enterprise_id, team_id, is_enterprise_install)
        bot = await self._kept.find(tenant)
        who = user_id or (bot or {}).get("user_id")
        own = await self._kept.find(tenant, who) if who else None
        if own is None and user_id and (bot or {}).get("user_id") != user_id:
            return None
        if own is None or bot is None:
            known = own or bot
            return _installation(known) if known else None
        return _installation({**own, **{name: bot.get(name) for name in bot if name.startswith("bot_")}})

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget the bot's token."""
        await self._kept.forget(tenant_of(enterprise_id, team_id), BOT)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Forget a person's tokens, or the whole workspace."""
        await self._kept.forget(tenant_of(enterprise_id, team_id), user_id)

    async def async_delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget the workspace."""
        await self._kept.forget(tenant_of(enterprise_id, team_id))


class StateStore(AsyncOAuthStateStore):
    """Ties an installation to the browser that began it: once, and for ten minutes."""

    def __init__(self, installations: Installations, now: Callable[[], datetime]) -> None:
        self._kept, self._now = installations, now

    async def async_issue(self, *_: Any, **__: Any) -> str:
        """A new state, of which only a hash is kept."""
        state, now = secrets.token_urlsafe(32), self._now()
        await self._kept.keep_state(_digest(state), now=now, expires=now + BEGUN)
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether it was given out and not used yet."""
        return await self._kept.take_state(_digest(state), now=self._now())


def tenant_of(enterprise_id: str | None, team_id: str | None, org_wide: bool | None = False) -> str:
    """What `Sender.tenant` is in this workspace; the organisation where Pacer is installed in all of it."""
    return (enterprise_id if org_wide else team_id) or ""


def installed_at(values: Mapping[str, Any]) -> datetime:
    """When Pacer was installed; the same installation always gives the same instant."""
    return datetime.fromtimestamp(float(values["installed_at"]), UTC)


def instant(at: Any) -> datetime | None:
    """From Slack's seconds since 1970; None stays None."""
    return None if at is None else datetime.fromtimestamp(at, UTC)


def _digest(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()


def _none_of(values: Mapping[str, Any], part: str) -> dict[str, None]:
    """The names that begin so, emptied; who installed it is no secret."""
    return {name: None for name in values if name.startswith(part) and name != "user_id"}


_NAMES = frozenset(vars(Installation(user_id="")))


def _installation(values: Mapping[str, Any]) -> Installation:
    known = {name: value for name, value in values.items() if name in _NAMES}
    return Installation(**known)
