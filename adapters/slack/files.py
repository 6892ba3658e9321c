"""Fetching a text file that somebody sent, from Slack and nowhere else."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import aiohttp

from adapters.slack.inbound import FILE_BYTES

SECONDS = 2.0
"""Slack wants to hear of an event within three."""
FAULTS = (TimeoutError, aiohttp.ClientError, ValueError)
"""What `fetch` raises."""
_SLACKS = (".slack.com", ".slack-files.com")


async def fetch(
    links: tuple[str, ...], session: aiohttp.ClientSession, token: str, api_url: str
) -> list[str]:
    """The files' texts, within the time that an event may wait. Raises one of FAULTS."""
    async with asyncio.timeout(SECONDS):
        return [await _fetch(link, session, token, api_url) for link in links]


async def _fetch(link: str, session: aiohttp.ClientSession, token: str, api_url: str) -> str:
    if not _is_slacks(
        link, api_url
    ):  # a file kept elsewhere may name any address, also one inside our own network
        raise ValueError("not a file of Slack's")
    bearer = {"Authorization": f"Bearer {token}"}
    async with session.get(link, headers=bearer, allow_redirects=False) as answer:
        held = bytearray()
        async for piece in answer.content.iter_chunked(FILE_BYTES):
            held += piece
            if len(held) > FILE_BYTES:
                raise ValueError("longer than was said")
        if answer.status != 200 or answer.content_type == "text/html":
            raise ValueError("a page to sign in, and no file")
    return held.decode("utf-8-sig")


def _is_slacks(link: str, api_url: str) -> bool:
    """Whether it lies with Slack, or where Slack's API was said to be."""
    found = urlsplit(link)
    if api_url and (found.scheme, found.netloc) == urlsplit(api_url)[:2]:
        return True
    return found.scheme == "https" and (found.hostname or "").endswith(_SLACKS)
