"""The pages somebody sees who installs Pacer in a workspace, and the way between them."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.web.async_client import AsyncWebClient

NO_STORE: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""The address of the second page holds a code: it is to be kept and passed on by nobody."""
ORG_WIDE, UNAVAILABLE, TOO_OFTEN = "org_wide", "unavailable", "too_often"
_AGAIN = "Nothing was installed. Please begin again from the start."
_WORDS = {
    "access_denied": "Nothing was installed: that is what you chose in Slack. You can come back at any time.",
    "invalid_browser": f"This page was not opened by the browser that began, or it was opened twice. {_AGAIN}",
    "invalid_state": f"This link was used already, or is older than ten minutes. {_AGAIN}",
    "missing_code": f"Slack sent nothing along that Pacer could use. {_AGAIN}",
    "invalid_code": f"Slack did not accept the last step. {_AGAIN}",
    ORG_WIDE: "Pacer goes into one workspace at a time, not into a whole organisation at once. "
    "Nothing was kept. Please choose a workspace when you begin again.",
    UNAVAILABLE: "Pacer could not finish this just now. Nothing is broken; please begin again in a few minutes.",
    TOO_OFTEN: "These pages were opened many times from your address just now. Nothing is broken; please wait a "
    "minute, then go on.",
}
_OTHER = (
    f"Slack did not let Pacer in. {_AGAIN} If it stays like this, an admin of the workspace can tell you why."
)
_STATUS = {ORG_WIDE: 400, UNAVAILABLE: 503, TOO_OFTEN: 429, "invalid_code": 401}
_log = logging.getLogger(__name__)


class NotTaken(BoltError):
    """An installation that Pacer does not take; the first argument says why."""


class Flow(AsyncOAuthFlow):
    """bolt's installation, with words of our own and an answer to everything that can go wrong."""

    def __init__(
        self, *, client: AsyncWebClient, logger: logging.Logger, settings: AsyncOAuthSettings
    ) -> None:
        settings.callback_options = AsyncCallbackOptions(success=_done, failure=_failed)
        super().__init__(client=client, logger=logger, settings=settings)

    async def handle_installation(self, request: AsyncBoltRequest) -> BoltResponse:
        """The page with the one link to Slack."""
        try:
            return await super().handle_installation(request)
        except Exception as problem:  # told by type: messages may hold what is secret
            return self._could_not(problem)

    async def handle_callback(self, request: AsyncBoltRequest) -> BoltResponse:
        """The page Slack comes back to."""
        try:
            return await super().handle_callback(request)
        except Exception as problem:  # as above: the database, the network, or an answer that is not Slack's
            return self._could_not(problem)

    async def store_installation(self, request: AsyncBoltRequest, installation: Installation) -> None:
        """Keep it. Raises NotTaken for what Pacer could not serve."""
        if installation.is_enterprise_install or not installation.team_id:
            raise NotTaken(ORG_WIDE)
        if not installation.bot_token:
            raise NotTaken("invalid_code")
        await super().store_installation(request, installation)

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:
        """Everything on it is ours: no picture, no script."""
        return _html(
            "Add Pacer to your workspace",
            "Slack will show what Pacer may do there. It reads only what is said to it directly, and it "
            "writes to nobody who has not written first.",
            url,
            "Go on to Slack",
        )

    def too_often(self, seconds: int) -> BoltResponse:
        """The page for an address that opened too many. What it had begun goes on afterwards."""
        response = _failure(self.settings, TOO_OFTEN, _STATUS[TOO_OFTEN])
        del response.headers["set-cookie"]
        response.headers["retry-after"] = [str(seconds)]
        return response

    def _could_not(self, problem: Exception) -> BoltResponse:
        _log.error("An installation could not be finished: %s", type(problem).__name__)
        return _failure(self.settings, UNAVAILABLE, _STATUS[UNAVAILABLE])


async def _done(args: AsyncSuccessArgs) -> BoltResponse:
    made = args.installation
    target = urlencode({"team": made.team_id or "", "id": made.app_id or "", "tab": "messages"})
    words = (
        f"Pacer is in {html.escape(made.team_name or 'your workspace')} now. "
        "Everybody who wants to practise says /pacer, or writes to Pacer under Apps; nobody else hears from it."
    )
    return _response(200, _html("Pacer is here", words, f"slack://app?{target}", "Open Slack"), args.settings)


async def _failed(args: AsyncFailureArgs) -> BoltResponse:
    reason = str(args.error) if isinstance(args.error, NotTaken) else args.reason
    shown = reason if re.fullmatch("[a-z_]{1,40}", reason) else "no reason"
    _log.info("An installation was not finished: %s", shown)
    return _failure(args.settings, reason, _STATUS.get(reason, args.suggested_status_code))


def _failure(settings: AsyncOAuthSettings, reason: str, status: int) -> BoltResponse:
    """What happened and what to do; Slack's own word for it is shown to nobody."""
    words = _WORDS.get(reason, _OTHER)
    return _response(status, _html("Not installed", words, settings.install_path, "Begin again"), settings)


def _response(status: int, body: str, settings: AsyncOAuthSettings) -> BoltResponse:
    headers: dict[str, Any] = {
        "Content-Type": "text/html; charset=utf-8",
        "Set-Cookie": settings.state_utils.build_set_cookie_for_deletion(),
    }
    return BoltResponse(status=status, body=body, headers=headers)


def _html(title: str, words: str, link: str, label: str) -> str:
    """A page; the words are HTML already."""
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>body {{ font: 1.1rem/1.6 system-ui, sans-serif; max-width: 32rem; margin: 12vh auto; padding: 0 1rem;
color: #222; background: #fff }} a {{ color: #14523f }}
@media (prefers-color-scheme: dark) {{ body {{ color: #eee; background: #1b1b1b }} a {{ color: #8fd3bd }} }}</style>
</head><body><main><h1>{title}</h1><p>{words}</p><p><a href="{html.escape(link)}">{label}</a></p></main></body></html>
"""
