"""Messages as Discord takes them, with simcord's checks as a second opinion."""

from __future__ import annotations

import json
from typing import Any

import pytest
from discord.http import MultipartParameters
from hypothesis import given
from hypothesis import strategies as st
from simcord.components import validate_message_state
from wire.discord_server import IS_COMPONENTS_V2, problem_of

from adapters.discord.deliver import _parameters
from adapters.discord.limits import TEXT
from adapters.discord.render import ACCENT, Part, parts
from bot.chat.message import Bar, Chart, Choices, Fields, File, Heading, Message, Option, Text, message

_words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(str.strip)
_long = st.builds(lambda word, n: (word * n)[:4000], _words, st.integers(1, 4000))
_options = st.lists(
    st.builds(Option, st.one_of(_words, _long), _words), min_size=1, max_size=30, unique_by=lambda o: o.key
)
_blocks = st.one_of(
    st.builds(Text, st.text(alphabet="ab *_`>#\n\U0001f600é~\u05d0\u200b", max_size=3000)),
    st.builds(Heading, st.one_of(st.just(""), _words, _long), st.one_of(st.just(""), _words, _long)),
    st.builds(Fields, st.lists(st.tuples(_words, _words), min_size=1, max_size=60).map(tuple)),
    st.builds(Choices, _options.map(tuple), st.one_of(st.just(""), _words)),
    st.builds(
        Chart,
        _words,
        st.lists(st.builds(Bar, _words, st.floats(0, 9), _words), max_size=60).map(tuple),
        st.just(9.0),
        _words,
    ),
    st.builds(
        File, st.sampled_from(["kept.json", "all.txt"]), st.text(max_size=99), st.one_of(_words, _long)
    ),
)


def _body(part: Part) -> dict[str, Any]:
    sent: MultipartParameters = _parameters(part, "n" * 24)
    if sent.payload is not None:
        return sent.payload
    return json.loads(next(f["value"] for f in sent.multipart or () if f["name"] == "payload_json"))


@given(st.lists(_blocks, min_size=1, max_size=6))
def test_whatever_is_said_discord_takes_it_and_every_option_can_be_reached(blocks):
    said = Message(tuple(blocks))
    out = parts(said)
    for part in out:
        body = _body(part)
        assert problem_of(body) == ""
        validate_message_state(body["components"], flags=body["flags"], content=None, embeds=[])
    keys = {key for part in out for key in part.keys}
    lines = _squeezed("\n".join(part.text for part in out))
    for number, offered in enumerate(said.options, 1):
        assert offered.key in keys or _squeezed(f"{number}{offered.label}") in lines


def _squeezed(text: str) -> str:
    """Without white space, marks of style and what escapes them."""
    return "".join(c for c in text if not c.isspace() and c not in "\\*`")


def test_numbers_go_on_from_one_list_to_the_next():
    lists = tuple(
        Choices(tuple(Option(f"{name} with a long name {n}", f"{name}{n}") for n in range(26)))
        for name in "ab"
    )
    shown = parts(Message(lists))[0].text.split("\n")
    assert (shown[0], shown[26]) == ("1  a with a long name 0", "27  b with a long name 0")


def _text(text: str) -> str:
    return "\n".join(part.text for part in parts(message(text)))


def test_marks_stay_and_what_only_discord_reads_is_escaped():
    assert _text("**a** *b* `c_d`") == "**a** *b* `c_d`"
    assert _text("**a *b*** *c*") == "**a *b*** *c*"
    assert _text("snake_case 2*3*4 ||x|| ~~y~~") == "snake\\_case 2\\*3\\*4 \\|\\|x\\|\\| \\~\\~y\\~\\~"
    assert _text("# no heading") == "\\# no heading"
    assert _text("<@123> [a](https://x.org)") == "\\<@123> \\[a](https://x.org)"
    assert _text("see https://x.org/a_b_c") == "see https://x.org/a_b_c"


def test_code_and_quotes_are_fences_and_quotes():
    assert _text("```py\nx_y\n```\n> q") == "```\nx_y\n```\n> q"


def test_code_that_is_cut_is_code_in_both_messages():
    out = parts(message("```\n" + "x = 1\n" * 900 + "```\nend"))
    assert len(out) == 2
    texts = [item["content"] for part in out for item in _body(part)["components"]]
    assert all(text.count("```") == 2 for text in texts)
    assert all(len(part.text) <= TEXT for part in out)
    assert out[-1].text.endswith("end")


def test_characters_beyond_the_basic_plane_count_twice():
    out = parts(message("\U0001f600" * 3000))
    assert "".join(part.text for part in out).replace("\n", "") == "\U0001f600" * 3000
    assert len(out) == 2


def _component(n: int, label: str) -> str:
    (part,) = parts(message(options=tuple(Option(f"{label}{i}", f"1:o:{i}") for i in range(n))))
    rows = _body(part)["components"]
    kinds = {1: "row", 2: "button", 3: "select", 10: "text"}
    return (
        "/".join(
            f"{kinds[item['type']]}s of {len(item['components'])}"
            if item["components"][0]["type"] == 2
            else kinds[item["components"][0]["type"]]
            for item in rows
            if item["type"] == 1
        )
        or part.text.split("\n")[-1]
    )


@pytest.mark.parametrize(
    ("count", "label", "shown"),
    [
        (5, "a rather long label ", "rows of 5"),
        (6, "a rather long label ", "select"),
        (25, "a rather long label ", "select"),
        (26, "a rather long label ", "26  a rather long label 25"),
        (5, "", "rows of 5"),
        (11, "", "rows of 4/rows of 4/rows of 3"),
        (16, "", "select"),
    ],
)
def test_few_or_short_options_are_buttons_more_a_select_many_a_list(count, label, shown):
    assert _component(count, label) == shown


def test_every_message_is_of_components_so_that_any_can_become_any_other():
    for said in (message("words"), message(options=(Option("Go", "go"),)), message(Heading("A", "b"))):
        (part,) = parts(said)
        body = _body(part)
        assert body["flags"] & IS_COMPONENTS_V2
        assert "content" not in body
        assert "embeds" not in body
        assert body["allowed_mentions"] == {"parse": []}


def test_a_drill_is_a_card_with_its_buttons_inside():
    said = message(Heading("Rate limiter", "15 minutes"), "Design it.", options=(Option("Hint", "1:hint"),))
    (part,) = parts(said)
    (card,) = _body(part)["components"]
    assert (card["type"], card["accent_color"]) == (17, ACCENT)
    assert [item["type"] for item in card["components"]] == [10, 14, 10, 1]
    assert card["components"][0]["content"] == "### Rate limiter\n-# 15 minutes"


def test_a_table_and_a_chart_are_drawn_in_fixed_width():
    assert parts(message(Fields((("Mon", "30 min"), ("Tuesday", "rest")))))[0].text == (
        "```\nMon      30 min\nTuesday  rest\n```"
    )
    chart = Chart("Load", (Bar("Mon", 1.0, "30 min"),), 2.0, "More on Monday.")
    assert parts(Message((chart,)))[0].text == "**Load**\n```\nMon ▰▰▰▰▰▱▱▱▱▱ 30 min\n```"


def test_nobody_is_called_whatever_is_written():
    said = message("@everyone @here <@1> <@&2>", Fields((("@everyone", "<@1> 漢"),)))
    (part,) = parts(said)
    assert _body(part)["allowed_mentions"] == {"parse": []}
    assert "<@1>" not in part.text.replace("\\<@1>", "")
