"""The order of today's drills: warm-up, no three in a row, a new topic's first two together."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from bot.drills.model import Chosen, Drill, Practised
from bot.drills.order import Past, Topic, arranged, orderable, topic_of
from bot.pace.model import Kind

TODAY = date(2026, 11, 2)


def drill(name: str, topic: str, difficulty: int = 2, minutes: int = 20, area: str = "coding") -> Drill:
    return Drill(name, name, area, topic, Kind.DRILL, minutes, difficulty, "", (), (), "", ())


def chosen(*topics: str, difficulty: int = 2) -> list[Chosen]:
    drills = (drill(f"{t}{n}", t, difficulty) for n, t in enumerate(topics))
    return [Chosen(d, Kind.DRILL, "gap") for d in drills]


def done(*topics: str, day: date = TODAY - timedelta(1)) -> list[Practised]:
    return [Practised(f"{t}-{n}", "coding", t, Kind.DRILL, day) for n, t in enumerate(topics)]


def topics(found: tuple[Chosen, ...]) -> str:
    return "".join(c.drill.topic for c in found)


def longest_run(names: list[Topic]) -> int:
    return max((len(list(g)) for _, g in groupby(names)), default=0)


@cache
def possible(counts: tuple[tuple[str, int], ...], last: str, run: int) -> bool:
    """Whether some order without three in a row exists, by trying them all."""
    if not any(n for _, n in counts):
        return True
    for topic, n in counts:
        after = run + 1 if topic == last else 1
        if n and after <= 2:
            left = tuple((t, m - (t == topic)) for t, m in counts)
            if possible(left, topic, after):
                return True
    return False


@given(
    counts=st.dictionaries(st.sampled_from("abcd"), st.integers(1, 5), max_size=4),
    last=st.sampled_from("abc"),
    run=st.integers(1, 3),
)
def test_what_is_called_orderable_has_an_order_and_nothing_else_has(
    counts: dict[str, int], last: str, run: int
) -> None:
    past = Past.of(done(*(last * run)), TODAY)
    wanted = possible(tuple(sorted(counts.items())), last, min(run, 2))
    assert orderable({("coding", t): n for t, n in counts.items()}, past) is wanted


@given(
    picks=st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 5)), max_size=9),
    before=st.lists(st.sampled_from("abc"), max_size=4),
)
def test_an_orderable_choice_is_arranged_without_three_in_a_row(
    picks: list[tuple[str, int]], before: list[str]
) -> None:
    past = Past.of(done(*before), TODAY)
    items = [Chosen(drill(f"d{n}", t, hard), Kind.DRILL, "gap") for n, (t, hard) in enumerate(picks)]
    found = arranged(items, past)
    assert Counter(c.drill.id for c in found) == Counter(c.drill.id for c in items)
    if orderable(Counter(topic_of(c.drill) for c in items), past):
        tail = [("coding", t) for t in before[-2:]]
        assert longest_run(tail + [topic_of(c.drill) for c in found]) <= 2


def test_the_easiest_and_then_shortest_comes_first_and_the_others_keep_their_rank() -> None:
    items = [
        Chosen(drill("one", "a", 4), Kind.DRILL, "gap"),
        Chosen(drill("two", "b", 3), Kind.DRILL, "gap"),
        Chosen(drill("three", "c", 2, minutes=25), Kind.DRILL, "gap"),
        Chosen(drill("four", "d", 2, minutes=10), Kind.DRILL, "gap"),
    ]
    found = arranged(items, Past.of(done("a", "b", "c", "d"), TODAY))
    assert [c.drill.id for c in found] == ["four", "one", "two", "three"]


def test_the_first_two_of_a_new_topic_stay_together() -> None:
    assert topics(arranged(chosen("a", "b", "a", "b"), Past())) == "aabb"


def test_topics_past_first_exposure_keep_their_rank() -> None:
    past = Past.of(done("a", "a", "b", "b", "c"), TODAY)
    assert topics(arranged(chosen("a", "b", "a", "b"), past)) == "abab"


def test_a_topic_practised_twice_last_does_not_come_first() -> None:
    past = Past.of(done("b", "a", "a"), TODAY)
    assert topics(arranged(chosen("a", "b"), past)) == "ba"


def test_topics_of_two_areas_may_share_a_name() -> None:
    other = Chosen(drill("other", "a", area="sql"), Kind.DRILL, "gap")
    past = Past.of(done("a", "a"), TODAY)
    assert arranged([other], past) == (other,)
    assert orderable({("sql", "a"): 2}, past)


def test_a_topic_is_just_begun_only_on_its_own_day() -> None:
    assert Past.of(done("b", "a", day=TODAY), TODAY).just_begun
    assert not Past.of(done("b", "a"), TODAY).just_begun
    assert not Past.of(done("a", "a", day=TODAY), TODAY).just_begun
    assert not Past.of([], TODAY).just_begun
