"""A clock for a machine whose own clock jumps: late at worst, never early, never back without waiting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.steady import LEAP, SteadyClock

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC).timestamp()
HOUR, HOLD = 3600.0, 90.0


class Machine:
    """A scripted computer: what it truly is, what its wall clock says, how long it has been awake."""

    def __init__(self) -> None:
        self.true, self.awake, self.error = NINE, 1000.0, 0.0
        self.clock = SteadyClock(lambda: self.true + self.error, lambda: self.awake, hold=HOLD)

    def passes(self, seconds: float) -> None:
        self.true += seconds
        self.awake += seconds

    def sleeps(self, seconds: float) -> None:
        """The lid is closed: Linux' monotonic clock stands still."""
        self.true += seconds

    def look(self) -> None:
        """Somebody asks for the time, which is when a jump is noticed."""
        self.clock.now()

    @property
    def now(self) -> float:
        return self.clock.now().timestamp()

    @property
    def ahead(self) -> float:
        """By how much Pacer's clock is ahead of the truth."""
        return self.now - self.true


def about(seconds: float):
    return pytest.approx(seconds, abs=0.001)


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_an_ordinary_day_is_the_wall_clocks(machine):
    assert machine.clock.now() == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert machine.clock.now().utcoffset() == timedelta(0)
    machine.passes(12.5)
    assert machine.now == about(NINE + 12.5)


def test_a_slew_is_followed_at_every_look(machine):
    for _ in range(1000):
        machine.passes(60)
        machine.error += 0.03
        assert machine.ahead == about(machine.error)


def test_a_jump_ahead_is_believed_only_after_the_hold(machine):
    machine.error = HOUR
    for _ in range(9):
        assert machine.ahead == about(0)
        machine.passes(10)
    assert machine.ahead == about(HOUR)


def test_a_jump_ahead_that_is_taken_back_in_time_changes_nothing(machine):
    machine.error = HOUR
    for _ in range(8):
        assert machine.ahead == about(0)
        machine.passes(10)
    machine.error = 0
    for _ in range(20):
        assert machine.ahead == about(0)
        machine.passes(10)


def test_a_second_jump_ahead_is_held_for_as_long_as_the_first(machine):
    machine.error = HOUR
    machine.look()
    machine.passes(80)
    machine.error = 2 * HOUR
    assert machine.ahead == about(0)
    machine.passes(80)
    assert machine.ahead == about(0)
    machine.passes(10)
    assert machine.ahead == about(2 * HOUR)


def test_a_laptop_that_slept_is_late_for_the_hold_and_right_after_it(machine):
    machine.sleeps(8 * HOUR)
    assert machine.now == about(NINE)
    machine.passes(89)
    assert machine.now == about(NINE + 89)
    machine.passes(1)
    assert machine.ahead == about(0)


def test_a_small_step_back_is_stood_out(machine):
    machine.passes(60)
    before = machine.now
    machine.error = -30
    for _ in range(3):
        assert machine.now == about(before)
        machine.passes(10)
    machine.passes(5)
    assert machine.now == about(before + 5)


def test_an_hour_back_stands_still_for_the_hold_and_is_then_believed(machine):
    before = machine.now
    machine.error = -HOUR
    for _ in range(9):
        assert machine.now == about(before)
        machine.passes(10)
    assert machine.ahead == about(-HOUR)
    machine.passes(10)
    assert machine.ahead == about(-HOUR)


def test_a_step_back_that_is_mended_in_time_is_believed_at_once(machine):
    machine.look()
    machine.error = -HOUR
    machine.look()
    machine.passes(40)
    machine.error = 0
    assert machine.ahead == about(0)


def test_an_hour_ahead_believed_and_then_mended_goes_back_only_after_standing_still(machine):
    machine.error = HOUR
    machine.look()
    machine.passes(HOLD)
    believed = machine.now
    machine.error = 0
    assert machine.now == about(believed)
    machine.passes(HOLD)
    assert machine.ahead == about(0)


QUIET = st.tuples(st.just(0.0), st.floats(0, 600))
STEPS = st.lists(st.one_of(QUIET, st.tuples(st.floats(-1e5, 1e5), st.floats(0, 200))), max_size=30)


@given(STEPS)
def test_time_goes_back_only_after_it_stood_still_for_the_hold(steps):
    machine = Machine()
    seen = still_since = machine.awake, machine.now
    for jump, seconds in steps:
        machine.error += jump
        machine.passes(seconds)
        seen = machine.awake, machine.now
        if seen[1] < still_since[1]:
            assert seen[0] - still_since[0] >= HOLD
        if seen[1] != still_since[1]:
            still_since = seen


@given(STEPS)
def test_once_the_wall_clock_is_quiet_for_the_hold_it_is_right(steps):
    machine = Machine()
    for jump, seconds in steps:
        machine.error += jump
        machine.passes(seconds)
        machine.look()
    machine.passes(HOLD + 0.001)
    assert machine.ahead == about(machine.error)


@given(st.lists(st.tuples(st.floats(LEAP, 1e6), st.lists(st.floats(0.1, 20), max_size=4), st.floats(0, 300))))
def test_excursions_shorter_than_the_hold_send_nothing_early(excursions):
    machine = Machine()
    for error, looks, rest in excursions:
        machine.error = error
        for seconds in looks:
            assert machine.ahead <= LEAP + 0.001
            machine.passes(seconds)
        machine.error = 0
        assert machine.ahead <= LEAP + 0.001
        machine.passes(rest)
        assert machine.ahead <= LEAP + 0.001


def test_the_real_clocks_agree():
    assert abs(SteadyClock().now() - datetime.now(UTC)) < timedelta(seconds=1)
