"""Each of the core's forms is a modal that Discord takes, and there is a button that opens it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from simcord.components import validate_modal

from adapters.discord.forms import Drafts, modal, offer, way_to
from bot.chat.form import Form, FormField
from bot.chat.message import message
from bot.commands import BY_NAME
from bot.profile.fields import FORMS
from bot.routing import FORM_HANDLERS

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def as_typed(typed: str, _: date) -> str:
    return typed


@pytest.mark.parametrize("form", [form for form, _ in FORM_HANDLERS.values()], ids=lambda f: f.id)
async def test_discord_takes_every_form_and_a_button_opens_it(form: Form):
    known = {f.id: f.options[0][1] if f.options else "x" * 5000 for f in form.fields}
    for values in ({}, known):
        shown = modal(form, values).to_dict()
        validate_modal(shown)
        assert [c["component"]["custom_id"] for c in shown["components"]] == [f.id for f in form.fields]
    if ":" in form.id:  # about one thing: its id is the key of the button that opens it
        there = form.about("0123456789ab", "2026-01-05")
        validate_modal(modal(there, {}).to_dict())
        assert way_to(there) == f"1:{form.id}:0123456789ab:2026-01-05"
        return
    version, verb, about = way_to(form).split(":")
    assert version == "1" and len(way_to(form)) <= 100
    assert about in (FORMS if verb == "set" else {n for n, c in BY_NAME.items() if c.opens_form})


async def test_what_is_known_is_filled_in_and_what_may_be_left_is_not_demanded():
    fields = (
        FormField("pick", "One?", as_typed, options=(("A", "a"), ("B", "b")), default="a"),
        FormField("line", "Which?", as_typed, "Such as *this* or `that`.", optional=True),
        FormField("must", "M" * 60, as_typed, "h" * 200),
        FormField("many", "Many?", as_typed, options=tuple((str(n), str(n)) for n in range(26))),
    )
    shown = modal(Form("f", "T" * 60, fields), {"pick": "B", "line": "old"}).to_dict()
    validate_modal(shown)
    pick, line, must, many = (c["component"] for c in shown["components"])
    assert [o["value"] for o in pick["options"] if o.get("default")] == ["b"] and not pick["required"]
    assert line["value"] == "old" and not line["required"]
    assert must["required"] and many["type"] == 4, "more than a select holds is typed"
    assert shown["components"][1]["description"] == "Such as this or that."


def test_what_takes_several_lines_is_a_paragraph_with_room():
    fields = (FormField("long", "Task?", as_typed, long=True), FormField("line", "Title?", as_typed))
    shown = modal(Form("f", "F", fields), {"long": "a\nb"}).to_dict()
    validate_modal(shown)
    many, one = (c["component"] for c in shown["components"])
    assert (many["style"], many["max_length"], many["value"]) == (2, 4000, "a\nb")
    assert (one["style"], one["max_length"]) == (1, 1000)


def test_the_button_stands_under_what_was_said_or_under_the_forms_title():
    form = FORMS["times"]
    assert [o.label for o in offer(form, message("No."), again=True).options] == ["Correct it"]
    assert "When do we talk?" in str(offer(form, None).blocks[0])


def test_what_was_typed_is_kept_for_a_while_and_then_forgotten():
    drafts = Drafts()
    drafts.keep("ann", "search", {"hours": "7"}, NOW)
    assert drafts.of("ann", "search", NOW + timedelta(minutes=14)) == {"hours": "7"}
    assert drafts.of("ann", "search", NOW + timedelta(minutes=15)) == {}
    assert drafts.of("bob", "search", NOW) == {}
    drafts.forget("ann", "search")
    assert drafts.of("ann", "search", NOW) == {}
