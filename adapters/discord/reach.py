"""Where discord.py's client sends its requests, and what it keeps to itself in the log.

Addresses of other servers are given to one client's own parts where that can be done: `Route.BASE`
belongs to the class, so that setting it would move every client of the process.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route, handle_message_parameters
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

LOGS = ("http", "gateway", "client", "state", "webhook.async", "app_commands.tree", "ui.view", "ui.modal")


class Elsewhere(HTTPClient):
    """The bot's requests, to another address."""

    def __init__(self, like: HTTPClient, api_url: str) -> None:
        super().__init__(like.loop)
        self._base = api_url.rstrip("/")

    async def request(
        self,
        route: Route,
        *,
        files: Sequence[discord.File] | None = None,
        form: Iterable[dict[str, Any]] | None = None,
        **kwargs: Any,
    ) -> Any:
        """One request, as patiently as the library does it."""
        _move(route, self._base)
        return await super().request(route, files=files, form=form, **kwargs)


class AnswersElsewhere(AsyncWebhookAdapter):
    """Answers to interactions, which need no token of the bot, to another address."""

    def __init__(self, api_url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._base = api_url.rstrip("/")

    async def request(self, route: Route, *args: Any, **kwargs: Any) -> Any:
        """One request, as patiently as the library does it."""
        _move(route, self._base)
        return await super().request(route, *args, **kwargs)


def _move(route: Route, base: str) -> None:
    route.url = base + route.url.removeprefix(Route.BASE)


class Reach:
    """One client's addresses; None is Discord's own."""

    def __init__(self, api_url: str | None, gateway_url: str | None) -> None:
        self._api_url, self._gateway_url = api_url, gateway_url
        self._answers = AnswersElsewhere(api_url) if api_url else None

    def arrange(self, client: discord.Client) -> None:
        """Let a client that has not logged in yet use them."""
        for name in LOGS:
            logging.getLogger(f"discord.{name}").addFilter(no_bodies)
        if self._api_url:
            client.http = client._connection.http = Elsewhere(client.http, self._api_url)

    def enter(self) -> None:
        """Let this task, and the tasks it begins, answer and connect there."""
        if self._answers is not None:
            async_context.set(self._answers)
        if self._gateway_url:
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(self._gateway_url)  # the only way there is


def no_bodies(record: logging.LogRecord) -> bool:
    """At level DEBUG discord.py logs events and requests whole, with what people write in them."""
    return record.levelno > logging.DEBUG


async def edit_answer(
    client: discord.Client, application: int, token: str, view: discord.ui.LayoutView
) -> None:
    """Let the answer to an interaction be this, also after a restart; repeating it changes nothing."""
    quiet = discord.AllowedMentions.none()
    with handle_message_parameters(content=None, view=view, allowed_mentions=quiet) as params:
        await async_context.get().edit_original_interaction_response(
            application,
            token,
            session=client.http._HTTPClient__session,  # type: ignore[attr-defined]
            payload=params.payload,
            multipart=params.multipart,
            files=params.files,
        )


async def whisper(client: discord.Client, application: int, token: str, view: discord.ui.LayoutView) -> None:
    """Say it to her alone, after an interaction that was acknowledged and while its token lives."""
    quiet, hidden = discord.AllowedMentions.none(), discord.MessageFlags(ephemeral=True)
    with handle_message_parameters(view=view, flags=hidden, allowed_mentions=quiet) as params:
        await async_context.get().execute_webhook(
            application,
            token,
            session=client.http._HTTPClient__session,  # type: ignore[attr-defined]
            payload=params.payload,
            multipart=params.multipart,
            files=params.files,
            wait=True,
            with_components=True,
        )
