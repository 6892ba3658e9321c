"""`/pacer` as Discord registers it: a group of subcommands made from the one table of commands."""

from __future__ import annotations

import inspect
import json
import logging
import unicodedata
from collections.abc import Callable, Coroutine, Mapping, Sequence
from hashlib import blake2s
from keyword import iskeyword
from typing import Any

import discord
from discord import app_commands
from discord.http import Route

from bot.commands import COMMANDS, Argument, Command
from bot.profile.fields import SETTINGS
from bot.profile.tracks import AREAS

ROOT = "pacer"
ABOUT = "Your interview-prep coach"
OFFERED = 25
"""Choices that Discord shows at a time."""
DESCRIPTION = 100
SUGGESTED: Mapping[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("help", "command"): tuple((c.name, c.name) for c in COMMANDS),
    ("drill", "area"): tuple((name, area) for area, name in AREAS.items()),
    ("settings", "name"): tuple((f.label, name) for name, f in SETTINGS.items()),
}
"""What is offered while somebody types: label and value, by command and argument."""

SHELF = "more"
SHELVED = frozenset({"inventory", "break", "skip-drill", "speak", "unlink"})
"""What stands in a group of this name, as Discord takes no more than 25 first words; elsewhere it is said without."""

Localised = Mapping[tuple[str, ...], Mapping[str, tuple[str, str]]]
"""Name and summary, by what they are of and by Discord's code of the language; an empty one stays English.

Of a command: its name as in the table; of an argument: that and the argument's name; of a room: its name.
"""
LOCALISED: Localised = {}
"""None is shipped yet."""
LONGEST_NAME = 32

_KEPT = ("name", "description", "type", "required", "autocomplete", "nsfw", "contexts", "integration_types")
_LANGUAGES = ("name_localizations", "description_localizations")
_IMPLIED: Mapping[str, object] = {"type": 1, "required": False, "autocomplete": False, "nsfw": False}
_log = logging.getLogger(__name__)

Suggest = Callable[
    ["discord.Interaction[Any]", str], Coroutine[Any, Any, list["app_commands.Choice[str | int | float]"]]
]


class Tree(app_commands.CommandTree[discord.Client]):
    """What is registered. It answers completion only; commands reach the one door with everything else."""

    async def interaction_check(self, interaction: discord.Interaction[discord.Client], /) -> bool:
        """Whether the tree is to go on with this; a command that it does not know would get no answer here."""
        return interaction.type is discord.InteractionType.autocomplete


class Words(app_commands.Translator):
    """Names and summaries in other languages; what has none stays as it is. Raises ValueError for what Discord refuses."""

    def __init__(self, localised: Localised = LOCALISED) -> None:
        for of, words in localised.items():
            for language, (name, summary) in words.items():
                _refuse_unfit(of, language, name, summary)
        self._localised = localised

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The string in that language; None keeps it."""
        name, summary = self._localised.get(string.extras.get("of", ()), {}).get(locale.value, ("", ""))
        return (name if string.extras.get("names") else summary) or None


def _refuse_unfit(of: tuple[str, ...], language: str, name: str, summary: str) -> None:
    if language not in {locale.value for locale in discord.Locale}:
        raise ValueError(f"{of}: Discord has no language {language}")
    # discord.com/developers/docs/interactions/application-commands, naming: letters and digits of any script
    fits = len(name) <= LONGEST_NAME and all(c in "-_'" or unicodedata.category(c)[0] in "LNM" for c in name)
    if not fits or name != name.lower():
        raise ValueError(f"{of}, {language}: {name!r} is no name that Discord takes")
    if len(summary) > DESCRIPTION:
        raise ValueError(f"{of}, {language}: the summary is longer than {DESCRIPTION}")


def _name(name: str, *of: str) -> app_commands.locale_str:
    return app_commands.locale_str(name, of=of, names=True)


def _summary(words: str, *of: str) -> app_commands.locale_str:
    return app_commands.locale_str(_short(words), of=of)


def group(commands: Sequence[Command] = COMMANDS) -> app_commands.Group:
    """The whole table as one command that works in servers, in direct messages, and for a person who installed it."""
    root = app_commands.Group(name=ROOT, description=ABOUT)
    app_commands.allowed_installs(guilds=True, users=True)(root)
    app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(root)
    rooms: dict[str, app_commands.Group] = {}
    for command in commands:
        room, _, name = command.name.rpartition(" ")
        room = SHELF if command.name in SHELVED else room
        if room and room not in rooms:
            about = _summary(_about(room), room)
            rooms[room] = app_commands.Group(name=_name(room, room), description=about, parent=root)
        (rooms[room] if room else root).add_command(_subcommand(command, name))
    return root


def _about(room: str) -> str:
    return f"Also here: {', '.join(sorted(SHELVED))}" if room == SHELF else f"Everything about {room}s"


def _subcommand(command: Command, name: str) -> app_commands.Command[Any, ..., Any]:
    async def served(interaction: discord.Interaction[Any], **given: str) -> None:
        raise AssertionError("the tree only completes")

    arguments = [_parameter(command, a) for a in command.arguments]
    first = inspect.Parameter(
        "interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction
    )
    served.__signature__ = inspect.Signature([first, *arguments])  # type: ignore[attr-defined]
    callback: Any = served
    if command.arguments:
        callback = _described(command, callback)
    return app_commands.Command(
        name=_name(name, command.name),
        description=_summary(command.summary, command.name),
        callback=callback,
    )


def _parameter(command: Command, argument: Argument) -> inspect.Parameter:
    # Where a form asks for what is missing, Discord must not insist.
    asked = argument.required and not command.opens_form
    return inspect.Parameter(
        _python_name(argument.name),
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if asked else None,
        annotation=str if asked else str | None,
    )


def _described(command: Command, callback: Any) -> Any:
    named = {_python_name(a.name): a for a in command.arguments}
    summaries = {n: _summary(a.summary, command.name, a.name) for n, a in named.items()}
    callback = app_commands.describe(**summaries)(callback)
    names = {n: _name(a.name, command.name, a.name) for n, a in named.items()}
    callback = app_commands.rename(**names)(callback)
    for name, argument in named.items():
        if 0 < len(argument.choices) <= OFFERED:
            fixed = [app_commands.Choice(name=c, value=c) for c in argument.choices]
            callback = app_commands.choices(**{name: fixed})(callback)
        elif offered := suggestions(command, argument):
            callback = app_commands.autocomplete(**{name: _suggest(offered)})(callback)
    return callback


def suggestions(command: Command, argument: Argument) -> tuple[tuple[str, str], ...]:
    """Label and value of what can be offered for an argument."""
    return SUGGESTED.get((command.name, argument.name)) or tuple((c, c) for c in argument.choices)


def _suggest(offered: tuple[tuple[str, str], ...]) -> Suggest:
    async def suggest(
        interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str | int | float]]:
        return [app_commands.Choice(name=label, value=value) for label, value in matching(offered, typed)]

    return suggest


def matching(offered: Sequence[tuple[str, str]], typed: str) -> list[tuple[str, str]]:
    """What begins with the typed words, then what holds them, as many as Discord shows."""
    words = typed.strip().casefold()
    near = [pair for pair in offered if any(words in side.casefold() for side in pair)]
    near.sort(key=lambda pair: not any(side.casefold().startswith(words) for side in pair))
    return [(label[:DESCRIPTION], value) for label, value in near[:OFFERED]]


def _python_name(name: str) -> str:
    plain = name.replace("-", "_")
    return f"{plain}_" if iskeyword(plain) else plain


def _short(summary: str) -> str:
    return summary if len(summary) <= DESCRIPTION else summary[: DESCRIPTION - 1].rstrip() + "…"


def payload(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    """What is sent to Discord to register."""
    return [command.to_dict(tree) for command in tree.get_commands()]


async def translated(tree: app_commands.CommandTree[Any], words: Words) -> list[dict[str, Any]]:
    """The same, with what it is called in other languages."""
    return [await command.get_translated_payload(tree, words) for command in tree.get_commands()]


def fingerprint(commands: Sequence[Mapping[str, Any]]) -> str:
    """The same for what we send and for what Discord tells of it afterwards, with ids and defaults added."""
    essence = sorted(json.dumps(_essence(command), sort_keys=True) for command in commands)
    return blake2s("\n".join(essence).encode()).hexdigest()


def _essence(command: Mapping[str, Any]) -> dict[str, Any]:
    kept = {k: command[k] for k in _KEPT if command.get(k) not in (None, _IMPLIED.get(k))}
    for many in ("contexts", "integration_types"):
        if many in kept:
            kept[many] = sorted(kept[many])
    kept |= {k: command[k] for k in _LANGUAGES if command.get(k)}
    if options := command.get("options"):
        kept["options"] = [_essence(option) for option in options]
    if choices := command.get("choices"):
        kept["choices"] = [[choice["name"], choice["value"]] for choice in choices]
    return kept


async def register(client: discord.Client, tree: app_commands.CommandTree[Any]) -> bool:
    """Let Discord have today's commands, where it has others; whether anything was sent.

    It is asked what it has, because a hash of ours would not know what somebody else registered
    meanwhile; one question at the start is cheap, and only 200 commands may be created a day.
    """
    await tree.set_translator(words := Words())
    mine = Route("GET", "/applications/{application_id}/commands", application_id=client.application_id or 0)
    try:
        registered = await client.http.request(mine, params={"with_localizations": "true"})
        if fingerprint(registered) == fingerprint(await translated(tree, words)):
            return False
        await tree.sync()
    except discord.HTTPException as problem:  # the commands that Discord has go on working
        _log.warning("the commands could not be registered: HTTP %s, code %s", problem.status, problem.code)
        return False
    return True
