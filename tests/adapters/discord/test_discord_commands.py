"""`/pacer` on Discord comes from the one table, fits Discord's limits, and is sent only when it changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import discord
import pytest
from discord import app_commands

from adapters.discord import manifest
from adapters.discord.commands import (
    LOCALISED,
    SHELF,
    Tree,
    Words,
    fingerprint,
    group,
    matching,
    payload,
    translated,
)
from bot.commands import BY_NAME, COMMANDS, Argument, Command


def registered(commands: tuple[Command, ...] = COMMANDS) -> list[dict[str, Any]]:
    tree = Tree(discord.Client(intents=discord.Intents.none()))
    tree.add_command(group(commands))
    return payload(tree)


def leaves(options: list[dict[str, Any]], before: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for option in options:
        if option["type"] == 2:
            yield from leaves(option["options"], "" if option["name"] == SHELF else option["name"] + " ")
        elif option["type"] == 1:
            yield before + option["name"], option


def test_every_command_of_the_table_is_there_with_its_words():
    (root,) = registered()
    found = dict(leaves(root["options"]))
    assert root["name"] == "pacer" and set(found) == set(BY_NAME)
    for name, command in BY_NAME.items():
        assert found[name]["description"] == command.summary
        given = {o["name"]: o for o in found[name]["options"]}
        assert {n: o["description"] for n, o in given.items()} == {
            a.name: a.summary for a in command.arguments
        }
        for argument in command.arguments:
            offered = tuple(c["value"] for c in given[argument.name].get("choices", ()))
            assert offered == argument.choices


def test_it_works_in_servers_direct_messages_and_for_whoever_installed_it():
    (root,) = registered()
    assert sorted(root["contexts"]) == [0, 1, 2] and sorted(root["integration_types"]) == [0, 1]


def test_it_keeps_to_what_discord_takes():
    (root,) = registered()
    assert len(root["options"]) <= 25

    def counted(node: dict[str, Any]) -> int:
        """Names, descriptions and values, of which Discord takes 8000 characters together."""
        values = sum(len(c["name"]) + len(str(c["value"])) for c in node.get("choices", []))
        own = len(node["name"]) + len(node["description"]) + values
        return own + sum(map(counted, node.get("options", [])))

    assert counted(root) < 8000

    def walk(node: dict[str, Any]) -> None:
        assert re.fullmatch(r"[-_a-z0-9]{1,32}", node["name"]) and 1 <= len(node["description"]) <= 100
        children = node.get("options", [])
        assert len(children) <= 25 and len({c["name"] for c in children}) == len(children)
        assert [c.get("required", False) for c in children] == sorted(
            (c.get("required", False) for c in children), reverse=True
        )
        for child in children:
            walk(child)

    walk(root)


def test_where_a_form_can_ask_discord_does_not_insist():
    found = dict(leaves(registered()[0]["options"]))
    assert not any(o["required"] for o in found["interview add"]["options"])
    assert [o["required"] for o in found["company remove"]["options"]] == [True]


def test_a_summary_that_is_too_long_is_cut_and_a_python_word_is_no_trouble():
    odd = Command("import", "x" * 200, (Argument("from", "y" * 200), Argument("with-it", "z")))
    ((_, found),) = leaves(registered((odd,))[0]["options"])
    assert len(found["description"]) == 100
    assert [o["name"] for o in found["options"]] == ["from", "with-it"]


def test_what_discord_tells_of_our_commands_is_recognised_and_any_change_is_seen():
    ours = registered()
    told = json.loads(json.dumps(ours))
    told[0] |= {"id": "1", "version": "2", "application_id": "3", "default_member_permissions": None}
    told[0]["contexts"].reverse()
    for _, leaf in leaves(told[0]["options"]):
        leaf["name_localizations"] = None
        for option in leaf["options"]:
            if not option["required"]:
                del option["required"]
    assert fingerprint(told) == fingerprint(ours)
    told[0]["options"][0]["description"] += "!"
    assert fingerprint(told) != fingerprint(ours)
    assert fingerprint([]) != fingerprint(ours)


def test_the_written_manifest_and_what_is_registered_are_the_same():
    assert fingerprint(manifest.commands()) == fingerprint(registered())


@pytest.mark.parametrize(("typed", "first"), [("sys", "system_design"), ("SQL", "sql"), ("design", None)])
def test_typing_finds_what_begins_so_and_then_what_holds_it(typed: str, first: str | None):
    areas = (("System design", "system_design"), ("SQL", "sql"), ("ML system design", "ml_system_design"))
    found = [value for _, value in matching(areas, typed)]
    assert found[0] == (first or "system_design")
    assert len(matching([(str(n), str(n)) for n in range(99)], "")) == 25


async def test_the_tree_leaves_commands_to_the_one_door():
    tree = Tree(discord.Client(intents=discord.Intents.none()))

    class Came:
        type = discord.InteractionType.application_command

    assert not await tree.interaction_check(Came())  # type: ignore[arg-type]
    Came.type = discord.InteractionType.autocomplete
    assert await tree.interaction_check(Came())  # type: ignore[arg-type]
    assert isinstance(tree, app_commands.CommandTree)


GERMAN = {
    ("today",): {"de": ("heute", "Was heute ansteht")},
    ("interview",): {"de": ("gespräch", "")},
    ("help", "command"): {"de": ("befehl", "zu einem Befehl"), "ja": ("コマンド", "")},
}


async def told_to_discord(words: Words) -> list[dict[str, Any]]:
    tree = Tree(discord.Client(intents=discord.Intents.none()))
    tree.add_command(group())
    return await translated(tree, words)


async def test_commands_rooms_and_arguments_can_have_names_in_other_languages():
    (root,) = await told_to_discord(Words(GERMAN))
    found = {o["name"]: o for o in root["options"]}
    assert found["today"]["name_localizations"] == {"de": "heute"}
    assert found["today"]["description_localizations"] == {"de": "Was heute ansteht"}
    assert found["interview"]["name_localizations"] == {"de": "gespräch"}
    assert not found["interview"]["description_localizations"] and not found["plan"]["name_localizations"]
    (argument,) = found["help"]["options"]
    assert argument["name_localizations"] == {"de": "befehl", "ja": "コマンド"}
    assert argument["description_localizations"] == {"de": "zu einem Befehl"}


async def test_none_is_shipped_and_what_is_registered_does_not_change_by_it():
    assert LOCALISED == {}
    assert fingerprint(await told_to_discord(Words())) == fingerprint(registered())


async def test_a_name_in_another_language_is_seen_as_a_change():
    assert fingerprint(await told_to_discord(Words(GERMAN))) != fingerprint(registered())


@pytest.mark.parametrize(
    ("language", "name", "summary"),
    [
        ("xx", "heute", ""),
        ("de", "Heute", ""),
        ("de", "heute abend", ""),
        ("de", "h" * 33, ""),
        ("de", "heute!", ""),
        ("de", "", "x" * 101),
    ],
)
def test_what_discord_would_refuse_is_refused_at_once(language: str, name: str, summary: str):
    with pytest.raises(ValueError, match="today"):
        Words({("today",): {language: (name, summary)}})


@pytest.mark.parametrize("name", ["आज", "วันนี้", "aujourd'hui", "今日", "today-2"])
def test_names_of_any_script_are_taken(name: str):
    Words({("today",): {"hi": (name, "")}})
