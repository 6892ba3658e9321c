"""The authored content that ships with Pacer, read when first needed."""

from __future__ import annotations

from functools import cache

from bot.content.bank import Bank, load
from bot.safety import helplines
from bot.safety.model import Helplines
from bot.turn import Content


@cache
def _bank() -> Bank:
    return load()


@cache
def _helplines() -> Helplines:
    return helplines.shipped()


def shipped() -> Content:
    """The shipped bank and helplines; each is read once a process."""
    return Content(bank=_bank, helplines=_helplines)
