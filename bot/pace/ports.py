"""What the pacing room needs from storage: a diary of days and one remembered state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from bot.pace.model import Checkin, Event, Morning, PaceState


class Switch(StrEnum):
    """The last word of a day on whether Pacer is quiet."""

    NONE = ""
    PAUSED = "paused"
    CRISIS = "crisis"
    RESUMED = "resumed"


@dataclass(frozen=True, slots=True)
class DayEntry:
    """What is known of one local day. Everything in it is private and stored encrypted."""

    day: date
    contact: bool = False
    """Whether she said anything at all."""
    checkin: Checkin | None = None
    events: tuple[Event, ...] = ()
    event_loads: tuple[float, ...] = ()
    inventory: float | None = None
    switch: Switch = Switch.NONE
    rested: bool = False
    """She chose to rest although the day asked for something."""
    override: bool = False
    """She practised although the day asked for less."""
    distress: bool = False
    """She sounded distressed: nothing above ease today."""
    swapped: tuple[str, ...] = ()
    """Drills she put aside today."""
    said: tuple[str, ...] = ()
    """Kinds of messages that Pacer sent by itself."""
    company: bool = False
    """She was with people: she told so, met for a mock, or took part in her circle."""

    def morning(self) -> Morning:
        """The day as the policy takes it in."""
        return Morning(
            checkin=self.checkin,
            events=self.events,
            event_loads=self.event_loads,
            inventory=self.inventory,
            crisis=self.switch in (Switch.PAUSED, Switch.CRISIS),
            resume=self.switch is Switch.RESUMED,
        )


class Diary(Protocol):
    """Days of one person, by local date."""

    async def day(self, day: date) -> DayEntry:
        """The entry of a day; an empty one if nothing is known."""

    async def days(self, first: date, last: date) -> Mapping[date, DayEntry]:
        """The entries between two days, both included; days of which nothing is known are missing."""

    async def save_day(self, entry: DayEntry) -> None:
        """Keep a day's entry, replacing an earlier one."""

    async def state(self) -> PaceState | None:
        """The newest remembered state, at the dawn of its `today`; None if there is none."""

    async def save_state(self, state: PaceState) -> None:
        """Remember a state, replacing an earlier one."""

    async def forget_state(self) -> None:
        """Forget the state, because a day before it has changed; it is built anew from the entries."""
