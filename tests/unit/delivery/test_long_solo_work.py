"""When a word about company is said, to whom, and how seldom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.delivery.kinds import Day
from bot.delivery.morning import ALONE, ALONE_DAYS, Facts, pick
from bot.pace.model import PaceState
from bot.pace.ports import DayEntry
from bot.profile.model import Profile

TODAY = date(2026, 11, 20)  # a Friday, when no review is looked back at
STARTS = TODAY - timedelta(days=40)
PROFILE = Profile("backend", STARTS, TODAY + timedelta(weeks=10), 360, 90, "UTC", inventories=False)


def morning(
    *,
    practised: int = ALONE_DAYS,
    lately: tuple[DayEntry, ...] = (),
    today: DayEntry | None = None,
    interviews: tuple[date, ...] = (),
    profile: Profile = PROFILE,
    standing: Day = Day.ORDINARY,
    silent: int = 0,
) -> tuple[str, ...]:
    """What is picked after a fortnight of which so many days held practice."""
    done = (0.0,) * (34 - practised) + (30.0,) * practised
    state = PaceState(STARTS, TODAY, done=done)
    return pick(
        Facts(TODAY, standing, profile, today or DayEntry(TODAY), state, lately, silent, False, interviews)
    )


def days_ago(days: int, **known: object) -> DayEntry:
    return replace(DayEntry(TODAY - timedelta(days=days)), **known)  # type: ignore[arg-type]


def test_eight_days_of_practice_in_a_fortnight_without_anybody_bring_the_word_first() -> None:
    assert morning()[0] == "company"
    assert morning()[1:] == ("check-in",)


def test_seven_days_do_not() -> None:
    assert "company" not in morning(practised=ALONE_DAYS - 1)


@pytest.mark.parametrize("days", [1, 7, ALONE])
def test_anybody_met_within_the_fortnight_keeps_it_still(days: int) -> None:
    assert "company" not in morning(lately=(days_ago(days, company=True),))


def test_company_this_very_morning_keeps_it_still() -> None:
    assert "company" not in morning(today=DayEntry(TODAY, company=True))


def test_a_real_interview_is_no_solo_work_and_one_ahead_changes_nothing() -> None:
    assert "company" not in morning(interviews=(TODAY - timedelta(days=3),))
    assert "company" in morning(interviews=(TODAY + timedelta(days=3),))


def test_it_is_said_once_in_two_weeks_at_most() -> None:
    for days in range(1, ALONE + 1):
        assert "company" not in morning(lately=(days_ago(days, said=("company",)),))
    assert "company" in morning(lately=(days_ago(ALONE + 1, said=("company",)),))


def test_who_has_not_been_here_for_two_weeks_has_not_been_alone_for_long() -> None:
    new = replace(PROFILE, starts=TODAY - timedelta(days=ALONE - 1))
    assert "company" not in morning(profile=new)
    assert "company" in morning(profile=replace(PROFILE, starts=TODAY - timedelta(days=ALONE)))


def test_who_wants_no_such_word_never_reads_one() -> None:
    assert "company" not in morning(profile=replace(PROFILE, company_nudges=False))


@pytest.mark.parametrize("standing", [Day.REST, Day.INTERVIEW, Day.BREAK, Day.QUIET])
def test_it_comes_on_ordinary_days_alone_and_not_into_a_silence(standing: Day) -> None:
    assert "company" not in morning(standing=standing)
    assert "company" not in morning(silent=5)
