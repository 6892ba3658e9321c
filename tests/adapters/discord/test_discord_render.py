"""Messages as Discord takes them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from wire.discord_server import problem_of

from adapters.discord.limits import CONTENT
from adapters.discord.render import ASK, Part, parts
from bot.chat.message import Chart, Choices, Fields, Message, Option, Text, message

_words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(str.strip)
_options = st.lists(st.builds(Option, _words, _words), min_size=1, max_size=30, unique_by=lambda o: o.key)
_blocks = st.one_of(
    st.builds(Text, st.text(alphabet="ab *_`>#\n\U0001f600é~", max_size=3000)),
    st.builds(Fields, st.lists(st.tuples(_words, _words), min_size=1, max_size=60).map(tuple)),
    st.builds(Choices, _options.map(tuple), st.one_of(st.just(""), _words)),
    st.just(Chart("Load", (("Mon", 1.0, "30 min"),), 2.0, "More on Monday.")),
)


def _body(part: Part) -> dict[str, object]:
    view = part.view
    return {"content": part.content, "components": view.to_components() if view else []}


@given(st.lists(_blocks, min_size=1, max_size=6))
def test_whatever_is_said_discord_takes_it_and_every_option_can_be_reached(blocks):
    said = Message(tuple(blocks))
    out = parts(said)
    assert [problem_of(_body(part)) for part in out] == [""] * len(out)
    keys = {key for part in out for key in part.keys}
    lines = "\n".join(part.content for part in out).replace("\\", "")
    for offered in said.options:
        assert offered.key in keys or offered.label.replace("\\", "") in lines


def _content(text: str) -> str:
    return "\n".join(part.content for part in parts(message(text)))


def test_marks_stay_and_what_only_discord_reads_is_escaped():
    assert _content("**a** *b* `c_d`") == "**a** *b* `c_d`"
    assert _content("**a *b*** *c*") == "**a *b*** *c*"
    assert _content("snake_case 2*3*4 ||x|| ~~y~~") == "snake\\_case 2\\*3\\*4 \\|\\|x\\|\\| \\~\\~y\\~\\~"
    assert _content("# no heading") == "\\# no heading"
    assert _content("<@123> [a](https://x.org)") == "\\<@123> \\[a](https://x.org)"
    assert _content("see https://x.org/a_b_c") == "see https://x.org/a_b_c"


def test_code_and_quotes_are_fences_and_quotes():
    assert _content("```py\nx_y\n```\n> q") == "```\nx_y\n```\n> q"


def test_code_that_is_cut_is_code_in_both_messages():
    out = parts(message("```\n" + "x = 1\n" * 500 + "```\nend"))
    assert len(out) == 2
    assert all(part.content.count("```") == 2 for part in out)
    assert all(len(part.content) <= CONTENT for part in out)
    assert out[-1].content.endswith("end")


def test_characters_beyond_the_basic_plane_count_twice():
    out = parts(message("\U0001f600" * 1500))
    assert "".join(part.content for part in out) == "\U0001f600" * 1500
    assert len(out) == 2


def test_few_options_are_buttons_more_a_select_many_a_list():
    def kind(n: int) -> str:
        (part,) = parts(message(options=tuple(Option(f"o{i}", f"1:o:{i}") for i in range(n))))
        view = part.view
        return type(view.children[0]).__name__ if view else part.content.split("\n")[-1]

    assert (kind(5), kind(6), kind(25), kind(26)) == ("Button", "Select", "Select", "26  o25")


def test_buttons_without_a_word_get_one():
    assert parts(message(options=(Option("Go", "go"),)))[0].content == ASK


def test_fields_are_lines_and_a_chart_says_what_it_shows():
    assert parts(message(Fields((("Mon", "30 min"), ("Tue", "rest")))))[0].content == (
        "**Mon**  30 min\n**Tue**  rest"
    )
    assert "More on Monday." in _chart()


def _chart() -> str:
    return parts(Message((Chart("Load", (("Mon", 1.0, "30 min"),), 2.0, "More on Monday."),)))[0].content
