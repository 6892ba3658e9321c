"""Where an answer belongs."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.slack.inbound import Back
from bot.chat.inbound import Inbound, Place, Sender


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one answer is to appear: whom it is for, the event that asked, and what is open to it."""

    sender: Sender
    place: Place
    event_id: str
    back: Back

    @property
    def channel(self) -> str:
        """The channel without its thread."""
        return self.place.channel.partition(":")[0]

    @property
    def thread(self) -> str | None:
        """The thread, if it was asked in one."""
        return self.place.channel.partition(":")[2] or None

    @property
    def shared(self) -> bool:
        """Whether others are there."""
        return self.channel[:1] in ("C", "G")


def spot(inbound: Inbound, back: Back) -> Spot:
    """Where an event's answer belongs."""
    return Spot(inbound.sender, inbound.place, inbound.event_id, back)
