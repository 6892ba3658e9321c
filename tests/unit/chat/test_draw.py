"""Tables and bars in text: they line up, they lose nothing, and they fit a phone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.draw import bar, bars, table
from bot.chat.markup import Kind, passages
from bot.chat.message import Bar, Chart, Fields

COLUMNS = 38
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
letters = st.text("abc \u05d0\u05d1\u0627\u200b\u0301\U0001f600\u6f22", min_size=1, max_size=20).filter(
    str.strip
)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(st.lists(st.tuples(words, words), max_size=9).map(tuple))
def test_every_cell_is_said_and_a_table_in_fixed_width_fits_the_phone(rows):
    drawn = table(Fields(rows), COLUMNS)
    if drawn.startswith("```\n") and rows and not any("```" in cell for row in rows for cell in row):
        assert max(map(len, drawn.split("\n"))) <= COLUMNS
    assert all(squeezed(value).replace("*", "").replace("`", "")[:5] in squeezed(drawn).replace("*", "").replace("`", "")
               for _, value in rows if value.isalnum())  # fmt: skip


@given(st.lists(st.tuples(letters, letters), min_size=1, max_size=9).map(tuple))
def test_what_does_not_line_up_is_not_put_into_fixed_width(rows):
    odd = any(not c.isascii() for row in rows for cell in row for c in cell)
    assert table(Fields(rows), COLUMNS).startswith("```") == (not odd)


def test_names_and_values_stand_under_one_another():
    rows = (("Mon 5 Jan", "40 min"), ("Tue 6 Jan *", "**rest**"))
    assert table(Fields(rows), COLUMNS) == "```\nMon 5 Jan    40 min\nTue 6 Jan *  rest\n```"


def test_a_value_may_take_a_second_line_and_a_longer_one_makes_lines_of_all():
    two = (("Mon 5 Jan", "40 min, short, interview ahead, 20 done"),)
    assert (
        table(Fields(two), COLUMNS)
        == "```\nMon 5 Jan  40 min, short,\n           interview ahead, 20 done\n```"
    )
    three = (*two, ("Tue", "word " * 20))
    assert table(Fields(three), COLUMNS).startswith("**Mon 5 Jan**  40 min")


def test_names_may_be_long_where_no_value_needs_a_second_line():
    rows = (("Computer science depth", "35 min"), ("Communication", "30 min"))
    assert table(Fields(rows), 34).startswith("```\nComputer science depth  35 min\n")


def test_bars_stand_before_their_words_in_one_line_each():
    chart = Chart("Load", (Bar("Mon", 30, "30 min"), Bar("Tue", 0, "rest"), Bar("Wed", 1, "1 min")), 60, "")
    assert bars(chart, COLUMNS).split("\n") == [
        "**Load**",
        "```",
        "Mon ▰▰▰▰▰▱▱▱▱▱ 30 min",
        "Tue ▱▱▱▱▱▱▱▱▱▱ rest",
        "Wed ▰▱▱▱▱▱▱▱▱▱ 1 min",
        "```",
    ]


def test_bars_with_many_words_go_first_and_the_words_wrap():
    chart = Chart("Load", (Bar("Mon", 30, "30 of 60 minutes, a rest day, battery 50"),), 60, "")
    assert bars(chart, COLUMNS) == "**Load**\n▰▰▱▱▱ **Mon**  30 of 60 minutes, a rest day, battery 50"


@given(
    st.lists(st.builds(Bar, words, st.floats(allow_nan=False), words), max_size=9).map(tuple), st.floats(0, 9)
)
def test_any_chart_can_be_drawn_and_says_its_title(rows, top):
    drawn = bars(Chart("Load", rows, top, ""), COLUMNS)
    assert drawn.startswith("**Load**")
    code = [p.text for p in passages(drawn) if p.kind is Kind.CODE and "▰" in p.text]
    assert all(len(line) <= COLUMNS for text in code for line in text.split("\n") if not line.startswith(" "))


@given(st.floats(allow_nan=False), st.floats(0, 1e9), st.integers(1, 20))
def test_a_bar_has_all_its_cells(value, top, cells):
    drawn = bar(value, top, cells)
    assert drawn == "▰" * drawn.count("▰") + "▱" * (cells - drawn.count("▰"))
