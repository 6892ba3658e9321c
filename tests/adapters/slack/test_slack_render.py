"""Messages as Slack takes them, with slack_sdk's own checks as a second opinion."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import ActionsBlock, Block, ContextBlock, HeaderBlock, RichTextBlock
from wire.slack_server import problem_of

from adapters.slack.limits import FALLBACK
from adapters.slack.render import Part, parts
from bot.chat.message import Bar, Chart, Choices, Fields, File, Heading, Message, Option, Text, message

_words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(str.strip)
_long = st.builds(lambda word, n: (word * n)[:4000], _words, st.integers(1, 4000))
_options = st.lists(
    st.builds(Option, st.one_of(_words, _long), _words), min_size=1, max_size=120, unique_by=lambda o: o.key
)
_blocks = st.one_of(
    st.builds(Text, st.text(alphabet="ab *_`>#&\n\U0001f600é~\u05d0\u200b", max_size=3000)),
    st.builds(Fields, st.lists(st.tuples(_words, _words), min_size=1, max_size=60).map(tuple)),
    st.builds(Choices, _options.map(tuple), st.one_of(st.just(""), _words)),
    st.builds(Heading, st.one_of(st.just(""), _words, _long), st.one_of(st.just(""), _words, _long)),
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


def _runs(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [value["text"]] if isinstance(value.get("text"), str) else _runs(list(value.values()))
    return [text for item in value for text in _runs(item)] if isinstance(value, list) else []


def _keys(out: list[Part]) -> set[str]:
    elements = [e for part in out for b in part.blocks if b["type"] == "actions" for e in b["elements"]]
    return {e["value"] for e in elements if "value" in e} | {
        o["value"] for e in elements for o in e.get("options", [])
    }


@given(st.lists(_blocks, min_size=1, max_size=6))
def test_whatever_is_said_slack_takes_it_and_every_option_can_be_reached(blocks):
    said = Message(tuple(blocks))
    out = parts(said)
    for part in out:
        assert problem_of({"text": part.text, "blocks": part.blocks}) == ""
        assert len(part.text) <= FALLBACK
        for block in part.blocks:
            parsed = Block.parse(block)
            assert isinstance(parsed, RichTextBlock | ActionsBlock | HeaderBlock | ContextBlock)
            assert parsed.to_dict() == block
    keys = _keys(out)
    lines = _unmarked("".join(text for part in out for block in part.blocks for text in _runs(block)))
    for number, offered in enumerate(said.options, 1):
        assert offered.key in keys or _unmarked(f"{number}{offered.label}") in lines


def _unmarked(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c not in "*`")


def _elements(text: str) -> list[dict[str, Any]]:
    (part,) = parts(message(text))
    (block,) = part.blocks
    return block["elements"]


def test_styles_links_code_and_quotes_become_structure():
    assert _elements("**a** *b* `c`\nhttps://x.org/a_b\n```\nd\n```\n> e") == [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "a", "style": {"bold": True}},
                {"type": "text", "text": " "},
                {"type": "text", "text": "b", "style": {"italic": True}},
                {"type": "text", "text": " "},
                {"type": "text", "text": "c", "style": {"code": True}},
                {"type": "text", "text": "\n"},
                {"type": "link", "url": "https://x.org/a_b"},
                {"type": "text", "text": "\n"},
            ],
        },
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "d"}]},
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "e"}]},
    ]


def test_nothing_that_a_person_wrote_becomes_a_mention_or_a_style_of_slacks():
    text = "<!channel> & <@U1> snake_case ~x~ 2*3*4"
    assert _elements(text) == [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}]
    assert parts(message(text))[0].text == "&lt;!channel&gt; &amp; &lt;@U1&gt; snake_case ~x~ 2*3*4"


def _element_kinds(n: int, label: str) -> str:
    (part,) = parts(message(options=tuple(Option(f"{label}{i}", f"1:o:{i}") for i in range(n))))
    rows = [block["elements"] for block in part.blocks if block["type"] == "actions"]
    return "/".join(f"{row[0]['type']} {len(row)}" for row in rows) or part.text.split("\n")[-1]


@pytest.mark.parametrize(
    ("count", "label", "shown"),
    [
        (5, "a rather long label ", "button 5"),
        (6, "a rather long label ", "static_select 1"),
        (100, "a rather long label ", "static_select 1"),
        (101, "a rather long label ", "101  a rather long label 100"),
        (5, "", "button 5"),
        (11, "", "button 4/button 4/button 3"),
        (16, "", "static_select 1"),
    ],
)
def test_few_or_short_options_are_buttons_more_a_select_many_a_list(count, label, shown):
    assert _element_kinds(count, label) == shown


def test_a_drill_is_a_card_under_its_name_and_the_notification_begins_with_it():
    said = message(
        Heading("Rate limiter", "15 minutes"), "**Design** it.", options=(Option("Hint", "1:hint"),)
    )
    (part,) = parts(said)
    assert [block["type"] for block in part.blocks] == ["header", "context", "rich_text", "actions"]
    assert part.text == "Rate limiter\n15 minutes\nDesign it.\nHint"


def test_a_long_text_is_split_and_code_stays_code():
    (part,) = parts(message("```\n" + "x = 1\n" * 900 + "```\nend"))
    assert [e["type"] for b in part.blocks for e in b["elements"]] == [
        "rich_text_preformatted",
        "rich_text_preformatted",
        "rich_text_section",
    ]


def test_more_than_one_message_holds_becomes_two():
    out = parts(message(*(Text("word " * 500) for _ in range(8))))
    assert len(out) == 2
    assert sum(len(block["elements"]) for part in out for block in part.blocks) == 8


def test_a_table_is_drawn_in_fixed_width_and_a_notification_has_it_in_words():
    (part,) = parts(message(Fields((("Mon", "30 min"), ("Tuesday", "**rest**")))))
    assert part.text == "Mon: 30 min\nTuesday: rest"
    assert part.blocks[0]["elements"][0] == {
        "type": "rich_text_preformatted",
        "elements": [{"type": "text", "text": "Mon      30 min\nTuesday  rest"}],
    }


def test_a_chart_has_bars_and_a_notification_says_what_they_show():
    (part,) = parts(Message((Chart("Load", (Bar("Mon", 1.0, "30 min"),), 2.0, "More on Monday."),)))
    assert part.text == "Load\nMore on Monday."
    assert _runs(part.blocks) == ["Load", "\n", "Mon ▰▰▰▰▰▱▱▱▱▱ 30 min"]


def test_a_heading_is_plain_text_in_which_slack_reads_nothing():
    (part,) = parts(message(Heading("<!channel> :tada:", "<@U1>")))
    header, about = part.blocks
    assert header["text"] == {"type": "plain_text", "text": "<!channel> :tada:", "emoji": False}
    assert about["elements"] == [{"type": "plain_text", "text": "<@U1>", "emoji": False}]
    assert part.text.startswith("&lt;!channel&gt;")
