"""Who meets whom: new faces first, an hour in common, nobody left out twice running, and always the same answer."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.pairing.circle_weeks import FIRST, person, window
from unit.pairing.wishes import COMING, EVENINGS, WEEK, WEEKEND, circles, histories, met, wish

from bot.drills.formats import Format
from bot.pairing.matching import AT_ONCE, match
from bot.pairing.model import Alone, Battery, Free, Matched, Why, Wish
from bot.pairing.overlap import AN_HOUR, shared, starts, usable
from bot.pairing.weights import Past, Scale, suit, weight

LOW, HIGH = Battery.LOW, Battery.HIGH
MORNINGS = tuple(Free(day, 9 * 60, 11 * 60) for day in range(5))


def matched(*wishes: Wish, **more: object) -> Matched:
    return match(wishes, week=WEEK, window=COMING, **more)  # type: ignore[arg-type]


def pairs(found: Matched) -> list[tuple[str, ...]]:
    return [meeting.people for meeting in found.meetings]


def sound(*wishes: Wish) -> bool:
    hour = starts(shared(usable(wish, COMING) for wish in wishes), AN_HOUR)
    return bool(hour) and any(wish.interviews for wish in wishes)


def all_pairings(places: Sequence[Wish]) -> Iterator[list[tuple[Wish, Wish]]]:
    """Every way to pair some or all of them."""
    if len(places) < 2:
        yield []
        return
    first, rest = places[0], places[1:]
    yield from all_pairings(rest)
    for n, other in enumerate(rest):
        for more in all_pairings([*rest[:n], *rest[n + 1 :]]):
            yield [(first, other), *more]


def test_nobody_at_all_and_one_alone_are_answered_kindly() -> None:
    assert matched() == Matched()
    assert matched(wish("a")).alone == (Alone("a", Why.NOBODY_ELSE),)


def test_two_people_meet_again_if_nobody_else_is_there() -> None:
    assert pairs(matched(wish("a"), wish("b"), earlier=[met("a", "b")])) == [("a", "b")]


def test_an_odd_number_makes_one_trio() -> None:
    found = matched(*(wish(name) for name in "abcde"))
    assert sorted(map(len, pairs(found))) == [2, 3]
    assert not found.alone


def test_nobody_meets_the_same_person_while_somebody_else_is_possible() -> None:
    close = {"formats": (Format.ROUND,), "level": 5}
    a, b = wish("a", **close), wish("b", **close)
    c, d = wish("c", level=1, track="ml_engineer"), wish("d", level=2)
    assert ("a", "b") in pairs(matched(a, b, c, d))
    assert ("a", "b") not in pairs(matched(a, b, c, d, earlier=[met("a", "b", weeks_ago=50)]))


def test_where_all_have_met_the_longest_ago_meet_again() -> None:
    earlier = [
        met(*p, weeks_ago=ago)
        for ago, half in ((1, "ab cd"), (2, "ac bd"), (5, "ad bc"))
        for p in half.split()
    ]
    assert pairs(matched(*map(wish, "abcd"), earlier=earlier)) == [("a", "d"), ("b", "c")]


def test_two_low_batteries_are_not_put_together() -> None:
    low = [wish(name, battery=LOW, formats=(Format.CLARIFY,), level=5) for name in "ab"]
    high = [wish(name, battery=HIGH, level=1) for name in "cd"]
    found = matched(*low, *high)
    assert ("a", "b") not in pairs(found)
    assert {half.format for meeting in found.meetings for half in meeting.halves} == {Format.CLARIFY}
    assert all(half.minutes == 30 for meeting in found.meetings for half in meeting.halves)


def test_people_without_an_hour_in_common_are_not_put_together_while_others_have_one() -> None:
    early = [wish(name, free=MORNINGS, level=1) for name in "ab"]
    late = [wish(name, free=EVENINGS, level=5) for name in "cd"]
    assert pairs(matched(*early, *late, earlier=[met("a", "b"), met("c", "d")])) == [("a", "b"), ("c", "d")]


def test_half_an_hour_in_common_here_and_there_is_no_hour() -> None:
    a = wish("a", free=tuple(Free(day, 18 * 60, 18 * 60 + 30) for day in range(5)))
    found = matched(a, wish("b"))
    assert found.meetings[0].shared == timedelta(0)


def test_who_was_left_out_goes_first() -> None:
    free = {"a": EVENINGS, "b": EVENINGS + MORNINGS, "c": MORNINGS}
    three = [wish(name, free=hours) for name, hours in free.items()]
    alone = matched(*three).left_out
    assert len(alone) == 1
    again = matched(*three, left_out=alone)
    assert not alone & again.left_out


def slot(*days: int) -> dict[str, tuple[Free, ...]]:
    """Free from six to eight on these days."""
    return {"free": tuple(Free(day, 1080, 1200) for day in days)}


def test_who_was_left_out_gets_a_partner_with_an_hour_before_others_do() -> None:
    hub, close = wish("b", **slot(0, 1)), wish("a", **slot(0))
    other = wish("c", **slot(1), level=1, track="ml_engineer")
    assert pairs(matched(close, hub, other)) == [("a", "b")]
    assert pairs(matched(close, hub, other, left_out=frozenset("c"))) == [("b", "c")]


def test_of_two_left_out_with_one_possible_partner_the_other_gets_somebody_to_write_to() -> None:
    star = [wish("b", **slot(0, 1, 2)), *(wish(name, **slot(n)) for n, name in enumerate("acd"))]
    found = matched(*star, left_out=frozenset("cd"))
    assert sorted(map(len, pairs(found))) == [2, 2]
    assert not found.alone


def test_somebody_swaps_so_that_who_is_over_has_company() -> None:
    """Only d can meet u; e, her better match, can join the other pair instead."""
    far = {"level": 1, "track": "ml_engineer"}
    five = [wish("a", **slot(0)), wish("b", **slot(0)), wish("d", **slot(2, 1)), wish("e", **slot(0, 2))]
    found = matched(*five, wish("u", **slot(1), **far))
    assert pairs(found) == [("a", "b", "e"), ("d", "u")]


def test_nobody_who_was_left_out_is_moved_to_a_trio_without_an_hour_for_another() -> None:
    five = [wish("a", **slot(0)), wish("b", **slot(0)), wish("d", **slot(2, 1)), wish("e", **slot(2))]
    found = matched(*five, wish("u", **slot(1)), left_out=frozenset("e"))
    assert pairs(found) == [("a", "b"), ("d", "e")]
    assert found.alone == (Alone("u", Why.ODD),)


def test_in_a_crowd_that_all_want_the_same_few_everybody_still_has_a_partner() -> None:
    crowd = [wish(f"p{n:03}", reliability=float(n < 45)) for n in range(161)]
    found = matched(*crowd)
    assert sum(len(m.people) for m in found.meetings) == 161


def test_at_least_one_of_a_pair_asks_the_questions() -> None:
    found = matched(*(wish(n, interviews=False) for n in "ab"), *(wish(n, level=1) for n in "cd"))
    assert ("a", "b") not in pairs(found)
    by_candidate = {half.candidate: half.interviewer for m in found.meetings for half in m.halves}
    assert by_candidate.keys() == {"a", "b"}
    assert set(by_candidate.values()) == {"c", "d"}


def test_each_practises_what_she_wants_most_and_her_partner_too() -> None:
    a = wish("a", formats=(Format.CASE, Format.DESIGN))
    b = wish("b", formats=(Format.DESIGN, Format.ROUND))
    (meeting,) = matched(a, b).meetings
    assert [(h.candidate, h.interviewer, h.format) for h in meeting.halves] == [
        ("a", "b", Format.DESIGN),
        ("b", "a", Format.DESIGN),
    ]
    assert (meeting.length, {h.minutes for h in meeting.halves}) == (timedelta(minutes=90), {45})


def test_two_wishes_of_one_person_are_refused() -> None:
    with pytest.raises(ValueError, match="one wish"):
        matched(wish("a"), wish("a"))


def test_barred_pairs_never_meet() -> None:
    found = matched(*map(wish, "abc"), barred=frozenset({frozenset("ab"), frozenset("bc"), frozenset("ac")}))
    assert found == Matched((), tuple(Alone(name, Why.NOBODY_ELSE) for name in "abc"))


def test_reliability_moves_less_than_any_wish_does() -> None:
    a, sure = wish("a", formats=(Format.CASE,)), wish("b", formats=(Format.ROUND,))
    unsure = replace(sure, formats=(Format.CASE,), reliability=0.0)
    assert suit(a, unsure, timedelta(hours=3)) > suit(a, sure, timedelta(hours=3))


def test_more_people_than_are_weighed_against_each_other_are_paired_just_the_same() -> None:
    chance = random.Random(5)
    crowd = [person(chance, n) for n in range(161)]
    found = match(crowd, week=FIRST, window=window(FIRST))
    chance.shuffle(crowd)
    assert match(crowd, week=FIRST, window=window(FIRST)) == found
    assert sum(len(m.people) for m in found.meetings) == 161
    assert all(m.shared for m in found.meetings)


def test_a_crowd_is_matched_in_parts_and_everybody_is_in_one() -> None:
    crowd = [wish(f"p{n}", free=WEEKEND) for n in range(510)]
    found = match(crowd, week=WEEK, window=COMING)
    assert sorted(p for m in found.meetings for p in m.people) == sorted(w.person for w in crowd)


@given(circles(), histories(), st.randoms(), st.data())
@settings(max_examples=30, deadline=None)
def test_the_order_of_what_is_given_moves_nothing(circle, earlier, chance, data) -> None:
    owed = frozenset(data.draw(st.lists(st.sampled_from([w.person for w in circle] or ["x"]), max_size=2)))
    found = matched(*circle, earlier=earlier, left_out=owed)
    chance.shuffle(circle)
    chance.shuffle(earlier)
    assert matched(*circle, earlier=earlier, left_out=owed) == found


@given(circles(), histories(), st.sets(st.integers(0, 6)))
@settings(max_examples=60, deadline=None)
def test_the_laws_of_a_week(circle, earlier, owed) -> None:
    left_out = frozenset(f"p{n}" for n in owed)
    found = matched(*circle, earlier=earlier, left_out=left_out)
    by_id = {w.person: w for w in circle}
    together = [p for m in found.meetings for p in m.people] + [a.person for a in found.alone]
    assert sorted(together) == sorted(by_id)
    if len(circle) > 1:
        assert not found.left_out & left_out
    able = {frozenset((a.person, b.person)) for a, b in combinations(circle, 2) if sound(a, b)}
    stranded = {p for p in by_id if not any(p in pair for pair in able)}
    for m in found.meetings:
        wishes = [by_id[p] for p in m.people]
        assert sound(*wishes) or set(m.people) & (left_out | stranded)
        assert all(half.candidate != half.interviewer for half in m.halves)
        assert m.length <= timedelta(minutes=90)
    if not left_out & by_id.keys():
        most = max(sum(frozenset((a.person, b.person)) in able for a, b in p) for p in all_pairings(circle))
        assert len(circle) - len(found.alone) >= 2 * most


@given(st.sampled_from((4, 6)).flatmap(lambda n: circles(n, n)), histories(), st.sets(st.integers(0, 5)))
@settings(max_examples=40, deadline=None)
def test_no_other_pairing_weighs_more(circle, earlier, owed) -> None:
    """So no pair meets again, no two low batteries meet, and nobody lacks an hour, where another pairing avoids it."""
    left_out = frozenset(f"p{n}" for n in owed)
    found = matched(*circle, earlier=earlier, left_out=left_out)
    if any(len(m.people) == 3 for m in found.meetings):
        return
    past, scale = Past.of(earlier, left_out, WEEK), Scale.of(len(circle))
    masks = {w.person: usable(w, COMING) for w in circle}
    reach = {w.person for w in circle for o in circle if o is not w and sound(w, o)}

    def heavy(a: Wish, b: Wish) -> int:
        common = masks[a.person] & masks[b.person]
        able = sound(a, b)
        if not able and {a.person, b.person} <= reach - left_out:
            return 0
        hours = common.bit_count() * timedelta(minutes=15) if starts(common, AN_HOUR) else timedelta(0)
        return weight(a, b, hours, able, past, scale)

    by_id = {w.person: w for w in circle}
    own = sum(heavy(*(by_id[p] for p in m.people)) for m in found.meetings)
    assert own == max(sum(heavy(a, b) for a, b in pairing) for pairing in all_pairings(circle))


@pytest.mark.parametrize("step", range(7))
def test_what_cannot_be_traded_outweighs_any_sum_of_what_can(step: int) -> None:
    """A thousand pairs that are perfect in all lesser parts weigh less than one step of the next greater part."""
    widths, scale = (2, 1, 1, 1, 12, 1, 10, 24), Scale.of(2000)
    one = [(int(n == step), width) for n, width in enumerate(widths)]
    perfect = [((1 << width) - 1 if n > step else 0, width) for n, width in enumerate(widths)]
    assert scale.weight(one) > 1000 * scale.weight(perfect)


def test_weights_fit_the_numbers_of_the_library_with_room_to_add() -> None:
    """128 bits with a sign, in which it doubles a weight and adds two of them."""
    a, b = (wish(name, battery=HIGH) for name in "ab")
    past = Past.of((), frozenset("ab"), WEEK)
    assert weight(a, b, timedelta(hours=9), True, past, Scale.of(AT_ONCE)).bit_length() <= 124
