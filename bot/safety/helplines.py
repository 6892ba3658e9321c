"""Read the helplines from their file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from bot.safety.model import Helpline, Helplines

_REQUIRED = ("name", "emergency", "source")
_KNOWN = {field.name for field in fields(Helpline)}


class BadHelplines(ValueError):
    """The helplines cannot be used; the message says what to correct."""


def load(text: str) -> Helplines:
    """The helplines written in YAML; bot/content/helplines.yaml shows and explains the form.

    Raises BadHelplines if a day, a field or a way to reach somebody is missing.
    """
    import yaml  # heavy, so only when needed

    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadHelplines(f"The helplines are not valid YAML: {error}") from error
    if not isinstance(data, Mapping) or not isinstance(data.get("countries"), Mapping):
        raise BadHelplines("The helplines need `verified_on`, `countries` and `default`.")
    day = data.get("verified_on")
    if type(day) is not date:
        raise BadHelplines("`verified_on` needs a day such as 2026-11-21.")
    by_country = {str(code): _helpline(str(code), entry) for code, entry in data["countries"].items()}
    return Helplines(day, by_country, _helpline("default", data.get("default")))


def _helpline(where: str, entry: Any) -> Helpline:
    if not isinstance(entry, Mapping):
        raise BadHelplines(f"The helpline of {where} is missing.")
    if wrong := sorted(str(key) for key in entry if key not in _KNOWN):
        raise BadHelplines(f"The helpline of {where} has a field I do not know: {', '.join(wrong)}.")
    if missing := [name for name in _REQUIRED if not entry.get(name)]:
        raise BadHelplines(f"The helpline of {where} has no {', '.join(missing)}.")
    if unquoted := sorted(key for key, value in entry.items() if not isinstance(value, str)):
        raise BadHelplines(f"The helpline of {where} needs quotes around: {', '.join(unquoted)}.")
    if not (entry.get("call") or entry.get("web")):
        raise BadHelplines(f"The helpline of {where} has neither a number nor an address.")
    return Helpline(**entry)


def shipped() -> Helplines:
    """The helplines that come with Pacer, read from its package."""
    from importlib.resources import files

    return load((files("bot.content") / "helplines.yaml").read_text(encoding="utf-8"))
