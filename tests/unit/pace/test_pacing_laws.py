"""Laws that hold for any life: generated histories, long ones and strange ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from unit.pace.histories import (
    GENEROUS,
    GOOD,
    OPEN_CALENDAR,
    History,
    Lived,
    calendars,
    histories,
    lived_days,
    one_day,
    profiles,
    sittings,
    some_examples,
    telling_histories,
    walk,
)
from unit.pace.laws import LAWS, Law, law_violations

from bot.pace import policy
from bot.pace.load import ACUTE_RATE, CHRONIC_RATE
from bot.pace.model import Calendar, Level, Morning, PaceProfile, PaceState

pytestmark = pytest.mark.timeout(900)
"""Nightly runs try thousands of lives."""

SLOW = {"p7_a_worse_morning_never_asks_more", "p8_bad_news_never_asks_more"}
QUICK_LAWS = [law for law in LAWS if law.__name__ not in SLOW]


@given(histories)
@some_examples()
def test_every_law_but_the_two_about_another_morning_holds_for_any_history(history: History) -> None:
    walked = walk(history)
    broken = [f"{law.__name__}: {fault}" for law in QUICK_LAWS for fault in law(history, walked)]
    assert broken == []


@pytest.mark.parametrize("law", [law for law in LAWS if law.__name__ in SLOW], ids=lambda law: law.__name__)
def test_what_another_morning_would_have_asked(law: Law) -> None:
    """P7 and P8: compares each day with the same day after worse news."""

    @given(histories)
    @some_examples()
    def holds(history: History) -> None:
        assert list(law(history, walk(history))) == []

    holds()


@given(profiles, calendars, st.lists(lived_days, max_size=16).map(tuple))
@some_examples()
def test_every_law_holds_while_no_two_days_are_alike(
    profile: PaceProfile, calendar: Calendar, days: tuple[Lived, ...]
) -> None:
    assert law_violations(History(profile, calendar, days)) == []


@pytest.mark.parametrize("name", telling_histories())
def test_every_law_holds_for_lives_written_by_hand(name: str) -> None:
    assert law_violations(telling_histories()[name]) == []


INVENTORY_EVERY = 28


def days_to_ceiling(state: PaceState, profile: PaceProfile, calendar: Calendar) -> int | None:
    """Ideal days until the highest level she allows; None if 35 are too few.

    Ideal: she resumes, sleeps and feels well, does what is asked, and fills in the inventory when it
    is due, four weeks after the last.
    """
    ceiling = profile.ceiling if profile.checkins else min(profile.ceiling, profile.manual_level)
    for n in range(1, 36):
        due = state.inventory and (state.today - state.inventory[0]).days >= INVENTORY_EVERY
        morning = Morning(checkin=GOOD, resume=True, inventory=20.0 if due else None)
        day = one_day(state, Lived(morning), profile, calendar)
        if day.decision.level == ceiling:
            return n
        state = day.dusk
    return None


@given(histories)
@some_examples()
@example(History(GENEROUS, OPEN_CALENDAR, (Lived(Morning(inventory=100.0, crisis=True), None),)))
@example(
    History(GENEROUS, OPEN_CALENDAR, (Lived(Morning(), ()),) * 20 + (Lived(Morning(), ((300, 10),)),) * 5)
)
def test_p11_thirty_five_ideal_days_lead_back_to_the_ceiling(history: History) -> None:
    state = walk(history)[-1].dusk
    assert days_to_ceiling(state, history.profile, history.calendar) is not None


def test_p11_a_calm_life_is_back_within_a_week_of_a_bad_day() -> None:
    """After a month of ideal days one empty battery costs a few days, not weeks."""
    days = (Lived(Morning(checkin=GOOD)),) * 28 + (Lived(Morning(checkin=replace(GOOD, battery=5)), ()),)
    state = walk(History(GENEROUS, OPEN_CALENDAR, days))[-1].dusk
    assert state.level is Level.REST
    assert days_to_ceiling(state, GENEROUS, OPEN_CALENDAR) == 6


@given(histories, st.none() | st.lists(sittings, max_size=4).map(tuple))
@some_examples()
def test_p13_an_override_is_never_refused(
    history: History, sessions: tuple[tuple[float, float], ...] | None
) -> None:
    """Whatever the last day asked, any practice on it is taken in and counts as it was."""
    last = walk(history)[-1]
    dusk = policy.end_day(last.decided, history.calendar, planned=last.decision.minutes, sessions=sessions)
    if sessions is None:
        assert dusk.known_days == last.decided.known_days
        assert dusk.done[-1] == 0
        return
    load = sum(minutes * rpe for minutes, rpe in sessions)
    old = last.decided
    stress = sum(s * w for s, w in zip((0.5, 0.3, 0.2), old.event_loads, strict=True))
    moved = old.acute.value + ACUTE_RATE * (load + stress - old.acute.value)
    assert dusk.acute.value == pytest.approx(moved)
    assert dusk.chronic.value == pytest.approx(old.chronic.value + CHRONIC_RATE * (load - old.chronic.value))
    assert dusk.loads[-1] == pytest.approx(load + stress)
    assert dusk.done[-1] == sum(minutes for minutes, _ in sessions)
    worked = last.decision.minutes > 0 or dusk.done[-1] >= 10
    booked = any(i.day == old.today for i in history.calendar.interviews)
    assert dusk.busy[-1] is (worked or booked)
    assert dusk.level is old.level
    assert dusk.paused is old.paused
