"""Milestones, interview formats, readiness and the order of companies."""

from __future__ import annotations

import math
import re
from dataclasses import fields
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pace.model import Break, Calendar, Interview
from bot.plan import carry
from bot.plan.interviews import KINDS, focus, format_areas, interview_pull, nearest, to_calendar
from bot.plan.milestones import phase_milestones, week_milestones
from bot.plan.model import Booked, Company, Milestone
from bot.plan.phases import phase_spans
from bot.plan.readiness import GATES, company_order, estimates, rated_skill, readiness, ready_for
from bot.profile.model import Profile
from bot.profile.tracks import AREAS, TRACKS, Track

TODAY = date(2026, 6, 1)
BACKEND = TRACKS["staff_backend"]
UNKIND = re.compile(
    r"\b(lost|broke|behind|disappoint\w*|don't give up|last chance|everyone else|only you|must|should)\b",
    re.I,
)


def texts(weeks: int, track: Track = BACKEND) -> dict[int, list[str]]:
    return {n: [m.text for m in items] for n, items in week_milestones(track, phase_spans(weeks)).items()}


def test_four_weeks_are_the_four_week_plan() -> None:
    assert texts(4) == {
        1: [
            "Your resume is in order.",
            "Your portfolio is in order.",
            "45 to 60 minutes a day of structures and patterns.",
        ],
        2: ["Timed coding three to four times.", "One small system design a day, on a fixed template."],
        3: [
            "A coding mock.",
            "A behavioral mock.",
            "A 90-second story: a bug you tracked down.",
            "A 90-second story: a performance win.",
            "A 90-second story: a cross-team effort.",
        ],
        4: [
            "Company targeting: the keywords of the job description, each with an example of yours.",
            "A review of the company's domain.",
            "A five-minute demo of your work.",
        ],
    }


def test_other_roles_practise_their_own_formats() -> None:
    found = texts(4, TRACKS["pm"])
    assert found[2] == [
        "Timed practice in product sense three to four times.",
        "One small exercise a day in product metrics, on a fixed template.",
    ]
    assert found[3][0] == "A mock in product sense."
    assert "SQL" in texts(4, TRACKS["data_scientist"])[2][1]
    assert not any("coding" in t for items in found.values() for t in items)


@pytest.mark.parametrize("track", TRACKS.values(), ids=lambda t: t.id)
@pytest.mark.parametrize("weeks", (4, 5, 9, 12, 26))
def test_every_milestone_comes_once_inside_its_phase(track: Track, weeks: int) -> None:
    spans = phase_spans(weeks)
    placed = week_milestones(track, spans)
    by_phase = phase_milestones(track)
    listed = [m for n in sorted(placed) for m in placed[n]]
    assert listed == [m for span in spans for m in by_phase[span.phase]]
    assert len({m.id for m in listed}) == len(listed) == 13
    assert all(a in AREAS for m in listed for a in m.areas)
    for span in spans:
        own = {m.id for n in range(span.first_week, span.first_week + span.weeks) for m in placed.get(n, ())}
        assert own == {m.id for m in by_phase[span.phase]}
        assert placed[span.first_week + span.weeks - 1], "a phase ends with something done"


def test_ids_are_the_same_for_every_role() -> None:
    ids = {tuple(m.id for items in phase_milestones(t).values() for m in items) for t in TRACKS.values()}
    assert len(ids) == 1


def test_long_plans_space_milestones_out() -> None:
    assert sorted(texts(26)) == [3, 6, 9, 14, 18, 20, 21, 23, 24, 25, 26]


def test_kinds_are_the_agreed_ones() -> None:
    offered = "recruiter screen coding design behavioral case product sql takehome onsite final"
    assert list(KINDS) == offered.split()
    assert {k.id for k in KINDS.values() if k.pace_kind == "onsite"} == {"onsite", "final"}
    assert all(id_ == kind.id for id_, kind in KINDS.items())


@pytest.mark.parametrize("track", TRACKS.values(), ids=lambda t: t.id)
@pytest.mark.parametrize("kind", KINDS)
def test_every_format_tests_something_for_every_role(kind: str, track: Track) -> None:
    areas = KINDS[kind].areas(track)
    assert areas
    assert len(set(areas)) == len(areas)
    assert set(areas) <= set(AREAS)
    ranks = [track.weights.get(a, 0) for a in areas]
    assert ranks == sorted(ranks, reverse=True)


def test_an_onsite_tests_the_whole_role_and_a_design_interview_its_design() -> None:
    assert set(KINDS["onsite"].areas(BACKEND)) == set(BACKEND.weights)
    assert KINDS["design"].areas(BACKEND) == ("system_design",)
    assert KINDS["coding"].areas(TRACKS["data_scientist"]) == ("python_data",)
    assert KINDS["sql"].areas(BACKEND) == ("sql",), "an area the role does not weigh is still prepared"


def test_the_nearest_interview_is_the_next_one_from_today_on() -> None:
    gone = Booked("0", "A", "coding", TODAY - timedelta(days=1))
    evening = Booked("1", "B", "design", TODAY, time(18))
    morning = Booked("2", "C", "sql", TODAY, time(9))
    unknown = Booked("3", "D", "case", TODAY)
    assert nearest([gone, unknown, evening, morning], TODAY) == morning
    assert nearest([gone], TODAY) is None
    assert nearest([gone, unknown, evening], TODAY) == evening


def test_the_last_seven_days_belong_to_an_interview() -> None:
    booked = [Booked("1", "A", "coding", TODAY)]
    found = [focus(booked, TODAY - timedelta(days=n)) is not None for n in (8, 7, 1, 0, -1)]
    assert found == [False, True, True, True, False]


def test_formats_ahead_are_listed_soonest_first() -> None:
    booked = [
        Booked("1", "A", "design", TODAY + timedelta(days=5)),
        Booked("2", "A", "behavioral", TODAY + timedelta(days=2)),
        Booked("3", "A", "sql", TODAY + timedelta(days=20)),
    ]
    assert format_areas(booked, BACKEND, TODAY) == ("behavioral", "communication", "system_design")
    assert format_areas([], BACKEND, TODAY) == ()


def test_interviews_pull_their_areas_and_fade_with_distance() -> None:
    near = Booked("1", "A", "coding", TODAY + timedelta(days=7))
    far = Booked("2", "A", "coding", TODAY + timedelta(days=30))
    past = Booked("3", "A", "coding", TODAY - timedelta(days=1))
    assert interview_pull("coding", [far, near, past], TODAY, track=BACKEND) == pytest.approx(math.exp(-1))
    assert interview_pull("behavioral", [near], TODAY, track=BACKEND) == 0
    assert interview_pull("coding", [past], TODAY, track=BACKEND) == 0
    assert interview_pull("coding", [Booked("4", "A", "coding", TODAY)], TODAY, track=BACKEND) == 1


def test_pacing_sees_screens_and_onsites() -> None:
    booked = [
        Booked("1", "A", "final", TODAY),
        Booked("2", "B", "recruiter", TODAY),
        Booked("3", "C", "sql", TODAY),
    ]
    rest = Break(TODAY, TODAY)
    assert to_calendar(booked, [rest]) == Calendar(
        (Interview(TODAY, "onsite"), Interview(TODAY, "screen")), (rest,)
    )


def test_readiness_is_the_weighted_mean() -> None:
    assert readiness(BACKEND, dict.fromkeys(BACKEND.weights, 0.8)) == pytest.approx(0.8)
    assert readiness(BACKEND, {}) == 0.5
    skills = {"system_design": 1.0, "coding": 0.0, "behavioral": 0.0, "cs_depth": 0.0, "communication": 0.0}
    assert readiness(BACKEND, skills) == pytest.approx(0.35)


def test_self_ratings_become_cautious_guesses() -> None:
    assert rated_skill(3) == 0.5
    assert rated_skill(5) == pytest.approx(1 / (1 + math.exp(-1)))
    profile = Profile("staff_backend", TODAY, TODAY, 300, 60, "UTC", ratings={"coding": 5, "cs_depth": 1})
    found = estimates(profile, {"cs_depth": 0.9, "sql": 0.2})
    assert found["coding"] == rated_skill(5)
    assert found["cs_depth"] == 0.9
    assert found["behavioral"] == 0.5
    assert found["sql"] == 0.2


@pytest.mark.parametrize("stakes,threshold", [(1, 0.45), (2, 0.60), (3, 0.70)])
def test_gates(stakes: int, threshold: float) -> None:
    assert ready_for(stakes, threshold)
    assert not ready_for(stakes, threshold - 0.001)


@given(
    st.lists(st.builds(Company, st.text(min_size=1, max_size=8), st.integers(1, 3)), max_size=8),
    st.floats(0, 1),
)
def test_companies_come_weakest_first_and_waits_follow_goes(companies: list[Company], ready: float) -> None:
    found = company_order(companies, ready)
    assert [a.company.stakes for a in found] == sorted(c.stakes for c in companies)
    assert sorted(a.company.name for a in found) == sorted(c.name for c in companies)
    goes = [a.go for a in found]
    assert goes == sorted(goes, reverse=True)
    for advice in found:
        assert advice.go == (ready >= GATES[advice.company.stakes] - 1e-9)
        assert advice.why.startswith("Go") == advice.go
        assert not UNKIND.search(advice.why)


def test_a_percent_just_under_the_gate_is_not_shown_as_reached() -> None:
    (advice,) = company_order([Company("Dream", 3)], 0.699)
    assert not advice.go
    assert "69 percent" in advice.why
    assert "70" in advice.why


def test_plan_words_are_kind() -> None:
    said = [m.text for t in TRACKS.values() for items in phase_milestones(t).values() for m in items]
    said += [getattr(carry, n) for n in ("PASSED", "FULL_WEEK", "GAVE_WAY", "NO_ROOM", "OVER")]
    assert len(said) > 100
    assert not [s for s in said if UNKIND.search(s)]
    assert [f.name for f in fields(Milestone)] == ["id", "text", "areas"]
