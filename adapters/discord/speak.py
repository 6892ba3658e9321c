"""Answering where somebody spoke: an interaction while it waits, or direct messages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2s
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import discord
from discord import MediaGalleryItem, UnfurledMediaItem
from discord.ui import ActionRow, Container, LayoutView, MediaGallery, TextDisplay
from discord.ui import File as ShownFile

from adapters.discord.deliver import nonce_of
from adapters.discord.forms import Drafts, modal, offer, way_to
from adapters.discord.inbound import FORM, command_in, is_private
from adapters.discord.pictures import drawn
from adapters.discord.render import Part, parts
from bot.chat.effects import Edit, Effects, OpenForm, Say
from bot.chat.message import Audience, Chart, File, Message, key, message
from bot.chat.picture import Draw

Interaction = discord.Interaction[Any]
QUIET = discord.AllowedMentions.none()
CLOSED = (
    "Your direct messages are closed to me, and that is where your file goes. "
    "Allow direct messages from members of this server, then say it again."
)
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Reply:
    """The answer to one interaction. Whoever comes first acknowledges it: the answer, or the watcher that defers."""

    interaction: Interaction
    drafts: Drafts
    now: Callable[[], datetime]
    draw: Draw | None = None
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)
    _thinking: bool = False
    """Whether our answer stands there as a promise that the first message is to fill."""
    _pictures: Mapping[Chart, bytes] = field(default_factory=dict)
    _broken: bool = False
    """Whether something was to be said and could not be; it is said later."""

    async def speak(self, effects: Effects) -> None:
        """Say it: the form or the first message as the response, all else after it. Raises what the library raises."""
        # Before the lock: whoever watches acknowledges meanwhile, if drawing takes its time.
        said = [e.message for e in effects if not isinstance(e, OpenForm)]
        self._pictures = await drawn(said, self.draw)
        async with self._one:
            self._broken = True
            await self._speak(effects)
            self._broken = False

    async def _speak(self, effects: Effects) -> None:
        asked = next((e for e in effects if isinstance(e, OpenForm)), None)
        said = [e for e in effects if not isinstance(e, OpenForm)]
        if self._form and (asked is None or asked.form.id != self._form):
            self.drafts.forget(self._account, self._form)
        if asked is None:
            await self._say_all(said)
        elif self._opens():
            await self.interaction.response.send_modal(modal(asked.form, self._known(asked)))
            try:
                await self._say_all(said)
            except discord.HTTPException as problem:  # the form is open, and that is what she asked for
                log.warning("the words beside a form could not be said: HTTP %s", problem.status)
        else:
            self._keep(asked)
            before = said.pop().message if said else None
            offered = offer(asked.form, before, again=self._form == asked.form.id)
            await self._say_all([*said, Say(offered)])

    async def _say_all(self, said: Sequence[Say | Edit]) -> None:
        for number, effect in enumerate(said):
            if self._belongs_to_her_alone(effect.message):
                if not await self._directly(number, effect.message):
                    await self._send(parts(message(CLOSED))[0], hidden=True)
                    return
            elif isinstance(effect, Edit) and self._tapped is not None and not self._for_all:
                await self._become(effect.message)
            else:
                await self._say(effect.message)

    def _belongs_to_her_alone(self, wanted: Message) -> bool:
        """Whether it holds a file that is to be kept: what only she sees in a server is gone with the next start."""
        direct = wanted.audience is Audience.DIRECT and any(isinstance(b, File) for b in wanted.blocks)
        return direct and not is_private(self.interaction)

    async def _directly(self, number: int, wanted: Message) -> bool:
        """Whether her direct messages took it."""
        try:
            for index, part in enumerate(parts(wanted, self._pictures)):
                nonce = nonce_of(f"{self.interaction.id}/direct/{number}/{index}")
                await self.interaction.user.send(**_body(part), nonce=nonce, allowed_mentions=QUIET)
        except discord.Forbidden as closed:
            log.info("a file could not be brought: code %s", closed.code)
            return False
        return True

    async def hold(self) -> None:
        """Acknowledge it, because the answer takes its time; a form cannot be opened after that."""
        async with self._one:
            if self.interaction.response.is_done():
                return
            if self._tapped is not None:
                await self.interaction.response.defer()
            else:
                await self.interaction.response.defer(thinking=True, ephemeral=self._hidden(None))
                self._thinking = True

    async def close(self) -> None:
        """Acknowledge what nothing was said to, or what could not be said yet."""
        if self._broken or self._tapped is not None:
            await self.hold()
        elif self._thinking or not self.interaction.response.is_done():
            await self.line("Done.")

    async def line(self, text: str) -> None:
        """One sentence for her alone, and nothing else changes."""
        async with self._one:
            await self._send(parts(message(text))[0], hidden=not is_private(self.interaction))

    def _opens(self) -> bool:
        """Whether a form can be the response: as the first one, and not to a form."""
        kind = self.interaction.type
        return not self.interaction.response.is_done() and kind is not discord.InteractionType.modal_submit

    @property
    def _account(self) -> str:
        return str(self.interaction.user.id)

    @property
    def _data(self) -> Mapping[str, Any]:
        return self.interaction.data or {}

    @property
    def _form(self) -> str:
        """The form that was sent, if it was one."""
        sent = self.interaction.type is discord.InteractionType.modal_submit
        return str(self._data.get("custom_id", "")).removeprefix(FORM) if sent else ""

    def _known(self, asked: OpenForm) -> dict[str, str]:
        """What is known, under what she typed lately, under what she typed now."""
        known = {**dict(asked.known), **self.drafts.of(self._account, asked.form.id, self.now())}
        return {**known, **self._given(asked)}

    def _given(self, asked: OpenForm) -> dict[str, str]:
        if self.interaction.type is not discord.InteractionType.application_command:
            return {}
        name, given = command_in(self._data)
        return given if way_to(asked.form) == key("do", name) else {}

    def _keep(self, asked: OpenForm) -> None:
        entered = dict(asked.known) if self._form == asked.form.id else self._given(asked)
        if entered:
            self.drafts.keep(self._account, asked.form.id, entered, self.now())

    @property
    def _tapped(self) -> discord.Message | None:
        """Our message that this came from."""
        return self.interaction.message

    def _hidden(self, audience: Audience | None) -> bool:
        return not is_private(self.interaction) and audience is not Audience.HERE

    async def _become(self, wanted: Message) -> None:
        """Let the message that was tapped become this one; what it cannot hold comes after it."""
        first, *rest = parts(wanted, self._pictures)
        await self._edit_tapped(first.view, first.files)
        for part in rest:
            await self._send(part, hidden=self._hidden(wanted.audience))

    async def _say(self, wanted: Message) -> None:
        # New options settle the question they come from; without any, as after "why", it stays open.
        if wanted.options and self._tapped is not None and self._editable and not self._for_all:
            await self._edit_tapped(settled(self._tapped, self._label))
        for part in parts(wanted, self._pictures):
            await self._send(part, hidden=self._hidden(wanted.audience))

    @property
    def _for_all(self) -> bool:
        """Whether what was tapped is a post in a channel, which stays for the others."""
        tapped = self._tapped
        if tapped is None or self.interaction.guild_id is None or tapped.flags.ephemeral:
            return False
        return tapped.interaction_metadata is None

    @property
    def _editable(self) -> bool:
        """Whether what was tapped can still be edited, and was not yet."""
        return self.interaction.response.type in (
            None,
            discord.InteractionResponseType.deferred_message_update,
        )

    @property
    def _label(self) -> str:
        """The words of what was picked."""
        picked = str((self._data.get("values") or [self._data.get("custom_id", "")])[0])
        if self.interaction.type is discord.InteractionType.modal_submit or self._tapped is None:
            return ""
        return next((label for k, label in _labels(self._tapped.components) if k == picked), "")

    async def _edit_tapped(self, view: LayoutView | None, files: Sequence[discord.File] = ()) -> None:
        changes: dict[str, Any] = {"view": view, "allowed_mentions": QUIET}
        if files:
            changes["attachments"] = list(files)
        if view is not None:
            view.stop()
            changes["content"] = None  # components and content exclude each other
        if self.interaction.response.is_done():
            await self.interaction.edit_original_response(**changes)
        else:
            await self.interaction.response.edit_message(**changes)

    async def _send(self, part: Part, *, hidden: bool) -> None:
        body = _body(part)
        if not self.interaction.response.is_done():
            await self.interaction.response.send_message(**body, ephemeral=hidden, allowed_mentions=QUIET)
        elif self._thinking:
            self._thinking = False
            attached = {"attachments": body.pop("files")} if "files" in body else {}
            await self.interaction.edit_original_response(**body, **attached, allowed_mentions=QUIET)
        else:
            await self.interaction.followup.send(**body, ephemeral=hidden, allowed_mentions=QUIET, wait=True)


def _body(part: Part) -> dict[str, Any]:
    """It as the library sends it."""
    view = part.view
    view.stop()  # the library would keep a view that is not finished in memory, for ever
    return {"view": view, "files": files} if (files := part.files) else {"view": view}


def settled(shown: discord.Message, picked: str) -> LayoutView | None:
    """A message without its buttons, and with what was picked; None where nothing but buttons would go.

    A message from before components were all there is keeps its words by itself.
    """
    if not shown.flags.components_v2:
        return None
    view = LayoutView.from_message(shown, timeout=None)
    for item in list(view.walk_children()):
        if isinstance(item, ActionRow):
            (item.parent if isinstance(item.parent, Container) else view).remove_item(item)
        _keep_attached(item)
    if picked:
        view.add_item(TextDisplay(f"-# {discord.utils.escape_markdown(picked)}"))
    return view if view.children else LayoutView(timeout=None).add_item(TextDisplay("-# …"))


def _keep_attached(item: Any) -> None:
    """Name what is attached as such: the address that Discord tells of it ends after a day."""
    if isinstance(item, MediaGallery):
        item.items = [MediaGalleryItem(_named(i.media), description=i.description) for i in item.items]
    elif isinstance(item, ShownFile):
        item.media = _named(item.media)


def _named(media: Any) -> Any:
    if media.attachment_id is None and "/attachments/" not in media.url:
        return media
    return UnfurledMediaItem(f"attachment://{PurePosixPath(urlsplit(media.url).path).name}")


def _labels(components: Any) -> Iterator[tuple[str, str]]:
    """Key and label of everything that can be picked, however deep."""
    for component in components:
        yield from _labels(getattr(component, "children", ()))
        for option in getattr(component, "options", ()):
            yield str(option.value), str(option.label)
        if name := getattr(component, "custom_id", None):
            yield str(name), str(getattr(component, "label", None) or "")


def numbered(event: str, messages: tuple[Message, ...]) -> Iterator[tuple[str, Message]]:
    """Each message of an answer under a key of its own. It names the words too: an apology is not the answer it stands for."""
    for place, each in enumerate(messages, 1):
        words = blake2s(repr(each).encode(), digest_size=4).hexdigest()
        yield f"{event}/{place}/{words}", each


async def write(
    client: discord.Client,
    channel: int,
    event: str,
    messages: tuple[Message, ...],
    draw: Draw | None = None,
) -> None:
    """Answer in direct messages under nonces made of the event, so that Discord shows a second sending once."""
    where = client.get_partial_messageable(channel)
    pictures = await drawn(messages, draw)
    for name, each in numbered(event, messages):
        found = parts(each, pictures)
        for number, part in enumerate(found):
            nonce = nonce_of(name if number == len(found) - 1 else f"{name}#{number}")
            await where.send(**_body(part), nonce=nonce, allowed_mentions=QUIET)
