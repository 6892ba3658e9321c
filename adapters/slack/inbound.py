"""What Slack sends, as inbound values. Pure; whatever is missing or unknown gives None, and nothing raises."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2s
from html import unescape
from typing import Any

from adapters.slack.forms import form_id, values_in
from bot.chat.inbound import Channel, ChoicePicked, CommandGiven, FormSent, Place, Sender, TextSaid

PRACTISE = "practise"
"""The callback id of the message shortcut."""
FILE_BYTES = 100_000
FOR = "for:"
"""Begins the block id of buttons that everybody sees and one person may press."""

BEGINS = "begins:"
"""Begins the block id of buttons under a message with which a conversation of its own begins."""

_ACCOUNT = re.compile(r"[UW][A-Z0-9]{1,40}")
_CHANNEL = re.compile(r"[CDG][A-Z0-9]{1,40}")
_MARK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_TEXTS = re.compile(
    r".*\.(c|cc|cfg|conf|cpp|cs|css|csv|go|h|hpp|html|ini|java|js|json|jsx|kt|log|md|php|py|rb|rs|rst|scala|sh|sql"
    r"|swift|text|toml|ts|tsv|tsx|txt|xml|yaml|yml)",
    re.IGNORECASE | re.DOTALL,
)
_SAID = frozenset({"", "thread_broadcast", "file_share"})
"""Subtypes of a message that are a person saying something."""


@dataclass(frozen=True, slots=True)
class Clicked:
    """The message whose button or select was used."""

    channel: str
    ts: str
    text: str
    blocks: tuple[dict[str, Any], ...]
    metadata: Mapping[str, Any] | None
    label: str
    key: str
    ephemeral: bool
    addressee: str
    """Whose button it is; empty where anybody's."""


@dataclass(frozen=True, slots=True)
class Back:
    """The ways by which an answer can go back, as long as Slack keeps them open."""

    response_url: str = ""
    trigger_id: str = ""
    clicked: Clicked | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """A message with files; `files` are the addresses of those that hold text, `left` is whether others do not."""

    said: TextSaid
    files: tuple[str, ...]
    left: bool


def at(value: object, *path: str | int) -> Any:
    """What stands at the end of a path through dictionaries and lists; None where it breaks off."""
    for step in path:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and -len(value) <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def text_at(value: object, *path: str | int) -> str:
    """A text at the end of a path; empty where there is none."""
    found = at(value, *path)
    return found if isinstance(found, str) else ""


def from_command(body: Mapping[str, Any], now: datetime) -> CommandGiven | None:
    """A slash command; its answer is seen by nobody else."""
    sender = _sender(text_at(body, "user_id"), _tenant(body, text_at(body, "team_id")))
    event = _event_id("command", text_at(body, "trigger_id"))
    if sender is None or event is None:
        return None
    channel, trigger = _channel(text_at(body, "channel_id")), bool(text_at(body, "trigger_id"))
    place = Place(channel or sender.account, private=True, forms=trigger, room=_room(channel, sender))
    return CommandGiven(
        sender=sender, place=place, event_id=event, at=now, text=plain(text_at(body, "text")).strip()
    )


def from_shortcut(body: Mapping[str, Any], now: datetime) -> CommandGiven | None:
    """*Practise this* on a message: a drill."""
    sender = _who(body)
    place = _where(body, sender)
    event = _event_id("shortcut", text_at(body, "trigger_id"))
    if sender is None or event is None or text_at(body, "callback_id") != PRACTISE:
        return None
    return CommandGiven(
        sender=sender, place=place or _direct(body, sender), event_id=event, at=now, text="drill"
    )


def from_action(body: Mapping[str, Any], now: datetime, agents: Container[str] = ()) -> ChoicePicked | None:
    """A button or an option of a select. `agents` are the workspaces in which every message begins a thread."""
    sender, key = _who(body), _picked(at(body, "actions", 0))[0]
    moment = (text_at(body, "container", "message_ts"), text_at(body, "actions", 0, "action_ts"))
    trigger = text_at(body, "trigger_id")
    event = _event_id("click", trigger) if trigger else _event_id("click", key, *moment, need=moment[1])
    if sender is None or event is None or not key:
        return None
    place = _where(body, sender, begins=sender.tenant in agents) or _direct(body, sender)
    return ChoicePicked(sender=sender, place=place, event_id=event, at=now, key=key)


def from_view(body: Mapping[str, Any], now: datetime) -> FormSent | None:
    """A filled form. The same form sent twice is the same event."""
    sender, form = _who(body), form_id(text_at(body, "view", "callback_id"))
    view = text_at(body, "view", "id")
    event = _event_id("form", view, text_at(body, "view", "hash"), need=view)
    if sender is None or event is None or not form:
        return None
    came_from = _kept(body)
    channel = text_at(came_from, "c")
    place = Place(
        channel if _CHANNEL.fullmatch(channel.partition(":")[0]) else sender.account,
        private=came_from.get("p") is not False,
        forms=bool(text_at(body, "trigger_id")),
        room=_room(_channel(channel.partition(":")[0]), sender),
    )
    values = tuple((k, plain_line(v)) for k, v in values_in(at(body, "view", "state", "values")).items())
    return FormSent(sender=sender, place=place, event_id=event, at=now, form=form, values=values)


def from_event(
    body: Mapping[str, Any], now: datetime, agents: Container[str] = ()
) -> TextSaid | Attached | None:
    """What a person said in her direct messages, or where she called Pacer by its name. `agents` as above."""
    event, kind = at(body, "event"), text_at(body, "event", "type")
    channel, subtype = _channel(text_at(event, "channel")), at(event, "subtype") or ""
    team = text_at(body, "team_id") or text_at(event, "team")
    sender = _sender(text_at(event, "user"), _tenant(body, team))
    if sender is None or not channel or subtype not in _SAID or at(event, "bot_id") or at(event, "hidden"):
        return None
    direct = channel.startswith("D")
    if direct != (kind == "message") or kind not in ("message", "app_mention"):
        return None
    name, said, moment = text_at(body, "event_id"), text_at(event, "text"), text_at(event, "ts")
    unique = _event_id("event", name) if name else _event_id("event", channel, moment, need=moment)
    if unique is None:
        return None
    words = plain(said if direct else _unnamed(said, text_at(body, "authorizations", 0, "user_id"))).strip()
    begins = direct and (sender.tenant in agents or isinstance(at(event, "app_context"), Mapping))
    thread = text_at(event, "thread_ts") or (moment if begins else "")
    place = Place(_threaded(channel, thread), private=direct, room=_room(channel, sender))
    told = TextSaid(sender=sender, place=place, event_id=unique, at=now, text=words)
    files = at(event, "files")
    if isinstance(files, list) and files:
        return _attached(told, files)
    return told if words else None


def with_text(said: TextSaid, words: str) -> TextSaid:
    """The same event with other words."""
    return replace(said, text=words.encode("utf-8", "replace").decode())


def who_opened(body: Mapping[str, Any]) -> Sender | None:
    """Who opened Pacer's page."""
    return _sender(text_at(body, "event", "user"), _tenant(body, text_at(body, "team_id")))


def back_of(body: Mapping[str, Any]) -> Back:
    """How to answer an interaction."""
    url = text_at(body, "response_url") or text_at(_kept(body), "r")
    clicked = _clicked(body) if text_at(body, "type") == "block_actions" else None
    return Back(url, text_at(body, "trigger_id"), clicked)


def plain(text: str) -> str:
    """Slack's markup of links and mentions as the words one sees, and its escapes undone."""
    return unescape(_MARK.sub(_seen, text)).encode("utf-8", "replace").decode()


def plain_line(text: str) -> str:
    """Typed into a form, where Slack escapes nothing; only what no database takes is replaced."""
    return text.encode("utf-8", "replace").decode()


def _seen(mark: re.Match[str]) -> str:
    what, label = mark[1], mark[2]
    match what[:1]:
        case "@":
            return f"@{label or 'somebody'}"
        case "#":
            return f"#{label or 'a-channel'}"
        case "!":
            return label or f"@{what[1:].partition('^')[0]}"
        case _:
            return what.removeprefix("mailto:") if what.startswith("http") or not label else label


def _unnamed(text: str, bot: str) -> str:
    """Without the mention that called Pacer: its own, or the first one where its own is not known."""
    pattern = rf"<@{re.escape(bot)}(?:\|[^<>]*)?>" if bot else r"<@[UW][A-Z0-9]+(?:\|[^<>]*)?>"
    return re.sub(pattern, "", text, count=0 if bot else 1)


def _attached(told: TextSaid, files: list[object]) -> Attached:
    readable = [f for f in files if _holds_text(f)]
    links = tuple(text_at(f, "url_private_download") or text_at(f, "url_private") for f in readable)
    return Attached(told, links, len(readable) < len(files))


def _holds_text(file: object) -> bool:
    size, name = at(file, "size"), text_at(file, "name")
    texts = text_at(file, "mimetype").startswith("text/") or bool(_TEXTS.fullmatch(name))
    fits = isinstance(size, int) and 0 < size <= FILE_BYTES
    return texts and fits and bool(text_at(file, "url_private_download") or text_at(file, "url_private"))


def _clicked(body: Mapping[str, Any]) -> Clicked | None:
    message, action = at(body, "message"), at(body, "actions", 0)
    channel, ts = _channel(text_at(body, "channel", "id")), text_at(body, "container", "message_ts")
    ephemeral = at(body, "container", "is_ephemeral") is True
    if not channel or not ts:
        return None
    blocks, key_and_label = at(message, "blocks"), _picked(action)
    metadata, block = at(message, "metadata"), text_at(action, "block_id")
    return Clicked(
        channel=channel,
        ts=ts,
        text=text_at(message, "text"),
        blocks=tuple(b for b in blocks if isinstance(b, dict)) if isinstance(blocks, list) else (),
        metadata=metadata if isinstance(metadata, Mapping) and text_at(metadata, "event_type") else None,
        label=key_and_label[1],
        key=key_and_label[0],
        ephemeral=ephemeral,
        addressee=block.removeprefix(FOR).partition(":")[0] if block.startswith(FOR) else "",
    )


def _picked(action: object) -> tuple[str, str]:
    """Key and label of what was picked; empty if nothing was."""
    option = at(action, "selected_option")
    source = option if isinstance(option, Mapping) else action
    return text_at(source, "value"), text_at(source, "text", "text")


def _who(body: Mapping[str, Any]) -> Sender | None:
    team = text_at(body, "team", "id") or text_at(body, "user", "team_id")
    return _sender(text_at(body, "user", "id"), _tenant(body, team))


def _tenant(body: Mapping[str, Any], team: str) -> str:
    """The workspace; the organisation where Pacer is installed in all of it."""
    told = (at(body, "is_enterprise_install"), at(body, "authorizations", 0, "is_enterprise_install"))
    organisation = text_at(body, "enterprise_id") or text_at(body, "enterprise", "id")
    return organisation if organisation and any(said is True or said == "true" for said in told) else team


def _sender(account: str, team: str) -> Sender | None:
    return Sender("slack", account, team[:64]) if _ACCOUNT.fullmatch(account) else None


def _where(body: Mapping[str, Any], sender: Sender | None, *, begins: bool = False) -> Place | None:
    """`begins`: whether a thread begins under any message, and not only under one that says so."""
    channel = _channel(text_at(body, "channel", "id"))
    if not channel:
        return None
    thread = text_at(body, "container", "thread_ts") or text_at(body, "message", "thread_ts")
    ephemeral = at(body, "container", "is_ephemeral") is True
    begins = begins or text_at(body, "actions", 0, "block_id").startswith(BEGINS)
    if begins and not thread and channel.startswith("D") and not ephemeral:
        thread = text_at(body, "container", "message_ts")
    private = channel.startswith("D") or ephemeral
    return Place(
        _threaded(channel, thread),
        private=private,
        forms=bool(text_at(body, "trigger_id")),
        room=_room(channel, sender),
    )


def _direct(body: Mapping[str, Any], sender: Sender) -> Place:
    """Her direct messages, which Slack also finds under her own id."""
    return Place(sender.account, forms=bool(text_at(body, "trigger_id")))


def _room(channel: str, sender: Sender | None) -> Channel | None:
    """The channel, where others are."""
    return Channel("slack", sender.tenant, channel) if sender and channel[:1] in ("C", "G") else None


def _channel(name: str) -> str:
    return name if _CHANNEL.fullmatch(name) else ""


def _threaded(channel: str, thread: str) -> str:
    return f"{channel}:{thread}" if re.fullmatch(r"\d{1,12}\.\d{1,9}", thread) else channel


def _kept(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a modal carried along from where it was opened."""
    try:
        kept = json.loads(text_at(body, "view", "private_metadata") or "{}")
    except (ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _event_id(kind: str, *parts: str, need: str | None = None) -> str | None:
    """A name for one event, the same however often Slack sends it."""
    if not (parts[0] if need is None else need):
        return None
    return f"slack:{kind}:{blake2s(json.dumps(parts).encode(), digest_size=16).hexdigest()}"
