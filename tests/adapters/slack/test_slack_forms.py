"""Forms as modals, and back; what Slack would refuse is refused here too."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wire.slack_views import problem_of_view

from adapters.slack.forms import errors, form_id, modal, values_in
from bot.chat.form import Form, FormField
from bot.routing import FORM_HANDLERS

FORMS = [form for form, _ in FORM_HANDLERS.values()]


def _read(typed, today):
    return typed


def _filled(view):
    """What comes back if nothing is touched."""
    values = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            values[block["block_id"]] = {
                "value": {
                    "value": element.get("initial_value"),
                    "selected_option": element.get("initial_option"),
                }
            }
    return values


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_form_is_a_modal_that_slack_takes_and_says_its_whole_title(form):
    view = modal(
        form, {}, carried={"c": "C1", "p": True, "r": "https://hooks.slack.com/commands/" + "x" * 100}
    )
    assert problem_of_view(view) == ""
    assert form.title in json.dumps(view["blocks"][0]) or view["title"]["text"] == form.title
    assert form_id(view["callback_id"]) == form.id


def test_few_options_stand_open_and_many_fold():
    view = modal(Form("f", "F", (
        FormField("a", "A?", _read, options=tuple((str(n), str(n)) for n in range(4))),
        FormField("b", "B?", _read, options=tuple((str(n), str(n)) for n in range(5))),
        FormField("c", "C?", _read, "A *hint*.", optional=True),
    )), {}, carried={})  # fmt: skip
    few, many, line = view["blocks"]
    assert (few["element"]["type"], many["element"]["type"]) == ("radio_buttons", "static_select")
    assert (few["optional"], line["optional"], line["hint"]["text"]) == (False, True, "A hint.")


def test_what_takes_several_lines_has_room_for_them():
    fields = (FormField("long", "Task?", _read, long=True), FormField("line", "Title?", _read))
    view = modal(Form("f", "F", fields), {"long": "a\nb"}, carried={})
    assert problem_of_view(view) == ""
    many, one = (block["element"] for block in view["blocks"])
    assert many["multiline"] is True and many["initial_value"] == "a\nb" and "multiline" not in one


def test_what_is_known_stands_in_the_fields_and_else_what_is_usual():
    form = Form("f", "F", (
        FormField("a", "A?", _read, options=(("Yes", "yes"), ("No", "no")), default="no"),
        FormField("b", "B?", _read, default="90"),
        FormField("c", "C?", _read),
    ))  # fmt: skip
    assert values_in(_filled(modal(form, {}, carried={}))) == {"a": "no", "b": "90", "c": ""}
    known = {"a": "yes", "b": "60", "c": "x"}
    assert values_in(_filled(modal(form, known, carried={}))) == known
    assert values_in(_filled(modal(form, {"a": "gone"}, carried={})))["a"] == ""


def test_sentences_in_a_modal_are_plain():
    assert errors({"a": "Say *yes*, **no** or `x`."}) == {"a": "Say yes, no or x."}


@given(
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=120).filter(str.strip),
    st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200), max_size=40, unique=True),
    st.text(max_size=50),
)  # fmt: skip
def test_whatever_a_form_says_slack_takes_it(title, labels, known):
    field = FormField(
        "a", title, _read, title, options=tuple((label, f"v{n}") for n, label in enumerate(labels))
    )
    assert problem_of_view(modal(Form("f", title, (field,)), {"a": known}, carried={})) == ""
