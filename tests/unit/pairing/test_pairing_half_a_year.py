"""Circles that live for weeks: few meet twice, nobody is left out twice running, and there are hours to meet in."""

from __future__ import annotations

import pytest
from unit.pairing.circle_floor import fewest_repeats
from unit.pairing.circle_weeks import live


@pytest.mark.parametrize(("people", "weeks"), [(6, 26), (9, 20), (14, 13), (24, 8)])
def test_a_circle_meets_new_faces_as_long_as_it_can_and_leaves_nobody_out_twice(
    people: int, weeks: int
) -> None:
    lived = live(people, seed=7, weeks=weeks)
    assert lived.above <= 0.05
    assert lived.twice_alone == 0
    assert lived.hours >= 3
    assert lived.repeats < lived.contacts


def everybody(names: str, weeks: int) -> dict[tuple[str, str], int]:
    return {(a, b): weeks for a in names for b in names if a != b}


@pytest.mark.parametrize(
    ("names", "weeks", "fewest"),
    [("ab", 5, 4), ("abcd", 3, 0), ("abcd", 4, 2), ("abcd", 9, 12), ("abcdef", 5, 0)],
)
def test_the_possible_minimum_is_what_one_can_count_by_hand(names: str, weeks: int, fewest: int) -> None:
    met = dict.fromkeys(names, weeks)
    first = {frozenset(names[:2])}
    assert fewest_repeats(met, everybody(names, weeks), first) == fewest


def test_the_minimum_knows_who_could_not_meet() -> None:
    """Of four, one can only ever meet one other, so that those two meet each week and the other two as well."""
    could = {("a", "b"): 3, ("b", "a"): 3, ("c", "d"): 3, ("d", "c"): 3, ("b", "c"): 3, ("c", "b"): 3}
    assert fewest_repeats(dict.fromkeys("abcd", 3), could, ()) == 4
