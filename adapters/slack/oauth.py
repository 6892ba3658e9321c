"""Pacer in many workspaces: each one's token, kept, renewed in time and forgotten when Pacer is taken out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.installations import (
    BEGUN,
    BOT,
    Installations,
    InstallationStore,
    StateStore,
    installed_at,
    instant,
    tenant_of,
)
from adapters.slack.oauth_limit import Visitors, address_of
from adapters.slack.oauth_pages import NO_STORE, Flow
from adapters.slack.scopes import BASE_URL, SCOPES
from bot.turn import Unavailable

INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
MARGIN = timedelta(hours=2)
"""A token with less left is renewed, as bolt does: docs.slack.dev/authentication/using-token-rotation has them last 12 hours."""
PATIENCE = 10
"""Seconds."""
PASSING = frozenset({
    "accesslimited", "fatal_error", "internal_error", "ratelimited", "rate_limited",
    "request_timeout", "service_unavailable", "team_added_to_org",
})  # fmt: skip
"""Answers that say nothing about the refresh token: docs.slack.dev/reference/methods/oauth.v2.access, errors."""
NOT_INSTALLED = (
    "Pacer has no permission for this workspace any more. Somebody who may add apps can install it again; "
    "everything you told it is still there."
)
_log = logging.getLogger(__name__)


class Tokens(AsyncAuthorize):
    """Each workspace's bot, with a token that is still good for a while.

    In place of bolt's own: that one asks Slack about the token before every event, and renews it from
    two events at once, which leaves one of two tokens dead (slackapi/node-slack-sdk#2504). And letters
    need a good token also after a night without events.
    """

    def __init__(
        self,
        installations: Installations,
        client: AsyncWebClient,
        *,
        client_id: str,
        client_secret: str,
        now: Callable[[], datetime],
    ) -> None:
        self._kept, self._client, self._now = installations, client, now
        self._app = {"client_id": client_id, "client_secret": client_secret}
        self._renewing: dict[str, asyncio.Task[dict[str, Any] | None]] = {}

    async def __call__(  # bolt's way of asking
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        """Who Pacer is in the workspace of an event; None if it is not installed there."""
        bot = await self._bot(tenant_of(enterprise_id, team_id, context.is_enterprise_install))
        if bot is None:
            return None
        return AuthorizeResult(
            enterprise_id=bot.get("enterprise_id"),
            team_id=bot.get("team_id"),
            team=bot.get("team_name"),
            bot_user_id=bot.get("bot_user_id"),
            bot_id=bot.get("bot_id"),
            bot_token=bot.get("bot_token"),
            bot_scopes=bot.get("bot_scopes"),
        )

    async def token(self, tenant: str) -> str | None:
        """A workspace's token; None if Pacer is not installed there. Raises Unavailable."""
        bot = await self._bot(tenant)
        return None if bot is None else bot.get("bot_token")

    async def workspaces(self) -> int:
        """In how many workspaces Pacer is installed."""
        return await self._kept.count()

    async def close(self) -> None:
        """Wait for what is under way: a token that Slack has given and nobody kept is lost."""
        if self._renewing:
            await asyncio.wait(self._renewing.values())

    async def _bot(self, tenant: str) -> dict[str, Any] | None:
        found = await self._kept.find(tenant) if tenant else None
        if found is None or not self._ends(found, within=MARGIN):
            return found
        task = self._renewing.get(tenant)
        if task is None:
            task = self._renewing[tenant] = asyncio.create_task(self._renew(tenant), name="renew a token")
            task.add_done_callback(lambda done: self._renewed_by(tenant, done))
        # Whoever gives up waiting must not take the answer with it: the old refresh token is spent.
        return await asyncio.shield(task)

    def _renewed_by(self, tenant: str, task: asyncio.Task[dict[str, Any] | None]) -> None:
        self._renewing.pop(tenant, None)
        if not task.cancelled() and (problem := task.exception()):
            _log.warning("A workspace has no token at the moment: %s", type(problem).__name__)

    async def _renew(self, tenant: str) -> dict[str, Any] | None:
        async with self._kept.alone(tenant):
            found = await self._kept.find(tenant)  # another may have renewed it meanwhile
            if found is None or not self._ends(found, within=MARGIN):
                return found
            return await self._with_new_token(tenant, found)

    def _ends(self, bot: Mapping[str, Any], *, within: timedelta) -> bool:
        ends = instant(bot.get("bot_token_expires_at"))
        return ends is not None and ends <= self._now() + within

    async def _with_new_token(self, tenant: str, bot: dict[str, Any]) -> dict[str, Any] | None:
        try:
            told = await self._client.oauth_v2_access(
                **self._app, grant_type="refresh_token", refresh_token=bot.get("bot_refresh_token") or ""
            )
            fresh = self._renewed(bot, told["access_token"], told["refresh_token"], told["expires_in"])
        except Exception as problem:  # whatever an SDK can raise; what counts is whether it may pass
            return self._not_renewed(bot, problem)
        ends = instant(fresh["bot_token_expires_at"])
        if await self._kept.renew(tenant, BOT, fresh, expires=ends, installed=installed_at(bot)):
            return fresh
        return await self._kept.find(tenant)

    def _renewed(self, bot: dict[str, Any], token: Any, refresh: Any, seconds: Any) -> dict[str, Any]:
        if not (isinstance(token, str) and isinstance(refresh, str)):
            raise ValueError("not Slack's answer")
        ends = int((self._now() + timedelta(seconds=int(seconds))).timestamp())
        return {**bot, "bot_token": token, "bot_refresh_token": refresh, "bot_token_expires_at": ends}

    def _not_renewed(self, bot: dict[str, Any], problem: Exception) -> dict[str, Any] | None:
        code = ""
        if isinstance(problem, SlackApiError) and isinstance(problem.response.data, dict):
            code = str(problem.response.data.get("error") or "")
        _log.warning("A workspace's token could not be renewed: %s", code or type(problem).__name__)
        if not self._ends(bot, within=timedelta(0)):
            return bot
        if code and code not in PASSING:
            return None
        raise Unavailable("A workspace's Slack token has ended and could not be renewed just now.")


@dataclass(frozen=True, slots=True)
class OAuth:
    """All that a Slack app of many workspaces needs: `AsyncApp(oauth_flow=….flow)`, routes, listeners, tokens."""

    flow: Flow
    tokens: Tokens
    installations: Installations
    visitors: Visitors

    def routes(self) -> list[web.RouteDef]:
        """The page that begins an installation, and the one Slack comes back to."""

        async def install(request: web.Request) -> web.StreamResponse:
            return await self._page(request, self.flow.handle_installation)

        async def redirect(request: web.Request) -> web.StreamResponse:
            return await self._page(request, self.flow.handle_callback)

        # Not by HEAD: a chat that looks at a link would begin an installation.
        return [
            web.get(INSTALL, install, allow_head=False),
            web.get(REDIRECT, redirect, allow_head=False),
        ]

    async def _page(
        self, request: web.Request, answer: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]
    ) -> web.StreamResponse:
        if seconds := self.visitors.wait(address_of(request)):
            return await _shown(self.flow.too_often(seconds))
        return await _shown(await answer(await to_bolt_request(request)))

    def listen(self, app: AsyncApp) -> None:
        """Forget tokens when Slack says that they ended.

        In place of bolt's own listeners: an old event that is brought late must not take a newer installation.
        """

        async def uninstalled(body: dict[str, Any], context: AsyncBoltContext) -> None:
            gone = await self.installations.forget(_tenant(context), before=_happened(body))
            _log.info("Pacer was taken out of a workspace", extra={"rows": gone})

        async def revoked(body: dict[str, Any], context: AsyncBoltContext) -> None:
            told = (body.get("event") or {}).get("tokens") or {}
            accounts = [str(user) for user in told.get("oauth") or [] if user]
            for account in [*accounts, BOT] if told.get("bot") else accounts:
                await self.installations.forget(_tenant(context), account, before=_happened(body))

        app.event("app_uninstalled")(uninstalled)
        app.event("tokens_revoked")(revoked)


def open_oauth(
    installations: Installations,
    *,
    client_id: str,
    client_secret: str,
    address: str | None,
    api_url: str | None,
    now: Callable[[], datetime],
) -> OAuth:
    """Installing by OAuth. `address` is Pacer's public one; without it, Slack takes the first redirect URL it knows."""
    api = (api_url or BASE_URL).rstrip("/") + "/"
    # Below ERROR bolt logs the code that Slack sends, and the SDK whole requests.
    quiet = logging.getLogger("adapters.slack.oauth.sdk")
    quiet.setLevel(logging.ERROR)
    client = AsyncWebClient(base_url=api, timeout=PATIENCE, retry_handlers=[], logger=quiet)
    settings = AsyncOAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=sorted(SCOPES),
        user_scopes=[],
        redirect_uri=None if address is None else address.rstrip("/") + REDIRECT,
        install_path=INSTALL,
        redirect_uri_path=REDIRECT,
        authorization_url=api.removesuffix("api/") + "oauth/v2/authorize",
        installation_store=InstallationStore(installations),
        state_store=StateStore(installations, now),
        state_expiration_seconds=int(BEGUN.total_seconds()),
        logger=quiet,
    )
    tokens = Tokens(installations, client, client_id=client_id, client_secret=client_secret, now=now)
    settings.authorize = tokens
    flow = Flow(client=client, logger=quiet, settings=settings)
    return OAuth(flow, tokens, installations, Visitors(now))


def _tenant(context: AsyncBoltContext) -> str:
    return tenant_of(context.enterprise_id, context.team_id, context.is_enterprise_install)


def _happened(body: Mapping[str, Any]) -> datetime | None:
    """When an event happened: Slack tells the whole second in which it did."""
    at = body.get("event_time")
    return datetime.fromtimestamp(at + 1, UTC) if isinstance(at, int) else None


async def _shown(response: BoltResponse) -> web.StreamResponse:
    page = await to_aiohttp_response(response)
    page.charset = "utf-8"
    page.headers.update(NO_STORE)
    return page
