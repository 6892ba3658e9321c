"""Formats of interviews, what each tests, and what a booked one asks of the days before it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, time

from bot.pace.model import Break, Calendar, Interview
from bot.plan.model import Booked, InterviewKind
from bot.profile.tracks import Track

FOCUS_DAYS = 7
"""Days before an interview that belong to its areas."""

_SAID = ("behavioral", "communication")

KINDS: Mapping[str, InterviewKind] = {
    kind.id: kind
    for kind in (
        InterviewKind("recruiter", "recruiter call", "screen", always=_SAID),
        InterviewKind("screen", "screen", "screen", always=("communication",), heaviest=2),
        InterviewKind(
            "coding", "coding interview", "screen", pool=("coding", "python_data", "cs_depth", "low_level")
        ),
        InterviewKind(
            "design",
            "design interview",
            "screen",
            pool=(
                "system_design",
                "ml_system_design",
                "distributed_systems",
                "data_engineering",
                "llm_inference",
                "agents",
                "low_level",
                "technical_fluency",
                "process_design",
            ),
        ),
        InterviewKind("behavioral", "behavioral interview", "screen", always=_SAID),
        InterviewKind(
            "case",
            "case interview",
            "screen",
            pool=(
                "case_analysis",
                "customer_scenario",
                "industry_knowledge",
                "process_design",
                "spreadsheet",
            ),
        ),
        InterviewKind(
            "product",
            "product interview",
            "screen",
            pool=("product_sense", "product_metrics", "technical_fluency", "statistics"),
        ),
        InterviewKind("sql", "SQL interview", "screen", always=("sql",), pool=("sql", "python_data")),
        InterviewKind(
            "takehome",
            "take-home",
            "screen",
            pool=(
                "coding",
                "python_data",
                "sql",
                "data_engineering",
                "agents",
                "case_analysis",
                "spreadsheet",
            ),
        ),
        InterviewKind("onsite", "onsite", "onsite", always=_SAID, heaviest=99),
        InterviewKind("final", "final round", "onsite", always=_SAID, heaviest=2),
    )
}
"""By id, in the order a person is offered them."""


def to_calendar(booked: Iterable[Booked], breaks: Iterable[Break]) -> Calendar:
    """What pacing needs to know of interviews and breaks."""
    interviews = sorted({Interview(b.day, KINDS[b.kind].pace_kind) for b in booked})
    return Calendar(tuple(interviews), tuple(sorted(breaks)))


def coming(booked: Iterable[Booked], today: date) -> list[Booked]:
    """Interviews from today on, nearest first; on one day those without a time come last."""
    return sorted((b for b in booked if b.day >= today), key=lambda b: (b.day, b.at or time.max, b.id))


def nearest(booked: Iterable[Booked], today: date) -> Booked | None:
    """The next interview from today on; None if nothing is booked."""
    return next(iter(coming(booked, today)), None)


def focus(booked: Iterable[Booked], day: date) -> Booked | None:
    """The interview whose last seven days this day is in, its own day included."""
    found = nearest(booked, day)
    return found if found and (found.day - day).days <= FOCUS_DAYS else None


def format_areas(booked: Iterable[Booked], track: Track, today: date) -> tuple[str, ...]:
    """Area ids tested by the interviews of today and the next seven days, soonest interview first."""
    found: dict[str, None] = {}
    for interview in coming(booked, today):
        if (interview.day - today).days <= FOCUS_DAYS:
            found.update(dict.fromkeys(KINDS[interview.kind].areas(track)))
    return tuple(found)


def interview_pull(area: str, booked: Iterable[Booked], today: date, *, track: Track) -> float:
    """How strongly interviews ahead ask for an area: e^(-days/7) for the soonest that tests it, else 0."""
    return max(
        (
            math.exp(-(b.day - today).days / FOCUS_DAYS)
            for b in coming(booked, today)
            if area in KINDS[b.kind].areas(track)
        ),
        default=0.0,
    )
