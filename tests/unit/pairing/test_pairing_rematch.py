"""A meeting that falls through is made good once, quietly; what somebody kept is remembered kindly and for a while."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from unit.pairing.wishes import COMING, WEEK, circles, histories, wish

from bot.pairing.matching import match
from bot.pairing.model import Earlier
from bot.pairing.reliability import HALF_LIFE, Kept, Outcome, reliability
from bot.pairing.rematch import AWAY, Rematched, Reply, rematch

TODAY = date(2026, 11, 21)
YES, TIRED, SILENT, DECLINED = Reply.YES, Reply.TOO_TIRED, Reply.SILENT, Reply.DECLINED


def replied(names: str, **replies: Reply) -> tuple[Rematched, list[tuple[str, ...]]]:
    wishes = [wish(name) for name in names]
    first = match(wishes, week=WEEK, window=COMING)
    return rematch(first, replies, wishes, week=WEEK, window=COMING), [m.people for m in first.meetings]


def test_two_whose_partners_are_too_tired_are_put_together() -> None:
    found, first = replied("abcd", **dict.fromkeys("abcd", YES))
    assert [m.people for m in found.kept] == first and not found.anew.meetings
    stays = {pair[0] for pair in first}
    found, _ = replied("abcd", **{p: YES if p in stays else TIRED for p in "abcd"})
    assert [set(m.people) for m in found.anew.meetings] == [stays]
    assert found.resting == set("abcd") - stays


def test_a_trio_that_one_leaves_goes_on_as_a_pair() -> None:
    found, _ = replied("abc", a=YES, b=DECLINED, c=YES)
    assert [m.people for m in found.kept] == [("a", "c")]
    assert len(found.kept[0].halves) == 2
    assert not found.anew.meetings and found.resting == {"b"}


def test_who_does_not_answer_is_left_in_peace_and_her_partner_is_first_next_week() -> None:
    found, _ = replied("ab", a=YES)
    assert found.resting == {"b"}
    assert found.anew.left_out == {"a"}


def test_times_that_do_not_suit_are_no_refusal() -> None:
    found, first = replied("abcd", **dict.fromkeys("abcd", Reply.NOT_HER_TIMES))
    again = [m.people for m in found.anew.meetings]
    assert len(again) == 2 and not set(again) & set(first)


@given(circles(2, 7), histories(), st.lists(st.sampled_from(Reply), min_size=7, max_size=7))
@settings(max_examples=40, deadline=None)
def test_the_laws_of_a_second_matching(circle, earlier: list[Earlier], replies) -> None:
    first = match(circle, week=WEEK, window=COMING, earlier=earlier)
    said = {w.person: reply for w, reply in zip(circle, replies, strict=False)}
    found = rematch(first, said, circle, week=WEEK, window=COMING, earlier=earlier)
    places = [p for m in (*found.kept, *found.anew.meetings) for p in m.people]
    everybody = [*places, *found.anew.left_out, *found.resting]
    assert sorted(everybody) == sorted(said)
    assert not {p for p in places if said[p] in AWAY}
    before = {pair for m in first.meetings for pair in m.pairs}
    assert not before & {pair for m in found.anew.meetings for pair in m.pairs}
    assert all(said[p] is YES for m in found.kept for p in m.people)


def test_nothing_known_and_declines_in_time_cost_nothing() -> None:
    declined = [Kept(TODAY - timedelta(days=n), Outcome.DECLINED) for n in range(40)]
    assert reliability([], TODAY) == reliability(declined, TODAY) == 1.0


def test_a_no_show_costs_a_third_at_first_and_half_of_its_weight_eight_weeks_later() -> None:
    missed = [Kept(TODAY, Outcome.NO_SHOW)]
    assert reliability(missed, TODAY) == 2 / 3
    assert reliability(missed, TODAY + timedelta(days=HALF_LIFE)) == 2 / 2.5


history = st.lists(st.builds(Kept, st.dates(date(2026, 1, 1), TODAY), st.sampled_from(Outcome)), max_size=12)


@given(history, st.integers(0, 400))
def test_the_laws_of_reliability(kept, later) -> None:
    now = reliability(kept, TODAY)
    assert 0 < now <= 1
    assert reliability(kept[::-1], TODAY) == now
    assert reliability(kept, TODAY + timedelta(days=later)) >= now - 1e-9
    assert reliability([*kept, Kept(TODAY, Outcome.NO_SHOW)], TODAY) < now
    assert reliability([*kept, Kept(TODAY, Outcome.MET)], TODAY) >= now
    assert reliability([*kept, Kept(TODAY, Outcome.DECLINED)], TODAY) == now
