"""Senders of one process keep a bucket's pace over any sliding second, whatever the clock reads."""

from __future__ import annotations

import math
from collections.abc import Awaitable
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.limiter import MOST_BUCKETS, LocalLimiter
from bot.delivery.model import Bucket

T = TypeVar("T")
CLOSE = 1e-6
"""Places are sums of floats; a microsecond is no burst."""
gaps = st.sampled_from([1.0, 1 / 2, 1 / 5, 1 / 45, 1 / 50, 0.3])
waits = st.lists(st.floats(0, 2), min_size=1, max_size=60)


class Clock:
    """A clock that is moved by hand."""

    def __init__(self, at: float = 1000.0) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at


def now(waiting: Awaitable[T]) -> T:
    """What a coroutine that never waits returns."""
    try:
        waiting.__await__().send(None)
    except StopIteration as done:
        found: T = done.value
        return found
    raise AssertionError("the limiter itself never waits")


def places(clock: Clock, limiter: LocalLimiter, bucket: Bucket, pauses: list[float]) -> list[float]:
    """When messages leave, if one is meant to after each pause."""
    found = []
    for pause in pauses:
        clock.at += pause
        wait = now(limiter.reserve(bucket))
        assert wait >= 0
        found.append(clock.at + wait)
    return found


@given(gaps, waits | st.lists(st.just(0.0), min_size=60, max_size=120))
def test_no_sliding_second_holds_more_than_the_pace_allows(gap: float, pauses: list[float]) -> None:
    clock = Clock()
    found = places(clock, LocalLimiter(clock), Bucket("team", gap), pauses)
    assert found == sorted(found)
    for start in found:
        assert sum(start <= at < start + 1 - CLOSE for at in found) <= math.ceil(1 / gap - CLOSE)


@given(gaps, waits)
def test_a_place_is_never_later_than_the_pace_asks(gap: float, pauses: list[float]) -> None:
    clock = Clock()
    free = clock.at
    for n, at in enumerate(places(clock, LocalLimiter(clock), Bucket("team", gap), pauses)):
        asked = 1000.0 + sum(pauses[: n + 1])
        assert math.isclose(at, max(asked, free), abs_tol=CLOSE)
        free = at + gap


def test_idle_time_is_not_saved_up_for_a_burst() -> None:
    clock = Clock()
    limiter, bucket = LocalLimiter(clock), Bucket("team", 1.0)
    assert now(limiter.reserve(bucket)) == 0
    clock.at += 3600
    assert [now(limiter.reserve(bucket)) for _ in range(4)] == [0, 1, 2, 3]


@given(gaps, st.lists(st.tuples(st.floats(0, 2), st.floats(0, 5) | st.none()), min_size=1, max_size=40))
def test_while_a_platform_asks_to_wait_no_place_is_given(
    gap: float, steps: list[tuple[float, float | None]]
) -> None:
    clock = Clock()
    limiter, bucket, closed, newest = LocalLimiter(clock), Bucket("team", gap), 0.0, 0.0
    for pause, held in steps:
        clock.at += pause
        if held is not None:
            now(limiter.hold(bucket, held))
            closed = max(closed, clock.at + held)
        at = clock.at + now(limiter.reserve(bucket))
        assert at >= closed - CLOSE
        assert at >= newest + gap - CLOSE or newest == 0
        newest = at


def test_a_shorter_wait_does_not_cut_a_longer_one() -> None:
    clock = Clock()
    limiter, bucket = LocalLimiter(clock), Bucket("team", 1.0)
    now(limiter.hold(bucket, 30))
    now(limiter.hold(bucket, 2))
    assert now(limiter.reserve(bucket)) == 30


def test_buckets_do_not_wait_for_one_another() -> None:
    clock = Clock()
    limiter = LocalLimiter(clock)
    assert [now(limiter.reserve(Bucket(f"team {n}", 60.0))) for n in range(50)] == [0.0] * 50
    now(limiter.hold(Bucket("team 1", 60.0), 500))
    assert now(limiter.reserve(Bucket("team 2", 60.0))) == 60


def test_many_buckets_are_forgotten_only_once_they_are_free() -> None:
    clock = Clock()
    limiter, slow = LocalLimiter(clock), Bucket("slow", 1.0)
    now(limiter.hold(slow, 100))
    for n in range(MOST_BUCKETS + 500):
        clock.at += 0.001
        now(limiter.reserve(Bucket(f"b{n}", 0.002)))
    assert now(limiter.reserve(slow)) > 80
    assert len(limiter._free) < MOST_BUCKETS
