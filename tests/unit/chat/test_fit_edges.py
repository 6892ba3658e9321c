"""Fitting at narrow limits: no empty piece, no row and no word gone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.choices import recognise
from bot.chat.fit import Downgrade, Limits, are_buttons, fit, rows_of, split_text
from bot.chat.message import Audience, Bar, Chart, Choices, Fields, Heading, Message, Text, option

texts = st.text("ab 🙂é\n\t\u00a0ש", max_size=400)
prose = st.lists(st.text("abc.🙂", min_size=1, max_size=9), min_size=1, max_size=60).map(" ".join)
rows = st.lists(st.tuples(prose, prose), max_size=20).map(tuple)
limits = st.builds(
    Limits,
    text=st.integers(1, 60),
    fields=st.integers(0, 5),
    buttons=st.integers(0, 5),
    button_label=st.integers(0, 10),
    select=st.integers(0, 8),
    charts=st.booleans(),
)
TIGHT = Limits(text=20, fields=2, buttons=0, button_label=5, select=0, charts=False)
ROOMY = Limits(text=4000, fields=40, buttons=25, button_label=80, select=25, charts=True)


def squeezed(text: str) -> str:
    return "".join(text.split())


def told(message: Message) -> str:
    """All that a message's texts and rows say, without white space."""
    said = [b.text if isinstance(b, Text) else " ".join(map(" ".join, b.rows)) for b in message.blocks
            if isinstance(b, Text | Fields)]  # fmt: skip
    return squeezed(" ".join(said))


@given(texts, st.integers(1, 60))
@example(text=" " * 30 + "abc", limit=10)
def test_pieces_keep_every_sign_in_order_and_none_is_empty(text: str, limit: int) -> None:
    pieces = split_text(text, limit)
    assert squeezed("".join(pieces)) == squeezed(text)
    assert max(map(len, pieces)) <= limit
    if len(text) > limit and text.strip():
        assert all(piece.strip() for piece in pieces)


@given(prose, st.integers(30, 60))
def test_words_are_cut_only_at_spaces_where_they_fit(text: str, limit: int) -> None:
    assert [word for piece in split_text(text, limit) for word in piece.split()] == text.split()


@given(texts)
def test_a_text_that_fits_is_left_as_it_is(text: str) -> None:
    assert split_text(text, max(len(text), 1)) == [text]


def test_thirty_kilobytes_are_split_into_pieces_that_fit() -> None:
    pieces = split_text("🙂" * 30_000, 2000)
    assert [len(piece) for piece in pieces] == [2000] * 15


@given(rows, limits)
def test_every_row_is_said_whatever_a_platform_holds(
    table: tuple[tuple[str, str], ...], held: Limits
) -> None:
    fitted, changed = fit(Message((Fields(table),)), held)
    if held.fields:
        assert tuple(row for b in fitted.blocks if isinstance(b, Fields) for row in b.rows) == table
        assert (Downgrade.SPLIT_FIELDS in changed) == (len(table) > held.fields)
    else:
        assert not any(isinstance(b, Fields) for b in fitted.blocks)
        for name, value in table:
            assert squeezed(name) in told(fitted)
            assert squeezed(value) in told(fitted)
    assert all(len(b.text) <= held.text for b in fitted.blocks if isinstance(b, Text))


@given(prose, rows, limits)
def test_a_chart_without_pictures_still_says_its_title_and_the_words_of_every_bar(
    title: str, table: tuple[tuple[str, str], ...], held: Limits
) -> None:
    bars = tuple(Bar(label, 1.0, words) for label, words in table)
    fitted, changed = fit(Message((Chart(title, bars, 9.0, title),)), held)
    if held.charts:
        assert fitted.blocks == (Chart(title, bars, 9.0, title),)
        return
    assert Downgrade.CHART_AS_TEXT in changed
    assert all(squeezed(part) in told(fitted) for part in (title, *(words for _, words in table)))
    for block in fitted.blocks:
        assert not isinstance(block, Text) or len(block.text) <= held.text
        assert not isinstance(block, Fields) or len(block.rows) <= held.fields


@given(st.lists(prose, min_size=1, max_size=12, unique_by=str.casefold), limits)
def test_an_option_is_a_button_in_a_select_or_the_number_that_is_shown(
    labels: list[str], held: Limits
) -> None:
    offered = tuple(option(label, "pick", str(n)) for n, label in enumerate(labels))
    before = Message((Choices(offered, "Which?"),), Audience.DIRECT)
    fitted, changed = fit(before, held)
    assert fitted.audience is Audience.DIRECT
    if fitted.options:
        assert fitted == before
        assert len(offered) <= (held.select if changed else held.buttons)
        assert max(map(len, labels)) <= held.button_label
        return
    assert changed == (Downgrade.NUMBERED,)
    rest = told(fitted)
    for number, wanted in enumerate(offered, 1):
        assert recognise(str(number), before.options) == wanted
        rest = rest[rest.index(squeezed(f"{number}{wanted.label}")) :]
    assert told(fitted).startswith("Which?")


@pytest.mark.parametrize(
    ("count", "label", "downgrades"),
    [
        (25, "x" * 80, ()),
        (26, "x", (Downgrade.NUMBERED,)),
        (1, "x" * 81, (Downgrade.NUMBERED,)),
    ],
)
def test_options_change_their_form_just_above_what_is_held(
    count: int, label: str, downgrades: tuple[Downgrade, ...]
) -> None:
    offered = tuple(option(label, "pick", str(n)) for n in range(count))
    assert fit(Message((Choices(offered),)), ROOMY)[1] == downgrades


@pytest.mark.parametrize(
    ("count", "downgrade"),
    [(5, ()), (6, (Downgrade.SELECT,)), (25, (Downgrade.SELECT,)), (26, (Downgrade.NUMBERED,))],
)
def test_more_options_than_buttons_become_a_select_and_more_than_that_numbers(
    count: int, downgrade: tuple[Downgrade, ...]
) -> None:
    offered = tuple(option(f"o{n}", "pick", str(n)) for n in range(count))
    assert fit(Message((Choices(offered),)), replace(ROOMY, buttons=5))[1] == downgrade


def test_blocks_stay_in_their_order() -> None:
    said = Message((Text("first " * 9), Fields((("second", "2"),)), Text("third")))
    fitted, changed = fit(said, TIGHT)
    assert told(fitted) == told(said)
    assert changed == (Downgrade.SPLIT_TEXT,)


@given(st.lists(st.integers(1, 12), min_size=1, max_size=4), limits)
def test_a_shown_number_counts_through_the_whole_message(sizes: list[int], held: Limits) -> None:
    groups = [
        tuple(option(f"o{g}x{n}y", "pick", str(g), str(n)) for n in range(size))
        for g, size in enumerate(sizes)
    ]
    before = Message(tuple(Choices(group) for group in groups))
    fitted, _ = fit(before, held)
    offered = {o.key for o in fitted.options}
    shown = told(fitted)
    for number, wanted in enumerate(before.options, 1):
        if wanted.key not in offered:
            assert f"{number}{wanted.label}" in shown
            assert recognise(str(number), before.options) == wanted


def test_an_option_whose_key_is_too_long_is_numbered() -> None:
    offered = (option("a", "pick"), option("b", "pick", "x" * 100))
    fitted, changed = fit(Message((Choices(offered),)), replace(ROOMY, key=100))
    assert (fitted.blocks, changed) == ((Text("1  a\n2  b"),), (Downgrade.NUMBERED,))


def test_many_options_are_buttons_where_all_of_them_are_short() -> None:
    held = replace(ROOMY, buttons=5, short_buttons=15)
    scale = Choices(tuple(option(str(n), "effort", str(n)) for n in range(11)))
    events = Choices(tuple(option(f"a no after screen {n}", "happened", str(n)) for n in range(8)))
    assert are_buttons(scale, held)
    assert not are_buttons(events, held)
    assert [len(row) for row in rows_of(scale.options, 5)] == [4, 4, 3]
    assert [len(row) for row in rows_of(scale.options[:5], 5)] == [5]


def test_a_heading_that_is_too_long_is_text() -> None:
    short = Heading("Rate limiter", "15 minutes")
    assert fit(Message((short,)), TIGHT)[0].blocks == (Text("Rate limiter"), Text("15 minutes"))
    assert fit(Message((short,)), ROOMY) == (Message((short,)), ())


@given(st.text(max_size=99), st.text(max_size=99), limits)
def test_a_heading_loses_no_word(title: str, about: str, held: Limits) -> None:
    fitted, _ = fit(Message((Heading(title, about),)), held)
    said = [f"{b.heading} {b.about}" if isinstance(b, Heading) else b.text for b in fitted.blocks
            if isinstance(b, Heading | Text)]  # fmt: skip
    assert squeezed("".join(said)) == squeezed(title + about)
