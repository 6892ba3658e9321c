"""Sending to direct messages and channels on Slack, once, and finding out afterwards whether it arrived."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Set
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.attach import Attachments
from adapters.slack.render import Json, Part, parts
from bot.chat.fit import without_files
from bot.chat.inbound import Channel, Destination
from bot.chat.message import Message
from bot.chat.picture import Draw
from bot.delivery.model import Bucket, Doubtful, Limited, Lookup, Outcome, Refused, Rejected, Sent

EVENT_TYPE = "pacer_letter"
SKEW = timedelta(minutes=1)
"""How far Slack's clock may be behind ours; more only reads more."""
PAGE, PAGES = 200, 5
REMEMBERED = 1000
UNTOLD_WAIT = 30.0
"""Seconds, where Slack limits without saying for how long."""

BUSY = frozenset({"rate_limited", "ratelimited", "message_limit_exceeded"})
NEVER = frozenset({
    "access_denied", "account_inactive", "app_missing_action_url", "as_user_not_supported",
    "cannot_dm_bot", "channel_not_found", "channel_type_not_supported", "ekm_access_denied",
    "enterprise_is_restricted", "invalid_arguments", "invalid_array_arg", "invalid_auth",
    "invalid_blocks", "invalid_blocks_format", "invalid_charset", "invalid_form_data",
    "invalid_metadata_format", "invalid_metadata_schema", "invalid_post_type", "is_archived",
    "messages_tab_disabled", "metadata_must_be_sent_from_app", "metadata_too_large",
    "invalid_user_combination", "method_deprecated", "missing_post_type", "missing_scope",
    "msg_blocks_too_long", "msg_too_long", "no_permission", "no_text", "not_allowed_token_type",
    "not_authed", "not_enough_users", "not_in_channel", "org_login_required", "restricted_action",
    "team_access_not_granted", "token_expired", "token_revoked", "too_many_attachments",
    "too_many_users", "two_factor_setup_required", "user_disabled",
    "user_not_found", "user_not_visible", "users_not_found",
})  # fmt: skip
"""Answers that say it was not taken and never will be. Any other error leaves a doubt."""

UNCHANGED = NEVER | {"block_mismatch", "cant_update_message", "edit_window_closed", "message_not_found"}
"""The same of a change."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Way:
    """How far one request got, as the connection saw it."""

    left: bool = False
    status: int = 0
    wait: float | None = None


_way: ContextVar[_Way | None] = ContextVar("slack_way", default=None)


class NotInstalled(Exception):
    """Pacer has no token for this workspace."""


class NotOpened(Exception):
    """The group message could not be opened, so nothing was said in it; its cause is why."""


class SlackCourier:
    """Brings letters to direct messages and posts to channels, with a token for all workspaces or one for each.

    Only in an event loop; `close` it there. `tokens` gives the token of a tenant, None where Pacer is
    not installed; there the one token for all is used, if there is one.
    """

    platform = "slack"
    dedup_window = timedelta(0)
    changes = True

    def __init__(
        self,
        token: str | None = None,
        api_url: str | None = None,
        timeout: float = 10,
        *,
        tokens: Callable[[str], Awaitable[str | None]] | None = None,
        workspaces: Callable[[], Awaitable[int]] | None = None,
        draw: Draw | None = None,
    ) -> None:
        self._token, self._tokens, self._workspaces = token, tokens, workspaces
        self._api_url = (api_url or AsyncWebClient.BASE_URL).rstrip("/") + "/"
        self._timeout = timeout
        self._client: AsyncWebClient | None = None
        self._begun: OrderedDict[str, int] = OrderedDict()
        self._opened: OrderedDict[Channel, str] = OrderedDict()
        self._attachments = Attachments(self._slack, draw)

    def bucket(self, to: Destination) -> Bucket:
        """About a message a second for each channel: docs.slack.dev/apis/web-api/rate-limits."""
        return Bucket(f"slack:{to.tenant}:{_address(to)}", 1.0)

    async def send(self, to: Destination, message: Message, *, key: str) -> Outcome:
        """Post it; the key travels as metadata, which `look_up` reads."""
        outcome: Outcome = Rejected("nothing to say")
        attached = await self._attachments.bring(
            message,
            key,
            token=lambda: self._token_of(to.tenant),
            where=_address(to),
        )
        wanted = parts(message, attached)
        for index in range(self._begun.get(key, 0), len(wanted)):
            last = index == len(wanted) - 1
            # The key goes with the last part alone, so that finding it means that all of them arrived.
            outcome = await self._post(to, wanted[index], key if last else f"{key}#{index}")
            if not isinstance(outcome, Sent):
                return outcome
            if not last:
                self._remember(key, index + 1)
        self._begun.pop(key, None)
        return outcome

    def _remember(self, key: str, begun: int) -> None:
        """How much of a long message has arrived, so that a second sending goes on from there."""
        self._begun[key] = begun
        while len(self._begun) > REMEMBERED:
            self._begun.popitem(last=False)

    async def _post(self, to: Destination, part: Part, key: str) -> Outcome:
        outcome = await self._post_blocks(to, part, part.blocks, key)
        if part.instead is not None and outcome == Rejected("invalid_blocks"):
            return await self._post_blocks(to, part, part.instead, key)
        return outcome

    async def _post_blocks(self, to: Destination, part: Part, blocks: list[Json], key: str) -> Outcome:
        async def say(token: str) -> AsyncSlackResponse:
            return await self._slack().chat_postMessage(
                token=token,
                channel=await self._where(token, to),
                text=part.text,
                blocks=blocks,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"k": key}},
                unfurl_links=False,
                unfurl_media=False,
            )

        return await self._ask(to, say, NEVER)

    async def _where(self, token: str, to: Destination) -> str:
        """What Slack posts to: it finds direct messages under a person's own id; a group message is opened first.

        For the same people Slack opens the same one. Raises NotOpened.
        """
        if not isinstance(to, Channel) or not to.people:
            return _address(to)
        if to not in self._opened:
            try:
                opened = await self._slack().conversations_open(token=token, users=to.channel)
            except Exception as problem:
                raise NotOpened from problem
            self._opened[to] = str(opened["channel"]["id"])
            while len(self._opened) > REMEMBERED:
                self._opened.popitem(last=False)
        return self._opened[to]

    async def change(self, to: Destination, receipt: str, message: Message) -> Outcome:
        """Update it in place. Slack keeps its metadata, tells nobody, and does not mark it as edited."""
        channel, _, ts = receipt.partition(":")
        wanted = parts(without_files(message))
        if len(wanted) != 1 or not ts:
            return Rejected("not one message")
        return await self._ask(
            to,
            lambda token: self._slack().chat_update(
                token=token, channel=channel, ts=ts, text=wanted[0].text, blocks=wanted[0].blocks
            ),
            UNCHANGED,
        )

    async def _ask(
        self, to: Destination, asking: Callable[[str], Awaitable[AsyncSlackResponse]], never: Set[str]
    ) -> Outcome:
        """One request about one message with the token of her workspace; how it ended."""
        way = _Way()
        mine = _way.set(way)
        try:
            answer = await asking(await self._token_of(to.tenant))
            return Sent(f"{answer.data['channel']}:{answer.data['ts']}")  # type: ignore[call-overload]
        except NotInstalled:
            return Rejected("not installed")
        except NotOpened as problem:
            outcome = _outcome(problem.__cause__ or problem, way, never)
            return Refused(outcome.why) if isinstance(outcome, Doubtful) else outcome
        except Exception as problem:  # whatever an SDK can raise, what counts is how far the request got
            return _outcome(problem, way, never)
        finally:
            _way.reset(mine)

    async def look_up(self, to: Destination, *, key: str, since: datetime) -> Sent | Lookup:
        """Read the direct messages since then, with the scopes im:write and im:history.

        A channel can be read only where somebody gave Pacer the scope for it, which Pacer does not ask for.
        """
        oldest = f"{(since - SKEW).timestamp():.6f}"
        try:
            async with asyncio.timeout(self._timeout):
                token = await self._token_of(to.tenant)
                return await self._search(token, await self._channel(token, to), oldest, key)
        except Exception as problem:  # as above; the reason is logged without anybody's words
            _log.warning("Slack's history cannot be read: %s", _code(problem) or type(problem).__name__)
            return Lookup.CANNOT_LOOK

    async def _channel(self, token: str, to: Destination) -> str:
        """Its id, by which a history is read."""
        if isinstance(to, Channel):
            return await self._where(token, to)
        opened = await self._slack().conversations_open(token=token, users=to.account)
        return str(opened["channel"]["id"])

    async def _search(self, token: str, channel: str, oldest: str, key: str) -> Sent | Lookup:
        cursor = None
        for _ in range(PAGES):
            page = await self._slack().conversations_history(
                token=token,
                channel=channel,
                oldest=oldest,
                include_all_metadata=True,
                limit=PAGE,
                cursor=cursor,
            )
            for message in page["messages"]:
                if _key_of(message) == key:
                    return Sent(f"{channel}:{message['ts']}")
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return Lookup.CANNOT_LOOK if page.get("has_more") else Lookup.ABSENT
        return Lookup.CANNOT_LOOK

    async def check(self) -> tuple[bool, str]:
        """Whether Slack knows our token, asked anew each time, and one sentence about it.

        Without a token for all: whether Slack answers, and in how many workspaces Pacer is installed.
        """
        try:
            async with asyncio.timeout(self._timeout):
                if self._token is None:
                    await self._slack().api_test()
                    return True, await self._told_of_workspaces()
                await self._slack().auth_test(token=self._token)
                return True, "Slack knows the token."
        except Exception as problem:  # told by code or type
            if _code(problem) in BUSY:
                return True, "Slack answers, and asks to wait."
            return False, f"Slack does not take us: {_code(problem) or type(problem).__name__}."

    async def _told_of_workspaces(self) -> str:
        number = 0 if self._workspaces is None else await self._workspaces()
        where = {0: "no workspace yet", 1: "one workspace"}.get(number, f"{number} workspaces")
        return f"Slack answers; Pacer is installed in {where}."

    async def _token_of(self, tenant: str) -> str:
        """Raises NotInstalled, and whatever the tokens' keeper raises."""
        token = (await self._tokens(tenant) if self._tokens else None) or self._token
        if not token:
            raise NotInstalled
        return token

    async def close(self) -> None:
        """Close its connections."""
        if self._client is not None and self._client.session is not None:
            await self._client.session.close()
        self._client = None

    def _slack(self) -> AsyncWebClient:
        if self._client is None:
            quiet = logging.getLogger("adapters.slack.sdk")
            quiet.setLevel(logging.INFO)  # below it the SDK writes whole messages into the log
            self._client = AsyncWebClient(
                base_url=self._api_url,
                session=aiohttp.ClientSession(
                    timeout=aiohttp.ClientTimeout(total=self._timeout), trace_configs=[_trace()]
                ),
                retry_handlers=[],  # the default posts a second time after a lost connection
                logger=quiet,
            )
        return self._client


def _address(to: Destination) -> str:
    """The channel or the account, as it was named to us."""
    return to.channel if isinstance(to, Channel) else to.account


def _trace() -> aiohttp.TraceConfig:
    """Notes on the way of the current task how far its request got."""
    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(_headers_sent)
    trace.on_request_end.append(_answered)
    return trace


async def _headers_sent(_session: Any, _context: SimpleNamespace, _params: Any) -> None:
    # Called just before the first byte, so "not left" is certain.
    if (way := _way.get()) is not None:
        way.left = True


async def _answered(
    _session: aiohttp.ClientSession, _context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
) -> None:
    if (way := _way.get()) is not None:
        way.status = params.response.status
        told = params.response.headers.get("Retry-After", "")
        way.wait = float(told) if told.replace(".", "", 1).isdecimal() else None


def _outcome(problem: BaseException, way: _Way, never: Set[str]) -> Outcome:
    code = _code(problem)
    if way.status == 429 or code in BUSY:
        return Limited(max(1.0, UNTOLD_WAIT if way.wait is None else way.wait))
    if not way.left:
        return Refused(type(problem).__name__)
    if code in never and way.status < 500:
        return Rejected(code)
    if not code and 400 <= way.status < 500:
        return Refused(f"HTTP {way.status}")
    return Doubtful(code or (f"HTTP {way.status}" if way.status >= 400 else type(problem).__name__))


def _code(problem: BaseException) -> str:
    """Slack's error code; empty if the body was not Slack's."""
    data = getattr(problem.response, "data", None) if isinstance(problem, SlackApiError) else None
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def _key_of(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    found = (metadata.get("event_payload") or {}).get("k")
    return str(found) if found is not None else None
