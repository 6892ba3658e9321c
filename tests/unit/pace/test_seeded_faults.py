"""The checks of this folder notice faults: each fault is put in on purpose and has to be found.

A check returns what it found to be wrong. Without a fault it returns nothing; with one it returns
something, or the folder would be green over a broken policy.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any

import pytest
from unit.pace.histories import GENEROUS, decided_on, telling_histories, well_rested
from unit.pace.laws import law_violations

from bot.pace import caps, load, minutes, mood, policy
from bot.pace.caps import Cap
from bot.pace.model import Checkin, Level, Morning, PaceProfile, PaceState, Session
from bot.pace.replay import replay

VECTORS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))


def recorded_days_decided_otherwise() -> list[str]:
    """The first day of each reference life that is not decided as recorded."""
    found = []
    for number, history in enumerate(VECTORS):
        pairs = zip(replay(history), history["expected"], strict=True)
        wrong = (
            f"life {number}, {day.day}"
            for day, expected in pairs
            if day.as_json() != {**expected, "kinds": sorted(expected["kinds"])}
        )
        found += [first for first in [next(wrong, None)] if first]
    return found


def laws_broken() -> list[str]:
    """The laws that the lives written by hand break."""
    return [found for history in telling_histories().values() for found in law_violations(history)]


def batteries_held_wrongly() -> list[str]:
    """The energy threshold, at every battery, through the whole morning."""
    found = []
    for battery in range(101):
        morning = Morning(checkin=Checkin(battery, mood=2, stress=0, sleep_hours=8))
        level = decided_on(well_rested(), GENEROUS, morning=morning).level
        expected = Level(sum(battery > limit for limit in (10, 30, 50)))
        found += [f"{battery}: {level.word}"] if level is not expected else []
    return found


Check = Callable[[], list[str]]
CHECKS: tuple[Check, ...] = (recorded_days_decided_otherwise, laws_broken, batteries_held_wrongly)
Fault = Callable[[pytest.MonkeyPatch], None]


def no_forced_rest(patch: pytest.MonkeyPatch) -> None:
    """Six busy days in a row are never noticed."""
    real = minutes._stops
    patch.setattr(minutes, "_stops", lambda day, state, *rest: real(day, replace(state, busy=()), *rest))


def swapped_caps(patch: pytest.MonkeyPatch) -> None:
    """The energy rule allows steady where it means ease, and ease where it means steady."""
    real, swap = caps.caps, {Level.EASE: Level.STEADY, Level.STEADY: Level.EASE}

    def swapped(state: PaceState, profile: PaceProfile, week_cap: int) -> list[Cap]:
        found = real(state, profile, week_cap)
        return [
            cap._replace(level=swap.get(cap.level, cap.level)) if cap.reason.id == "energy" else cap
            for cap in found
        ]

    patch.setattr(policy, "caps", swapped)


def growth_off(patch: pytest.MonkeyPatch) -> None:
    """A week may grow as fast as it likes."""
    patch.setattr(minutes, "growth_limit", lambda profile, done: inf)


def growth_compounds_daily(patch: pytest.MonkeyPatch) -> None:
    """The reference week may overlap the current one."""
    real = minutes.growth_limit
    patch.setattr(minutes, "growth_limit", lambda profile, done: real(profile, (*done, *(0.0,) * 6)))


def silence_counted_as_rest(patch: pytest.MonkeyPatch) -> None:
    """A day nobody knows of is a day on which nothing was done."""
    real = load.absorb

    def rested(state: PaceState, sessions: Sequence[Session] | None) -> PaceState:
        return real(state, sessions or ())

    patch.setattr(policy, "absorb", rested)


def pause_ignored(patch: pytest.MonkeyPatch) -> None:
    """The day is shaped as if nothing were paused."""
    real = minutes.shape
    patch.setattr(policy, "shape", lambda state, *rest: real(replace(state, paused=False), *rest))


def pause_lifted_by_a_good_morning(patch: pytest.MonkeyPatch) -> None:
    """A check-in after a crisis is taken for a wish to go on."""
    real = mood.observe

    def cheered_up(state: PaceState, checkin: Checkin | None) -> PaceState:
        good = checkin is not None and (checkin.battery or 0) >= 70 and state.level > Level.REST
        return real(replace(state, paused=state.paused and not good), checkin)

    patch.setattr(policy, "observe", cheered_up)


def level_up_on_silence(patch: pytest.MonkeyPatch) -> None:
    """Every day counts as one with a check-in."""
    real = policy._move
    patch.setattr(policy, "_move", lambda level, up, target, *, fresh: real(level, up, target, fresh=True))


def up_at_once(patch: pytest.MonkeyPatch) -> None:
    """One fresh day is enough to rise."""
    patch.setattr(policy, "FRESH_DAYS_TO_RISE", 1)


def no_easier_weeks(patch: pytest.MonkeyPatch) -> None:
    """The fourth week is like the others."""
    patch.setattr(minutes, "DELOAD_FACTOR", 1)


def only_sessions_asked_for_count(patch: pytest.MonkeyPatch) -> None:
    """Practice beyond an hour a day is not taken into the load."""
    real = load.session_load
    patch.setattr(load, "session_load", lambda sessions: min(real(sessions), 300.0))


def inventory_for_ever(patch: pytest.MonkeyPatch) -> None:
    """A filled-in inventory never grows old."""
    patch.setattr(caps, "INVENTORY_DAYS", 10_000)


def jumpy_change_point(patch: pytest.MonkeyPatch) -> None:
    """The change point rings earlier than it may."""
    patch.setattr(mood, "CUSUM_LIMIT", 4.0)


FAULTS: dict[Fault, tuple[str, ...]] = {
    no_forced_rest: ("p2_a_rest_in_any_seven",),
    swapped_caps: ("p7_a_worse_morning_never_asks_more",),
    growth_off: ("p4_week_within_budget", "p5_growth_is_bounded"),
    growth_compounds_daily: ("p5_growth_is_bounded",),
    silence_counted_as_rest: ("p9_silence_is_no_rest",),
    pause_ignored: ("p10_a_pause_sticks",),
    pause_lifted_by_a_good_morning: ("p10_a_pause_sticks",),
    level_up_on_silence: ("p9_silence_never_raises",),
    up_at_once: (),
    no_easier_weeks: (),
    only_sessions_asked_for_count: ("p13_what_really_happened_counts",),
    inventory_for_ever: (),
    jumpy_change_point: (),
}
"""Each fault with the laws that it breaks; the recorded lives notice every one of them."""


@pytest.fixture(params=FAULTS, ids=lambda fault: fault.__name__)
def seeded(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fault]:
    """The policy with one fault in it."""
    with monkeypatch.context() as patch:
        request.param(patch)
        yield request.param


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_without_a_fault_no_check_finds_anything(check: Check) -> None:
    assert check() == []


def test_the_recorded_lives_notice_every_fault(seeded: Fault) -> None:
    assert recorded_days_decided_otherwise() != []


def test_a_fault_breaks_the_laws_it_is_about(seeded: Fault) -> None:
    broken = {found.split(":")[0] for found in laws_broken()}
    assert set(FAULTS[seeded]) <= broken


def test_the_thresholds_notice_swapped_caps(monkeypatch: pytest.MonkeyPatch) -> None:
    swapped_caps(monkeypatch)
    assert len(batteries_held_wrongly()) == 40, "every battery from 11 to 50"
