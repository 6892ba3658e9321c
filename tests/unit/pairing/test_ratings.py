"""What both say after a mock interview, and what each is told about the difference."""

from __future__ import annotations

import re
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.form import Unclear, read_field
from bot.pairing.rating_words import told
from bot.pairing.ratings import INTERVIEW, INTERVIEWING, Rate, Side, form, gap, rates

TODAY = date(2026, 11, 21)
ALL = {row.id: Rate.MOSTLY for row in INTERVIEW}
some_rates = st.dictionaries(st.sampled_from([r.id for r in INTERVIEW]), st.sampled_from(Rate))


def test_both_sides_rate_the_same_five_rows_which_one_form_holds() -> None:
    for rows in (INTERVIEW, INTERVIEWING):
        assert len(rows) == 5
        assert [f.id for f in form("met", "How was it?", rows).fields] == [r.id for r in rows]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Well", Rate.WELL),
        ("1", Rate.WELL),
        ("4", Rate.NOT_YET),
        ("not yet", Rate.NOT_YET),
        ("most", Rate.MOSTLY),
    ],
)
def test_rates_are_read_as_people_type_them_and_numbers_count_through_what_is_on_show(
    typed: str, meant: Rate
) -> None:
    field = form("met", "How was it?", INTERVIEW).fields[0]
    assert rates({field.id: read_field(field, typed, TODAY)}) == {field.id: meant}


def test_what_is_no_rate_gets_a_sentence_that_names_them() -> None:
    field = form("met", "How was it?", INTERVIEW).fields[0]
    with pytest.raises(Unclear, match="cannot tell"):
        read_field(field, "great!!", TODAY)


def test_what_somebody_cannot_tell_is_left_out() -> None:
    field = form("met", "How was it?", INTERVIEW).fields[0]
    for typed in ("", "cannot tell", "5"):
        assert rates({field.id: read_field(field, typed, TODAY)}) == {}


def test_the_widest_difference_is_named_and_its_direction() -> None:
    found = gap(INTERVIEW, {**ALL, "aloud": Rate.NOT_YET, "close": Rate.PARTLY}, {**ALL, "aloud": Rate.WELL})
    assert found.widest is not None
    assert found.widest.id == "aloud"
    said = told(Side.CANDIDATE, Side.CANDIDATE, found)
    assert said == (
        "You two saw *asking first*, *a clear thread* and *substance* alike. "
        "Furthest apart is *thinking aloud*: you said not yet, your partner well; more came across than you felt."
    )


def test_the_same_gap_is_told_to_the_interviewer_from_the_other_side() -> None:
    hers, his = {**ALL, "aloud": Rate.NOT_YET}, ALL
    said = told(Side.INTERVIEWER, Side.CANDIDATE, gap(INTERVIEW, his, hers))
    assert "you said mostly, your partner not yet" in said
    assert "tell them the words you heard" in said


def test_full_agreement_and_nothing_to_compare_have_their_own_two_sentences() -> None:
    assert "saw it alike" in told(Side.CANDIDATE, Side.CANDIDATE, gap(INTERVIEW, ALL, ALL))
    assert "nothing to compare" in told(Side.CANDIDATE, Side.CANDIDATE, gap(INTERVIEW, ALL, {}))


@given(some_rates, some_rates, st.sampled_from(Side), st.sampled_from(Side))
def test_it_is_always_two_sentences_without_numbers_or_praise(
    own: dict[str, Rate], partners: dict[str, Rate], reader: Side, about: Side
) -> None:
    said = told(reader, about, gap(INTERVIEW, own, partners))
    assert len(re.findall(r"[.!?](?= |$)", said)) == 2
    assert not re.search(r"\d|%|great|well done|better than|worse", said)


@given(some_rates, some_rates)
def test_both_look_at_the_same_rows_from_their_two_sides(
    own: dict[str, Rate], partners: dict[str, Rate]
) -> None:
    mine, theirs = gap(INTERVIEW, own, partners), gap(INTERVIEW, partners, own)
    assert (mine.alike, mine.widest) == (theirs.alike, theirs.widest)
    assert (mine.own, mine.partners) == (theirs.partners, theirs.own)
    if mine.widest:
        apart = abs(own[mine.widest.id] - partners[mine.widest.id])
        assert all(abs(own[r] - partners[r]) <= apart for r in own.keys() & partners.keys())


def test_each_side_and_part_and_direction_has_its_own_words() -> None:
    said = set()
    for reader, about, up in product(Side, Side, (True, False)):
        low, high = {"asked": Rate.PARTLY}, {"asked": Rate.WELL}
        found = gap(INTERVIEW, low, high) if up else gap(INTERVIEW, high, low)
        said.add(told(reader, about, found).split("; ")[1])
    assert len(said) == 8
