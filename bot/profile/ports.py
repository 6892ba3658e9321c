"""What the profile room needs from storage."""

from __future__ import annotations

from typing import Protocol

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
