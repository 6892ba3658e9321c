"""From what Discord tells to an inbound value. Translates only, and misses nothing it does not know."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import discord

from adapters.discord.commands import ROOT, SHELF
from bot.chat.inbound import Channel, ChoicePicked, CommandGiven, FormSent, Place, Sender, TextSaid
from bot.commands import BY_NAME, Command

PLATFORM = "discord"
FORM = "1:form:"
"""How the key of a form begins; its id follows."""
LARGEST_FILE = 100_000
"""Bytes of an attachment that is read as if it had been typed."""
TOKEN_LIVES = timedelta(minutes=14, seconds=30)
"""Discord takes an interaction's token for 15 minutes."""
_TEXTS = re.compile(r"\.(?:txt|md|py|sql|java|kt|go|rs|c|h|cc|cpp|cs|js|ts|rb|sh|csv|log|ya?ml|json)$", re.I)
_SUBCOMMANDS = (1, 2)
_BUTTON, _BOT_DM = 2, 1


@dataclass(frozen=True, slots=True)
class Spot:
    """What a place's opaque channel holds: whom to answer, and the token that an interaction gave for it."""

    kind: str
    """`own`: what the token can edit is our answer; `button`: it is the message that was tapped; `said`: no token."""
    id: str
    """The application, or the channel of a message."""
    token: str = ""

    @property
    def channel(self) -> str:
        """As a place keeps it."""
        return "/".join((self.kind, self.id, self.token))

    @classmethod
    def read(cls, channel: str) -> Spot:
        """The way back; a channel of another time is one without a token."""
        kind, _, rest = channel.partition("/")
        about, _, token = rest.partition("/")
        return cls(kind, about, token)


def event_id(snowflake: int) -> str:
    """The same whenever Discord tells the same event again."""
    return f"{PLATFORM}:{snowflake}"


def happened(event: str) -> datetime:
    """When Discord says that an event of ours was, UTC."""
    return discord.utils.snowflake_time(int(event.rpartition(":")[2]))


def message_in(event: str) -> int:
    """Discord's own number of a message that was an event of ours."""
    return int(event.rpartition(":")[2])


def sender(user: discord.abc.Snowflake) -> Sender:
    """One person is the same in every server and in direct messages, so there is no tenant."""
    return Sender(PLATFORM, str(user.id))


def from_interaction(
    interaction: discord.Interaction[Any], at: datetime
) -> CommandGiven | ChoicePicked | FormSent | None:
    """A command, a tap or a sent form; None for what is none of these."""
    data: Mapping[str, Any] = interaction.data or {}
    shared: dict[str, Any] = {
        "sender": sender(interaction.user),
        "place": _place(interaction),
        "event_id": event_id(interaction.id),
        "at": at,
    }
    match interaction.type:
        case discord.InteractionType.application_command if data.get("name") == ROOT:
            return CommandGiven(text=words_of(*command_in(data)), **shared)
        case discord.InteractionType.component if key := _picked(data):
            return ChoicePicked(key=key, **shared)
        case discord.InteractionType.modal_submit:
            form = str(data.get("custom_id", "")).removeprefix(FORM)
            return FormSent(form=form, values=tuple(_entered(data.get("components") or ())), **shared)
        case _:
            return None


def _place(interaction: discord.Interaction[Any]) -> Place:
    shown_before = interaction.message is not None
    spot = Spot("button" if shown_before else "own", str(interaction.application_id), interaction.token)
    room = _room(interaction.guild_id, interaction.channel, interaction.channel_id)
    return Place(spot.channel, private=is_private(interaction), forms=True, room=room)


def _room(guild: int | None, channel: object, number: int | None) -> Channel | None:
    """The channel, where it is a server's; of a thread the one it hangs on."""
    if isinstance(channel, discord.Thread):
        number = channel.parent_id
    return Channel(PLATFORM, str(guild), str(number)) if guild and number else None


def is_private(interaction: discord.Interaction[Any]) -> bool:
    """Whether nobody but the person and we read there."""
    return interaction.guild_id is None and interaction.context.dm_channel


def _picked(data: Mapping[str, Any]) -> str:
    if data.get("component_type", _BUTTON) == _BUTTON:
        return str(data.get("custom_id", ""))
    values = data.get("values") or [""]
    return str(values[0])


def _entered(components: Any) -> Iterator[tuple[str, str]]:
    """Field id and value of everything in a sent form, however deep."""
    for component in components:
        inner = component.get("component")
        yield from _entered((*(component.get("components") or ()), *((inner,) if inner else ())))
        if name := component.get("custom_id"):
            values = component.get("values") or [component.get("value") or ""]
            yield str(name), str(values[0])


def command_in(data: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """A command's name as in the table, and its arguments as given."""
    names: list[str] = []
    options = data.get("options") or []
    while options and options[0].get("type") in _SUBCOMMANDS:
        names.append(str(options[0].get("name", "")))
        options = options[0].get("options") or []
    if names[:1] == [SHELF]:
        del names[0]
    given = {str(o.get("name", "")): str(o["value"]) for o in options if o.get("value") not in (None, "")}
    return " ".join(names), given


def words_of(name: str, given: Mapping[str, str]) -> str:
    """The words that the core's parser reads as this command and these arguments.

    An argument stands for itself by its position; one that was left out before others is an empty word.
    What follows a choice that was left out cannot be said in words: the command's form asks for it.
    """
    command = BY_NAME.get(name)
    if command is None:
        return " ".join([name, *map(shlex.quote, given.values())])
    words = [shlex.quote(given.get(argument, "")) for argument in _sayable(command, given)]
    return " ".join([name, *words])


def _sayable(command: Command, given: Mapping[str, str]) -> list[str]:
    """Names of arguments up to the last one given, or to the first choice that is missing."""
    names: list[str] = []
    for argument in command.arguments:
        if argument.choices and names and argument.name not in given:
            break
        names.append(argument.name)
    while names and names[-1] not in given:
        names.pop()
    return names


def from_message(message: discord.Message, me: int, text: str, at: datetime) -> TextSaid:
    """Something typed: `text` is what it says, with what was attached."""
    private = message.guild is None
    room = _room(message.guild.id if message.guild else None, message.channel, message.channel.id)
    return TextSaid(
        sender=sender(message.author),
        place=Place(Spot("said", str(message.channel.id)).channel, private=private, room=room),
        event_id=event_id(message.id),
        at=at,
        text=text if private else without_mention(text, me),
    )


def is_for_us(message: discord.Message, me: int) -> bool:
    """Whether a person said it to us: directly, or by name among others."""
    if message.author.bot or message.is_system():
        return False
    return message.guild is None or any(user.id == me for user in message.mentions)


def without_mention(text: str, me: int) -> str:
    """The words without our name."""
    return re.sub(rf"\s*<@!?{me}>\s*", " ", text).strip()


def text_in(content: bytes) -> str:
    """What stands in a text file. Raises ValueError where it is none, or longer than was said."""
    if len(content) > LARGEST_FILE:
        raise ValueError("longer than was said")
    found = content.decode("utf-8-sig").replace("\0", "")
    if not found.strip():
        raise ValueError("nothing in it")
    return found


def is_readable(attachment: discord.Attachment) -> bool:
    """Whether it is text, and short enough to be an answer."""
    kind = attachment.content_type or ""
    texty = kind.startswith("text/") or kind.partition(";")[0] in ("application/json", "application/sql")
    return attachment.size <= LARGEST_FILE and (texty or bool(_TEXTS.search(attachment.filename)))
