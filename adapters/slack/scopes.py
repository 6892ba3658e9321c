"""What Pacer asks a workspace for, why, and what a token was given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp

BASE_URL = "https://slack.com/api/"
PATIENCE = 10.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Need:
    """Why a scope is asked for: Web API methods as slack_sdk names them, events, and what else in the code tells."""

    why: str
    methods: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    """Words that stand in the code where the scope is used by neither a method nor an event."""
    spare: bool = False
    """Whether everything else works without it."""
    agent: bool = False
    """Whether it is there for Slack's agent view alone, which not every workspace has."""


# docs.slack.dev/reference/scopes says what each one opens; docs.slack.dev/reference/methods what each method needs.
SCOPES: dict[str, Need] = {
    "app_mentions:read": Need("be asked in a channel, by name", events=("app_mention",)),
    "assistant:write": Need(
        "suggest a few first words, in workspaces that have Slack's agent view",
        methods=("assistant_threads_setSuggestedPrompts",),
        spare=True,
        agent=True,
    ),
    "chat:write": Need("answer", methods=("chat_postMessage", "chat_update", "chat_postEphemeral")),
    "commands": Need("have the command /pacer and the shortcut on a message", marks=("command", "shortcut")),
    "files:read": Need(
        "read an answer that came as a text file, and see whether a picture is ready to be shown",
        methods=("files_info",),
        marks=("url_private",),
    ),
    "files:write": Need(
        "show charts as pictures and send what you export as a file", methods=("files_upload_v2",)
    ),
    "im:history": Need(
        "hear what is said in direct messages, and look whether a message arrived before sending it again",
        methods=("conversations_history", "conversations_replies"),
        events=("message.im",),
    ),
    "im:write": Need("open the direct messages with somebody", methods=("conversations_open",)),
    "mpim:write": Need(
        "bring two people who practise together into one group message",
        methods=("conversations_open",),
        spare=True,
    ),
    "users:read": Need("offer the time zone that Slack knows, to be confirmed", methods=("users_info",)),
}
FREE_METHODS = ("api_test", "auth_test", "oauth_v2_access", "views_open", "views_publish")
"""Methods that ask for no scope."""
FREE_EVENTS = ("app_home_opened", "app_uninstalled", "tokens_revoked")
"""Events that come to any app that asks for them."""


def missing(granted: Iterable[str]) -> list[str]:
    """Scopes that Pacer cannot be without and the token does not have, in the order of the alphabet."""
    return sorted({name for name, need in SCOPES.items() if not need.spare} - set(granted))


async def granted(token: str, api_url: str | None = None) -> frozenset[str] | None:
    """The scopes of a bot token, as Slack tells them with auth.test; None if it does not. Raises OSError, TimeoutError."""
    answer, scopes = await _ask("auth.test", token, api_url)
    return frozenset(s.strip() for s in scopes.split(",") if s.strip()) if answer == "" and scopes else None


async def socket_refusal(app_token: str, api_url: str | None = None) -> str:
    """Slack's code for not opening a socket with this app-level token; empty if it does. Raises OSError, TimeoutError."""
    refusal, _ = await _ask("apps.connections.open", app_token, api_url)
    return refusal


async def _ask(method: str, token: str, api_url: str | None) -> tuple[str, str]:
    """Slack's error code, and the scopes that came with the answer."""
    url = f"{(api_url or BASE_URL).rstrip('/')}/{method}"
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as slack,
            slack.post(url, headers={"Authorization": f"Bearer {token}"}) as response,
        ):
            scopes = response.headers.get("x-oauth-scopes", "")
            if response.status != HTTPStatus.OK:
                return f"HTTP {response.status}", scopes
            told = await response.json(content_type=None)
    except (aiohttp.ClientError, ValueError) as problem:
        raise ConnectionError(type(problem).__name__) from problem
    if not isinstance(told, dict):
        return "not Slack's answer", scopes
    return "" if told.get("ok") else str(told.get("error") or "no reason"), scopes
