"""What is counted in a transcript: her own words, whole words, and nothing that only marks silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.speaking.transcript import counted, hers, in_english, own_counts, spoken_words

SILENCE = ("um", "uh", "Er", "hmm,", "ah", "mm", "[pause]", "[4 seconds]", "(silence)", "(long pause)", "(laughs)", "00:01:02.500")  # fmt: skip
WORDS = st.lists(
    st.sampled_from(
        ["we", "moved", "the", "old", "queue", "to", "a", "cache", "and", "it", "was", "faster", "by", "half"]
    ),
    max_size=30,
)


@given(WORDS, st.data())
def test_padding_with_silence_never_makes_her_faster(words, data):
    padded = list(words)
    for mark in data.draw(st.lists(st.sampled_from(SILENCE), max_size=12)):
        padded.insert(data.draw(st.integers(0, len(padded))), mark)
    assert spoken_words(hers(" ".join(padded))) == spoken_words(hers(" ".join(words))) == len(words)


@given(st.text(max_size=300))
def test_her_part_of_anything_is_her_part_and_holds_no_more_words_than_were_there(text):
    said = hers(text)
    assert spoken_words(said) <= len(text)
    assert counted(said).core >= 0


def test_subtitles_are_read_without_their_numbers_and_times():
    text = "WEBVTT\n\n1\n00:00:00.000 --> 00:00:03.100\nWe moved the queue.\n\n2\n00:00:03,100 --> 00:00:05,000\nIt held.\n"
    assert hers(text) == "We moved the queue.\nIt held."


def test_what_the_interviewer_said_is_not_hers():
    text = "Interviewer: Um, so tell me, uh, about it.\nIn a minute or so.\nMe: We moved the queue.\nIt held.\nQ: And then?"
    said = hers(text)
    assert said == "We moved the queue.\nIt held."
    assert counted(said).core == 0


def test_a_sentence_that_only_begins_like_a_name_stays():
    assert hers("So here is the thing: we moved it.") == "So here is the thing: we moved it."


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Basically it works, and BASICALLY that was it.", {"basically": 2}),
        ("At the end\nof the day it works.", {"at the end of the day": 1}),
        ("It is basicallyish, un-basically and basically-free.", {}),
        ('She said "basically no" and `basically` is a name.', {}),
        ("```\nbasically = 1\n```", {}),
        ("Don’t you know, that’s it", {"that's it": 1}),
        ("nothing of it", {}),
    ],
)
def test_her_own_fillers_are_whole_words_outside_quotes_and_code(said, found):
    assert own_counts(said, ("basically", "at the end of the day", "that's it")) == found


def test_a_phrase_within_a_longer_one_counts_once_with_the_longer():
    said = "at the end of the day, the end"
    assert own_counts(said, ("the end", "at the end of the day")) == {
        "at the end of the day": 1,
        "the end": 1,
    }


def test_of_two_that_begin_alike_the_longer_is_counted():
    assert own_counts("you know what", ("you know", "you know what")) == {"you know what": 1}


@given(st.permutations(("um", "the end", "at the end of the day", "day", "of")), WORDS)
def test_the_order_of_her_list_changes_nothing(phrases, words):
    said = " ".join([*words, "um at the end of the day of the end", *words])
    assert own_counts(said, phrases) == own_counts(said, sorted(phrases))


@given(st.text("ab.*[(\\ '-", min_size=1, max_size=12))
def test_a_list_of_odd_signs_breaks_nothing(phrase):
    assert sum(own_counts("a b ab. a-b 'a' (b) a*b", (phrase,)).values()) >= 0


def test_english_is_counted_and_other_languages_are_not():
    assert in_english("So we moved the queue to another host and it held.")
    assert not in_english(
        "Wir haben die Warteschlange auf einen anderen Server verschoben und dann war es schnell."
    )
    assert not in_english("我们把队列移到另一台服务器上，然后一切都变快了。")


@pytest.mark.parametrize(
    "text", ["\n" * 60_000, " " * 60_000, "[" * 60_000, "(pause " * 8_000, "1:1" * 20_000, "um " * 20_000]
)
@pytest.mark.timeout(5, func_only=True)
def test_an_hour_of_anything_is_read_quickly(text):
    spoken_words(hers(text))
    own_counts(hers(text), ("um", "at the end of the day"))
