"""What the operator can set, from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

KNOWN = ("PACER_HOME", "PACER_DATABASE_URL", "PACER_SECRET_KEY", "PACER_HELPLINES_VERIFIED_ON")


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
    unknown: tuple[str, ...] = ()
    """Names that begin with PACER_ and mean nothing."""

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


def _default_home() -> Path:
    from platformdirs import user_data_path

    return user_data_path("pacer", appauthor=False)
