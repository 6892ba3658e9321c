"""A scene: what one picture shows."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.chat.message import Message


@dataclass(slots=True)
class Scene:
    """Messages that one picture shows."""

    name: str
    said: list[tuple[str, Message]] = field(default_factory=list)
    """What the person did before, empty if nothing, and what Pacer says then."""
