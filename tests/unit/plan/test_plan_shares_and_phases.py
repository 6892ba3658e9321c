"""Dividing minutes, and the phases of plans of every length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.plan.model import Mix, Phase
from bot.plan.phases import MIXES, mix_minutes, phase_in, phase_spans, phase_weeks
from bot.plan.shares import added, shares, whole, whole_up
from bot.plan.topics import topic_minutes, topic_weights
from bot.profile.tracks import TRACKS

weights = st.dictionaries(st.text(max_size=3), st.floats(0, 1000), min_size=1, max_size=8)


@given(st.integers(0, 2000), weights)
def test_shares_sum_exactly(total: int, parts: dict[str, float]) -> None:
    found = shares(total, parts)
    assert sum(found.values()) == total
    assert set(found) == set(parts)
    assert all(m >= 0 for m in found.values())


@given(st.integers(0, 400).map(lambda n: n * 5), weights)
def test_shares_are_whole_fives_within_five_minutes_of_the_exact_share(
    total: int, parts: dict[str, float]
) -> None:
    everything = sum(parts.values())
    for key, minutes in shares(total, parts).items():
        assert minutes % 5 == 0
        if everything > 0:
            assert abs(minutes - total * parts[key] / everything) < 5 + 1e-6


@given(st.dictionaries(st.integers(), st.integers(0, 40).map(lambda n: n * 5), min_size=1), st.data())
def test_taking_a_share_away_never_takes_more_than_is_there(
    parts: dict[int, int], data: st.DataObject
) -> None:
    total = data.draw(st.integers(0, sum(parts.values()) // 5)) * 5
    taken = shares(total, {k: float(m) for k, m in parts.items()})
    assert all(taken[k] <= m for k, m in parts.items())


def test_equal_remainders_go_to_the_heavier_then_the_earlier() -> None:
    assert shares(5, {"a": 1, "b": 1}) == {"a": 5, "b": 0}
    assert shares(10, {"a": 1, "b": 3}) == {"a": 0, "b": 10}
    assert shares(7, {"a": 1, "b": 2}) == {"a": 0, "b": 7}
    assert shares(10, {"a": 0.0, "b": 0.0}) == {"a": 10, "b": 0}
    assert shares(10, {}) == {}


def test_whole_fives() -> None:
    assert [whole(m) for m in (-3, 4.9, 5, 9.9999999999, 12)] == [0, 0, 5, 10, 10]
    assert [whole_up(m) for m in (-3, 0, 0.1, 5, 12)] == [0, 0, 5, 5, 15]
    assert added(({"a": 5, "b": 0}, {"a": 10})) == {"a": 15}


@pytest.mark.parametrize("weeks,expected", [(4, [1, 1, 1, 1]), (12, [4, 4, 3, 1]), (26, [9, 9, 7, 1])])
def test_published_phase_lengths(weeks: int, expected: list[int]) -> None:
    assert list(phase_weeks(weeks).values()) == expected
    assert list(phase_weeks(weeks)) == list(Phase)


@pytest.mark.parametrize("weeks", range(4, 27))
def test_every_length_has_all_phases_in_order_without_gaps(weeks: int) -> None:
    spans = phase_spans(weeks)
    assert [s.phase for s in spans] == list(Phase)
    assert sum(s.weeks for s in spans) == weeks
    assert min(s.weeks for s in spans) == 1 == spans[-1].weeks
    covered = [n for s in spans for n in range(s.first_week, s.first_week + s.weeks)]
    assert covered == list(range(1, weeks + 1))
    assert phase_in(spans, 1) is Phase.FOUNDATION
    assert phase_in(spans, weeks) is Phase.TAPER
    build, foundation = spans[1].weeks, spans[0].weeks
    assert 0 <= build - foundation <= 1, "ties go to build"


@pytest.mark.parametrize("weeks", range(5, 27))
def test_a_longer_plan_never_shortens_a_phase(weeks: int) -> None:
    shorter, longer = phase_weeks(weeks - 1), phase_weeks(weeks)
    assert all(longer[p] >= shorter[p] for p in Phase)


def test_a_plan_under_four_weeks_is_refused() -> None:
    with pytest.raises(ValueError, match="4 weeks"):
        phase_weeks(3)


@given(st.sampled_from(list(Phase)), st.integers(0, 1440))
def test_mix_minutes_sum_and_follow_the_percents(phase: Phase, minutes: int) -> None:
    mix = mix_minutes(phase, minutes)
    assert mix.new + mix.review + mix.mock == minutes
    percent = MIXES[phase]
    for got, asked in zip(
        (mix.new, mix.review, mix.mock), (percent.new, percent.review, percent.mock), strict=True
    ):
        assert abs(got - minutes * asked / 100) < 10
    assert phase is not Phase.TAPER or mix.new == 0 or minutes < 5


def test_mixes_sum_to_a_hundred() -> None:
    assert all(m.new + m.review + m.mock == 100 for m in MIXES.values())
    assert mix_minutes(Phase.FOUNDATION, 600) == Mix(330, 240, 30)


def test_topic_minutes_follow_weight_and_gap() -> None:
    """Equal skill leaves the role's weights; a weak area gets more, a finished one half of its weight."""
    track = TRACKS["staff_backend"]
    even = topic_minutes(600, track, {})
    assert even == {
        "system_design": 210,
        "coding": 150,
        "behavioral": 120,
        "cs_depth": 60,
        "communication": 60,
    }
    weak = topic_minutes(600, track, {"coding": 0.0})
    assert weak["coding"] > even["coding"]
    assert topic_weights(track, {"coding": 0.9})["coding"] == 25 * 0.5
    assert topic_weights(track, {"coding": 0.25})["coding"] == 25 * 1.0


@given(
    st.integers(0, 1440),
    st.sampled_from(sorted(TRACKS)),
    st.dictionaries(st.sampled_from(["coding", "sql", "behavioral"]), st.floats(0, 1)),
)
def test_topic_minutes_sum_exactly(minutes: int, track: str, skills: dict[str, float]) -> None:
    assert sum(topic_minutes(minutes, TRACKS[track], skills).values()) == minutes


def test_an_interviews_areas_take_all_minutes() -> None:
    found = topic_minutes(100, TRACKS["staff_backend"], {}, ("coding", "sql"))
    assert set(found) == {"coding", "sql"}
    assert sum(found.values()) == 100
    assert found["coding"] > found["sql"] > 0
