"""Taking part in the circle's pulse: each for herself, after she has read how it is made, until she stops."""

from __future__ import annotations

from datetime import date

from bot.chat.effects import Effects, say
from bot.chat.form import Unclear
from bot.chat.message import option
from bot.circle import pulse_words as words
from bot.circle.which import Mine, of
from bot.delivery.recurrence import held
from bot.profile.fields import read_yes
from bot.turn import Turn

SWITCH = "pulse"


async def pulse(turn: Turn, found: Mine, value: str) -> Effects:
    """`/pacer circle settings pulse on|off`, for herself alone: *on* is explained first, *off* takes effect at once."""
    since = await turn.work.circles.pulses.since(found.circle.id)
    if not value:
        stands = words.IN_IT if since else words.NOT_IN_IT
        return say(words.HOW, stands.format(name=found.circle.name))
    if read_yes(value, turn.today) == "no":
        await turn.work.circles.pulses.opt(found.circle.id, None)
        return say(words.OUT.format(name=found.circle.name))
    if since:
        return say(words.IN_IT.format(name=found.circle.name))
    if turn.profile is None:
        raise Unclear(words.NEEDS_A_PLAN)
    ways = (option("Take part", "circle", SWITCH, found.circle.id), option("Not now", "circle", "stay"))
    return say(words.HOW, options=ways)


async def on_pulse(turn: Turn, circle_id: str) -> Effects:
    """She has read it, and takes part from the next whole week on."""
    found = await of(turn, circle_id)
    if turn.profile is None:
        raise Unclear(words.NEEDS_A_PLAN)
    await turn.work.circles.pulses.opt(circle_id, _day(turn, found))
    return say(words.IN.format(name=found.circle.name))


def _day(turn: Turn, found: Mine) -> date:
    """Today in the circle, or on her own clock where that is later: no week counts that had begun for either."""
    return max(turn.today, turn.now.astimezone(held(found.circle.settings.zone)).date())
