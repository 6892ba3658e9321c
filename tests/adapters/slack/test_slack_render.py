"""Messages as Slack takes them, with slack_sdk's own checks as a second opinion."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import ActionsBlock, Block, RichTextBlock
from wire.slack_server import problem_of

from adapters.slack.limits import FALLBACK
from adapters.slack.render import Part, parts
from bot.chat.message import Chart, Choices, Fields, Message, Option, Text, message

_words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(str.strip)
_options = st.lists(st.builds(Option, _words, _words), min_size=1, max_size=120, unique_by=lambda o: o.key)
_blocks = st.one_of(
    st.builds(Text, st.text(alphabet="ab *_`>#&\n\U0001f600é~", max_size=3000)),
    st.builds(Fields, st.lists(st.tuples(_words, _words), min_size=1, max_size=60).map(tuple)),
    st.builds(Choices, _options.map(tuple), st.one_of(st.just(""), _words)),
    st.just(Chart("Load", (("Mon", 1.0, "30 min"),), 2.0, "More on Monday.")),
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
            assert isinstance(parsed, RichTextBlock | ActionsBlock)
            assert parsed.to_dict() == block
    keys = _keys(out)
    lines = "".join(text for part in out for block in part.blocks for text in _runs(block))
    for offered in said.options:
        assert offered.key in keys or _unmarked(offered.label) in _unmarked(lines)


def _unmarked(text: str) -> str:
    return "".join(c for c in text if c not in "*`")


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


def test_few_options_are_buttons_more_a_select_many_a_list():
    def kind(n: int) -> str:
        (part,) = parts(message(options=tuple(Option(f"o{i}", f"1:o:{i}") for i in range(n))))
        last = part.blocks[-1]
        return last["elements"][0]["type"] if last["type"] == "actions" else part.text.split("\n")[-1]

    assert (kind(5), kind(6), kind(100), kind(101)) == (
        "button",
        "static_select",
        "static_select",
        "101  o100",
    )


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


def test_fields_are_lines_and_a_chart_says_what_it_shows():
    assert parts(message(Fields((("Mon", "30 min"), ("Tue", "rest")))))[0].text == "Mon  30 min\nTue  rest"
    assert (
        "More on Monday."
        in parts(Message((Chart("Load", (("Mon", 1.0, "30 min"),), 2.0, "More on Monday."),)))[0].text
    )
