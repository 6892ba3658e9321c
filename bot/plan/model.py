"""Values of the planning room: what is booked, what is aimed at, and the plan that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from bot.pace.model import InterviewKind as PaceKind
from bot.profile.tracks import Track


@dataclass(frozen=True, slots=True)
class Booked:
    """An interview in the calendar, in the person's own days."""

    id: str
    company: str
    kind: str
    """Id of an interview kind, see `interviews`."""
    day: date
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """A company she means to talk to; stakes 1 practice, 2 good, 3 dream."""

    name: str
    stakes: int


@dataclass(frozen=True, slots=True)
class CompanyAdvice:
    """Whether to talk to a company now, and why, in one sentence."""

    company: Company
    go: bool
    why: str


@dataclass(frozen=True, slots=True)
class InterviewKind:
    """A format of interview and the areas it tests."""

    id: str
    name: str
    pace_kind: PaceKind
    """How the load model sees it."""
    always: tuple[str, ...] = ()
    """Area ids it tests for every role."""
    pool: tuple[str, ...] = ()
    """Area ids it tests where the role weighs them; for other roles the first of them."""
    heaviest: int = 0
    """That many of the role's heaviest areas are tested as well."""

    def areas(self, track: Track) -> tuple[str, ...]:
        """Area ids that it tests in this role, the role's heaviest first; never empty."""
        in_role = tuple(a for a in self.pool if a in track.weights)
        ranked = sorted(track.weights, key=lambda a: -track.weights[a])[: self.heaviest]
        tested = {*self.always, *(in_role or self.pool[:1]), *ranked}
        return tuple(sorted(tested, key=lambda a: (-track.weights.get(a, 0), a)))


class Phase(StrEnum):
    """The stretches of a plan, in order."""

    FOUNDATION = "foundation"
    BUILD = "build"
    MOCK = "mock"
    TAPER = "taper"


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """A phase and its weeks; the first week of a plan is 1."""

    phase: Phase
    first_week: int
    weeks: int


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares of new, review and mock work: percent, or minutes, as the place says."""

    new: int
    review: int
    mock: int


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something concrete to have done by the end of a week."""

    id: str
    text: str
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """Minutes that found no place, and why, in plain words."""

    area: str
    minutes: int
    why: str


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """One week: its minutes, what they are for, and what to have done by its end."""

    number: int
    starts: date
    phase: Phase
    minutes: int
    mix: Mix
    """Minutes."""
    topics: Mapping[str, int]
    """Minutes by area id; they sum to `minutes`."""
    milestones: tuple[Milestone, ...] = ()
    notes: tuple[str, ...] = ()
    """Sentences about interviews and breaks that shape the week."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole preparation."""

    weeks: tuple[WeekPlan, ...]
    phases: tuple[PhaseSpan, ...]
    dropped: tuple[Dropped, ...] = field(default=())


class DayLabel(StrEnum):
    """What sort of day it is in the week at hand."""

    STUDY = "study"
    PAST = "past"
    REST_DAY = "rest_day"
    """A weekday she keeps free."""
    REST = "rest"
    """The level asks for rest."""
    SIX_IN_A_ROW = "six_in_a_row"
    INTERVIEW = "interview"
    TAPER = "taper"
    AFTER_INTERVIEW = "after_interview"
    BEFORE_BREAK = "before_break"
    BREAK = "break"
    AFTER_BREAK = "after_break"
    DELOAD = "deload"
    FULL_WEEK = "full_week"
    """Nothing more fits into the week."""
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A day of the week at hand."""

    day: date
    minutes: int
    """What the day asks in all, `moved` included; for past days what it asked."""
    label: DayLabel
    done: int = 0
    moved: int = 0
    """Minutes that came from earlier days of the week."""
