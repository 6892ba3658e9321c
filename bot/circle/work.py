"""What a circle does with no person at hand: composing a post, or something whose hour has come."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.chat.inbound import Channel
from bot.chat.message import Message
from bot.circle.model import Circle, Post
from bot.circle.ports import CircleWork
from bot.delivery.model import Occurrence
from bot.delivery.recurrence import held
from bot.turn import Content


@dataclass(frozen=True, slots=True)
class CircleTurn:
    """One transaction about a circle. Whatever it decides is committed with it, or nothing of it happened."""

    work: CircleWork
    circle: Circle
    content: Content
    now: datetime
    """UTC."""
    occurrence: Occurrence | None = None
    """The time that has come, and the circle's day it belongs to; None while a post is composed."""

    @property
    def today(self) -> date:
        """The circle's calendar day."""
        return self.occurrence.day if self.occurrence else self.day_of(self.now)

    def day_of(self, at: datetime) -> date:
        """The circle's calendar day at an instant."""
        return at.astimezone(held(self.circle.settings.zone)).date()

    async def want(self, kind: str, about: str = "") -> None:
        """Let a post stand in each of the circle's channels, and be composed anew where it stands."""
        await self.work.circles.want(self.circle.id, kind, about)


CircleHandler = Callable[[CircleTurn], Awaitable[None]]
"""Does what is due: wants posts, tells members. It runs once for each occurrence, or not at all."""
Composer = Callable[[CircleTurn, Post], Awaitable[Message | None]]
"""What a post shows now; None leaves what stands there, or leaves it unposted."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """A kind of post that goes to some people together and to no channel of the circle."""

    to: Callable[[CircleTurn, Post], Awaitable[Channel | None]]
    """Whom, found when it is first said, so that no post keeps accounts; None for nobody any more."""
    refused: Callable[[CircleTurn, Post], Awaitable[None]]
    """What is done where the platform does not bring them together."""
