"""What the operator can set, from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

KNOWN = (
    "PACER_HOME",
    "PACER_DATABASE_URL",
    "PACER_SECRET_KEY",
    "PACER_HELPLINES_VERIFIED_ON",
    "PACER_HEALTH_ADDRESS",
    "PACER_WORKER_SLOT",
    "PACER_SILENT_MINUTES",
    "PACER_SLACK_BOT_TOKEN",
    "PACER_SLACK_APP_TOKEN",
    "PACER_SLACK_SIGNING_SECRET",
    "PACER_SLACK_CLIENT_ID",
    "PACER_SLACK_CLIENT_SECRET",
    "PACER_SLACK_ADDRESS",
    "PACER_SLACK_API_URL",
    "PACER_DISCORD_TOKEN",
    "PACER_DISCORD_API_URL",
    "PACER_DISCORD_GATEWAY_URL",
    "PACER_ANTHROPIC_API_KEY",
    "PACER_CLAUDE_MODEL",
    "PACER_CLAUDE_PERSON_CAP",
    "PACER_CLAUDE_GROUP_CAP",
    "PACER_CLAUDE_DAY_CAP",
)
CLAUDE_MODEL = "claude-haiku-5-5"
MILLIONTHS_OF_A_CENT = 10_000
"""A US cent in millionths of a dollar."""
HEALTH_ADDRESS = "127.0.0.1:8321"
SLACK_ADDRESS = "127.0.0.1:8322"


class BadSetting(Exception):
    """A setting cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Read once, at the start."""

    home: Path
    database_url: str
    secret_key: str | None
    helplines_verified_on: date | None
    """The day on which the operator looked at the helplines, if later than the shipped one."""
    health_address: tuple[str, int] | None = None
    """Host and port of the health page; None for none."""
    worker_slot: str | None = None
    """The name of this worker's slot; None takes the first free one."""
    silent_minutes: float = 5.0
    """After so many minutes without a sign of life a platform's connection is opened anew."""
    slack_token: str | None = None
    slack_app_token: str | None = None
    """Opens the socket on which Slack tells what people say; nobody has to reach us from outside."""
    slack_signing_secret: str | None = None
    """Proves, where Slack comes to us over HTTP instead, that it is Slack."""
    slack_client_id: str | None = None
    slack_client_secret: str | None = None
    slack_address: tuple[str, int] = ("127.0.0.1", 8322)
    """Host and port on which Slack's requests arrive; used with a signing secret alone."""
    slack_api_url: str | None = None
    discord_token: str | None = None
    discord_api_url: str | None = None
    discord_gateway_url: str | None = None
    anthropic_key: str | None = None
    """Opens second opinions by Claude; without it nobody ever hears of them."""
    anthropic_base_url: str | None = None
    claude_model: str = CLAUDE_MODEL
    claude_caps: tuple[int, int, int] = (10, 100, 200)
    """The most that a UTC day may cost for one person, one group and everybody, in US cents."""
    unknown: tuple[str, ...] = ()
    """Names that begin with PACER_ and mean nothing."""

    @property
    def cache(self) -> Path:
        """Where what can be made anew is kept: the user's cache folder, or in the home that was given."""
        if self.home != _default_home():
            return self.home / "cache"
        from platformdirs import user_cache_path

        return user_cache_path("pacer", appauthor=False)

    @property
    def key_file(self) -> Path:
        """Where the key is made on first run."""
        return self.home / "secret.key"


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings. Raises BadSetting."""
    home = _value(environment, "PACER_HOME")
    folder = Path(home).expanduser() if home else _default_home()
    known = {*KNOWN, *(f"{name}_FILE" for name in KNOWN), "PACER_HYPOTHESIS_PROFILE"}
    return Settings(
        home=folder,
        database_url=_value(environment, "PACER_DATABASE_URL") or f"sqlite:///{folder / 'pacer.db'}",
        secret_key=_value(environment, "PACER_SECRET_KEY"),
        helplines_verified_on=_date(_value(environment, "PACER_HELPLINES_VERIFIED_ON")),
        health_address=_health(_value(environment, "PACER_HEALTH_ADDRESS") or HEALTH_ADDRESS),
        worker_slot=_slot(_value(environment, "PACER_WORKER_SLOT")),
        silent_minutes=_minutes(_value(environment, "PACER_SILENT_MINUTES") or "5"),
        slack_token=_value(environment, "PACER_SLACK_BOT_TOKEN"),
        slack_app_token=_value(environment, "PACER_SLACK_APP_TOKEN"),
        slack_signing_secret=_value(environment, "PACER_SLACK_SIGNING_SECRET"),
        slack_client_id=_value(environment, "PACER_SLACK_CLIENT_ID"),
        slack_client_secret=_value(environment, "PACER_SLACK_CLIENT_SECRET"),
        slack_address=_slack_address(_value(environment, "PACER_SLACK_ADDRESS") or SLACK_ADDRESS),
        slack_api_url=_value(environment, "PACER_SLACK_API_URL"),
        discord_token=_value(environment, "PACER_DISCORD_TOKEN"),
        discord_api_url=_value(environment, "PACER_DISCORD_API_URL"),
        discord_gateway_url=_value(environment, "PACER_DISCORD_GATEWAY_URL"),
        anthropic_key=_value(environment, "PACER_ANTHROPIC_API_KEY") or None,
        anthropic_base_url=environment.get("ANTHROPIC_BASE_URL") or None,
        claude_model=_value(environment, "PACER_CLAUDE_MODEL") or CLAUDE_MODEL,
        claude_caps=(
            _cents(environment, "PACER_CLAUDE_PERSON_CAP", 10),
            _cents(environment, "PACER_CLAUDE_GROUP_CAP", 100),
            _cents(environment, "PACER_CLAUDE_DAY_CAP", 200),
        ),
        unknown=tuple(sorted(n for n in environment if n.startswith("PACER_") and n not in known)),
    )


def _value(environment: Mapping[str, str], name: str) -> str | None:
    if direct := environment.get(name):
        return direct
    if path := environment.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except UnicodeDecodeError as problem:
            raise BadSetting(f"{name}_FILE names {path}, which is not text in UTF-8.") from problem
        except OSError as problem:
            raise BadSetting(
                f"{name}_FILE names {path}, which cannot be read: {problem.strerror}."
            ) from problem
    return None


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as wrong:
        raise BadSetting("PACER_HELPLINES_VERIFIED_ON is a day such as 2026-11-21.") from wrong


def _health(text: str) -> tuple[str, int] | None:
    if text.strip().casefold() == "off":
        return None
    if (address := _address(text)) is None:
        raise BadSetting(f"PACER_HEALTH_ADDRESS is a host and a port such as {HEALTH_ADDRESS}, or off.")
    return address


def _slack_address(text: str) -> tuple[str, int]:
    if (address := _address(text)) is None:
        raise BadSetting(f"PACER_SLACK_ADDRESS is a host and a port such as {SLACK_ADDRESS}.")
    return address


def _address(text: str) -> tuple[str, int] | None:
    """Host and port; None if it is not that."""
    host, _, port = text.strip().rpartition(":")
    if not (port.isascii() and port.isdecimal()) or int(port) > 65535 or not host:
        return None
    return host.strip("[]"), int(port)


def _minutes(text: str) -> float:
    """Discord answers a heartbeat every forty seconds or so; less than two minutes would be impatience."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 4 and 2 <= int(text) <= 1440):
        raise BadSetting("PACER_SILENT_MINUTES is a whole number of minutes from 2 to 1440.")
    return float(text)


def _cents(environment: Mapping[str, str], name: str, usual: int) -> int:
    text = _value(environment, name) or str(usual)
    if not (text.isascii() and text.isdecimal() and len(text) <= 7):
        raise BadSetting(f"{name} is a whole number of US cents, such as {usual}.")
    return int(text)


def _slot(text: str | None) -> str | None:
    if text and (len(text) > 40 or not all(c.isalnum() or c in "-_." for c in text)):
        raise BadSetting("PACER_WORKER_SLOT is a short name of letters, digits, dots and dashes.")
    return text or None


def _default_home() -> Path:
    from platformdirs import user_data_path

    return user_data_path("pacer", appauthor=False)
