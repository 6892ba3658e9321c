"""`/pacer` as Discord registers it: a group of subcommands made from the one table of commands."""

from __future__ import annotations

import inspect
import json
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from hashlib import blake2s
from keyword import iskeyword
from typing import Any

import discord
from discord import app_commands

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

_KEPT = ("name", "description", "type", "required", "autocomplete", "nsfw", "contexts", "integration_types")
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
    """Names and summaries in other languages. There are none yet, so everything stays as it is."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The string in that language; None keeps it."""
        return None


def group(commands: Sequence[Command] = COMMANDS) -> app_commands.Group:
    """The whole table as one command that works in servers, in direct messages, and for a person who installed it."""
    root = app_commands.Group(name=ROOT, description=ABOUT)
    app_commands.allowed_installs(guilds=True, users=True)(root)
    app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(root)
    rooms: dict[str, app_commands.Group] = {}
    for command in commands:
        room, _, name = command.name.rpartition(" ")
        if room and room not in rooms:
            rooms[room] = app_commands.Group(name=room, description=f"Everything about {room}s", parent=root)
        (rooms[room] if room else root).add_command(_subcommand(command, name))
    return root


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
        name=app_commands.locale_str(name),
        description=app_commands.locale_str(_short(command.summary)),
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
    callback = app_commands.describe(
        **{n: app_commands.locale_str(_short(a.summary)) for n, a in named.items()}
    )(callback)
    callback = app_commands.rename(**{n: a.name for n, a in named.items() if n != a.name})(callback)
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


def fingerprint(commands: Sequence[Mapping[str, Any]]) -> str:
    """The same for what we send and for what Discord tells of it afterwards, with ids and defaults added."""
    essence = sorted(json.dumps(_essence(command), sort_keys=True) for command in commands)
    return blake2s("\n".join(essence).encode()).hexdigest()


def _essence(command: Mapping[str, Any]) -> dict[str, Any]:
    kept = {k: command[k] for k in _KEPT if command.get(k) not in (None, _IMPLIED.get(k))}
    for many in ("contexts", "integration_types"):
        if many in kept:
            kept[many] = sorted(kept[many])
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
    await tree.set_translator(Words())
    try:
        registered = await client.http.get_global_commands(client.application_id or 0)
        if fingerprint(registered) == fingerprint(payload(tree)):
            return False
        await tree.sync()
    except discord.HTTPException as problem:  # the commands that Discord has go on working
        _log.warning("the commands could not be registered: HTTP %s, code %s", problem.status, problem.code)
        return False
    return True
