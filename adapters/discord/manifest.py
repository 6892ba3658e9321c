"""What Discord has to know of Pacer: the commands, and the links that bring it in."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

AUTHORIZE = "https://discord.com/oauth2/authorize"
VIEW_CHANNEL, SEND_MESSAGES, READ_MESSAGE_HISTORY = 1 << 10, 1 << 11, 1 << 16
PERMISSIONS = VIEW_CHANNEL | SEND_MESSAGES | READ_MESSAGE_HISTORY
"""For the posts of a circle: see its channel, write there, and look whether a post arrived before sending it again.

Answers to commands and buttons need none, and direct messages are not a server's business.
"""
GUILD_INSTALL, USER_INSTALL = 0, 1


def commands() -> list[dict[str, Any]]:
    """What `pacer run` registers with PUT /applications/{id}/commands. Asks nobody; needs discord.py."""
    import discord
    from discord.app_commands import CommandTree

    from adapters.discord.commands import group, payload

    tree = CommandTree(discord.Client(intents=discord.Intents.none()))
    tree.add_command(group())
    return payload(tree)


def as_json() -> str:
    """The commands as they are kept in deploy/."""
    return json.dumps(commands(), indent=1, ensure_ascii=False) + "\n"


def links(application: str) -> dict[str, str]:
    """The addresses under which Pacer is brought to a server, and to one person's own account."""
    server = {"client_id": application, "scope": "bot applications.commands", "permissions": PERMISSIONS}
    person = {"client_id": application, "scope": "applications.commands"}
    return {
        "server": f"{AUTHORIZE}?{urlencode({**server, 'integration_type': GUILD_INSTALL})}",
        "person": f"{AUTHORIZE}?{urlencode({**person, 'integration_type': USER_INSTALL})}",
    }
