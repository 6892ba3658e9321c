"""The seven days a weekly review looks back on: what each asked, what was done, what sort of day it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.drills.model import Sitting, Stage
from bot.pace.load import session_load, strain
from bot.pace.policy import BUSY_MINUTES
from bot.pace.ports import DayEntry, Switch
from bot.profile.model import Profile
from bot.today.look import INTERVIEW_SESSION, Today, efforts

DAYS = 7
NOON = 12
"""Local hour from which a review counts today in."""
HEAVIER = 1.5
"""Strain over that of the week before from which a week is called heavier; a prior."""


class Sort(StrEnum):
    """What sort of day it was."""

    STUDY = "study"
    REST = "rest"
    """It asked for nothing, whatever the reason."""
    BREAK = "break"
    INTERVIEW = "interview"
    PAUSED = "paused"
    BEFORE = "before"
    """Before pacing knew her."""


@dataclass(frozen=True, slots=True)
class Lived:
    """One day as it went."""

    day: date
    sort: Sort
    done: int
    """Minutes."""
    asked: int | None
    """Minutes; None where it is not remembered any more."""
    battery: float | None = None
    """0-100"""
    spoke: bool = True
    under_way: bool = False
    """It is today."""

    @property
    def in_rhythm(self) -> bool | None:
        """Practice where the day asked for it, rest where it did not; None if the day does not count.

        A day that is not over yet counts only once it is in rhythm.
        """
        if self.sort in (Sort.BEFORE, Sort.PAUSED):
            return None
        if self.sort is Sort.INTERVIEW:
            return True
        busy = self.done >= BUSY_MINUTES
        if self.asked == 0:
            return not busy
        return None if self.under_way and not busy else busy


def span(local: datetime) -> tuple[date, date]:
    """First and last of the seven days: up to today in the afternoon and evening, up to yesterday before."""
    last = local.date() - timedelta(days=0 if local.hour >= NOON else 1)
    return last - timedelta(days=DAYS - 1), last


def lived(
    profile: Profile,
    today: Today,
    entries: Mapping[date, DayEntry],
    sittings: Sequence[Sitting],
    first: date,
    last: date,
) -> tuple[Lived, ...]:
    """The days from the first to the last, both included."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    paused = _paused(entries, days)
    found = []
    for day in days:
        entry = entries.get(day, DayEntry(day))
        asked = _asked(profile, today, entry)
        found.append(
            Lived(
                day,
                _sort(today, day, asked, paused=day in paused),
                minutes_done(sittings, day),
                asked,
                entry.checkin.battery if entry.checkin else None,
                entry.contact,
                day == today.entry.day,
            )
        )
    return tuple(found)


def minutes_done(sittings: Sequence[Sitting], day: date) -> int:
    """Whole minutes of practice on a day; what was put aside does not count."""
    return round(sum(s.minutes or 0 for s in sittings if s.day == day and s.stage is not Stage.SKIPPED))


def _asked(profile: Profile, today: Today, entry: DayEntry) -> int | None:
    """Minutes that a day asked by itself, without those moved there from days that count already."""
    day, state = entry.day, today.state
    if day == today.entry.day:
        return 0 if today.entry.rested else today.plan.minutes - today.plan.moved
    if day < state.first or entry.rested:
        return 0
    age = (state.today - day).days
    if age <= len(state.planned):
        return state.planned[-age]
    kept_free = day.weekday() in profile.rest_weekdays and not _is_booked(today, day)
    return 0 if kept_free or _on_break(today, day) else None


def _is_booked(today: Today, day: date) -> bool:
    return any(b.day == day for b in today.booked)


def _on_break(today: Today, day: date) -> bool:
    return any(b.first <= day <= b.last for b in today.calendar.breaks)


def _sort(today: Today, day: date, asked: int | None, *, paused: bool) -> Sort:
    if day < today.state.first:
        return Sort.BEFORE
    if _is_booked(today, day):
        return Sort.INTERVIEW
    if _on_break(today, day):
        return Sort.BREAK
    if paused and not asked:
        return Sort.PAUSED
    return Sort.REST if asked == 0 else Sort.STUDY


def _paused(entries: Mapping[date, DayEntry], days: Sequence[date]) -> frozenset[date]:
    """Days that ended in a pause; one that began earlier shows in the day she came back."""
    switches = {d: entries[d].switch for d in days if d in entries and entries[d].switch is not Switch.NONE}
    quiet = next(iter(switches.values()), Switch.NONE) is Switch.RESUMED
    found = set[date]()
    for day in days:
        if day in switches:
            quiet = switches[day] is not Switch.RESUMED
        if quiet:
            found.add(day)
    return frozenset(found)


def heavier(today: Today, sittings: Sequence[Sitting], first: date) -> bool:
    """Whether the seven days from `first` on put clearly more strain on her than the seven before."""
    before = _strain(today, sittings, first - timedelta(days=DAYS))
    return 0 < HEAVIER * before <= _strain(today, sittings, first)


def _strain(today: Today, sittings: Sequence[Sitting], first: date) -> float:
    assumed = efforts(sittings)
    loads = []
    for day in (first + timedelta(days=n) for n in range(DAYS)):
        own = [s for s in sittings if s.day == day and s.stage is not Stage.SKIPPED]
        sessions = [(s.minutes or 0.0, assumed[s.kind] if s.effort is None else s.effort) for s in own]
        sessions += [INTERVIEW_SESSION[i.kind] for i in today.calendar.interviews if i.day == day]
        loads.append(session_load(sessions))
    return strain(loads)
