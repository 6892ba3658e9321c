"""Slack's side of an installation on loopback, Pacer listening to it, and a browser between them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from wire.slack_oauth_pacer import Browser, Pacer, pacer_at
from wire.slack_oauth_server import SlackOAuthServer


@pytest.fixture
async def slack() -> AsyncIterator[SlackOAuthServer]:
    async with SlackOAuthServer() as standing:
        yield standing


@pytest.fixture
async def pacer(slack: SlackOAuthServer, tmp_path: Path) -> AsyncIterator[Pacer]:
    async with pacer_at(slack, tmp_path) as listening:
        yield listening


@pytest.fixture
async def browser(pacer: Pacer, slack: SlackOAuthServer) -> AsyncIterator[Browser]:
    async with Browser(pacer.url, slack.root) as opened:
        yield opened
