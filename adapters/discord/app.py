"""The listening half of Discord: what is said there is kept, answered at once, and answered again after a restart."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from math import isfinite
from typing import Any

import aiohttp
import discord

from adapters.discord import inbound
from adapters.discord.commands import Tree, group, register
from adapters.discord.deliver import nonce_of
from adapters.discord.forms import Drafts
from adapters.discord.inbound import TOKEN_LIVES, Spot, happened, message_in
from adapters.discord.reach import Reach, edit_answer, whisper
from adapters.discord.render import parts
from adapters.discord.speak import QUIET, Reply, numbered, write
from bot.chat.effects import Effects, OpenForm
from bot.chat.fit import without_files
from bot.chat.inbound import AnyInbound, TextSaid
from bot.chat.message import Audience, File, Message, message
from bot.chat.picture import Draw
from bot.coach import Coach
from bot.delivery.model import Outcome, Rejected, Sent
from bot.delivery.ports import Courier
from bot.reception import NeverTaken, Reception, reference
from bot.turn import Answer, Store, Unavailable

PATIENCE = 2.0
"""Seconds until a turn is acknowledged without its answer; Discord gives three."""
READY_WITHIN = 60.0
KINDS = (
    discord.InteractionType.application_command,
    discord.InteractionType.component,
    discord.InteractionType.modal_submit,
)
UNREACHABLE = "I cannot reach my notes just now, so I did not take that. Say it again in a minute."
UNKNOWN = "I do not know that one. `/pacer help` lists what you can say."
ANOTHERS = "That one is somebody else's, and nothing changed. `/pacer today` shows yours."
UNREADABLE = "I read text files up to 100 kB; that one I cannot. Paste the words, and I take them."
FILE_LOST = "I could not fetch that file from Discord. Send it again, or paste the words here."
FILE_SECONDS = 5.0
IN_MESSAGES = "The answer is in your direct messages."
CLOSED = "Your direct messages are closed to me. `/pacer` works here, and only you see the answer."
ONLY_YOU = "`/pacer` works here, and only you see the answer."
BAD_TOKEN = "Discord does not know this token. Copy it anew from the Bot page of your application."

log = logging.getLogger(__name__)


class Client(discord.Client):
    """discord.py's connection. It hands over what comes in, and keeps no message and no member."""

    def __init__(self, app: DiscordApp) -> None:
        intents = discord.Intents.none()
        # Not the privileged one: of other messages than those that name us Discord tells no words.
        intents.guilds = intents.dm_messages = intents.guild_messages = True
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody speaks aloud here
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=0.5,  # nothing here waits for servers to be told
        )
        app.reach.arrange(self)  # before the tree, which keeps the requests it finds
        self.tree = Tree(self)
        self.tree.add_command(group())
        self._app = app

    async def setup_hook(self) -> None:
        """After the login and before anything comes in: let Discord know today's commands."""
        await register(self, self.tree)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Commands, taps and sent forms, whether or not a message of this process carried them."""
        await self._app.on_interaction(interaction)

    async def on_message(self, said: discord.Message) -> None:
        """What is typed to us."""
        await self._app.on_message(said)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """The last door; the library would log the event with its words."""
        if isinstance(broken := sys.exception(), Exception):
            log.error("event %s failed, ref %s", event_method, reference(broken))


class DiscordApp:
    """One bot on Discord."""

    def __init__(
        self,
        courier: Courier,
        coach: Coach,
        store: Store,
        *,
        token: str,
        api_url: str | None,
        gateway_url: str | None,
        now: Callable[[], datetime],
        draw: Draw | None = None,
    ) -> None:
        self._courier, self._token, self._now, self._draw = courier, token, now, draw
        self.reach = Reach(api_url, gateway_url)
        self._store = store
        self._reception = Reception(inbound.PLATFORM, coach, store, self._later)
        self._drafts = Drafts()
        self._resuming = asyncio.Lock()
        self._connection: asyncio.Task[None] | None = None
        self._closed = False
        self._pulse: tuple[int, float] = (0, 0.0)
        self.client = Client(self)

    async def start(self) -> None:
        """Connect, and return once Discord sends events. Raises Unavailable with what to do."""
        self.reach.enter()
        try:
            await self.client.login(self._token)
        except discord.LoginFailure as wrong:
            await self.client.close()
            raise Unavailable(BAD_TOKEN) from wrong
        except (discord.HTTPException, aiohttp.ClientError, OSError) as problem:
            await self.client.close()
            raise Unavailable(f"Discord cannot be reached: {_why(problem)}.") from problem
        self._connection = asyncio.create_task(self.client.connect())
        ready = asyncio.create_task(self.client.wait_until_ready())
        await asyncio.wait(
            {self._connection, ready}, timeout=READY_WITHIN, return_when=asyncio.FIRST_COMPLETED
        )
        if not self.client.is_ready():
            ready.cancel()
            _, why = await self.check()
            await self.stop(0)
            raise Unavailable(why)

    async def stop(self, seconds: float) -> None:
        """Take nothing more; turns under way have that long."""
        self._closed = True
        await self._reception.stop(seconds)
        await self.client.close()
        if self._connection is not None:
            self._connection.cancel()
            await asyncio.gather(self._connection, return_exceptions=True)

    async def check(self) -> tuple[bool, str]:
        """Whether events reach us now, and one sentence about it."""
        if self._connection is not None and self._connection.done():
            gone = None if self._connection.cancelled() else self._connection.exception()
            return False, f"Discord closed the connection for good: {_why(gone)}."
        socket = self.client.ws
        if not self.client.is_ready() or socket is None or not socket.open:
            return False, "Discord's gateway is not connected; it is tried again and again."
        return True, "Discord's gateway is connected."

    def pulse(self) -> object:
        """The gateway's answer to our newest heartbeat that had one: its connection, and how long it took."""
        socket = self.client.ws
        if socket is not None and isfinite(socket.latency):
            self._pulse = (id(socket), socket.latency)
        return self._pulse

    async def resume(self) -> None:
        """Answer what an earlier run, or a lost connection, left. To be called after the start, and now and then."""
        async with self._resuming:
            self.reach.enter()
            await self._reception.resume()

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it, run it, answer it; never raises."""
        if self._closed or interaction.type not in KINDS:
            return
        reply = Reply(interaction, self._drafts, self._now, self._draw)
        try:
            await self._serve(interaction, reply)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as problem:
            log.warning("an interaction could not be answered: %s", _why(problem))

    async def _serve(self, interaction: discord.Interaction[Any], reply: Reply) -> None:
        until = asyncio.get_running_loop().time() + PATIENCE
        given = inbound.from_interaction(interaction, self._now())
        if given is None:
            await reply.line(UNKNOWN)
            return
        if is_anothers(interaction):
            await reply.line(ANOTHERS)
            return
        taken, problem = await self._take(given)
        if problem:
            await reply.line(problem)
        if taken is None:
            return
        task = self._reception.begin(taken, reply.speak)
        left = max(0.0, until - asyncio.get_running_loop().time())
        await asyncio.wait({task}, timeout=left)
        # A turn that was cancelled is run after the next start, and its answer fills the promised place.
        said = task.done() and not task.cancelled()
        await (reply.close() if said else reply.hold())

    async def _take(self, given: AnyInbound) -> tuple[AnyInbound | None, str]:
        """What is to be answered, if it did not come before; or the sentence that says why it was not kept."""
        try:
            return await self._reception.take(given), ""
        except Unavailable:
            return None, UNREACHABLE
        except (
            Exception
        ) as broken:  # the last door: an apology with a reference, and a log line without content
            return None, f"Something broke on my side (ref {reference(broken)}). Please say it again."

    async def on_message(self, said: discord.Message) -> None:
        """Keep it, run it, answer in direct messages; never raises."""
        me = self.client.user
        if self._closed or me is None or not inbound.is_for_us(said, me.id):
            return
        try:
            text, problem = await _text_of(said)
            given = inbound.from_message(said, me.id, text, self._now())
            if given.text:
                await self._hear(given)
            elif not given.place.private and not problem:
                await self._point(given, ONLY_YOU)
            if problem and given.place.private:
                await self._write(said.channel.id, f"{given.event_id}/file", (message(problem),))
        except (discord.HTTPException, aiohttp.ClientError, OSError, NotBrought) as problem:
            log.warning("a message could not be answered: %s", _why(problem))

    async def _hear(self, given: TextSaid) -> None:
        taken, problem = await self._take(given)
        if problem:
            await self._answer(given, (message(problem),))
        if taken is None:
            return

        async def speak(effects: Effects) -> None:
            await self._answer(given, tuple(e.message for e in effects if not isinstance(e, OpenForm)))

        task = self._reception.begin(taken, speak)
        await asyncio.wait({task}, timeout=PATIENCE)
        if not task.done() and given.place.private:
            await self.client.http.send_typing(int(Spot.read(given.place.channel).id))

    async def _answer(self, given: TextSaid, said: tuple[Message, ...]) -> None:
        """In direct messages; others read no more than that it is there. Raises NotBrought, and what the library raises."""
        if given.place.private:
            await self._write(int(Spot.read(given.place.channel).id), given.event_id, said)
            return
        outcome = await self._bring(Answer(given.sender, given.place, given.event_id, said))
        if not isinstance(outcome, Sent | Rejected):
            raise NotBrought
        if not is_hers_alone(said):
            await self._point(given, IN_MESSAGES if isinstance(outcome, Sent) else CLOSED)

    async def _point(self, to: TextSaid | Answer, words: str) -> None:
        """One line under what she said in a channel. Where Pacer may not write there, nothing."""
        channel = self.client.get_partial_messageable(int(Spot.read(to.place.channel).id))
        asked = channel.get_partial_message(message_in(to.event_id))
        view = parts(message(words))[0].view
        view.stop()
        try:
            await asked.reply(view=view, nonce=nonce_of(f"{to.event_id}/here"), allowed_mentions=QUIET)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as problem:
            log.info("nothing could be said in the channel: %s", _why(problem))

    async def _write(self, channel: int, event: str, messages: tuple[Message, ...]) -> None:
        await write(self.client, channel, event, messages, self._draw)

    async def _later(self, answer: Answer) -> bool:
        """Into the place where the answer would have stood, while Discord lets us; else to her direct messages."""
        spot, asked = Spot.read(answer.place.channel), happened(answer.event_id)
        whole = Message(tuple(b for m in answer.messages for b in m.blocks))
        found = parts(whole)
        if (
            spot.kind == "own"
            and len(found) == 1
            and not found[0].files
            and self._now() - asked < TOKEN_LIVES
        ):
            with suppress(discord.NotFound):  # nobody answered it, so there is nothing to edit
                await edit_answer(self.client, int(spot.id), spot.token, found[0].view)
                return True
        outcome = await self._bring(answer, look=True)
        if not isinstance(outcome, Rejected):
            return isinstance(outcome, Sent)
        if spot.kind == "said" and not answer.place.private and not is_hers_alone(answer.messages):
            await self._point(answer, CLOSED)
        if await self._whisper(answer):
            return True
        raise NeverTaken

    async def _bring(self, answer: Answer, *, look: bool = False) -> Outcome:
        """To her direct messages, each message once; how the last of them ended that did not arrive, else Sent."""
        since = happened(answer.event_id)
        for name, each in numbered(answer.event_id, answer.messages):
            found = await self._courier.look_up(answer.sender, key=name, since=since) if look else None
            if isinstance(found, Sent):
                continue
            outcome = await self._courier.send(answer.sender, each, key=name)
            if isinstance(outcome, Rejected):
                log.warning("an answer cannot be delivered: %s", outcome.why)
            if not isinstance(outcome, Sent):
                return outcome
        return Sent("")

    async def _whisper(self, answer: Answer) -> bool:
        """Her direct messages are closed: say it where she asked, if Discord still lets us; whether it does."""
        spot, said = Spot.read(answer.place.channel), False
        if spot.token and self._now() - happened(answer.event_id) < TOKEN_LIVES:
            with suppress(discord.HTTPException):  # then there is no way left; the log has said so
                for part in (p for each in answer.messages for p in parts(without_files(each))):
                    await whisper(self.client, int(spot.id), spot.token, part.view)
                    said = True
        return said


class NotBrought(Exception):
    """Direct messages could not be reached now; the answer is kept and tried again."""


def is_hers_alone(said: Sequence[Message]) -> bool:
    """Whether a channel is not to learn even that it was answered, as after words of danger. Files are no such thing."""
    return any(m.audience is Audience.DIRECT and not any(isinstance(b, File) for b in m.blocks) for m in said)


def is_anothers(interaction: discord.Interaction[Any]) -> bool:
    """Whether a message that everybody sees was an answer to somebody else."""
    shown = interaction.message
    if shown is None or interaction.guild_id is None or shown.interaction_metadata is None:
        return False
    return shown.interaction_metadata.user.id != interaction.user.id


async def _text_of(said: discord.Message) -> tuple[str, str]:
    """What was typed and what stands in text files beside it; a sentence if that is not all that was sent."""
    texts, problem = [said.content], ""
    for file in said.attachments:
        if not inbound.is_readable(file):
            problem = problem or UNREADABLE
            continue
        try:
            async with asyncio.timeout(FILE_SECONDS):
                texts.append(inbound.text_in(await file.read()))
        except (TimeoutError, discord.HTTPException, aiohttp.ClientError, OSError):
            problem = FILE_LOST
        except ValueError:
            problem = problem or UNREADABLE
    return "\n".join(text for text in texts if text.strip()), problem


def _why(problem: BaseException | None) -> str:
    """Numbers and names, for an answer can quote what was sent."""
    match problem:
        case discord.HTTPException():
            return f"HTTP {problem.status}, code {problem.code}"
        case discord.ConnectionClosed():
            return f"code {problem.code}"
        case _:
            return type(problem).__name__
