"""What a drill's format changes in the choice: cards are held more firmly, and a format that loses points comes more often."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.drills.choose import choose
from bot.drills.families import FORMAT_NAMES, NAMES, Family, Round, round_of
from bot.drills.formats import Format
from bot.drills.memory import desired_retention, retrievability
from bot.drills.model import Card, Chosen, Drill
from bot.pace.minutes import KINDS
from bot.pace.model import Kind, Level
from bot.profile.tracks import AREAS

TODAY = date(2026, 11, 2)


def drill(name: str, style: Format = Format.DRILL, area: str = "coding", kind: Kind = Kind.DRILL) -> Drill:
    return Drill(name, name, area, name, kind, 20, 2, "", (), (), "", (), format=style)


def pick(bank: Sequence[Drill], cards: Sequence[Card] = (), **more: Any) -> tuple[Chosen, ...]:
    given: dict[str, Any] = {"minutes": 20, "kinds": tuple(Kind), "pull": {}, **more}
    return choose(
        bank,
        today=TODAY,
        weights={"coding": 1.0},
        skills={},
        cards={c.drill_id: c for c in cards},
        history=(),
        ratings={},
        **given,
    )


@pytest.mark.parametrize(
    ("days", "ease", "fact", "wanted"),
    [
        (None, False, True, 0.90),
        (None, False, False, 0.85),
        (14, False, True, 0.93),
        (14, False, False, 0.93),
        (15, False, True, 0.90),
        (3, True, True, 0.85),
    ],
)
def test_facts_are_held_at_ninety_and_nothing_is_raised_on_easy_days(
    days: int | None, ease: bool, fact: bool, wanted: float
) -> None:
    pull = 0.0 if days is None else math.exp(-days / 7)
    assert desired_retention(pull, ease=ease, fact=fact) == wanted


def test_a_card_has_faded_further_than_a_pattern_that_is_as_well_remembered() -> None:
    bank = [drill("a"), drill("b", Format.CARD)]
    cards = [Card(d.id, 5.0, 5.0, TODAY, TODAY - timedelta(8)) for d in bank]
    assert pick(bank, cards)[0].drill.id == "b"


def test_a_card_that_is_not_due_waits_although_it_has_faded_below_its_aim() -> None:
    """After an easy week it was set further away; only an interview brings it back before its day."""
    card = Card("b", 5.0, 5.0, TODAY + timedelta(2), TODAY - timedelta(6))
    assert 0.85 < retrievability(card, TODAY) < 0.90
    assert not pick([drill("b", Format.CARD)], [card])
    near = {"coding": math.exp(-7 / 7)}
    (back,) = pick([drill("b", Format.CARD)], [card], pull=near)
    assert back.why == "interview"
    assert not pick([drill("b", Format.CARD)], [card], pull=near, kinds=KINDS[Level.EASE])


def test_a_format_that_loses_points_comes_first_among_equals() -> None:
    bank = [drill("a", Format.ROUND), drill("b", Format.SQL)]
    assert pick(bank)[0].drill.id == "a"
    losing: Mapping[Round, float] = {(Family.CODING, Format.SQL): 1.1}
    assert pick(bank, losing=losing)[0].drill.id == "b"


def test_its_weight_does_not_beat_a_clearly_greater_need() -> None:
    bank = [replace(drill("a", Format.ROUND), minutes=10), drill("b", Format.SQL)]
    assert pick(bank, losing={(Family.CODING, Format.SQL): 1.25})[0].drill.id == "a"


def test_every_format_and_area_has_a_family_and_a_name() -> None:
    assert set(FORMAT_NAMES) == set(Format)
    assert set(NAMES) == set(Family)
    found = {round_of(drill("x", f, a))[0] for f in Format for a in AREAS}
    assert found == set(Family) - {Family.READING}
    assert round_of(drill("x", kind=Kind.READ))[0] is Family.READING


def test_after_a_long_silence_today_is_as_long_as_ever() -> None:
    """137 drills are overdue, and the day asks for what fits into it."""
    bank = [drill(f"d{n:03}") for n in range(137)]
    cards = [Card(d.id, 5.0, 5.0, TODAY - timedelta(40), TODAY - timedelta(50)) for d in bank]
    found = pick(bank, cards, minutes=80)
    assert sum(c.drill.minutes for c in found) <= 80
    assert len(found) <= 4
