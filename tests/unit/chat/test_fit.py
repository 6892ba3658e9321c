"""Whatever is said fits, loses no word, and keeps every option reachable."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.fit import Downgrade, Limits, fit, split_text
from bot.chat.message import Bar, Chart, Choices, Fields, File, Heading, Message, Option, Text

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=300)
options = st.lists(
    st.builds(Option, st.text(min_size=1, max_size=90), st.text(min_size=1, max_size=30)),
    min_size=1,
    max_size=40,
)
blocks = st.one_of(
    st.builds(Text, words),
    st.builds(Fields, st.lists(st.tuples(words, words), min_size=1, max_size=30).map(tuple)),
    st.builds(Heading, words, words),
    st.builds(Choices, options.map(tuple)),
    st.builds(
        Chart,
        words,
        st.lists(st.builds(Bar, words, st.floats(0, 9), words), min_size=1, max_size=9).map(tuple),
        st.just(9.0),
        words,
    ),
    st.builds(File, st.just("kept.json"), st.text(max_size=200), words),
)
limits = st.builds(
    Limits,
    st.integers(100, 4000),
    st.integers(1, 30),
    st.integers(0, 25),
    st.integers(5, 80),
    st.integers(0, 100),
    st.booleans(),
    files=st.integers(0, 400),
)


@given(words, st.integers(1, 200))
def test_pieces_of_text_fit_and_lose_nothing_but_white_space(text, limit):
    pieces = split_text(text, limit)
    assert all(len(p) <= limit for p in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_text_is_cut_at_paragraphs_before_lines_and_at_words_before_letters():
    assert split_text("one two\n\nthree four", 12) == ["one two", "three four"]
    assert split_text("alpha beta gamma", 11) == ["alpha beta", "gamma"]


@given(st.lists(blocks, min_size=1, max_size=4), limits)
def test_every_block_fits_and_every_option_stays_reachable(parts, held):
    message = Message(tuple(parts))
    fitted, _ = fit(message, held)
    texts = "\n".join(b.text for b in fitted.blocks if isinstance(b, Text))
    offered = {o.key for o in fitted.options}
    for block in fitted.blocks:
        match block:
            case Text():
                assert len(block.text) <= held.text
            case Heading():
                assert len(block.heading) + len(block.about) < held.text
            case Fields():
                assert len(block.rows) <= held.fields
            case Choices():
                assert len(block.options) <= max(held.buttons, held.select)
            case Chart():
                assert held.charts
            case File():
                assert block.size <= held.files
    for number, option in enumerate(message.options, 1):
        squeezed = "".join(option.label.split())
        assert option.key in offered or f"{number}{squeezed}" in "".join(texts.split())


def test_what_fits_is_left_alone_and_what_does_not_is_named():
    many = tuple(Option(f"option {n}", str(n)) for n in range(8))
    roomy = Limits(4000, 30, 25, 80, 100, True)
    assert fit(Message((Choices(many),)), roomy) == (Message((Choices(many),)), ())
    for narrow, downgrade in (
        (Limits(4000, 30, 5, 80, 100, True), Downgrade.SELECT),
        (Limits(4000, 30, 5, 80, 0, True), Downgrade.NUMBERED),
    ):
        assert fit(Message((Choices(many),)), narrow)[1] == (downgrade,)
