"""The one gate: whatever Pacer would say by itself, these laws hold."""

from __future__ import annotations

import ast
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import routing
from bot.delivery import turns
from bot.delivery.gate import SILENT_DAYS, Silence, Speak, Standing, Wait, judge
from bot.delivery.kinds import MESSAGES, MOST_PROACTIVE, REMINDERS, SLOTS, Day, InDoubt

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
LATER = NOW + timedelta(hours=4)
FREE = Standing(away=False, day=Day.ORDINARY, silent_days=0, said=(), quiet_until=None)
KINDS = sorted(MESSAGES)
kinds = st.sampled_from(KINDS)
days = st.sampled_from(list(Day))
said = st.lists(kinds | st.sampled_from(["morning", "evening", "praise"]), max_size=4).map(tuple)
ends = st.none() | st.integers(-600, 600).map(lambda n: NOW + timedelta(minutes=n))
expiries = st.integers(-600, 600).map(lambda n: NOW + timedelta(minutes=n))
standings = st.builds(
    Standing, away=st.booleans(), day=days, silent_days=st.integers(0, 14), said=said, quiet_until=ends
)

ALLOWED = {
    Day.ORDINARY: {
        "check-in", "day", "inventory", "company", "before break", "silence", "review", "own review", "drill", "effort",
    },
    Day.REST: {"rest", "own review", "effort"},
    Day.INTERVIEW: {"cue card", "own review", "effort"},
    Day.QUIET: {"own review", "effort"},
    Day.BREAK: set(),
}  # fmt: skip
SPOKEN_INTO_SILENCE = {"silence", "cue card"}


def test_nothing_at_all_is_sent_to_somebody_who_is_away_in_a_million_events() -> None:
    chance, count = random.Random(20260105), 1_000_000
    quiet = (None, NOW, NOW + timedelta(hours=2), LATER, LATER + timedelta(days=1))
    told = [tuple(chance.choices([*KINDS, "praise"], k=chance.randrange(4))) for _ in range(500)]
    events = zip(
        chance.choices([*KINDS, "", "praise"], k=count),
        chance.choices(list(Day), k=count),
        chance.choices(range(15), k=count),
        chance.choices(told, k=count),
        chance.choices(quiet, k=count),
        chance.choices([True, False], k=count),
        strict=True,
    )
    seen = 0
    for kind, day, silent, before, until, again in events:
        verdict = judge(kind, Standing(True, day, silent, before, until), LATER, again=again)
        seen += verdict.__class__ is Silence
    assert seen == count


@given(days, st.integers(0, SILENT_DAYS - 1), ends, expiries, st.lists(kinds, max_size=12))
def test_of_any_sequence_of_attempts_in_a_day_one_counts_and_none_comes_twice(
    day: Day, silent: int, until: datetime | None, expires: datetime, attempts: list[str]
) -> None:
    standing = Standing(False, day, silent, (), until)
    for kind in attempts:
        if isinstance(judge(kind, standing, expires), Speak):
            standing = replace(standing, said=(*standing.said, kind))
    assert sum(MESSAGES[kind].counts for kind in standing.said) <= MOST_PROACTIVE == 1
    assert len(set(standing.said)) == len(standing.said)


@given(st.permutations(KINDS), st.sampled_from([d for d in Day if d is not Day.BREAK]))
def test_what_she_asked_for_comes_beside_the_days_one_message(attempts: list[str], day: Day) -> None:
    standing = replace(FREE, day=day)
    for kind in attempts:
        if isinstance(judge(kind, standing, LATER), Speak):
            standing = replace(standing, said=(*standing.said, kind))
    beside = {kind for kind in ALLOWED[day] if not MESSAGES[kind].counts}
    assert beside <= set(standing.said)
    counted = ALLOWED[day] - beside
    assert len(set(standing.said) & counted) == (1 if counted else 0)


@pytest.mark.parametrize("day", Day)
def test_each_day_has_only_the_messages_that_were_declared_for_it(day: Day) -> None:
    spoken = {kind for kind in KINDS if isinstance(judge(kind, replace(FREE, day=day), LATER), Speak)}
    assert spoken == ALLOWED[day]


@given(kinds, standings, expiries)
def test_on_days_of_rest_interviews_and_breaks_nothing_undeclared_is_said(
    kind: str, standing: Standing, expires: datetime
) -> None:
    if kind not in ALLOWED[standing.day]:
        assert isinstance(judge(kind, standing, expires), Silence)


@given(kinds, standings, st.integers(SILENT_DAYS, 400))
def test_after_three_silent_days_only_one_gentle_line_and_an_interview_break_the_silence(
    kind: str, standing: Standing, silent: int
) -> None:
    verdict = judge(kind, replace(standing, silent_days=silent), LATER)
    if kind not in SPOKEN_INTO_SILENCE:
        assert isinstance(verdict, Silence)


def test_the_third_silent_day_is_where_silence_begins() -> None:
    assert judge("check-in", replace(FREE, silent_days=2), LATER) == Speak()
    assert judge("check-in", replace(FREE, silent_days=3), LATER) == Silence("silence")
    assert judge("silence", replace(FREE, silent_days=3), LATER) == Speak()
    assert judge("silence", replace(FREE, silent_days=4, said=("silence",)), LATER) == Silence("said")


@given(st.sampled_from(sorted(k for k, r in REMINDERS.items() if r.appointed)), standings, expiries)
def test_what_belongs_to_an_appointment_comes_on_any_day_and_again_but_not_at_night(
    kind: str, standing: Standing, expires: datetime
) -> None:
    held = replace(standing, away=False, said=(*standing.said, kind))
    assert judge(kind, replace(held, quiet_until=None), expires) == Speak()
    until = expires - timedelta(minutes=1)
    assert judge(kind, replace(held, quiet_until=until), expires) == Wait(until)
    assert judge(kind, replace(held, away=True), expires) == Silence("away")


@given(
    st.sampled_from(sorted(k for k, r in REMINDERS.items() if r.asked_for)),
    standings,
    expiries,
    st.booleans(),
)
def test_what_she_put_on_herself_comes_at_any_hour_and_any_number_of_times_unless_she_is_away(
    kind: str, standing: Standing, expires: datetime, again: bool
) -> None:
    held = replace(standing, said=(*standing.said, kind, kind))
    assert judge(kind, replace(held, away=False), expires, again=again) == Speak()
    assert judge(kind, replace(held, away=True), expires, again=again) == Silence("away")


@given(st.sampled_from(sorted(REMINDERS)), kinds, standings, expiries)
def test_what_she_put_on_herself_takes_nothing_from_the_day(
    kind: str, other: str, standing: Standing, expires: datetime
) -> None:
    rung = replace(standing, said=(*standing.said, kind))
    assert judge(other, rung, expires) == judge(other, standing, expires)


@given(kinds, standings, expiries, st.booleans())
def test_a_message_waits_only_for_the_end_of_quiet_hours_and_only_while_it_is_worth_it(
    kind: str, standing: Standing, expires: datetime, again: bool
) -> None:
    verdict = judge(kind, standing, expires, again=again)
    if isinstance(verdict, Wait):
        assert verdict.until == standing.quiet_until
        assert verdict.until < expires
    if isinstance(verdict, Speak):
        assert standing.quiet_until is None
    if standing.quiet_until is not None and standing.quiet_until >= expires:
        assert isinstance(verdict, Silence)


@given(kinds, standings, expiries)
def test_quiet_hours_change_when_something_is_said_and_never_whether_it_may_be(
    kind: str, standing: Standing, expires: datetime
) -> None:
    loud = judge(kind, replace(standing, quiet_until=None), expires)
    hushed = judge(kind, standing, expires)
    if isinstance(loud, Silence):
        assert hushed == loud
    elif standing.quiet_until is not None:
        assert not isinstance(hushed, Speak)


@given(kinds | st.just("praise"), standings, expiries)
def test_a_message_said_yes_to_before_is_held_back_only_by_absence_and_quiet_hours(
    kind: str, standing: Standing, expires: datetime
) -> None:
    verdict = judge(kind, standing, expires, again=True)
    first = judge("check-in", replace(standing, day=Day.ORDINARY, silent_days=0, said=()), expires)
    assert verdict == first


@given(kinds, st.lists(st.text(max_size=10).filter(lambda k: k not in MESSAGES), max_size=5).map(tuple), days)
def test_kinds_that_this_program_does_not_know_count_for_nothing(
    kind: str, unknown: tuple[str, ...], day: Day
) -> None:
    plain = replace(FREE, day=day)
    assert judge(kind, replace(plain, said=unknown), LATER) == judge(kind, plain, LATER)


@given(kinds, standings, expiries)
def test_a_verdict_of_silence_always_says_why(kind: str, standing: Standing, expires: datetime) -> None:
    verdict = judge(kind, standing, expires)
    if isinstance(verdict, Silence):
        assert verdict.why in {"away", "day", "silence", "said", "one a day", "too late"}


def prompted() -> set[str]:
    """The message kinds that the delivery room writes, read from its source."""
    tree = ast.parse(Path(turns.__file__).read_text())
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    names = [c.args[0] for c in calls if isinstance(c.func, ast.Name) and c.func.id == "Prompt"]
    return {n.value for n in names if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def test_every_slot_and_every_message_has_a_rule_and_a_writer() -> None:
    assert {slot.usual for slot in SLOTS.values()} <= set(MESSAGES)
    assert set(routing.TIME_HANDLERS) == {*SLOTS, *REMINDERS}
    assert prompted() == set(MESSAGES)
    assert set(ALLOWED[Day.ORDINARY]).union(*ALLOWED.values()) == set(MESSAGES)


def test_every_rule_makes_sense() -> None:
    for kind, rule in MESSAGES.items():
        assert rule.days, kind
        assert Day.BREAK not in rule.days, kind
        assert rule.keeps is None or timedelta(0) < rule.keeps <= timedelta(hours=36), kind
    assert {kind for kind, rule in MESSAGES.items() if rule.breaks_silence} == SPOKEN_INTO_SILENCE
    assert {kind for kind, rule in MESSAGES.items() if rule.in_doubt is InDoubt.RESEND} == {
        "drill", "review", "own review",
    }  # fmt: skip
