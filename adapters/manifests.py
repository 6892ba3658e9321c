"""`pacer manifest`: what one hands to a platform so that it knows Pacer. Needs neither a token nor a network."""

from __future__ import annotations

import argparse
import re
from urllib.parse import urlsplit

from adapters.complaint import FAULT, Complaint


def print_slack(arguments: argparse.Namespace) -> int:
    """`pacer manifest slack`."""
    from adapters.slack.manifest import as_yaml

    address = _public(arguments.http) if arguments.http is not None else None
    print(as_yaml(address, agent=not arguments.plain), end="")
    return 0


def print_discord(arguments: argparse.Namespace) -> int:
    """`pacer manifest discord`."""
    from adapters.discord.manifest import as_json, links

    if arguments.application is None:
        try:
            print(as_json(), end="")
        except ModuleNotFoundError as absent:
            raise Complaint(
                "The commands are made with a package of the extra `discord`. "
                "Install it: `pip install -e '.[discord]'`.",
                FAULT,
            ) from absent
        return 0
    if not re.fullmatch(r"[0-9]{15,21}", arguments.application):
        raise Complaint(
            "--application is the number under General Information of your application, "
            "such as 1145677788899900011."
        )
    found = links(arguments.application)
    print(f"For a server:       {found['server']}")
    print(f"For one person:     {found['person']}")
    return 0


def _public(address: str) -> str:
    """A public address. Raises Complaint if Slack would not take it."""
    try:
        parts = urlsplit(address)
        fine = parts.scheme == "https" and parts.hostname and (parts.port or True)
    except ValueError:
        fine = False
    if not fine or parts.query or parts.fragment or parts.username or any(c.isspace() for c in address):
        raise Complaint("--http is the public address of your Pacer, such as https://pacer.example.org.")
    return address.rstrip("/")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The subcommand and its own."""
    manifest = commands.add_parser("manifest", help="print what a platform has to know of Pacer")
    whose = manifest.add_subparsers(required=True, metavar="PLATFORM")
    slack = whose.add_parser("slack", help="the app manifest, as YAML to paste at api.slack.com/apps")
    slack.add_argument(
        "--http", metavar="URL", help="for HTTP instead of Socket Mode: your public address, https://…"
    )
    slack.add_argument(
        "--plain", action="store_true", help="without Slack's agent view and its suggested prompts"
    )
    slack.set_defaults(run=print_slack)
    discord = whose.add_parser("discord", help="the commands as JSON, or the invite links")
    discord.add_argument("--application", metavar="ID", help="print the invite links of this application")
    discord.set_defaults(run=print_discord)
