"""Replay a recorded history: what would Pacer have said on each day?

The record is one JSON object with `profile`, `interviews` and `days`; see docs/pacing.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.pace.model import Calendar, Checkin, Decision, Event, Interview, Level, Morning, PaceProfile
from bot.pace.policy import begin_day, decide, end_day, first_day


class BadHistory(ValueError):
    """The record cannot be read; the message says where and why."""


@dataclass(frozen=True, slots=True)
class ReplayedDay:
    """One day of the past and what was decided for it."""

    day: date
    decision: Decision

    def as_json(self) -> dict[str, Any]:
        """The day as the replay command prints it."""
        return {
            "date": self.day.isoformat(),
            "level": self.decision.level.word,
            "minutes": self.decision.minutes,
            "kinds": sorted(k.value for k in self.decision.kinds),
            "reasons": [r.id for r in self.decision.reasons],
        }


def replay(history: Mapping[str, Any]) -> Iterator[ReplayedDay]:
    """Every day of the history, in order. Raises BadHistory with the place of the first fault."""
    if not isinstance(history, Mapping):
        raise BadHistory("the file holds one JSON object with profile, interviews and days")
    profile = _read("profile", lambda: _profile(history["profile"]))
    booked = _read("interviews", lambda: tuple(_interview(i) for i in history.get("interviews") or ()))
    calendar = Calendar(interviews=booked)
    days = _read("days", lambda: list(history["days"]))
    state = None
    for number, record in enumerate(days):
        place = f"days[{number}]"
        today = _read(place, lambda r=record: date.fromisoformat(r["date"]))
        state = state or first_day(today)
        if today != state.today:
            raise BadHistory(f"{place}: {today} should be {state.today}; days follow one another")
        morning = _read(place, lambda r=record: _morning(r))
        sessions = _read(place, lambda r=record: _sessions(r.get("sessions")))
        state, decision = decide(begin_day(state, morning), profile, calendar)
        yield ReplayedDay(today, decision)
        state = end_day(state, calendar, planned=decision.minutes, sessions=sessions)
        assert state.today == today + timedelta(days=1)


def _read(place: str, parse: Any) -> Any:
    try:
        return parse()
    except BadHistory:
        raise
    except KeyError as gap:
        raise BadHistory(f"{place}: {gap} is missing or not a known word") from gap
    except (TypeError, ValueError, AttributeError) as fault:
        raise BadHistory(f"{place}: {fault}") from fault


def _profile(record: Mapping[str, Any]) -> PaceProfile:
    return PaceProfile(
        weekly_minutes=int(record["weekly_minutes"]),
        day_cap=int(record["day_cap"]),
        paid_work_hours=float(record.get("paid_work_hours") or 0),
        rest_weekdays=frozenset(int(d) for d in record.get("rest_weekdays") or ()),
        horizon_days=int(record["horizon_days"]),
        ceiling=Level.named(record.get("ceiling") or "full"),
        checkins=bool(record.get("checkins", True)),
        manual_level=Level.named(record.get("manual_level") or "full"),
    )


def _interview(record: Mapping[str, Any]) -> Interview:
    kind = record["kind"]
    if kind not in ("onsite", "screen"):
        raise BadHistory(f"interviews: kind is onsite or screen, not {kind!r}")
    return Interview(date.fromisoformat(record["date"]), kind)


def _morning(record: Mapping[str, Any]) -> Morning:
    checkin = record.get("checkin")
    return Morning(
        checkin=_checkin(checkin) if checkin else None,
        events=tuple(Event(e) for e in record.get("events") or ()),
        inventory=record.get("inventory"),
        crisis=bool(record.get("crisis")),
        resume=bool(record.get("resume")),
    )


def _checkin(record: Mapping[str, Any]) -> Checkin:
    return Checkin(**{k: record.get(k) for k in ("battery", "mood", "stress", "sleep_hours")})


def _sessions(record: Any) -> tuple[tuple[float, float], ...] | None:
    return None if record is None else tuple((float(m), float(rpe)) for m, rpe in record)
