"""Every body that goes out is one that the vendors' own schemas take: @slack/types, and Discord's OpenAPI.

Needs Node 20 and the packages of package.json; `make vendor` installs them and runs this.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from preview.scenes import play
from wire.slack_server import problem_of

import bot.routing  # noqa: F401  # every room is loaded by it, and with it every form
from adapters.discord import forms as discord_forms
from adapters.discord import render as on_discord
from adapters.discord.deliver import _parameters
from adapters.slack import forms as slack_forms
from adapters.slack import render as on_slack
from adapters.slack.attach import Attached
from bot.chat.form import Form
from bot.chat.message import Bar, Chart, Choices, Fields, File, Heading, Message, Option, Text

HERE = Path(__file__).parent
Json = dict[str, Any]
Sent = tuple[str, Json]
_words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(str.strip)
_long = st.builds(lambda word, n: (word * n)[:4000], _words, st.integers(1, 4000))
_options = st.lists(
    st.builds(Option, st.one_of(_words, _long), _words), min_size=1, max_size=120, unique_by=lambda o: o.key
)
_rows = st.lists(st.tuples(_words, _words), min_size=1, max_size=60).map(tuple)
_blocks = st.one_of(
    st.builds(Text, st.text(alphabet="ab *_`>#&\n\U0001f600é~\u05d0\u200b", max_size=3000)),
    st.builds(Heading, st.one_of(_words, _long), st.one_of(st.just(""), _words, _long)),
    st.builds(Fields, _rows),
    st.builds(Choices, _options.map(tuple), st.one_of(st.just(""), _words)),
    st.builds(
        lambda rows: Chart("Load", tuple(Bar(label, 1.0, words) for label, words in rows), 2.0, "alt"), _rows
    ),
    st.builds(File, st.sampled_from(["kept.json", "all.txt"]), _words, _words),
)


def _refused(sent: list[Sent]) -> list[str]:
    """What the schemas do not take. Skips, and says so in the summary, where Node or its packages are missing."""
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules").is_dir():
        warnings.warn(
            "The vendors' schemas were NOT checked: say `make vendor`, which needs Node 20.", stacklevel=2
        )
        pytest.skip("Node or tests/vendor/node_modules is missing")
    bodies = json.dumps([{"kind": kind, "body": body} for kind, body in sent])
    done = subprocess.run(
        [node, "check.mjs"], check=False, cwd=HERE, input=bodies, capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert f"{len(sent)} bodies checked" in done.stderr
    return done.stdout.splitlines()


def _messages(message: Message) -> Iterator[Sent]:
    charts = [b for b in message.blocks if isinstance(b, Chart)]
    uploaded = Attached({chart: f"F{n:09d}" for n, chart in enumerate(charts)}, frozenset(_files(message)))
    for part in (*on_slack.parts(message), *(on_slack.parts(message, uploaded) if charts else ())):
        body: Json = {"text": part.text, "blocks": part.blocks}
        assert problem_of(body) == ""
        yield "slack message", body
        yield "slack home", {"type": "home", "blocks": part.blocks}
    drawn = dict.fromkeys(charts, b"PNG")
    for found in (*on_discord.parts(message), *(on_discord.parts(message, drawn) if charts else ())):
        payload = _payload(found)
        yield "discord message", payload
        yield "discord edit", {name: payload[name] for name in ("components", "flags", "allowed_mentions")}


def _files(message: Message) -> list[File]:
    return [b for b in message.blocks if isinstance(b, File)]


def _payload(part: on_discord.Part) -> Json:
    made = _parameters(part, "n" * 24)
    if made.payload is not None:
        return made.payload
    payload: Json = json.loads(next(f["value"] for f in made.multipart or () if f["name"] == "payload_json"))
    # Discord's own examples number files with numbers, as the SDK does; its schema has all ids as text.
    payload["attachments"] = [{**each, "id": str(each["id"])} for each in payload["attachments"]]
    return payload


def _forms() -> list[Form]:
    rooms = [module for name, module in sys.modules.items() if name.startswith("bot.")]
    found = {v.id: v for room in rooms for v in vars(room).values() if isinstance(v, Form)}
    return list(found.values())


async def test_the_main_messages_are_taken(tmp_path):
    scenes = await play(tmp_path)
    assert _refused([sent for scene in scenes for _, said in scene.said for sent in _messages(said)]) == []


def test_any_message_is_taken():
    said: list[Sent] = []

    @settings(
        max_examples=60,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(_blocks, min_size=1, max_size=6))
    def each(blocks: list[Any]) -> None:
        said.extend(_messages(Message(tuple(blocks))))

    each()
    assert _refused(said) == []


def test_every_form_is_taken():
    assert len(_forms()) >= 4
    sent: list[Sent] = []
    for form in _forms():
        modal = slack_forms.modal(form, {}, carried={})
        ids = [block["block_id"] for block in modal["blocks"] if block["type"] == "input"]
        assert len(set(ids)) == len(ids)
        assert modal.get("submit"), "a modal with inputs needs a button that sends them"
        sent.append(("slack modal", modal))
        sent.append(("discord modal", discord_forms.modal(form, {}).to_dict()))
    assert _refused(sent) == []


def test_what_a_vendor_would_refuse_is_refused_here():
    wrong: list[Sent] = [
        (
            "slack message",
            {"text": "a", "blocks": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]},
        ),
        ("slack message", {"blocks": []}),
        ("slack modal", {"type": "modal", "blocks": []}),
        ("discord message", {"components": [{"type": 10, "content": ""}]}),
        ("discord modal", {"custom_id": "a", "title": "b" * 46, "components": []}),
    ]
    assert [line.split()[0] for line in _refused(wrong)] == [str(n) for n in range(len(wrong))]
