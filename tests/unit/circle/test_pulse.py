"""The circle's pulse, and whoever tries to work out one person's week from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, pairwise, permutations, product
from random import Random
from statistics import median_low

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.circle import pulse_words
from bot.circle.pulse import (
    FEWEST,
    MOST_TOLD,
    Band,
    Contributor,
    Pulse,
    counted,
    minutes,
    odds,
    vote,
    weigh,
)

MONDAY = date(2026, 11, 9)
NEXT = MONDAY + timedelta(days=7)
LONG_AGO = MONDAY - timedelta(days=100)
LOW, MIDDLING, HIGH = Band.LOW, Band.MIDDLING, Band.HIGH
NUMBERS: Mapping[Band, float] = {LOW: 10, MIDDLING: 50, HIGH: 90}
Rule = Callable[[tuple[Band, ...]], Mapping[Band | None, Fraction]]


def member(band: Band, since: date = LONG_AGO) -> Contributor:
    return Contributor(since, (NUMBERS[band],) * 4)


@cache
def pacers_rule(votes: tuple[Band, ...]) -> Mapping[Band | None, Fraction]:
    return {**odds(votes)} if votes else {None: Fraction(1)}


@cache
def without_chance(votes: tuple[Band, ...]) -> Mapping[Band | None, Fraction]:
    """The middle of all votes, extremes trimmed, silent where it is close: what seems safe and is not."""
    if not votes:
        return {None: Fraction(1)}
    trimmed = sorted(votes, key=list(Band).index)[1:-1]
    return {median_low(trimmed) if len(set(trimmed)) < 3 else None: Fraction(1)}


# The attack: all memberships, all outputs and all values but hers are known ----------------------


def told_of_her(rule: Rule, week: Sequence[Contributor], her_since: date) -> Fraction | None:
    """The most by which anything the rule may say of this week favours one of her votes; None for certainty."""
    likely = {v: rule(counted(MONDAY, (*week, member(v, her_since)))) for v in Band}
    most = Fraction(1)
    for a, b in permutations(Band, 2):
        for said, chance in likely[a].items():
            other = likely[b].get(said, Fraction(0))
            if chance and not other:
                return None
            if chance:
                most = max(most, chance / other)
    return most


def orders(others: int) -> Iterable[tuple[tuple[frozenset[int], bool], ...]]:
    """Every way in which that many people and she come one by one and go one by one: who is there each week."""
    everybody = range(others + 1)  # the last one is she
    for coming, going in product(permutations(everybody), repeat=2):
        there = [frozenset(coming[: n + 1]) for n in everybody]
        there += [frozenset(everybody) - frozenset(going[: n + 1]) for n in everybody]
        yield tuple((t - {others}, others in t) for t in there)


def test_nothing_told_of_a_circle_of_up_to_seven_favours_one_of_her_weeks_twofold() -> None:
    checked = 0
    for state in product((None, *Band), repeat=6):
        week = [member(v) for v in state if v is not None]
        most = told_of_her(pacers_rule, week, LONG_AGO)
        assert most is not None
        assert most <= MOST_TOLD < 2
        checked += len(week) + 1 >= FEWEST
    assert checked > 3000


def test_in_every_order_of_coming_and_going_no_week_tells_more_of_her_than_that() -> None:
    """Five people, all 14,400 orders, with everything the four others may have told."""
    weeks = {there for order in orders(4) for there in order}
    assert len(weeks) == 2**5
    for known, she_is_there in weeks:
        for votes in product(Band, repeat=len(known)):
            week = [member(v) for v in votes]
            if she_is_there:
                most = told_of_her(pacers_rule, week, LONG_AGO)
                assert most is not None
                assert most <= MOST_TOLD


def test_comparing_the_weeks_around_any_coming_or_going_tells_no_more_than_one_week() -> None:
    """Circles of four to seven: she or somebody else comes or goes; both bands are weighed together, against her week
    in either of the two, while her other week is known."""
    for size in range(3, 7):
        for votes in combinations_with_replacement(Band, size):
            stay = [member(v) for v in votes]
            for comer in Band:
                pairs = [(stay, [*stay, member(comer)]), ([*stay, member(comer)], stay)]
                for before, after in pairs:
                    for hers in Band:
                        assert joint_odds([*before, member(hers)], after) <= MOST_TOLD
            assert joint_odds([], stay) <= MOST_TOLD


def joint_odds(known: Sequence[Contributor], asked: Sequence[Contributor]) -> Fraction:
    """The most by which the bands of both weeks favour one of her votes in the asked one; the other week is known."""
    first = pacers_rule(counted(MONDAY, known))
    second = {v: pacers_rule(counted(MONDAY, (*asked, member(v)))) for v in Band}
    return max(
        first[x] * second[a][y] / (first[x] * second[b][y])
        for a, b in permutations(Band, 2)
        for x, y in product(first, second[a])
    )


def test_the_same_attack_reads_off_her_week_from_a_rule_without_chance() -> None:
    gave_away = sum(
        told_of_her(without_chance, [member(v) for v in votes], LONG_AGO) is None
        for votes in product(Band, repeat=4)
    )
    assert gave_away > 10


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_subtracting_any_week_from_any_other_leaves_her_as_unknown_as_before(data: st.DataObject) -> None:
    """A random history of a larger circle. Her other weeks and all that others told are given to the attacker, who
    weighs every band of every week; of one week he ends with odds below two to one."""
    others = data.draw(st.integers(4, 14))
    weeks = data.draw(st.integers(2, 6))
    hers = data.draw(st.lists(st.sampled_from(Band), min_size=weeks, max_size=weeks))
    asked = data.draw(st.integers(0, weeks - 1))
    there = [
        data.draw(st.lists(st.sampled_from([None, *Band]), min_size=others, max_size=others)) for _ in hers
    ]
    said = [data.draw(st.sampled_from([None, *Band])) for _ in hers]
    likelihood = {v: Fraction(1) for v in Band}
    for guess in Band:
        for week in range(weeks):
            told = guess if week == asked else hers[week]
            votes = counted(MONDAY, [*(member(v) for v in there[week] if v), member(told)])
            likelihood[guess] *= pacers_rule(votes).get(said[week], Fraction(0))
    possible = [x for x in likelihood.values() if x]
    assert not possible or (len(possible) == 3 and max(possible) / min(possible) <= MOST_TOLD)


def test_the_odds_are_odds_and_every_band_stays_possible() -> None:
    for size in range(FEWEST, 9):
        for votes in product(Band, repeat=size):
            likely = odds(votes)
            assert sum(likely.values()) == 1
            assert all(chance > 0 for chance in likely.values())


def test_the_band_mostly_says_what_is_so() -> None:
    assert odds([LOW] * 5)[LOW] > Fraction(3, 4)
    assert odds([HIGH] * 5)[HIGH] > Fraction(3, 4)
    assert odds([LOW] * 10)[LOW] > Fraction(9, 10)
    assert odds([LOW] * 5)[HIGH] < Fraction(1, 20)
    for size in (5, 8, 12):
        assert odds([MIDDLING] * size)[MIDDLING] > Fraction(1, 2)


# A week is drawn once ---------------------------------------------------------------------------


def test_what_was_said_of_a_week_stays_whoever_joins_leaves_or_corrects_a_number() -> None:
    circle = [member(LOW)] * 5
    first = weigh(MONDAY, circle, today=NEXT, kept=None, chance=Random(1))
    for later in ([], circle[1:], [*circle, member(HIGH)], [*circle[1:], member(HIGH)]):
        for seed in range(30):
            assert weigh(MONDAY, later, today=NEXT, kept=first, chance=Random(seed)) == first
    nothing = Pulse(MONDAY, None)
    assert weigh(MONDAY, circle, today=NEXT, kept=nothing, chance=Random(1)) == nothing


def test_bands_are_drawn_as_often_as_their_odds_say() -> None:
    circle = [member(v) for v in (LOW, LOW, LOW, MIDDLING, HIGH)]
    chance, times = Random(20261109), 6000
    drawn = Counter(weigh(MONDAY, circle, today=NEXT, kept=None, chance=chance).band for _ in range(times))
    for band, likely in odds(counted(MONDAY, circle)).items():
        assert drawn[band] / times == pytest.approx(float(likely), abs=0.03)


def test_a_week_that_is_not_over_is_not_weighed() -> None:
    tuesday = MONDAY + timedelta(days=1)
    for monday, today in ((MONDAY, NEXT - timedelta(days=1)), (tuesday, NEXT + timedelta(days=7))):
        with pytest.raises(ValueError, match="once it is over"):
            weigh(monday, [], today=today, kept=None, chance=Random(1))


# Who counts -------------------------------------------------------------------------------------


def test_below_five_people_nothing_is_said() -> None:
    for size in range(FEWEST):
        four = [member(LOW)] * size
        assert weigh(MONDAY, four, today=NEXT, kept=None, chance=Random(size)).band is None


def test_only_those_count_who_were_in_for_the_whole_week_and_checked_in_on_three_days() -> None:
    four = [member(LOW)] * 4
    late = Contributor(MONDAY, (10, 10, 10))
    seldom = Contributor(LONG_AGO, (10, 10))
    assert counted(MONDAY, [*four, late, seldom]) == ()
    assert len(counted(MONDAY, [*four, Contributor(MONDAY - timedelta(days=1), (10, 10, 10))])) == FEWEST


def test_a_week_is_one_coarse_vote_that_a_single_day_does_not_make() -> None:
    assert vote((10, 50, 50)) is MIDDLING
    assert vote((10, 30, 90)) is LOW
    assert vote((70, 90, 10, 70)) is HIGH
    assert vote((40, 40, 40)) is vote((60, 60, 60)) is MIDDLING
    assert vote((90, 90)) is None


def test_whose_vote_is_whose_cannot_be_told_from_their_order() -> None:
    votes = {
        counted(MONDAY, [member(v) for v in order])
        for order in permutations((LOW, LOW, MIDDLING, HIGH, HIGH))
    }
    assert len(votes) == 1


def test_a_pulse_holds_its_week_and_its_band_and_nothing_else() -> None:
    assert {f.name for f in fields(Pulse)} == {"monday", "band"}
    assert {f.name for f in fields(Contributor)} == {"opted_in", "batteries"}


# The dose and the words -------------------------------------------------------------------------


def test_the_lower_the_pulse_the_shorter_the_group_drill() -> None:
    assert [minutes(band) for band in Band] == [10, 15, 25]
    assert all(a < b for a, b in pairwise(minutes(band) for band in Band))
    assert minutes(None) == minutes(MIDDLING)


def test_what_is_said_names_the_minutes_and_no_count_of_people() -> None:
    for band in (*Band, None):
        said = pulse_words.told(band)
        assert f"{minutes(band)}" in said
        assert "about" in said and not any(
            promise in said for promise in ("takes", "stays", "card", "at most")
        )
        assert [w for w in said.replace("-", " ").split() if w.isdigit()] == [str(minutes(band))]
    assert "yes" in pulse_words.HOW
