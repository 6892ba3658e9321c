"""A few scenes of a week, played with the real coach on a fresh database: what Pacer says in each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from conversations.stage import Stage, practise, set_up, stage
from preview.scene import Scene

from bot.chat.effects import OpenForm
from bot.chat.message import Message

ANSWER = (
    "With 20 I can try all subsets, 2^20 is about a million, so a bitmask or backtracking. "
    "With 100 a cubic method is a million steps, such as all-pairs shortest paths. 100,000 has to be fast."
)


class Play:
    """Scenes as they are played."""

    def __init__(self, on: Stage) -> None:
        self.on = on
        self.scenes: list[Scene] = []

    def begin(self, name: str) -> None:
        """The next messages belong to this scene."""
        self.scenes.append(Scene(name))

    def keep(self, did: str = "", wanted: Callable[[Message], bool] = lambda _: True) -> None:
        """Keep the last answer's messages."""
        messages = [e.message for e in self.on.last if not isinstance(e, OpenForm)]
        for message in filter(wanted, messages):
            self.scenes[-1].said.append((did, message))
            did = ""

    async def tap(self, label: str) -> None:
        """Tap an option and keep what comes of it."""
        await self.on.tap(label)
        self.keep(label)

    async def say(self, line: str) -> None:
        """Type a line and keep what comes of it."""
        await self.on.say(line)
        self.keep(line)


async def play(folder: Path) -> list[Scene]:
    """Set-up, a morning, a drill, the plan, and the end of the week."""
    async with stage(folder) as on:
        told = Play(on)
        told.begin("start")
        await set_up(on)
        told.keep()
        told.begin("morning")
        await _morning(told)
        told.begin("drill")
        await _drill(told)
        told.begin("plan")
        await told.say("/pacer plan")
        told.begin("review")
        await _rest_of_the_week(told)
        return told.scenes


async def _morning(told: Play) -> None:
    await told.on.skip(timedelta(hours=25))
    told.keep()
    await told.tap("half")
    await told.tap("why")


async def _drill(told: Play) -> None:
    on = told.on
    await on.say("/pacer drill coding")
    told.keep()
    await told.tap("Hint")
    await on.say(ANSWER)
    on.now += timedelta(minutes=14)
    shown = await on.say("done")
    while "Your own verdict?" not in shown:
        shown = await on.tap("Partly")
    told.begin("judged")
    told.keep()
    await on.tap("Hard")
    await on.say("6")


async def _rest_of_the_week(told: Play) -> None:
    """Wednesday to Saturday as the plan asks, and the Sunday: one word in the morning, the review in the evening."""
    on = told.on
    await on.say("/pacer settings review sunday 18:00")
    await _until(on, "battery?")
    for picked, minutes in (("good", 30), ("full", 45), ("low", 0), ("half", 25)):
        await on.say(f"/pacer checkin {picked}")
        if minutes:
            await practise(on, minutes, "Yes")
        await _until(on, "Rest day." if picked == "half" else "battery?")
    told.keep()
    await _until(on, "Seven days")
    told.keep()


async def _until(on: Stage, words: str) -> None:
    """Move the clock on until Pacer says this by itself. Raises AssertionError after two days without."""
    for _ in range(48):
        if words in await on.skip(timedelta(hours=1)):
            return
    raise AssertionError(f"nothing was said about {words}")
