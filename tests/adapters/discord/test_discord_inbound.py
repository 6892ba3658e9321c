"""What Discord tells becomes what the core understands, word for word, and odd payloads trouble nobody."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.inbound import (
    Spot,
    command_in,
    event_id,
    from_interaction,
    happened,
    is_readable,
    without_mention,
    words_of,
)
from bot.chat.inbound import ChoicePicked, CommandGiven, FormSent, Sender
from bot.commands import COMMANDS, Command, parse

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40)


@st.composite
def commands_given(draw: st.DrawFn) -> tuple[Command, dict[str, str]]:
    command = draw(st.sampled_from(COMMANDS))
    given: dict[str, str] = {}
    for argument in command.arguments:
        if draw(st.booleans()):
            given[argument.name] = draw(st.sampled_from(argument.choices) if argument.choices else TEXT)
    return command, given


@settings(max_examples=400)
@given(commands_given())
def test_the_parser_reads_back_what_discord_gave(case: tuple[Command, dict[str, str]]):
    command, options = case
    meant, read, _ = parse(words_of(command.name, options))
    sayable = dict(options)
    for position, argument in enumerate(command.arguments):
        # What follows a choice that was left out cannot be said in words.
        if argument.choices and position and argument.name not in options:
            sayable = {a.name: options[a.name] for a in command.arguments[:position] if a.name in options}
            break
    assert meant is command
    assert {name: value for name, value in read.items() if value} == sayable


@given(st.dictionaries(st.sampled_from(["a", "b"]), TEXT))
def test_a_command_that_is_gone_reaches_the_core_as_something_it_does_not_know(options: dict[str, str]):
    meant, _, typed = parse(words_of("juggle", options))
    assert meant is None and typed == "juggle"


def test_subcommands_are_found_however_deep():
    inner = {"name": "add", "type": 1, "options": [{"name": "company", "type": 3, "value": "Acme & Co"}]}
    data = {"name": "pacer", "options": [{"name": "interview", "type": 2, "options": [inner]}]}
    assert command_in(data) == ("interview add", {"company": "Acme & Co"})
    on_the_shelf = {"type": 2, "name": "more", "options": [{"type": 1, "name": "break"}]}
    assert command_in({"name": "pacer", "options": [on_the_shelf]}) == ("break", {})
    assert command_in({"name": "pacer"}) == ("", {})
    assert command_in({"name": "pacer", "options": [{"type": 1}]}) == ("", {})


class State:
    """As much of the library's state as an interaction looks at."""

    allowed_mentions = None
    http = type("Http", (), {"_HTTPClient__session": None})()

    def _get_guild(self, _: int | None) -> None:
        return None

    def _get_client(self) -> Any:
        return discord.Client(intents=discord.Intents.none())

    def store_user(self, data: Any, **_: Any) -> discord.User:
        return discord.User(state=self, data=data)  # type: ignore[arg-type]

    create_user = store_user
    user = self_id = None


def came(kind: int, data: Any, **more: Any) -> discord.Interaction[Any]:
    payload = {
        "id": "175928847299117063",
        "application_id": "9",
        "type": kind,
        "token": "aW50/ZXI",
        "version": 1,
        "data": data,
        "user": {"id": "7", "username": "ann", "discriminator": "0", "avatar": None},
        "locale": "de",
        "entitlements": [],
        "authorizing_integration_owners": {},
        "context": 1,
        "attachment_size_limit": 1,
        "a field of tomorrow": {"x": 1},
        **more,
    }
    return discord.Interaction(data=payload, state=State())  # type: ignore[arg-type]


def test_a_person_is_the_same_everywhere_and_the_token_is_kept_with_the_place():
    given = from_interaction(came(2, {"name": "pacer", "options": [{"name": "today", "type": 1}]}), NOW)
    assert isinstance(given, CommandGiven) and given.text == "today"
    assert given.sender == Sender("discord", "7") and given.place.private and given.place.forms
    assert Spot.read(given.place.channel) == Spot("own", "9", "aW50/ZXI")
    assert given.event_id == event_id(175928847299117063) and given.at == NOW
    assert happened(given.event_id).year == 2016


def test_only_direct_messages_with_us_are_private():
    elsewhere = from_interaction(came(2, {"name": "pacer"}, context=2), NOW)
    untold = from_interaction(came(2, {"name": "pacer"}, context=99), NOW)
    assert elsewhere is not None and untold is not None
    assert not elsewhere.place.private and not untold.place.private


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"custom_id": "1:hint:7", "component_type": 2}, "1:hint:7"),
        ({"custom_id": "1:select:0", "component_type": 3, "values": ["1:rate:sql:3"]}, "1:rate:sql:3"),
        ({"custom_id": "0:old", "component_type": 2}, "0:old"),
    ],
)
def test_a_tap_says_the_key_and_a_select_what_was_picked(data: dict[str, Any], key: str):
    picked = from_interaction(came(3, data), NOW)
    assert isinstance(picked, ChoicePicked) and picked.key == key


def test_a_form_comes_back_field_by_field():
    components = [
        {"type": 18, "component": {"type": 4, "custom_id": "target", "value": "8 weeks"}},
        {"type": 18, "component": {"type": 3, "custom_id": "track", "values": ["sre"]}},
        {"type": 1, "components": [{"type": 4, "custom_id": "hours", "value": "6"}]},
        {"type": 18, "component": {"type": 3, "custom_id": "level", "values": []}},
        {"type": 10, "content": "words"},
        {"type": 99},
    ]
    sent = from_interaction(came(5, {"custom_id": "1:form:search", "components": components}), NOW)
    assert isinstance(sent, FormSent) and sent.form == "search"
    assert dict(sent.values) == {"target": "8 weeks", "track": "sre", "hours": "6", "level": ""}


@pytest.mark.parametrize("kind", [1, 2, 3, 4, 5, 77])
@pytest.mark.parametrize(
    "data", [None, {}, {"name": "other"}, {"component_type": 3}, {"component_type": 3, "values": []}]
)
def test_missing_and_unknown_fields_raise_nothing(kind: int, data: Any):
    found = from_interaction(came(kind, data), NOW)
    assert found is None or isinstance(found, FormSent)


def test_our_name_is_taken_out_of_what_was_said():
    assert without_mention("hey <@42> today <@!42>", 42) == "hey today"
    assert without_mention("<@7> today", 42) == "<@7> today"


@pytest.mark.parametrize(
    ("name", "kind", "size", "read"),
    [
        ("a.py", None, 10, True),
        ("a", "text/plain; charset=utf-8", 100_000, True),
        ("a.txt", "text/plain", 100_001, False),
        ("a.png", "image/png", 10, False),
        ("a.exe", None, 10, False),
    ],
)
def test_only_short_text_files_are_read(name: str, kind: str | None, size: int, read: bool):
    file = discord.Attachment(
        data={"id": "1", "filename": name, "size": size, "url": "", "proxy_url": "", "content_type": kind},  # type: ignore[typeddict-item]
        state=State(),  # type: ignore[arg-type]
    )
    assert is_readable(file) is read
