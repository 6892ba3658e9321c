"""The app manifest: all that Slack has to know of Pacer, from the one table of commands.

Limits: github.com/slackapi/manifest-schema; meaning: docs.slack.dev/reference/app-manifest.
"""

from __future__ import annotations

from typing import Any

from adapters.slack.scopes import FREE_EVENTS, SCOPES
from bot.commands import COMMANDS
from bot.suggestions import USUAL

DESCRIPTION = "An interview-prep coach that asks for the right amount"
COMMAND = "/pacer"
SHORTCUT = "practise"
"""The callback id of the shortcut on a message."""
PATH = "/slack/events"
"""Where, below the public address, Slack brings everything that happens."""
REDIRECT = "/slack/oauth_redirect"
"""Where Slack sends the browser back to after an installation."""
HINT = 1000
"""Characters of a usage hint."""


def manifest(address: str | None = None, *, agent: bool = True) -> dict[str, Any]:
    """For Socket Mode; with a public address such as https://pacer.example.org, for HTTP.

    `agent` asks for Slack's agent view, with its suggested prompts; a workspace may not have it.
    """
    url = {} if address is None else {"request_url": address.rstrip("/") + PATH}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Pacer",
            "description": DESCRIPTION,
            "background_color": "#1f6f5c",
        },
        "features": _features(url.get("request_url"), agent=agent),
        "oauth_config": _oauth(address, agent=agent),
        "settings": {
            "event_subscriptions": {**url, "bot_events": events()},
            "interactivity": {"is_enabled": True, **url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": address is None,
            "token_rotation_enabled": False,
        },
    }


def _oauth(address: str | None, *, agent: bool) -> dict[str, Any]:
    wanted = sorted(name for name, need in SCOPES.items() if agent or not need.agent)
    scopes = {"scopes": {"bot": wanted}}
    return scopes if address is None else {"redirect_urls": [address.rstrip("/") + REDIRECT], **scopes}


def _features(url: str | None, *, agent: bool) -> dict[str, Any]:
    prompts = [{"title": one.title, "message": one.line} for one in USUAL]
    view = {"agent_description": DESCRIPTION, "suggested_prompts": prompts}
    return {
        **({"agent_view": view} if agent else {}),
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "pacer", "always_online": True},
        "shortcuts": [
            {
                "name": "Practise this",
                "type": "message",
                "callback_id": SHORTCUT,
                "description": "A drill, now, from your own plan",
            }
        ],
        "slash_commands": [
            {
                "command": COMMAND,
                "description": "Your interview-prep coach",
                "usage_hint": usage_hint(),
                "should_escape": False,
                **({"url": url} if url else {}),
            }
        ],
    }


def events() -> list[str]:
    """What Slack is to tell us of."""
    return sorted({*FREE_EVENTS, *(event for need in SCOPES.values() for event in need.events)})


def usage_hint() -> str:
    """The commands, in the order of the table, as many as the hint holds; `help` is always among them."""
    names = [c.name for c in COMMANDS if c.name != "help"]
    while len(hint := " | ".join([*names, "help"])) > HINT:
        names.pop()
    return hint


def as_yaml(address: str | None = None, *, agent: bool = True) -> str:
    """The manifest as one pastes it."""
    import yaml

    head = f"# {'Socket Mode: no public address is needed.' if address is None else 'HTTP: Slack comes to your public address.'}\n"
    own = ("" if agent else " --plain") + ("" if address is None else f" --http {address}")
    made = f"# Made by `pacer manifest slack{own}`; docs/slack.md says what to do with it.\n"
    return head + made + yaml.safe_dump(manifest(address, agent=agent), sort_keys=False, width=100)
