"""Slack's payloads as inbound values: every kind, and nothing that could ever raise."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.inbound import (
    Attached,
    Back,
    back_of,
    from_action,
    from_command,
    from_event,
    from_shortcut,
    from_view,
    plain,
    who_opened,
)
from bot.chat.inbound import Channel, ChoicePicked, CommandGiven, FormSent, Place, Sender, TextSaid

NOW = datetime(2026, 1, 5, 7, tzinfo=UTC)
ADA = Sender("slack", "U11", "T1")
ROOM = Channel("slack", "T1", "C1")
READERS = (from_command, from_shortcut, from_action, from_view, from_event)

COMMAND = {
    "command": "/pacer", "text": " drill  coding ", "user_id": "U11", "team_id": "T1", "channel_id": "C1",
    "trigger_id": "1.2.3", "response_url": "https://hooks.slack.com/x",
}  # fmt: skip
CLICK: dict[str, Any] = {
    "type": "block_actions", "user": {"id": "U11", "team_id": "T1"}, "team": {"id": "T1"}, "trigger_id": "4.5.6",
    "channel": {"id": "D1"}, "container": {"type": "message", "message_ts": "1.1"},
    "message": {"text": "Go?", "blocks": [{"type": "actions"}, 5]},
    "actions": [{"type": "button", "value": "1:begin", "text": {"text": "Start"}, "block_id": "for:U22:0"}],
}  # fmt: skip
VIEW: dict[str, Any] = {
    "type": "view_submission", "user": {"id": "U11"}, "team": {"id": "T1"}, "trigger_id": "7",
    "view": {
        "id": "V1", "hash": "h", "callback_id": "form:search", "private_metadata": '{"c": "C1:1700.1", "p": true, "r": "u"}',
        "state": {"values": {"hours": {"value": {"type": "plain_text_input", "value": "6"}},
                             "track": {"value": {"selected_option": {"value": "sre"}}}, "rest": {"value": {"value": None}}}},
    },
}  # fmt: skip
EVENT: dict[str, Any] = {
    "type": "event_callback", "team_id": "T1", "event_id": "Ev1",
    "event": {"type": "message", "channel_type": "im", "channel": "D1", "user": "U11", "text": "half", "ts": "1.2"},
}  # fmt: skip


def changed(payload: dict[str, Any], **event: Any) -> dict[str, Any]:
    return payload | {"event": payload["event"] | event}


def test_a_slash_command_is_private_and_may_open_a_form():
    got = from_command(COMMAND, NOW)
    assert isinstance(got, CommandGiven)
    assert (got.sender, got.text, got.at) == (ADA, "drill  coding", NOW)
    assert got.place == Place("C1", private=True, forms=True, room=ROOM)


def test_a_click_a_select_and_its_message():
    got = from_action(CLICK, NOW)
    assert isinstance(got, ChoicePicked)
    assert (got.key, got.place) == ("1:begin", Place("D1", private=True, forms=True))
    clicked = back_of(CLICK).clicked
    assert clicked is not None
    assert (clicked.label, clicked.addressee, clicked.blocks) == ("Start", "U22", ({"type": "actions"},))
    option = {"value": "1:effort:5", "text": {"text": "5"}}
    picked = from_action(CLICK | {"actions": [{"type": "static_select", "selected_option": option}]}, NOW)
    assert picked is not None
    assert picked.key == "1:effort:5"


def test_a_click_in_a_thread_stays_in_it_and_a_whisper_is_private():
    place = {
        "channel": {"id": "C1"},
        "container": {"message_ts": "1.1", "thread_ts": "1700.1", "is_ephemeral": True},
    }
    got = from_action(CLICK | place, NOW)
    assert got is not None
    assert got.place == Place("C1:1700.1", private=True, forms=True, room=ROOM)


def test_a_form_knows_where_it_was_opened_and_what_was_entered():
    got = from_view(VIEW, NOW)
    assert isinstance(got, FormSent)
    assert (got.form, dict(got.values)) == ("search", {"hours": "6", "track": "sre", "rest": ""})
    assert got.place == Place("C1:1700.1", private=True, forms=True, room=ROOM)
    assert back_of(VIEW) == Back("u", "7", None)


def test_the_shortcut_is_a_drill_and_others_are_nothing():
    payload = {**CLICK, "type": "message_action", "callback_id": "practise"}
    got = from_shortcut(payload, NOW)
    assert got is not None
    assert got.text == "drill"
    assert from_shortcut(payload | {"callback_id": "save"}, NOW) is None


def test_a_direct_message_and_a_mention():
    got = from_event(EVENT, NOW)
    assert isinstance(got, TextSaid)
    assert (got.sender, got.text, got.place) == (ADA, "half", Place("D1"))
    mention = changed(
        EVENT, type="app_mention", channel="C1", text="<@UBOT> what about <@U22>?", thread_ts="17.1"
    )
    asked = from_event(mention | {"authorizations": [{"user_id": "UBOT"}]}, NOW)
    assert isinstance(asked, TextSaid)
    assert (asked.text, asked.place) == ("what about @somebody?", Place("C1:17.1", private=False, room=ROOM))


def test_a_mention_in_a_direct_message_is_heard_once():
    assert from_event(changed(EVENT, type="app_mention"), NOW) is None
    assert from_event(changed(EVENT, channel="C1"), NOW) is None


def test_where_a_whole_organisation_has_installed_pacer_its_people_belong_to_it():
    event = EVENT | {"enterprise_id": "E1", "authorizations": [{"is_enterprise_install": True}]}
    command = COMMAND | {"enterprise_id": "E1", "is_enterprise_install": "true"}
    click = CLICK | {"enterprise": {"id": "E1"}, "is_enterprise_install": True}
    for reader, payload in ((from_event, event), (from_command, command), (from_action, click)):
        assert reader(payload, NOW).sender == Sender("slack", "U11", "E1")
    within = from_command(COMMAND | {"enterprise_id": "E1", "is_enterprise_install": "false"}, NOW)
    assert within is not None
    assert within.sender == ADA


@pytest.mark.parametrize(
    ("file", "texts", "left"),
    [
        ({"name": "a.py", "size": 10, "url_private": "u"}, ("u",), False),
        ({"name": "a", "mimetype": "text/plain", "size": 10, "url_private_download": "d", "url_private": "u"}, ("d",), False),
        ({"name": "a.PNG", "mimetype": "image/png", "size": 10, "url_private": "u"}, (), True),
        ({"name": "a.md", "size": 100_001, "url_private": "u"}, (), True),
        ({"name": "a.md", "size": "10", "url_private": "u"}, (), True),
        ({"name": "a.md", "size": 10}, (), True),
        (None, (), True),
    ],
)  # fmt: skip
def test_files_that_hold_text(file, texts, left):
    got = from_event(changed(EVENT, subtype="file_share", text="", files=[file]), NOW)
    assert isinstance(got, Attached)
    assert (got.files, got.left) == (texts, left)


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("List&lt;int&gt; &amp;&amp; x", "List<int> && x"),
        ("<https://x.org|x> <https://x.org>", "https://x.org https://x.org"),
        ("<mailto:a@b.c|a@b.c> <@U1|ada> <@U1> <#C1|general> <!here> <!subteam^S1|@team>",
         "a@b.c @ada @somebody #general @here @team"),
        ("&amp;lt;", "&lt;"),
        ("\ud800", "?"),
    ],
)  # fmt: skip
def test_what_slack_wrapped_reads_as_one_sees_it(sent, seen):
    assert plain(sent) == seen


def test_the_same_event_has_the_same_name_whatever_wraps_it_and_another_has_another():
    def name(reader: Any, payload: dict[str, Any]) -> str:
        return reader(payload, NOW).event_id

    assert name(from_event, EVENT) == name(from_event, changed(EVENT, text="other") | {"event_time": 5})
    assert name(from_event, EVENT) != name(from_event, EVENT | {"event_id": "Ev2"})
    assert name(from_action, CLICK) == name(from_action, CLICK | {"response_url": "another"})
    assert name(from_action, CLICK) != name(from_action, CLICK | {"trigger_id": "9"})
    assert name(from_view, VIEW) == name(from_view, VIEW | {"trigger_id": "8"})
    names = {
        name(r, p)
        for r, p in ((from_command, COMMAND), (from_action, CLICK), (from_view, VIEW), (from_event, EVENT))
    }
    assert len(names) == 4
    assert all(len(n) <= 128 for n in names)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def _damaged(draw: st.DrawFn) -> dict[str, Any]:
    """A real payload in which something is missing or something else."""

    def damage(value: Any) -> Any:
        if draw(st.integers(0, 6)) == 0:
            return draw(_json)
        if isinstance(value, dict):
            return {k: damage(v) for k, v in value.items() if draw(st.integers(0, 9))}
        return [damage(v) for v in value] if isinstance(value, list) else value

    whole = damage(draw(st.sampled_from([COMMAND, CLICK, VIEW, EVENT])))
    return whole if isinstance(whole, dict) else {}


@given(_damaged())
def test_no_payload_makes_anything_raise(payload):
    for reader in READERS:
        got = reader(payload, NOW)
        inbound = got.said if isinstance(got, Attached) else got
        assert inbound is None or inbound.event_id.startswith("slack:")
    back_of(payload)
    who_opened(payload)


@given(st.text(max_size=200), st.sampled_from(READERS))
def test_no_text_makes_anything_raise(text, reader):
    plain(text).encode()
    reader(dict.fromkeys(("type", "text", "user_id", "trigger_id", "payload", "event"), text), NOW)
