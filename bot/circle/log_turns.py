"""The log in which every member reads what admins did, from the newest act back to the first."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.effects import Effects, say
from bot.chat.message import option
from bot.chat.reading import whole
from bot.circle import log_words as words
from bot.circle.which import Mine, mine, of
from bot.turn import Turn

LISTED = 20
"""Acts of one page."""


async def log(turn: Turn, given: Mapping[str, str]) -> Effects:
    """`/pacer circle log`: what admins did, for every member to read."""
    found = await mine(turn, "log")
    return await _page(turn, found, None) if isinstance(found, Mine) else found


async def on_log(turn: Turn, circle_id: str, before: str) -> Effects:
    """The circle was picked, or *Earlier*: what was done before the act of that place."""
    return await _page(turn, await of(turn, circle_id), whole(before))


async def _page(turn: Turn, found: Mine, before: int | None) -> Effects:
    acts = await turn.work.circles.acts(found.circle.id, limit=LISTED + 1, before=before)
    shown = acts[:LISTED]
    more = len(acts) > LISTED
    earlier = (option("Earlier", "circle", "log", found.circle.id, str(shown[-1].place)),) if more else ()
    return say(words.log(found.circle, shown), options=earlier)
