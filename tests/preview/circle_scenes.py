"""A circle's week, played with the real coach on fresh databases: what its channel shows, and what its people see."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from conversations.circle_people import Free, Ring, Someone, Wall
from conversations.group_stage import DRILL, TTL, WRITE, content
from conversations.meeting import Circle, Somebody
from conversations.stage import stage
from preview.scene import Scene

from bot.chat.effects import OpenForm
from bot.circle.noticeboard import Noticeboard
from bot.content.shipped import shipped

OF_THE_DAY = replace(
    DRILL,
    follow_up="A reader stores the old value just after a writer deleted the key. Do you close that gap, or not?",
)
PICKED = "Tue 13 Jan, 18:00"


async def play(folder: Path) -> list[Scene]:
    """The channel from its first post to the end of a week, and two people who meet."""
    for name in ("channel", "pairs", "together"):
        (folder / name).mkdir()
    together = await _together(folder / "together")
    return [*await _channel(folder / "channel"), *await _pairs(folder / "pairs"), together]


def _answered(name: str, did: str, who: Someone | Somebody) -> Scene:
    said = [e.message for e in who.last if not isinstance(e, OpenForm)]
    return Scene(name, [("" if n else did, m) for n, m in enumerate(said)])


async def _stands(ring: Ring, name: str) -> Scene:
    await ring.look()
    (shown,) = ring.wall.stands.values()
    return Scene(name, [("", message) for message in shown.values()])


async def _channel(folder: Path) -> list[Scene]:
    async with stage(folder, content=content(OF_THE_DAY)) as on:
        ring = await Ring(on, content(OF_THE_DAY)).begin()
        scenes = [await _stands(ring, "circle-welcome")]
        new = Someone(on, "U2")
        await new.say("/pacer circle join")
        scenes.append(_answered("circle-join", "Join", new))
        bob, *_ = await ring.with_people("Bob", "Cleo", "Dora", "Eve", "Finn")
        await ring.live(timedelta(hours=3))
        scenes.append(await _stands(ring, "circle-drill"))
        for one, answer in ((ring.ada, TTL), (bob, WRITE)):
            for line in (answer, "10"):
                await one.press(f"1:group:answer:{ring.id}:{on.now.date()}") if line is answer else None
                await one.say(line)
            scenes.append(_answered(f"circle-answer-{one.who.account}", answer, one))
            await one.tap("Share: with my name")
        scenes += await _news(ring, bob)
        await ring.live(timedelta(hours=9))
        scenes.append(await _stands(ring, "circle-reveal"))
        await ring.live(timedelta(days=5))
        scenes.append(await _stands(ring, "circle-week"))
        for command in ("who", "log"):
            await ring.ada.say(f"/pacer circle {command}")
            scenes.append(_answered(f"circle-{command}", f"/pacer circle {command}", ring.ada))
        return scenes


async def _news(ring: Ring, bob: Someone) -> list[Scene]:
    await ring.ada.say("/pacer win I passed the first call")
    asked = _answered("circle-win", "/pacer win I passed the first call", ring.ada)
    await ring.ada.tap("With my name")
    await bob.say("/pacer circle company anyone for a walk or a call?")
    await bob.tap("Ask")
    return [asked, await _stands(ring, "circle-news")]


async def _together(folder: Path) -> Scene:
    """What a pair on Slack reads in one message."""
    async with stage(folder, "2026-01-06T07:00+01:00") as on:
        owls, wall = Circle(on, "slack"), Wall()
        await owls.matched("Ada", "Bob")
        couriers = {"slack": wall}
        await Noticeboard(on.store, on.store.posts, couriers, Free(), shipped(), lambda: on.now).drain()
        shown = next(posts for to, posts in wall.stands.items() if to.people)
        return Scene("pair-together", [("", message) for message in shown.values()])


async def _pairs(folder: Path) -> list[Scene]:
    async with stage(folder, "2026-01-06T07:00+01:00") as on:
        owls = Circle(on)
        ada, bob = await owls.begins("Ada", "Bob")
        for one in (bob, ada):
            await one.asks()
        scenes = [_answered("pair-asked", "next week, tue 18-20, thu 18-20, sat 10-14", ada)]
        letters = _Letters(owls)
        for when, name in (("2026-01-12T09:30+01:00", "proposed"), ("2026-01-12T09:40+01:00", "kit")):
            await owls.until(when)
            scenes.append(letters.new(f"pair-{name}"))
            for one in (ada, bob) if name == "proposed" else ():
                one.last = ()
                await one.tap(PICKED)
        for when, name in (("2026-01-13T17:55+01:00", "soon"), ("2026-01-13T20:00+01:00", "met")):
            await owls.until(when)
            scenes.append(letters.new(f"pair-{name}"))
        for one, whose, word in ((ada, "How you", "mostly"), (bob, "How Ada", "well")):
            await one.tap("Yes")
            await one.rates(whose, word)
        await owls.until("2026-01-13T20:10+01:00")
        return [*scenes, letters.new("pair-seen")]


class _Letters:
    """What Ada got since it was last asked for."""

    def __init__(self, owls: Circle) -> None:
        self.owls, self.seen = owls, 0

    def new(self, name: str) -> Scene:
        """Her letters since then."""
        mine = [m for account, m in self.owls.postman.brought if account == "Ada"]
        found, self.seen = mine[self.seen :], len(mine)
        return Scene(name, [("", message) for message in found])
