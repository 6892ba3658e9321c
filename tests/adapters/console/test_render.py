"""Every block as a terminal shows it."""

from __future__ import annotations

import io

from adapters.console.deliver import deliver
from adapters.console.limits import TERMINAL
from adapters.console.render import plain, styled
from bot.chat.effects import Edit, Say
from bot.chat.fit import fit
from bot.chat.message import Bar, Chart, Choices, Fields, Heading, Option, Text, message, option

EVERYTHING = message(
    "**bold** and *slanted* and `code`\n    x = a * b * c",
    Heading("Rate limiter", "System design · 15 minutes"),
    Fields((("Mon", "40 min"), ("Tuesday", "**rest**"))),
    Chart(
        "Battery", (Bar("Mon", 50, "half"), Bar("Tue", 100, "full")), 100, "half on Monday, full on Tuesday"
    ),
    Choices((option("Start", "begin"), option("Later", "later")), "What now?"),
    Choices((option("why", "whynow"),)),
)


def test_plain_text_carries_no_marks_and_leaves_code_alone():
    lines = plain(EVERYTHING)
    assert lines[0] == "bold and slanted and code"
    assert lines[1] == "    x = a * b * c"


def test_a_heading_is_its_name_and_its_facts():
    assert plain(EVERYTHING)[2:4] == ["Rate limiter", "System design · 15 minutes"]


def test_fields_stand_in_columns():
    assert "  Mon      40 min" in plain(EVERYTHING)
    assert "  Tuesday  rest" in plain(EVERYTHING)


def test_a_chart_shows_bars_words_and_what_the_picture_says():
    lines = plain(EVERYTHING)
    bars = [line for line in lines if "█" in line]
    assert bars[1].count("█") == 2 * bars[0].count("█")
    assert "half" in bars[0]
    assert "  (half on Monday, full on Tuesday)" in lines


def test_options_are_numbered_through_the_whole_message_as_they_are_counted():
    shown = "\n".join(plain(EVERYTHING))
    for number, offered in enumerate(EVERYTHING.options, 1):
        assert f"{number} {offered.label}" in shown


def test_long_options_stand_on_lines_of_their_own():
    options = tuple(Option(f"a rather long label number {n}", str(n)) for n in range(5))
    assert len(plain(message(options=options))) == 5


def test_a_scale_of_numbers_shows_the_numbers_themselves():
    scale = tuple(Option(str(n), f"k{n}") for n in range(11))
    assert plain(message(options=scale)) == ["  0  1  2  3  4  5  6  7  8  9  10"]


def test_rich_says_the_same_words():
    from rich.console import Console

    out = io.StringIO()
    Console(file=out, width=200, no_color=True).print(styled(EVERYTHING))
    rich_words = out.getvalue().split()
    assert rich_words == " ".join(plain(EVERYTHING)).split()


def test_an_edit_is_said_anew_and_the_last_options_are_known():
    seen = []
    offered = deliver((Say(message("a", options=(option("x", "y"),))), Edit("n", message("b"))), seen.append)
    assert [m.blocks[0] for m in seen] == [Text("a"), Text("b")]
    assert offered[0].label == "x"


def test_what_fits_a_terminal_is_left_as_it_is():
    assert fit(EVERYTHING, TERMINAL) == (EVERYTHING, ())


def test_a_star_that_multiplies_is_no_mark():
    assert plain(message("Step*(A5-1), Cap); Cash =Volume*Price and 3 * 4 * 5"))[0] == (
        "Step*(A5-1), Cap); Cash =Volume*Price and 3 * 4 * 5"
    )


def test_an_option_named_by_its_own_number_is_not_numbered_twice():
    marks = (*(Option(str(n), f"k{n}") for n in range(1, 4)), Option("Skip", "s"))
    assert plain(message(options=marks)) == ["  1   2   3   4 Skip"]
