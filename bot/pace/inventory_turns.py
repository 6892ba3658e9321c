"""The monthly inventory: six questions of the Copenhagen Burnout Inventory, personal burnout.

Items are quoted unchanged from Kristensen et al. 2005 (doi 10.1080/02678370500297720). The score
is a number to pace by, never a diagnosis.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.chat.effects import Effects, say
from bot.chat.message import option
from bot.pace.mood import inventory_score
from bot.safety.turns import on_distress
from bot.turn import Turn

ITEMS = (
    "How often do you feel tired?",
    "How often are you physically exhausted?",
    "How often are you emotionally exhausted?",
    "How often do you think: \u201cI can\u2019t take it anymore\u201d?",
    "How often do you feel worn out?",
    "How often do you feel weak and susceptible to illness?",
)
ANSWERS = (("always", 100), ("often", 75), ("sometimes", 50), ("seldom", 25), ("never", 0))
CANNOT_TAKE_IT = 3
"""Position of the item whose "always" asks for a kind word at once."""


async def inventory(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer inventory`: the first question."""
    turn.expect("inventory", answers="")
    return (*say("Six short questions about the last weeks; skip any you like."), *_question(0))


def _question(position: int) -> Effects:
    picks = tuple(option(label, "item", str(position), str(v)) for label, v in ANSWERS)
    skip = option("skip", "item", str(position), "")
    return say(f"{position + 1} of {len(ITEMS)}  {ITEMS[position]}", options=(*picks, skip))


async def on_item(turn: Turn, about: tuple[str, ...]) -> Effects:
    """One answer; after the last, the score and what it changes."""
    if turn.talk.step != "inventory":
        return say("That question is over. `/pacer inventory` starts anew.")
    position, value = int(about[0]), about[1] if len(about) > 1 else ""
    given = dict(p.split("=") for p in turn.talk.values.get("answers", "").split() if "=" in p)
    given[str(position)] = value
    if position + 1 < len(ITEMS):
        turn.expect("inventory", answers=" ".join(f"{k}={v}" for k, v in given.items()))
        return _question(position + 1)
    turn.rest()
    return await _finish(turn, given)


async def _finish(turn: Turn, given: Mapping[str, str]) -> Effects:
    answers = [int(given[str(n)]) if given.get(str(n)) else None for n in range(len(ITEMS))]
    score = inventory_score(answers)
    if score is None:
        return say("Fewer than three answers make no score. Nothing is kept, and nothing changes.")
    entry = await turn.work.diary.day(turn.today)
    await turn.work.diary.save_day(replace(entry, inventory=score))
    effect = (
        "Days stay easy for the next five weeks."
        if score >= 75
        else "Days stay at steady at the most for five weeks."
        if score >= 50
        else "It changes nothing in the plan."
    )
    said = say(f"That comes to {score:.0f} of 100. {effect} It is no diagnosis, only a number to pace by.")
    return (*await on_distress(turn), *said) if answers[CANNOT_TAKE_IT] == 100 else said
