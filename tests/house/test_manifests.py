"""What Slack and Discord are told of Pacer is current, allowed, and no more than the code uses."""

from __future__ import annotations

import ast
import inspect
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import discord
import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from adapters import settings
from adapters.discord import manifest as on_discord
from adapters.discord.commands import SHELF
from adapters.main import main
from adapters.slack import manifest as on_slack
from adapters.slack.app import PATH
from adapters.slack.inbound import PRACTISE
from adapters.slack.oauth import REDIRECT
from adapters.slack.scopes import FREE_EVENTS, FREE_METHODS, SCOPES, missing
from bot.commands import COMMANDS
from bot.suggestions import USUAL

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
EXAMPLE = "https://pacer.example.org"
GUIDES = {name: (ROOT / "docs" / name).read_text() for name in ("slack.md", "discord.md")}
INVITES = (DEPLOY / "discord" / "README.md").read_text()
METHODS = {
    name
    for name, value in inspect.getmembers(AsyncWebClient, inspect.iscoroutinefunction)
    if "_" in name.strip("_") and not name.startswith("_") and name != "api_call"
}
BY_HAND = {"apps_connections_open": "the app-level token, not a scope of the bot"}
"""Methods that are no business of the bot token."""


def said_in_code(*, but: set[str]) -> set[str]:
    """Attributes, names of parameters, and whole strings in adapters/slack."""
    found: set[str] = set()
    for path in (ROOT / "adapters" / "slack").glob("*.py"):
        if path.name in but:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Attribute(attr=name):
                    found.add(name)
                case ast.Constant(value=str(text)):
                    found.add(text)
    return found


WANTED = {
    "app_mention": "app_mentions:read",
    "command": "commands",
    "shortcut": "commands",
    "url_private": "files:read",
    "message": "im:history",
    "reaction_added": "reactions:read",
    "member_joined_channel": "channels:read",
    "team_join": "users:read",
}
"""Words in the code that tell of an event or a feature, and the scope without which it never comes."""

SAID = said_in_code(but={"scopes.py", "manifest.py"})
CALLED = {m for m in METHODS if m in SAID or m.replace("_", ".") in SAID} - set(BY_HAND)


# Slack: scopes, both ways


def test_the_sdk_still_has_the_methods_that_the_table_names():
    named = {m for need in SCOPES.values() for m in need.methods} | set(FREE_METHODS)
    assert {"chat_postMessage", "auth_test"} <= METHODS
    assert named <= METHODS


def test_every_method_that_the_code_calls_is_covered_by_a_scope():
    covered = {m for need in SCOPES.values() for m in need.methods} | set(FREE_METHODS)
    assert CALLED - covered == set()


def test_every_event_and_feature_that_the_code_waits_for_is_covered_by_a_scope():
    assert {scope for word, scope in WANTED.items() if word in SAID} - set(SCOPES) == set()


@pytest.mark.parametrize("scope", SCOPES)
def test_every_scope_is_asked_for_because_the_code_uses_all_that_stands_behind_it(scope):
    need = SCOPES[scope]
    assert need.why
    assert need.methods or need.events or need.marks
    assert set(need.methods) <= CALLED
    assert {event.partition(".")[0] for event in need.events} <= SAID
    assert set(need.marks) <= SAID


def test_nothing_stands_in_the_table_that_the_code_does_not_use():
    assert set(FREE_METHODS) <= CALLED
    assert set(FREE_EVENTS) <= SAID


def test_the_agent_view_and_its_scope_come_and_go_together():
    for address in (None, EXAMPLE):
        whole, plain = on_slack.manifest(address), on_slack.manifest(address, agent=False)
        assert "agent_view" in whole["features"] and "agent_view" not in plain["features"]
        spare = {name for name, need in SCOPES.items() if need.agent}
        asked = set(plain["oauth_config"]["scopes"]["bot"])
        assert set(whole["oauth_config"]["scopes"]["bot"]) - asked == spare == {"assistant:write"}


def test_no_token_is_called_incomplete_for_a_scope_that_everything_else_works_without():
    assert missing(set(SCOPES) - {"assistant:write"}) == []
    assert missing(set(SCOPES) - {"chat:write"}) == ["chat:write"]


def test_the_agent_view_suggests_what_the_coach_suggests_within_slacks_limits():
    view = on_slack.manifest()["features"]["agent_view"]
    assert len(view["agent_description"]) <= 300
    assert [(p["title"], p["message"]) for p in view["suggested_prompts"]] == [
        (s.title, s.line) for s in USUAL
    ]
    assert 3 <= len(USUAL) <= 4


def test_no_scope_opens_what_people_say_to_each_other():
    assert not [
        s for s in SCOPES if re.match(r"(channels|groups|mpim:(?!write)|search|users:read\.email|admin)", s)
    ]


# Slack: the manifest


@pytest.mark.parametrize(
    ("name", "address", "agent"),
    [
        ("manifest.yaml", None, True),
        ("manifest.plain.yaml", None, False),
        ("manifest.http.yaml", EXAMPLE, True),
    ],
)
def test_the_committed_manifests_are_current(name, address, agent):
    committed = (DEPLOY / "slack" / name).read_text()
    assert committed == on_slack.as_yaml(address, agent=agent), "say make manifests"
    assert yaml.safe_load(committed) == on_slack.manifest(address, agent=agent)


@pytest.mark.parametrize("address", [None, EXAMPLE])
def test_the_manifest_keeps_slacks_limits(address):
    told = on_slack.manifest(address)
    assert set(told) == {"_metadata", "display_information", "features", "oauth_config", "settings"}
    assert set(told["features"]) == {"agent_view", "app_home", "bot_user", "shortcuts", "slash_commands"}
    assert set(told["oauth_config"]) <= {"redirect_urls", "scopes"}
    assert set(told["settings"]) == {
        "event_subscriptions", "interactivity", "org_deploy_enabled", "socket_mode_enabled", "token_rotation_enabled",
    }  # fmt: skip
    shown = told["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert re.fullmatch(r"#[0-9a-f]{6}", shown["background_color"])
    features = told["features"]
    assert len(features["bot_user"]["display_name"]) <= 80
    (shortcut,) = features["shortcuts"]
    assert len(shortcut["name"]) <= 24
    assert len(shortcut["description"]) <= 150
    (command,) = features["slash_commands"]
    assert len(command["command"]) <= 32
    assert len(command["description"]) <= 2000
    assert 1 <= len(command["usage_hint"]) <= 1000
    assert len(told["settings"]["event_subscriptions"]["bot_events"]) <= 100


def test_the_hint_names_every_command_in_the_order_of_the_table():
    assert on_slack.usage_hint().split(" | ") == [c.name for c in COMMANDS]


def test_the_hint_of_far_too_many_commands_still_fits_and_names_help(monkeypatch):
    monkeypatch.setattr(on_slack, "COMMANDS", (*COMMANDS[:-1] * 20, COMMANDS[-1]))
    assert len(on_slack.usage_hint()) <= on_slack.HINT
    assert on_slack.usage_hint().endswith(" | help")


def test_slack_is_sent_to_the_path_that_is_served():
    assert on_slack.PATH == PATH
    assert on_slack.REDIRECT == REDIRECT


def test_the_shortcut_is_the_one_that_is_listened_for():
    (shortcut,) = on_slack.manifest()["features"]["shortcuts"]
    assert shortcut["callback_id"] == PRACTISE


def test_people_can_write_to_pacer_and_see_its_home_and_slack_tells_of_it():
    told = on_slack.manifest()
    home = told["features"]["app_home"]
    assert (home["home_tab_enabled"], home["messages_tab_enabled"]) == (True, True)
    assert home["messages_tab_read_only_enabled"] is False
    assert {"message.im", "app_mention"} <= set(told["settings"]["event_subscriptions"]["bot_events"])
    assert told["settings"]["interactivity"]["is_enabled"] is True


def paths(told: Any, at: str = "") -> dict[str, Any]:
    """Every leaf of a manifest by its path."""
    if isinstance(told, dict):
        return {k: v for name, under in told.items() for k, v in paths(under, f"{at}/{name}").items()}
    if isinstance(told, list):
        return {k: v for n, under in enumerate(told) for k, v in paths(under, f"{at}/{n}").items()}
    return {at: told}


def test_over_http_all_that_happens_comes_to_one_address_and_nothing_else_differs():
    socket, http = paths(on_slack.manifest()), paths(on_slack.manifest(EXAMPLE))
    own = set(http.items()) - set(socket.items())
    assert own == {
        ("/oauth_config/redirect_urls/0", f"{EXAMPLE}{REDIRECT}"),
        ("/features/slash_commands/0/url", f"{EXAMPLE}/slack/events"),
        ("/settings/event_subscriptions/request_url", f"{EXAMPLE}/slack/events"),
        ("/settings/interactivity/request_url", f"{EXAMPLE}/slack/events"),
        ("/settings/socket_mode_enabled", False),
    }
    assert set(socket.items()) - set(http.items()) == {("/settings/socket_mode_enabled", True)}


# Discord


def test_the_committed_commands_of_discord_are_current():
    assert (DEPLOY / "discord" / "commands.json").read_text() == on_discord.as_json(), "say make manifests"


def leaves(options: list[dict[str, Any]], under: str = "") -> dict[str, dict[str, Any]]:
    """Every subcommand by the name one types."""
    found: dict[str, dict[str, Any]] = {}
    for option in options:
        name = f"{under} {option['name']}".strip()
        if option["type"] == discord.AppCommandOptionType.subcommand_group.value:
            found |= leaves(option["options"], "" if option["name"] == SHELF else name)
        else:
            found[name] = option
    return found


def test_discord_gets_every_command_with_its_arguments():
    (pacer,) = on_discord.commands()
    told = leaves(pacer["options"])
    assert set(told) == {c.name for c in COMMANDS}
    for command in COMMANDS:
        options = told[command.name].get("options", [])
        assert [(o["name"], o.get("required", False)) for o in options] == [
            (a.name, a.required and not command.opens_form) for a in command.arguments
        ]
        for option, argument in zip(options, command.arguments, strict=True):
            assert {c["value"] for c in option.get("choices", [])} <= set(argument.choices)


def test_the_commands_keep_discords_limits():
    (pacer,) = on_discord.commands()
    assert sorted(pacer["integration_types"]) == [0, 1]
    assert sorted(pacer["contexts"]) == [0, 1, 2]

    def check(node: dict[str, Any]) -> int:
        assert re.fullmatch(r"[-_a-z0-9]{1,32}", node["name"])
        assert 1 <= len(node["description"]) <= 100
        below = node.get("options", [])
        assert len(below) <= 25
        needed = [o.get("required", False) for o in below]
        assert needed == sorted(needed, reverse=True)
        choices = node.get("choices", [])
        assert len(choices) <= 25
        own = sum(len(c["name"]) + len(c["value"]) for c in choices)
        return len(node["name"]) + len(node["description"]) + own + sum(check(o) for o in below)

    assert check(pacer) <= 8000


def test_the_invite_asks_for_what_a_circles_posts_need_and_nothing_else_and_the_page_has_both_links():
    needed = discord.Permissions(view_channel=True, send_messages=True, read_message_history=True)
    assert discord.Permissions(on_discord.PERMISSIONS) == needed
    for link in on_discord.links("YOUR_APPLICATION_ID").values():
        assert f"\n    {link}\n" in INVITES


# The command that renews it all


def test_make_manifests_writes_what_is_committed(capsys):
    makefile = (ROOT / "Makefile").read_text()
    rule = makefile.split("\nmanifests: ")[1].split("\n\n")[0]
    made = re.findall(r"^\t\$\(BIN\)/pacer (.+) > (\S+)$", rule, re.M)
    assert {f for _, f in made} >= {f"deploy/{n}" for n in ("slack/manifest.yaml", "discord/commands.json")}
    for command, path in made:
        with pytest.raises(SystemExit) as ended:
            main(shlex.split(command))
        assert ended.value.code == 0
        assert capsys.readouterr().out == (ROOT / path).read_text(), f"{path} is old: say make manifests"


# The guides


def test_the_guide_tells_every_scope_and_why():
    told = re.findall(r"^\| `([a-z_:]+)` \| (.+) \|$", GUIDES["slack.md"], re.M)
    assert dict(told) == {scope: need.why.replace("/pacer", "`/pacer`") for scope, need in SCOPES.items()}


@pytest.mark.parametrize("text", [*GUIDES.values(), INVITES], ids=[*GUIDES, "README.md"])
def test_the_guides_name_settings_and_files_that_exist(text):
    assert set(re.findall(r"PACER_[A-Z_]*[A-Z]", text)) <= set(settings.KNOWN)
    for path in re.findall(r"\b((?:deploy|docs)/[\w./-]+\.(?:md|ya?ml|json|example))", text):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize(
    ("folder", "text"), [*((ROOT / "docs", t) for t in GUIDES.values()), (DEPLOY / "discord", INVITES)]
)
def test_the_links_of_the_guides_lead_somewhere(folder, text):
    targets = [t for t in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in t]
    assert targets
    for target in targets:
        assert (folder / target).exists(), target


def test_the_guide_says_whether_discord_tells_of_messages_in_channels():
    code = (ROOT / "adapters" / "discord" / "app.py").read_text()
    assert "intents.guild_messages = True" in code and "intents.message_content" not in code
    guide = " ".join(GUIDES["discord.md"].split())
    assert "the words of a message in a channel only if the message names Pacer" in guide
    assert "leave all three **Privileged Gateway Intents** off" in guide
    assert "reads the messages that name it" in " ".join(INVITES.split())


@pytest.mark.parametrize("name", GUIDES)
def test_the_lines_to_fill_in_stand_in_the_example_and_a_shell_takes_them(name, tmp_path):
    example = (DEPLOY / "env.example").read_text()
    (block,) = re.findall(r"```ini\n(.*?)```", GUIDES[name], re.S)
    for line in block.splitlines():
        assert f"\n#{line}\n" in example
        example = example.replace(f"#{line}\n", f"{line}filled-in\n")
    (tmp_path / "pacer.env").write_text(example)
    script = f"set -a; . {tmp_path}/pacer.env; set +a; env"
    assert script.replace(str(tmp_path), "deploy").removesuffix("; env") in GUIDES[name]
    shown = subprocess.run(["sh", "-euc", script], env={}, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^PACER_.*$", shown, re.M)) == {f"{n}filled-in" for n in block.splitlines()}


@pytest.mark.parametrize("name", GUIDES)
def test_what_the_guide_quotes_of_the_doctor_is_what_it_says(name):
    sources = [ROOT / "adapters" / p for p in ("doctor.py", "slack/deliver.py", "discord/deliver.py")]
    code = "\n".join(p.read_text() for p in sources)
    quoted = re.findall(r"doctor: `([^`]+)`", GUIDES[name])
    assert quoted
    for quote in quoted:
        assert re.sub(r"( …|: invalid_auth)$", "", quote) in code


def test_newcomers_find_the_guides():
    for page in ("README.md", "docs/operating.md"):
        text = (ROOT / page).read_text()
        assert "slack.md)" in text
        assert "discord.md)" in text
