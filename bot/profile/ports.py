"""What the profile room needs from storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.chat.inbound import Sender
from bot.profile.model import Profile


class People(Protocol):
    """The one person a turn is about."""

    async def profile(self) -> Profile | None:
        """Her profile; None before set-up is finished."""

    @property
    def unreachable(self) -> bool:
        """Whether delivery gave her up, because the platform took nothing for her any more."""

    async def save_profile(self, profile: Profile) -> None:
        """Keep the profile, replacing an earlier one."""


@dataclass(frozen=True, slots=True)
class Linked:
    """One of a person's accounts; at most one on each platform."""

    sender: Sender
    first: bool
    """Whether it is the one that the others were joined to."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A code that is still good."""

    reference: str
    """The code's digest."""
    mine: bool
    """Whether the person who made it is the one whom the turn is about."""
    platforms: frozenset[str]
    """Where its maker has an account already."""


class Accounts(Protocol):
    """The accounts of the one person a turn is about, and the codes that join another one. `now` is UTC."""

    async def linked(self) -> Sequence[Linked]:
        """All her accounts, the one that letters go to before the others."""

    async def offer(self, *, now: datetime) -> str:
        """Make a code, good for ten minutes and once; the one made before is good no more."""

    async def offered(self, reference: str, *, now: datetime) -> Offer | None:
        """The offer behind a code's digest; None if there never was one, or it is used or over."""

    async def wrong_tries(self, *, now: datetime) -> int:
        """How many wrong codes she said within the last hour."""

    async def note_wrong(self, *, now: datetime) -> None:
        """She said a wrong code."""

    async def join(self, offer: Offer, *, now: datetime) -> bool:
        """Let the account that speaks belong to the person who made the offer.

        Its memberships of circles, and what it shared in them, become that person's. What else was kept
        for this account is forgotten, and the turn's work goes on as that person's. False, and nothing is changed, if the offer is over or her platforms changed.
        """

    async def prefer(self, platform: str) -> None:
        """Let letters go to her account there: what is due and what waits moves with the same commit."""

    async def leave(self, platform: str, *, then: str, now: datetime) -> None:
        """Take her account on a platform off; letters that went there go to the one on `then`."""
