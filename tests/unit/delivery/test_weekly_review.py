"""The weekly review without a week: what a day counts as, what is said and when nothing is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.fit import Limits, fit
from bot.chat.message import Bar, Chart, Fields, Text
from bot.delivery.review import is_worth_a_word
from bot.delivery.review_ahead import Ahead, LeftOut
from bot.delivery.review_days import DAYS, Lived, Sort, heavier, lived, minutes_done, span
from bot.delivery.review_findings import Moved, StillOpen
from bot.delivery.review_words import Week, picture, review
from bot.drills.families import Family
from bot.drills.formats import Format
from bot.drills.model import Sitting, Stage
from bot.pace.model import Break, Calendar, Checkin, Decision, Kind, Level, PaceState, Reason
from bot.pace.ports import DayEntry, Switch
from bot.plan.interviews import KINDS
from bot.plan.model import Booked, DayLabel, DayPlan, Phase
from bot.profile.model import Profile
from bot.profile.tracks import AREAS
from bot.progress.failures import Loss
from bot.today.look import Today

MONDAY = date(2026, 1, 5)
SUNDAY = MONDAY + timedelta(days=6)
GUILT = re.compile(r"\b(lost|broke|behind|missed|fail\w*|disappoint\w*|only|should|great|well done)\b", re.I)
NO_CHARTS = Limits(text=2000, fields=10, buttons=5, button_label=20, select=25, charts=False)


def sitting(day: date, minutes: float | None, stage: Stage = Stage.DONE, effort: float = 5) -> Sitting:
    started = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return Sitting(
        "s", "d", "coding", "t", Kind.DRILL, day, started, stage=stage, minutes=minutes, effort=effort
    )


def seen(
    day: date = SUNDAY,
    *,
    planned: tuple[int, ...] = (40,) * 6,
    asks: int = 0,
    moved: int = 0,
    rested: bool = False,
    first: date = MONDAY,
    booked: tuple[Booked, ...] = (),
    breaks: tuple[Break, ...] = (),
) -> Today:
    """Today as the diary and the policy would see it."""
    state = PaceState(first=first, today=day, planned=planned)
    decision = Decision(Level.STEADY, asks, (), (Reason("ok"),))
    plan = DayPlan(day, asks + moved, DayLabel.STUDY, moved=moved)
    calendar = Calendar(breaks=breaks)
    return Today(DayEntry(day, rested=rested), state, decision, calendar, booked, (plan,), ())


def profile(**changes: object) -> Profile:
    made = Profile("staff_backend", MONDAY, MONDAY + timedelta(weeks=11), 360, 90, "Europe/Berlin")
    return replace(made, **changes)


def week_of(
    today: Today, entries: Sequence[DayEntry] = (), sittings: Sequence[Sitting] = (), *, evening: bool = True
) -> tuple[Lived, ...]:
    last = today.entry.day - timedelta(days=not evening)
    first = last - timedelta(days=6)
    return lived(profile(), today, {e.day: e for e in entries}, sittings, first, last)


days = st.builds(
    Lived,
    st.just(MONDAY),
    st.sampled_from(Sort),
    st.one_of(st.just(0), st.integers(0, 1440)),
    st.one_of(st.none(), st.integers(0, 48).map(lambda n: n * 5)),
    st.one_of(st.none(), st.floats(0, 100)),
    st.booleans(),
    st.booleans(),
)
weeks_of_days = st.lists(days, min_size=DAYS, max_size=DAYS).map(
    lambda found: tuple(replace(d, day=MONDAY + timedelta(days=n)) for n, d in enumerate(found))
)
dates = st.integers(0, 20).map(lambda n: MONDAY + timedelta(days=n))
companies = st.text(min_size=1, max_size=80)
areas = st.sampled_from(sorted(AREAS))
aheads = st.builds(
    Ahead,
    st.one_of(st.none(), st.sampled_from(Phase)),
    st.integers(0, 1440),
    st.integers(0, 60),
    st.integers(0, 60),
    st.booleans(),
    st.lists(
        st.builds(Booked, st.just("b"), companies, st.sampled_from(sorted(KINDS)), dates), max_size=6
    ).map(tuple),
    st.lists(st.builds(Break, dates, dates), max_size=3).map(tuple),
)
weeks = st.builds(
    Week,
    weeks_of_days,
    st.integers(0, 30),
    aheads,
    st.booleans(),
    st.one_of(
        st.none(),
        st.builds(Moved, areas, st.floats(-3, 3), st.integers(3, 20), st.booleans(), st.booleans()),
    ),
    st.one_of(
        st.none(),
        st.builds(
            StillOpen,
            areas,
            st.integers(2, 40),
            st.integers(2, 80),
            st.integers(2, 20),
            st.text(max_size=250),
        ),
    ),
    st.lists(
        st.builds(
            LeftOut,
            st.lists(areas, min_size=1, max_size=5, unique=True).map(tuple),
            st.integers(5, 900),
            st.just("That time went by; the heavier areas come first."),
        ),
        max_size=3,
    ).map(tuple),
)


def said(week: Week) -> tuple[Chart, list[str]]:
    """The picture and the lines under it."""
    chart, text = review(week).blocks
    assert isinstance(chart, Chart)
    assert isinstance(text, Text)
    return chart, text.text.split("\n\n")


@given(weeks)
def test_there_is_one_picture_and_at_most_four_lines(week: Week) -> None:
    _, lines = said(week)
    starts = [line.split(":")[0] for line in lines]
    assert starts == [
        head
        for head, there in (
            ("**Done", True),
            ("**Still open", week.still_open),
            ("**The week ahead", True),
            ("**Left out", week.left_out),
        )
        if there
    ]


@given(weeks)
def test_the_bars_sum_to_the_minutes_done_and_the_longest_day_is_a_full_bar(week: Week) -> None:
    chart, lines = said(week)
    done = sum(d.done for d in week.days)
    assert sum(bar.value for bar in chart.bars) == done
    assert lines[0].startswith(f"**Done:** {done} ")
    assert max(bar.value for bar in chart.bars) in (chart.top, 0)
    assert chart.top >= 1


@given(weeks)
def test_each_row_fits_forty_columns_with_or_without_the_picture(week: Week) -> None:
    chart, _ = said(week)
    assert len(chart.title) <= 40
    shown, _ = fit(review(week), NO_CHARTS)
    rows = [row for block in shown.blocks if isinstance(block, Fields) for row in block.rows]
    assert [name for name, _ in rows] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    for name, words in rows:
        assert words
        assert len(f"{name}: {words}") <= 40


@given(weeks)
def test_the_words_for_the_picture_name_every_day_and_what_was_done(week: Week) -> None:
    chart, _ = said(week)
    for day in week.days:
        if day.done:
            assert f"{day.day:%a} {day.done}" in chart.alt
    longest = [d for d in week.days if d.done == max(x.done for x in week.days) > 0]
    assert (f"{longest[0].day:%A} was the longest" in chart.alt) == (len(longest) == 1) if longest else True


@given(weeks.filter(lambda w: not w.ahead.interviews and not w.still_open))
def test_no_word_blames_or_cheers(week: Week) -> None:
    chart, lines = said(week)
    assert not GUILT.search("\n".join((chart.title, chart.alt, *lines)))
    assert "%" not in "".join(lines)


@pytest.mark.parametrize("name", ["A" * 80, "Zoë & Söhne " * 6, "🙂" * 80, "one\ntwo\nthree", "Acme Inc."])
def test_long_and_odd_company_names_stay_on_their_line(name: str) -> None:
    ahead = Ahead(Phase.BUILD, 300, 15, 6, interviews=(Booked("b", name, "screen", SUNDAY),))
    _, lines = said(Week(week_of(seen()), 0, ahead))
    assert len(lines) == 2
    assert " on Sun 11 Jan." in lines[1]
    assert len(lines[1]) < 160


def test_what_was_left_out_names_two_areas_and_a_second_reason_in_short() -> None:
    found = (LeftOut(("sql", "papers", "agents"), 60, "Full."), LeftOut(("coding",), 5, "It gave way."))
    _, lines = said(Week(week_of(seen()), 0, Ahead(Phase.BUILD), left_out=found))
    assert lines[-1] == (
        "**Left out:** 60 minutes of SQL, Papers and 1 more. Full. Another 5 minutes: it gave way."
    )
    _, lines = said(Week(week_of(seen()), 0, Ahead(Phase.BUILD), left_out=(LeftOut(("sql",), 30, "Full."),)))
    assert lines[-1] == "**Left out:** 30 minutes of SQL. Full."


def test_two_interviews_are_named_and_the_others_counted_in_the_order_of_days() -> None:
    booked = tuple(
        Booked(str(n), c, k, SUNDAY + timedelta(days=n))
        for n, (c, k) in enumerate((("Acme", "sql"), ("Globex", "onsite"), ("Initech", "case")), 1)
    )
    ahead = Ahead(Phase.MOCK, 200, 8, interviews=booked, breaks=(Break(SUNDAY, SUNDAY),))
    _, lines = said(Week(week_of(seen()), 0, ahead))
    assert lines[1] == (
        "**The week ahead:** mocks, up to 200 minutes, about 8 drills. Sun 11 Jan off. SQL interview at Acme "
        "on Mon 12 Jan. Onsite at Globex on Tue 13 Jan. 1 more interview after that."
    )


def test_a_plain_week_reads_as_it_should() -> None:
    drills = [sitting(MONDAY + timedelta(days=n), m) for n, m in ((0, 40), (1, 25), (3, 45), (4, 30))]
    entries = [DayEntry(MONDAY + timedelta(days=n), True, Checkin(battery=60)) for n in range(6)]
    entries[2] = replace(entries[2], checkin=Checkin(battery=20))
    chart, lines = said(Week(week_of(seen(), entries, drills), 4, Ahead(Phase.BUILD, 300, 15, 6)))
    assert chart.bars[0] == Bar("Mon", 40.0, "40 of 40 min · battery 60")
    assert chart.bars[2] == Bar("Wed", 0.0, "0 of 40 min · battery 20")
    assert chart.bars[6] == Bar("Sun", 0.0, "rest, kept", rest=True)
    assert chart.alt == (
        "Minutes by day: Mon 40, Tue 25, Wed 0, Thu 45, Fri 30, Sat 0, Sun rest. Thursday was the longest."
    )
    assert lines == [
        "**Done:** 140 of 240 minutes, 4 drills, 5 of 7 days in rhythm, rest included. Wednesday was low.",
        "**The week ahead:** building, up to 300 minutes, about 15 drills, 6 of them new.",
    ]


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        (Moved("sql", 0.5, 4, early=True, clear=False), "SQL came out higher over 4 drills; that is an early guess."),
        (Moved("sql", -0.3, 3, early=False, clear=False), "SQL came out lower over 3 drills; that may still be chance."),
        (Moved("sql", 0.9, 9, early=False, clear=True), "SQL came out higher over 9 drills; that is more than chance would do."),
        (Moved("sql", 0.9, 3, early=True, clear=True), "that is an early guess."),
    ],
)  # fmt: skip
def test_a_move_of_skill_is_said_with_how_far_it_can_be_trusted(moved: Moved, words: str) -> None:
    _, lines = said(Week(week_of(seen()), 4, Ahead(Phase.BUILD), moved=moved))
    assert words in lines[0]


def test_a_low_day_is_named_only_where_minutes_differ_and_three_are_counted() -> None:
    low = [DayEntry(MONDAY + timedelta(days=n), True, Checkin(battery=30)) for n in range(3)]
    _, lines = said(Week(week_of(seen(), low[:2]), 0, Ahead(Phase.BUILD)))
    assert "Monday and Tuesday were low." in lines[0]
    _, lines = said(Week(week_of(seen(), low), 0, Ahead(Phase.BUILD)))
    assert "3 days were low." in lines[0]
    all_done = [sitting(MONDAY, 240)]
    _, lines = said(Week(week_of(seen(), low, all_done), 1, Ahead(Phase.BUILD)))
    assert "low" not in lines[0]


@pytest.mark.parametrize(
    ("hour", "last"), [(0, -1), (8, -1), (11, -1), (12, 0), (19, 0), (23, 0)]
)  # fmt: skip
def test_before_noon_the_seven_days_end_yesterday_and_then_today(hour: int, last: int) -> None:
    first, ends = span(datetime(2026, 1, 11, hour, tzinfo=UTC))
    assert ends == SUNDAY + timedelta(days=last)
    assert (ends - first).days == DAYS - 1


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (Lived(MONDAY, Sort.STUDY, 40, 45), True),
        (Lived(MONDAY, Sort.STUDY, 10, 45), True),
        (Lived(MONDAY, Sort.STUDY, 9, 45), False),
        (Lived(MONDAY, Sort.STUDY, 0, 45, under_way=True), None),
        (Lived(MONDAY, Sort.STUDY, 20, 45, under_way=True), True),
        (Lived(MONDAY, Sort.STUDY, 20, None), True),
        (Lived(MONDAY, Sort.REST, 0, 0), True),
        (Lived(MONDAY, Sort.REST, 30, 0), False),
        (Lived(MONDAY, Sort.BREAK, 0, 0), True),
        (Lived(MONDAY, Sort.INTERVIEW, 0, 15), True),
        (Lived(MONDAY, Sort.PAUSED, 0, 0), None),
        (Lived(MONDAY, Sort.BEFORE, 0, 0), None),
    ],
)
def test_rhythm_is_practice_where_it_was_asked_and_rest_where_it_was_not(
    day: Lived, counts: bool | None
) -> None:
    assert day.in_rhythm is counts


def test_what_a_day_asked_comes_from_the_pacing_that_asked_it() -> None:
    found = week_of(seen(planned=(10, 20, 30, 40, 50, 60), asks=45, moved=10))
    assert [d.asked for d in found] == [10, 20, 30, 40, 50, 60, 45]


def test_a_day_she_chose_to_rest_asked_for_nothing() -> None:
    found = week_of(seen(rested=True, asks=45), [DayEntry(MONDAY, contact=True, rested=True)])
    assert (found[0].asked, found[0].sort, found[6].asked) == (0, Sort.REST, 0)


def test_what_is_not_remembered_is_not_made_up() -> None:
    monday = MONDAY + timedelta(days=7)
    found = week_of(seen(monday), evening=False)
    assert [d.asked for d in found] == [None, 40, 40, 40, 40, 40, 40]
    _, lines = said(Week(found, 0, Ahead(Phase.BUILD)))
    assert lines[0].startswith("**Done:** 0 minutes,") or lines[0].startswith("**Done:** 0 minutes.")
    assert picture(found).bars[0].words == "quiet"
    known = week_of(seen(monday, planned=(35, *(40,) * 6)), evening=False)
    assert known[0].asked == 35


def test_the_day_off_that_is_not_remembered_is_known_to_have_asked_nothing() -> None:
    found = week_of(seen(MONDAY + timedelta(days=13)), evening=False)
    assert (found[0].day.weekday(), found[0].asked, found[0].sort) == (6, 0, Sort.REST)


def test_days_before_the_plan_breaks_and_interviews_are_told_apart() -> None:
    today = seen(
        first=MONDAY + timedelta(days=1),
        planned=(40, 0, 15, 40, 40),
        breaks=(Break(MONDAY + timedelta(days=2), MONDAY + timedelta(days=2)),),
        booked=(Booked("b", "Acme", "screen", MONDAY + timedelta(days=3)),),
    )
    found = week_of(today)
    assert [d.sort for d in found] == [
        Sort.BEFORE, Sort.STUDY, Sort.BREAK, Sort.INTERVIEW, Sort.STUDY, Sort.STUDY, Sort.REST
    ]  # fmt: skip
    rows = [bar.words for bar in picture(found).bars]
    assert rows == ["before the plan", "quiet", "break", "interview", "quiet", "quiet", "rest, kept"]


@pytest.mark.parametrize("switch", [Switch.PAUSED, Switch.CRISIS])
def test_a_pause_runs_until_she_came_back_also_if_it_began_before(switch: Switch) -> None:
    tuesday, friday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)
    paused = DayEntry(tuesday, contact=True, switch=switch)
    back = DayEntry(friday, contact=True, switch=Switch.RESUMED)
    today = seen(planned=(0, 0, 0, 0, 40, 40))
    sorts = [d.sort for d in week_of(today, [paused, back])]
    assert sorts == [Sort.REST, *[Sort.PAUSED] * 3, Sort.STUDY, Sort.STUDY, Sort.REST]
    sorts = [d.sort for d in week_of(today, [back])]
    assert sorts == [*[Sort.PAUSED] * 4, Sort.STUDY, Sort.STUDY, Sort.REST]


def test_coming_back_from_no_pause_makes_none() -> None:
    back = DayEntry(MONDAY + timedelta(days=3), contact=True, switch=Switch.RESUMED)
    assert [d.sort for d in week_of(seen(), [back])] == [*[Sort.STUDY] * 6, Sort.REST]


def test_a_day_that_is_not_over_is_said_so_within_forty_columns() -> None:
    today = Lived(SUNDAY, Sort.STUDY, 115, 120, battery=100, under_way=True)
    assert picture([today]).bars[0].words == "115 of 120 min so far · battery 100"
    assert picture([replace(today, done=120)]).bars[0].words == "120 of 120 min · battery 100"


def test_long_rubric_points_are_cut_between_words() -> None:
    found = StillOpen("coding", 2, 3, 3, "Names what is kept, and says where it is kept, " * 5)
    _, lines = said(Week(week_of(seen()), 3, Ahead(Phase.BUILD), still_open=found))
    quoted = lines[1].split("“")[1].split("…”")[0]
    assert len(quoted) < 90
    assert quoted.split()[-1] in found.point.replace(",", "").split()
    assert lines[1].endswith("…” (Coding), 2 of 3 times.")


def test_no_day_is_called_the_longest_where_two_are() -> None:
    drills = [sitting(MONDAY, 30), sitting(MONDAY + timedelta(days=1), 30)]
    assert "longest" not in picture(week_of(seen(), (), drills)).alt


def test_minutes_put_aside_do_not_count() -> None:
    found = [sitting(MONDAY, 20), sitting(MONDAY, 30, Stage.SKIPPED), sitting(MONDAY, None, Stage.OPEN)]
    assert minutes_done(found, MONDAY) == 20


def test_a_week_is_heavier_only_with_clearly_more_strain() -> None:
    before = [sitting(MONDAY + timedelta(days=n - 7), 40) for n in range(6)]
    same = [sitting(MONDAY + timedelta(days=n), 40) for n in range(6)]
    much = [sitting(MONDAY + timedelta(days=n), 80, effort=8) for n in range(6)]
    assert not heavier(seen(), before + same, MONDAY)
    assert heavier(seen(), before + much, MONDAY)
    assert not heavier(seen(), much, MONDAY), "a first week has nothing to be heavier than"


@pytest.mark.parametrize(
    ("days_lived", "says"),
    [
        ([Lived(MONDAY, Sort.REST, 0, 0)] * 7, False),
        ([Lived(MONDAY, Sort.BREAK, 0, 0)] * 7, False),
        ([Lived(MONDAY, Sort.STUDY, 0, 40, spoke=False)] * 7, False),
        ([Lived(MONDAY, Sort.STUDY, 0, 40, spoke=False)] * 6 + [Lived(MONDAY, Sort.STUDY, 0, 40)], True),
        ([Lived(MONDAY, Sort.BEFORE, 0, 0)] * 6 + [Lived(MONDAY, Sort.STUDY, 0, 40)], False),
        ([Lived(MONDAY, Sort.BEFORE, 0, 0)] * 6 + [Lived(MONDAY, Sort.STUDY, 5, 40)], True),
        ([Lived(MONDAY, Sort.BREAK, 0, 0)] * 6 + [Lived(MONDAY, Sort.INTERVIEW, 0, 0)], True),
    ],
)
def test_nothing_is_said_where_nothing_was_asked_or_nobody_spoke(days_lived: list[Lived], says: bool) -> None:
    assert is_worth_a_word(days_lived) is says


def test_a_format_that_clearly_loses_points_is_named_in_the_line_of_what_is_open():
    open_ = StillOpen("sql", 3, 9, 3)
    losing = Loss(Family.DESIGN, 6, 0.52, Format.CLARIFY)
    _, lines = said(Week(week_of(seen()), 3, Ahead(Phase.BUILD), still_open=open_, losing=losing))
    (line,) = [found for found in lines if "clarify" in found]
    assert line.endswith(
        "By format, most is open in clarify first: about 5 of 10 points over 6 drills in four weeks. "
        "Those come a little more often."
    )
    assert line.startswith("**Still open:**")
    _, alone = said(Week(week_of(seen()), 3, Ahead(Phase.BUILD), losing=losing))
    assert any(found.startswith("By format") for found in alone)
