"""Every day of the recorded reference lives is decided as it was recorded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from unit.pace.histories import MONDAY

from bot.pace.replay import BadHistory, replay

VECTORS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))


@pytest.mark.parametrize("number", range(len(VECTORS)))
def test_every_day_of_a_recorded_life_is_decided_as_recorded(number: int) -> None:
    history = VECTORS[number]
    decided = [day.as_json() for day in replay(history)]
    recorded = [{**day, "kinds": sorted(day["kinds"])} for day in history["expected"]]
    assert len(decided) == len(history["days"]) == 84
    for today, expected in zip(decided, recorded, strict=True):
        assert today == expected


def test_the_recorded_lives_are_all_there_and_meet_every_rule() -> None:
    """A truncated file would make the test above pass on less than it says."""
    assert len(VECTORS) == 14
    seen = {reason for history in VECTORS for day in history["expected"] for reason in day["reasons"]}
    assert seen == {
        "ok", "manual", "energy", "readiness", "sleep", "sleep_run", "trend", "below_usual", "shift", "stale",
        "burnout", "ramp", "rejections", "rejection", "rejection_s", "hold", "deload", "deload_skip", "taper",
        "post_interview", "monotony", "growth", "interview_day", "rest_day", "six_in_a_row", "paused",
    }  # fmt: skip


def test_a_replay_may_be_stopped_after_any_day() -> None:
    """What is decided for a day never depends on the days after it."""
    whole = [day.decision for day in replay(VECTORS[0])]
    for length in (0, 1, 20, 50):
        part = {**VECTORS[0], "days": VECTORS[0]["days"][:length]}
        assert [day.decision for day in replay(part)] == whole[:length]


def _record(**changes: Any) -> dict[str, Any]:
    day = {"date": MONDAY.isoformat(), "sessions": []}
    profile = {"weekly_minutes": 600, "day_cap": 90, "horizon_days": 84}
    return {"profile": profile, "days": [day], **changes}


def test_left_out_fields_mean_nothing_special() -> None:
    (day,) = replay(_record())
    assert day.as_json()["level"] == "steady"


@pytest.mark.parametrize(
    ("record", "place"),
    [
        ([], "one JSON object"),
        ({}, "profile"),
        (_record(days=None), "days"),
        (_record(profile={"weekly_minutes": 600, "day_cap": 90}), "horizon_days"),
        (_record(profile={"weekly_minutes": 1, "day_cap": 1, "horizon_days": 1, "ceiling": "most"}), "MOST"),
        (_record(interviews=[{"date": "2026-01-09", "kind": "lunch"}]), "lunch"),
        (_record(days=[{"date": "someday"}]), "days[0]"),
        (_record(days=[{"date": "2026-01-05", "events": ["promotion"]}]), "promotion"),
        (_record(days=[{"date": "2026-01-05", "sessions": [[30]]}]), "days[0]"),
        (_record(days=[{"date": "2026-01-05"}, {"date": "2026-01-07"}]), "days[1]"),
    ],
)
def test_an_unreadable_record_says_where(record: Any, place: str) -> None:
    with pytest.raises(BadHistory) as fault:
        list(replay(record))
    assert place in str(fault.value)
