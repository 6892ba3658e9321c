"""`pacer bank import`: the terminal's own person brings drills from a file, of up to two megabytes."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

from adapters.complaint import Complaint
from adapters.console.render import plain
from adapters.tools import read_text
from bot.chat.inbound import Sender
from bot.chat.message import message
from bot.content.imports import LARGEST_IMPORT, read_drills, too_large
from bot.own_bank import words
from bot.own_bank.bring import advice_on, brought
from bot.own_bank.model import MOST
from bot.turn import Store


def text_of(path: str) -> str:
    """What stands in a file, unless it is larger than an import may be. Raises Complaint."""
    with suppress(OSError):
        if path != "-" and (size := Path(path).stat().st_size) > LARGEST_IMPORT:
            raise Complaint(f"{path} has {too_large(size)}.")
    return read_text(path)


async def bring(store: Store, sender: Sender, text: str, *, stem: str, day: date) -> list[str]:
    """Take a file in and say what came of it. Raises Complaint, and then nothing was taken."""
    async with store.work(sender) as work:
        there = await work.own_bank.entries()
        drills, faults = read_drills(text, [e.name for e in there])
        if faults:
            raise Complaint(words.refused(faults))
        if len(there) + len(drills) > MOST:
            raise Complaint(words.no_room(len(drills), len(there)))
        await work.own_bank.add(brought(drills, stem), day)
    said = words.taken_in([d.title for d in drills], len(there) + len(drills))
    advice = words.advised(advice_on(drills, len(drills)), len(drills), len(drills))
    return plain(message(said, advice))
