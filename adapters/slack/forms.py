"""A form as a Slack modal, and what was entered in it as values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.chat.form import Form, FormField
from bot.chat.markup import passages

TITLE = 24
"""Characters of a modal's title: docs.slack.dev/reference/views."""
RADIOS = 4
"""Up to so many options are shown open, more in a select."""
LABEL, OPTION, VALUE = 2000, 75, 150
ERROR = 150
"""Not told by Slack; longer ones are cut off by its clients."""
INPUT = "value"
PREFIX = "form:"

Json = dict[str, Any]


def modal(form: Form, known: Mapping[str, str], *, carried: Mapping[str, Any]) -> Json:
    """The view of a form, filled in with what is known. `carried` comes back with the answers."""
    short = form.title if len(form.title) <= TITLE else "Pacer"
    heading = [] if short == form.title else [_heading(form.title)]
    return {
        "type": "modal",
        "callback_id": f"{PREFIX}{form.id}",
        "title": _plain(short),
        "submit": _plain("Save"),
        "close": _plain("Not now"),
        "private_metadata": json.dumps(carried, separators=(",", ":")),
        "blocks": [*heading, *(_input(field, known.get(field.id, "")) for field in form.fields)],
    }


def form_id(callback_id: str) -> str:
    """The form that a modal shows; empty if it shows none."""
    return callback_id.removeprefix(PREFIX) if callback_id.startswith(PREFIX) else ""


def values_in(state: object) -> dict[str, str]:
    """What was entered, by field; empty for a field that was left empty."""
    if not isinstance(state, Mapping):
        return {}
    return {field: _value(held) for field, held in state.items() if isinstance(field, str)}


def errors(faults: Mapping[str, str]) -> dict[str, str]:
    """Sentences to stand under their fields, in plain words."""
    return {field: unmarked(sentence) for field, sentence in faults.items()}


def unmarked(text: str) -> str:
    """Pacer's markup without its marks, where Slack shows plain text only."""
    return "\n".join("".join(span.text for span in passage.spans) for passage in passages(text))


def _value(held: object) -> str:
    entered = held.get(INPUT) if isinstance(held, Mapping) else None
    if not isinstance(entered, Mapping):
        return ""
    picked = entered.get("selected_option")
    found = picked.get("value") if isinstance(picked, Mapping) else entered.get("value")
    return found if isinstance(found, str) else ""


def _input(field: FormField, known: str) -> Json:
    block: Json = {
        "type": "input",
        "block_id": field.id,
        "label": _plain(unmarked(field.label)[:LABEL]),
        "element": _picks(field, known) if field.options else _line(field, known),
        "optional": field.optional,
    }
    return {**block, "hint": _plain(unmarked(field.hint)[:LABEL])} if field.hint else block


def _line(field: FormField, known: str) -> Json:
    filled = known or field.default
    element: Json = {"type": "plain_text_input", "action_id": INPUT}
    if field.long:
        element["multiline"] = True
    return {**element, "initial_value": filled} if filled else element


def _picks(field: FormField, known: str) -> Json:
    wanted = (known or field.default).casefold()
    options = [{"text": _plain(label[:OPTION]), "value": value[:VALUE]} for label, value in field.options]
    open_ = len(options) <= RADIOS
    element: Json = {"type": "radio_buttons" if open_ else "static_select", "action_id": INPUT}
    element["options"] = options
    named = zip(field.options, options, strict=True)
    chosen = [o for (label, value), o in named if wanted in (label.casefold(), value.casefold())]
    return {**element, "initial_option": chosen[0]} if chosen else element


def _heading(title: str) -> Json:
    return {"type": "section", "text": _plain(title)}


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}
