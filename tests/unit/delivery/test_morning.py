"""Half years of mornings in lives as they come: which one message each of them gets."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.gate import SILENT_DAYS, Speak, Standing, judge
from bot.delivery.kinds import MESSAGES, Day
from bot.delivery.morning import ALONE, MONTH, REVIEW_UNTIL, Facts, pick
from bot.pace.model import Checkin, PaceState
from bot.pace.ports import DayEntry
from bot.profile.model import Profile, WeeklyTime

MONDAY = date(2026, 1, 5)
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
PROFILE = Profile("sre", MONDAY, MONDAY + timedelta(weeks=26), 360, 90, "UTC")
HALF_A_YEAR = 183
LOOK_BACK = 14
"""Days that a morning is told of."""
SEEDS = range(60)


@dataclass
class Life:
    """A person and what becomes of her days; what is known of a day is kept as the diary keeps it."""

    profile: Profile = PROFILE
    silences: frozenset[int] = frozenset()
    """Numbers of the days on which she says nothing."""
    breaks: frozenset[int] = frozenset()
    interviews: frozenset[int] = frozenset()
    met: frozenset[int] = frozenset()
    practised: frozenset[int] = frozenset(range(HALF_A_YEAR))
    early: frozenset[int] = frozenset()
    """Days on which she checks in before the morning comes."""
    filled: frozenset[int] = frozenset()
    """Days on which she fills in the inventory by herself."""
    has_review: frozenset[int] = frozenset(range(HALF_A_YEAR))
    entries: dict[date, DayEntry] = field(default_factory=dict)

    def facts(self, n: int) -> Facts:
        """The morning of day `n`, told as the turn tells it."""
        day = MONDAY + timedelta(days=n)
        last = max((f for f in self.filled if f < n), default=None)
        done = tuple(30.0 if m in self.practised else 0.0 for m in range(max(0, n - 34), n))
        return Facts(
            day=day,
            standing=self.standing(n),
            profile=self.profile,
            entry=self.entries.get(day, DayEntry(day)),
            state=PaceState(
                MONDAY,
                day,
                done=done,
                inventory=(MONDAY + timedelta(days=last), 30.0) if last is not None else None,
            ),
            lately=tuple(e for d, e in self.entries.items() if 0 < (day - d).days <= LOOK_BACK),
            silent_days=self.silent_days(n),
            break_tomorrow=n + 1 in self.breaks and n not in self.breaks,
            interviews=tuple(MONDAY + timedelta(days=i) for i in sorted(self.interviews)),
        )

    def standing(self, n: int) -> Day:
        if n in self.breaks:
            return Day.BREAK
        if n in self.interviews:
            return Day.INTERVIEW
        if n - 1 in self.interviews:
            return Day.QUIET
        rests = (MONDAY + timedelta(days=n)).weekday() in self.profile.rest_weekdays
        return Day.REST if rests else Day.ORDINARY

    def silent_days(self, n: int) -> int:
        """Whole silent days before day `n`, breaks left out, two weeks at most."""
        if n in self.early:
            return 0
        silent = 0
        for m in range(n - 1, max(-1, n - LOOK_BACK - 1), -1):
            if m not in self.silences:
                break
            silent += m not in self.breaks
        return silent

    def mornings(self) -> Iterator[tuple[Facts, tuple[str, ...], str]]:
        """Each morning: what was known, what was picked, and what was said in the end."""
        for n in range(HALF_A_YEAR):
            day = MONDAY + timedelta(days=n)
            if n in self.early:
                self.keep(day, contact=True, checkin=Checkin(60))
            facts = self.facts(n)
            picked = pick(facts)
            written = [k for k in picked if k != "review" or n in self.has_review][:1]
            standing = Standing(False, facts.standing, facts.silent_days, facts.entry.said, None)
            said = [k for k in written if isinstance(judge(k, standing, NOW), Speak)]
            if said:
                self.keep(day, said=(*facts.entry.said, *said))
            if n not in self.silences:
                self.keep(day, contact=True, company=n in self.met)
            yield facts, picked, said[0] if said else ""

    def keep(self, day: date, **more: object) -> None:
        self.entries[day] = replace(self.entries.get(day, DayEntry(day)), **more)  # type: ignore[arg-type]


def stretches(chance: random.Random, count: int, longest: int) -> frozenset[int]:
    """Days of some stretches; two of them never touch."""
    days: set[int] = set()
    for _ in range(count):
        start, length = chance.randrange(1, HALF_A_YEAR), chance.randint(1, longest)
        if not days & set(range(start - 2, start + length + 2)):
            days |= set(range(start, min(start + length, HALF_A_YEAR)))
    return frozenset(days)


def some_life(seed: int) -> Life:
    """A random life; a silence lasts at most a fortnight and holds no break."""
    chance = random.Random(seed)

    def some(share: float) -> frozenset[int]:
        return frozenset(n for n in range(HALF_A_YEAR) if chance.random() < share)

    silences = stretches(chance, 8, LOOK_BACK - 1)
    profile = replace(
        PROFILE,
        rest_weekdays=frozenset(chance.sample(range(7), chance.randint(0, 3))),
        checkins=chance.random() < 0.8,
        rest_nudges=chance.random() < 0.7,
        company_nudges=chance.random() < 0.8,
        inventories=chance.random() < 0.8,
        reviews=chance.random() < 0.8,
        review_at=WeeklyTime(6, time(18)) if chance.random() < 0.2 else None,
    )
    return Life(
        profile,
        silences,
        stretches(chance, 4, 9) - silences,
        some(0.04),
        some(chance.choice([0, 0.02, 0.2])),
        some(chance.random()) - silences,
        some(0.1) - silences,
        some(chance.choice([0, 0.02])) - silences,
        some(0.8),
    )


LIVES = [list(some_life(seed).mornings()) for seed in SEEDS]


def days_of(kind: str, life: list[tuple[Facts, tuple[str, ...], str]]) -> list[date]:
    return [facts.day for facts, _, said in life if said == kind]


def test_a_morning_never_brings_two_messages_and_only_such_as_have_a_rule() -> None:
    for life in LIVES:
        for facts, picked, said in life:
            assert set(picked) <= set(MESSAGES)
            assert len(set(picked)) == len(picked)
            assert sum(MESSAGES[k].counts for k in facts.entry.said) <= 1
            assert not said or said in picked


def test_lives_as_they_come_meet_every_kind_of_morning() -> None:
    assert {said for life in LIVES for _, _, said in life} == {
        "", "check-in", "day", "inventory", "company", "before break", "cue card", "rest", "silence", "review",
    }  # fmt: skip


def test_what_a_morning_picks_on_an_ordinary_day_passes_the_gate() -> None:
    for life in LIVES:
        for facts, picked, _ in life:
            standing = Standing(False, facts.standing, facts.silent_days, facts.entry.said, None)
            if facts.standing is not Day.REST:
                assert all(isinstance(judge(k, standing, NOW), Speak) for k in picked), (facts.day, picked)


def test_a_review_comes_at_most_once_in_an_iso_week_and_never_after_wednesday() -> None:
    for life in LIVES:
        days = days_of("review", life)
        weeks = [d.isocalendar()[:2] for d in days]
        assert len(set(weeks)) == len(weeks)
        assert all(d.weekday() < REVIEW_UNTIL for d in days)
        profile = life[0][0].profile
        assert not days or (profile.reviews and profile.review_at is None)


def test_company_is_spoken_of_at_most_once_in_a_fortnight() -> None:
    for life in LIVES:
        days = days_of("company", life)
        assert all((b - a).days > ALONE for a, b in pairwise(days))
        assert not days or life[0][0].profile.company_nudges


def test_the_inventory_is_offered_at_most_once_in_each_four_weeks_of_the_plan() -> None:
    for life in LIVES:
        days = days_of("inventory", life)
        blocks = [(d - MONDAY).days // MONTH for d in days]
        assert len(set(blocks)) == len(blocks)
        assert all((d - MONDAY).days >= MONTH and (d - MONDAY).days % MONTH < 7 for d in days)
        assert not days or life[0][0].profile.inventories


def test_an_inventory_filled_in_lately_is_not_asked_for_again() -> None:
    offered = days_of("inventory", list(Life(filled=frozenset({MONTH - 10})).mornings()))
    assert MONDAY + timedelta(days=MONTH) not in offered
    usual = days_of("inventory", list(Life().mornings()))
    assert usual[0] - MONDAY == timedelta(days=MONTH + 1)  # the Monday has the review


def test_silence_is_broken_at_most_once_in_a_silent_stretch_of_up_to_a_fortnight() -> None:
    for life in LIVES:
        silent_since: list[date] = []
        for facts, _, said in life:
            if said == "silence":
                begun = facts.day - timedelta(days=facts.silent_days)
                assert begun not in silent_since
                silent_since.append(begun)
                assert facts.silent_days >= SILENT_DAYS


@pytest.mark.parametrize(
    ("length", "breaks"),
    [
        pytest.param(14, frozenset(), id="a fortnight"),
        pytest.param(25, frozenset(), id="25 days"),
    ],
)
def test_one_gentle_line_is_said_in_a_silent_stretch_and_then_nothing_more(
    length: int, breaks: frozenset[int]
) -> None:
    profile = replace(PROFILE, rest_weekdays=frozenset())
    life = list(Life(profile, frozenset(range(10, 10 + length)), breaks).mornings())
    said = [said for _, _, said in life[13 : 10 + length] if said]
    assert said == ["silence"]


def test_mornings_of_a_break_are_left_alone_and_the_eve_of_one_is_told() -> None:
    for life in LIVES:
        for facts, picked, _ in life:
            if facts.standing in (Day.BREAK, Day.QUIET):
                assert picked == ()
            if facts.break_tomorrow and facts.standing is Day.ORDINARY and facts.silent_days < SILENT_DAYS:
                assert picked == ("before break",)


def test_interviews_have_their_cue_card_and_rest_days_a_word_only_if_she_wants_it() -> None:
    for life in LIVES:
        for facts, picked, _ in life:
            if facts.standing is Day.INTERVIEW:
                assert picked == ("cue card",)
            if facts.standing is Day.REST:
                assert picked == (("rest",) if facts.profile.rest_nudges else ())


def test_who_checked_in_already_is_not_asked_again() -> None:
    for life in LIVES:
        for facts, picked, _ in life:
            if facts.entry.checkin is not None and facts.standing is Day.ORDINARY:
                assert not {"check-in", "day"} & set(picked)


def test_who_wants_no_check_ins_is_told_the_day_instead() -> None:
    for life in LIVES:
        wanted = life[0][0].profile.checkins
        assert not days_of("day" if wanted else "check-in", life)


entries = st.builds(
    DayEntry,
    st.integers(1, LOOK_BACK).map(lambda n: MONDAY + timedelta(days=50 - n)),
    contact=st.booleans(),
    said=st.lists(st.sampled_from([*MESSAGES, "praise"]), max_size=3).map(tuple),
    company=st.booleans(),
)


@given(
    st.sampled_from(list(Day)),
    st.lists(entries, max_size=14, unique_by=lambda e: e.day),
    st.integers(0, 14),
    st.booleans(),
    st.booleans(),
    st.none() | st.just(Checkin(50)),
)
def test_specials_come_in_a_fixed_order_before_the_ordinary_morning(
    day: Day, lately: list[DayEntry], silent: int, eve: bool, checkins: bool, checkin: Checkin | None
) -> None:
    today = MONDAY + timedelta(days=50)
    state = PaceState(MONDAY, today, done=(30.0,) * 34)
    profile = replace(PROFILE, checkins=checkins)
    facts = Facts(
        today, day, profile, DayEntry(today, checkin=checkin), state, tuple(lately), silent, eve, ()
    )
    picked = pick(facts)
    order = [
        "silence",
        "before break",
        "review",
        "inventory",
        "company",
        "check-in",
        "day",
        "cue card",
        "rest",
    ]
    assert sorted(picked, key=order.index) == list(picked)
    assert picked == pick(facts)
    if len(picked) > 1 and checkin is None:
        assert picked[-1] == ("check-in" if checkins else "day")
    if any(e.company for e in lately):
        assert "company" not in picked
