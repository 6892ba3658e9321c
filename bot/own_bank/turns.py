"""The own bank as a conversation: a drill from a form, drills from a file, what is there, who may see it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date

from bot.chat.effects import Effects, OpenForm, say
from bot.chat.form import Form, FormField, Unclear
from bot.chat.message import option
from bot.drills.model import Drill
from bot.own_bank import words
from bot.own_bank.bring import PROVED, advice_on, brought
from bot.own_bank.model import MOST, Entry
from bot.profile.tracks import AREAS
from bot.turn import Turn

STEP = "import"
SHOWN = 20
"""Drills that a list names."""


def _as_typed(typed: str, today: date) -> str:
    return typed.strip()


def read_area(typed: str, today: date) -> str:
    """An area by its id or the start of its name. Raises Unclear."""
    wanted = " ".join(typed.casefold().replace("_", " ").replace("-", " ").split())
    found = [a for a, name in AREAS.items() if wanted in (a.replace("_", " "), name.casefold())]
    found = found or [a for a, name in AREAS.items() if name.casefold().startswith(wanted)]
    if len(found) != 1:
        raise Unclear("I did not get that area. It is one such as *coding*, *system design* or *behavioral*.")
    return found[0]


DRILL = Form(
    "bank",
    "A drill of your own",
    (
        FormField("title", "What is it called?", _as_typed),
        FormField("area", "Which area?", read_area, "Such as *coding* or *system design*."),
        FormField("task", "What is the task?", _as_typed, long=True),
        FormField(
            "points",
            "What does a good answer say?",
            _as_typed,
            "One point a line, or with ; between.",
            long=True,
        ),
        FormField("answer", "A model answer?", _as_typed, long=True),
    ),
)


async def add(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer bank add`: a form."""
    return (OpenForm(DRILL),)


async def on_drill(turn: Turn, values: Mapping[str, str]) -> Effects:
    """The form, read as a row of a file would be."""
    # What reads files takes time to load, and few turns need it.
    from bot.content.imports import read_one

    there = await turn.work.own_bank.entries()
    if len(there) >= MOST:
        raise Unclear(words.no_room(1, len(there)))
    made, faults = read_one(dict(values), [e.name for e in there])
    if made is None:
        return (*say(words.not_added(faults)), OpenForm(DRILL, tuple(values.items())))
    return await _keep(turn, (made,), there)


async def import_(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer bank import`: the next message is the file."""
    turn.expect(STEP)
    return say(words.HOW)


async def on_file(turn: Turn, text: str) -> Effects:
    """A file, as text; all of it is taken or nothing."""
    from bot.content.imports import read_drills

    if text.strip().casefold() in ("cancel", "done", "nothing"):
        await turn.go_back()
        return say(words.LEFT)
    there = await turn.work.own_bank.entries()
    # Others have their turn meanwhile: a long file takes a while to read.
    drills, faults = await asyncio.to_thread(read_drills, text, [e.name for e in there])
    if faults:
        return say(words.refused(faults))
    if len(there) + len(drills) > MOST:
        return say(words.no_room(len(drills), len(there)))
    await turn.go_back()
    return await _keep(turn, drills, there)


async def _keep(turn: Turn, drills: Sequence[Drill], there: Sequence[Entry]) -> Effects:
    await turn.work.own_bank.add(brought(drills, turn.new_id), turn.today)
    advice = await asyncio.to_thread(advice_on, drills)
    said = words.taken_in([d.title for d in drills], len(there) + len(drills))
    elsewhere = sorted({AREAS[d.area] for d in drills if d.area not in turn.own.track.weights})
    outside = f"Not an area of your track, so it waits: {', '.join(elsewhere)}." if elsewhere else ""
    return say(said, outside, words.advised(advice, min(PROVED, len(drills)), len(drills)))


async def show_list(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer bank list`."""
    entries = await turn.work.own_bank.entries()
    if not entries:
        return say(words.EMPTY)
    rows = [_row(n, e) for n, e in enumerate(entries[:SHOWN], 1)]
    return say(words.listed(rows, len(entries)), options=(option("Practise one", "do", "drill own"),))


def _row(number: int, entry: Entry) -> str:
    mark = " · marked for your group" if entry.shared else ""
    about = f"{AREAS[entry.drill.area].lower()} · {entry.drill.minutes} min"
    return f"{number}. {entry.drill.title} · {about} · `{entry.name}`{mark}"


async def share(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer bank share <which>`: offer one to the group; a flag and no more until a group approves."""
    entry = await _found(turn, given["which"])
    await turn.work.own_bank.share(entry.drill.id, True)
    there = await turn.work.circles.mine()
    offers = tuple(option(f"Offer it to {c.name}", "circle", "offer", c.id, entry.drill.id) for c in there)
    return say(
        words.shared(entry.drill.title),
        options=(*offers, option("Keep it private", "private", entry.drill.id)),
    )


async def on_private(turn: Turn, about: tuple[str, ...]) -> Effects:
    """*Keep it private*."""
    if not any(e.drill.id == about[0] for e in await turn.work.own_bank.entries()):
        return say(words.OVER)
    await turn.work.own_bank.share(about[0], False)
    await _withdraw(turn, about[0])
    return say(words.PRIVATE)


async def remove(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer bank remove <which>`."""
    entry = await _found(turn, given["which"])
    await turn.work.own_bank.remove(entry.drill.id)
    await _withdraw(turn, entry.drill.id)
    return say(words.removed(entry.drill.title))


async def _withdraw(turn: Turn, drill_id: str) -> None:
    """No circle has it any more, whatever was decided there; posts that show it are composed anew."""
    for circle_id in await turn.work.circles.offers.withdraw(drill_id):
        await turn.work.circles.renew_drill(circle_id, drill_id)


async def _found(turn: Turn, wanted: str) -> Entry:
    """One of hers by name, title or number in the list. Raises Unclear."""
    entries, word = await turn.work.own_bank.entries(), wanted.strip().casefold()
    for entry in entries:
        if word in (entry.name, entry.drill.title.casefold()):
            return entry
    if word.isdecimal() and len(word) < 4 and 0 < int(word) <= len(entries):
        return entries[int(word) - 1]
    raise Unclear(words.WHICH)
