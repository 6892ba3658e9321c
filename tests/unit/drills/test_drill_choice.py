"""Which drills fit today: each part of the score by itself, and the laws that hold for any history."""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drills.choose import AGAIN_DAYS, OVERDUE_SHARE, choose
from bot.drills.model import Card, Chosen, Drill, Practised, Skill
from bot.pace.model import Kind

TODAY = date(2026, 11, 2)
ALL = tuple(Kind)
EASY = (Kind.REVIEW, Kind.STORY_POLISH, Kind.READ)
STEADY = (*EASY, Kind.DRILL, Kind.SHORT_MOCK)
AREAS = ("coding", "sql", "system_design")


def drill(
    name: str,
    area: str = "coding",
    topic: str = "",
    kind: Kind = Kind.DRILL,
    minutes: int = 20,
    difficulty: int = 2,
) -> Drill:
    """A drill of a topic of its own, unless one is named."""
    return Drill(name, name, area, topic or name, kind, minutes, difficulty, "", (), (), "", ())


def card(name: str, *, due_in: int, ago: int = 10, stability: float = 5.0) -> Card:
    return Card(name, stability, 5.0, TODAY + timedelta(due_in), TODAY - timedelta(ago))


def line(d: Drill, ago: int = 1, kind: Kind | None = None) -> Practised:
    return Practised(d.id, d.area, d.topic, kind or d.kind, TODAY - timedelta(ago))


def pick(
    bank: Sequence[Drill],
    *,
    minutes: int = 60,
    kinds: Collection[Kind] = ALL,
    weights: Mapping[str, float] | None = None,
    cards: Sequence[Card] = (),
    **more: Any,
) -> tuple[Chosen, ...]:
    given: dict[str, Any] = {"skills": {}, "history": (), "pull": {}, "ratings": {}, **more}
    return choose(
        bank,
        today=TODAY,
        minutes=minutes,
        kinds=kinds,
        weights=dict.fromkeys(AREAS, 1.0) if weights is None else weights,
        cards={c.drill_id: c for c in cards},
        **given,
    )


def ids(found: Sequence[Chosen]) -> list[str]:
    return [c.drill.id for c in found]


def only(found: Sequence[Chosen]) -> Chosen:
    assert len(found) == 1
    return found[0]


class TestScore:
    """One drill of twenty minutes fits: the one with the higher score."""

    def best(self, bank: Sequence[Drill], **more: Any) -> str:
        return only(pick(bank, minutes=20, **more)).drill.id

    def test_ties_go_by_id(self) -> None:
        assert self.best([drill("b"), drill("a"), drill("c")]) == "a"

    def test_a_heavier_area_comes_first(self) -> None:
        bank = [drill("a", "coding"), drill("b", "sql")]
        assert self.best(bank, weights={"coding": 25, "sql": 35}) == "b"

    def test_the_unit_of_the_weights_does_not_matter(self) -> None:
        bank = [drill("a", "coding", kind=Kind.READ), drill("b", "sql")]
        history = [line(drill("x", "coding", kind=Kind.READ))]
        percent = {"coding": 60.0, "sql": 30.0, "system_design": 10.0}
        shares = {a: w / 100 for a, w in percent.items()}
        for weights in (percent, shares):
            assert self.best(bank, weights=weights, history=history) == "a"

    def test_a_larger_gap_comes_first(self) -> None:
        bank = [drill("a", "coding"), drill("b", "sql")]
        assert self.best(bank, skills={"coding": Skill("coding", 0.5, 9)}) == "b"
        assert self.best(bank, ratings={"coding": 4, "sql": 2}) == "b"

    def test_an_area_that_is_ready_has_no_gap(self) -> None:
        bank = [drill("a", "coding"), drill("b", "sql")]
        skills = {"coding": Skill("coding", 3.0, 9), "sql": Skill("sql", 1.2, 9)}
        assert self.best(bank, skills=skills) == "a"

    def test_what_an_interview_tests_comes_first(self) -> None:
        bank = [drill("a", "coding"), drill("b", "sql")]
        found = only(pick(bank, minutes=20, pull={"sql": math.exp(-2 / 7)}))
        assert (found.drill.id, found.why) == ("b", "interview")

    def test_a_small_pull_leaves_the_gap_as_the_reason(self) -> None:
        assert only(pick([drill("a")], pull={"coding": 0.1})).why == "gap"

    def test_what_faded_more_comes_first(self) -> None:
        cards = [card("a", due_in=0, ago=5), card("b", due_in=0, ago=25)]
        assert self.best([drill("a"), drill("b")], cards=cards) == "b"

    def test_a_shorter_drill_is_worth_more_of_the_minutes(self) -> None:
        assert self.best([drill("a"), drill("b", minutes=15)]) == "b"

    def test_a_kind_practised_yesterday_costs_a_little(self) -> None:
        bank = [drill("a"), drill("b", kind=Kind.READ)]
        assert self.best(bank, history=[line(drill("x"), ago=1)]) == "b"
        assert self.best(bank, history=[line(drill("x"), ago=2)]) == "a"

    def test_the_topic_of_the_drill_before_costs_a_little(self) -> None:
        bank = [drill("a", topic="graphs"), drill("b", topic="heaps")]
        before = [line(drill(n, topic="graphs"), ago=3) for n in ("x", "y")]
        heap = line(drill("z", topic="heaps"), ago=2)
        assert self.best(bank, history=[before[0], heap, before[1]]) == "b"
        assert self.best(bank, history=[*before, heap]) == "a"

    def test_the_second_drill_of_a_topic_costs_nothing(self) -> None:
        bank = [drill("a", topic="graphs"), drill("b", topic="heaps")]
        assert self.best(bank, history=[line(drill("x", topic="graphs"))]) == "a"


class TestKinds:
    """What a drill counts as today, and which days allow it."""

    def test_a_due_drill_counts_as_review_and_suits_an_easy_day(self) -> None:
        found = only(pick([drill("a")], kinds=EASY, cards=[card("a", due_in=0)]))
        assert (found.kind, found.why) == (Kind.REVIEW, "due")

    def test_a_drill_that_is_not_due_is_left_alone(self) -> None:
        assert pick([drill("a")], cards=[card("a", due_in=1, ago=1)]) == ()

    def test_an_interview_ahead_brings_a_drill_back_before_its_day(self) -> None:
        early = card("a", due_in=3, ago=4, stability=5.0)
        assert pick([drill("a")], cards=[early]) == ()
        found = only(pick([drill("a")], cards=[early], pull={"coding": math.exp(-10 / 7)}))
        assert (found.kind, found.why) == (Kind.REVIEW, "interview")

    def test_an_easy_day_brings_nothing_back_early(self) -> None:
        early = card("a", due_in=3, ago=4, stability=5.0)
        assert pick([drill("a")], kinds=EASY, cards=[early], pull={"coding": 0.5}) == ()

    @pytest.mark.parametrize("kind", [Kind.SHORT_MOCK, Kind.FULL_MOCK])
    def test_a_mock_stays_a_mock_when_it_is_due(self, kind: Kind) -> None:
        bank, cards = [drill("a", kind=kind, minutes=30)], [card("a", due_in=0)]
        assert pick(bank, kinds=EASY, cards=cards) == ()
        found = only(pick(bank, cards=cards))
        assert (found.kind, found.why) == (kind, "due")

    @pytest.mark.parametrize(
        ("difficulty", "ratings", "kind"),
        [
            (3, {}, Kind.NEW_TOPIC),
            (3, {"coding": 2}, Kind.NEW_TOPIC),
            (3, {"coding": 3}, Kind.DRILL),
            (2, {}, Kind.DRILL),
        ],
    )
    def test_a_hard_first_drill_is_a_new_topic_for_somebody_new_to_the_area(
        self, difficulty: int, ratings: dict[str, int], kind: Kind
    ) -> None:
        bank = [drill("a", topic="graphs", difficulty=difficulty)]
        assert only(pick(bank, ratings=ratings)).kind is kind
        allowed = pick(bank, kinds=STEADY, ratings=ratings)
        assert bool(allowed) is (kind is Kind.DRILL)

    def test_a_topic_practised_before_is_not_new(self) -> None:
        bank = [drill("a", topic="graphs", difficulty=4)]
        history = [line(drill("x", topic="graphs"), ago=9)]
        assert only(pick(bank, history=history)).kind is Kind.DRILL
        both = [*bank, drill("b", topic="graphs")]
        found = pick(both, kinds=STEADY, cards=[card("b", due_in=5, ago=0)])
        assert ids(found) == ["a"]

    def test_a_topic_of_the_same_name_elsewhere_does_not_count(self) -> None:
        history = [line(drill("x", area="sql", topic="graphs"), ago=9)]
        assert only(pick([drill("a", topic="graphs", difficulty=4)], history=history)).kind is Kind.NEW_TOPIC

    def test_a_hard_full_mock_stays_one(self) -> None:
        bank = [drill("a", kind=Kind.FULL_MOCK, minutes=50, difficulty=4)]
        assert only(pick(bank)).kind is Kind.FULL_MOCK

    def test_a_drill_done_without_a_rating_rests_for_a_while(self) -> None:
        a = drill("a", kind=Kind.READ)
        assert pick([a], history=[line(a, ago=AGAIN_DAYS)]) == ()
        assert only(pick([a], history=[line(a, ago=AGAIN_DAYS + 1)])).kind is Kind.READ


class TestAreas:
    """Whose drills these are."""

    def test_only_areas_of_the_role_count(self) -> None:
        bank = [drill("a", "coding"), drill("b", "papers")]
        assert ids(pick(bank, weights={"coding": 100})) == ["a"]
        assert pick(bank, weights={}) == ()

    def test_an_area_that_an_interview_tests_counts_as_well(self) -> None:
        bank = [drill("a", "papers")]
        assert ids(pick(bank, weights={"coding": 100}, pull={"papers": 0.3})) == ["a"]

    def test_before_an_interview_nothing_else_counts(self) -> None:
        bank = [drill("a", "coding"), drill("b", "sql"), drill("c", "sql")]
        cards = [card("a", due_in=0), card("b", due_in=0)]
        assert ids(pick(bank, cards=cards, only_areas=frozenset({"sql"}))) == ["b", "c"]

    def test_an_excluded_drill_is_not_chosen(self) -> None:
        assert ids(pick([drill("a"), drill("b")], exclude=frozenset({"a"}))) == ["b"]


class TestFill:
    """How the minutes are filled."""

    def test_the_backlog_takes_at_most_its_share(self) -> None:
        bank = [drill(n, minutes=15) for n in ("a", "b", "c", "d", "x", "y")]
        cards = [card(n, due_in=-20, ago=40) for n in ("a", "b", "c", "d")]
        found = pick(bank, minutes=60, cards=cards)
        assert sorted(ids(found)) == ["a", "b", "x", "y"]

    def test_what_is_due_today_is_no_backlog(self) -> None:
        bank = [drill(n, minutes=15) for n in ("a", "b", "c", "d")]
        cards = [card(n, due_in=0, ago=40) for n in ("a", "b", "c", "d")]
        assert len(pick(bank, minutes=60, cards=cards)) == 4

    def test_one_overdue_drill_may_fill_a_short_day(self) -> None:
        """A drill cannot be cut: otherwise it would never come back to somebody with half an hour a day."""
        bank = [drill("a", minutes=25), drill("b", minutes=25)]
        cards = [card("a", due_in=-20, ago=40), card("b", due_in=-20, ago=30)]
        assert ids(pick(bank, minutes=30, cards=cards)) == ["a"]
        assert ids(pick(bank, minutes=50, cards=cards)) == ["a"]
        light = drill("c", "sql", minutes=10)
        assert ids(pick([*bank, light], minutes=30, cards=cards, weights={"coding": 95, "sql": 5})) == ["a"]

    def test_a_new_topic_begins_with_two_drills_back_to_back(self) -> None:
        bank = [
            drill("a", "coding", "graphs"),
            drill("b", "coding", "graphs", minutes=25),
            drill("c", "sql", "joins"),
        ]
        assert ids(pick(bank, minutes=45)) == ["a", "b"]

    def test_second_drills_of_equal_worth_go_by_id(self) -> None:
        bank = [
            drill("a", topic="graphs", minutes=10),
            drill("c", topic="graphs"),
            drill("b", topic="graphs"),
        ]
        assert ids(pick(bank, minutes=30)) == ["a", "b"]

    def test_the_second_drill_of_a_topic_begun_today_comes_next(self) -> None:
        a, b, c = (
            drill("a", "coding", "graphs"),
            drill("b", "coding", "graphs", minutes=25),
            drill("c", "sql", "joins"),
        )
        assert ids(pick([a, b, c], minutes=25, history=[line(a, ago=0)])) == ["b"]
        assert ids(pick([a, b, c], minutes=25, history=[line(a, ago=1)])) == ["c"]

    def test_three_of_one_topic_are_mixed_or_left_out(self) -> None:
        bank = [drill(n, "coding", "graphs") for n in ("a", "b", "c")]
        assert ids(pick(bank, minutes=60)) == ["a", "b"]
        mixed = pick([*bank, drill("z", "sql")], minutes=80, weights={"coding": 90, "sql": 10})
        assert ids(mixed) == ["a", "b", "z", "c"]

    def test_where_nothing_fits_the_shortest_comes_marked(self) -> None:
        bank = [drill("a", minutes=30), drill("b", minutes=25)]
        assert [(c.drill.id, c.why) for c in pick(bank, minutes=10)] == [("b", "short")]

    @pytest.mark.parametrize(("minutes", "kinds"), [(0, ALL), (5, ALL), (60, ())])
    def test_a_day_that_asks_nothing_gets_nothing(self, minutes: int, kinds: tuple[Kind, ...]) -> None:
        assert pick([drill("a")], minutes=minutes, kinds=kinds) == ()

    def test_a_topic_that_repeats_is_better_than_too_long_a_drill(self) -> None:
        bank = [drill("a", "coding", "graphs"), drill("b", "sql", minutes=30)]
        history = [line(drill(n, "coding", "graphs")) for n in ("x", "y")]
        assert [(c.drill.id, c.why) for c in pick(bank, minutes=20, history=history)] == [("a", "gap")]

    def test_a_warm_up_comes_first(self) -> None:
        bank = [drill("a", "sql", difficulty=2), drill("b", "coding", difficulty=1, minutes=25)]
        assert ids(pick(bank, weights={"sql": 90, "coding": 10})) == ["b", "a"]


authored = st.sampled_from([Kind.DRILL, Kind.READ, Kind.STORY_POLISH, Kind.SHORT_MOCK, Kind.FULL_MOCK])
banks = st.lists(
    st.tuples(
        st.sampled_from(AREAS),
        st.sampled_from(["p", "q", "r"]),
        authored,
        st.sampled_from([10, 15, 20, 25, 30, 50]),
        st.integers(1, 5),
    ),
    min_size=3,
    max_size=24,
).map(lambda rows: [drill(f"d{n:02}", *row) for n, row in enumerate(rows)])


@st.composite
def days(draw: st.DrawFn) -> dict[str, Any]:
    """A bank with some of its drills done, and a day to choose for."""
    bank = draw(banks)
    cards, history = [], []
    for d in bank:
        state = draw(st.sampled_from(["new", "new", "card", "card", "unrated"]))
        ago = draw(st.integers(0, 40))
        if state == "card":
            due = draw(st.integers(-30, 10)) if ago else 1
            cards.append(card(d.id, due_in=due, ago=ago, stability=draw(st.floats(0.2, 60))))
        if state != "new":
            history.append(line(d, ago=ago))
    return {
        "bank": bank,
        "cards": cards,
        "history": sorted(history, key=lambda p: (p.day, p.drill_id)),
        "minutes": draw(st.sampled_from([60, 60, 90, 90, 240, 150, 45, 30, 20, 10, 0])),
        "kinds": draw(st.sampled_from([ALL, ALL, ALL, STEADY, STEADY, EASY, ()])),
        "pull": draw(st.dictionaries(st.sampled_from(AREAS), st.floats(0, 1))),
        "ratings": draw(st.dictionaries(st.sampled_from(AREAS), st.integers(1, 5))),
        "only_areas": draw(st.none() | st.none() | st.frozensets(st.sampled_from(AREAS), min_size=1)),
        "weights": {a: draw(st.sampled_from([10, 10, 10, 30, 0])) for a in AREAS},
        "exclude": draw(st.frozensets(st.sampled_from([f"d{n:02}" for n in range(24)]), max_size=3)),
    }


@given(day=days(), order=st.randoms(use_true_random=False))
def test_the_order_of_the_bank_and_of_the_cards_does_not_matter(day: dict[str, Any], order: Any) -> None:
    shuffled = {**day, "bank": list(day["bank"]), "cards": list(day["cards"])}
    order.shuffle(shuffled["bank"])
    order.shuffle(shuffled["cards"])
    assert pick(**day) == pick(**shuffled)


@given(day=days())
def test_minutes_hold_but_for_one_drill_that_is_marked(day: dict[str, Any]) -> None:
    found = pick(**day)
    if any(c.why == "short" for c in found):
        assert only(found).drill.minutes > day["minutes"] >= 10
    else:
        assert sum(c.drill.minutes for c in found) <= day["minutes"]


@given(day=days())
def test_only_allowed_kinds_areas_and_drills_are_chosen_and_none_twice(day: dict[str, Any]) -> None:
    found = pick(**day)
    assert len(set(ids(found))) == len(found)
    for c in found:
        assert c.kind in day["kinds"]
        assert c.why in {"due", "gap", "interview", "short"}
        assert c.drill.id not in day["exclude"]
        assert day["only_areas"] is None or c.drill.area in day["only_areas"]


@given(day=days())
def test_what_was_overdue_never_fills_the_day(day: dict[str, Any]) -> None:
    due = {c.drill_id: c.due for c in day["cards"]}
    overdue = [c.drill.minutes for c in pick(**day) if due.get(c.drill.id, TODAY) < TODAY]
    assert len(overdue) <= 1 or sum(overdue) <= OVERDUE_SHARE * day["minutes"]


@given(day=days())
def test_there_are_never_three_of_one_topic_in_a_row(day: dict[str, Any]) -> None:
    found = pick(**day)
    if len(found) < 2:
        return
    names = [(p.area, p.topic) for p in (*day["history"][-2:], *(c.drill for c in found))]
    own = len(day["history"][-2:])
    for start in range(len(names) - 2):
        if start + 2 >= own:
            assert len(set(names[start : start + 3])) > 1


@given(day=days())
def test_no_drill_that_is_known_comes_before_it_is_due(day: dict[str, Any]) -> None:
    cards = {c.drill_id: c for c in day["cards"]}
    for c in pick(**day):
        known = cards.get(c.drill.id)
        if known is not None and c.why != "short":
            assert (known.due <= TODAY) is (c.why == "due")
            assert known.last < TODAY


@given(
    lengths=st.lists(st.sampled_from([10, 15, 20, 25, 30]), min_size=1, max_size=12),
    minutes=st.integers(10, 240),
)
def test_the_fill_leaves_less_than_the_smallest_drill_left_over(lengths: list[int], minutes: int) -> None:
    bank = [drill(f"d{n}", minutes=m) for n, m in enumerate(lengths)]
    found = pick(bank, minutes=minutes)
    left = minutes - sum(c.drill.minutes for c in found)
    others = [d.minutes for d in bank if d.id not in ids(found)]
    assert found
    assert not others or left < min(others)


@given(bank=banks, minutes=st.sampled_from([10, 30, 60]))
def test_a_day_with_something_allowed_is_never_empty(bank: list[Drill], minutes: int) -> None:
    found = pick(bank, minutes=minutes, kinds=EASY, ratings=dict.fromkeys(AREAS, 3))
    assert bool(found) is any(d.kind in EASY for d in bank)


def test_a_large_bank_takes_less_than_ten_milliseconds() -> None:
    kinds = [Kind.DRILL, Kind.DRILL, Kind.READ, Kind.SHORT_MOCK]
    bank = [
        drill(f"d{n}", AREAS[n % 3], f"t{n % 70}", kinds[n % 4], 10 + 5 * (n % 5), 1 + n % 5)
        for n in range(400)
    ]
    cards = [card(f"d{n}", due_in=n % 9 - 6, ago=1 + n % 20) for n in range(0, 1000, 2)]
    cards += [card(f"gone{n}", due_in=0) for n in range(500)]
    history = [line(bank[n % 400], ago=60 - n // 20) for n in range(1200)]

    def seconds(minutes: int) -> float:
        start = time.process_time()
        assert pick(bank, minutes=minutes, cards=cards, history=history)
        return time.process_time() - start

    for minutes in (30, 60, 240):
        assert min(seconds(minutes) for _ in range(5)) < 0.010
