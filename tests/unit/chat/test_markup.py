"""Reading the small markup."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.fit import split_text
from bot.chat.markup import Kind, Passage, Span, close_up, flowing, passages, rejoined_fences


def _spans(text: str) -> tuple[Span, ...]:
    return passages(text)[0].spans


def test_bold_italic_code_and_links_are_told_apart():
    assert _spans("**a** *b* `c` https://x.org/d_e.") == (
        Span("a", bold=True),
        Span(" "),
        Span("b", italic=True),
        Span(" "),
        Span("c", code=True),
        Span(" "),
        Span("https://x.org/d_e", link=True),
        Span("."),
    )


def test_styles_inside_of_one_another_add_up():
    assert _spans("**a *b***") == (Span("a ", bold=True), Span("b", bold=True, italic=True))


def test_a_star_of_a_multiplication_is_no_mark():
    assert _spans("2*3*4 and f(x)*g(x)*h") == (Span("2*3*4 and f(x)*g(x)*h"),)


def test_marks_inside_of_code_are_only_characters():
    assert _spans("`**a**`") == (Span("**a**", code=True),)


def test_fences_indented_lines_and_quotes_are_passages_of_their_own():
    text = "say\n```python\nx = 1\n\ny\n```\nthen\n    z\n> q\n> r\nend"
    assert passages(text) == [
        Passage(Kind.PROSE, "say"),
        Passage(Kind.CODE, "x = 1\n\ny"),
        Passage(Kind.PROSE, "then"),
        Passage(Kind.CODE, "z"),
        Passage(Kind.QUOTE, "q\nr"),
        Passage(Kind.PROSE, "end"),
    ]


def test_two_fences_that_touch_stay_two_and_one_on_a_line_is_whole():
    assert passages("```\na\n```\n```\nb\n```\n```c```") == [
        Passage(Kind.CODE, "a"),
        Passage(Kind.CODE, "b"),
        Passage(Kind.CODE, "c"),
    ]


def test_a_cut_through_a_fence_leaves_code_on_both_sides_and_prose_after_it():
    pieces = rejoined_fences(["say\n```\na", "b\n```\nend"])
    assert [p for piece in pieces for p in passages(piece)] == [
        Passage(Kind.PROSE, "say"),
        Passage(Kind.CODE, "a"),
        Passage(Kind.CODE, "b"),
        Passage(Kind.PROSE, "end"),
    ]


@given(st.text(alphabet="ab *`>\n", max_size=200), st.integers(5, 60))
def test_nothing_that_was_written_is_lost(text: str, limit: int):
    """Whatever the marks: letters arrive in order, cut or whole."""
    read = "".join(s.text for piece in split_text(text, limit) for p in passages(piece) for s in p.spans)
    # What stands after the opening of a fence names its language, and is not said.
    if "```" not in text:
        assert [c for c in read if c in "ab"] == [c for c in text if c in "ab"]


def test_an_editors_line_breaks_flow_and_what_is_meant_as_lines_stays():
    authored = (
        "An expense product stores photographed receipts. Before anyone draws a design, you\n"
        "are asked for the numbers.\n"
        "\n"
        "Short line.\n"
        "1. How many tokens fit? How many chats of 8,192 tokens? How many at the\n"
        "   mean?\n"
        "2. And then:\n"
        "    x = 1  # a line of code that is long enough to be taken for one that was broken\n"
        "    y = 2\n"
        "> said by somebody at such a length that the line is full up to its very last column\n"
        "and answered"
    )
    assert flowing(authored).split("\n") == [
        "An expense product stores photographed receipts. Before anyone draws a design, you are asked for the numbers.",
        "",
        "Short line.",
        "1. How many tokens fit? How many chats of 8,192 tokens? How many at the mean?",
        "2. And then:",
        "    x = 1  # a line of code that is long enough to be taken for one that was broken",
        "    y = 2",
        "> said by somebody at such a length that the line is full up to its very last column",
        "and answered",
    ]


def test_fenced_code_never_flows():
    code = "```\n" + "x" * 90 + "\n" + "y" * 90 + "\n```\nend"
    assert flowing(code) == code


@given(st.text("ab -1.`>\n", max_size=300))
def test_flowing_loses_nothing_but_breaks(text):
    assert "".join(flowing(text).split()) == "".join(text.split())


def test_empty_lines_next_to_code_go_and_others_stay():
    found = close_up(passages("a\n\nb\n\n    x = 1\n\n\nc\n"))
    assert [(p.kind, p.text) for p in found] == [
        (Kind.PROSE, "a\n\nb"),
        (Kind.CODE, "x = 1"),
        (Kind.PROSE, "c\n"),
    ]
