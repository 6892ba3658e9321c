"""Reading what she tells of speaking aloud: what is meant is taken, the rest gets one calm sentence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.form import MAX_FIELDS, Unclear, read_field
from bot.speaking.reading import (
    MOST_FILLERS,
    as_minutes,
    read_asked,
    read_fillers,
    read_label,
    read_minutes,
    read_pause,
    read_seconds,
    read_setting,
    read_transcript,
)
from bot.speaking.turns import SPEAK

TODAY = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("2:30", 150), ("2.5", 150), ("2,5", 150), ("2", 120), ("2 min", 120), ("2m 30s", 150), ("150 s", 150),
     ("90 seconds", 90), ("0:05", 5), ("60:00", 3600), ("1 minute", 60), ("2:30 min", 150)],
)  # fmt: skip
def test_minutes_are_read_as_people_write_them(typed, seconds):
    assert read_seconds(typed) == seconds


@pytest.mark.parametrize(
    "typed",
    ["0:00", "90:00", "60:01", "-2", "-2:30", "2:75", "banana", "2:30:10", "", "0", "1e3", "٢:٣٠", "9" * 40],
)
def test_minutes_that_cannot_be_get_one_sentence(typed):
    with pytest.raises(Unclear, match=r"Minutes look like \*2:30\*, from 0:05 to 60:00"):
        read_seconds(typed)


@given(st.integers(5, 3600))
def test_minutes_read_back_are_the_same(seconds):
    assert read_seconds(as_minutes(seconds)) == seconds
    assert read_minutes(as_minutes(seconds), TODAY) == as_minutes(seconds)


def test_asked_to_repeat_is_a_whole_number_up_to_twenty():
    assert [read_asked(t, TODAY) for t in ("0", "20", "never", "Twice", "3.0")] == ["0", "20", "0", "2", "3"]
    for typed in ("200", "-1", "2.5", "often", "nan"):
        with pytest.raises(Unclear, match="from 0 to 20"):
            read_asked(typed, TODAY)


def test_a_label_is_one_line_that_notifies_nobody():
    assert read_label("  the\npayments   story ", TODAY) == "the payments story"
    for typed in ("x" * 81, "...", "hello @everyone"):
        with pytest.raises(Unclear):
            read_label(typed, TODAY)


def test_it_was_calm_or_real():
    assert [read_setting(t, TODAY) for t in ("calm", "Real", "mock", "interview")] == [
        "calm",
        "real",
        "real",
        "real",
    ]
    with pytest.raises(Unclear, match="calm"):
        read_setting("loud", TODAY)


def test_a_list_of_fillers_is_read_once_each_in_small_letters():
    assert read_fillers('Um, "basically"; at the end of the day\num,') == (
        "um",
        "basically",
        "at the end of the day",
    )
    assert read_fillers("") == read_fillers("none") == ()


@pytest.mark.parametrize(
    "typed", ["one two three four five six seven", "...", "x" * 61, "a, @everyone", ",,,", "🙂, 42"]
)
def test_a_list_that_cannot_be_is_refused_whole(typed):
    with pytest.raises(Unclear, match="Nothing was changed"):
        read_fillers(typed)


def test_a_list_holds_twenty():
    assert len(read_fillers(",".join(f"word{n}" for n in range(MOST_FILLERS)))) == MOST_FILLERS
    with pytest.raises(Unclear, match="a list holds 20"):
        read_fillers(",".join(f"word{n}" for n in range(MOST_FILLERS + 1)))


@given(st.text(max_size=80))
def test_any_list_is_read_the_same_again_or_refused(typed):
    try:
        found = read_fillers(typed)
    except Unclear:
        return
    assert read_fillers(", ".join(found)) == found


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused_with_a_sentence(typed):
    for read in (read_seconds, read_pause, lambda t: read_asked(t, TODAY), lambda t: read_label(t, TODAY)):
        try:
            read(typed)
        except Unclear as problem:
            assert str(problem).rstrip().endswith(".")


def test_a_pause_is_seconds():
    assert (read_pause("4"), read_pause("3.5 s"), read_pause("0 seconds")) == (4, 3.5, 0)


def test_a_transcript_is_taken_whole_or_not_at_all():
    assert read_transcript(" a ") == "a"
    with pytest.raises(Unclear, match=r"30,000 characters, and 12,000 is the most here"):
        read_transcript("x" * 30_000, 12_000)


def test_the_form_fits_every_platform_and_asks_only_what_is_needed():
    assert len(SPEAK.fields) <= MAX_FIELDS
    assert [f.id for f in SPEAK.fields if f.optional] == ["asked", "transcript"]
    assert read_field(SPEAK.fields[-1], "", TODAY) == ""
