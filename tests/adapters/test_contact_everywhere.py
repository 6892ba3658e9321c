"""A way to reach somebody: a mention that leads to her and notifies nobody, on every platform."""

from __future__ import annotations

from adapters.console.render import plain
from adapters.discord.render import parts as discord_parts
from adapters.slack.render import parts as slack_parts
from bot.chat.inbound import Sender
from bot.chat.message import Contact, Message
from storage.mapping import from_json, to_json


def test_on_slack_it_is_a_structured_mention_and_the_name_in_plain_words():
    (part,) = slack_parts(Message((Contact("Ada *x*", Sender("slack", "U7", "T1")),)))
    (section,) = part.blocks[0]["elements"]
    assert section["elements"][1] == {"type": "user", "user_id": "U7"}
    assert "U7" not in part.text and "Ada *x*" in part.text


def test_on_discord_it_is_a_mention_behind_the_escaped_name():
    (part,) = discord_parts(Message((Contact("Ada *x*", Sender("discord", "77")),)))
    assert part.text == "Ada \\*x\\*: <@77>"


def test_in_the_terminal_it_is_the_account():
    assert plain(Message((Contact("Ada", Sender("console", "me")),))) == ["  Ada: me"]


def test_it_waits_in_a_letter_as_it_is():
    said = Message((Contact("Ada", Sender("slack", "U7", "T1")),))
    assert from_json(Message, to_json(Message, said)) == said
