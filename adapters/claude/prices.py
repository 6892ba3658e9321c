"""What Claude costs, as data: US dollars for a million tokens, which are millionths of a dollar for one.

As of October 2026, from https://platform.claude.com/docs/en/models/haiku-5-5/overview and, for the other two,
https://platform.claude.com/docs/en/about-claude/pricing. A model that is not here cannot be chosen,
since nobody could say what it spends; a new one is one more line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

MOST_PROMPT = 100_000
"""Tokens up to which these prices hold; Haiku 5.5 costs five times as much beyond."""
US_ONLY = 1.1
"""Where a workspace keeps inference within the US, every token costs this much more."""


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens. `write_hour` is a cache write that holds an hour, `write` one of five minutes."""

    input: float
    output: float
    write: float
    write_hour: float
    read: float


PRICES: Mapping[str, Price] = {
    "claude-haiku-5-5": Price(0.10, 0.50, write=0.125, write_hour=0.20, read=0.01),
    "claude-sonnet-5-5": Price(2, 10, write=2.50, write_hour=4, read=0.10),
    "claude-opus-5-5": Price(4, 20, write=5, write_hour=8, read=0.20),
}
"""By model. All three think adaptively, take `effort`, and answer by a schema."""


def unpriced(model: str) -> str:
    """Why a model cannot be chosen, as a sentence; empty if it can."""
    if model in PRICES:
        return ""
    return (
        f"PACER_CLAUDE_MODEL is one of {', '.join(PRICES)}: of others nobody knows here what they cost. "
        "A price is one line in adapters/claude/prices.py."
    )


@dataclass(frozen=True, slots=True)
class Used:
    """Tokens of one answer, as the API counts them."""

    input: int
    output: int
    write: int = 0
    write_hour: int = 0
    read: int = 0
    us_only: bool = False


def cost(model: str, used: Used) -> int:
    """Millionths of a US dollar, rounded up."""
    price = PRICES[model]
    exact = (
        used.input * price.input
        + used.output * price.output
        + used.write * price.write
        + used.write_hour * price.write_hour
        + used.read * price.read
    )
    return ceil(round(exact * (US_ONLY if used.us_only else 1.0), 6))


def most(model: str, prompt: int, output: int) -> int:
    """The most that so many tokens can cost where nothing asks for an hour's cache, wherever it runs."""
    return cost(model, Used(0, output, write=prompt, us_only=True))
