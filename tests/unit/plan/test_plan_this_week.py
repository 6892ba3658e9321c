"""The week at hand: sharing minutes over days, and moving missed ones gently."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.pace.minutes import day_cap, growth_limit, week_cap
from bot.pace.model import (
    Break,
    Calendar,
    Checkin,
    Decision,
    Interview,
    Kind,
    Level,
    Morning,
    PaceProfile,
    PaceState,
    Reason,
)
from bot.pace.policy import begin_day, decide, end_day, first_day
from bot.plan.model import DayLabel, DayPlan
from bot.plan.week import spread, this_week

MONDAY = date(2026, 6, 1)
limits = st.dictionaries(
    st.integers(0, 20).map(lambda n: MONDAY + timedelta(days=n)), st.integers(0, 240), max_size=7
)


@given(limits, st.integers(-20, 1500))
@example({MONDAY: 7, MONDAY + timedelta(days=1): 100}, 33)
def test_spread_is_even_within_limits_and_complete(day_limits: dict[date, int], target: int) -> None:
    found = spread(day_limits, target)
    assert sum(found.values()) == min(max(target, 0), sum(day_limits.values()))
    assert set(found) == set(day_limits)
    for day, minutes in found.items():
        assert 0 <= minutes <= day_limits[day]
        for other in found.values():
            assert minutes >= other - 5 or minutes == day_limits[day]
    odd = [d for d, minutes in found.items() if minutes % 5 and minutes < day_limits[d]]
    assert len(odd) <= 1, "only the last step is shorter than five"


def test_spread_by_hand() -> None:
    days = [MONDAY + timedelta(days=n) for n in range(3)]
    assert list(spread(dict.fromkeys(days, 60), 70).values()) == [25, 25, 20]
    assert list(spread(dict(zip(days, (10, 60, 60), strict=True)), 70).values()) == [10, 30, 30]
    assert spread({}, 50) == {}


FRESH = Morning(checkin=Checkin(battery=90, mood=1, stress=0, sleep_hours=8))


def lived(
    profile: PaceProfile,
    calendar: Calendar,
    done: list[int | None],
    morning: Morning = FRESH,
    start: date = MONDAY,
) -> tuple[PaceState, Decision, dict[date, int]]:
    """State and decision of the day after these; None does what was asked, a number does that much."""
    state, did = first_day(start), {}
    for minutes in done:
        state, decision = decide(begin_day(state, FRESH), profile, calendar)
        actual = decision.minutes if minutes is None else minutes
        did[state.today] = actual
        sessions = [(float(actual), 5.0)] if actual else []
        state = end_day(state, calendar, planned=decision.minutes, sessions=sessions)
    state, decision = decide(begin_day(state, morning), profile, calendar)
    return state, decision, did


def week_of(
    profile: PaceProfile, done: list[int | None], calendar: Calendar | None = None, morning: Morning = FRESH
) -> tuple[DayPlan, ...]:
    calendar = calendar or Calendar()
    state, decision, did = lived(profile, calendar, done, morning)
    return this_week(state, profile, calendar, decision, did)


def load(days: tuple[DayPlan, ...]) -> int:
    return sum(d.done if d.label is DayLabel.PAST else max(d.minutes, d.done) for d in days)


PROFILE = PaceProfile(weekly_minutes=600, day_cap=150)
QUIET = set(DayLabel) - {DayLabel.STUDY}


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 300)), max_size=40),
    st.integers(60, 1500),
    st.integers(30, 240),
    st.sampled_from([frozenset(), frozenset({6}), frozenset({2, 6})]),
    st.lists(
        st.builds(
            Interview,
            st.integers(0, 45).map(lambda n: MONDAY + timedelta(days=n)),
            st.sampled_from(["onsite", "screen"]),
        ),
        max_size=3,
    ),
    st.lists(
        st.integers(0, 45).map(lambda n: Break(MONDAY + timedelta(days=n), MONDAY + timedelta(days=n + 2))),
        max_size=1,
    ),
    st.integers(0, 100),
)
@settings(max_examples=150, deadline=None)
def test_moving_missed_minutes_never_makes_a_pile(
    done: list[int | None],
    weekly: int,
    cap: int,
    rest: frozenset[int],
    interviews: list[Interview],
    breaks: list[Break],
    battery: int,
) -> None:
    """Each move is at most a quarter, on a study day, at steady or full, within day and week caps."""
    profile = PaceProfile(weekly, cap, rest_weekdays=rest)
    calendar = Calendar(tuple(interviews), tuple(breaks))
    state, decision, did = lived(profile, calendar, done, Morning(checkin=Checkin(battery=battery)))
    days = this_week(state, profile, calendar, decision, did)
    assert [d.day.weekday() for d in days] == list(range(7))
    assert days[state.today.weekday()].day == state.today
    done_so_far = sum(d.done for d in days)
    assert load(days) <= max(week_cap(profile), done_so_far)
    missed = sum(d.minutes - d.done for d in days if d.label is DayLabel.PAST)
    assert sum(d.moved for d in days) <= max(0, missed)
    for day in days:
        assert 0 <= day.moved <= 0.25 * (day.minutes - day.moved)
        assert day.moved == 0 or (day.label is DayLabel.STUDY and decision.level >= Level.STEADY)
        if day.label is not DayLabel.PAST:
            assert day.minutes <= day_cap(profile)
            assert day.minutes % 5 == 0 or day.done > 0
            if day.day.weekday() in rest and not any(i.day == day.day for i in interviews):
                assert day.minutes == 0
            if any(b.first <= day.day <= b.last for b in breaks):
                assert day.minutes == 0


@given(st.lists(st.none(), max_size=20), st.integers(100, 1200))
@settings(max_examples=60, deadline=None)
def test_the_projection_is_what_the_policy_then_decides(done: list[None], weekly: int) -> None:
    """With the level at its ceiling and everything done as planned, tomorrow comes as announced."""
    profile = PaceProfile(weekly, 150, checkins=False)
    calendar = Calendar((Interview(MONDAY + timedelta(days=12), "onsite"),))
    settled: list[int | None] = [None] * 7 + list(done)
    state, decision, did = lived(profile, calendar, settled)
    days = this_week(state, profile, calendar, decision, did)
    assert not any(d.moved for d in days)
    for day in days[state.today.weekday() :]:
        state, decision = decide(begin_day(state, Morning()), profile, calendar)
        if decision.level == state.level == Level.FULL and load(days) < week_cap(profile):
            assert day.minutes == decision.minutes
        state = end_day(state, calendar, planned=decision.minutes, sessions=[(float(decision.minutes), 5.0)])


def test_two_missed_days_move_a_little_to_each_day_left() -> None:
    days = week_of(PROFILE, [None] * 14 + [0, 0])
    moved = [d.moved for d in days]
    assert moved[:2] == [0, 0]
    assert sum(1 for m in moved[2:6] if m) >= 3
    assert max(moved) <= 30
    assert days[6].label is DayLabel.REST_DAY
    assert days[6].minutes == 0


def test_nothing_moves_when_nothing_was_missed() -> None:
    assert not any(d.moved for d in week_of(PROFILE, [None] * 17))


def test_nothing_moves_on_an_easy_day() -> None:
    days = week_of(PROFILE, [None] * 14 + [0, 0], morning=Morning(checkin=Checkin(battery=25)))
    assert not any(d.moved for d in days)


def test_quiet_days_keep_their_minutes() -> None:
    """A screen on Friday: neither Thursday nor Friday takes missed time, Saturday may."""
    friday = MONDAY + timedelta(days=18)
    days = week_of(PROFILE, [None] * 14 + [0, 0], Calendar((Interview(friday, "screen"),)))
    assert [d.label for d in days[2:]] == [
        DayLabel.STUDY,
        DayLabel.TAPER,
        DayLabel.INTERVIEW,
        DayLabel.STUDY,
        DayLabel.REST_DAY,
    ]
    assert days[2].moved > 0
    assert [d.moved for d in days[3:5]] == [0, 0]
    assert days[4].minutes <= 15


def test_a_break_and_the_days_around_it_are_named() -> None:
    off = Break(MONDAY + timedelta(days=16), MONDAY + timedelta(days=16))
    days = week_of(PROFILE, [None] * 14, Calendar(breaks=(off,)))
    assert [d.label for d in days[:5]] == [
        DayLabel.BEFORE_BREAK,
        DayLabel.BEFORE_BREAK,
        DayLabel.BREAK,
        DayLabel.AFTER_BREAK,
        DayLabel.AFTER_BREAK,
    ]


def test_a_week_that_is_already_full_asks_no_more() -> None:
    days = week_of(PROFILE, [None] * 14 + [300, 300])
    assert load(days) == 600
    assert {d.label for d in days[2:6]} == {DayLabel.FULL_WEEK}
    assert all(d.minutes == 0 for d in days[2:])


def test_a_pause_and_a_rest_level_are_named() -> None:
    paused = week_of(PROFILE, [None] * 2, morning=Morning(crisis=True))
    assert {d.label for d in paused[2:]} == {DayLabel.PAUSED}
    resting = week_of(PROFILE, [None] * 2, morning=Morning(checkin=Checkin(battery=5)))
    assert {d.label for d in resting[2:6]} == {DayLabel.REST}
    assert resting[6].label is DayLabel.REST_DAY


def test_minutes_done_today_count_towards_todays_ask() -> None:
    calendar = Calendar()
    state, decision, did = lived(PROFILE, calendar, [None] * 15)
    days = this_week(state, PROFILE, calendar, decision, {**did, state.today: 40})
    assert days[1].minutes == decision.minutes
    assert days[1].done == 40


def test_a_day_she_made_longer_leaves_less_room_for_missed_time() -> None:
    """150 of 300 done and 145 asked today: of 100 missed minutes five still fit."""
    profile = PaceProfile(weekly_minutes=300, day_cap=240)
    tuesday = MONDAY + timedelta(days=1)
    state = PaceState(first=MONDAY, today=tuesday, planned=(250,), done=(150.0,), busy=(True,))
    decision = Decision(Level.STEADY, 145, (Kind.REVIEW,), (Reason("ok"),))
    days = this_week(state, profile, Calendar(), decision, {MONDAY: 150})
    assert [d.moved for d in days] == [0, 5, 0, 0, 0, 0, 0]
    assert load(days) == 300


@given(st.integers(300, 1440), st.lists(st.one_of(st.none(), st.just(0)), max_size=6))
@settings(max_examples=60, deadline=None)
def test_moves_stay_within_the_growth_limit(weekly: int, done: list[int | None]) -> None:
    """In a first week no more is done and planned than a first week may hold."""
    profile = PaceProfile(weekly, 240)
    assert load(week_of(profile, done)) <= growth_limit(profile, ())
