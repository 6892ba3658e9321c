"""What the review finds in judged drills, in the plan ahead and in what it left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.review_ahead import LeftOut, is_lighter, left_out, look_ahead
from bot.delivery.review_findings import before, most_open, moved_most
from bot.drills.model import Drill, Point, Sitting, Skill, Stage
from bot.drills.skill import learned
from bot.pace.model import Break, Calendar, Checkin, Kind, Morning
from bot.pace.policy import begin_day, decide, end_day, first_day
from bot.plan.generate import generate
from bot.plan.model import Booked, Dropped, Phase
from bot.profile.model import Profile

MONDAY = date(2026, 1, 5)
SUNDAY = MONDAY + timedelta(days=6)
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
logits = st.floats(-5, 5)


def drill(name: str, area: str = "coding", points: int = 4) -> Drill:
    rubric = tuple(Point(f"p{n}", f"Says point {n}", 1) for n in range(points))
    return Drill(name, name, area, "t", Kind.DRILL, 20, 3, "", (), rubric, "", ())


def went(
    name: str, score: float, day: date = MONDAY, met: tuple[str, ...] = (), area: str = "coding"
) -> Sitting:
    return Sitting(
        f"{name}-{day}", name, area, "t", Kind.DRILL, day, START, Stage.DONE, met=met, minutes=20, score=score
    )


def lived_through(
    skill: Skill, hard: dict[str, float], rounds: list[tuple[str, float]]
) -> tuple[Skill, dict[str, float]]:
    """Skill and difficulties after judged drills, as they are learned."""
    now = dict(hard)
    for name, score in rounds:
        skill, now[name] = learned(skill, now[name], score)
    return skill, now


@given(logits, logits, st.integers(0, 200), st.floats(0, 1))
def test_looking_back_undoes_what_was_learned(theta: float, b: float, count: int, score: float) -> None:
    skill = Skill("coding", theta, count)
    again, difficulty = before(*learned(skill, b, score), score)
    assert again.count == count
    assert again.theta == pytest.approx(theta, abs=1e-9)
    assert difficulty == pytest.approx(b, abs=1e-9)


rounds_of = st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 1)), min_size=3, max_size=12)


@given(logits, st.integers(0, 30), rounds_of, st.integers(0, 3))
def test_a_move_is_what_the_week_did_and_not_what_came_after(
    theta: float, count: int, rounds: list[tuple[str, float]], later: int
) -> None:
    start = Skill("coding", theta, count)
    hard = {"a": -1.0, "b": 0.0, "c": 1.5}
    end, middle = lived_through(start, hard, rounds)
    after = [("a", 1.0)] * later
    now, hard_now = lived_through(end, middle, after)
    sittings = [went(n, s) for n, s in rounds] + [went(n, s, SUNDAY + timedelta(days=1)) for n, s in after]
    found = moved_most(sittings, SUNDAY, {"coding": now}, hard_now)
    by = end.theta - start.theta
    if abs(by) < 0.09:
        assert found is None
    elif abs(by) > 0.11:
        assert found is not None
        assert found.by == pytest.approx(by, abs=1e-6)
        assert found.drills == len(rounds)
        assert found.early == (count + len(rounds) < 6)


def test_two_judged_drills_say_nothing_about_skill_and_unjudged_ones_do_not_count() -> None:
    now, hard = lived_through(Skill("coding", 0.0), {"a": 0.0, "b": 0.0}, [("a", 1.0), ("b", 1.0)])
    two = [went("a", 1.0), went("b", 1.0)]
    aside = replace(went("c", 1.0), stage=Stage.SKIPPED, score=None)
    assert moved_most([*two, aside], SUNDAY, {"coding": now}, hard) is None


def test_a_drill_that_left_the_bank_takes_its_area_out_of_the_reckoning() -> None:
    rounds = [("a", 1.0)] * 3
    now, hard = lived_through(Skill("coding", 0.0), {"a": 0.0}, rounds)
    sittings = [went(n, s) for n, s in rounds]
    assert moved_most(sittings, SUNDAY, {"coding": now}, hard) is not None
    assert moved_most(sittings, SUNDAY, {"coding": now}, {}) is None
    assert moved_most(sittings, SUNDAY, {}, hard) is None


def test_the_area_that_moved_most_is_the_one_named() -> None:
    sql, sql_hard = lived_through(Skill("sql", 0.0), {"s": 0.0}, [("s", 0.0)] * 3)
    coding, hard = lived_through(Skill("coding", 0.0), {"a": 0.0}, [("a", 0.8)] * 3)
    sittings = [went("a", 0.8)] * 3 + [went("s", 0.0, area="sql")] * 3
    found = moved_most(sittings, SUNDAY, {"sql": sql, "coding": coding}, hard | sql_hard)
    assert found is not None
    assert (found.area, found.by < 0) == ("sql", True)


BANK = {d.id: d for d in (drill("a"), drill("b"), drill("s", "sql"))}


def test_a_point_not_met_twice_is_named_with_its_count() -> None:
    found = most_open([went("a", 0.5, met=("p0", "p1", "~p2")), went("a", 0.7, met=("p0", "p1", "p2"))], BANK)
    assert found is not None
    assert (found.point, found.missed, found.of, found.area) == ("Says point 3", 2, 2, "coding")


def test_else_the_area_with_most_open_points_is_named_and_half_a_point_is_not_open() -> None:
    found = most_open(
        [
            went("a", 0.5, met=("p0", "p1", "p2")),
            went("b", 0.5, met=("p0", "~p1")),
            went("s", 0.0, area="sql"),
        ],
        BANK,
    )
    assert found is not None
    assert (found.area, found.point, found.missed, found.of, found.drills) == ("coding", "", 3, 8, 2)


@pytest.mark.parametrize(
    "sittings",
    [
        [],
        [went("a", 0.0)],
        [went("a", 1.0, met=("p0", "p1", "p2", "p3")), went("b", 0.2)],
        [went("gone", 0.0), went("gone", 0.0)],
        [replace(went("a", 0.0), stage=Stage.JUDGING, score=None)] * 3,
    ],
)
def test_without_two_goes_that_say_so_nothing_is_called_open(sittings: list[Sitting]) -> None:
    assert most_open(sittings, BANK) is None


def prepared(**changes: object) -> Profile:
    made = Profile("staff_backend", MONDAY, MONDAY + timedelta(weeks=11), 360, 90, "Europe/Berlin")
    return replace(made, **changes)


offsets = st.integers(0, 76).map(lambda n: MONDAY + timedelta(days=n))


@given(
    st.integers(0, 10),
    st.integers(60, 1200),
    st.lists(
        st.builds(Booked, st.just("b"), st.just("Acme"), st.sampled_from(["screen", "onsite"]), offsets),
        max_size=3,
    ),
    st.lists(st.builds(lambda d, n: Break(d, d + timedelta(days=n)), offsets, st.integers(0, 9)), max_size=2),
)
def test_a_week_ahead_asks_what_the_plan_holds_for_it(
    week: int, minutes: int, booked: list[Booked], breaks: list[Break]
) -> None:
    profile = prepared(weekly_minutes=minutes, longest_day=240)
    plan = generate(profile, skills={}, booked=booked, breaks=breaks, done={}, today=MONDAY)
    first = MONDAY + timedelta(weeks=week)
    found = look_ahead(profile, booked, breaks, first, drill_minutes=20, lighter=False)
    assert (found.minutes, found.phase) == (plan.weeks[week].minutes, plan.weeks[week].phase)
    assert found.new == round(plan.weeks[week].mix.new / 20)


def test_a_lighter_week_asks_less_and_starts_nothing_new() -> None:
    usual = look_ahead(prepared(), (), (), MONDAY, drill_minutes=20, lighter=False)
    lighter = look_ahead(prepared(), (), (), MONDAY, drill_minutes=20, lighter=True)
    assert (usual.minutes, lighter.minutes) == (360, 215)
    assert usual.new > 0
    assert lighter.new == 0


def test_an_interview_is_named_as_soon_as_it_shapes_the_week_and_a_break_too() -> None:
    booked = [Booked(str(n), "Acme", "onsite", MONDAY + timedelta(days=n)) for n in (-1, 0, 6, 9, 10)]
    breaks = [Break(MONDAY + timedelta(days=n), MONDAY + timedelta(days=n)) for n in (-1, 3, 8, 9)]
    found = look_ahead(prepared(), booked, breaks, MONDAY, drill_minutes=20, lighter=False)
    assert [b.id for b in found.interviews] == ["0", "6", "9"]
    assert [(b.first - MONDAY).days for b in found.breaks] == [3, 8]


def test_after_its_last_week_the_plan_asks_nothing_and_its_last_days_count_alone() -> None:
    profile = prepared()
    over = look_ahead(profile, (), (), profile.ends, drill_minutes=20, lighter=False)
    assert (over.phase, over.minutes) == (None, 0)
    last = look_ahead(profile, (), (), profile.ends - timedelta(days=2), drill_minutes=20, lighter=False)
    assert last.phase is Phase.TAPER
    assert 0 < last.minutes <= 60


def test_a_lighter_week_is_announced_when_pacing_will_make_it_one() -> None:
    profile, calendar, state = prepared(), Calendar(), first_day(MONDAY)
    announced, came = dict[date, bool](), dict[date, bool]()
    for _ in range(70):
        today = state.today
        state, decision = decide(begin_day(state, Morning(Checkin(battery=80))), profile.pace(), calendar)
        asked, tomorrow = decision.minutes, today + timedelta(days=1)
        came[today] = "deload" in {r.id for r in decision.reasons}
        announced[tomorrow] = is_lighter(state, profile, asked, tomorrow)
        assert not is_lighter(state, profile, 0, today) or came[today], "the morning knows as well"
        state = end_day(state, calendar, planned=asked, sessions=[(asked, 5)] if asked else [])
    weeks = [(d, sum(came[d + timedelta(days=n)] for n in range(7))) for d in list(came)[1:-7]]
    assert max(n for _, n in weeks) == 7
    for day, lighter_days in weeks:
        assert lighter_days >= 4 or not announced[day]
        assert lighter_days < 7 or announced[day]


def test_left_out_is_what_was_not_left_out_a_week_ago() -> None:
    then = [Dropped("sql", 30, "Full."), Dropped("papers", 10, "Full.")]
    now = [Dropped("sql", 50, "Full."), Dropped("papers", 10, "Full."), Dropped("sql", 5, "Gave way.")]
    assert left_out(now, then) == (LeftOut(("sql",), 20, "Full."), LeftOut(("sql",), 5, "Gave way."))
    assert left_out(then, then) == ()
    assert left_out([], then) == ()


def test_minutes_that_only_changed_their_reason_are_not_left_out_anew() -> None:
    then = [Dropped("sql", 30, "Full.")]
    assert left_out([Dropped("sql", 30, "Passed.")], then) == ()
    assert left_out([Dropped("sql", 45, "Passed.")], then) == (LeftOut(("sql",), 15, "Passed."),)


drops = st.lists(
    st.builds(
        Dropped,
        st.sampled_from(["sql", "papers"]),
        st.integers(0, 60).map(lambda n: n * 5),
        st.sampled_from("xyz"),
    ),
    max_size=6,
)


@given(drops, drops)
def test_each_area_is_left_out_for_what_it_gained_in_all(now: list[Dropped], then: list[Dropped]) -> None:
    gained = [
        sum(d.minutes for d in now if d.area == area) - sum(d.minutes for d in then if d.area == area)
        for area in ("sql", "papers")
    ]
    found = left_out(now, then)
    assert sum(f.minutes for f in found) == sum(max(0, g) for g in gained)
    assert [f.minutes for f in found] == sorted((f.minutes for f in found), reverse=True)


def test_areas_left_out_for_the_same_reason_share_one_line() -> None:
    now = [Dropped("sql", 20, "Full."), Dropped("papers", 35, "Full.")]
    assert left_out(now, []) == (LeftOut(("papers", "sql"), 55, "Full."),)
