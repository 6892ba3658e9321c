"""The authored content that ships with Pacer, read when first needed."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from bot.content.bank import Bank
from bot.safety import helplines
from bot.safety.model import Helplines
from bot.turn import Content


@cache
def _bank(kept: Path | None) -> Bank:
    from bot.content.compiled_place import bank

    return bank(kept)


@cache
def _helplines() -> Helplines:
    return helplines.shipped()


def shipped(kept: Path | None = None) -> Content:
    """The shipped bank and helplines; each is read once a process. `kept` is a folder to keep the bank compiled in."""
    return Content(bank=partial(_bank, kept), helplines=_helplines)
