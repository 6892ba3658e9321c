"""Values of the safety room: how grave a text sounds, and whom a person can reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

FRESH_DAYS = 180
"""How long helpline numbers are trusted after somebody looked at them."""


class Tier(IntEnum):
    """How a text is answered. The numbers are names, not an order: 1 is the gravest."""

    NONE = 0
    CRISIS = 1
    """An explicit wish, plan, means or goodbye."""
    DISTRESS = 2

    @property
    def gravity(self) -> int:
        """0 to 2, rising with how grave the text is; use this to compare tiers."""
        return {Tier.NONE: 0, Tier.DISTRESS: 1, Tier.CRISIS: 2}[self]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate found."""

    tier: Tier = Tier.NONE
    rule: str = ""
    """Stable id of the rule that decided; empty when none did."""


@dataclass(frozen=True, slots=True)
class Helpline:
    """People who answer, as a person reads it."""

    name: str
    emergency: str
    """Number of the emergency services, or words that say what to call."""
    source: str
    """Page that says so, for whoever checks the numbers."""
    call: str = ""
    text: str = ""
    """What to text and where, such as "988" or "SHOUT to 85258"; empty if there is no such line."""
    web: str = ""
    """Address of a chat or a directory."""
    hours: str = ""
    """When somebody answers; empty means day and night."""


@dataclass(frozen=True, slots=True)
class Helplines:
    """The helplines of all countries and the day they were looked at last."""

    verified_on: date
    by_country: Mapping[str, Helpline]
    """By ISO 3166 code, upper case, and EU for the emergency number of the European Union."""
    default: Helpline

    def for_country(self, code: str) -> Helpline:
        """The helpline of a country by its two-letter code, in any case; the international one otherwise."""
        return self.by_country.get(code.strip().upper(), self.default)

    def too_old(self, today: date) -> bool:
        """Whether the numbers were looked at more than 180 days ago."""
        return (today - self.verified_on).days > FRESH_DAYS
