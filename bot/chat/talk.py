"""A conversation is data: where it stands, what was entered, what was offered last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.chat.message import Option

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Talk:
    """One person's conversation with Pacer.

    `step` names who reads the next typed line ("" for nobody). `values` are what that step needs.
    `offered` are the options of the last message that had any, so that a typed "2" still answers
    after a restart.
    """

    step: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    offered: tuple[Option, ...] = ()
    schema: int = SCHEMA
    version: int = 0
    """Counts the writes; a write on an older version is refused."""
