"""What counts of a meeting where people say different things: nobody is accused against her own word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pairing.arranged import Arranged, Met, Seat, Stage
from bot.pairing.outcomes import history_of, may_rate, outcome_of, people_met
from bot.pairing.reliability import CAME, Outcome, reliability
from bot.pairing.rematch import Reply

AT = datetime(2026, 11, 24, 18, tzinfo=UTC)
WEEK = date(2026, 11, 23)
AFTER = AT + timedelta(hours=2)
answers = st.lists(st.sampled_from(Met), min_size=2, max_size=3)


def meeting(*said: Met) -> Arranged:
    """Two or three who had agreed on an hour, each with what she says about it."""
    seats = tuple(
        Seat(name, place, met=met) for place, (name, met) in enumerate(zip("abc", said, strict=False))
    )
    return Arranged("m", "c", WEEK, AT, Stage.AGREED, seats, (), 60, (AT,), AT)


def counted(*said: Met) -> list[Outcome | None]:
    held = meeting(*said)
    return [outcome_of(held, seat) for seat in held.seats]


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ((Met.YES, Met.UNSAID), [Outcome.MET, Outcome.MET]),
        ((Met.WAITED, Met.UNSAID), [Outcome.WAITED, Outcome.NO_SHOW]),
        ((Met.NO, Met.UNSAID), [None, None]),
        ((Met.OFF, Met.UNSAID), [Outcome.DECLINED, None]),
        ((Met.MINE, Met.UNSAID), [Outcome.NO_SHOW, None]),
        ((Met.UNSAID, Met.UNSAID), [None, None]),
        ((Met.WAITED, Met.YES, Met.UNSAID), [Outcome.WAITED, Outcome.MET, Outcome.MET]),
        ((Met.WAITED, Met.OFF, Met.UNSAID), [Outcome.WAITED, Outcome.DECLINED, None]),
        ((Met.WAITED, Met.NO, Met.UNSAID), [Outcome.WAITED, None, None]),
        ((Met.WAITED, Met.MINE, Met.UNSAID), [Outcome.WAITED, Outcome.NO_SHOW, Outcome.NO_SHOW]),
        ((Met.YES, Met.YES, Met.MINE), [Outcome.MET, Outcome.MET, Outcome.NO_SHOW]),
    ],
)
def test_what_counts_for_each(said: tuple[Met, ...], counts: list[Outcome | None]) -> None:
    assert counted(*said) == counts


@given(answers, st.data())
def test_what_others_say_never_harms_who_has_spoken(said: list[Met], data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([n for n, met in enumerate(said) if met is not Met.UNSAID] or [0]))
    others = data.draw(st.lists(st.sampled_from(Met), min_size=len(said), max_size=len(said)))
    if said[place] is not Met.UNSAID:
        others[place] = said[place]
        assert counted(*others)[place] == counted(*said)[place]


@given(answers)
def test_somebody_silent_is_held_to_something_only_where_all_who_spoke_agree(said: list[Met]) -> None:
    for met, found in zip(said, counted(*said), strict=True):
        if met is Met.UNSAID and found is Outcome.NO_SHOW:
            assert Met.WAITED in said and not {Met.YES, Met.OFF, Met.NO} & set(said)


@given(answers)
def test_only_her_own_yes_lets_her_rate_and_who_met_is_whom_nobody_contradicts(said: list[Met]) -> None:
    held = meeting(*said)
    assert [may_rate(held, s, AFTER) for s in held.seats] == [met is Met.YES for met in said]
    assert not any(may_rate(held, s, AT - timedelta(minutes=1)) for s in held.seats)
    assert set(people_met(held)) == {
        s.person for s in held.seats if s.met is Met.YES or (s.met is Met.UNSAID and Met.YES in said)
    }


def test_a_no_in_time_and_what_was_never_agreed_on_cost_nothing() -> None:
    declined = replace(meeting(Met.UNSAID, Met.UNSAID), stage=Stage.OVER)
    declined = replace(declined, seats=(replace(declined.seats[0], reply=Reply.TOO_TIRED), declined.seats[1]))
    assert [outcome_of(declined, s) for s in declined.seats] == [Outcome.DECLINED, None]
    asked = replace(meeting(Met.WAITED, Met.YES), begins=None, stage=Stage.OPEN)
    assert [outcome_of(asked, s) for s in asked.seats] == [None, None]
    assert reliability(history_of("a", [declined, asked]), WEEK) == 1.0


def test_who_waited_came_as_she_had_said() -> None:
    (hers,) = history_of("a", [meeting(Met.WAITED, Met.UNSAID)])
    assert hers.outcome in CAME and hers.day == AT.date()
