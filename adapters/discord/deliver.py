"""Sending to direct messages and channels on Discord, once, and finding out afterwards whether it arrived."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

import discord
from discord.http import Route, handle_message_parameters

from adapters.discord.limits import EACH_SECOND, NONCE, NONCE_SECONDS
from adapters.discord.pictures import drawn
from adapters.discord.render import Part, parts
from adapters.discord.rest import Rest, left
from bot.chat.fit import without_files
from bot.chat.inbound import Channel, Destination
from bot.chat.message import Chart, File, Message
from bot.chat.picture import Draw
from bot.delivery.model import Bucket, Doubtful, Limited, Lookup, Outcome, Refused, Rejected, Sent

SKEW = timedelta(minutes=1)
"""How far Discord's clock may be behind ours."""
PAGE, PAGES = 100, 5
REMEMBERED = 20_000
"""Direct message channels, and long messages that are half sent."""
AFTER_401 = 60.0
"""Seconds without a request after a refused token: ten thousand refusals in ten minutes end in a ban."""
BUSY = {20016: 60.0, 20022: 60.0, 20028: 60.0, 20029: 60.0, 40003: 300.0}
"""Error codes that are a limit under another status, and how long to wait when Discord does not say."""
WORDS = {
    10003: "no such channel",
    10008: "that message was deleted",
    10013: "no such person",
    50001: "no access to the channel",
    50007: "direct messages are closed",
    50013: "not allowed to write there",
    50278: "no server in common",
}

FILES_REFUSED = ("HTTP 413", "code 40005", "code 50035")
"""Ends of answers to a message that is too large, or in which something is not as Discord wants it."""

_log = logging.getLogger(__name__)
T = TypeVar("T")


def nonce_of(key: str) -> str:
    """What Discord recognises a second sending by: 120 bits of a hash of the key, 24 characters."""
    digest = hashlib.blake2s(key.encode(), digest_size=15).digest()
    return base64.b32encode(digest).decode().lower()[:NONCE]


class DiscordCourier:
    """Brings letters to direct messages and posts to channels, as one bot. Only in an event loop; `close` it there."""

    platform = "discord"
    dedup_window = timedelta(seconds=NONCE_SECONDS)
    changes = True

    def __init__(
        self, token: str, api_url: str | None = None, timeout: float = 10, draw: Draw | None = None
    ) -> None:
        self._token = token
        self._draw = draw
        self._api_url = api_url
        self._timeout = timeout
        self._rest: Rest | None = None
        self._me = ""
        self._opening = asyncio.Lock()
        self._refused_until = self._limited_until = 0.0
        self._channels: OrderedDict[str, str] = OrderedDict()
        self._begun: OrderedDict[str, int] = OrderedDict()
        self._bucket = "discord:" + hashlib.blake2s(token.encode(), digest_size=6).hexdigest()

    def bucket(self, to: Destination) -> Bucket:
        """One for the whole bot. A first message costs two requests, for its channel has to be opened."""
        requests = 1 if isinstance(to, Channel) or to.account in self._channels else 2
        return Bucket(self._bucket, requests / EACH_SECOND)

    async def send(self, to: Destination, message: Message, *, key: str) -> Outcome:
        """Post it under a nonce made from the key, so that within the window a second sending makes no second message."""
        outcome = await self._send(to, parts(message, await drawn((message,), self._draw)), key)
        if any(isinstance(b, Chart | File) for b in message.blocks) and _at_the_files(outcome):
            return await self._send(to, parts(without_files(message)), key)
        return outcome

    async def _send(self, to: Destination, wanted: list[Part], key: str) -> Outcome:
        outcome: Outcome = Rejected("nothing to say")
        for index in range(self._begun.get(key, 0), len(wanted)):
            last = index == len(wanted) - 1
            # The key goes with the last part alone, so that finding it means that all of them arrived.
            nonce = nonce_of(key if last else f"{key}#{index}")
            outcome = await self._post(to, wanted[index], nonce)
            if not isinstance(outcome, Sent):
                return outcome
            if not last:
                _remember(self._begun, key, index + 1)
        self._begun.pop(key, None)
        return outcome

    async def _post(self, to: Destination, part: Part, nonce: str) -> Outcome:
        return await self._ask(
            to, lambda rest, channel: rest.send_message(channel, params=_parameters(part, nonce))
        )

    async def change(self, to: Destination, receipt: str, message: Message) -> Outcome:
        """Edit it in place, which tells nobody."""
        channel, _, number = receipt.partition(":")
        wanted = parts(without_files(message))
        if len(wanted) != 1 or not (channel.isdecimal() and number.isdecimal()):
            return Rejected("not one message")
        quiet = discord.AllowedMentions.none()
        with handle_message_parameters(view=wanted[0].view, attachments=[], allowed_mentions=quiet) as params:
            return await self._ask(
                to, lambda rest, where: rest.edit_message(where, number, params=params), channel
            )

    async def _ask(
        self, to: Destination, asking: Callable[[Rest, str], Awaitable[Mapping[str, Any]]], channel: str = ""
    ) -> Outcome:
        """One request about one message, in the direct messages or channel if none is named; how it ended."""
        gone: list[bool] = []
        mark = None
        try:
            async with asyncio.timeout(self._timeout):
                rest = await self._open()
                channel = channel or await self._channel(rest, to)
                mark = left.set(gone)
                answer = await asking(rest, channel)
                return Sent(f"{channel}:{answer['id']}")
        except Exception as problem:  # whatever an SDK can raise, what counts is how far the request got
            return self._outcome(problem, to, left_us=bool(gone))
        finally:
            if mark is not None:
                left.reset(mark)

    async def look_up(self, to: Destination, *, key: str, since: datetime) -> Sent | Lookup:
        """Read the direct messages or the channel since then.

        Discord does not promise to keep nonces: a message of ours without one leaves it open whether
        it is this one, and only a history without any tells that it did not arrive.
        """
        try:
            async with asyncio.timeout(self._timeout):
                rest = await self._open()
                channel = await self._channel(rest, to)
                return await self._search(rest, channel, nonce_of(key), since - SKEW)
        except Exception as problem:  # as above; the reason is logged without anybody's words
            _log.warning("Discord's history cannot be read: %s", _why(problem))
            return Lookup.CANNOT_LOOK

    async def _search(self, rest: Rest, channel: str, nonce: str, since: datetime) -> Sent | Lookup:
        after = discord.utils.time_snowflake(since)
        nameless = False
        for _ in range(PAGES):
            page = await rest.logs_from(channel, PAGE, after=after)
            for message in page:
                if str(message["author"]["id"]) != self._me:
                    continue
                if message.get("nonce") == nonce:
                    return Sent(f"{channel}:{message['id']}")
                nameless = nameless or message.get("nonce") is None
            if len(page) < PAGE:
                return Lookup.CANNOT_LOOK if nameless else Lookup.ABSENT
            after = max(int(message["id"]) for message in page)
        return Lookup.CANNOT_LOOK

    async def check(self) -> tuple[bool, str]:
        """Whether Discord knows our token, asked anew each time, and one sentence about it."""
        try:
            async with asyncio.timeout(self._timeout):
                rest = await self._open()
                self._me = str((await rest.request(Route("GET", "/users/@me")))["id"])
                return True, "Discord knows the token."
        except discord.RateLimited:
            return True, "Discord answers, and asks to wait."
        except Exception as problem:  # told by number and our own words
            return False, f"Discord does not take us: {_why(problem)}."

    async def close(self) -> None:
        """Close its connections."""
        rest, self._rest = self._rest, None
        if rest is not None:
            await rest.close()

    async def _open(self) -> Rest:
        """A client that Discord knows; it is asked who we are once."""
        async with self._opening:
            if asyncio.get_running_loop().time() < self._refused_until:
                raise discord.LoginFailure
            if self._rest is not None:
                return self._rest
            if (wait := self._limited_until - asyncio.get_running_loop().time()) > 0:
                raise discord.RateLimited(wait)
            rest = Rest(self._api_url)
            try:
                self._me = str((await rest.static_login(self._token))["id"])
            except BaseException as problem:
                await rest.close()
                if isinstance(problem, discord.LoginFailure):
                    self._pause()
                if isinstance(problem, discord.RateLimited):  # the client that would remember it is gone
                    self._limited_until = asyncio.get_running_loop().time() + problem.retry_after
                raise
            self._rest = rest
            return rest

    async def _channel(self, rest: Rest, to: Destination) -> str:
        if isinstance(to, Channel):
            return to.channel
        if to.account not in self._channels:
            opened = await rest.start_private_message(to.account)
            _remember(self._channels, to.account, str(opened["id"]))
        self._channels.move_to_end(to.account)
        return self._channels[to.account]

    def _pause(self) -> None:
        self._refused_until = asyncio.get_running_loop().time() + AFTER_401

    def _outcome(self, problem: Exception, to: Destination, *, left_us: bool) -> Outcome:
        match problem:
            case discord.RateLimited():
                return Limited(problem.retry_after)
            case discord.LoginFailure():
                return Rejected(_why(problem))
            case discord.HTTPException() if problem.status < 500:
                if problem.status == 401:
                    self._pause()
                if problem.code == 10003 and not isinstance(
                    to, Channel
                ):  # unknown: ask for it anew next time
                    self._channels.pop(to.account, None)
                return _answered(problem)
            case _:
                return Doubtful(_why(problem)) if left_us else Refused(_why(problem))


def _at_the_files(outcome: Outcome) -> bool:
    """Whether what was attached may be why it was not taken."""
    return isinstance(outcome, Rejected | Refused) and outcome.why.endswith(FILES_REFUSED)


def _answered(problem: discord.HTTPException) -> Outcome:
    if problem.code in BUSY:
        return Limited(BUSY[problem.code])
    # Without a code it is not Discord that answers, but something on the way, which may change its mind.
    return Rejected(_why(problem)) if problem.code or problem.status == 401 else Refused(_why(problem))


def _why(problem: Exception) -> str:
    """Numbers and words of ours, for an answer can quote what was sent."""
    match problem:
        case discord.LoginFailure():
            return "HTTP 401: the token is not valid"
        case discord.HTTPException():
            words = WORDS.get(problem.code, f"code {problem.code}" if problem.code else "")
            return f"HTTP {problem.status}" + (f": {words}" if words else "")
        case _:
            return type(problem).__name__


def _parameters(part: Part, nonce: str) -> discord.http.MultipartParameters:
    quiet = discord.AllowedMentions.none()
    return handle_message_parameters(
        nonce=nonce, allowed_mentions=quiet, view=part.view, files=part.files or discord.utils.MISSING
    )


def _remember(kept: OrderedDict[str, T], key: str, value: T) -> None:
    kept[key] = value
    while len(kept) > REMEMBERED:
        kept.popitem(last=False)
