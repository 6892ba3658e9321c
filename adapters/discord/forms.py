"""Forms as Discord's modals, and the way back to one where Discord cannot open it at once."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import discord
from discord import ui

from adapters.discord.inbound import FORM
from adapters.discord.limits import DISCORD
from bot.chat.form import Form, FormField
from bot.chat.message import Choices, Message, Option, Text, key
from bot.commands import COMMANDS
from bot.profile.fields import FORMS

TITLE = LABEL = 45
DESCRIPTION = OPTION = 100
LONGEST, LONGEST_OF_MANY_LINES = 1000, 4000
"""Characters of one answer, on one line or on several: Discord takes 4000."""
KEPT = timedelta(minutes=15)
REMEMBERED = 2000
_MARKS = re.compile(r"[*`]")


def modal(form: Form, known: Mapping[str, str]) -> ui.Modal:
    """The form with what is known in it. It is not kept in memory: its key brings the answers back after a restart."""
    found = ui.Modal(title=_cut(form.title, TITLE), custom_id=FORM + form.id, timeout=None)
    for field in form.fields:
        found.add_item(_question(field, known.get(field.id) or field.default))
    found.stop()  # what is finished is not stored by the library
    return found


def _question(field: FormField, value: str) -> ui.Label[Any]:
    whole = f"{field.label} {field.hint}" if len(field.label) > LABEL else field.hint
    return ui.Label(
        text=_cut(field.label, LABEL),
        description=_cut(_MARKS.sub("", whole), DESCRIPTION) or None,
        component=_select(field, value) if 0 < len(field.options) <= DISCORD.select else _line(field, value),
    )


def _select(field: FormField, value: str) -> ui.Select[Any]:
    needed = not (field.optional or field.default)
    options = [
        discord.SelectOption(label=_cut(label, OPTION), value=v, default=value in (label, v))
        for label, v in field.options
    ]
    return ui.Select(custom_id=field.id, options=options, required=needed, min_values=int(needed))


def _line(field: FormField, value: str) -> ui.TextInput[Any]:
    needed = not (field.optional or field.default)
    longest = LONGEST_OF_MANY_LINES if field.long else LONGEST
    return ui.TextInput(
        custom_id=field.id,
        style=discord.TextStyle.paragraph if field.long else discord.TextStyle.short,
        default=value[:longest] or None,
        required=needed,
        max_length=longest,
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def way_to(form: Form) -> str:
    """The key of a button that opens the form: one of the core's, so that it works after a restart."""
    if ":" in form.id:
        return key(*form.id.split(":"))
    if form.id in FORMS:
        return key("set", form.id)
    return key("do", next(c.name for c in COMMANDS if c.opens_form and c.name.split()[0] == form.id))


def offer(form: Form, before: Message | None, *, again: bool = False) -> Message:
    """A button that opens the form, under what was said before it or else under its title."""
    button = Choices((Option("Correct it" if again else "Fill it in", way_to(form)),))
    if before is None:
        return Message((Text(f"**{form.title}**"), button))
    return Message((*before.blocks, button), before.audience)


class Drafts:
    """What was typed into forms that are not finished, for a quarter of an hour, in memory only."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], tuple[datetime, dict[str, str]]] = OrderedDict()

    def keep(self, account: str, form: str, values: Mapping[str, str], now: datetime) -> None:
        """Remember what stands in a form."""
        self._kept[account, form] = (now, dict(values))
        while len(self._kept) > REMEMBERED:
            self._kept.popitem(last=False)

    def of(self, account: str, form: str, now: datetime) -> dict[str, str]:
        """What she typed, if it is not long ago."""
        at, values = self._kept.get((account, form), (now, {}))
        return values if now - at < KEPT else {}

    def forget(self, account: str, form: str) -> None:
        """It is finished."""
        self._kept.pop((account, form), None)
