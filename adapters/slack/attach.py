"""Pictures and files on their way to Slack, before the message that they belong to.

A picture is uploaded without being shared and then stands inside the message, as an image block with its
id: so it keeps its place, and the message keeps its key. A text file cannot stand inside of a message; it
is shared into the conversation just before the words that name it. What cannot be uploaded never keeps
the words back: the chart is drawn in text then, and the words say that the file could not be brought.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.message import Chart, File, Message
from bot.chat.picture import Draw

SPOKEN = 1000
"""Characters of a file's alt text: docs.slack.dev/reference/methods/files.getUploadURLExternal."""
PATIENCE = 6.0
"""Seconds for all pictures and files of a message."""
LOOK = 0.4
"""Seconds between looks whether Slack is done with a picture; until then a block with it is refused."""
REMEMBERED = 1000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Attached:
    """What could be uploaded of a message."""

    pictures: Mapping[Chart, str] = field(default_factory=dict)
    """Ids of uploaded files."""
    files: frozenset[File] = frozenset()
    """Those that were shared."""


NOTHING = Attached()


class Attachments:
    """Uploads for one client. Without `draw` charts stay text."""

    def __init__(self, slack: Callable[[], AsyncWebClient], draw: Draw | None) -> None:
        self._slack, self._draw = slack, draw
        self._shared: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def bring(
        self,
        message: Message,
        key: str,
        *,
        token: Callable[[], Awaitable[str]],
        where: str,
        thread: str | None = None,
        pictures: bool = True,
    ) -> Attached:
        """Upload what the message holds; never raises for what a platform or a renderer does.

        `key` is the message's: what was shared under it is not shared again by this process. `where` is a
        channel, or an account, which stands for the direct messages with it.
        """
        charts = [b for b in message.blocks if isinstance(b, Chart)] if self._draw and pictures else []
        files = [b for b in message.blocks if isinstance(b, File)]
        if not charts and not files:
            return NOTHING
        drawn: dict[Chart, str] = {}
        shared: set[File] = set()
        try:
            async with asyncio.timeout(PATIENCE):
                bearer = await token()
                for file in files:
                    with _without_raising():
                        await self._share(file, key, bearer, where, thread)
                        shared.add(file)
                for chart in charts:
                    with _without_raising():
                        drawn[chart] = await self._picture(chart, bearer)
        except Exception as problem:  # no time left, or no token: the words go out all the same
            _log.warning("not everything was uploaded: %s", type(problem).__name__)
        return Attached(drawn, frozenset(shared))

    async def _picture(self, chart: Chart, token: str) -> str:
        """The id of the drawn chart. Raises TimeoutError if Slack does not get done with it."""
        assert self._draw is not None
        drawn = await self._draw(chart)
        sent = await self._slack().files_upload_v2(
            token=token, filename="chart.png", title=chart.title[:100], file=drawn, alt_txt=chart.alt[:SPOKEN]
        )
        found = str(_first(sent.data).get("id"))
        while not _first(await self._look(found, token)).get("mimetype"):
            await asyncio.sleep(LOOK)
        return found

    async def _look(self, file: str, token: str) -> Any:
        return (await self._slack().files_info(token=token, file=file)).data

    async def _channel(self, where: str, token: str) -> str:
        """An upload is shared into a channel's id; an account has to be opened for it."""
        if where[:1] not in ("U", "W"):
            return where
        opened = await self._slack().conversations_open(token=token, users=where)
        return str(opened["channel"]["id"])

    async def _share(self, file: File, key: str, token: str, where: str, thread: str | None) -> None:
        if (key, file.name) in self._shared:
            return
        channel = await self._channel(where, token)
        await self._slack().files_upload_v2(
            token=token,
            filename=file.name,
            title=file.name,
            file=file.data,
            channel=channel,
            thread_ts=thread,
        )
        self._shared[key, file.name] = None
        while len(self._shared) > REMEMBERED:
            self._shared.popitem(last=False)


@contextmanager
def _without_raising() -> Iterator[None]:
    try:
        yield
    except Exception as problem:  # whatever an SDK or a renderer raises: the words go out all the same
        _log.warning("a picture or file could not be uploaded: %s", type(problem).__name__)


def _first(told: Any) -> Mapping[str, Any]:
    """The file in an answer of Slack's, wherever it stands."""
    if not isinstance(told, dict):
        return {}
    found = told.get("file") or next(iter(told.get("files") or ()), None)
    return found if isinstance(found, dict) else {}
