"""The whole plan: sums, breaks, interviews, and what becomes of missed time."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pace.minutes import week_cap
from bot.pace.model import Break
from bot.plan.capacity import study_week
from bot.plan.carry import NO_ROOM, OVER, Draft, keep_heavy
from bot.plan.generate import generate, week_number
from bot.plan.interviews import KINDS, to_calendar
from bot.plan.model import Booked, Phase, Plan
from bot.profile.model import Profile
from bot.profile.tracks import TRACKS

START = date(2026, 6, 1)


def person(
    track: str = "staff_backend", weeks: int = 12, weekly: int = 600, longest: int = 120, **more: object
) -> Profile:
    return Profile(track, START, START + timedelta(weeks=weeks), weekly, longest, "UTC", **more)  # type: ignore[arg-type]


def plan(
    profile: Profile,
    today: date = START,
    done: dict[int, dict[str, int]] | None = None,
    booked: list[Booked] | None = None,
    breaks: list[Break] | None = None,
    skills: dict[str, float] | None = None,
) -> Plan:
    return generate(
        profile, skills=skills or {}, booked=booked or [], breaks=breaks or [], done=done or {}, today=today
    )


def per_area(found: Plan) -> dict[str, int]:
    total: dict[str, int] = {}
    for week in found.weeks:
        for area, minutes in week.topics.items():
            total[area] = total.get(area, 0) + minutes
    return total


people = st.builds(
    person,
    track=st.sampled_from(sorted(TRACKS)),
    weeks=st.integers(4, 26),
    weekly=st.integers(60, 1800),
    longest=st.integers(30, 300),
    rest_weekdays=st.sampled_from([frozenset(), frozenset({6}), frozenset({5, 6}), frozenset({0, 2, 4})]),
    work_hours=st.sampled_from([0, 20, 40]),
)
days = st.integers(-3, 190).map(lambda n: START + timedelta(days=n))
bookings = st.lists(
    st.builds(
        Booked, id=st.uuids().map(str), company=st.just("Acme"), kind=st.sampled_from(sorted(KINDS)), day=days
    ),
    max_size=4,
)
break_lists = st.lists(
    st.builds(lambda d, n: Break(d, d + timedelta(days=n)), days, st.integers(0, 9)), max_size=2
)


@st.composite
def histories(draw: st.DrawFn, profile: Profile, today: date) -> dict[int, dict[str, int]]:
    areas = st.sampled_from([*profile.track.weights, "papers"])
    weeks = range(1, max(1, week_number(profile, today)) + 1)
    week = st.dictionaries(areas, st.integers(0, 300), max_size=6)
    return {n: draw(week) for n in weeks if draw(st.booleans())}


@given(st.data(), people, days, bookings, break_lists)
@settings(max_examples=150, deadline=None)
def test_sums_are_exact_and_caps_hold_for_any_history(
    data: st.DataObject, profile: Profile, today: date, booked: list[Booked], breaks: list[Break]
) -> None:
    """Topics and mix sum to the week's minutes; a week ahead never exceeds what it would hold anyway."""
    done = data.draw(histories(profile, today))
    found = plan(profile, today, done, booked, breaks)
    fresh = plan(profile, START - timedelta(days=30), None, booked, breaks)
    current = week_number(profile, today)
    assert [w.number for w in found.weeks] == list(range(1, profile.weeks + 1))
    for week, ideal in zip(found.weeks, fresh.weeks, strict=True):
        assert week.starts == START + timedelta(weeks=week.number - 1)
        assert sum(week.topics.values()) == week.minutes
        assert week.mix.new + week.mix.review + week.mix.mock == week.minutes
        assert all(m > 0 for m in week.topics.values())
        did = {a: m for a, m in done.get(week.number, {}).items() if m > 0}
        if week.number < current:
            assert week.topics == did
        elif week.number == current:
            assert all(week.topics[a] >= m for a, m in did.items())
            assert (
                week.minutes
                <= max(ideal.minutes, sum(did.values()))
                <= max(week_cap(profile.pace()), sum(did.values()))
            )
        else:
            assert week.minutes == ideal.minutes <= week_cap(profile.pace())
            assert week.minutes % 5 == 0


@given(st.data(), people, days, bookings, break_lists)
@settings(max_examples=150, deadline=None)
def test_no_heavy_area_is_left_out_whatever_was_missed(
    data: st.DataObject, profile: Profile, today: date, booked: list[Booked], breaks: list[Break]
) -> None:
    """Every heavy area keeps minutes, as long as what is ahead can hold five for each."""
    found = plan(profile, today, data.draw(histories(profile, today)), booked, breaks)
    current = week_number(profile, today)
    ahead = sum(w.minutes for w in found.weeks if w.number > current)
    if ahead >= 5 * len(profile.track.weights) * 2:
        totals = per_area(found)
        assert all(totals.get(a, 0) > 0 for a in profile.track.heavy)


@given(people, st.integers(1, 25))
@settings(max_examples=150, deadline=None)
def test_missed_heavy_minutes_move_on_as_far_as_the_weeks_hold(profile: Profile, missed: int) -> None:
    """After weeks of nothing, light minutes ahead give way until the debt is paid or none are left."""
    missed = min(missed, profile.weeks - 1)
    fresh = plan(profile)
    late = plan(profile, START + timedelta(weeks=missed))
    heavy = set(profile.track.heavy)
    for area in heavy:
        owed = sum(w.topics.get(area, 0) for w in fresh.weeks[:missed])
        own = sum(w.topics.get(area, 0) for w in fresh.weeks[missed:])
        unplaced = sum(d.minutes for d in late.dropped if d.area == area)
        assert per_area(late).get(area, 0) == own + owed - unplaced
    if any(d.area in heavy for d in late.dropped):
        assert not any(a not in heavy for w in late.weeks for a in w.topics)
    assert [w.minutes for w in late.weeks[missed:]] == [w.minutes for w in fresh.weeks[missed:]]


def test_one_missed_week_is_shared_by_all_weeks_ahead() -> None:
    """Nothing is piled on the next week: each gives about the same, and light areas live on."""
    profile = person(weeks=12)
    fresh, late = plan(profile), plan(profile, START + timedelta(weeks=1))
    extra = [late.weeks[n].topics["coding"] - fresh.weeks[n].topics["coding"] for n in range(1, 11)]
    assert min(extra) > 0
    assert max(extra) - min(extra) <= 10
    assert all("communication" in w.topics for w in late.weeks[1:])
    assert not any(d.area in profile.track.heavy for d in late.dropped)
    assert {d.area for d in late.dropped} == {"cs_depth", "communication"}


def test_more_done_later_pays_for_less_done_earlier() -> None:
    profile = person(weeks=12)
    week = dict(plan(profile).weeks[0].topics)
    double = {a: 2 * m for a, m in week.items()}
    settled = plan(profile, START + timedelta(weeks=2), {2: double})
    assert settled.dropped == ()
    assert settled.weeks[2:] == plan(profile).weeks[2:]


def test_a_week_as_planned_changes_nothing() -> None:
    profile = person()
    fresh = plan(profile)
    done = {1: dict(fresh.weeks[0].topics)}
    assert plan(profile, START + timedelta(weeks=1), done) == fresh
    assert plan(profile, START - timedelta(days=10)) == fresh


def test_missed_days_drop_light_areas_of_the_week_first() -> None:
    """Nothing by Wednesday: the four days left grow by a quarter at most; heavy areas are served first."""
    profile = person()
    found = plan(profile, START + timedelta(days=2))
    week = found.weeks[0]
    assert week.minutes == 4 * 120, "the day cap of two hours holds"
    assert week.topics["coding"] >= 150
    assert week.topics["system_design"] >= 210
    assert {d.area for d in found.dropped} <= {"cs_depth", "communication"}
    roomy = plan(person(longest=240), START + timedelta(days=2)).weeks[0]
    assert roomy.minutes == 4 * 125


def test_done_minutes_count_against_the_week() -> None:
    found = plan(person(), START + timedelta(days=3), {1: {"coding": 150, "system_design": 150}})
    week = found.weeks[0]
    assert week.topics["coding"] == 150
    assert week.minutes == 600
    assert found.dropped == ()


def test_a_plan_that_is_over_says_so() -> None:
    found = plan(person(weeks=4), START + timedelta(weeks=5))
    assert all(w.minutes == 0 for w in found.weeks)
    assert {d.why for d in found.dropped if d.area == "coding"} == {OVER}


def test_full_weeks_ahead_say_so() -> None:
    found = plan(person(weeks=4), START + timedelta(weeks=3))
    assert NO_ROOM in {d.why for d in found.dropped if d.area == "coding"}
    assert found.weeks[3].topics["coding"] > 0


def test_the_taper_week_is_shorter_and_brings_nothing_new() -> None:
    found = plan(person(weeks=4))
    assert [w.minutes for w in found.weeks] == [600, 600, 600, 360]
    assert found.weeks[3].phase is Phase.TAPER
    assert found.weeks[3].mix.new == 0


def test_a_break_takes_its_days_and_lightens_those_around_it() -> None:
    """Wednesday and Thursday off: two of six days go, two before and two after are lighter."""
    off = Break(START + timedelta(days=9), START + timedelta(days=10))
    found = plan(person(), breaks=[off])
    assert found.weeks[0].minutes == 600
    assert found.weeks[1].minutes == 75 + 50 + 50 + 75
    assert found.weeks[1].notes == (
        "Break from Wednesday 10 June to Thursday 11 June; the days around it are lighter.",
    )
    away = plan(person(), breaks=[Break(START + timedelta(days=7), START + timedelta(days=13))])
    assert away.weeks[1].minutes == 0
    assert away.weeks[1].topics == {}


def test_a_booked_interview_takes_its_days_and_areas() -> None:
    """The week before an interview belongs to what it tests, and the days close to it are lighter."""
    interview = Booked("1", "Acme", "coding", START + timedelta(days=16))
    found = plan(person(), booked=[interview])
    assert set(found.weeks[0].topics) == set(TRACKS["staff_backend"].weights)
    assert found.weeks[1].topics["coding"] > 300
    assert found.weeks[2].minutes == 100 + 50 + 15 + 300
    assert "coding interview at Acme" in found.weeks[2].notes[0]
    assert found.weeks[2].topics["behavioral"] > 0, "after it the plan goes on"


def test_interview_preparation_does_not_give_way_to_missed_time() -> None:
    """A light area that an interview tests keeps its minutes although heavy ones were missed."""
    profile = person("ml_engineer", weeks=12)
    interview = Booked("1", "Acme", "behavioral", START + timedelta(days=18))
    late = plan(profile, START + timedelta(weeks=2), booked=[interview])
    fresh = plan(profile, booked=[interview])
    ordinary_light = 600 * 25 // 100
    assert late.weeks[2].topics["behavioral"] >= fresh.weeks[2].topics["behavioral"] - ordinary_light // 2
    assert late.weeks[2].topics["behavioral"] > 100


def test_self_ratings_stand_in_for_skills() -> None:
    weak = plan(person(ratings={"coding": 1}))
    strong = plan(person(ratings={"coding": 5}))
    assert weak.weeks[0].topics["coding"] > strong.weeks[0].topics["coding"]
    measured = plan(person(ratings={"coding": 1}), skills={"coding": 0.9})
    assert (
        measured.weeks[0].topics["coding"] == plan(person(), skills={"coding": 0.9}).weeks[0].topics["coding"]
    )


def test_a_heavy_area_without_minutes_takes_five_from_a_light_one() -> None:
    drafts = [Draft(1, START, Phase.BUILD, {"coding": 50, "papers": 20})]
    kept = keep_heavy(drafts, ("coding", "sql"))
    assert kept[0].ahead == {"coding": 50, "papers": 15, "sql": 5}
    only = keep_heavy([Draft(1, START, Phase.BUILD, {"coding": 5})], ("coding", "sql"))
    assert only[0].ahead == {"coding": 5}, "one heavy area is never robbed for another"


def test_week_numbers() -> None:
    profile = person()
    assert [week_number(profile, START + timedelta(days=n)) for n in (-1, 0, 6, 7)] == [0, 1, 1, 2]


def test_interviews_every_week_leave_no_heavy_area_out() -> None:
    """With coding interviews all along, system design and behavioral still keep a little time."""
    booked = [Booked(str(n), "Acme", "coding", START + timedelta(days=6 + 7 * n)) for n in range(4)]
    totals = per_area(plan(person(weeks=4), booked=booked))
    assert totals["system_design"] == totals["behavioral"] == 5
    assert totals["coding"] > 1000


def test_days_close_before_an_interview_bring_nothing_new() -> None:
    """The onsite week and a quiet week of the same length differ in new work."""
    onsite = Booked("1", "Acme", "onsite", START + timedelta(days=4))
    week = plan(person(), booked=[onsite]).weeks[0]
    assert week.mix.new < week.minutes * 0.55 * 0.6
    assert week.mix.review > week.minutes * 0.40


def test_what_an_interview_tests_is_kept_when_the_week_runs_short() -> None:
    """Thursday, nothing done, a behavioral interview next Tuesday: that light area stays first."""
    profile = person("ml_engineer")
    interview = Booked("1", "Acme", "behavioral", START + timedelta(days=8))
    found = plan(profile, START + timedelta(days=3), booked=[interview])
    assert set(found.weeks[0].topics) == {"behavioral", "communication"}
    assert found.weeks[0].minutes == 3 * 120
    later = {a for w in found.weeks[2:] for a in w.topics}
    assert set(profile.track.heavy) <= later


def test_quiet_days_do_not_grow_for_missed_time() -> None:
    """Days beside a break, close to an interview or in the taper keep their minutes; others may grow."""
    off = Break(START + timedelta(days=2), START + timedelta(days=2))
    booked = [Booked("1", "Acme", "screen", START + timedelta(days=9))]
    pace = person(longest=240).pace()
    week = study_week(START, pace, to_calendar([], [off]), Phase.BUILD)
    assert [d.limit for d in week] == [75, 50, 0, 50, 75, 125, 0]
    week = study_week(START + timedelta(days=7), pace, to_calendar(booked, []), Phase.BUILD)
    assert [d.limit for d in week] == [125, 50, 15, 125, 125, 125, 0]
    assert [d.tapered for d in week] == [False, True, True, False, False, False, False]
    assert {d.limit for d in study_week(START, pace, to_calendar([], []), Phase.TAPER)} == {60, 0}
