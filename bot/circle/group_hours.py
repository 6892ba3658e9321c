"""What a circle does at the hours of its drill: a new one, the reveal of what is open, and the week's pulse."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.chat.message import message
from bot.circle import group_words as words
from bot.circle.group_choice import is_fair, ranked
from bot.circle.group_model import GROUP, GroupDrill, is_open, reveal_at
from bot.circle.model import Circle, Settings
from bot.circle.ports import Circles
from bot.circle.pulse import Pulse, minutes
from bot.circle.pulse_post import PULSE
from bot.circle.work import CircleTurn
from bot.drills.model import Drill

_WEEK = timedelta(days=7)


async def give(turn: CircleTurn) -> None:
    """The hour of the drill: one post, on the circle's weekdays, once a day."""
    await reveal(turn)
    circle, day, group = turn.circle, turn.today, turn.work.circles.group
    over = turn.now >= reveal_at(circle.settings, day)
    if day.weekday() not in circle.settings.weekdays or over or await group.drill(circle.id, day):
        return
    dose = minutes((await _pulse(turn)).band)
    chosen = await choose(turn, dose)
    if chosen is None:
        await _tell_used_up(turn)
        return
    await group.begin(circle.id, GroupDrill(day, chosen.id))
    await turn.want(GROUP, day.isoformat())


async def reveal(turn: CircleTurn) -> None:
    """The hour of the reveal: every post whose time has come changes."""
    await _reveal(turn.work.circles, turn.circle.id, turn.circle.settings, turn.now)


async def _reveal(circles: Circles, circle_id: str, settings: Settings, now: datetime) -> None:
    for given in await circles.group.unrevealed(circle_id):
        if not is_open(given, settings, now):
            await circles.group.reveal(circle_id, given.day)
            await circles.renew(circle_id, GROUP, given.day.isoformat())


async def rearranged(circles: Circles, circle: Circle, wanted: Settings, now: datetime) -> None:
    """The circle's settings were changed: what was to be revealed before now, by the old or the new ones, stays so."""
    for settings in (circle.settings, wanted):
        await _reveal(circles, circle.id, settings, now)
    await circles.renew_arranged(circle.id)


async def widened(circles: Circles, circle: Circle, now: datetime) -> None:
    """A channel was bound: what is open is shown there too, and nothing older."""
    for given in await circles.group.unrevealed(circle.id):
        if is_open(given, circle.settings, now):
            await circles.want(circle.id, GROUP, given.day.isoformat())


async def weigh(turn: CircleTurn) -> None:
    """Once a week: the pulse of the week before, shown if there is one."""
    if (pulse := await _pulse(turn)).band:
        await turn.want(PULSE, pulse.monday.isoformat())


async def choose(turn: CircleTurn, dose: int) -> Drill | None:
    """The best drill that rules can judge; None where the circle had all of its areas."""
    circle, circles = turn.circle, turn.work.circles
    offered = {d.id: d for d, _ in await circles.offers.pool(circle.id)}
    bank = turn.content.bank()
    found = ranked(
        (*bank.listed, *offered.values()),
        had=await circles.group.had(circle.id),
        areas=circle.settings.areas,
        minutes=dose,
        seed=f"{circle.id}/{turn.today}",
    )
    whole = (bank.drills.get(d.id) or offered[d.id] for d in found)
    return next((d for d in whole if is_fair(d)), None)


async def _pulse(turn: CircleTurn) -> Pulse:
    """Of the last whole week; it is drawn by whatever asks first, and only then."""
    monday = turn.today - timedelta(days=turn.today.weekday()) - _WEEK
    return await turn.work.circles.pulses.weigh(turn.circle.id, monday, today=turn.today)


async def _tell_used_up(turn: CircleTurn) -> None:
    """Admins hear of it once for the areas as they are."""
    circle = turn.circle
    about = f"used-up.{'.'.join(circle.settings.areas) or 'all'}"[:40]
    for member in await turn.work.circles.members(circle.id):
        if member.admin:
            letter = message(words.USED_UP.format(name=circle.name))
            await turn.work.tell(member.person_id, letter, about=about, now=turn.now)
