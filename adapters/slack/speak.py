"""Bringing an answer back to where it was asked, or later to the person, so that it comes once."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2s
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.attach import NOTHING, Attached, Attachments
from adapters.slack.deliver import EVENT_TYPE, NEVER
from adapters.slack.forms import modal
from adapters.slack.inbound import FOR, Back, Clicked, at, text_at
from adapters.slack.render import Json, Part, parts
from adapters.slack.spot import Spot
from bot.chat.effects import Edit, Effects, OpenForm, Say
from bot.chat.form import Unclear
from bot.chat.inbound import Place, Sender
from bot.chat.message import Audience, Message
from bot.chat.picture import Draw
from bot.delivery.model import Lookup, Rejected, Sent
from bot.delivery.ports import Courier
from bot.profile.fields import read_zone
from bot.reception import NeverTaken
from bot.turn import Answer

LATEST = timedelta(days=1)
"""How far back an answer that may have arrived is looked for."""
LOOKS = 3
"""How often nobody may be able to look; after that, saying it twice is better than never."""
ZONE_SECONDS = 0.6
"""A modal has to open within three seconds; nobody waits longer than this for a time zone to offer."""
NO_THREAD = frozenset(
    {"cannot_reply_to_message", "invalid_thread_ts", "message_not_found", "thread_not_found"}
)
"""Slack's words for a thread that is no more."""
COMMANDS = "1:do:"
"""Begins the keys of buttons that stand for a command and answer no question."""

TokenOf = Callable[[str], Awaitable[str]]
"""The token of a tenant; raises where there is none."""

_log = logging.getLogger(__name__)


class NotSaid(Exception):
    """Slack did not take it, or nobody knows."""


def client(api_url: str | None, session: aiohttp.ClientSession | None) -> AsyncWebClient:
    """A client that tries once and logs nothing that anybody wrote; each call brings its workspace's token."""
    quiet = logging.getLogger("adapters.slack.sdk")
    quiet.setLevel(logging.INFO)  # below it the SDK writes whole messages into the log
    url = (api_url or AsyncWebClient.BASE_URL).rstrip("/") + "/"
    return AsyncWebClient(base_url=url, session=session, retry_handlers=[], logger=quiet)


class Speaker:
    """Says what a turn says. Raises whatever keeps it from being said; then it is said later."""

    def __init__(
        self,
        courier: Courier,
        slack: AsyncWebClient,
        token: TokenOf,
        now: Callable[[], datetime],
        draw: Draw | None = None,
    ) -> None:
        self._courier, self._slack, self._token, self._now = courier, slack, token, now
        self._blind: Counter[str] = Counter()
        self._attachments = Attachments(lambda: slack, draw)

    async def speak(self, to: Spot, effects: Effects) -> None:
        """Everything one turn says; forms first, because their permission ends within seconds."""
        for effect in effects:
            if isinstance(effect, OpenForm):
                await self._open(to, effect)
        said = [(n, e) for n, e in enumerate(effects) if not isinstance(e, OpenForm)]
        clicked = to.back.clicked
        for number, effect in said:
            key = key_of(to.event_id, number, effect.message)
            if isinstance(effect, Edit) and clicked and _may_replace(to, clicked, effect.message):
                await self._change(to, clicked, effect.message, key)
                clicked = None
            else:
                await self.say(to, effect.message, key)
        if clicked and _settles(clicked, [e for _, e in said]):
            await self._settle(to, clicked)

    async def say(self, to: Spot, message: Message, key: str) -> None:
        """One message where it belongs: her direct messages, a thread, only for her eyes, or for everybody."""
        if message.audience is Audience.DIRECT or not (to.shared or to.thread):
            await self._directly(to.sender, message, key)
        else:
            attached = await self._attached(to, message, key)
            await self._here(to, message.audience, parts(message, attached), key)

    async def _attached(self, to: Spot, message: Message, key: str) -> Attached:
        """Pictures, and files in the thread or channel; what only she may see has neither there.

        Slack says nothing of who could open a picture in a message for one person's eyes, so such charts are text.
        """
        whispered = to.shared and message.audience is not Audience.HERE
        where, thread = (to.sender.account, None) if whispered else (to.channel, to.thread)
        return await self._attachments.bring(
            message,
            key,
            token=lambda: self._token(to.sender.tenant),
            where=where,
            thread=thread,
            pictures=not whispered,
        )

    async def _here(self, to: Spot, audience: Audience, wanted: list[Part], key: str) -> None:
        """Parts of one message; the key goes with the last, so that finding it means that all arrived."""
        for name, part in _named(key, wanted):
            if not to.shared:
                await self._post(to, part, name)
            elif audience is Audience.HERE:
                await self._post(to, _addressed(part, to), name)
            else:
                await self._only_to_her(to, part, name)

    async def later(self, answer: Answer) -> bool:
        """Bring a late answer, each message of it once: in its thread, else directly. Whether to forget it."""
        to = Spot(answer.sender, answer.place, answer.event_id, Back())
        for number, message in enumerate(answer.messages):
            if not await self._bring(to, message, key_of(answer.event_id, number, message)):
                return False
        self._blind.pop(answer.event_id, None)
        return True

    async def _bring(self, to: Spot, message: Message, key: str) -> bool:
        if to.thread and not to.shared and message.audience is not Audience.DIRECT:
            try:
                return await self._bring_to_thread(to, message, key)
            except SlackApiError as problem:
                if code_of(problem) not in NO_THREAD:
                    raise
        since = self._now() - LATEST
        looked = await self._courier.look_up(to.sender, key=key, since=since)
        if looked is Lookup.CANNOT_LOOK and self._is_early(to):
            return False
        if isinstance(looked, Sent):
            return True
        outcome = await self._courier.send(to.sender, message, key=key)
        if isinstance(outcome, Rejected):
            raise NeverTaken
        return isinstance(outcome, Sent)

    async def _bring_to_thread(self, to: Spot, message: Message, key: str) -> bool:
        """What of it the thread does not hold yet. Raises SlackApiError, also where the thread is gone."""
        known = await self._keys_in_thread(to)
        if key in (known or ()):
            return True
        if known is None and self._is_early(to):
            return False
        wanted = _named(key, parts(message, await self._attached(to, message, key)))
        for name, part in wanted:
            if name not in (known or ()):
                try:
                    await self._post(to, part, name)
                except SlackApiError as problem:
                    if code_of(problem) in NEVER - NO_THREAD:
                        raise NeverTaken from problem
                    raise
        return True

    def _is_early(self, to: Spot) -> bool:
        """Whether it is too early to say it without having looked; counts how often that was asked."""
        self._blind[to.event_id] += 1
        return self._blind[to.event_id] <= LOOKS

    async def _keys_in_thread(self, to: Spot) -> frozenset[str] | None:
        """The keys of what the thread holds; None if nobody may look. Raises SlackApiError if it is gone."""
        try:
            page = await self._slack.conversations_replies(
                token=await self._token(to.sender.tenant),
                channel=to.channel,
                ts=str(to.thread),
                include_all_metadata=True,
                limit=200,
            )
        except Exception as problem:  # whatever an SDK raises; the reason is logged without anybody's words
            if code_of(problem) in NO_THREAD:
                raise
            _log.warning("a thread cannot be read: %s", code_of(problem) or type(problem).__name__)
            return None
        said = at(page.data, "messages")
        return frozenset(text_at(m, "metadata", "event_payload", "k") for m in said or [])

    async def _directly(self, to: Sender, message: Message, key: str) -> None:
        outcome = await self._courier.send(to, message, key=key)
        if not isinstance(outcome, Sent):
            raise NotSaid(type(outcome).__name__)

    async def _post(self, to: Spot, part: Part, key: str) -> None:
        await _with_or_without(part, lambda blocks: self._post_blocks(to, part, blocks, key))

    async def _post_blocks(self, to: Spot, part: Part, blocks: list[Json], key: str) -> None:
        await self._slack.chat_postMessage(
            token=await self._token(to.sender.tenant),
            channel=to.channel,
            thread_ts=to.thread,
            text=part.text,
            blocks=blocks,
            metadata=_metadata(key),
            unfurl_links=False,
            unfurl_media=False,
        )

    async def _only_to_her(self, to: Spot, part: Part, key: str) -> None:
        """By the way that Slack left open; else as Pacer's own whisper; else directly, where Pacer is no member."""
        if to.back.response_url and await self._respond(to.back.response_url, part, to.thread):
            return
        try:
            await self._slack.chat_postEphemeral(
                token=await self._token(to.sender.tenant),
                channel=to.channel,
                user=to.sender.account,
                thread_ts=to.thread,
                text=part.text,
                blocks=part.blocks,
            )
        except SlackApiError as closed:
            if code_of(closed) not in ("not_in_channel", "channel_not_found", "user_not_in_channel"):
                raise
            await self._post(replace(to, place=Place(to.sender.account)), part, key)

    async def _respond(self, url: str, part: Part, thread: str | None, *, instead: bool = False) -> bool:
        """Whether the response_url was still open."""
        webhook = AsyncWebhookClient(
            url, session=self._slack.session, logger=self._slack._logger, retry_handlers=[]
        )
        body: dict[str, Any] = {"text": part.text, "blocks": part.blocks, "response_type": "ephemeral"}
        body["replace_original"] = instead
        if thread and not instead:
            body["thread_ts"] = thread
        return (await webhook.send_dict(body)).status_code == 200

    async def _change(self, to: Spot, clicked: Clicked, message: Message, key: str) -> None:
        """The clicked message becomes this one; where Slack has lost it, it is said anew."""
        attached = NOTHING if clicked.ephemeral else await self._attached(to, message, key)
        first, *rest = parts(message, attached)
        if not await self._replace(to, clicked, first):
            await self.say(to, message, key)
            return
        await self._here(to, message.audience, rest, key)

    async def _replace(self, to: Spot, clicked: Clicked, part: Part) -> bool:
        if clicked.ephemeral:
            url = to.back.response_url
            return bool(url) and await self._respond(url, part, None, instead=True)
        # The metadata stays: by it a letter in doubt is found again, and then not sent a second time.
        try:
            await _with_or_without(part, lambda blocks: self._update(to, clicked, part, blocks))
        except SlackApiError as gone:
            if code_of(gone) in ("message_not_found", "cant_update_message", "edit_window_closed"):
                return False
            raise
        return True

    async def _update(self, to: Spot, clicked: Clicked, part: Part, blocks: list[Json]) -> None:
        await self._slack.chat_update(
            token=await self._token(to.sender.tenant),
            channel=clicked.channel,
            ts=clicked.ts,
            text=part.text,
            blocks=blocks,
            metadata=dict(clicked.metadata) if clicked.metadata else None,
        )

    async def _settle(self, to: Spot, clicked: Clicked) -> None:
        """The question is answered: its buttons go, what was picked stays. That it may fail harms nobody."""
        picked = {
            "type": "context",
            "elements": [{"type": "plain_text", "text": clicked.label, "emoji": False}],
        }
        kept = [b for b in clicked.blocks if b.get("type") != "actions"]
        blocks = [*kept, picked] if clicked.label else kept
        if not kept:
            return
        try:
            await self._replace(to, clicked, Part(clicked.text or clicked.label, blocks))
        except Exception as problem:  # whatever an SDK raises; the answer itself has been given
            _log.info("an answered question kept its buttons: %s", type(problem).__name__)

    async def _open(self, to: Spot, opened: OpenForm) -> None:
        if not to.back.trigger_id:
            raise NotSaid("no trigger")
        known = dict(opened.known)
        for field in opened.form.fields:
            if field.read is read_zone and not known.get(field.id):
                known[field.id] = await self._zone_of(to.sender)
        carried = {"c": to.place.channel, "p": to.place.private, "r": to.back.response_url}
        view = modal(opened.form, known, carried={k: v for k, v in carried.items() if v != ""})
        token = await self._token(to.sender.tenant)
        await self._slack.views_open(token=token, trigger_id=to.back.trigger_id, view=view)

    async def _zone_of(self, sender: Sender) -> str:
        """The zone her Slack profile names, to be offered; empty if it cannot be had at once."""
        try:
            async with asyncio.timeout(ZONE_SECONDS):
                token = await self._token(sender.tenant)
                told = await self._slack.users_info(token=token, user=sender.account)
            name = text_at(told.data, "user", "tz")
            return read_zone(name, self._now().date()) if name else ""
        except Unclear:
            return ""
        except Exception as problem:  # whatever an SDK raises; the question can be asked without it
            _log.info("no time zone to offer: %s", type(problem).__name__)
            return ""


def key_of(event_id: str, number: int, message: Message) -> str:
    """The key of one message of an answer. It names the words too: an apology is not the answer it stands for."""
    return f"{event_id}:{number}:{blake2s(repr(message).encode(), digest_size=4).hexdigest()}"


def _named(key: str, wanted: list[Part]) -> list[tuple[str, Part]]:
    """Parts by their keys, in order: the last one has the message's own."""
    left = range(len(wanted) - 1, -1, -1)
    return [(f"{key}#{n}" if n else key, part) for n, part in zip(left, wanted, strict=True)]


def code_of(problem: Exception) -> str:
    """Slack's error code; empty if it was not Slack that said no."""
    answered = problem.response if isinstance(problem, SlackApiError) else None
    return text_at(getattr(answered, "data", None), "error")


async def _with_or_without(part: Part, say: Callable[[list[Json]], Awaitable[None]]) -> None:
    """Say it; where Slack refuses one of its pictures, say it without any."""
    try:
        await say(part.blocks)
    except SlackApiError as refused:
        if part.instead is None or code_of(refused) != "invalid_blocks":
            raise
        await say(part.instead)


def _metadata(key: str) -> dict[str, Any]:
    return {"event_type": EVENT_TYPE, "event_payload": {"k": key}}


def _addressed(part: Part, to: Spot) -> Part:
    """With the name of whom its buttons are for, because others see them too."""
    blocks = [
        {**b, "block_id": f"{FOR}{to.sender.account}:{n}"} if b.get("type") == "actions" else b
        for n, b in enumerate(part.blocks)
    ]
    return replace(part, blocks=blocks)


def _may_replace(to: Spot, clicked: Clicked, message: Message) -> bool:
    """What is for her alone never takes the place of something that others read."""
    return clicked.ephemeral or not to.shared or message.audience is Audience.HERE


def _settles(clicked: Clicked, said: list[Say | Edit]) -> bool:
    """Whether the click answered its question: the talk went on to other options, and it was no mere command.

    What anybody may press stays for the others.
    """
    for_all = clicked.channel[:1] in ("C", "G") and not clicked.ephemeral and not clicked.addressee
    return not for_all and not clicked.key.startswith(COMMANDS) and any(e.message.options for e in said)
